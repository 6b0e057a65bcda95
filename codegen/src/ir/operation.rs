use std::borrow::Cow;

use super::{
    Answers, Constraint, Content, Origin, Output, Paging, PartForm, PathTemplate, Requirement, ServerId, TypeRef,
};
use crate::methods;

/// One call that the API offers.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`, or one made of method and path where the document gives none.
    pub id: String,
    /// The name within its group: `x-client-method`, or else the operation's id.
    pub name: String,
    /// Where it is declared.
    pub origin: Origin,
    /// The HTTP method.
    pub method: Method,
    /// The path.
    pub path: PathTemplate,
    /// A line that says what the call does.
    pub summary: String,
    /// The rest of the story.
    pub docs: String,
    /// What the caller passes beside the body, required ones first, in the document's order.
    pub arguments: Vec<Argument>,
    /// The request body.
    pub body: Option<Body>,
    /// What a successful answer holds.
    pub output: Output,
    /// What else is said of its answers.
    pub answers: Answers,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// How settled the operation is.
    pub stability: Stability,
    /// Whether it may be sent again after a failure in the middle.
    pub idempotency: Idempotency,
    /// How its pages follow each other, where it is paged.
    pub paging: Option<Paging>,
    /// The data of the server-sent event that ends its streams (`x-client-events-end`), such as `[DONE]`.
    pub events_end: Option<String>,
    /// What it needs, where that is something else than [`Api::requirement`](super::Api::requirement).
    pub security: Option<Requirement>,
    /// The scopes that it needs of security schemes, each named `scheme` and `scope`.
    pub scopes: Vec<(String, String)>,
    /// Its own servers, the first of which it is sent to; none where those are the client's.
    pub servers: Vec<ServerId>,
}

impl Operation {
    /// Every type that the operation names, once a use.
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
    /// Asks for the headers of an answer alone.
    pub const HEAD: Self = Self(Cow::Borrowed("HEAD"));

    /// The method of a keyword of path items.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        methods::by_key(key).map(|method| Self(Cow::Borrowed(method.wire)))
    }

    /// The method as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Method {
    fn from(wire: String) -> Self {
        Self(Cow::Owned(wire))
    }
}

/// Whether a second sending could do harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// As HTTP says of the method.
    OfMethod,
    /// The document declares the operation safe to repeat (`x-client-idempotent`), for instance a search by POST.
    Declared,
}

/// How settled an operation is (`x-client-stability`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// Nothing is said: stable.
    Stable,
    /// It may still change.
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
    /// Whether the call cannot do without it.
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
    /// Whether each element of a list and each member of an object stands for itself.
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
    /// JSON text, for what is described by the content `application/json`.
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
    /// Whether the call cannot do without it.
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
