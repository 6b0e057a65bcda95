//! The format of server-sent events, as the HTML standard defines it.

use std::time::Duration;

/// One server-sent event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type. `message` if the server does not send one.
    pub event: String,
    /// The data.
    pub data: T,
    /// The last id that the server sent, with this event or before it.
    pub id: Option<String>,
}

/// Reads the format piece by piece, wherever the pieces end.
#[derive(Default)]
pub(super) struct Parser {
    line: Vec<u8>,
    /// Whether the first byte was received, which a byte order mark can precede.
    has_begun: bool,
    /// Whether to skip a following line feed, because a carriage return already ended the line.
    skips_line_feed: bool,
    event: String,
    data: String,
    id: Option<String>,
    /// The id of the last complete event.
    dispatched_id: Option<String>,
    retry: Option<Duration>,
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Parser {
    /// Reads the next byte; an event where that was its last.
    pub(super) fn read(&mut self, byte: u8) -> Option<Event<String>> {
        let skips = std::mem::take(&mut self.skips_line_feed);
        match byte {
            b'\n' if skips => None,
            b'\n' => self.end_line(),
            b'\r' => {
                self.skips_line_feed = true;
                self.end_line()
            }
            byte => {
                self.line.push(byte);
                None
            }
        }
    }

    /// Bytes of the event that is not complete yet.
    pub(super) fn held(&self) -> usize {
        self.line.len().saturating_add(self.data.len())
    }

    pub(super) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The id with which the stream can be continued.
    pub(super) fn dispatched_id(&self) -> Option<&str> {
        self.dispatched_id.as_deref()
    }

    /// Begins a new stream, which goes on after the last event that was complete.
    pub(super) fn restart(&mut self) {
        *self = Self {
            id: self.dispatched_id.clone(),
            dispatched_id: self.dispatched_id.take(),
            retry: self.retry,
            ..Self::default()
        };
    }

    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    fn end_line(&mut self) -> Option<Event<String>> {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let line = line.strip_prefix(BYTE_ORDER_MARK).filter(|_| is_first).unwrap_or(&line);
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()).filter(|id| !id.is_empty()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            // A comment, or an unknown field.
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Event<String>> {
        let (event, mut data) = (std::mem::take(&mut self.event), std::mem::take(&mut self.data));
        self.dispatched_id.clone_from(&self.id);
        // An event without data is not returned.
        data.pop()?;
        Some(Event {
            event: if event.is_empty() { "message".to_owned() } else { event },
            data,
            id: self.id.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    fn events(text: &[u8]) -> (Vec<(String, String, Option<String>)>, Parser) {
        let mut parser = Parser::default();
        let events = text.iter().filter_map(|byte| parser.read(*byte));
        let events = events.map(|event| (event.event, event.data, event.id)).collect();
        (events, parser)
    }

    fn message(data: &str) -> (String, String, Option<String>) {
        ("message".to_owned(), data.to_owned(), None)
    }

    /// The examples of the standard.
    #[test]
    fn the_standards_examples() {
        let rows: [(&str, Vec<_>); 4] = [
            ("data: YHOO\ndata: +2\ndata: 10\n\n", vec![message("YHOO\n+2\n10")]),
            ("data\n\ndata\ndata\n\ndata:", vec![message(""), message("\n")]),
            ("data:test\n\ndata: test\n\n", vec![message("test"), message("test")]),
            (": nothing\n\nevent: add\n\n", vec![]),
        ];
        for (text, expected) in rows {
            assert_eq!(events(text.as_bytes()).0, expected, "{text:?}");
        }
        let text = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
        let expected = vec![
            ("message".to_owned(), "first event".to_owned(), Some("1".to_owned())),
            message("second event"),
            message(" third event"),
        ];
        assert_eq!(events(text.as_bytes()).0, expected);
    }

    #[test]
    fn lines_end_in_three_ways() {
        for end in ["\n", "\r", "\r\n"] {
            let text = format!("\u{feff}event: a{end}data: 1{end}data: 2{end}{end}data: 3{end}{end}");
            let expected = vec![("a".to_owned(), "1\n2".to_owned(), None), message("3")];
            assert_eq!(events(text.as_bytes()).0, expected, "{end:?}");
        }
        // A byte order mark is one at the beginning alone.
        assert!(events("data: 1\n\n\u{feff}data: 2\n\n".as_bytes()).0 == [message("1")]);
    }

    #[test]
    fn what_is_no_field_is_passed_over() {
        let (found, parser) = events(b"retry: 1500\nretry: 1s\nid: a\0b\nother: x\ndata: \xff\n\ndata: cut off\n");
        assert_eq!(found, [message("\u{fffd}")]);
        assert_eq!((parser.retry(), parser.id()), (Some(Duration::from_millis(1500)), None));
        assert_eq!(parser.held(), "cut off\n".len());
    }
}
