//! The next version of a crate.

use super::verdict::Rust;

/// The next version after one of three numbers, by Cargo's rules: before 1.0 the second number is that of breaking changes.
#[must_use]
pub fn next_version(current: &str, level: Rust) -> Option<String> {
    let core = current.split(['-', '+']).next()?;
    let numbers: Vec<u64> = core.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [major, minor, patch] = numbers.as_slice() else {
        return None;
    };
    Some(match (major, minor, level) {
        (0, 0, _) | (0, _, Rust::Minor | Rust::Patch) | (_, _, Rust::Patch) => {
            format!("{major}.{minor}.{}", patch + 1)
        }
        (0, _, Rust::Major) => format!("0.{}.0", minor + 1),
        (_, _, Rust::Major) => format!("{}.0.0", major + 1),
        (_, _, Rust::Minor) => format!("{major}.{}.0", minor + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::{Rust, next_version};

    #[test]
    fn the_next_version_follows_cargo() {
        for (current, level, expected) in [
            ("0.4.1", Rust::Major, Some("0.5.0")),
            ("0.4.1", Rust::Minor, Some("0.4.2")),
            ("0.0.3", Rust::Major, Some("0.0.4")),
            ("1.2.3", Rust::Major, Some("2.0.0")),
            ("1.2.3", Rust::Minor, Some("1.3.0")),
            ("1.2.3-beta.1", Rust::Patch, Some("1.2.4")),
            ("1.2", Rust::Patch, None),
            ("x.y.z", Rust::Patch, None),
        ] {
            assert_eq!(next_version(current, level).as_deref(), expected, "{current} {level:?}");
        }
    }
}
