//! Names that are asked for and do not exist: what may have been meant.

/// The nearest of the names that there are, if any is near.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |candidate| strsim::normalized_damerau_levenshtein(name, candidate);
    let nearest = known
        .map(|candidate| (likeness(candidate), candidate))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    nearest
        .filter(|(likeness, _)| *likeness > 0.6)
        .map(|(_, candidate)| candidate)
}
