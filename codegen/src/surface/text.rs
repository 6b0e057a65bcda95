//! The surface as text: a line for each item and each of its members, with the item's path in front, so that each line of a
//! textual difference is understood alone.

use std::fmt::Write as _;

use super::{Content, Item, Kind, List, Member, MemberKind, Surface};

/// The page that a reviewer opens first.
pub(crate) fn page(surface: &Surface) -> String {
    let mut page = String::new();
    let mut before: Option<&Item> = None;
    for item in &surface.items {
        if before.is_some_and(|before| is_apart(before, item)) {
            page.push('\n');
        }
        write_item(&mut page, item);
        before = Some(item);
    }
    page
}

/// Items of one line are listed without blank lines between them.
fn is_apart(before: &Item, item: &Item) -> bool {
    let is_short = |item: &Item| item.members.is_empty() && item.rules.is_empty();
    before.kind != item.kind || !is_short(before) || !is_short(item)
}

// Writing to a string cannot fail.
fn write_item(page: &mut String, item: &Item) {
    let _ = writeln!(page, "{}{}", item.path, headline(item));
    for member in item.members.iter().filter(|member| is_listed(member)) {
        let _ = writeln!(page, "{}{}", item.path, line(member));
    }
    for rule in &item.rules {
        let property = match rule.property.as_str() {
            "" => String::new(),
            property => format!(" `{property}`"),
        };
        let _ = writeln!(
            page,
            "{} validates{property}: {} {}",
            item.path,
            rule.keyword,
            one_line(&rule.value)
        );
    }
}

/// What follows the path on the line of an item.
fn headline(item: &Item) -> String {
    let content = &item.content;
    let mut line = item
        .lists
        .iter()
        .filter(|list| list.of == "call")
        .map(list)
        .collect::<String>();
    if let Some(output) = content.parts.get("output") {
        let _ = write!(line, " -> {output}");
    }
    if !matches!(
        item.kind,
        Kind::Operation | Kind::Scheme | Kind::Feature | Kind::Credentials
    ) {
        let _ = write!(line, ": {}", item.kind.as_str());
    }
    for list in item.lists.iter().filter(|list| list.of != "call") {
        let _ = write!(line, ", {}{}", list.of, self::list(list));
    }
    for (part, written) in &content.parts {
        match *part {
            "output" => {}
            "Default" => line.push_str(", Default"),
            part => {
                let _ = write!(line, ", {part} {written}");
            }
        }
    }
    line.push_str(&facts(content));
    if !item.features.is_empty() && item.kind != Kind::Feature {
        let _ = write!(line, ", feature {}", item.features.join(" or "));
    }
    line
}

fn list(list: &List) -> String {
    let entries = list.entries.iter().map(|entry| format!("{}: {}", entry.name, entry.ty));
    format!("({})", entries.collect::<Vec<_>>().join(", "))
}

/// What follows the path on the line of a member: its type, its name on the wire, then the rest.
fn line(member: &Member) -> String {
    let content = &member.content;
    let sign = match member.kind {
        MemberKind::Field => ".",
        MemberKind::Value | MemberKind::Variant | MemberKind::Header => "::",
        MemberKind::Argument => " ",
    };
    let mut line = format!("{sign}{}", member.name);
    let main = ["type", "constant", "argument"]
        .into_iter()
        .find_map(|part| content.parts.get(part));
    match (main, member.kind) {
        (Some(written), MemberKind::Variant) => {
            let _ = write!(line, "({written})");
        }
        (Some(written), _) => {
            let _ = write!(line, ": {written}");
        }
        (None, MemberKind::Argument) => {
            let _ = write!(line, "?: {}", content.written("setter"));
        }
        (None, _) => {}
    }
    line.push_str(&facts(content));
    for (part, written) in &content.parts {
        let is_shown = matches!(*part, "type" | "constant" | "argument");
        if is_shown || *part == "setter" && member.kind == MemberKind::Argument {
            continue;
        }
        // What a constant for a path is of follows from the field's type.
        let written = if *part == "path" {
            written.split(':').next().unwrap_or(written)
        } else {
            written
        };
        // A setter that takes what the field holds says nothing new.
        let usual = format!("{}(impl IntoValue<{}>)", member.name, content.written("type"));
        if *part == "setter" && *written == usual {
            line.push_str(", setter");
            continue;
        }
        let _ = write!(line, ", {part} {written}");
    }
    line
}

/// The arguments of the path are in the method's own line.
fn is_listed(member: &Member) -> bool {
    member.kind != MemberKind::Argument || member.content.means("in") != "path"
}

fn facts(content: &Content) -> String {
    let mut text = String::new();
    for (fact, value) in &content.facts {
        // Constructors and setters show it.
        if *fact == "held by" {
            continue;
        }
        let _ = write!(text, ", {fact} `{}`", one_line(value));
    }
    if content.is_deprecated {
        text.push_str(", deprecated");
    }
    text
}

fn one_line(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}
