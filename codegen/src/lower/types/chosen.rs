//! Types of the user's choice: which strings and numbers have them, by the configuration.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::Code,
    document::{SchemaView, Schemas},
    ir::{Chosen, Primitive},
    lower::report::Report,
    nearest::nearest,
};

/// The types that the configuration gives, and which of them were used.
pub(super) struct ChosenTypes<'c> {
    types: &'c BTreeMap<String, String>,
    used: BTreeSet<usize>,
}

impl<'c> ChosenTypes<'c> {
    pub(super) fn new(types: &'c BTreeMap<String, String>) -> Self {
        Self {
            types,
            used: BTreeSet::new(),
        }
    }

    /// The type of a scalar: its own, unless the configuration gives another one to its pointer or its format.
    pub(super) fn of(&mut self, schema: SchemaView<'_>, own: Primitive, report: &Report<'_>) -> Primitive {
        let cannot_be_chosen = [
            Primitive::Null,
            Primitive::Bool,
            Primitive::Binary,
            Primitive::AnyMessage,
        ];
        if self.types.is_empty() || cannot_be_chosen.contains(&own) {
            return own;
        }
        let by_format = || {
            let format = schema.format()?;
            self.types.keys().position(|key| key == format)
        };
        match self.by_pointer(schema, report).or_else(by_format) {
            None => own,
            Some(index) => {
                self.used.insert(index);
                let is_number = !own.is_string();
                Primitive::Chosen(Chosen { index, is_number })
            }
        }
    }

    /// The pattern that matches the pointer of a schema with the most of its segments written out.
    fn by_pointer(&self, schema: SchemaView<'_>, report: &Report<'_>) -> Option<usize> {
        if !self.types.keys().any(|key| is_pointer(key)) {
            return None;
        }
        let pointer = report.written_pointer(&schema);
        let keys = self.types.keys().enumerate();
        let matching = keys.filter(|(_, key)| is_pointer(key) && matches(key, &pointer));
        let written_out = |key: &str| key.split('/').filter(|segment| *segment != "*").count();
        matching.max_by_key(|(_, key)| written_out(key)).map(|(index, _)| index)
    }

    /// Reports the lines of the configuration that had no effect.
    pub(super) fn report_unused(&self, schemas: &Schemas, report: &mut Report<'_>) {
        for (index, key) in self.types.keys().enumerate() {
            if self.used.contains(&index) {
                continue;
            }
            let (message, help) = if is_pointer(key) {
                (
                    format!("`formats` has the pointer `{key}`, but no string or number has its schema there"),
                    "use the pointer of a schema of a property, an item or a parameter; give a component without a format \
                     one, and use the format"
                        .to_owned(),
                )
            } else {
                let formats = schemas.ids().filter_map(|id| schemas.view(id).format());
                let help = match nearest(key, formats) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "remove the line, or use a format of a string or a number".to_owned(),
                };
                (
                    format!("`formats` has the format `{key}`, but no string or number of the document has it"),
                    help,
                )
            };
            report.warn_of_configuration(Code::UnusedConfiguration, message, help);
        }
    }
}

/// Whether a key of the configuration is a JSON pointer: no format begins with a slash.
fn is_pointer(key: &str) -> bool {
    key.starts_with('/')
}

/// Whether a pattern matches a pointer: `*` is any segment.
fn matches(pattern: &str, pointer: &str) -> bool {
    let (mut pattern, mut pointer) = (pattern.split('/'), pointer.split('/'));
    loop {
        match (pattern.next(), pointer.next()) {
            (None, None) => return true,
            (Some(expected), Some(segment)) if expected == "*" || expected == segment => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_one_segment() {
        let pointer = "/components/schemas/Pet/properties/price";
        for (pattern, expected) in [
            (pointer, true),
            ("/components/schemas/*/properties/price", true),
            ("/components/schemas/*/price", false),
            ("/components/schemas/*/properties/price/items", false),
            ("/components/schemas/Pet/properties/pri*", false),
        ] {
            assert_eq!(matches(pattern, pointer), expected, "{pattern}");
        }
    }
}
