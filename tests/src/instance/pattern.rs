//! Texts that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::random::Random;

/// Repetitions without an end stop here, beyond their least number.
const MORE: u32 = 4;
/// Nobody wants longer ones.
const LONGEST: usize = 10_000;

/// `None` where the pattern is none of Rust's regular expressions.
pub(super) fn text(random: &mut Random, pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(random, &hir, &mut text)?;
    Some(text)
}

fn write(random: &mut Random, hir: &Hir, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(random, class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min.saturating_add(MORE));
            let span = most.min(repetition.min.saturating_add(MORE)) - repetition.min;
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
        HirKind::Alternation(arms) => write(random, random.clone().choose(arms)?, text)?,
    }
    Some(())
}

fn character(random: &mut Random, class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    // The first range that holds what a reader knows, most of the time.
    let ranges = class.ranges();
    let range = random.choose(ranges)?;
    let (start, end) = (u32::from(range.start()), u32::from(range.end()));
    let start = start.max(0x20).min(end);
    let end = end.min(start.saturating_add(200));
    char::from_u32(u32::try_from(random.between(i128::from(start), i128::from(end))).ok()?)
}
