//! What the document says about one operation, and the macro that makes its call type sendable.

use http::Method;

use crate::{ServerTemplate, Style, credential::Requirement, paging::Paging};

/// One operation of the document: a constant that generated code declares once and every call refers to.
#[derive(Debug)]
pub struct Operation {
    pub(crate) id: &'static str,
    method: Name,
    pub(crate) path: &'static str,
    path_styles: &'static [(&'static str, Style)],
    pub(crate) idempotent: bool,
    pub(crate) idempotency_key: Option<&'static str>,
    pub(crate) security: Option<Requirement>,
    pub(crate) server: Option<fn() -> ServerTemplate>,
    pub(crate) accept: Option<&'static str>,
    pub(crate) accept_stream: Option<&'static str>,
    pub(crate) without_body: &'static [u16],
    pub(crate) events_end: Option<&'static str>,
    pub(crate) paging: Option<Paging>,
}

/// A method; no constant can be made of a text.
#[derive(Debug)]
enum Name {
    Known(Method),
    Other(&'static str),
}

/// A constructor for each method.
macro_rules! constructors {
    ($($name:ident $method:ident)*) => {$(
        #[doc = concat!("An operation of method ", stringify!($method), ", by its id and path template.")]
        #[must_use]
        pub const fn $name(id: &'static str, path: &'static str) -> Self {
            Self::new(id, Method::$method, path)
        }
    )*};
}

impl Operation {
    constructors!(get GET put PUT post POST delete DELETE options OPTIONS head HEAD patch PATCH trace TRACE);

    /// An operation by its id, method and path template, as in `/apps/{app_id}/owners`.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self::named(id, Name::Known(method), path)
    }

    /// An operation of a method that HTTP itself does not define, as `COPY`.
    #[must_use]
    pub const fn other(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self::named(id, Name::Other(method), path)
    }

    const fn named(id: &'static str, method: Name, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            path_styles: &[],
            idempotent: false,
            idempotency_key: None,
            security: None,
            server: None,
            accept: None,
            accept_stream: None,
            without_body: &[],
            events_end: None,
            paging: None,
        }
    }

    /// The styles of the path's arguments, by their names; the others are written in style simple.
    #[must_use]
    pub const fn path_styles(mut self, styles: &'static [(&'static str, Style)]) -> Self {
        self.path_styles = styles;
        self
    }

    pub(crate) fn path_style(&self, name: &str) -> Style {
        let style = self.path_styles.iter().find(|(argument, _)| *argument == name);
        style.map_or(Style::SIMPLE, |(_, style)| *style)
    }

    /// Declares that a repetition does no harm although the method does not say so, as with a search by POST.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Declares the header in which the operation takes an idempotency key. A call without a key of its own is sent with a
    /// random one, and failed attempts are repeated.
    #[must_use]
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(header);
        self
    }

    /// Declares what the operation needs of the document's security schemes, where that is not what most need.
    #[must_use]
    pub const fn security(mut self, required: Requirement) -> Self {
        self.security = Some(required);
        self
    }

    /// Declares the server of the operation, where that is not the client's. It may be relative to the client's.
    ///
    /// [`ClientBuilder::operation_servers`](crate::ClientBuilder::operation_servers) says when it is used.
    #[must_use]
    pub const fn server(mut self, server: fn() -> ServerTemplate) -> Self {
        self.server = Some(server);
        self
    }

    /// Declares the media types that the operation answers with, where that is not `application/json`.
    #[must_use]
    pub const fn accept(mut self, media: &'static str) -> Self {
        self.accept = Some(media);
        self
    }

    /// Declares the media types of the operation's stream, where they are not the usual ones of such streams.
    #[must_use]
    pub const fn accept_stream(mut self, media: &'static str) -> Self {
        self.accept_stream = Some(media);
        self
    }

    /// Declares the statuses of success, beside 204 and 205, whose responses have no body.
    #[must_use]
    pub const fn without_body(mut self, statuses: &'static [u16]) -> Self {
        self.without_body = statuses;
        self
    }

    /// Declares the data of the event that ends a stream of server-sent events, such as `[DONE]`.
    #[must_use]
    pub const fn events_end(mut self, data: &'static str) -> Self {
        self.events_end = Some(data);
        self
    }

    /// Declares that the response comes page by page, and how the pages follow each other.
    ///
    /// [`paged!`](crate::paged) gives its call the pages.
    #[must_use]
    pub const fn paged(mut self, paging: Paging) -> Self {
        self.paging = Some(paging);
        self
    }

    /// The operation's id in the document.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The method of its requests, as it is sent.
    #[must_use]
    pub fn method(&self) -> &str {
        match &self.method {
            Name::Known(method) => method.as_str(),
            Name::Other(method) => method,
        }
    }

    /// The path template, with `{name}` for each argument.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Whether sending the same request twice leaves the server as sending it once does.
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        self.idempotent || ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "QUERY"].contains(&self.method())
    }
}

/// Makes a newtype over [`Call`](crate::Call) sendable: `send`, `.await`, and the settings that every call has.
///
/// `operation!(List => models::ListResponse)` decodes JSON; `=> ()` ignores the body, `=> bytes` returns it as it came
/// and `=> text` as a `String`; `=> optional T` is JSON or nothing, by the status, and `=> outcome T` an enum of answers.
/// `=> events T`, `=> events` (of text), `=> lines T`, and `=> parts json T`, `=> parts text T` and `=> parts bytes` are
/// streams. `operation!(Set, models::SetRequest => models::SetResponse)` takes a JSON body that may
/// be left out. The names `new`, `body`, `header`, `timeout`, `attempt_timeout`, `idle_timeout`, `idempotency_key`, `repeatable`,
/// `retry`, `server`, `send`, `send_raw`, `download`, `events`, `lines`, `parts`, `failure` and `into_call` are taken by it and its
/// kin.
///
/// ```
/// use specwright_runtime::{Client, Method, codegen::{Call, Operation, operation}, wire};
///
/// static LIST: Operation = Operation::new("Apps.List", Method::GET, "/api/v1/apps/{app_id}/owners");
///
/// pub struct List(Call);
///
/// impl List {
///     pub fn page_size(self, page_size: i32) -> Self {
///         Self(self.0.query("page_size", &page_size))
///     }
/// }
///
/// operation!(List => wire::AnyMessage);
///
/// async fn owners(client: &Client) -> Result<(), specwright_runtime::Error> {
///     let response = List::new(client, &LIST, &[&"a1"]).page_size(50).await?;
///     println!("{} {:?}", response.status(), response.properties.get("list"));
///     Ok(())
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! operation {
    ($call:ident, $body:ty => $($output:tt)+) => {
        impl $call {
            /// Sets the request body. Where none is set, `{}` is sent if that is a value of its type.
            pub fn body(self, body: impl ::std::borrow::Borrow<$body>) -> Self {
                Self(self.0.json(body.borrow()))
            }

            fn into_call(self) -> $crate::codegen::Call {
                self.0.empty_object_for::<$body>()
            }
        }
        $crate::operation!(@output $call => $($output)+);
    };
    ($call:ident => $($output:tt)+) => {
        impl $call {
            fn into_call(self) -> $crate::codegen::Call {
                self.0
            }
        }
        $crate::operation!(@output $call => $($output)+);
    };
    (@output $call:ident => ()) => {
        $crate::operation!(@impl $call, (), send_ignoring_body);
    };
    (@output $call:ident => bytes) => {
        impl $call {
            /// Sends the call and returns the response's body piece by piece, as it comes.
            pub fn download(self) -> $crate::codegen::Sending<$crate::codegen::Chunks> {
                self.into_call().send_for_chunks()
            }
        }
        $crate::operation!(@impl $call, $crate::codegen::Bytes, send_for_bytes);
    };
    (@output $call:ident => text) => {
        $crate::operation!(@impl $call, ::std::string::String, send_for_text);
    };
    (@output $call:ident => optional $output:ty) => {
        $crate::operation!(@impl $call, ::std::option::Option<$output>, send_for_optional_json);
    };
    (@output $call:ident => outcome $output:ty) => {
        $crate::operation!(@impl $call, $output, send_for_outcome);
    };
    (@output $call:ident => chunks) => {
        $crate::operation!(@impl $call, $crate::codegen::Chunks, send_for_chunks);
    };
    (@output $call:ident => events) => {
        $crate::operation!(@impl $call, $crate::codegen::Events<::std::string::String>, send_for_text_events);
    };
    (@output $call:ident => events $output:ty) => {
        $crate::operation!(@impl $call, $crate::codegen::Events<$output>, send_for_events);
    };
    (@output $call:ident => lines $output:ty) => {
        $crate::operation!(@impl $call, $crate::codegen::Lines<$output>, send_for_lines);
    };
    (@output $call:ident => parts bytes) => {
        $crate::operation!(@impl $call, $crate::Parts<$crate::Bytes>, send_for_byte_parts);
    };
    (@output $call:ident => parts text $output:ty) => {
        $crate::operation!(@impl $call, $crate::Parts<$output>, send_for_text_parts);
    };
    (@output $call:ident => parts json $output:ty) => {
        $crate::operation!(@impl $call, $crate::Parts<$output>, send_for_parts);
    };
    (@output $call:ident => $output:ty) => {
        $crate::operation!(@impl $call, $output, send_for_json);
    };
    (@impl $call:ident, $output:ty, $send:ident) => {
        impl $call {
            #[allow(dead_code, reason = "a method with required arguments beyond the path starts from the call itself")]
            fn new(
                client: &$crate::codegen::Client,
                operation: &'static $crate::codegen::Operation,
                path: &[&dyn $crate::codegen::Parameter],
            ) -> Self {
                Self($crate::codegen::Call::new(client, operation, path))
            }

            /// Sends a header of the caller's own with this call; it replaces one of the same name.
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name, value))
            }

            /// Sets the time limit of this whole call, instead of the client's.
            pub fn timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }

            /// Sets the time limit of each attempt of this call, instead of the client's.
            pub fn attempt_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.attempt_timeout(limit))
            }

            /// Sets how long the pause between two pieces of a body of this call may be, instead of the client's limit.
            pub fn idle_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.idle_timeout(limit))
            }

            /// Sets the key by which the server recognizes a repetition of this call. Every attempt sends it, and failed
            /// attempts are repeated as those of a GET are.
            pub fn idempotency_key(self, key: impl ::std::convert::AsRef<str>) -> Self {
                Self(self.0.idempotency_key(key))
            }

            /// Declares that sending this call twice does no harm: failed attempts are repeated as those of a GET are.
            pub fn repeatable(self) -> Self {
                Self(self.0.repeatable())
            }

            /// Repeats failed attempts of this call by this policy, instead of the client's.
            pub fn retry(self, policy: $crate::codegen::RetryPolicy) -> Self {
                Self(self.0.retry(policy))
            }

            /// Sends this call to another server. Credentials stay with the origin that they are for.
            pub fn server(self, server: impl ::std::convert::Into<$crate::codegen::Server>) -> Self {
                Self(self.0.server(server.into()))
            }

            /// Sends the call and returns the response's body as it came, whatever its content type; an
            /// [`http::Response`](::specwright_runtime::http::Response) can be made of it.
            pub fn send_raw(self) -> $crate::codegen::Sending<$crate::codegen::Bytes> {
                self.into_call().send_raw()
            }

            /// Sends the call. Dropping the future at any point abandons the call.
            pub fn send(self) -> $crate::codegen::Sending<$output> {
                self.into_call().$send()
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
            type Output = ::std::result::Result<$crate::codegen::Response<$output>, $crate::codegen::Error>;
            type IntoFuture = $crate::codegen::Sending<$output>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}

/// Gives a call a second form of its answer, a stream: `streamed!(Chat => events models::Chunk);`, `=> events` of text,
/// `=> lines models::Row`, `=> parts json models::Row`.
#[doc(hidden)]
#[macro_export]
macro_rules! streamed {
    ($call:ident => events) => {
        impl $call {
            /// Sends the call and returns the answer as server-sent events.
            pub fn events(self) -> $crate::codegen::Sending<$crate::codegen::Events<::std::string::String>> {
                self.into_call().send_for_text_events()
            }
        }
    };
    ($call:ident => events $data:ty) => {
        impl $call {
            /// Sends the call and returns the answer as server-sent events.
            pub fn events(self) -> $crate::codegen::Sending<$crate::codegen::Events<$data>> {
                self.into_call().send_for_events()
            }
        }
    };
    ($call:ident => lines $value:ty) => {
        impl $call {
            /// Sends the call and returns the answer as JSON values, one a line.
            pub fn lines(self) -> $crate::codegen::Sending<$crate::codegen::Lines<$value>> {
                self.into_call().send_for_lines()
            }
        }
    };
    ($call:ident => parts bytes) => {
        impl $call {
            /// Sends the call and returns the parts of the answer.
            pub fn parts(self) -> $crate::Sending<$crate::Parts<$crate::Bytes>> {
                self.into_call().send_for_byte_parts()
            }
        }
    };
    ($call:ident => parts text $value:ty) => {
        impl $call {
            /// Sends the call and returns the parts of the answer.
            pub fn parts(self) -> $crate::Sending<$crate::Parts<$value>> {
                self.into_call().send_for_text_parts()
            }
        }
    };
    ($call:ident => parts json $value:ty) => {
        impl $call {
            /// Sends the call and returns the parts of the answer.
            pub fn parts(self) -> $crate::Sending<$crate::Parts<$value>> {
                self.into_call().send_for_parts()
            }
        }
    };
}

/// Gives a call the form in which its server says what went wrong: `failure!(Get => models::Problem);`, with
/// `, not 409 | 500..=599` for statuses that have nothing to read, or `failure!(Get => outcome GetFailure);` where that
/// differs by status.
#[doc(hidden)]
#[macro_export]
macro_rules! failure {
    ($call:ident => outcome $failure:ty) => {
        impl $call {
            /// What the server said of a failure of this operation, by its status; `None` where it is something else.
            #[must_use]
            pub fn failure(error: &$crate::codegen::Error) -> ::std::option::Option<$failure> {
                error.outcome()
            }
        }
    };
    ($call:ident => $failure:ty) => {
        impl $call {
            /// What the server said of a failure of this operation; `None` where it is something else.
            #[must_use]
            pub fn failure(error: &$crate::codegen::Error) -> ::std::option::Option<$failure> {
                error.failure()
            }
        }
    };
    ($call:ident => $failure:ty, not $($statuses:tt)+) => {
        impl $call {
            /// What the server said of a failure of this operation; `None` where it is something else, or where the
            /// document describes no body for the status.
            #[must_use]
            pub fn failure(error: &$crate::Error) -> ::std::option::Option<$failure> {
                match error.status().map(|status| status.as_u16()) {
                    ::std::option::Option::Some($($statuses)+) => ::std::option::Option::None,
                    _ => error.failure(),
                }
            }
        }
    };
}
