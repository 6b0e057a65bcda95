//! The form of one operation: the type of its calls.

/// Declares the type of the calls of an operation by the sections of its form.
#[doc(hidden)]
#[macro_export]
macro_rules! __call {
    (
        $visibility:vis $group:ident $method:ident $call:ident = $operation:expr;
        ($example:expr);
        $($(#[$body_meta:meta])* optional body: $body:ty = $body_place:ident $(($($body_slot:tt)*))?,)?
        $(answer: $answer:ident $($answer_ty:ty)? $(= $success:pat)?,)?
        $(answers $answers:ident { $($case:tt)* },)?
        $(stream: $stream:ident $($stream_ty:ty)?,)?
        $(required $required:ident {
            $($(#[$field_meta:meta])*
            $field:ident: $field_ty:ty = $field_place:ident($($field_slot:tt)*) $(as $field_form:ident)?),* $(,)?
        },)?
        $(optional {
            $($(#[$setter_meta:meta])*
            $setter:ident: $setter_ty:ty = $setter_place:ident($($setter_slot:tt)*) $(as $setter_form:ident)?),* $(,)?
        },)?
        $(errors $errors:ident $(except ($($except:tt)+))? { $($error:tt)* },)?
        $(headers {
            $($(#[$header_meta:meta])*
            $header:ident: $header_ty:ty = $header_form:ident($header_name:literal)),* $(,)?
        },)?
        $(paging($($item:ty)? : $begin:ident($($beginning:expr),*) $(, $step:ident($($stepping:expr),*))*),)?
        $(where [$($rule:tt)*],)?
        $(with $fact:ident $(($($fact_value:tt)*))?,)*
    ) => {
        #[doc = ::std::concat!(
            "A call to `", ::std::stringify!($method), "`, created by [`",
            ::std::stringify!($group), "::", ::std::stringify!($method), "`]. Await it or call `send()`."
        )]
        // Not a test of the crate: thousands of them would slow down the tests of its users. The identifiers are those of the
        // method, so they exist.
        #[doc = ""]
        #[doc = "```text"]
        #[doc = ::std::concat!("let response = ", $example, ".await?;")]
        #[doc = $crate::__example_of_pages!($example $(, $begin $($item)?)?)]
        #[doc = "```"]
        $(
            #[doc = ::std::concat!(
                "\n\nErrors that the document describes: [`", ::std::stringify!($errors), "`], which [`failure`](Self::failure) reads."
            )]
        )?
        $(
            #[doc = "\n\nHeaders of responses that the document describes:\n\n"]
            $(#[doc = ::std::concat!("- [`", ::std::stringify!($header), "`](Self::", ::std::stringify!($header), ")")])*
        )?
        #[must_use = "a call does nothing until it is sent"]
        $visibility struct $call($crate::codegen::Call);

        impl $crate::codegen::Described for $call {
            const OPERATION: &'static $crate::codegen::Operation = &$operation
                $(.empty_object($crate::__empty_object!($body, $body_place $(($($body_slot)*))?)))?
                $(.paged($crate::codegen::Paging::$begin($($beginning),*)$(.$step($($stepping),*))*))?
                $(.body_rules({
                    #[allow(clippy::wildcard_imports, clippy::enum_glob_use, reason = "limits are written by their names alone")]
                    use $crate::codegen::Rule::*;
                    &[$($rule)*]
                }))?
                $(.$fact($($($fact_value)*)?))*;
        }

        $(
            #[doc = ::std::concat!(
                "The required inputs of [`", ::std::stringify!($group), "::", ::std::stringify!($method), "`]."
            )]
            #[derive(::std::clone::Clone, ::std::fmt::Debug)]
            #[allow(missing_docs, reason = "the document describes what it describes")]
            $visibility struct $required {
                $($(#[$field_meta])* pub $field: $field_ty,)*
            }

            impl $crate::codegen::Required for $required {
                #[allow(deprecated, reason = "a deprecated input is sent as any other")]
                fn carry(self, call: $crate::codegen::Call) -> $crate::codegen::Call {
                    $(let call = $crate::__carried!(
                        call, self.$field, $field_ty, $field_place($($field_slot)*) $(as $field_form)?
                    );)*
                    call
                }
            }
        )?

        #[allow(missing_docs, reason = "the document describes what it describes")]
        impl $call {
            $($(
                $(#[$header_meta])*
                #[doc = ""]
                #[doc = ::std::concat!("Header of responses: `", $header_name, "`.")]
                $visibility const $header: $crate::Header<$header_ty> = $crate::Header::$header_form($header_name);
            )*)?

            $($(
                $(#[$setter_meta])*
                $visibility fn $setter(
                    self,
                    $setter: $crate::__accepted!($setter_ty, $setter_place $(as $setter_form)?),
                ) -> Self {
                    Self($crate::__carried!(
                        self.0, $setter, $setter_ty, $setter_place($($setter_slot)*) $(as $setter_form)?
                    ))
                }
            )*)?

            $(
                /// Sets the request body.
                ///
                $(#[$body_meta])*
                $visibility fn body(self, body: $crate::__accepted!($body, $body_place)) -> Self {
                    Self($crate::__carried!(self.0, body, $body, $body_place $(($($body_slot)*))?))
                }
            )?
        }

        $($crate::__answers! { $visibility $answers $group $method { $($case)* } })?
        $crate::__answer!($visibility $call $(, $answer $($answer_ty)?)? $(, outcome $answers)?);
        $crate::__paging!($visibility $call ($($($answer_ty)?)?) ($($begin $($item)?)?));
        $($crate::__stream!($visibility $call, $stream $($stream_ty)?);)?
        $($crate::__errors! { $visibility $errors $call $group $method ($($($except)+)?) { $($error)* } })?
    };
}

/// The lines of an example that read all pages; none where there are no pages.
#[doc(hidden)]
#[macro_export]
macro_rules! __example_of_pages {
    ($example:expr) => {
        ""
    };
    ($example:expr, $begin:ident) => {
        ::std::concat!(
            "// All pages:\nlet mut pages = ",
            $example,
            ".pages();\nwhile let Some(page) = pages.next().await {\n    let page = page?;\n}"
        )
    };
    ($example:expr, $begin:ident $item:ty) => {
        ::std::concat!(
            "// The items of all pages:\nlet mut items = ",
            $example,
            ".items();\nwhile let Some(item) = items.next().await {\n    let item = item?;\n}"
        )
    };
}

/// The pages and items of a call.
#[doc(hidden)]
#[macro_export]
macro_rules! __paging {
    ($visibility:vis $call:ident ($($answer:ty)?) ()) => {};
    ($visibility:vis $call:ident ($answer:ty) ($begin:ident $item:ty)) => {
        $crate::__paging!($visibility $call ($answer) ($begin));

        impl $call {
            /// Returns the items of all pages.
            $visibility fn items(self) -> $crate::Items<$item> {
                $crate::Items::new(self.0)
            }
        }
    };
    ($visibility:vis $call:ident ($answer:ty) ($begin:ident)) => {
        impl $call {
            /// Returns all pages, from the first one or from the one that the call itself selects.
            $visibility fn pages(self) -> $crate::Pages<$answer> {
                $crate::Pages::new(self.0)
            }
        }
    };
}

/// Whether `{}` is sent where no body is set.
#[doc(hidden)]
#[macro_export]
macro_rules! __empty_object {
    ($ty:ty, json) => {
        <$ty as $crate::wire::Json>::TAKES_EMPTY_OBJECT
    };
    ($ty:ty, $($other:tt)+) => {
        false
    };
}

/// The answer of a call, and the methods that all calls have.
#[doc(hidden)]
#[macro_export]
macro_rules! __answer {
    ($visibility:vis $call:ident $(, nothing)?) => { $crate::__sendable!($visibility $call, (), send_ignoring_body); };
    ($visibility:vis $call:ident, json $ty:ty) => { $crate::__sendable!($visibility $call, $ty, send_for_json); };
    ($visibility:vis $call:ident, optional $ty:ty) => {
        $crate::__sendable!($visibility $call, ::std::option::Option<$ty>, send_for_optional_json);
    };
    ($visibility:vis $call:ident, outcome $ty:ident) => {
        $crate::__sendable!($visibility $call, $ty, send_for_outcome);
    };
    ($visibility:vis $call:ident, text) => {
        $crate::__sendable!($visibility $call, ::std::string::String, send_for_text);
    };
    ($visibility:vis $call:ident, bytes) => {
        impl $call {
            /// Sends the call and returns the response's body piece by piece, as it comes.
            $visibility fn download(self) -> $crate::Sending<$crate::Chunks> {
                self.0.send_for_chunks()
            }
        }
        $crate::__sendable!($visibility $call, $crate::Bytes, send_for_bytes);
    };
    ($visibility:vis $call:ident, events) => {
        $crate::__sendable!($visibility $call, $crate::Events<::std::string::String>, send_for_text_events);
    };
    ($visibility:vis $call:ident, events $ty:ty) => {
        $crate::__sendable!($visibility $call, $crate::Events<$ty>, send_for_events);
    };
    ($visibility:vis $call:ident, lines $ty:ty) => {
        $crate::__sendable!($visibility $call, $crate::Lines<$ty>, send_for_lines);
    };
    ($visibility:vis $call:ident, byte_parts) => {
        $crate::__sendable!($visibility $call, $crate::Parts<$crate::Bytes>, send_for_byte_parts);
    };
    ($visibility:vis $call:ident, text_parts $ty:ty) => {
        $crate::__sendable!($visibility $call, $crate::Parts<$ty>, send_for_text_parts);
    };
    ($visibility:vis $call:ident, json_parts $ty:ty) => {
        $crate::__sendable!($visibility $call, $crate::Parts<$ty>, send_for_parts);
    };
}

/// Gives a call a second form of its answer, a stream.
#[doc(hidden)]
#[macro_export]
macro_rules! __stream {
    ($visibility:vis $call:ident, events) => {
        impl $call {
            /// Sends the call and returns the answer as server-sent events.
            $visibility fn events(self) -> $crate::Sending<$crate::Events<::std::string::String>> {
                self.0.send_for_text_events()
            }
        }
    };
    ($visibility:vis $call:ident, events $ty:ty) => {
        impl $call {
            /// Sends the call and returns the answer as server-sent events.
            $visibility fn events(self) -> $crate::Sending<$crate::Events<$ty>> {
                self.0.send_for_events()
            }
        }
    };
    ($visibility:vis $call:ident, lines $ty:ty) => {
        impl $call {
            /// Sends the call and returns the answer as JSON values, one a line.
            $visibility fn lines(self) -> $crate::Sending<$crate::Lines<$ty>> {
                self.0.send_for_lines()
            }
        }
    };
    ($visibility:vis $call:ident, byte_parts) => {
        $crate::__stream!(@parts $visibility $call, $crate::Bytes, send_for_byte_parts);
    };
    ($visibility:vis $call:ident, text_parts $ty:ty) => {
        $crate::__stream!(@parts $visibility $call, $ty, send_for_text_parts);
    };
    ($visibility:vis $call:ident, json_parts $ty:ty) => {
        $crate::__stream!(@parts $visibility $call, $ty, send_for_parts);
    };
    (@parts $visibility:vis $call:ident, $ty:ty, $send:ident) => {
        impl $call {
            /// Sends the call and returns the parts of the answer.
            $visibility fn parts(self) -> $crate::Sending<$crate::Parts<$ty>> {
                self.0.$send()
            }
        }
    };
}

/// The methods that all calls have.
#[doc(hidden)]
#[macro_export]
macro_rules! __sendable {
    ($visibility:vis $call:ident, $output:ty, $send:ident) => {
        impl $call {
            /// Sends a header of the caller's own with this call; it replaces one of the same name.
            $visibility fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name, value))
            }

            /// Sets the time limit of this whole call, instead of the client's.
            $visibility fn timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }

            /// Sets the time limit of each attempt of this call, instead of the client's.
            $visibility fn attempt_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.attempt_timeout(limit))
            }

            /// Sets how long the pause between two pieces of a body of this call may be, instead of the client's limit.
            $visibility fn idle_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.idle_timeout(limit))
            }

            /// Sets the key by which the server recognizes a repetition of this call. Every attempt sends it, and failed
            /// attempts are repeated as those of a GET are.
            $visibility fn idempotency_key(self, key: impl ::std::convert::AsRef<str>) -> Self {
                Self(self.0.idempotency_key(key))
            }

            /// Declares that sending this call twice does no harm: failed attempts are repeated as those of a GET are.
            $visibility fn repeatable(self) -> Self {
                Self(self.0.repeatable())
            }

            /// Repeats failed attempts of this call by this policy, instead of the client's.
            $visibility fn retry(self, policy: $crate::RetryPolicy) -> Self {
                Self(self.0.retry(policy))
            }

            /// Sends this call to another server. Credentials stay with the origin that they are for.
            $visibility fn server(self, server: impl ::std::convert::Into<$crate::Server>) -> Self {
                Self(self.0.server(server.into()))
            }

            /// Sends the call and returns the response's body as it came, whatever its content type; an
            /// [`http::Response`](::specwright_runtime::http::Response) can be made of it.
            $visibility fn send_raw(self) -> $crate::Sending<$crate::Bytes> {
                self.0.send_raw()
            }

            /// Sends the call. Dropping the future at any point abandons the call.
            $visibility fn send(self) -> $crate::Sending<$output> {
                self.0.$send()
            }
        }

        /// Another call with the same settings. A body that is a stream is read by the first of them that is sent.
        impl ::std::clone::Clone for $call {
            fn clone(&self) -> Self {
                Self(::std::clone::Clone::clone(&self.0))
            }
        }

        impl ::std::fmt::Debug for $call {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, formatter)
            }
        }

        impl ::std::future::IntoFuture for $call {
            type Output = ::std::result::Result<$crate::Response<$output>, $crate::Error>;
            type IntoFuture = $crate::Sending<$output>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}
