//! Keywords that the canonical form has other words for, has the same words for, or none.

use super::{Rewrite, Subject, parts};
use crate::{
    media_type::Media,
    normalize::version::Version,
    read::{Object, Value},
};

/// Keywords that name or comment on schemas. What refers to them has been resolved.
const IDENTITIES: &[(&str, &str)] = &[
    ("$id", "`$id`"),
    ("$anchor", "`$anchor`"),
    ("$comment", "`$comment`"),
    ("$defs", "`$defs`"),
    ("definitions", "`definitions`"),
    ("$vocabulary", "`$vocabulary`"),
    ("$dynamicAnchor", "`$dynamicAnchor`"),
    ("$recursiveAnchor", "`$recursiveAnchor`"),
];

/// Keywords of which nothing is read, with what is lost. They stay where they are: a condition that has one says more.
const CONDITIONS: &[(&str, &str)] = &[
    ("dependencies", "`dependencies`"),
    ("$dynamicRef", "`$dynamicRef`"),
    ("$recursiveRef", "`$recursiveRef`"),
];

pub(super) const DEPENDENCIES: &str = "dependencies";

/// Whether this keyword is not in the canonical form, or no stage reads it there.
pub(super) fn is_left_out(key: &str) -> bool {
    let stands_in = |list: &[(&str, &str)]| list.iter().any(|(name, _)| *name == key);
    key == "$schema" || stands_in(IDENTITIES) || stands_in(CONDITIONS)
}

pub(super) fn identities(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    for (key, shown) in IDENTITIES {
        if let Some(member) = subject.schema.remove(key) {
            rewrite.changed_of(Version::V31, member.name_place, &subject.at.key(key), shown, "nothing");
            // Schemas that anything refers to are components by now.
            rewrite.removed.leave_out_below(&member.value);
        }
    }
    if let Some(dialect) = subject.schema.remove("$schema") {
        rewrite.removed.claimed.push(dialect.name_place);
        parts::schema_dialect(rewrite, &dialect.value, &subject.at.key("$schema"));
    }
}

/// Before 2019 `dependentRequired` and `dependentSchemas` were one keyword.
pub(super) fn dependencies(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    let Some(dependencies) = subject
        .schema
        .get(DEPENDENCIES)
        .filter(|node| node.as_object().is_some())
    else {
        return;
    };
    let place = dependencies.place;
    let Some(member) = subject.schema.remove(DEPENDENCIES) else {
        return;
    };
    let Value::Object(dependencies) = member.value.value else {
        return;
    };
    let (mut lists, mut schemas, mut others) = (Object::new(), Object::new(), Object::new());
    let is_taken = |key: &str| subject.schema.contains(key);
    let (has_lists, has_schemas) = (is_taken("dependentRequired"), is_taken("dependentSchemas"));
    for member in dependencies.into_members() {
        let (key, into) = match member.value.as_array() {
            Some(_) if !has_lists => ("dependentRequired", &mut lists),
            None if !has_schemas => ("dependentSchemas", &mut schemas),
            _ => (DEPENDENCIES, &mut others),
        };
        rewrite.moved(subject.at, &[DEPENDENCIES, &member.name], &[key, &member.name]);
        into.insert(member.name, member.name_place, member.value);
    }
    for (key, members) in [
        ("dependentRequired", lists),
        ("dependentSchemas", schemas),
        (DEPENDENCIES, others),
    ] {
        if !members.is_empty() {
            rewrite.moved(subject.at, &[DEPENDENCIES], &[key]);
            subject.set(key, place, Value::Object(members));
        }
    }
    rewrite.changed(place, DEPENDENCIES, "`dependentRequired` and `dependentSchemas`");
}

/// Conditions are left out: the type allows more than the document does.
pub(super) fn weakened(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    for (key, shown) in CONDITIONS {
        let Some(place) = subject.schema.member(key).map(|member| member.name_place) else {
            continue;
        };
        let message = format!(
            "{shown} cannot be expressed by a type: it is ignored, with the properties that only it \
            declares"
        );
        let help = "write the parts that the client needs into the schema itself";
        rewrite.weakened(place, &subject.at.key(key), message, help);
    }
}

/// A limit that is exclusive is a number of its own in JSON Schema, and a flag beside the number in OpenAPI 3.0.
pub(super) fn bounds(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    for (flag, limit, shown, is_lower) in [
        ("exclusiveMinimum", "minimum", "`exclusiveMinimum` as a number", true),
        ("exclusiveMaximum", "maximum", "`exclusiveMaximum` as a number", false),
    ] {
        let at = subject.at.key(flag);
        let Some(exclusive) = subject.schema.get(flag) else {
            continue;
        };
        let place = exclusive.place;
        if exclusive.as_bool().is_some() {
            let shown = if is_lower {
                "`exclusiveMinimum` as a boolean"
            } else {
                "`exclusiveMaximum` as a boolean"
            };
            rewrite.foreign(Version::V30, place, &at, shown);
        }
        let Some(number) = exclusive.as_number().cloned() else {
            continue;
        };
        let inclusive = subject.schema.get(limit).and_then(|node| node.as_number()?.as_f64());
        let is_beside = inclusive.zip(number.as_f64()).is_some_and(|(inclusive, exclusive)| {
            if is_lower {
                inclusive > exclusive
            } else {
                inclusive < exclusive
            }
        });
        if is_beside {
            // The other limit is the narrower one.
            subject.schema.remove(flag);
        } else {
            subject.set(limit, place, Value::Number(number));
            subject.set(flag, place, Value::Bool(true));
            rewrite.moved(subject.at, &[flag], &[limit]);
        }
        rewrite.changed_of(Version::V31, place, &at, shown, "a limit and a boolean");
    }
}

/// One example is enough to show what is meant.
pub(super) fn examples(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    let Some(examples) = subject.schema.remove("examples") else {
        return;
    };
    let place = examples.name_place;
    rewrite.changed_of(
        Version::V31,
        place,
        &subject.at.key("examples"),
        "`examples`",
        "`example`",
    );
    let Value::Array(values) = examples.value.value else {
        return;
    };
    if let Some(first) = values.into_iter().next()
        && !subject.schema.contains("example")
    {
        subject.schema.insert("example", place, first);
        rewrite.moved(subject.at, &["examples", "0"], &["example"]);
    }
}

/// Rewrites the contents of a string, which OpenAPI 3.0 declares by formats.
pub(super) fn contents(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    if let Some(format) = subject
        .schema
        .get_mut("format")
        .filter(|format| format.as_str() == Some("base64"))
    {
        // Not a format of the registry, and clear enough.
        format.value = Value::from("byte");
        let place = format.place;
        rewrite.changed(place, "format", "`byte`");
    }
    let text = |key: &str| {
        subject
            .schema
            .get(key)
            .and_then(|node| Some((node.place, node.as_str()?)))
    };
    let found = match (text("contentEncoding"), text("contentMediaType")) {
        (Some((place, encoding)), _) if encoding.eq_ignore_ascii_case("base64") => {
            Some((place, "contentEncoding", "byte"))
        }
        (None, Some((place, kind))) if !Media::of(kind).is_text() => Some((place, "contentMediaType", "binary")),
        _ => None,
    };
    if let Some((place, keyword, format)) = found
        && !subject.schema.contains("format")
    {
        subject.set("format", place, Value::from(format));
        rewrite.changed(place, keyword, "`format`");
    }
}

/// Rewrites arrays with a type for each item; before 2020 these were under `items`.
pub(super) fn tuples(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    if subject
        .schema
        .get("items")
        .is_some_and(|items| items.as_array().is_some())
        && let Some(items) = subject.schema.remove("items")
    {
        let place = items.name_place;
        let is_taken = subject.schema.contains("prefixItems");
        if is_taken {
            let help = "keep `prefixItems`, and use a schema for `items`";
            let message = "`items` is an array beside `prefixItems`: it is ignored".to_owned();
            rewrite.weakened(place, &subject.at.key("items"), message, help);
        } else {
            subject.schema.insert("prefixItems", place, items.value);
            rewrite.moved(subject.at, &["items"], &["prefixItems"]);
            rewrite.changed(place, "items", "`prefixItems`");
            if let Some(rest) = subject.schema.remove("additionalItems") {
                rewrite.moved(subject.at, &["additionalItems"], &["items"]);
                subject
                    .schema
                    .insert("items", rest.name_place, super::of_flag(rest.value));
            }
        }
    }
}

/// Notes the keywords that the canonical form has as they are, and the document's version has not.
pub(super) fn foreign(rewrite: &mut Rewrite<'_>, subject: &Subject<'_>) {
    let keywords = [
        (Version::V31, "prefixItems", "`prefixItems`"),
        (Version::V31, "dependentRequired", "`dependentRequired`"),
        (Version::V31, "dependentSchemas", "`dependentSchemas`"),
        (Version::V31, "if", "`if`"),
        (Version::V31, "contains", "`contains`"),
        (Version::V31, "patternProperties", "`patternProperties`"),
        (Version::V31, "propertyNames", "`propertyNames`"),
        (Version::V31, "const", "`const`"),
        (Version::V31, "contentEncoding", "`contentEncoding`"),
        (Version::V31, "contentMediaType", "`contentMediaType`"),
        (Version::V31, "contentSchema", "`contentSchema`"),
        (Version::V30, "nullable", "`nullable`"),
    ];
    for (of, key, shown) in keywords {
        if let Some(member) = subject.schema.member(key) {
            rewrite.foreign(of, member.name_place, &subject.at.key(key), shown);
        }
    }
}
