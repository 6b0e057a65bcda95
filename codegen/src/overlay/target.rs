//! What an action speaks of: a `JSONPath`.

use serde_json_path::JsonPath;

use crate::{
    diagnostic::Place,
    document::to_json,
    read::{Node, segments},
};

/// A `JSONPath` with its place in the overlay.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) pointer: String,
    path: JsonPath,
}

impl Target {
    pub(super) fn parse(text: &str, place: Place, pointer: String) -> Result<Self, String> {
        // The library's message contains the path from the error on, which may have several lines.
        let path = JsonPath::parse(text).map_err(|error| {
            let position = error.position().saturating_add(1);
            format!("`{text}` is not a valid JSONPath (RFC 9535): the error is at character {position}")
        })?;
        Ok(Self {
            text: text.to_owned(),
            place,
            pointer,
            path,
        })
    }

    /// The pointers of what is selected, each once, in an order in which every value comes before those inside of it.
    pub(super) fn pointers(&self, root: &Node) -> Vec<String> {
        let json = to_json(root);
        let found = self.path.query_located(&json);
        let mut pointers: Vec<(Vec<Segment>, String)> = found
            .locations()
            .map(|location| {
                let pointer = location.to_json_pointer();
                (segments(&pointer).map(Segment::of).collect(), pointer)
            })
            .collect();
        pointers.sort();
        pointers.dedup();
        pointers.into_iter().map(|(_, pointer)| pointer).collect()
    }
}

/// Positions order by number.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Position(usize),
    Key(String),
}

impl Segment {
    fn of(text: String) -> Self {
        text.parse().map_or(Self::Key(text), Self::Position)
    }
}
