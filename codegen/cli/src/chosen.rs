//! The crates of types that the configuration gives to formats: their dependencies are the user's.

use std::collections::BTreeSet;

/// Returns what a manifest lacks, a sentence for each crate; `types` are paths in Rust.
pub(crate) fn missing<'t>(types: impl Iterator<Item = &'t String>, manifest: &str) -> Vec<String> {
    let crates = types.filter_map(|path| path.strip_prefix("::").unwrap_or(path).split("::").next());
    let crates: BTreeSet<&str> = crates.collect();
    let is_known = |name: &str| ["alloc", "core", "crate", "specwright_runtime", "std"].contains(&name);
    let missing = crates
        .into_iter()
        .filter(|name| !is_known(name) && !declares(manifest, name));
    let sentence = |name: &str| {
        format!(
            "Cargo.toml does not have the dependency `{name}`, which `formats` needs: add it, as with `cargo add {name}`"
        )
    };
    missing.map(sentence).collect()
}

/// Whether a line of a manifest begins with the name of a crate, or is the section of one.
fn declares(manifest: &str, name: &str) -> bool {
    manifest.lines().any(|line| {
        let key = line
            .trim_start()
            .trim_start_matches("[dependencies.")
            .trim_start_matches('"');
        let key = key
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
            .next();
        key.is_some_and(|key| key.replace('-', "_") == name)
    })
}

#[cfg(test)]
mod tests {
    use super::missing;

    #[test]
    fn a_crate_that_is_not_declared_is_named() {
        let types = [
            "jiff::Timestamp",
            "::rust_decimal::Decimal",
            "std::net::IpAddr",
            "crate::Money",
        ]
        .map(str::to_owned);
        let lacks = |manifest: &str| missing(types.iter(), manifest).len();
        assert_eq!(lacks(""), 2);
        assert_eq!(lacks("[dependencies]\njiff = \"0.2\"\n"), 1);
        assert_eq!(
            lacks("[dependencies]\njiff.workspace = true\n[dependencies.rust-decimal]\n"),
            0
        );
        assert_eq!(lacks("# jiff\njiffy = \"1\"\n"), 2);
    }
}
