use super::{PartForm, TypeRef};

/// What a body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing that the document describes.
    Nothing,
    /// A JSON value.
    Json(TypeRef),
    /// A text.
    Text,
    /// Anything else, as it comes.
    Bytes,
    /// Server-sent events, with their data: JSON, or a text.
    Events(Option<TypeRef>),
    /// JSON values, one a line.
    Lines(TypeRef),
    /// Parts, all of one form.
    Parts(PartForm),
}

impl Content {
    /// Whether it is read while it comes, value by value.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        match self {
            Self::Events(_) | Self::Lines(_) | Self::Parts(_) => true,
            Self::Nothing | Self::Json(_) | Self::Text | Self::Bytes => false,
        }
    }

    /// The type of the JSON in it.
    #[must_use]
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(ty) | Self::Lines(ty) | Self::Events(Some(ty)) => Some(ty),
            Self::Parts(part) => part.ty(),
            Self::Nothing | Self::Text | Self::Bytes | Self::Events(None) => None,
        }
    }
}

/// What a successful answer holds.
#[derive(Clone, Debug)]
pub enum Output {
    /// The same whatever the status.
    One(Content),
    /// A JSON value or nothing, by the status.
    Optional(TypeRef),
    /// Something else for every status, by status.
    Outcomes(Vec<Outcome>),
}

impl Output {
    /// The type of a JSON value.
    #[must_use]
    pub fn json(&self) -> Option<&TypeRef> {
        match self {
            Self::One(Content::Json(ty)) => Some(ty),
            _ => None,
        }
    }

    /// The types that it is made of.
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

/// One of several answers.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The statuses that have it.
    pub status: Status,
    /// What it means.
    pub docs: String,
    /// What it holds; no stream.
    pub content: Content,
}

/// A status of a response as the document puts it; codes come before ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// This one.
    Code(u16),
    /// All that begin with this digit.
    Range(u16),
    /// All that nothing else is said of.
    Default,
}

/// What an error holds.
#[derive(Clone, Debug)]
pub enum Failure {
    /// Nothing that the document describes, or what the runtime reads for every operation.
    Nothing,
    /// What each status holds. It is the same kind of thing whether one status or several are described, so that a second one
    /// changes no type.
    Outcomes(Vec<Outcome>),
}

impl Failure {
    /// The types that it is made of.
    pub fn types(&self) -> impl Iterator<Item = &TypeRef> {
        let outcomes = match self {
            Self::Nothing => &[][..],
            Self::Outcomes(outcomes) => outcomes.as_slice(),
        };
        outcomes.iter().filter_map(|outcome| outcome.content.ty())
    }
}

/// What is said of an operation's answers beside what a successful one holds.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The media types to ask for, where that is not `application/json` alone.
    pub accept: Option<String>,
    /// The media types to ask for where a stream is wanted, if they are not those that the runtime asks for.
    pub accept_stream: Option<String>,
    /// The statuses of success, beside 204 and 205, that have no body where others have one.
    pub without_body: Vec<u16>,
    /// A stream that the same operation can answer with.
    pub streamed: Option<Content>,
    /// What an error holds.
    pub failure: Failure,
    /// The statuses of errors, first and last of each range, that have nothing to read although a response of the operation
    /// that is for other statuses has.
    pub undescribed: Vec<(u16, u16)>,
    /// The statuses of errors, where the document describes what they hold, and what they mean.
    pub failures: Vec<(Status, String)>,
    /// The headers that answers of any status carry, by name.
    pub headers: Vec<Header>,
}

/// A header of an answer.
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
    /// A text.
    Text,
    /// A number or a boolean.
    Literal,
    /// Texts, with commas between them.
    Texts,
    /// Numbers or booleans, with commas between them.
    Literals,
    /// JSON text.
    Json,
}
