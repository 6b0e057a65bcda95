//! One tree of all files, in which the target of each reference is a component of the document.
//!
//! Other targets (in a path, inside another component, or in another file) are moved into a new component, and a reference
//! replaces them. So a target is one type for all references. Its name comes from its own place, so that the order of discovery
//! does not change names. Kinds without components (path items, maps of properties) are copied to the places of the references.

mod find;
mod named;
mod names;
mod problem;
mod reference;
mod splice;
mod tags;
mod trees;

use std::collections::{BTreeMap, BTreeSet};

use self::{
    find::{DYNAMIC, Found},
    reference::pointer,
    trees::{Address, Trees, reference_node, written},
};
pub(super) use self::{problem::Problem, reference::wrong_escape};
use super::grammar::{Layout, ObjectKind, Shape, spoken};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, FileId, Place},
    loader::Loader,
    nearest::nearest,
    origin::Origins,
    read::{Limits, Node, Object, Source, Value, segments},
};

/// Makes one tree of all files; `of_files` takes what is wrong in other files, in their own pointers.
#[must_use]
pub fn bundle(
    source: Source,
    loader: &dyn Loader,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
    of_files: &mut Diagnostics,
) -> Source {
    let (warnings, origins) = (source.warnings.clone(), source.origins.clone());
    let layout = match source.root.get("swagger") {
        Some(_) => Layout::Swagger,
        None => Layout::Components,
    };
    let mut bundle = Bundle {
        trees: Trees::new(source, loader, limits, layout),
        origins,
        meanings: BTreeMap::new(),
        problems: BTreeMap::new(),
        doubts: BTreeMap::new(),
        hoisted: BTreeMap::new(),
        dropped: BTreeMap::new(),
    };
    bundle.discover();
    let names = names::names(&bundle.trees, &bundle.hoisted, &bundle.meanings);
    bundle.report(&names, diagnostics);
    bundle.rewrite(&names, diagnostics);
    bundle.hoist(&names);
    let Bundle { trees, origins, .. } = bundle;
    let spent = trees.spent();
    of_files.extend(trees.of_files);
    let root = trees.all.into_iter().next().map(|tree| tree.root);
    Source {
        files: trees.files,
        // The document's own tree is there from the beginning.
        root: root.unwrap_or_else(|| Node::new(START, Value::Null)),
        warnings,
        origins,
        spent,
    }
}

const START: Place = Place {
    file: FileId::FIRST,
    line: 1,
    column: 1,
};

/// The pointers of the components that parts become.
type Names = BTreeMap<Address, String>;

struct Bundle<'l> {
    trees: Trees<'l>,
    origins: Origins,
    /// The meanings of the references by the addresses of the reference objects; also those of discriminator mappings.
    meanings: BTreeMap<Address, Meaning>,
    /// The errors of references, by the addresses of their strings.
    problems: BTreeMap<Address, (Place, Problem)>,
    /// What is doubtful about references, in the same way.
    doubts: BTreeMap<Address, (Place, Problem)>,
    /// What becomes a component.
    hoisted: BTreeMap<Address, ObjectKind>,
    /// The discriminators that are removed, by their addresses.
    dropped: BTreeMap<Address, (Place, Problem)>,
}

/// What a reference means.
struct Meaning {
    target: Address,
    /// The key of the reference's string below the address.
    key: &'static str,
}

impl Bundle<'_> {
    /// Finds all references that can be reached, and what they mean.
    fn discover(&mut self) {
        let whole = Address {
            tree: 0,
            pointer: String::new(),
        };
        let mut open = vec![(whole, ObjectKind::Document)];
        let mut seen = BTreeSet::new();
        let mut dynamic = Vec::new();
        loop {
            while let Some((address, kind)) = open.pop() {
                if !seen.insert(address.clone()) {
                    continue;
                }
                self.splice(&address, Shape::One(kind));
                let (found, more) = self.references_below(&address, kind);
                dynamic.extend(more);
                for found in found {
                    open.extend(self.understand(&found));
                }
            }
            // Only when all files are there it is known what a dynamic one can mean.
            let Some(found) = dynamic.pop() else { return };
            if self.is_static(&found) {
                open.extend(self.understand(&found));
            }
        }
    }

    /// Notes what a reference means; what has to be looked through for it is given back.
    fn understand(&mut self, found: &Found) -> Option<(Address, ObjectKind)> {
        let here = found.address.clone();
        if self.meanings.contains_key(&here) {
            return None;
        }
        let text = Address {
            pointer: format!("{}{}", here.pointer, found.key),
            ..here.clone()
        };
        match self.meaning(found) {
            Ok(target) => {
                if let Some(doubt) = wrong_escape(&found.text) {
                    self.doubts.insert(text, (found.place, doubt));
                }
                let kind = if found.kind == ObjectKind::MappedSchema {
                    ObjectKind::Schema
                } else {
                    found.kind
                };
                let mut open = None;
                if self.trees.component(&target).is_none() {
                    self.hoisted.insert(target.clone(), kind);
                    // What the document's own walk comes by is not walked again.
                    open = (target.tree > 0 || kind_at(&target).is_none()).then(|| (target.clone(), kind));
                }
                self.meanings.insert(here, Meaning { target, key: found.key });
                open
            }
            Err(problem) if is_left_over(found, &problem) => {
                self.drop_discriminator(found, problem);
                None
            }
            Err(problem) => {
                self.problems.insert(text, (found.place, problem));
                None
            }
        }
    }

    /// Makes a `$dynamicRef` a `$ref`, if that is the same: where only one schema has its dynamic anchor.
    fn is_static(&mut self, found: &Found) -> bool {
        let (_, name) = found.text.split_once('#').unwrap_or_default();
        let of_name = self.trees.all.iter().map(|tree| tree.named().dynamic(name));
        if of_name.sum::<usize>() > 1 {
            return false;
        }
        let Some(object) = self.trees.node_mut(&found.address).and_then(Node::as_object_mut) else {
            return false;
        };
        let Some(reference) = object.remove(DYNAMIC) else {
            return false;
        };
        object.insert("$ref", reference.name_place, reference.value);
        if found.address.tree == 0 {
            let pointer = &found.address.pointer;
            self.origins
                .moved(&format!("{pointer}/$ref"), &format!("{pointer}/{DYNAMIC}"));
        }
        true
    }

    /// Removes a discriminator with a part that means nothing: the schemas are then distinguished by their content.
    fn drop_discriminator(&mut self, found: &Found, problem: Problem) {
        let mut discriminator = found.address.clone();
        for _ in ["the name", "mapping"] {
            let end = discriminator.pointer.rfind('/').unwrap_or_default();
            discriminator.pointer.truncate(end);
        }
        self.dropped.entry(discriminator).or_insert((found.place, problem));
    }

    /// Proposes the component that has the name in a reference which leads nowhere, as `Pet` or `#/definitions/Pet` may
    /// mean `#/components/schemas/Pet`.
    fn with_component(&self, problem: Problem, found: &Found) -> Problem {
        let file = found.text.split('#').next().unwrap_or_default();
        let name = found.text.rsplit(['/', '#']).next().unwrap_or_default();
        let Some(section) = self.trees.layout.section(found.kind).filter(|_| !file.contains('.')) else {
            return problem;
        };
        let meant = format!("{section}{}", pointer([name]));
        let address = Address {
            tree: 0,
            pointer: meant.clone(),
        };
        let is_itself = found.address.tree == 0 && found.address.pointer.starts_with(&meant);
        if name.is_empty() || is_itself || self.trees.node(&address).is_none() {
            return problem;
        }
        Problem {
            help: format!("did you mean `#{meant}`?"),
            ..problem
        }
    }

    fn meaning(&mut self, found: &Found) -> Result<Address, Problem> {
        let base = self.trees.home(found.place.file);
        let target = match found.kind {
            ObjectKind::MappedSchema => self.mapped(&found.text, base, &found.address)?,
            _ => {
                let located = self.trees.locate(&found.text, base, &found.address);
                located.map_err(|problem| {
                    if base == 0 {
                        self.with_component(problem, found)
                    } else {
                        problem
                    }
                })?
            }
        };
        let wanted = if found.kind == ObjectKind::MappedSchema {
            ObjectKind::Schema
        } else {
            found.kind
        };
        let is_fit = |node: &Node| match node.value {
            Value::Object(_) => true,
            Value::Bool(_) => wanted == ObjectKind::Schema,
            _ => false,
        };
        let known = kind_at(&target).filter(|_| target.tree == 0 || target.pointer.starts_with("/components/"));
        let what = match (known, self.trees.node(&target)) {
            (Some(kind), _) if kind != wanted => spoken(kind),
            (_, Some(node)) if !is_fit(node) => node.kind(),
            _ => match self.hoisted.get(&target) {
                Some(kind) if *kind != wanted => spoken(*kind),
                _ => return Ok(target),
            },
        };
        let message = format!("`{}` is {what}, but must be {} here", found.text, spoken(wanted));
        let help = match self.trees.layout.section(wanted) {
            Some(section) => format!("refer to {}, such as `#{section}/NAME`", spoken(wanted)),
            None => format!("refer to {}", spoken(wanted)),
        };
        Err(Problem::new(Code::UnresolvedReference, message, help))
    }

    /// The schema that a discriminator's mapping names: a component of the same file, or else what a reference leads to.
    fn mapped(&mut self, text: &str, base: usize, at: &Address) -> Result<Address, Problem> {
        let section = self.trees.layout.section(ObjectKind::Schema).unwrap_or_default();
        for tree in [base, 0] {
            let pointer = format!("{section}{}", pointer([text]));
            let address = Address { tree, pointer };
            if self.trees.node(&address).is_some() {
                return Ok(address);
            }
        }
        if text.contains(['/', '#', '.']) {
            return self.trees.locate(text, base, at);
        }
        let schemas = Address {
            tree: 0,
            pointer: section.to_owned(),
        };
        let schemas = self
            .trees
            .node(&schemas)
            .and_then(Node::as_object)
            .into_iter()
            .flatten();
        let help = nearest(text, schemas.map(|member| &*member.name));
        let help = help.map_or_else(
            || "check the spelling".to_owned(),
            |name| format!("did you mean `{name}`?"),
        );
        let message = format!("schema `{text}` does not exist");
        Err(Problem::new(Code::UnresolvedReference, message, help))
    }

    /// Says what is wrong, with pointers into the tree that comes out.
    fn report(&mut self, names: &Names, diagnostics: &mut Diagnostics) {
        for (address, (place, problem)) in std::mem::take(&mut self.problems) {
            let Problem { code, message, help } = problem;
            self.trees.tell_file(&address, place.file);
            let pointer = canonical(&address, names);
            diagnostics.push(Diagnostic::error(code, Some(place), pointer, message).help(help));
        }
        for (address, (place, Problem { code, message, help })) in std::mem::take(&mut self.doubts) {
            let pointer = canonical(&address, names);
            diagnostics.push(Diagnostic::warning(code, Some(place), pointer, message).help(help));
        }
        for (address, (place, Problem { message, .. })) in std::mem::take(&mut self.dropped) {
            let pointer = canonical(&address, names);
            let message = format!("the discriminator is ignored, because its mapping is not complete: {message}");
            let help = "correct the mapping; some bundlers do not update it";
            diagnostics.push(Diagnostic::warning(Code::Weakened, Some(place), pointer, message).help(help));
            let Some((schema, _)) = address.pointer.rsplit_once('/') else {
                continue;
            };
            let schema = Address {
                pointer: schema.to_owned(),
                ..address
            };
            if let Some(object) = self.trees.node_mut(&schema).and_then(Node::as_object_mut) {
                object.remove("discriminator");
            }
        }
    }

    /// Gives every reference the name of the component that it means.
    fn rewrite(&mut self, names: &Names, diagnostics: &mut Diagnostics) {
        for tag in tags::of_renamed(&self.trees, &self.meanings, names) {
            let taken = tags::write(&mut self.trees, &tag);
            diagnostics.extend(taken.map(|place| tag.taken(place, names)));
        }
        for (address, meaning) in std::mem::take(&mut self.meanings) {
            let target = names.get(&meaning.target).unwrap_or(&meaning.target.pointer);
            let text = Address {
                pointer: format!("{}{}", address.pointer, meaning.key),
                ..address
            };
            if let Some(node) = self.trees.node_mut(&text) {
                node.value = Value::from(written(target).as_str());
            }
        }
    }

    /// Takes what becomes a component out of its place, the innermost first, for parts lie in each other.
    fn hoist(&mut self, names: &Names) {
        let mut parts: Vec<(&Address, &String)> = names.iter().collect();
        parts.sort_by_key(|(address, _)| std::cmp::Reverse(address.pointer.matches('/').count()));
        let mut components: BTreeMap<&String, Node> = BTreeMap::new();
        for (address, name) in parts {
            let Some(node) = self.trees.node_mut(address) else {
                continue;
            };
            let reference = reference_node(node.place, name);
            let placeholder = beside(node, reference, &address.pointer);
            components.insert(name, std::mem::replace(node, placeholder));
            if address.tree == 0 {
                self.origins.moved(name, &address.pointer);
            } else {
                self.origins.comes_from(name, &address.pointer);
            }
        }
        for (name, node) in components {
            self.trees.put(name, node);
        }
    }
}

/// Returns a reference that keeps what the document declares about the property. Only its type is elsewhere.
fn beside(node: &Node, reference: Node, pointer: &str) -> Node {
    let parent = pointer.rsplit('/').nth(1);
    let words = ["description", "deprecated"].map(|word| node.as_object().and_then(|object| object.member(word)));
    if parent != Some("properties") || words.iter().all(Option::is_none) {
        return reference;
    }
    let mut object = Object::new();
    for word in words.into_iter().flatten() {
        object.insert(word.name.clone(), word.name_place, word.value.clone());
    }
    let place = reference.place;
    object.insert("allOf", place, Node::new(place, Value::Array(vec![reference])));
    Node::new(place, Value::Object(object))
}

/// Returns the pointer in the resulting tree of the value at an address.
fn canonical(address: &Address, names: &Names) -> String {
    let mut around = address.clone();
    loop {
        if let Some(name) = names.get(&around) {
            return format!("{name}{}", &address.pointer[around.pointer.len()..]);
        }
        match around.pointer.rfind('/') {
            Some(end) => around.pointer.truncate(end),
            None => return address.pointer.clone(),
        }
    }
}

/// What a value is by its place in its file.
fn kind_at(address: &Address) -> Option<ObjectKind> {
    let segments: Vec<String> = segments(&address.pointer).collect();
    Shape::One(ObjectKind::Document)
        .at(segments.iter().map(String::as_str))
        .and_then(Shape::kind)
}

/// Whether this is a mapping to a file or a place that existed before the document was bundled, and that adds nothing to
/// the schemas themselves.
fn is_left_over(found: &Found, problem: &Problem) -> bool {
    found.kind == ObjectKind::MappedSchema
        && found.address.pointer.contains("/mapping/")
        && found.text.contains('/')
        && !found.text.starts_with("#/components/")
        && matches!(problem.code, Code::UnreadableFile | Code::UnresolvedReference)
}
