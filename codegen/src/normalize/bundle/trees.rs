//! The files of a document, and what references mean in them.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, HashMap},
};

use super::{
    named::Named,
    problem::Problem,
    reference::{self, Fragment, Reference, join, pointer, resolve},
};
use crate::{
    diagnostic::{Code, Diagnostics, FileId, Files, Place},
    loader::{LoadError, Loader},
    nearest::nearest,
    normalize::grammar::{Layout, ObjectKind, Shape},
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

impl Tree {
    fn new(path: &str, root: Node) -> Self {
        Self {
            path: path.to_owned(),
            root,
            named: OnceCell::new(),
        }
    }

    /// What names itself here, found when a name is first asked for.
    pub(super) fn named(&self) -> &Named {
        self.named.get_or_init(|| Named::of(&self.root, &self.path))
    }
}

pub(super) struct Trees<'l> {
    loader: &'l dyn Loader,
    limits: &'l Limits,
    spent: Spent,
    pub(super) layout: Layout,
    pub(super) files: Files,
    /// The diagnostics of the other files.
    pub(super) of_files: Diagnostics,
    /// The document's own one is the first.
    pub(super) all: Vec<Tree>,
    by_path: HashMap<String, Result<usize, Problem>>,
    /// The trees by the files that they come from. What an overlay has written belongs to the document.
    by_file: HashMap<FileId, usize>,
    /// The values that have been copied, with their new addresses.
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

    /// Writes its file before a reference that means something in another file than the document's: it must not be taken for a
    /// reference to the document.
    pub(super) fn tell_file(&mut self, address: &Address, file: FileId) {
        let home = self.home(file);
        let Some(path) = self.all.get(home).filter(|_| home > 0).map(|tree| tree.path.clone()) else {
            return;
        };
        let Some(node) = self.node_mut(address) else { return };
        if let Some(text) = node.as_str().filter(|text| text.starts_with('#')) {
            node.value = Value::from(format!("{path}{text}").as_str());
        }
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
            "the targets of all references together have more than {} values",
            self.limits.max_nodes
        );
        Err(Problem::new(
            Code::NodeLimit,
            message,
            "refer to large components in fewer places",
        ))
    }

    /// Returns what a reference at an address means, in a value that comes from the tree `base`. A target that is itself only
    /// a reference is followed, except for components of the document, which have names.
    pub(super) fn locate(&mut self, text: &str, base: usize, at: &Address) -> Result<Address, Problem> {
        self.locate_after(text, base, at, 0)
    }

    fn locate_after(&mut self, text: &str, base: usize, at: &Address, hops: usize) -> Result<Address, Problem> {
        if hops == MOST_HOPS {
            let message = format!("reference `{text}` leads back to itself");
            return Err(Problem::new(
                Code::ReferenceCycle,
                message,
                "replace one reference of the cycle with a definition",
            ));
        }
        let (mut address, segments) = match self.in_resource(text, base, at) {
            Some(found) => found,
            None => self.in_file(text, base)?,
        };
        for segment in &segments {
            address = self.step(address, segment, text, hops)?;
        }
        self.settled(address, hops)
    }

    /// Where a reference begins that is relative to a file, and its way from there.
    fn in_file(&mut self, text: &str, base: usize) -> Result<(Address, Vec<String>), Problem> {
        let own_path = self.all.get(base).map_or("", |tree| &tree.path);
        let reference = Reference::parse(text, own_path)?;
        let tree = match reference.path {
            Some(path) => self.load(&path)?,
            None => base,
        };
        Ok(match reference.fragment {
            Fragment::At(segments) => (
                Address {
                    tree,
                    pointer: String::new(),
                },
                segments,
            ),
            Fragment::Anchor(name) => {
                let pointer = self.anchor(tree, &name)?;
                (Address { tree, pointer }, Vec::new())
            }
        })
    }

    /// Returns the same for a reference to a schema that has an `$id`, or into the one around it. A target that does not exist
    /// there is searched in the file, as many documents mean it.
    fn in_resource(&self, text: &str, base: usize, at: &Address) -> Option<(Address, Vec<String>)> {
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        let own = self.all.get(base)?;
        // A value that was copied lies in none of the schemas around its new place.
        let scope = (at.tree == base).then(|| own.named().around(&at.pointer)).flatten();
        let (tree, pointer) = if file.is_empty() {
            (base, scope?.0.to_owned())
        } else {
            let uri = resolve(scope.map_or(own.path.as_str(), |(_, uri)| uri), file);
            let mut trees = self.all.iter().enumerate();
            trees.find_map(|(index, tree)| Some((index, tree.named().by_id(&uri)?.to_owned())))?
        };
        let named = self.all.get(tree)?.named();
        match Fragment::parse(fragment) {
            Fragment::Anchor(name) => {
                let pointer = named.anchor(&pointer, &name)?.to_owned();
                Some((Address { tree, pointer }, Vec::new()))
            }
            Fragment::At(segments) => {
                let address = Address { tree, pointer };
                let way = Address {
                    tree,
                    pointer: format!("{}{}", address.pointer, reference::pointer(&segments)),
                };
                let is_there = !file.is_empty() || self.node(&way).is_some();
                is_there.then_some((address, segments))
            }
        }
    }

    /// From a value to one of its parts, through a reference if the value is one.
    fn step(&mut self, from: Address, segment: &str, text: &str, hops: usize) -> Result<Address, Problem> {
        let written = from.clone();
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
            let target = self.locate_after(&reference, base, &from, hops + 1)?;
            if self.node(&target).is_some_and(|node| node.at(&inner).is_some()) {
                let pointer = target.pointer + &inner;
                return Ok(self.moved(Address { pointer, ..target }));
            }
        }
        Err(self.nowhere(&from, &written, segment, text))
    }

    /// `from` is the present address of the value that was at `written`.
    fn nowhere(&self, from: &Address, written: &Address, segment: &str, text: &str) -> Problem {
        let known = self.node(from).and_then(Node::as_object).into_iter().flatten();
        let near = nearest(segment, known.map(|member| &*member.name));
        let is_of_document = || {
            let pointer = text.strip_prefix('#').unwrap_or_default().to_owned();
            written.tree > 0 && !pointer.is_empty() && self.node(&Address { tree: 0, pointer }).is_some()
        };
        let help = match near {
            Some(name) => format!("did you mean `{name}` in place of `{segment}`?"),
            None if is_of_document() => {
                "write the file name of the document before the `#`, because a reference is relative to its own file"
                    .to_owned()
            }
            None => "check the spelling".to_owned(),
        };
        let file = match self.all.get(written.tree) {
            Some(tree) if written.tree > 0 => format!("`{}`", tree.path),
            _ => "the document".to_owned(),
        };
        let message = match written.pointer.as_str() {
            "" => format!("the target of `{text}` does not exist: {file} has no `{segment}` at its root"),
            pointer => format!("the target of `{text}` does not exist: {file} has no `{segment}` at `{pointer}`"),
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
        self.locate_after(&reference, base, &address, hops + 1)
    }

    /// The kind and the name of a component of the document.
    pub(super) fn component(&self, address: &Address) -> Option<(ObjectKind, String)> {
        if address.tree != 0 {
            return None;
        }
        let mut segments: Vec<String> = segments(&address.pointer).collect();
        let kind = Shape::One(ObjectKind::Document)
            .at(segments.iter().map(String::as_str))
            .and_then(Shape::kind)?;
        let name = segments.pop()?;
        (self.layout.section(kind)? == pointer(segments)).then_some((kind, name))
    }

    /// Returns the present address of a value.
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
                    "check the path: it is relative to the file that contains it",
                )
            }
        })?;
        let too_many = || {
            let message = "the document has more than 65,000 files";
            Problem::new(Code::UnreadableFile, message, "merge some of the files")
        };
        let id = self.files.next_id().ok_or_else(too_many)?;
        let document = self.files.get(FileId::FIRST).map_or("", |file| file.name());
        let name = join(document, path);
        let FileRead { file, root, problems } = read_file(&name, &bytes, self.limits, id, &mut self.spent);
        self.files.add(file);
        self.of_files.extend(problems);
        let root = root.ok_or_else(|| {
            let message = format!("`{path}` contains errors");
            Problem::new(Code::UnreadableFile, message, "fix the errors in that file first")
        })?;
        let index = self.all.len();
        self.by_file.insert(id, index);
        self.all.push(Tree::new(path, root));
        Ok(index)
    }

    fn anchor(&self, tree: usize, name: &str) -> Result<String, Problem> {
        let pointer = self.all.get(tree).and_then(|tree| tree.named().anywhere(name));
        pointer.map(str::to_owned).ok_or_else(|| {
            let message = format!("the `$anchor` `{name}` is not declared in any schema");
            Problem::new(
                Code::UnresolvedReference,
                message,
                "check the spelling; a JSON pointer starts with `#/`",
            )
        })
    }
}

/// Returns the reference that an object is, and the file that contains it.
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

/// Returns a pointer of the document as the string of a reference.
pub(super) fn written(pointer: &str) -> String {
    format!("#{}", pointer.replace('%', "%25"))
}
