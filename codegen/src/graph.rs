//! A picture of a client: operations, models, and which refers to which, as SVG.
//!
//! The nodes and edges come from the public surface. The layout is layered: what refers to something is on its left. It is
//! ours, because the layout libraries of the registry need a font or draw text as paths, and a picture in a repository is
//! compared line by line.

mod layout;
mod node;
mod svg;

use std::collections::{BTreeMap, BTreeSet};

use self::node::Node;
use crate::{
    Config, Inputs,
    diagnostic::{Diagnostics, Files},
    diff::{Side, Spot, models, prepare},
    nearest::nearest,
    surface::{Item, Kind, Surface},
};

/// More nodes are not readable.
const MAX_NODES: usize = 40;

/// What a picture is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The whole client.
    #[default]
    All,
    /// The operations of a tag, and what they use.
    Tag(String),
    /// An operation by its id or its method in Rust, and what it uses.
    Operation(String),
    /// A model by its schema or its name in Rust, what it uses, and what uses it.
    Type(String),
}

/// A picture, or the reason why it cannot be drawn.
#[derive(Debug)]
pub struct Graph {
    /// The SVG. The error is what to say of a focus that does not exist; `None` if the document has errors.
    pub svg: Option<Result<String, String>>,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
    /// The files that diagnostics refer to.
    pub sources: Files,
}

/// Draws the client of a document. Boxes link to its lines; `folder` is what precedes the file's name in the links, such as
/// `../`.
#[must_use]
pub fn graph(inputs: Inputs<'_>, config: &Config, focus: &Focus, folder: &str) -> Graph {
    let (prepared, checked) = prepare(Side { inputs, config });
    let svg = prepared.map(|prepared| {
        let uses = Uses::of(&prepared.surface);
        let starts = uses.starts(focus)?;
        let spot = |item: &Item| {
            let spot = prepared.spot(&item.content.anchor)?;
            let file = format!("{folder}{}", spot.file);
            Some(Spot { file, ..spot })
        };
        Ok(uses.picture(&prepared.surface.title, focus, &starts, &spot))
    });
    Graph {
        svg,
        diagnostics: checked.diagnostics,
        sources: checked.sources,
    }
}

/// Operations and models by their paths, and what each refers to.
struct Uses<'s> {
    items: BTreeMap<&'s str, &'s Item>,
    edges: BTreeMap<&'s str, BTreeSet<&'s str>>,
    groups: Vec<&'s Item>,
}

impl<'s> Uses<'s> {
    fn of(surface: &'s Surface) -> Self {
        let is_node = |item: &&Item| item.kind == Kind::Operation || item.kind == Kind::Payload || item.kind.is_model();
        let nodes = surface.items.iter().filter(is_node);
        let items: BTreeMap<&str, &Item> = nodes.map(|item| (item.path.as_str(), item)).collect();
        let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        // The enums of a call's responses are a part of the call.
        let outcomes: BTreeMap<&str, &Item> = surface
            .items
            .iter()
            .filter(|item| item.kind == Kind::Outcomes)
            .map(|item| (item.path.as_str(), item))
            .collect();
        for (path, item) in &items {
            let of_item = item.content.parts.values().map(String::as_str);
            let held = of_item
                .filter_map(|text| outcomes.get(text))
                .flat_map(|outcomes| texts(outcomes));
            let targets = texts(item).into_iter().chain(held).flat_map(models);
            let known = targets.filter_map(|target| items.get_key_value(target));
            edges.insert(
                path,
                known
                    .map(|(target, _)| *target)
                    .filter(|target| target != path)
                    .collect(),
            );
        }
        let groups = surface.items.iter().filter(|item| item.kind == Kind::Group).collect();
        Self { items, edges, groups }
    }

    /// The items that a focus names.
    fn starts(&self, focus: &Focus) -> Result<Vec<&'s str>, String> {
        let (what, name) = match focus {
            Focus::All => {
                let operations = self.paths(|item| item.kind == Kind::Operation);
                return Ok(if operations.is_empty() {
                    self.paths(|_| true)
                } else {
                    operations
                });
            }
            Focus::Tag(name) => ("tag", name.as_str()),
            Focus::Operation(name) => ("operation", name.as_str()),
            Focus::Type(name) => ("type", name.as_str()),
        };
        let found = match focus {
            Focus::Tag(_) => self.paths(|item| item.kind == Kind::Operation && self.tag_of(item) == name),
            _ => self.paths(|item| is_named(item, focus, name)),
        };
        if found.is_empty() {
            let near = nearest(name, self.names(focus).into_iter());
            let help = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            return Err(format!("no {what} is called {name:?}{help}"));
        }
        Ok(found)
    }

    fn paths(&self, is_wanted: impl Fn(&Item) -> bool) -> Vec<&'s str> {
        let found = self.items.iter().filter(|(_, item)| is_wanted(item));
        found.map(|(path, _)| *path).collect()
    }

    /// The tag of the group that an operation is in.
    fn tag_of(&self, operation: &Item) -> &'s str {
        let is_around = |group: &&&'s Item| {
            let rest = operation.path.strip_prefix(&group.path);
            rest.is_some_and(|rest| rest.starts_with("::"))
        };
        self.groups
            .iter()
            .find(is_around)
            .map_or("", |group| group.content.means("tag"))
    }

    /// The names that a focus of this kind can have: those of the document, and those in Rust.
    fn names(&self, focus: &Focus) -> Vec<&'s str> {
        let fact = match focus {
            Focus::Tag(_) => return self.groups.iter().map(|group| group.content.means("tag")).collect(),
            Focus::Type(_) => "schema",
            Focus::All | Focus::Operation(_) => "operation id",
        };
        let items = self.items.values().filter(|item| is_of(item, focus));
        let names = items.flat_map(|item| [item.content.means(fact), item.name()]);
        names.filter(|name| !name.is_empty()).collect()
    }

    /// The items nearest to the starts, in order of their distance, and how many more there are.
    fn nearest(&self, focus: &Focus, starts: &[&'s str]) -> (Vec<&'s str>, usize) {
        let mut found: Vec<&str> = Vec::new();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut add = |path: &'s str, found: &mut Vec<&'s str>| {
            if known.insert(path) {
                found.push(path);
            }
        };
        for start in starts {
            add(start, &mut found);
        }
        if matches!(focus, Focus::Type(_)) {
            for (path, targets) in &self.edges {
                if starts.iter().any(|start| targets.contains(start)) {
                    add(path, &mut found);
                }
            }
        }
        let users: BTreeSet<&str> = found.iter().skip(starts.len()).copied().collect();
        let mut next = 0;
        while let Some(path) = found.get(next).copied() {
            next += 1;
            // Of what uses a type, only the type itself is of interest.
            if !users.contains(path) {
                self.edges
                    .get(path)
                    .into_iter()
                    .flatten()
                    .for_each(|target| add(target, &mut found));
            }
        }
        let more = found.len().saturating_sub(MAX_NODES);
        found.truncate(MAX_NODES);
        (found, more)
    }

    fn picture(&self, title: &str, focus: &Focus, starts: &[&'s str], spot: &dyn Fn(&Item) -> Option<Spot>) -> String {
        let (paths, more) = self.nearest(focus, starts);
        let is_marked = |path: &str| *focus != Focus::All && starts.contains(&path);
        let node = |path: &&'s str| {
            self.items
                .get(path)
                .map(|item| node_of(item, is_marked(path), spot(item)))
        };
        let nodes: Vec<Node> = paths.iter().filter_map(node).collect();
        let position: BTreeMap<&str, usize> = paths.iter().enumerate().map(|(index, path)| (*path, index)).collect();
        let mut edges = Vec::new();
        for (path, from) in &position {
            let targets = self.edges.get(path).into_iter().flatten();
            edges.extend(targets.filter_map(|target| Some((*from, *position.get(target)?))));
        }
        edges.sort_unstable();
        svg::drawn(title, &nodes, &layout::layout(nodes.len(), &edges), more)
    }
}

/// Whether an item is of the kind that a focus is about.
fn is_of(item: &Item, focus: &Focus) -> bool {
    match focus {
        Focus::Type(_) => item.kind.is_model(),
        Focus::All | Focus::Tag(_) | Focus::Operation(_) => item.kind == Kind::Operation,
    }
}

/// Whether an operation or a model has this name, in the document or in Rust.
fn is_named(item: &Item, focus: &Focus, name: &str) -> bool {
    let fact = match focus {
        Focus::Type(_) => "schema",
        Focus::All | Focus::Tag(_) | Focus::Operation(_) => "operation id",
    };
    let is_end = item
        .path
        .strip_suffix(name)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with("::"));
    is_of(item, focus) && (item.content.means(fact) == name || is_end)
}

/// All types that an item names.
fn texts(item: &Item) -> Vec<&str> {
    let own = item.content.parts.values();
    let members = item.members.iter().flat_map(|member| member.content.parts.values());
    let entries = item.lists.iter().flat_map(|list| &list.entries).map(|entry| &entry.ty);
    own.chain(members).chain(entries).map(String::as_str).collect()
}

fn node_of(item: &Item, is_focus: bool, spot: Option<Spot>) -> Node {
    let is_operation = item.kind == Kind::Operation;
    let note = match &item.content.anchor {
        crate::surface::Anchor::Operation(call) => format!("{} {}", call.method.as_str(), call.path),
        _ => item.kind.as_str().to_owned(),
    };
    Node {
        name: item.name().to_owned(),
        note,
        is_operation,
        is_focus,
        spot,
        path: item.path.clone(),
    }
}
