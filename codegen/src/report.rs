//! What of a document a client has: each of its keywords, how often it stands there, and what has become of it.
//!
//! The keywords are those that a walk over the source finds, so that none is missing. A keyword is understood only where a
//! stage claims it and no diagnostic is about it: one that no stage claims is not supported.
//!
//! Three stages claim keywords. `normalize` claims what it takes out of the tree because other keywords say it (`Removed`,
//! `Changes`), the reading of the typed document what it takes for its meaning (`document::claims`, a second reading that
//! only a report needs), and `lower` the extensions, titles and discriminators that it uses (`Api::claimed`).

mod human;
mod json;
mod keywords;
mod paging;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::ControlFlow,
};

use self::keywords::Occurrence;
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, FileId, Place, Severity},
    document::{self, Claims},
    found::{Found, Made},
    ir::{Api, Coverage},
    normalize::Canonical,
    paging::PagingFinding,
};

/// The report of a document.
#[derive(Clone, Debug)]
pub struct Report {
    /// What messages call the document.
    pub document: String,
    /// How much the client holds; `None` where there is none.
    pub held: Option<Held>,
    /// Every keyword, by the part of the document that it belongs to and by its name.
    pub keywords: BTreeMap<Keyword, Use>,
    /// What is said of the document and of no keyword in it.
    pub elsewhere: Vec<Finding>,
    /// What is written in other words than the canonical form, without any loss: by the keyword and by what it became.
    pub changes: BTreeMap<(&'static str, &'static str), Vec<Place>>,
    /// The operations whose paging the document does not declare and that page, or look like it.
    pub paging: Vec<PagingFinding>,
}

/// How much of a document a client holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its operations.
    pub operations: usize,
    /// Its named types.
    pub types: usize,
    /// How many of the document's schemas have a type.
    pub coverage: Coverage,
}

/// A keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Keyword {
    /// What it is a keyword of, such as a schema.
    pub part: &'static str,
    /// As it is written.
    pub name: String,
}

/// What has become of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The client has it, in code or in documentation.
    Understood,
    /// It has no meaning for this client.
    LeftOut,
    /// The client carries it with less than it says.
    Weakened,
    /// No stage has read it.
    NotSupported,
    /// It, or what it is a part of, is not in the client.
    Refused,
}

impl Effect {
    /// All of them, in the order of the columns.
    pub const ALL: [Self; 5] = [
        Self::Understood,
        Self::Weakened,
        Self::LeftOut,
        Self::NotSupported,
        Self::Refused,
    ];

    /// Its word in the report.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Understood => "understood",
            Self::LeftOut => "left out",
            Self::NotSupported => "not supported",
            Self::Weakened => "weakened",
            Self::Refused => "refused",
        }
    }

    /// What a diagnostic says of the keyword that it stands at.
    fn of(diagnostic: &Diagnostic) -> Self {
        match (diagnostic.severity, diagnostic.code) {
            (Severity::Error, _) | (_, Code::LeftOut) => Self::Refused,
            (
                _,
                Code::UnknownKey
                | Code::UnknownExtension
                | Code::IneffectiveKeyword
                | Code::UnusedMediaType
                | Code::ReservedHeader
                | Code::PathFragment,
            ) => Self::LeftOut,
            (_, Code::MergeKey | Code::ForeignKeyword | Code::DuplicateValue) => Self::Understood,
            _ => Self::Weakened,
        }
    }
}

/// How often a keyword stands in a document, by what has become of it, and what there is to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Use {
    counts: [usize; 5],
    /// Where no stage has read it and no diagnostic is about it, in the order of the document.
    pub unread: Vec<Unread>,
    /// What was said of it, in the order of the places.
    pub findings: Vec<Finding>,
}

impl Use {
    /// How often it has become this.
    #[must_use]
    pub fn count(&self, effect: Effect) -> usize {
        self.counts[effect as usize]
    }
}

/// Where a keyword is that no stage has read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The place of the key.
    pub place: Place,
    /// The pointer of its value.
    pub pointer: String,
}

/// Something that was said, and what follows for the keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What has become of the keyword.
    pub effect: Effect,
    /// What was said.
    pub diagnostic: Diagnostic,
}

/// What a report is made of, gathered on the way.
#[derive(Default)]
pub(crate) struct Gathered {
    /// The keywords of the source, before any stage has changed it.
    keywords: Option<Vec<Occurrence>>,
    taken: Taken,
    client: Option<Client>,
}

/// What the stages have read or left out, by the places of the keys.
#[derive(Default)]
struct Taken {
    claimed: HashSet<Place>,
    /// They mean nothing to a client, unless a later stage claims them.
    left_out: HashSet<Place>,
    /// What was not selected, with all that is in it.
    unselected: Vec<(Place, String)>,
}

/// What a report says of a client.
struct Client {
    held: Held,
    left_out: Vec<(Place, String)>,
    untyped: Vec<(Place, String)>,
    /// The methods and paths of the operations that page.
    paged: HashSet<String>,
}

impl Gathered {
    /// Looks at what a stage has made.
    pub(crate) fn see(&mut self, made: Made<'_>) -> ControlFlow<()> {
        match made {
            Made::Source(source) => self.keywords = Some(keywords::occurrences(source)),
            Made::Read(_) | Made::Document(_) | Made::Names(_) => {}
            Made::Canonical(canonical) => self.taken = Taken::of(canonical),
            Made::Api(api) => {
                self.taken.claimed.extend(&api.claimed);
                self.client = Some(Client::of(api));
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }

    /// What has become of the keywords; `None` where there are none to be found.
    pub(crate) fn report(self, document: &str, diagnostics: &Diagnostics, found: &Found) -> Option<Report> {
        let keywords = self.keywords?;
        let mut report = Report {
            document: document.to_owned(),
            held: self.client.as_ref().map(|client| client.held),
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

impl Report {
    fn used(&mut self, occurrence: &Occurrence) -> &mut Use {
        let keyword = Keyword {
            part: occurrence.part,
            name: occurrence.name.clone(),
        };
        self.keywords.entry(keyword).or_default()
    }

    /// How often all keywords together have become this.
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
            held: Held {
                operations: api.operations().count(),
                types: api.types.len(),
                coverage: api.coverage,
            },
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

/// Keywords by the file and the pointer of their values, and by those of the objects that they are members of.
struct Index<'a> {
    values: HashMap<(FileId, &'a str), usize>,
    members: HashMap<(FileId, &'a str), Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(occurrences: &'a [Occurrence]) -> Self {
        let mut index = Self {
            values: HashMap::new(),
            members: HashMap::new(),
        };
        for (number, occurrence) in occurrences.iter().enumerate() {
            let (file, pointer) = (occurrence.place.file, occurrence.pointer.as_str());
            index.values.insert((file, pointer), number);
            if let Some((object, _)) = pointer.rsplit_once('/') {
                index.members.entry((file, object)).or_default().push(number);
            }
        }
        index
    }

    /// The keyword that a diagnostic is about, or the nearest one around.
    fn around(&self, diagnostic: &Diagnostic) -> Option<usize> {
        let file = file(diagnostic.place);
        pointers_around(&diagnostic.pointer).find_map(|pointer| self.values.get(&(file, pointer)).copied())
    }

    /// The keywords that what is said is meant for: the one that it is said of, or all of an object that has a name and
    /// is no keyword's.
    fn meant(&self, diagnostic: &Diagnostic) -> Vec<usize> {
        let place = (file(diagnostic.place), diagnostic.pointer.as_str());
        match (self.values.get(&place), self.members.get(&place)) {
            (None, Some(members)) if !diagnostic.pointer.is_empty() => members.clone(),
            _ => self.around(diagnostic).into_iter().collect(),
        }
    }
}

fn file(place: Option<Place>) -> FileId {
    place.map_or(FileId::FIRST, |place| place.file)
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
            Effect::Refused
        } else if is_left_out() {
            Effect::LeftOut
        } else if !is_read {
            Effect::NotSupported
        } else if is_in(&self.untyped, around) && !DOCUMENTATION.contains(&occurrence.name.as_str()) {
            Effect::Weakened
        } else {
            Effect::Understood
        }
    }
}

/// The keyword in what a change calls it, such as `` `$ref` beside other keywords ``.
fn keyword_of(shown: &str) -> &str {
    let quoted = shown.strip_prefix('`').and_then(|rest| rest.split('`').next());
    let keyword = quoted.unwrap_or(shown);
    keyword.split(':').next().unwrap_or(keyword)
}

type Pointers<'a> = Box<dyn Iterator<Item = &'a str> + 'a>;

/// A pointer and those of the values around it, the root not among them.
fn pointers_around(pointer: &str) -> Pointers<'_> {
    let longest = Some(pointer).filter(|pointer| !pointer.is_empty());
    Box::new(std::iter::successors(longest, |pointer| {
        let end = pointer.rfind('/').filter(|end| *end > 0)?;
        pointer.get(..end)
    }))
}
