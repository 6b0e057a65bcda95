//! Names that are asked for and do not exist: what may have been meant.

/// Names of other languages for what OpenAPI calls otherwise.
const SYNONYMS: &[(&str, &str)] = &[
    ("float", "number"),
    ("double", "number"),
    ("decimal", "number"),
    ("long", "integer"),
    ("long", "int64"),
    ("int", "int32"),
    ("integer", "int64"),
    ("text", "string"),
    ("date", "string"),
    ("datetime", "string"),
    ("uuid", "string"),
    ("file", "string"),
    ("list", "array"),
    ("map", "object"),
    ("dict", "object"),
    ("struct", "object"),
    ("body", "requestBody"),
    ("params", "parameters"),
    ("mutualtls", "mutualTLS"),
];
/// A shorter start of a name may be that of many.
const MIN_PREFIX: usize = 3;

/// The nearest of the names that there are, if any is near: the same in other letters' case or with other separators, a
/// name of another language, one with few slips, or one that starts so.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.filter(|candidate| *candidate != name).collect();
    let plain = plain(name);
    if let Some(same) = known.iter().find(|candidate| self::plain(candidate) == plain) {
        return Some(same);
    }
    let mut synonyms = SYNONYMS.iter().filter(|(other, _)| *other == plain);
    if let Some(found) = synonyms.find_map(|(_, word)| known.iter().find(|candidate| *candidate == word)) {
        return Some(found);
    }
    let likeness = |candidate| strsim::normalized_damerau_levenshtein(name, candidate);
    let nearest = known
        .iter()
        .map(|candidate| (likeness(candidate), *candidate))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((_, candidate)) = nearest.filter(|(likeness, _)| *likeness > 0.6) {
        return Some(candidate);
    }
    let starts_so = |candidate: &&&str| plain.len() >= MIN_PREFIX && self::plain(candidate).starts_with(&plain);
    known
        .iter()
        .filter(starts_so)
        .min_by_key(|candidate| candidate.len())
        .copied()
}

/// A name without what is often mistaken: the case of its letters, and separators.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

/// The help that proposes the nearest name, or else says something general.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    nearest(name, known).map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"))
}

/// What to do about a required name that is not a property.
pub(crate) fn property_help<'a>(name: &str, properties: impl Iterator<Item = &'a str>) -> String {
    let otherwise = "add the property, or remove the name here";
    did_you_mean(name, properties, otherwise)
}

/// The formats that are proposed for one that is not known.
const FORMATS: &[&str] = &[
    "date-time",
    "date",
    "time",
    "duration",
    "byte",
    "binary",
    "base64url",
    "uuid",
    "password",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float",
    "double",
    "decimal",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "uri-template",
    "regex",
];

/// What to do about a format that is not known.
pub(crate) fn format_help(format: &str) -> String {
    did_you_mean(
        format,
        FORMATS.iter().copied(),
        "check the spelling; the value is kept unchanged",
    )
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_cases_starts_and_other_languages_are_understood() {
        let types = ["string", "number", "integer", "boolean", "array", "object"];
        let keys = [
            "maxLength",
            "minLength",
            "summary",
            "description",
            "operationId",
            "discriminator",
            "requestBody",
            "parameters",
        ];
        for (name, meant) in [
            ("int", "integer"),
            ("str", "string"),
            ("bool", "boolean"),
            ("float", "number"),
            ("Dict", "object"),
            ("strng", "string"),
        ] {
            assert_eq!(nearest(name, types.into_iter()), Some(meant), "{name}");
        }
        for (name, meant) in [
            ("maxlength", "maxLength"),
            ("min_length", "minLength"),
            ("sumary", "summary"),
            ("operationID", "operationId"),
            ("discriminater", "discriminator"),
            ("desc", "description"),
            ("body", "requestBody"),
            ("params", "parameters"),
        ] {
            assert_eq!(nearest(name, keys.into_iter()), Some(meant), "{name}");
        }
        for other in ["colour", "x", "su", ""] {
            assert_eq!(nearest(other, keys.into_iter()), None, "{other}");
        }
    }
}
