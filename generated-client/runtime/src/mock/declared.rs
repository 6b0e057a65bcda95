//! What the document declares about the status and the content type of a typed reply.

use std::fmt::Write as _;

use super::request::{essence, is_json};

/// The statuses and content types that a typed reply can have.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    /// The operation.
    id: &'static str,
    statuses: Vec<u16>,
    content_type: Option<String>,
    /// The media types that the document lists for such a body, as `Accept` has them.
    media: Option<&'static str>,
}

impl Declared {
    pub(super) fn new(
        id: &'static str,
        statuses: Vec<u16>,
        content_type: Option<&str>,
        media: Option<&'static str>,
    ) -> Self {
        Self {
            id,
            statuses,
            content_type: content_type.map(essence),
            media,
        }
    }

    /// Checks another status.
    pub(super) fn check_status(&self, status: u16) -> Result<(), String> {
        if self.statuses.contains(&status) {
            return Ok(());
        }
        Err(format!(
            "the document does not declare status {status} for this reply of {} (declared: {}). To send it in spite of that, \
             use `raw`",
            self.id,
            ranges(&self.statuses)
        ))
    }

    /// Checks another content type.
    pub(super) fn check_content_type(&self, written: &str) -> Result<(), String> {
        let Some(own) = &self.content_type else { return Ok(()) };
        let other = essence(written);
        let is_declared = match self.media {
            _ if other == *own => true,
            Some(list) => list.split(',').any(|media| includes(&essence(media), &other)),
            None => is_like(own, &other),
        };
        if is_declared {
            return Ok(());
        }
        Err(format!(
            "the document does not declare content type `{other}` for this reply of {} (declared: {}). To send it in spite of \
             that, use `raw`",
            self.id,
            self.media.unwrap_or(own)
        ))
    }
}

/// Whether a media range of the document includes a media type.
fn includes(range: &str, media: &str) -> bool {
    range == "*/*" || range == media || range.strip_suffix('*').is_some_and(|start| media.starts_with(start))
}

/// Whether a body of one media type can have another one, where the client sends no `Accept` of the document.
fn is_like(own: &str, other: &str) -> bool {
    const LINES: [&str; 3] = ["application/x-ndjson", "application/jsonl", "application/json-seq"];
    if own.starts_with("multipart/") {
        return other.starts_with("multipart/");
    }
    if own == "text/event-stream" {
        return false;
    }
    if LINES.contains(&own) {
        return LINES.contains(&other);
    }
    !is_json(own) || is_json(other)
}

/// `200, 202, 210 to 219`.
fn ranges(statuses: &[u16]) -> String {
    let mut sorted = statuses.to_vec();
    sorted.sort_unstable();
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for status in sorted {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 >= status => *last = status,
            _ => runs.push((status, status)),
        }
    }
    let mut text = String::new();
    for (index, (first, last)) in runs.into_iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        let _ = match last - first {
            0 => write!(text, "{comma}{first}"),
            1 => write!(text, "{comma}{first}, {last}"),
            _ => write!(text, "{comma}{first} to {last}"),
        };
    }
    text
}
