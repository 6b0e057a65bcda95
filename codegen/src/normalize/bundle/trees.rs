//! The files of a document, and what references mean in them.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, HashMap},
};

use super::{
    problem::Problem,
    reference::{Part, Reference, join, pointer},
};
use crate::{
    diagnostic::{Code, Diagnostics, FileId, Files, Place},
    loader::{LoadError, Loader},
    nearest::nearest,
    normalize::grammar::{Kind, Layout, Shape},
    read::{FileRead, Limits, Node, Object, Source, Spent, Value, push_segment, read_file, segments, unescape},
};

/// How many references may lie between a reference and what it means in the end.
const MOST_HOPS: usize = 100;

/// A value in one of the files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Address {
    /// The index of the file's tree; the document's own is 0.
    pub(super) tree: usize,
    pub(super) pointer: String,
}

pub(super) struct Tree {
    /// The file, relative to the document's folder.
    pub(super) path: String,
    pub(super) root: Node,
    named: OnceCell<Named>,
}

/// The pointers of the schemas that name themselves, found when a name is first asked for.
#[derive(Default)]
struct Named {
    anchors: BTreeMap<String, String>,
    ids: BTreeMap<String, String>,
}

impl Tree {
    fn new(path: &str, root: Node) -> Self {
        Self {
            path: path.to_owned(),
            root,
            named: OnceCell::new(),
        }
    }

    fn named(&self) -> &Named {
        self.named.get_or_init(|| {
            let mut named = Named::default();
            named.collect(&self.root, &mut String::new());
            named
        })
    }
}

impl Named {
    fn collect(&mut self, node: &Node, at: &mut String) {
        match &node.value {
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.collect_inside(&index.to_string(), element, at);
                }
            }
            Value::Object(object) => {
                for member in object {
                    self.collect_inside(&member.name, &member.value, at);
                    let names = match &*member.name {
                        "$anchor" | "$dynamicAnchor" => &mut self.anchors,
                        "$id" => &mut self.ids,
                        _ => continue,
                    };
                    if let Some(name) = member.value.as_str() {
                        names.entry(name.to_owned()).or_insert_with(|| at.clone());
                    }
                }
            }
            _ => {}
        }
    }

    fn collect_inside(&mut self, segment: &str, node: &Node, at: &mut String) {
        let length = at.len();
        push_segment(at, segment);
        self.collect(node, at);
        at.truncate(length);
    }
}

pub(super) struct Trees<'l> {
    loader: &'l dyn Loader,
    limits: &'l Limits,
    spent: Spent,
    pub(super) layout: Layout,
    pub(super) files: Files,
    /// What was found in the texts of other files.
    pub(super) of_files: Diagnostics,
    /// The document's own one is the first.
    pub(super) all: Vec<Tree>,
    by_path: HashMap<String, Result<usize, Problem>>,
    /// The trees by the files that they come from. What an overlay has written belongs to the document.
    by_file: HashMap<FileId, usize>,
    /// What stands in another place since it was copied there.
    pub(super) copied: BTreeMap<Address, Address>,
}

impl<'l> Trees<'l> {
    pub(super) fn new(source: Source, loader: &'l dyn Loader, limits: &'l Limits, layout: Layout) -> Self {
        let name = source.files.get(FileId::FIRST).map_or("", |file| file.name());
        let path = name.rsplit('/').next().unwrap_or(name).to_owned();
        let tree = Tree::new(&path, source.root);
        Self {
            loader,
            limits,
            spent: source.spent,
            layout,
            files: source.files,
            of_files: Diagnostics::new(),
            all: vec![tree],
            by_path: HashMap::from([(path, Ok(0))]),
            by_file: HashMap::new(),
            copied: BTreeMap::new(),
        }
    }

    /// The tree whose file a value comes from: references in it are relative to that.
    pub(super) fn home(&self, file: FileId) -> usize {
        self.by_file.get(&file).copied().unwrap_or(0)
    }

    pub(super) fn node(&self, address: &Address) -> Option<&Node> {
        self.all.get(address.tree)?.root.at(&address.pointer)
    }

    pub(super) fn node_mut(&mut self, address: &Address) -> Option<&mut Node> {
        self.all.get_mut(address.tree)?.root.at_mut(&address.pointer)
    }

    pub(super) fn spent(&self) -> Spent {
        self.spent
    }

    /// Puts a component into the document.
    pub(super) fn put(&mut self, pointer: &str, node: Node) {
        let Some(tree) = self.all.first_mut() else { return };
        let Some((way, name)) = pointer.rsplit_once('/') else {
            return;
        };
        let mut at = &mut tree.root;
        for segment in way.split('/').skip(1) {
            let place = at.place;
            if !matches!(at.value, Value::Object(_)) {
                at.value = Value::Object(Object::new());
            }
            let Value::Object(object) = &mut at.value else { return };
            if !object.contains(segment) {
                object.insert(segment, place, Node::new(place, Value::Object(Object::new())));
            }
            let Some(next) = object.get_mut(segment) else { return };
            at = next;
        }
        if let Value::Object(object) = &mut at.value {
            object.insert(unescape(name), node.place, node);
        }
    }

    /// Counts values that are copied, which are as many in the end as if they had been written twice.
    pub(super) fn spend(&mut self, nodes: usize) -> Result<(), Problem> {
        self.spent.add_nodes(nodes);
        if self.spent.is_within(self.limits) {
            return Ok(());
        }
        let message = format!(
            "the parts that are referred to have more than {} values together",
            self.limits.max_nodes
        );
        Err(Problem::new(
            Code::NodeLimit,
            message,
            "refer to large parts in fewer places",
        ))
    }

    /// What a reference means that stands in the tree `base`: references that are all there is at a place are followed,
    /// but for components of the document, which have names.
    pub(super) fn locate(&mut self, text: &str, base: usize) -> Result<Address, Problem> {
        self.locate_after(text, base, 0)
    }

    fn locate_after(&mut self, text: &str, base: usize, hops: usize) -> Result<Address, Problem> {
        if hops == MOST_HOPS {
            let message = format!("`{text}` leads back to where it came from");
            return Err(Problem::new(
                Code::ReferenceCycle,
                message,
                "let one part of the cycle say what it is",
            ));
        }
        let own_path = self.all.get(base).map_or("", |tree| &tree.path);
        let reference = match Reference::parse(text, own_path) {
            Ok(reference) => reference,
            Err(problem) => return self.by_id(text).ok_or(problem),
        };
        let tree = match reference.path {
            Some(path) => self.load(&path)?,
            None => base,
        };
        let start = match &reference.part {
            Part::At(_) => String::new(),
            Part::Anchor(name) => self.anchor(tree, name)?,
        };
        let mut address = Address { tree, pointer: start };
        if let Part::At(segments) = &reference.part {
            for segment in segments {
                address = self.step(address, segment, text, hops)?;
            }
        }
        self.settled(address, hops)
    }

    /// From a value to one of its parts, through a reference if the value is one.
    fn step(&mut self, from: Address, segment: &str, text: &str, hops: usize) -> Result<Address, Problem> {
        let from = self.moved(from);
        let node = self.node(&from);
        let mut inner = String::new();
        push_segment(&mut inner, segment);
        if node.is_some_and(|node| node.at(&inner).is_some()) {
            let pointer = from.pointer + &inner;
            return Ok(self.moved(Address { pointer, ..from }));
        }
        if let Some((reference, file)) = node.and_then(reference_of) {
            let (reference, base) = (reference.to_owned(), self.home(file));
            let target = self.locate_after(&reference, base, hops + 1)?;
            if self.node(&target).is_some_and(|node| node.at(&inner).is_some()) {
                let pointer = target.pointer + &inner;
                return Ok(self.moved(Address { pointer, ..target }));
            }
        }
        Err(self.nowhere(&from, segment, text))
    }

    fn nowhere(&self, from: &Address, segment: &str, text: &str) -> Problem {
        let known = self.node(from).and_then(Node::as_object).into_iter().flatten();
        let near = nearest(segment, known.map(|member| &*member.name));
        let help = near.map_or_else(
            || "check the spelling".to_owned(),
            |name| format!("did you mean `{name}` in place of `{segment}`?"),
        );
        let file = match self.all.get(from.tree) {
            Some(tree) if from.tree > 0 => format!("`{}`", tree.path),
            _ => "the document".to_owned(),
        };
        let message = match from.pointer.as_str() {
            "" => format!("`{text}` leads nowhere: {file} has no `{segment}` at its top"),
            pointer => format!("`{text}` leads nowhere: {file} has no `{segment}` at `{pointer}`"),
        };
        Problem::new(Code::UnresolvedReference, message, help)
    }

    /// Follows what is nothing but another reference.
    fn settled(&mut self, address: Address, hops: usize) -> Result<Address, Problem> {
        let address = self.moved(address);
        if self.component(&address).is_some() {
            return Ok(address);
        }
        let only_refers = |node: &&Node| node.as_object().is_some_and(|object| object.len() == 1);
        let Some((reference, file)) = self.node(&address).filter(only_refers).and_then(reference_of) else {
            return Ok(address);
        };
        let (reference, base) = (reference.to_owned(), self.home(file));
        self.locate_after(&reference, base, hops + 1)
    }

    /// The kind and the name of a component of the document.
    pub(super) fn component(&self, address: &Address) -> Option<(Kind, String)> {
        if address.tree != 0 {
            return None;
        }
        let mut segments: Vec<String> = segments(&address.pointer).collect();
        let kind = Shape::One(Kind::Document)
            .at(segments.iter().map(String::as_str))
            .and_then(Shape::kind)?;
        let name = segments.pop()?;
        (self.layout.section(kind)? == pointer(segments)).then_some((kind, name))
    }

    /// Where a value stands now.
    fn moved(&self, address: Address) -> Address {
        if self.copied.is_empty() {
            return address;
        }
        let mut around = address.clone();
        loop {
            if let Some(now) = self.copied.get(&around) {
                let pointer = format!("{}{}", now.pointer, &address.pointer[around.pointer.len()..]);
                return Address {
                    tree: now.tree,
                    pointer,
                };
            }
            let Some(end) = around.pointer.rfind('/') else {
                return address;
            };
            around.pointer.truncate(end);
        }
    }

    /// The tree of another file, read when it is first asked for.
    fn load(&mut self, path: &str) -> Result<usize, Problem> {
        if let Some(known) = self.by_path.get(path) {
            return known.clone();
        }
        let loaded = self.read(path);
        self.by_path.insert(path.to_owned(), loaded.clone());
        loaded
    }

    fn read(&mut self, path: &str) -> Result<usize, Problem> {
        let limit = self.spent.bytes_left(self.limits);
        let bytes = self.loader.load(path, limit).map_err(|error| match error {
            LoadError::Forbidden(help) => Problem::new(
                Code::OutsideFolder,
                format!("`{path}` is not in the document's folder"),
                help,
            ),
            LoadError::Unreadable(why) => {
                let message = format!("`{path}` cannot be read: {why}");
                Problem::new(
                    Code::UnreadableFile,
                    message,
                    "check the path: it is relative to the file that it stands in",
                )
            }
        })?;
        let too_many = || {
            let message = "the document has more than 65,000 files";
            Problem::new(Code::UnreadableFile, message, "put some of them together")
        };
        let id = self.files.next_id().ok_or_else(too_many)?;
        let document = self.files.get(FileId::FIRST).map_or("", |file| file.name());
        let name = join(document, path);
        let FileRead { file, root, problems } = read_file(&name, &bytes, self.limits, id, &mut self.spent);
        self.files.add(file);
        self.of_files.extend(problems);
        let root = root.ok_or_else(|| {
            let message = format!("`{path}` has errors of its own");
            Problem::new(Code::UnreadableFile, message, "mend that file first")
        })?;
        let index = self.all.len();
        self.by_file.insert(id, index);
        self.all.push(Tree::new(path, root));
        Ok(index)
    }

    fn anchor(&self, tree: usize, name: &str) -> Result<String, Problem> {
        let pointer = self.all.get(tree).and_then(|tree| tree.named().anchors.get(name));
        pointer.cloned().ok_or_else(|| {
            let message = format!("no schema has the `$anchor` `{name}`");
            Problem::new(
                Code::UnresolvedReference,
                message,
                "a pointer begins with `#/`; check the spelling",
            )
        })
    }

    /// The schema in one of the files whose `$id` a reference repeats.
    fn by_id(&self, text: &str) -> Option<Address> {
        let (id, fragment) = text.split_once('#').unwrap_or((text, ""));
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return None;
        }
        self.all.iter().enumerate().find_map(|(tree, of)| {
            let pointer = format!("{}{fragment}", of.named().ids.get(id)?);
            let address = Address { tree, pointer };
            self.node(&address).is_some().then_some(address)
        })
    }
}

/// The reference that an object is, and the file that it stands in.
pub(super) fn reference_of(node: &Node) -> Option<(&str, FileId)> {
    let reference = node.get("$ref")?;
    Some((reference.as_str()?, reference.place.file))
}

/// A reference to a pointer of the document.
pub(super) fn reference_node(place: Place, pointer: &str) -> Node {
    let mut object = Object::new();
    object.insert("$ref", place, Node::new(place, Value::from(written(pointer).as_str())));
    Node::new(place, Value::Object(object))
}

/// A pointer of the document as the text of a reference.
pub(super) fn written(pointer: &str) -> String {
    format!("#{}", pointer.replace('%', "%25"))
}
