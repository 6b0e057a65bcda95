//! A layout as SVG. All text is escaped, and nothing is loaded from elsewhere.

use std::fmt::Write as _;

use super::{
    layout::{Edge, Layout},
    node::Node,
};
use crate::acts_on_display;

/// The height of a box, and of the row that it is in.
const BOX: usize = 38;
const ROW: usize = 54;
/// The space between two layers.
const GAP: usize = 70;
const MARGIN: usize = 20;
/// The space for the title above the boxes.
const TOP: usize = 46;
/// The width of a character of each of the two lines of a box.
const NAME_WIDTH: usize = 8;
const NOTE_WIDTH: usize = 6;
/// Longer text is cut; the whole path is in the title of the box.
const MAX_NAME: usize = 34;
const MAX_NOTE: usize = 44;

const STYLE: &str = "text{font-family:ui-monospace,Menlo,Consolas,monospace}.t{font-size:15px;font-weight:600}\
                     .n{font-size:13px}.s{font-size:10px;fill:#57606a}.e{fill:none;stroke:#8c959f;stroke-width:1.2}\
                     .b{stroke-dasharray:4 3}.o{fill:#ddf4ff;stroke:#0969da}.m{fill:#fff;stroke:#6e7781}.f{stroke-width:2.5}";

/// Draws nodes; `more` are left out.
pub(super) fn drawn(title: &str, nodes: &[Node], layout: &Layout, more: usize) -> String {
    let picture = Picture::of(nodes, layout);
    let (width, height) = (picture.width, picture.height);
    let title = visible(title);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\">\n<title>{title}</title>\n<style>{STYLE}</style>\n<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" \
         refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path d=\"M0 0L8 4L0 8z\" \
         fill=\"#8c959f\"/></marker></defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text class=\"t\" \
         x=\"{MARGIN}\" y=\"28\">{title}</text>\n"
    );
    for edge in &layout.edges {
        picture.edge(&mut text, edge);
    }
    for (layer, slots) in layout.layers.iter().enumerate() {
        for (slot, node) in slots.iter().enumerate() {
            if let Some(node) = node.and_then(|node| nodes.get(node)) {
                picture.node(&mut text, (layer, slot), node);
            }
        }
    }
    if more > 0 {
        let items = if more == 1 { "item is" } else { "items are" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "<text class=\"s\" x=\"{MARGIN}\" y=\"{}\">{more} more {items} not shown. Choose a part with --tag, --operation or \
             --type.</text>",
            height - 8
        );
    }
    text.push_str("</svg>\n");
    text
}

/// The sizes of everything.
struct Picture {
    /// The left edge and the width of each layer.
    columns: Vec<(usize, usize)>,
    /// The space above the first slot of each layer, so that layers are centered.
    offsets: Vec<usize>,
    width: usize,
    height: usize,
}

impl Picture {
    fn of(nodes: &[Node], layout: &Layout) -> Self {
        let width_of = |node: &Node| {
            let name = node.name.chars().count().min(MAX_NAME) * NAME_WIDTH;
            name.max(node.note.chars().count().min(MAX_NOTE) * NOTE_WIDTH) + 20
        };
        let tallest = layout.layers.iter().map(Vec::len).max().unwrap_or(0);
        let (mut columns, mut left) = (Vec::new(), MARGIN);
        for slots in &layout.layers {
            let widths = slots.iter().flatten().filter_map(|node| nodes.get(*node)).map(width_of);
            let width = widths.max().unwrap_or(0);
            columns.push((left, width));
            left += width + GAP;
        }
        let offsets = layout
            .layers
            .iter()
            .map(|slots| (tallest - slots.len()) * ROW / 2)
            .collect();
        Self {
            columns,
            offsets,
            width: left.saturating_sub(GAP).max(300) + MARGIN,
            height: TOP + tallest * ROW + MARGIN,
        }
    }

    /// The left edge, the width and the middle of a slot.
    fn place(&self, (layer, slot): (usize, usize)) -> (usize, usize, usize) {
        let (left, width) = self.columns.get(layer).copied().unwrap_or_default();
        let offset = self.offsets.get(layer).copied().unwrap_or_default();
        (left, width, TOP + offset + slot * ROW + BOX / 2)
    }

    fn edge(&self, text: &mut String, edge: &Edge) {
        let (mut path, mut from) = (String::new(), (0, 0));
        let last = edge.points.len().saturating_sub(1);
        for (index, point) in edge.points.iter().enumerate() {
            let (left, width, middle) = self.place(*point);
            if index == 0 {
                from = (left + width, middle);
                let _ = write!(path, "M{} {}", from.0, from.1);
                continue;
            }
            let bend = usize::midpoint(left, from.0);
            let _ = write!(path, "C{bend} {} {bend} {middle} {left} {middle}", from.1);
            // An edge that passes a layer goes straight through it.
            if index < last {
                let _ = write!(path, "H{}", left + width);
            }
            from = (left + width, middle);
        }
        let (class, marker) = if edge.is_back {
            ("e b", "marker-start")
        } else {
            ("e", "marker-end")
        };
        let _ = writeln!(text, "<path class=\"{class}\" d=\"{path}\" {marker}=\"url(#a)\"/>");
    }

    fn node(&self, text: &mut String, at: (usize, usize), node: &Node) {
        let (left, width, middle) = self.place(at);
        let class = if node.is_operation { "o" } else { "m" };
        let focus = if node.is_focus { " f" } else { "" };
        let (x, top) = (left + 10, middle - BOX / 2);
        let link = node
            .spot
            .as_ref()
            .map(|spot| format!("{}#L{}", reference(&spot.file), spot.line));
        if let Some(link) = &link {
            let _ = write!(text, "<a href=\"{link}\">");
        }
        let _ = write!(
            text,
            "<g><title>{}</title><rect class=\"{class}{focus}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{BOX}\" \
             rx=\"4\"/><text class=\"n\" x=\"{x}\" y=\"{}\">{}</text><text class=\"s\" x=\"{x}\" y=\"{}\">{}</text></g>",
            visible(&node.path),
            top + 16,
            cut(&node.name, MAX_NAME),
            top + 30,
            cut(&node.note, MAX_NOTE)
        );
        text.push_str(if link.is_some() { "</a>\n" } else { "\n" });
    }
}

/// Text of XML: marks of markup are escaped, and characters that act on a display are visible.
fn visible(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            '\'' => result.push_str("&#39;"),
            character if acts_on_display(character) => result.extend(character.escape_unicode()),
            character => result.push(character),
        }
    }
    result
}

/// The start of a string, and a mark if the string is longer.
fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return visible(text);
    }
    let start: String = text.chars().take(max.saturating_sub(1)).collect();
    format!("{}\u{2026}", visible(&start))
}

/// A file as a relative reference: everything that has a meaning in a URL is escaped, so it is never one of another kind.
fn reference(file: &str) -> String {
    let mut result = String::new();
    for byte in file.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' | b'~' => result.push(char::from(byte)),
            byte => {
                let _ = write!(result, "%{byte:02X}");
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{cut, reference, visible};

    #[test]
    fn text_is_no_markup() {
        assert_eq!(
            visible("<a href='x'>&\u{202e}"),
            "&lt;a href=&#39;x&#39;&gt;&amp;\\u{202e}"
        );
        assert_eq!(cut("abcdef", 4), "abc\u{2026}");
        assert_eq!(reference("javascript:alert(1)"), "javascript%3Aalert%281%29");
    }
}
