//! A verdict as entries of a changelog, in the form of Keep a Changelog.

use super::verdict::{Category, Change, Http, Rust, Verdict};

const UNRELEASED: &str = "## [Unreleased]";

/// The changelog with the entries of a verdict under `Unreleased`; entries that are there already are not repeated.
#[must_use]
pub fn with_changes(changelog: &str, verdict: &Verdict) -> String {
    let mut lines: Vec<String> = changelog.lines().map(str::to_owned).collect();
    let start = unreleased(&mut lines);
    for category in [
        Category::Added,
        Category::Changed,
        Category::Deprecated,
        Category::Removed,
    ] {
        let entries = verdict
            .changes
            .iter()
            .filter(|change| change.category == category && is_worth_telling(change));
        let entries: Vec<String> = entries.map(entry).collect();
        insert(&mut lines, start, category, &entries);
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// What changes nothing for users is not in a changelog.
fn is_worth_telling(change: &Change) -> bool {
    change.rust > Rust::Patch || change.http == Http::Breaking
}

fn entry(change: &Change) -> String {
    let mark = match (change.silent, change.rust) {
        (true, _) => "**Silent:** ",
        (false, Rust::Major) => "**Breaking:** ",
        _ => "",
    };
    let advice = change.advice.iter().map(String::as_str);
    let text: Vec<&str> = std::iter::once(change.sentence.as_str()).chain(advice).collect();
    let text = format!("- {mark}{}", text.join(" "));
    super::output::visible(&text.replace('\n', " "))
}

/// The line of the heading, which is made where it is missing: before the first release.
fn unreleased(lines: &mut Vec<String>) -> usize {
    let is_heading = |line: &String| line.to_ascii_lowercase().replace(['[', ']'], "").trim_end() == "## unreleased";
    if let Some(at) = lines.iter().position(is_heading) {
        return at;
    }
    let release = lines.iter().position(|line| line.starts_with("## "));
    let at = release.unwrap_or(lines.len());
    if lines.is_empty() {
        lines.extend(["# Changelog".to_owned(), String::new()]);
    }
    let at = if release.is_none() { lines.len() } else { at };
    if at > 0 && !lines[at - 1].is_empty() {
        lines.insert(at, String::new());
        lines.insert(at + 1, UNRELEASED.to_owned());
        return at + 1;
    }
    lines.insert(at, UNRELEASED.to_owned());
    if release.is_some() {
        lines.insert(at + 1, String::new());
    }
    at
}

fn insert(lines: &mut Vec<String>, start: usize, category: Category, entries: &[String]) {
    let end = |lines: &[String], from: usize, marks: &[&str]| {
        let mut after = lines.iter().enumerate().skip(from + 1);
        let next = after.find(|(_, line)| marks.iter().any(|mark| line.starts_with(mark)));
        next.map_or(lines.len(), |(index, _)| index)
    };
    let section_end = end(lines, start, &["## "]);
    let known: Vec<&String> = lines.get(start..section_end).unwrap_or_default().iter().collect();
    let new: Vec<String> = entries.iter().filter(|entry| !known.contains(entry)).cloned().collect();
    if new.is_empty() {
        return;
    }
    let heading = format!("### {}", category.as_str());
    let found = (start..section_end).find(|index| lines.get(*index).is_some_and(|line| line.trim_end() == heading));
    let mut at = match found {
        Some(heading) => end(lines, heading, &["## ", "### "]),
        None => section_end,
    };
    // Entries come before the blank lines that end a section.
    while at > start + 1 && lines.get(at - 1).is_some_and(String::is_empty) {
        at -= 1;
    }
    let mut block = Vec::new();
    if found.is_none() {
        block.extend([String::new(), heading, String::new()]);
    } else if at
        .checked_sub(1)
        .and_then(|before| lines.get(before))
        .is_some_and(|line| line.starts_with("### "))
    {
        block.push(String::new());
    }
    block.extend(new);
    if lines.get(at).is_some_and(|line| line.starts_with('#')) {
        block.push(String::new());
    }
    lines.splice(at..at, block);
}
