use std::borrow::Cow;

use super::{
    Answers, Constraint, Content, Origin, Output, Paging, PartForm, PathTemplate, Requirement, ServerId, TypeRef,
};

/// An operation of the API.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`, or an id from method and path if the document does not declare one.
    pub id: String,
    /// The name in its group: `x-client-method`, or the id of the operation.
    pub name: String,
    /// Where it is declared.
    pub origin: Origin,
    /// The HTTP method.
    pub method: Method,
    /// The path.
    pub path: PathTemplate,
    /// The summary.
    pub summary: String,
    /// The description.
    pub docs: String,
    /// The inputs other than the body, required ones first, in the document's order.
    pub arguments: Vec<Argument>,
    /// The request body.
    pub body: Option<Body>,
    /// The content of a successful response.
    pub output: Output,
    /// Other properties of its responses.
    pub answers: Answers,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// The stability of the operation.
    pub stability: Stability,
    /// Whether it can be repeated after a failure.
    pub idempotency: Idempotency,
    /// The paging, if there is one.
    pub paging: Option<Paging>,
    /// The data of the server-sent event that ends its streams (`x-client-events-end`), such as `[DONE]`.
    pub events_end: Option<String>,
    /// Its security requirement, if it differs from [`Api::requirement`](super::Api::requirement).
    pub security: Option<Requirement>,
    /// The required scopes of security schemes, each as scheme and scope.
    pub scopes: Vec<(String, String)>,
    /// Its own servers, of which the first is the default. Empty if it uses those of the client.
    pub servers: Vec<ServerId>,
}

impl Operation {
    /// Returns all types that the operation uses, one for each use.
    pub fn types(&self) -> impl Iterator<Item = &TypeRef> {
        let arguments = self.arguments.iter().map(|argument| &argument.ty);
        let body = self.body.as_ref().and_then(Body::ty);
        let failure = self.answers.failure.types();
        let streamed = self.answers.streamed.as_ref().and_then(Content::ty);
        let headers = self.answers.headers.iter().map(|header| &header.ty);
        let answers = self.output.types().chain(streamed).chain(failure).chain(headers);
        arguments.chain(body).chain(answers)
    }
}

/// An HTTP method, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Method(Cow<'static, str>);

impl Method {
    /// Requests only the headers of a response.
    pub const HEAD: Self = Self(Cow::Borrowed("HEAD"));

    /// Returns the method as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Cow<'static, str>> for Method {
    fn from(wire: Cow<'static, str>) -> Self {
        Self(wire)
    }
}

/// Whether an operation can be repeated safely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// As HTTP defines for the method.
    OfMethod,
    /// The document declares the operation safe to repeat (`x-client-idempotent`), for instance a search by POST.
    Declared,
}

/// The stability of an operation (`x-client-stability`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// The operation is stable, which is the default.
    Stable,
    /// The operation can still change.
    Draft,
}

/// A parameter: a value in the path, the query, a header, a cookie, or a part of the body.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The name on the wire.
    pub name: String,
    /// What it means.
    pub docs: String,
    /// Where it goes.
    pub location: Location,
    /// How it is written.
    pub style: Style,
    /// The content type of a part, where it is another than the usual one of its type.
    pub media: Option<String>,
    /// The content types of a part that the caller chooses among, where there are several.
    pub choices: Vec<String>,
    /// Whether it is required.
    pub required: bool,
    /// Its type.
    pub ty: TypeRef,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// Where it is declared.
    pub origin: Origin,
}

impl Argument {
    /// Whether the client makes a value where the caller gives none: an optional header for an idempotency key.
    #[must_use]
    pub fn is_idempotency_key(&self) -> bool {
        let names = ["idempotency-key", "x-idempotency-key"];
        let is_named = names.iter().any(|name| self.name.eq_ignore_ascii_case(name));
        self.location == Location::Header && !self.required && is_named
    }
}

/// Where an argument goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
    /// A part of a multipart body.
    Part,
}

/// How a parameter is written: as the usual style of its location, where the type makes no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Its form.
    pub shape: StyleShape,
    /// Whether each item of an array and each property of an object is written separately.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
}

/// The forms that a parameter can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleShape {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    TabDelimited,
    PipeDelimited,
    DeepObject,
    /// JSON, because the parameter is declared by the content `application/json`.
    Json,
}

impl Style {
    /// The style of a location where the document says nothing.
    #[must_use]
    pub fn usual(location: Location) -> Self {
        match location {
            Location::Path | Location::Header => Self::of(StyleShape::Simple),
            Location::Query | Location::Cookie | Location::Part => Self::of(StyleShape::Form),
        }
    }

    /// A style with its usual `explode`.
    #[must_use]
    pub fn of(shape: StyleShape) -> Self {
        Self {
            shape,
            explode: shape == StyleShape::Form,
            allow_reserved: false,
        }
    }
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// What it means.
    pub docs: String,
    /// Whether it is required.
    pub required: bool,
    /// Its form.
    pub form: BodyForm,
    /// What is asked of a value of JSON or a form, for the type alone does not say it.
    pub constraints: Vec<Constraint>,
}

/// The forms that a body can have.
#[derive(Clone, Debug)]
pub enum BodyForm {
    /// JSON, under this content type.
    Json {
        /// The content type.
        media: String,
        /// What it holds.
        ty: TypeRef,
    },
    /// `application/x-www-form-urlencoded`.
    Form {
        /// The content type.
        media: String,
        /// The object whose members are the form's fields.
        ty: TypeRef,
        /// The members that are written in another style than the usual one.
        styles: Vec<(String, Style)>,
    },
    /// The text of a scalar.
    Text {
        /// The content type.
        media: String,
        /// The scalar.
        ty: TypeRef,
    },
    /// JSON values, one a line.
    Lines {
        /// The content type.
        media: String,
        /// What a line holds.
        ty: TypeRef,
    },
    /// Bytes or text as the caller gives them.
    Upload {
        /// The content type; a range where the caller says what it is.
        media: String,
    },
    /// Parts that are arguments of the call.
    Multipart {
        /// The content type.
        media: String,
    },
    /// Parts without names, each an argument of the call.
    Positional {
        /// The content type.
        media: String,
    },
    /// Any number of parts without names, all of one form.
    Items {
        /// The content type.
        media: String,
        /// What each part holds.
        part: PartForm,
        /// The content type of each part.
        part_media: String,
    },
    /// Parts of any names.
    Parts {
        /// The content type.
        media: String,
    },
}

impl Body {
    /// The type of what it holds, where it has one.
    #[must_use]
    pub fn ty(&self) -> Option<&TypeRef> {
        match &self.form {
            BodyForm::Json { ty, .. }
            | BodyForm::Form { ty, .. }
            | BodyForm::Text { ty, .. }
            | BodyForm::Lines { ty, .. } => Some(ty),
            BodyForm::Items { part, .. } => part.ty(),
            BodyForm::Upload { .. }
            | BodyForm::Multipart { .. }
            | BodyForm::Positional { .. }
            | BodyForm::Parts { .. } => None,
        }
    }
}
