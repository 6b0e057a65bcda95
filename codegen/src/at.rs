//! A place in the canonical document while it is walked: a chain on the stack that costs nothing until it is printed.

use std::fmt::Write as _;

/// A JSON pointer as the chain of its segments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'a> {
    parent: Option<&'a At<'a>>,
    segment: Segment<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Segment<'a> {
    Root,
    Pointer(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    pub(crate) const ROOT: At<'static> = At {
        parent: None,
        segment: Segment::Root,
    };

    /// The place that a pointer names.
    pub(crate) fn of(pointer: &'a str) -> At<'a> {
        At {
            parent: None,
            segment: Segment::Pointer(pointer),
        }
    }

    /// The member `key` of this object.
    pub(crate) fn key(&'a self, key: &'a str) -> At<'a> {
        At {
            parent: Some(self),
            segment: Segment::Key(key),
        }
    }

    /// The element `index` of this array.
    pub(crate) fn index(&'a self, index: usize) -> At<'a> {
        At {
            parent: Some(self),
            segment: Segment::Index(index),
        }
    }

    /// The key of this member in its object; empty where it is not a member.
    pub(crate) fn last_key(&self) -> &'a str {
        match self.segment {
            Segment::Key(key) => key,
            Segment::Root | Segment::Pointer(_) | Segment::Index(_) => "",
        }
    }

    /// About how long the pointer is.
    pub(crate) fn length(&self) -> usize {
        let own = match self.segment {
            Segment::Root => 0,
            Segment::Pointer(text) | Segment::Key(text) => text.len(),
            Segment::Index(_) => 1,
        };
        own.saturating_add(self.parent.map_or(0, At::length))
    }

    /// The pointer's text (RFC 6901).
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = self.parent.map(At::pointer).unwrap_or_default();
        match self.segment {
            Segment::Root => {}
            Segment::Pointer(start) => pointer.push_str(start),
            Segment::Key(key) => {
                pointer.push('/');
                pointer.push_str(&escape(key));
            }
            Segment::Index(index) => {
                // Writing to a string cannot fail.
                let _ = write!(pointer, "/{index}");
            }
        }
        pointer
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::At;

    #[test]
    fn prints_a_json_pointer() {
        let paths = At::ROOT.key("paths");
        let path = paths.key("/a~b/{c}");
        assert_eq!(path.index(3).pointer(), "/paths/~1a~0b~1{c}/3");
        assert_eq!(At::ROOT.pointer(), "");
    }
}
