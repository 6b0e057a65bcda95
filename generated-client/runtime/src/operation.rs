//! What the document says about one operation, and the form in which generated code declares operations.

mod call;
mod group;
mod inputs;
mod outcomes;

use http::Method;

use crate::{ServerTemplate, credential::Requirement, paging::Paging, wire::Rule};

pub use self::inputs::{Input, Required};

/// A call of one operation: generated code implements it, so that methods find the operation of their call.
pub trait Described {
    /// What the document says about the operation.
    const OPERATION: &'static Operation;
}

/// One operation of the document: a constant that generated code declares once and every call refers to.
#[derive(Debug)]
pub struct Operation {
    pub(crate) id: &'static str,
    method: Name,
    pub(crate) path: &'static str,
    pub(crate) idempotent: bool,
    pub(crate) idempotency_key: Option<&'static str>,
    pub(crate) security: Option<Requirement>,
    pub(crate) server: Option<fn() -> ServerTemplate>,
    pub(crate) accept: Option<&'static str>,
    pub(crate) accept_stream: Option<&'static str>,
    pub(crate) without_body: &'static [u16],
    pub(crate) events_end: Option<&'static str>,
    pub(crate) paging: Option<Paging>,
    pub(crate) parts: Option<Multipart>,
    pub(crate) takes_empty_object: bool,
    pub(crate) body_rules: &'static [Rule],
}

/// A body of parts that a call begins with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Multipart {
    Named(&'static str),
    Positional(&'static str),
}

/// A method. A `Method` of a string cannot be a constant.
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
            idempotent: false,
            idempotency_key: None,
            security: None,
            server: None,
            accept: None,
            accept_stream: None,
            without_body: &[],
            events_end: None,
            paging: None,
            parts: None,
            takes_empty_object: false,
            body_rules: &[],
        }
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

    /// Declares the content type of a multipart body, whose parts are inputs of the call.
    #[must_use]
    pub const fn multipart(mut self, media: &'static str) -> Self {
        self.parts = Some(Multipart::Named(media));
        self
    }

    /// Declares the content type of a body of parts without names, which are inputs of the call in their order.
    #[must_use]
    pub const fn positional(mut self, media: &'static str) -> Self {
        self.parts = Some(Multipart::Positional(media));
        self
    }

    /// Declares whether `{}` is a value of the body: then it is sent where none is set, because servers refuse `null`.
    #[must_use]
    pub const fn empty_object(mut self, is_a_value: bool) -> Self {
        self.takes_empty_object = is_a_value;
        self
    }

    /// Declares the limits of the body beyond those of its type.
    #[must_use]
    pub const fn body_rules(mut self, rules: &'static [Rule]) -> Self {
        self.body_rules = rules;
        self
    }

    /// Declares that responses come page by page, and how the pages follow each other.
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
