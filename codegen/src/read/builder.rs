//! What both readers build a tree with: it counts, watches the limits, finds keys that occur twice, and knows the JSON
//! pointer of where the reader is.

use super::{
    DEEPEST, Limits,
    object::{Member, Object},
    text_cache::TextCache,
    tree::{Node, Text, Value, push_segment},
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Place, Severity};

/// The reader cannot go on; why is among the problems.
#[derive(Debug)]
pub(super) struct Stop;

/// The outcome of a step of a reader.
pub(super) type Step<T = ()> = Result<T, Stop>;

/// What holds other values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Array,
    Object,
}

#[derive(Debug)]
struct Key {
    name: Text,
    place: Place,
    is_merge: bool,
}

/// A container whose end has not come yet.
#[derive(Debug)]
struct Open {
    container: Container,
    place: Place,
    /// Where its children start in [`Builder::elements`] or [`Builder::members`].
    start: usize,
    /// How many children are complete.
    children: usize,
    /// The key whose value comes next.
    key: Option<Key>,
    /// The values of merge keys, with the places of the keys.
    merges: Vec<(Place, Node)>,
}

/// A tree that grows with the events of a reader.
#[derive(Debug)]
pub(super) struct Builder<'l> {
    pub(super) file: FileId,
    pub(super) limits: &'l Limits,
    open: Vec<Open>,
    /// The complete elements of all open arrays: each takes its own from the end when it closes, in one allocation.
    elements: Vec<Node>,
    /// The complete members of all open objects.
    members: Vec<Member>,
    root: Option<Node>,
    nodes: usize,
    texts: TextCache,
    problems: Vec<Diagnostic>,
    unlisted_problems: usize,
}

impl<'l> Builder<'l> {
    /// A tree of a file, after trees of others that have taken some of the values which the limits allow.
    pub(super) fn new(file: FileId, limits: &'l Limits, nodes_before: usize) -> Self {
        Self {
            file,
            limits,
            open: Vec::new(),
            elements: Vec::new(),
            members: Vec::new(),
            root: None,
            nodes: nodes_before,
            texts: TextCache::new(),
            problems: Vec::new(),
            unlisted_problems: 0,
        }
    }

    /// The problems, ordered by place.
    pub(super) fn finish(self) -> Diagnostics {
        let mut diagnostics: Diagnostics = self.problems.into_iter().collect();
        diagnostics.sort();
        if self.unlisted_problems > 0 {
            let message = format!("{} more problems are not listed", self.unlisted_problems);
            diagnostics.push(Diagnostic::warning(Code::MoreProblems, None, "", message));
        }
        diagnostics
    }

    /// Notes a problem, made only if the list is not full yet.
    ///
    /// The first error is always listed, so that nothing with an error passes for a document with warnings.
    pub(super) fn report(&mut self, problem: impl FnOnce(&Self) -> Diagnostic) {
        let has_room = self.problems.len() < self.limits.max_problems;
        if has_room || !self.has_errors() {
            let diagnostic = problem(self);
            if has_room || diagnostic.severity == Severity::Error {
                self.problems.push(diagnostic);
                return;
            }
        }
        self.unlisted_problems = self.unlisted_problems.saturating_add(1);
    }

    /// Notes an error at the value that is being read.
    pub(super) fn error(&mut self, code: Code, place: Place, message: &str, help: &str) {
        self.report(|builder| Diagnostic::error(code, Some(place), builder.pointer(), message).help(help));
    }

    /// Notes an error that ends the reading.
    pub(super) fn fatal(&mut self, code: Code, place: Place, message: &str, help: &str) -> Stop {
        // It says why there is no tree, so it is listed whatever came before.
        self.problems
            .push(Diagnostic::error(code, Some(place), self.pointer(), message).help(help));
        Stop
    }

    fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// The JSON pointer of the value that is being read.
    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::new();
        for open in &self.open {
            match (open.container, &open.key) {
                (Container::Array, _) => push_segment(&mut pointer, &open.children.to_string()),
                (Container::Object, Some(key)) => push_segment(&mut pointer, &key.name),
                (Container::Object, None) => {}
            }
        }
        pointer
    }

    pub(super) fn share(&mut self, text: &str) -> Text {
        self.texts.share(text)
    }

    /// The innermost open container, and how many children of it are complete.
    pub(super) fn innermost(&self) -> Option<(Container, usize)> {
        self.open.last().map(|open| (open.container, open.children))
    }

    /// Whether an object waits for its next key.
    pub(super) fn wants_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.container == Container::Object && open.key.is_none())
    }

    /// How many containers are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn max_depth(&self) -> usize {
        self.limits.max_depth.min(DEEPEST)
    }

    pub(super) fn too_deep(&mut self, place: Place) -> Stop {
        let message = format!(
            "the nesting is too deep: the limit is {} arrays and objects",
            self.max_depth()
        );
        self.fatal(
            Code::DepthLimit,
            place,
            &message,
            "move the inner part into a separate component",
        )
    }

    /// How many values there are, those of earlier files included.
    pub(super) fn nodes(&self) -> usize {
        self.nodes
    }

    /// Counts values of the tree.
    pub(super) fn count(&mut self, nodes: usize, place: Place) -> Step {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > self.limits.max_nodes {
            let message = format!(
                "the document has too many values: the limit is {}",
                self.limits.max_nodes
            );
            return Err(self.fatal(
                Code::NodeLimit,
                place,
                &message,
                "split the document into several documents",
            ));
        }
        Ok(())
    }

    pub(super) fn key(&mut self, name: Text, place: Place, is_merge: bool) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some(Key { name, place, is_merge });
        }
    }

    /// Starts a container, which [`Builder::close`] ends.
    pub(super) fn open(&mut self, container: Container, place: Place) -> Step {
        self.count(1, place)?;
        if self.open.len() >= self.max_depth() {
            return Err(self.too_deep(place));
        }
        let start = match container {
            Container::Array => self.elements.len(),
            Container::Object => self.members.len(),
        };
        self.open.push(Open {
            container,
            place,
            start,
            children: 0,
            key: None,
            merges: Vec::new(),
        });
        Ok(())
    }

    /// Ends the innermost container and returns it, so that it can be copied before it is [put in its
    /// place](Builder::add).
    pub(super) fn close(&mut self) -> Option<Node> {
        let open = self.open.pop()?;
        let value = match open.container {
            Container::Array => Value::Array(self.elements.drain(open.start.min(self.elements.len())..).collect()),
            Container::Object => {
                let members = self.members.drain(open.start.min(self.members.len())..).collect();
                Value::Object(self.object(members, open.merges))
            }
        };
        Some(Node {
            place: open.place,
            value,
        })
    }

    /// Puts a complete and counted value where the reader is.
    pub(super) fn add(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.children = open.children.saturating_add(1);
        match (open.container, open.key.take()) {
            (Container::Object, Some(key)) if key.is_merge => open.merges.push((key.place, node)),
            (Container::Object, Some(key)) => {
                self.members.push(Member {
                    name: key.name,
                    name_place: key.place,
                    value: node,
                });
            }
            _ => self.elements.push(node),
        }
    }

    /// Counts a value without children, and puts it where the reader is.
    pub(super) fn leaf(&mut self, place: Place, value: Value) -> Step {
        self.count(1, place)?;
        self.add(Node { place, value });
        Ok(())
    }

    pub(super) fn take_root(&mut self) -> Option<Node> {
        self.root.take()
    }

    fn object(&mut self, members: Vec<Member>, merges: Vec<(Place, Node)>) -> Object {
        let (mut object, repetitions) = Object::from_members(members);
        for (first, second) in repetitions {
            let member = |position: usize| object.iter().nth(position);
            let (Some(first), Some(second)) = (member(first), member(second)) else {
                continue;
            };
            let (name, place, first) = (&second.name, second.name_place, first.name_place);
            self.report(|builder| {
                let mut pointer = builder.pointer();
                push_segment(&mut pointer, name);
                let shown: String = name.chars().take(80).collect();
                let message = format!("the key `{shown}` appears twice in this object");
                Diagnostic::error(Code::DuplicateKey, Some(place), pointer, message)
                    .related(first, "the first one is here")
                    .help("remove one of the two, because parsers disagree about which one they use")
            });
        }
        for (place, node) in merges {
            self.merge(&mut object, node, place);
        }
        object
    }

    /// Adds the members of an object, or of each of several, that are not there yet.
    fn merge(&mut self, object: &mut Object, from: Node, place: Place) {
        match from.value {
            Value::Object(members) => {
                for member in members {
                    if !object.contains(&member.name) {
                        object.insert(member.name, member.name_place, member.value);
                    }
                }
            }
            Value::Array(several) if several.iter().all(|node| matches!(node.value, Value::Object(_))) => {
                for node in several {
                    self.merge(object, node, place);
                }
            }
            _ => {
                let help = "use an object or an array of objects; quote `<<` if it is the name of a property";
                self.error(
                    Code::MergeValue,
                    place,
                    "the value of the merge key `<<` is not an object or an array of objects",
                    help,
                );
            }
        }
    }
}
