//! Strings that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::random::Random;
use crate::pattern::linear;

/// How many more times than its minimum a part can repeat.
const MORE: u32 = 4;
/// The maximum length of a string.
const MAX_LENGTH: usize = 10_000;

/// Returns a string that matches a pattern of ECMA-262. Returns `None` if the pattern is not supported.
pub(super) fn text(random: &mut Random, pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(&linear(pattern).ok()?).ok()?;
    let mut text = String::new();
    write(random, &hir, &mut text)?;
    Some(text)
}

fn write(random: &mut Random, hir: &Hir, text: &mut String) -> Option<()> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(random, class)?),
        HirKind::Repetition(repetition) => {
            let max = repetition.max.unwrap_or(repetition.min.saturating_add(MORE));
            let span = max.min(repetition.min.saturating_add(MORE)) - repetition.min;
            let times = repetition.min + u32::try_from(random.below(usize::try_from(span).ok()? + 1)).ok()?;
            for _ in 0..times {
                write(random, &repetition.sub, text)?;
            }
        }
        HirKind::Capture(capture) => write(random, &capture.sub, text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(random, part, text)?;
            }
        }
        HirKind::Alternation(variants) => {
            let variant = random.choose(variants)?;
            write(random, variant, text)?;
        }
    }
    Some(())
}

/// Returns a character of a class. Letters and digits come first where the class has them.
fn character(random: &mut Random, class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let is_readable = |c: &char| c.is_ascii_alphanumeric();
    let readable: Vec<char> = class
        .ranges()
        .iter()
        .take_while(|range| range.start().is_ascii())
        .flat_map(|range| range.start()..=range.end().min('z'))
        .filter(is_readable)
        .collect();
    if let Some(c) = random.choose(&readable).filter(|_| !readable.is_empty()) {
        return Some(*c);
    }
    let range = random.choose(class.ranges())?;
    let (start, end) = (u32::from(range.start()), u32::from(range.end()));
    let start = start.max(0x20).min(end);
    let end = end.min(start.saturating_add(200));
    char::from_u32(u32::try_from(random.between(i128::from(start), i128::from(end))).ok()?)
}
