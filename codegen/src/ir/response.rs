use super::{PartForm, TypeRef};

/// The content of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// The document does not describe the content.
    Nothing,
    /// A JSON value.
    Json(TypeRef),
    /// A string.
    Text,
    /// Any other content, unchanged.
    Bytes,
    /// Server-sent events, with JSON data or strings.
    Events(Option<TypeRef>),
    /// JSON values, one on each line.
    Lines(TypeRef),
    /// Parts, all of one form.
    Parts(PartForm),
}

impl Content {
    /// Returns whether the content is a stream of values.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        match self {
            Self::Events(_) | Self::Lines(_) | Self::Parts(_) => true,
            Self::Nothing | Self::Json(_) | Self::Text | Self::Bytes => false,
        }
    }

    /// Returns the type of its JSON.
    #[must_use]
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(ty) | Self::Lines(ty) | Self::Events(Some(ty)) => Some(ty),
            Self::Parts(part) => part.ty(),
            Self::Nothing | Self::Text | Self::Bytes | Self::Events(None) => None,
        }
    }
}

/// The content of a successful response.
#[derive(Clone, Debug)]
pub enum Output {
    /// The same content for all statuses.
    One(Content),
    /// A JSON value or no content, by status.
    Optional(TypeRef),
    /// Different contents, by status.
    Outcomes(Vec<Outcome>),
}

impl Output {
    /// Returns the type of a JSON value.
    #[must_use]
    pub fn json(&self) -> Option<&TypeRef> {
        match self {
            Self::One(Content::Json(ty)) => Some(ty),
            _ => None,
        }
    }

    /// Returns the types that it uses.
    pub fn types(&self) -> impl Iterator<Item = &TypeRef> {
        let (one, outcomes) = match self {
            Self::One(content) => (content.ty(), &[][..]),
            Self::Optional(ty) => (Some(ty), &[][..]),
            Self::Outcomes(outcomes) => (None, outcomes.as_slice()),
        };
        one.into_iter()
            .chain(outcomes.iter().filter_map(|outcome| outcome.content.ty()))
    }
}

/// One of several responses.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its statuses.
    pub status: Status,
    /// What it means.
    pub docs: String,
    /// The content, which is not a stream.
    pub content: Content,
}

/// A status of a response in the document. Codes are sorted before ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// A single status.
    Code(u16),
    /// All statuses with this first digit.
    Range(u16),
    /// All other statuses.
    Default,
}

/// The content of an error.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The document does not describe the content, or the runtime reads it for all operations.
    Nothing,
    /// The content of each status. The form is the same for one status and for several, so that a further status does not change the
    /// type.
    Outcomes(Vec<Outcome>),
}

impl Failure {
    /// Returns the types that it uses.
    pub fn types(&self) -> impl Iterator<Item = &TypeRef> {
        let outcomes = match self {
            Self::Nothing => &[][..],
            Self::Outcomes(outcomes) => outcomes.as_slice(),
        };
        outcomes.iter().filter_map(|outcome| outcome.content.ty())
    }
}

/// The properties of an operation's responses other than the content of a successful one.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The media types to request, if they are not only `application/json`.
    pub accept: Option<String>,
    /// The media types to request for a stream, if they are not the default of the runtime.
    pub accept_stream: Option<String>,
    /// The statuses of success other than 204 and 205 without a body, if others have one.
    pub without_body: Vec<u16>,
    /// The statuses of success of the operation's output, sorted. Empty if they are those that clients assume (200, and 204
    /// without content), and if the variants of the output have them.
    pub statuses: Vec<Status>,
    /// The stream that the same operation can return.
    pub streamed: Option<Content>,
    /// The content of an error.
    pub failure: Failure,
    /// The statuses of errors, first and last of each range, that have nothing to read although a response of the operation
    /// that is for other statuses has.
    pub undescribed: Vec<(u16, u16)>,
    /// The statuses of errors with a described content, and their descriptions.
    pub failures: Vec<(Status, String)>,
    /// The headers of responses with any status, by name.
    pub headers: Vec<Header>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct Header {
    /// The name on the wire.
    pub name: String,
    /// What it means.
    pub docs: String,
    /// How its value is written.
    pub form: HeaderForm,
    /// The type of its value.
    pub ty: TypeRef,
    /// Marked as deprecated.
    pub deprecated: bool,
}

/// How the value of a header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// A string.
    Text,
    /// A number or a boolean.
    Literal,
    /// Strings, separated by commas.
    Texts,
    /// Numbers or booleans, separated by commas.
    Literals,
    /// JSON.
    Json,
}
