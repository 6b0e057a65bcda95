//! The forms of models in generated code.

/// Declares a model that requests can hold.
///
/// A line is `field: Type = "name on the wire"`. Before the name may be `required` (a part of the constructor), `read_only`
/// (no setter, not sent), `const` (its only value), `oneof` (a group, declared by `oneof!`), `part` (a union whose members are
/// members of the object), or `path NAME` (the constant for update masks). After it may be `as Quoted` (a number in a string),
/// `where [..]` (its limits) and `default NAME: Type = value` (what a server assumes where it is absent).
///
/// After the schema may be `boxed` (a field holds the model in a box) and `masked` (update masks name its fields).
#[doc(hidden)]
#[macro_export]
macro_rules! model {
    (
        $(#[$($meta:tt)*])*
        $visibility:vis struct $name:ident $(($required:ident))? = $schema:literal $($with:ident)* {
            $(
                $(#[$($doc:tt)*])*
                $field:ident: $ty:ty =
                $($set:literal)?
                $(path $path:ident $masked:literal)?
                $(required $req:literal)?
                $(required path $rpath:ident $rmasked:literal)?
                $(required write_only $wo:literal)?
                $(required write_only path $wpath:ident $wmasked:literal)?
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
        $(changes $mask:ident $(of $of:ident: $model:ty)?)?
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

        impl $name {
            $(
                $(#[$($doc)*])*
                $(
                    #[doc = "\n\nSets the field of the same name."]
                    #[cfg_attr(any(), doc = $set)]
                    #[must_use]
                    pub fn $field(mut self, value: impl $crate::wire::IntoValue<$ty>) -> Self {
                        self.$field = value.into_value();
                        self
                    }
                )?
                $(
                    #[doc = "\n\nSets the field of the same name."]
                    #[must_use]
                    pub fn $field(mut self, value: impl $crate::wire::IntoValue<$ty>) -> Self {
                        self.$field = value.into_value();
                        self
                    }

                    #[doc = concat!("The path of `", stringify!($field), "` in update masks.")]
                    pub const $path: $crate::wire::FieldPath<Self, $ty> =
                        $crate::wire::FieldPath::new($masked, |of| &mut of.$field);
                )?
                $(
                    #[doc = "\n\nThe path of the field in update masks."]
                    pub const $rpath: $crate::wire::FieldPath<Self, $ty> =
                        $crate::wire::FieldPath::new($rmasked, |of| &mut of.$field);
                )?
                $(
                    #[doc = "\n\nThe path of the field in update masks."]
                    pub const $wpath: $crate::wire::FieldPath<Self, $ty> =
                        $crate::wire::FieldPath::new($wmasked, |of| &mut of.$field);
                )?
                // The attributes of a field without a setter have to be those of something.
                $(#[cfg(any())] const NOTHING: &str = $req;)?
                $(#[cfg(any())] const NOTHING: &str = $wo;)?
                $(#[cfg(any())] const NOTHING: &str = $rro;)?
                $(#[cfg(any())] const NOTHING: &str = $ro;)?
                $(#[cfg(any())] const NOTHING: &str = $con;)?
                $(#[cfg(any())] const NOTHING: &str = $cro;)?
                $(#[cfg(any())] const NOTHING: &str = $oneof;)?
                $(#[cfg(any())] const NOTHING: &str = $part;)?
                $(
                    #[doc = concat!("The server's default for `", stringify!($field), "`.")]
                    pub const $default: $dty = $dval;
                )?
            )*
        }

        $crate::__constructor! {
            $name $(($required))?
            [
                $(
                    $($req $field: $ty,)?
                    $($rmasked $field: $ty,)?
                    $($rro $field: $ty,)?
                    $($part $field: $ty,)?
                )*
            ]
            [$($($wo $field: $ty,)? $($wmasked $field: $ty,)?)*]
        }

        $crate::__model! {
            $name = $schema;
            $($field)* $($extras)?;
            [
                $((
                    $($set, $crate::codegen::mark::OPTIONAL)?
                    $($masked, $crate::codegen::mark::OPTIONAL)?
                    $($req, $crate::codegen::mark::REQUIRED)?
                    $($rmasked, $crate::codegen::mark::REQUIRED)?
                    $($wo, $crate::codegen::mark::OPTIONAL)?
                    $($wmasked, $crate::codegen::mark::OPTIONAL)?
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

        $($crate::__with!($with $name);)*
        $($crate::__changes!($name $mask $($of: $model)?);)?
    };
}

/// What few models have beside the rest.
#[doc(hidden)]
#[macro_export]
macro_rules! __with {
    (boxed $name:ident) => {
        impl<__A> $crate::codegen::FromValue<__A> for ::std::boxed::Box<$name>
        where
            $name: ::std::convert::From<__A>,
        {
            fn from_value(value: __A) -> Self {
                ::std::boxed::Box::new(value.into())
            }
        }
    };
    (masked $name:ident) => {
        impl $crate::wire::Held for $name {
            type Model = Self;

            fn is_held(&self) -> bool {
                true
            }

            fn held(&mut self) -> &mut Self {
                self
            }
        }
    };
}

/// How a model is made: of nothing, or of a struct of its required fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __constructor {
    ($name:ident [] []) => {
        impl ::std::default::Default for $name {
            fn default() -> Self {
                $crate::wire::Json::blank()
            }
        }
    };
    (
        $name:ident ($required:ident)
        [$($wire:literal $field:ident: $ty:ty,)*]
        [$($optional_wire:literal $optional:ident: $optional_ty:ty,)*]
    ) => {
        #[doc = concat!("The required fields of [`", stringify!($name), "`].")]
        pub struct $required {
            $(
                /// The value of the field of the same name.
                pub $field: $ty,
            )*
            $(
                /// The value of the field of the same name.
                pub $optional: <$optional_ty as $crate::codegen::Optional>::Value,
            )*
        }

        impl $name {
            /// Creates a value from its required fields.
            #[must_use]
            pub fn new(required: $required) -> Self {
                ::std::convert::From::from(required)
            }
        }

        impl ::std::convert::From<$required> for $name {
            fn from(required: $required) -> Self {
                let mut new = <Self as $crate::wire::Json>::blank();
                $(new.$field = required.$field;)*
                $(new.$optional = ::std::option::Option::Some(required.$optional);)*
                new
            }
        }
    };
}

/// The request of an update, from the changes that it carries.
#[doc(hidden)]
#[macro_export]
macro_rules! __changes {
    ($name:ident $mask:ident) => {
        impl ::std::convert::From<$crate::wire::Changes<Self>> for $name {
            fn from(changes: $crate::wire::Changes<Self>) -> Self {
                let (mut request, mask) = changes.into_parts();
                request.$mask = $crate::wire::IntoValue::into_value(mask);
                request
            }
        }
    };
    ($name:ident $mask:ident $of:ident: $model:ty) => {
        impl ::std::convert::From<$crate::wire::Changes<$model>> for $name {
            fn from(changes: $crate::wire::Changes<$model>) -> Self {
                let (model, mask) = changes.into_parts();
                let mut request = <Self as $crate::wire::Json>::blank();
                request.$of = $crate::wire::IntoValue::into_value(model);
                request.$mask = $crate::wire::IntoValue::into_value(mask);
                request
            }
        }
    };
}
