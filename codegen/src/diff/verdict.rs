//! A verdict: a value of its own, which nothing else is needed for.

/// What a change requires of the next version of a Rust crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rust {
    /// Programs compile and mean the same.
    Patch,
    /// Programs compile; something is new, or the requests follow the server.
    Minor,
    /// A program may stop compiling, or means something else.
    Major,
}

impl Rust {
    /// The name of the level.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The effect of a change on clients of the API, in any language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Http {
    /// What clients sent and read stays valid.
    Compatible,
    /// A request that was valid may be refused, or a response may hold what was not described.
    Breaking,
}

impl Http {
    /// The name of the verdict.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

/// The section of a changelog that a change belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// New features.
    Added,
    /// Changes of existing features.
    Changed,
    /// Features that will be removed.
    Deprecated,
    /// Features that are removed.
    Removed,
}

impl Category {
    /// The heading of the section.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
        }
    }
}

/// A location in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file's name.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1.
    pub column: u32,
    /// The JSON pointer in the document.
    pub pointer: String,
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// What it requires of the crate's version.
    pub rust: Rust,
    /// What it means to clients of the API.
    pub http: Http,
    /// Whether old programs compile and mean something else.
    pub silent: bool,
    /// Whether things are taken for the same by their likeness alone.
    pub guess: bool,
    /// What changes.
    pub sentence: String,
    /// Why it breaks clients of the API; empty where it does not.
    pub reasons: Vec<&'static str>,
    /// What callers have to do.
    pub advice: Vec<String>,
    /// The line of the configuration that keeps the old name.
    pub pin: Option<String>,
    /// Rust items: `-` removed, `+` added, `~` changed, `=` unchanged with another meaning.
    pub items: Vec<(char, String)>,
    /// Where the old document declares it.
    pub old: Option<Spot>,
    /// Where the new document declares it.
    pub new: Option<Spot>,
    /// The rules of the surface and of HTTP that apply.
    pub rules: Vec<&'static str>,
    /// The section of a changelog.
    pub category: Category,
}

/// What all changes of a document mean.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The strictest level of all changes.
    pub rust: Rust,
    /// Whether any change breaks clients of the API.
    pub http: Http,
    /// Whether any change is silent.
    pub silent: bool,
    /// The changes, the strictest first.
    pub changes: Vec<Change>,
    /// Models that no operation uses any more.
    pub orphans: Vec<String>,
    /// What a reader should know beside the changes.
    pub notes: Vec<String>,
}
