//! The members that an object does not name: `patternProperties` and `additionalProperties`.

use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, Schema};

use super::{Lowering, kind::Components, pattern, schema::element};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Constraint, TypeRef},
};

/// Patterns that match all names that there are.
const ALL_NAMES: &[&str] = &[
    "", "^", ".", ".*", ".+", "^.*", "^.+", "^.*$", "^.+$", "^(.*)$", "^(.+)$",
];

/// What members may hold that are no properties.
pub(super) struct Others<'d> {
    pub(super) patterns: Vec<Pattern<'d>>,
    /// What `additionalProperties` says.
    pub(super) additional: Option<Additional<'d>>,
}

/// An entry of `patternProperties`.
pub(super) struct Pattern<'d> {
    text: &'d str,
    schema: &'d ReferenceOr<Schema>,
    pointer: String,
}

#[derive(Clone, Copy)]
pub(super) enum Additional<'d> {
    Any,
    None,
    Of(&'d ReferenceOr<Schema>),
}

impl<'d> From<&'d AdditionalProperties> for Additional<'d> {
    fn from(additional: &'d AdditionalProperties) -> Self {
        match additional {
            AdditionalProperties::Any(true) => Self::Any,
            AdditionalProperties::Any(false) => Self::None,
            AdditionalProperties::Schema(schema) => Self::Of(schema),
        }
    }
}

impl<'d> Components<'d> {
    /// The entries of `patternProperties` in a schema.
    pub(super) fn patterns(self, schema: &Schema, at: &At<'_>) -> Vec<Pattern<'d>> {
        let here = at.key("patternProperties");
        let patterns = self
            .beside(schema)
            .into_iter()
            .flat_map(|beside| &beside.pattern_properties);
        patterns
            .map(|(text, schema)| Pattern {
                text,
                schema,
                pointer: here.key(text).pointer(),
            })
            .collect()
    }

    /// What the members may hold that an object does not name.
    pub(super) fn others_of(self, schema: &Schema, object: &'d ObjectType, at: &At<'_>) -> Others<'d> {
        Others {
            patterns: self.patterns(schema, at),
            additional: object.additional_properties.as_ref().map(Additional::from),
        }
    }
}

impl<'d> Lowering<'d> {
    /// One type for all members that are no properties; none where they are dropped.
    pub(super) fn others(&mut self, others: &Others<'d>, name: &str, at: &At<'_>) -> Option<TypeRef> {
        let name = format!("{name}.additional");
        let mut types: Vec<TypeRef> = Vec::new();
        for pattern in &others.patterns {
            types.push(element(self.use_of(
                pattern.schema,
                &name,
                &At::of(&pattern.pointer),
            )?));
        }
        match others.additional {
            Some(Additional::Of(values)) => {
                types.push(element(self.use_of(values, &name, &at.key("additionalProperties"))?));
            }
            Some(Additional::Any) => types.push(TypeRef::Any),
            // What no pattern names may be anything, and must not keep the others from being read.
            None if !others.patterns.is_empty() && !others.have_all_names() => types.push(TypeRef::Any),
            Some(Additional::None) | None => {}
        }
        let first = types.first()?.clone();
        if types.iter().all(|ty| *ty == first) {
            return Some(first);
        }
        let message = "members of different names are of different types: all of them are any JSON";
        let help =
            "give them one type, or let `additionalProperties: false` say that there are no others, to have them typed";
        self.warn(Code::Weakened, &at.key("patternProperties"), message, help);
        Some(TypeRef::Any)
    }

    /// What the members of type `ty` have to be, each by its name; `properties` are the names of the others, where these
    /// are known.
    pub(super) fn constraints_by_name(
        &mut self,
        others: &Others<'d>,
        properties: Option<Vec<&str>>,
        ty: &TypeRef,
        at: &At<'_>,
        depth: usize,
    ) -> Vec<Constraint> {
        let mut of_others = Vec::new();
        if let Some(Additional::Of(schema)) = others.additional {
            of_others = self.constraints(schema, ty, &at.key("additionalProperties"), depth);
        }
        let is_closed = matches!(others.additional, Some(Additional::None)) && !others.have_all_names();
        let mut constraints = Vec::new();
        let mut patterns = Some(Vec::new());
        for entry in &others.patterns {
            let at = At::of(&entry.pointer);
            let rules = self.constraints(entry.schema, ty, &at, depth);
            if rules.is_empty() && of_others.is_empty() && !is_closed {
                continue;
            }
            let Some(linear) = self.linear_pattern(entry.text, &at) else {
                // Whether another member is one of these is not known then.
                patterns = None;
                continue;
            };
            if let Some(patterns) = &mut patterns {
                patterns.push(linear.clone());
            }
            if !rules.is_empty() || !of_others.is_empty() {
                constraints.push(Constraint::Matching(linear, rules));
            }
        }
        let Some(patterns) = patterns else { return constraints };
        if !of_others.is_empty() {
            constraints.push(Constraint::Others(of_others));
        } else if is_closed && let Some(properties) = properties {
            let names = Constraint::Pattern(pattern::one_of(&patterns, &properties));
            constraints.push(Constraint::Names(vec![names]));
        }
        constraints
    }
}

impl Others<'_> {
    fn have_all_names(&self) -> bool {
        self.patterns.iter().any(|pattern| ALL_NAMES.contains(&pattern.text))
    }
}
