//! The enums of an operation: its answers and its errors, by status.

/// Declares the enum of the answers of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! __answers {
    (
        $visibility:vis $name:ident $group:ident $method:ident {
            $($(#[$meta:meta])* $status:pat => $variant:ident $(($ty:ty = $form:ident))?),* $(,)?
        }
    ) => {
        #[doc = ::std::concat!(
            "The answers of [`", ::std::stringify!($group), "::", ::std::stringify!($method), "`], by status."
        )]
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$meta])* $variant $(($ty))?,)*
        }

        impl $crate::codegen::Outcome for $name {
            fn read(
                answer: &$crate::codegen::Answer<'_>,
            ) -> ::std::result::Result<Self, $crate::codegen::Mismatch> {
                match answer.status() {
                    $($status => $crate::__case!(answer, Self::$variant $(, $form)?),)*
                    #[allow(unreachable_patterns, reason = "the document may have an answer for all other statuses")]
                    _ => answer.undeclared(),
                }
            }
        }

        $crate::__for_tests! {
            $crate::__by_status! {
                $name () () { $($status => $variant $(($ty = $form))?),* }
            }
        }
    };
}

/// Declares the enum of the errors of an operation, and `failure`, which reads it.
#[doc(hidden)]
#[macro_export]
macro_rules! __errors {
    (
        $visibility:vis $name:ident $call:ident $group:ident $method:ident ($($except:pat)?) {
            $($(#[$meta:meta])* $status:pat => $variant:ident $(($ty:ty = $form:ident))?),* $(,)?
        }
    ) => {
        #[doc = ::std::concat!(
            "The errors of [`", ::std::stringify!($group), "::", ::std::stringify!($method), "`], by status."
        )]
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$meta])* $variant $(($ty))?,)*
            /// A status for which the document describes no content.
            Unknown(u16),
        }

        impl $crate::codegen::Outcome for $name {
            fn read(
                answer: &$crate::codegen::Answer<'_>,
            ) -> ::std::result::Result<Self, $crate::codegen::Mismatch> {
                match answer.status() {
                    $($except => ::std::result::Result::Ok(Self::Unknown(answer.status())),)?
                    $($status => $crate::__case!(answer, Self::$variant $(, $form)?),)*
                    #[allow(unreachable_patterns, reason = "the document may describe all other statuses")]
                    status => ::std::result::Result::Ok(Self::Unknown(status)),
                }
            }
        }

        $crate::__for_tests! {
            $crate::__by_status! {
                $name ($($except)?) (Unknown) { $($status => $variant $(($ty = $form))?),* }
            }
        }

        impl $call {
            /// Reads the error that the server reported, by its status. `None` where there is no response, or where its body
            /// is not what the document describes.
            #[must_use]
            $visibility fn failure(error: &$crate::Error) -> ::std::option::Option<$name> {
                error.outcome()
            }
        }
    };
}

/// A case of an enum: a variant with the body that it holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __case {
    ($answer:ident, $variant:path) => {
        ::std::result::Result::Ok($variant)
    };
    ($answer:ident, $variant:path, $form:ident) => {
        $answer.$form().map($variant)
    };
}
