//! What of a document a client has: each of its keywords, how often it stands there, and what has become of it.
//!
//! The keywords are those that a walk over the source finds, so that none is missing. What became of them is what the
//! stages have said: a keyword that nobody has said anything of is understood.

mod human;
mod json;
mod keywords;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::ControlFlow,
};

use self::keywords::Occurrence;
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, FileId, Place, Severity},
    found::{Found, Made},
    ir::{Api, Coverage},
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
    /// It says nothing to this client.
    LeftOut,
    /// The client carries it with less than it says.
    Weakened,
    /// It, or what it is a part of, is not in the client.
    Refused,
}

impl Effect {
    /// All of them, in the order of the columns.
    pub const ALL: [Self; 4] = [Self::Understood, Self::Weakened, Self::LeftOut, Self::Refused];

    /// Its word in the report.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Understood => "understood",
            Self::LeftOut => "left out",
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
    counts: [usize; 4],
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
    client: Option<Client>,
}

/// What a report says of a client.
struct Client {
    held: Held,
    left_out: Vec<(Place, String)>,
    untyped: Vec<(Place, String)>,
}

impl Gathered {
    /// Looks at what a stage has made.
    pub(crate) fn see(&mut self, made: Made<'_>) -> ControlFlow<()> {
        match made {
            Made::Source(source) => self.keywords = Some(keywords::occurrences(source)),
            Made::Read(_) | Made::Canonical(_) | Made::Document(_) | Made::Names(_) => {}
            Made::Api(api) => {
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
        };
        for change in &found.changes {
            let places = report.changes.entry((change.keyword, change.became)).or_default();
            places.push(change.place);
        }
        let index = Index::of(&keywords);
        let mut effects = effects(&keywords, self.client.as_ref(), diagnostics, found);
        for diagnostic in diagnostics {
            let effect = Effect::of(diagnostic);
            for number in index.meant(diagnostic) {
                effects[number] = effects[number].max(effect);
            }
            let findings = match index.around(diagnostic) {
                Some(number) => &mut report.used(&keywords[number]).findings,
                None => &mut report.elsewhere,
            };
            findings.push(Finding {
                effect,
                diagnostic: diagnostic.clone(),
            });
        }
        for (occurrence, effect) in keywords.iter().zip(effects) {
            report.used(occurrence).counts[effect as usize] += 1;
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

/// What has become of each keyword before anything is said of it alone: what stands below something shares its fate.
fn effects(
    occurrences: &[Occurrence],
    client: Option<&Client>,
    diagnostics: &Diagnostics,
    found: &Found,
) -> Vec<Effect> {
    let Some(client) = client else {
        return vec![Effect::Refused; occurrences.len()];
    };
    let of_source = |parts: &[(Place, String)]| -> HashSet<(FileId, String)> {
        let parts = parts.iter();
        parts
            .map(|(place, pointer)| (place.file, found.origins.source_of(pointer)))
            .collect()
    };
    let refused = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::LeftOut);
    let refused: HashSet<(FileId, String)> = refused
        .map(|diagnostic| (file(diagnostic.place), diagnostic.pointer.clone()))
        .collect();
    let (left_out, untyped) = (of_source(&client.left_out), of_source(&client.untyped));
    // An extension that means the same as one of ours, which stands in its place.
    let rewritten: HashSet<(&str, Place)> = found
        .changes
        .iter()
        .map(|change| (change.keyword, change.place))
        .collect();
    let is_rewritten = |occurrence: &Occurrence| rewritten.contains(&(occurrence.name.as_str(), occurrence.value));
    let effect = |occurrence: &Occurrence| {
        let is_in = |parts: &HashSet<(FileId, String)>, mut pointers: Pointers<'_>| {
            pointers.any(|pointer| parts.contains(&(occurrence.place.file, pointer.to_owned())))
        };
        let pointers = || pointers_around(&occurrence.pointer);
        let mut around = pointers();
        around.next();
        if is_in(&refused, pointers()) {
            Effect::Refused
        } else if is_in(&left_out, pointers()) && !is_rewritten(occurrence) {
            Effect::LeftOut
        } else if is_in(&untyped, around) && !DOCUMENTATION.contains(&occurrence.name.as_str()) {
            Effect::Weakened
        } else {
            Effect::Understood
        }
    };
    occurrences.iter().map(effect).collect()
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
