//! The forms of models that only responses hold.
//!
//! `response_model!` repeats the declaration of `model!`: a macro cannot leave out a part that repeats with the fields, and a macro
//! around both would read every model twice.

/// Declares a model that only responses hold: it has no setters and no constructor, except for tests.
#[cfg(feature = "test-util")]
#[doc(hidden)]
#[macro_export]
macro_rules! response_model {
    ($($model:tt)*) => {
        $crate::model! { $($model)* }
    };
}

/// Declares a model that only responses hold: it has no setters and no constructor, except for tests.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! response_model {
    (
        $(#[$($meta:tt)*])*
        $visibility:vis struct $name:ident $(($required:ident))? = $schema:literal $($with:ident)* {
            $(
                $(#[$($doc:tt)*])*
                $field:ident: $ty:ty =
                $($set:literal)?
                $(required $req:literal)?
                $(required read_only $rro:literal)?
                $(read_only $ro:literal)?
                $(const $con:literal)?
                $(const read_only $cro:literal)?
                $(oneof $oneof:literal)?
                $(part $part:literal)?
                $(as $quoted:ident)?
                $(where $rules:tt)?
                $(default $default:ident: $dty:ty = $dval:expr)?
                ,
            )*
            $(..$extras:ident: $ety:ty $(as $equoted:ident)?,)?
        }
        $(where $whole:tt)?
    ) => {
        $(#[$($meta)*])*
        #[doc = concat!("\n\nSchema: `", $schema, "`.")]
        #[allow(missing_docs, reason = "a document need not describe its properties")]
        #[non_exhaustive]
        $visibility struct $name {
            $(
                $(#[$($doc)*])*
                $(#[cfg_attr(any(), doc = $ro)] #[doc = "\n\nRead-only: the server sets it, and it is never sent."])?
                $(#[cfg_attr(any(), doc = $rro)] #[doc = "\n\nRead-only: the server sets it, and it is never sent."])?
                $(#[cfg_attr(any(), doc = $oneof)] #[doc = "One of the properties of the group at most."])?
                $(#[cfg_attr(any(), doc = $part)] #[doc = "The properties that differ by variant."])?
                pub $field: $ty,
            )*
            $(
                #[doc = "The properties that the schema does not name."]
                pub $extras: $ety,
            )?
        }

        $crate::__response! {
            $name $(($required))?
            [
                $($(
                    #[doc = concat!("The server's default for `", stringify!($field), "`.")]
                    pub const $default: $dty = $dval;
                )?)*
            ]
        }

        $crate::__model! {
            $name = $schema;
            $($field)* $($extras)?;
            [
                $((
                    $($set, $crate::codegen::mark::OPTIONAL)?
                    $($req, $crate::codegen::mark::REQUIRED)?
                    $($rro, $crate::codegen::mark::REQUIRED_READ_ONLY)?
                    $($ro, $crate::codegen::mark::READ_ONLY)?
                    $($con, $crate::codegen::mark::REQUIRED)?
                    $($cro, $crate::codegen::mark::REQUIRED_READ_ONLY)?
                    $($oneof, $crate::codegen::mark::ONEOF)?
                    $($part, $crate::codegen::mark::PART)?
                    $(| $crate::codegen::mark::$quoted)?
                ),)*
                $((stringify!($extras), $crate::codegen::mark::EXTRAS $(| $crate::codegen::mark::$equoted)?),)?
            ]
            [$([$($rules)?])*]
            [$($whole)?]
        }
    };
}

/// What is only for the tests of programs: constructors of models that only responses hold.
#[cfg(feature = "test-util")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_tests {
    ($($item:tt)*) => { $($item)* };
}

/// What is only for the tests of programs: constructors of models that only responses hold.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_tests {
    ($($item:tt)*) => {};
}

/// The default of a response's model, if it has no required fields, and the constants for the defaults of its fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __response {
    ($name:ident ($required:ident) []) => {};
    ($name:ident ($required:ident) [$($constant:tt)+]) => {
        impl $name { $($constant)+ }
    };
    ($name:ident []) => {
        $crate::__constructor!($name [] []);
    };
    ($name:ident [$($constant:tt)+]) => {
        $crate::__constructor!($name [] []);
        impl $name { $($constant)+ }
    };
}
