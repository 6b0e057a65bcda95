//! The format of multipart bodies (RFC 2046, section 5.1), read piece by piece.

use bytes::{Buf, Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue};

/// How many bytes the headers of one part may have.
const MAX_HEADERS: usize = 16 * 1024;

/// How much white space may follow a boundary in its line. It is held until the line ends.
const MAX_PADDING: usize = 1024;

const LINE_BREAK: &[u8] = b"\r\n";

/// Finds the parts of a body, wherever its pieces end.
pub(super) struct PartReader {
    /// A line break, two hyphens and the boundary.
    delimiter: Vec<u8>,
    held: BytesMut,
    /// No delimiter begins in so many bytes at the start of `held`.
    searched: usize,
    max_data: usize,
    state: State,
}

enum State {
    /// Before the first delimiter.
    Preamble,
    /// Behind a delimiter: `held` begins with the line break that ends its line.
    Headers,
    /// Behind the headers: `held` begins with the line break of the empty line that ends them.
    Data(HeaderMap),
    /// Behind the last delimiter.
    Over,
}

/// Why a body cannot be read further.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Broken {
    Malformed(&'static str),
    TooLarge(String),
}

/// A delimiter in the bytes that are held.
enum Search {
    Found { start: usize, end: usize, is_last: bool },
    Absent,
}

impl PartReader {
    pub(super) fn new(boundary: &str, max_data: usize) -> Self {
        Self {
            delimiter: [b"\r\n--", boundary.as_bytes()].concat(),
            // The first delimiter may be the first line.
            held: BytesMut::from(LINE_BREAK),
            searched: 0,
            max_data,
            state: State::Preamble,
        }
    }

    pub(super) fn push(&mut self, piece: &[u8]) {
        if !matches!(self.state, State::Over) {
            self.held.extend_from_slice(piece);
        }
    }

    /// Whether the last part is behind.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    /// The next part that is complete; `None` where more has to come, or where the last part is behind.
    pub(super) fn next(&mut self) -> Result<Option<(HeaderMap, Bytes)>, Broken> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Ok(None),
                State::Preamble => match self.search(self.held.len()) {
                    Search::Found { end, is_last, .. } => self.pass(end, is_last),
                    Search::Absent => {
                        self.state = State::Preamble;
                        self.held.advance(self.searched);
                        self.searched = 0;
                        return Ok(None);
                    }
                },
                State::Headers => match self.headers()? {
                    Some(Head::WithoutData(headers)) => return Ok(Some((headers, Bytes::new()))),
                    Some(Head::BeforeData(headers)) => self.state = State::Data(headers),
                    None => {
                        self.state = State::Headers;
                        return Ok(None);
                    }
                },
                State::Data(headers) => {
                    let Some(data) = self.data()? else {
                        self.state = State::Data(headers);
                        return Ok(None);
                    };
                    return Ok(Some((headers, data)));
                }
            }
        }
    }

    /// Goes on behind a delimiter.
    fn pass(&mut self, end: usize, is_last: bool) {
        self.searched = 0;
        if is_last {
            self.held.clear();
        } else {
            self.held.advance(end);
            self.state = State::Headers;
        }
    }

    fn headers(&mut self) -> Result<Option<Head>, Broken> {
        let empty_line = self.held.windows(4).position(|bytes| bytes == b"\r\n\r\n");
        let end = empty_line.map_or(self.held.len(), |start| start + LINE_BREAK.len());
        self.searched = 0;
        let found = self.search(end);
        self.searched = 0;
        let length = match found {
            Search::Found { start, .. } => start,
            Search::Absent => end,
        };
        if length > MAX_HEADERS {
            let message = format!("the headers of a part exceed the limit of {MAX_HEADERS} bytes");
            return Err(Broken::TooLarge(message));
        }
        // A part without data needs no empty line.
        if let Search::Found { start, end, is_last } = found {
            let headers = headers_of(self.held.get(..start).unwrap_or_default())?;
            self.pass(end, is_last);
            return Ok(Some(Head::WithoutData(headers)));
        }
        let Some(start) = empty_line else { return Ok(None) };
        let headers = headers_of(&self.held.split_to(start + LINE_BREAK.len()))?;
        Ok(Some(Head::BeforeData(headers)))
    }

    fn data(&mut self) -> Result<Option<Bytes>, Broken> {
        let found = self.search(self.held.len());
        let length = match found {
            Search::Found { start, .. } => start,
            Search::Absent => self.searched,
        };
        if length.saturating_sub(LINE_BREAK.len()) > self.max_data {
            let message = format!("a part exceeds the limit of {} bytes", self.max_data);
            return Err(Broken::TooLarge(message));
        }
        let Search::Found { start, end, is_last } = found else {
            return Ok(None);
        };
        let mut data = self.held.split_to(start);
        self.pass(end - start, is_last);
        // The line break of the empty line can be that of the delimiter.
        data.advance(LINE_BREAK.len().min(data.len()));
        Ok(Some(data.freeze()))
    }

    /// The first delimiter whose line ends within so many bytes.
    fn search(&mut self, length: usize) -> Search {
        let held = self.held.get(..length).unwrap_or_default();
        loop {
            let fresh = held.get(self.searched..).unwrap_or_default();
            let found = fresh
                .windows(self.delimiter.len())
                .position(|bytes| bytes == self.delimiter);
            let Some(offset) = found else {
                // A delimiter may begin in the last bytes.
                let behind = (held.len() + 1).saturating_sub(self.delimiter.len());
                self.searched = self.searched.max(behind);
                return Search::Absent;
            };
            let start = self.searched + offset;
            let end = start + self.delimiter.len();
            self.searched = start;
            match rest_of_line(held.get(end..).unwrap_or_default()) {
                Rest::Last => {
                    return Search::Found {
                        start,
                        end,
                        is_last: true,
                    };
                }
                Rest::Ends(padding) => {
                    let end = end + padding;
                    return Search::Found {
                        start,
                        end,
                        is_last: false,
                    };
                }
                Rest::Cut => return Search::Absent,
                Rest::Other => self.searched = start + 1,
            }
        }
    }
}

/// The headers of a part, and whether data follow.
enum Head {
    WithoutData(HeaderMap),
    BeforeData(HeaderMap),
}

/// What follows a boundary in its line.
enum Rest {
    /// Two hyphens: it was the last one.
    Last,
    /// The line ends behind so many bytes of white space.
    Ends(usize),
    /// It cannot be known yet.
    Cut,
    /// Something else: the line only begins like a delimiter.
    Other,
}

fn rest_of_line(rest: &[u8]) -> Rest {
    if rest.starts_with(b"--") {
        return Rest::Last;
    }
    let padding = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match rest.get(padding..).unwrap_or_default() {
        _ if padding > MAX_PADDING => Rest::Other,
        [b'\r', b'\n', ..] => Rest::Ends(padding),
        [] | [b'\r'] => Rest::Cut,
        [b'-'] if padding == 0 => Rest::Cut,
        _ => Rest::Other,
    }
}

/// Headers in lines of their own; a line that begins with white space continues the one before it.
fn headers_of(text: &[u8]) -> Result<HeaderMap, Broken> {
    const MALFORMED: Broken = Broken::Malformed("a header of a part is invalid");
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for line in text.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match lines.last_mut() {
            _ if line.is_empty() => {}
            Some(last) if line.starts_with(b" ") || line.starts_with(b"\t") => {
                last.push(b' ');
                last.extend_from_slice(line.trim_ascii());
            }
            _ => lines.push(line.to_vec()),
        }
    }
    let mut headers = HeaderMap::new();
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':').ok_or(MALFORMED)?;
        let (name, value) = line.split_at(colon);
        let value = value.strip_prefix(b":").unwrap_or(value).trim_ascii();
        let name = HeaderName::from_bytes(name.trim_ascii()).map_err(|_| MALFORMED)?;
        let value = HeaderValue::from_bytes(value).map_err(|_| MALFORMED)?;
        headers.try_append(name, value).map_err(|_| MALFORMED)?;
    }
    Ok(headers)
}

#[cfg(test)]
mod tests;
