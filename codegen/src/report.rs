//! The report of a document: how often each keyword occurs, and whether the client supports it.
//!
//! A walk over the source finds all keywords. A keyword counts as supported only where a stage claims it and no diagnostic
//! refers to it. A keyword that no stage claims counts as not supported.
//!
//! Three stages claim keywords. `normalize` claims the keywords that it replaces with others (`Removed`, `Changes`). `document`
//! claims the keywords that it reads (`document::claims`, which runs only for a report). `lower` claims the extensions, titles
//! and discriminators that it uses (`Api::claimed`).

mod human;
mod json;
mod keywords;
mod paging;
mod places;

use std::{
    collections::{BTreeMap, HashSet},
    ops::ControlFlow,
};

use self::{
    keywords::Occurrence,
    places::{Index, Pointers, file, pointers_around},
};
use crate::{
    Config, InlineTypes,
    diagnostic::{Code, Diagnostic, Diagnostics, FileId, Place, Severity},
    document::{self, Claims},
    found::{Found, Made},
    ir::{Api, Coverage, Repeats, TypeDef},
    lower,
    normalize::Canonical,
    outcome::Generated,
    paging::PagingFinding,
};

/// The lines of a generated file above which the report lists it. Files are cut by the names of the document and never by
/// their size, so that a new property moves nothing.
pub const LONG_FILE: usize = 1_500;

/// The report of a document.
#[derive(Clone, Debug)]
pub struct Report {
    /// The name of the document in messages.
    pub document: String,
    /// The size of the client. `None` if a client cannot be generated.
    pub client: Option<ClientSize>,
    /// The component schemas whose models no operation uses, by name.
    pub unused: Vec<String>,
    /// The generated files of more than [`LONG_FILE`] lines, each with its number of lines.
    pub long_files: Vec<(String, usize)>,
    /// All keywords, by the kind of object that contains them and by name.
    pub keywords: BTreeMap<Keyword, Use>,
    /// The diagnostics that do not refer to a keyword.
    pub elsewhere: Vec<Finding>,
    /// The keywords that were rewritten without loss, by keyword and replacement.
    pub changes: BTreeMap<(&'static str, &'static str), Vec<Place>>,
    /// The operations whose paging the document does not declare and that page, or look like it.
    pub paging: Vec<PagingFinding>,
}

/// The size of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientSize {
    /// The number of operations.
    pub operations: usize,
    /// The number of named types.
    pub types: usize,
    /// How many schemas of the document have a type.
    pub coverage: Coverage,
    /// How many types of inline schemas repeat another type.
    pub repeats: Repeats,
}

/// A keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Keyword {
    /// The kind of object that contains the keyword, such as a schema.
    pub part: &'static str,
    /// The name, as in the document.
    pub name: String,
}

/// How the client treats a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The keyword has its full effect on code or documentation.
    Supported,
    /// The keyword has no meaning for a client.
    Ignored,
    /// The client supports a part of the meaning.
    Partial,
    /// The generator does not read the keyword.
    NotSupported,
    /// The keyword, or the part of the document that contains it, is not in the client.
    Rejected,
}

impl Effect {
    /// All variants, in the order of the columns.
    pub const ALL: [Self; 5] = [
        Self::Supported,
        Self::Partial,
        Self::Ignored,
        Self::NotSupported,
        Self::Rejected,
    ];

    /// Returns the name of the effect in the report.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Ignored => "ignored",
            Self::NotSupported => "not supported",
            Self::Partial => "partial",
            Self::Rejected => "rejected",
        }
    }

    /// The effect on the keyword that a diagnostic refers to.
    fn of(diagnostic: &Diagnostic) -> Self {
        match (diagnostic.severity, diagnostic.code) {
            (Severity::Error, _) | (_, Code::LeftOut) => Self::Rejected,
            (
                _,
                Code::UnknownKey
                | Code::UnknownExtension
                | Code::IneffectiveKeyword
                | Code::UnusedMediaType
                | Code::ReservedHeader
                | Code::PathFragment
                | Code::InvalidExample,
            ) => Self::Ignored,
            (_, Code::MergeKey | Code::ForeignKeyword | Code::DuplicateValue) => Self::Supported,
            _ => Self::Partial,
        }
    }
}

/// How often a keyword occurs in a document, by effect, and the diagnostics about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Use {
    counts: [usize; 5],
    /// The occurrences that no stage reads and no diagnostic mentions, in the order of the document.
    pub unread: Vec<Unread>,
    /// The diagnostics about the keyword, sorted by location.
    pub findings: Vec<Finding>,
}

impl Use {
    /// Returns how often the keyword has an effect.
    #[must_use]
    pub fn count(&self, effect: Effect) -> usize {
        self.counts[effect as usize]
    }
}

/// The location of a keyword that no stage reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The location of the key.
    pub place: Place,
    /// The JSON pointer of the value.
    pub pointer: String,
}

/// A diagnostic, and its effect on the keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The effect on the keyword.
    pub effect: Effect,
    /// The diagnostic.
    pub diagnostic: Diagnostic,
}

/// Collects the data of a report during a run.
#[derive(Default)]
pub(crate) struct Gathered {
    /// The keywords of the source, before any stage has changed it.
    keywords: Option<Vec<Occurrence>>,
    taken: Taken,
    client: Option<Client>,
    inline_types: InlineTypes,
}

/// What the stages have read or left out, by the places of the keys.
#[derive(Default)]
struct Taken {
    claimed: HashSet<Place>,
    /// Keys without a meaning for a client, unless a later stage claims them.
    left_out: HashSet<Place>,
    /// Parts of the document that were not selected, with everything inside them.
    unselected: Vec<(Place, String)>,
}

/// The data of a report about the client.
struct Client {
    size: ClientSize,
    unused: Vec<String>,
    left_out: Vec<(Place, String)>,
    untyped: Vec<(Place, String)>,
    /// The methods and paths of the operations that page.
    paged: HashSet<String>,
}

impl Gathered {
    /// Returns a start for a client of this configuration.
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            inline_types: config.inline_types,
            ..Self::default()
        }
    }

    /// Looks at what a stage has made.
    pub(crate) fn see(&mut self, made: Made<'_>) -> ControlFlow<()> {
        match made {
            Made::Source(source) => self.keywords = Some(keywords::occurrences(source)),
            Made::Read(_) | Made::Document(_) | Made::Names(_) | Made::Client(_) => {}
            Made::Canonical(canonical) => self.taken = Taken::of(canonical),
            Made::Api(api) => {
                self.taken.claimed.extend(&api.claimed);
                let mut client = Client::of(api);
                // Equal types that are not shared now have attributes or pinned names.
                if self.inline_types == InlineTypes::Shared {
                    client.size.repeats.repeated = 0;
                }
                self.client = Some(client);
            }
        }
        ControlFlow::Continue(())
    }

    /// Returns the report, or `None` if the source could not be read.
    pub(crate) fn report(
        self,
        document: &str,
        generated: Option<&Generated>,
        diagnostics: &Diagnostics,
        found: &Found,
    ) -> Option<Report> {
        let keywords = self.keywords?;
        let mut report = Report {
            document: document.to_owned(),
            client: self.client.as_ref().map(|client| client.size),
            unused: self
                .client
                .as_ref()
                .map(|client| client.unused.clone())
                .unwrap_or_default(),
            long_files: generated.map(long_files).unwrap_or_default(),
            keywords: BTreeMap::new(),
            elsewhere: Vec::new(),
            changes: BTreeMap::new(),
            paging: found.paging.clone(),
        };
        let paged = self.client.as_ref().map(|client| &client.paged);
        for finding in report.paging.iter_mut().filter(|finding| finding.reason.is_none()) {
            if paged.is_some_and(|paged| !paged.contains(&finding.operation)) {
                finding.reason = Some("the types of the response or of the parameter do not fit");
            }
        }
        for change in &found.changes {
            let places = report.changes.entry((change.keyword, change.became)).or_default();
            places.push(change.place);
        }
        let index = Index::of(&keywords);
        let fates = Fates::new(self.client.as_ref(), &self.taken, diagnostics, found);
        let mut effects: Vec<Effect> = keywords.iter().map(|keyword| fates.of(keyword)).collect();
        let mut reported = HashSet::new();
        for diagnostic in diagnostics {
            let effect = Effect::of(diagnostic);
            for number in index.meant(diagnostic) {
                reported.insert(number);
                effects[number] = effects[number].max(effect);
            }
            let (effect, findings) = match index.around(diagnostic) {
                Some(number) => {
                    reported.insert(number);
                    let is_unread = effects[number] == Effect::NotSupported;
                    let effect = if is_unread { Effect::NotSupported } else { effect };
                    (effect, &mut report.used(&keywords[number]).findings)
                }
                None => (effect, &mut report.elsewhere),
            };
            findings.push(Finding {
                effect,
                diagnostic: diagnostic.clone(),
            });
        }
        for (number, (occurrence, effect)) in keywords.iter().zip(effects).enumerate() {
            let used = report.used(occurrence);
            used.counts[effect as usize] += 1;
            if effect == Effect::NotSupported && !reported.contains(&number) {
                used.unread.push(Unread {
                    place: occurrence.place,
                    pointer: occurrence.pointer.clone(),
                });
            }
        }
        Some(report)
    }
}

fn long_files(generated: &Generated) -> Vec<(String, usize)> {
    let files = generated
        .files
        .iter()
        .map(|(path, text)| (path.to_owned(), text.lines().count()));
    files.filter(|(_, lines)| *lines > LONG_FILE).collect()
}

impl Report {
    fn used(&mut self, occurrence: &Occurrence) -> &mut Use {
        let keyword = Keyword {
            part: occurrence.part,
            name: occurrence.name.clone(),
        };
        self.keywords.entry(keyword).or_default()
    }

    /// Returns how many keywords have an effect, all occurrences counted.
    #[must_use]
    pub fn count(&self, effect: Effect) -> usize {
        self.keywords.values().map(|used| used.count(effect)).sum()
    }
}

impl Taken {
    fn of(canonical: &Canonical) -> Self {
        let Claims {
            mut claimed,
            handed_on: mut left_out,
        } = document::claims(&canonical.source.root, canonical.version);
        claimed.extend(&canonical.removed.claimed);
        left_out.extend(&canonical.removed.left_out);
        Self {
            claimed,
            left_out,
            unselected: canonical.removed.unselected.clone(),
        }
    }
}

impl Client {
    fn of(api: &Api) -> Self {
        Self {
            size: ClientSize {
                operations: api.operations().count(),
                types: api.types.len(),
                coverage: api.coverage,
                repeats: lower::repeats(&api.types),
            },
            unused: unused(api),
            left_out: api.left_out.clone(),
            untyped: api.untyped.clone(),
            paged: api
                .operations()
                .filter(|(_, operation)| operation.paging.is_some())
                .map(|(_, operation)| format!("{} {}", operation.method.as_str(), operation.path))
                .collect(),
        }
    }
}

/// The components that are in no message.
fn unused(api: &Api) -> Vec<String> {
    let is_unused = |def: &&TypeDef| {
        let is_component = def
            .pointer
            .strip_prefix("/components/schemas/")
            .is_some_and(|name| !name.contains('/'));
        is_component && !def.messages.requests && !def.messages.responses
    };
    let mut names: Vec<String> = api.types.iter().filter(is_unused).map(|def| def.name.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// Keywords of a schema that documentation has, whatever its type is.
const DOCUMENTATION: &[&str] = &["title", "description", "deprecated"];

/// Parts of the source, by file and pointer.
type Parts = HashSet<(FileId, String)>;

/// What has become of each keyword before any diagnostic about it alone: what is below something shares its fate.
struct Fates<'a> {
    has_client: bool,
    refused: Parts,
    left_out: Parts,
    untyped: Parts,
    /// The places of the keywords and of their values that are written in other words.
    rewritten: HashSet<(&'a str, Place)>,
    taken: &'a Taken,
}

impl<'a> Fates<'a> {
    fn new(client: Option<&Client>, taken: &'a Taken, diagnostics: &Diagnostics, found: &'a Found) -> Self {
        let of_source = |parts: &[(Place, String)]| -> Parts {
            let parts = parts.iter();
            parts
                .map(|(place, pointer)| (place.file, found.origins.source_of(pointer)))
                .collect()
        };
        let refused = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::LeftOut);
        let mut left_out = of_source(&taken.unselected);
        left_out.extend(client.map(|client| of_source(&client.left_out)).unwrap_or_default());
        Self {
            has_client: client.is_some(),
            refused: refused
                .map(|diagnostic| (file(diagnostic.place), diagnostic.pointer.clone()))
                .collect(),
            left_out,
            untyped: client.map(|client| of_source(&client.untyped)).unwrap_or_default(),
            rewritten: found
                .changes
                .iter()
                .map(|change| (keyword_of(change.keyword), change.place))
                .collect(),
            taken,
        }
    }

    fn of(&self, occurrence: &Occurrence) -> Effect {
        let is_in = |parts: &Parts, mut pointers: Pointers<'_>| {
            pointers.any(|pointer| parts.contains(&(occurrence.place.file, pointer.to_owned())))
        };
        let pointers = || pointers_around(&occurrence.pointer);
        let mut around = pointers();
        around.next();
        let is_rewritten = [occurrence.place, occurrence.value]
            .into_iter()
            .any(|place| self.rewritten.contains(&(occurrence.name.as_str(), place)));
        let is_read = is_rewritten || self.taken.claimed.contains(&occurrence.place);
        let is_left_out = || {
            let is_place = !is_read && self.taken.left_out.contains(&occurrence.place);
            is_place || (is_in(&self.left_out, pointers()) && !is_rewritten)
        };
        if !self.has_client || is_in(&self.refused, pointers()) {
            Effect::Rejected
        } else if is_left_out() {
            Effect::Ignored
        } else if !is_read {
            Effect::NotSupported
        } else if is_in(&self.untyped, around) && !DOCUMENTATION.contains(&occurrence.name.as_str()) {
            Effect::Partial
        } else {
            Effect::Supported
        }
    }
}

/// The keyword in what a change calls it, such as `` `$ref` beside other keywords ``.
fn keyword_of(shown: &str) -> &str {
    let quoted = shown.strip_prefix('`').and_then(|rest| rest.split('`').next());
    let keyword = quoted.unwrap_or(shown);
    keyword.split(':').next().unwrap_or(keyword)
}
