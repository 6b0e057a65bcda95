//! Attributes of models that the configuration gives, by patterns of schema names.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    ir::Api,
    nearest::nearest,
};

/// Attributes without `#[]`, by patterns in which `*` is any text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributes<'a>(pub(crate) &'a BTreeMap<String, Vec<String>>);

impl<'a> Attributes<'a> {
    /// The attributes of a schema, each once, in the order of the patterns.
    pub(crate) fn of(self, schema: &str) -> Vec<&'a str> {
        let matching = self.0.iter().filter(|(pattern, _)| matches(pattern, schema));
        let mut attributes: Vec<&str> = Vec::new();
        for attribute in matching.flat_map(|(_, attributes)| attributes) {
            if !attributes.contains(&attribute.as_str()) {
                attributes.push(attribute);
            }
        }
        attributes
    }

    /// Reports the patterns that no schema matches.
    pub(crate) fn report_unused(self, api: &Api, diagnostics: &mut Diagnostics) {
        let names = || api.types.iter().map(|ty| ty.name.as_str());
        for pattern in self.0.keys() {
            if names().any(|name| matches(pattern, name)) {
                continue;
            }
            let message =
                format!("`attributes` has the pattern `{pattern}`, but no schema with a type has such a name");
            let help = match nearest(pattern, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "remove the line, or use the name of a schema".to_owned(),
            };
            diagnostics.push(Diagnostic::warning(Code::UnusedConfiguration, None, "", message).help(help));
        }
    }
}

/// Whether a pattern matches a name.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut name) = name.strip_prefix(start) else {
        return false;
    };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    // The first place of each part leaves the most for the parts after it.
    for part in middle.split('*') {
        match name.split_once(part) {
            Some((_, after)) => name = after,
            None => return false,
        }
    }
    name.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_any_text() {
        for (pattern, name, expected) in [
            ("Pet", "Pet", true),
            ("Pet", "Pets", false),
            ("Pet*", "Pets", true),
            ("*", "", true),
            ("*.v1.*", "app.v1.Pet", true),
            ("*.v1.*", "app.v2.Pet", false),
            ("a*a", "a", false),
            ("a*b*a", "aba", true),
            ("a*b*a", "abb", false),
            ("**Pet", "Pet", true),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
