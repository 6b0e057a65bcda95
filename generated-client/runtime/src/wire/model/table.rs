//! The table of a model, which forms of all kinds share.

/// The table of a model, and the traits that work by it.
#[doc(hidden)]
#[macro_export]
macro_rules! __model {
    (
        $name:ident = $schema:literal;
        $($field:ident)*;
        [$($row:tt)*]
        [$($rules:tt)*]
        [$($whole:tt)?]
    ) => {
        impl $crate::codegen::Model for $name {}

        impl $crate::wire::Json for $name {
            const FACTS: &'static $crate::codegen::Facts = &$crate::codegen::Facts {
                schema: $schema,
                fields: &[$($row)*],
                field_rules: $crate::__field_rules!($($rules)*),
                rules: $crate::__rule_list!($($whole)?),
            };

            fn fields(&self, see: &mut dyn ::std::ops::FnMut(&[&dyn $crate::codegen::Field])) {
                see(&[$(&self.$field),*]);
            }

            fn fields_mut(&mut self, see: &mut dyn ::std::ops::FnMut(&mut [&mut dyn $crate::codegen::Field])) {
                see(&mut [$(&mut self.$field),*]);
            }

            fn blank() -> Self {
                Self { $($field: $crate::wire::Json::blank(),)* }
            }
        }

        impl ::std::clone::Clone for $name {
            fn clone(&self) -> Self {
                $crate::codegen::clone_model(self)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::models_are_equal(self, other)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::codegen::debug_model(self, f)
            }
        }

        $crate::__serde_impls!($name);
    };
}

/// Rules of a form, as a list.
#[doc(hidden)]
#[macro_export]
macro_rules! __rule_list {
    () => {
        &[]
    };
    ($rules:tt) => {{
        #[allow(unused_imports, reason = "a form names some of the rules")]
        use $crate::codegen::rules::*;
        &$rules
    }};
}

/// The rules of each field of a form.
#[cfg(feature = "validate")]
#[doc(hidden)]
#[macro_export]
macro_rules! __field_rules {
    (@one) => { &[] };
    (@one $rules:tt) => { &$rules };
    ($([])*) => { &[] };
    ($([$($rules:tt)?])*) => {{
        #[allow(unused_imports, reason = "a form names some of the rules")]
        use $crate::codegen::rules::*;
        &[$($crate::__field_rules!(@one $($rules)?)),*]
    }};
}

/// Without `validate` nothing looks at the rules of a field.
#[cfg(not(feature = "validate"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __field_rules {
    ($([$($rules:tt)?])*) => {
        &[]
    };
}
