//! A schema of the arena as JSON, as far as `openapiv3` has places for its keywords.

use serde_json::{Map, Value as Json, json};

use crate::document::{
    Additional, JsonType, Limit, SchemaView, Schemata,
    keywords::Keywords,
    schemas::{Content, Schemas},
};

/// The keywords of a schema, those of the schemas below included.
pub(super) fn json_of(schemas: &Schemas, schema: SchemaView<'_>) -> Json {
    if schema.is_reference() {
        let name = schema.referenced_name().unwrap();
        let name = name.replace('~', "~0").replace('/', "~1");
        return json!({ "$ref": format!("#/components/schemas/{name}") });
    }
    let Content::Keywords(keywords) = schemas.content(schema.id()) else {
        return json!({});
    };
    let mut text = Map::new();
    annotations(schema, keywords, &mut text);
    for limit in &keywords.limits {
        limit_of(limit, &mut text);
    }
    compositions(schemas, schema, keywords, &mut text);
    Json::Object(text)
}

fn annotations(schema: SchemaView<'_>, keywords: &Keywords, text: &mut Map<String, Json>) {
    let texts = [
        ("title", &keywords.title),
        ("description", &keywords.description),
        ("format", &keywords.format),
    ];
    for (key, value) in texts {
        text.extend(value.iter().map(|value| (key.to_owned(), json!(**value))));
    }
    let flags = [
        ("deprecated", keywords.deprecated),
        ("readOnly", keywords.read_only),
        ("writeOnly", keywords.write_only),
        ("nullable", keywords.nullable),
    ];
    for (key, value) in flags {
        text.insert(key.to_owned(), json!(value));
    }
    text.extend(
        keywords
            .default
            .iter()
            .map(|value| ("default".to_owned(), Json::clone(value))),
    );
    let declared = keywords.declared_type.map(JsonType::as_str);
    text.extend(declared.map(|declared| ("type".to_owned(), json!(declared))));
    if !keywords.values.is_empty() {
        text.insert("enum".to_owned(), json!(keywords.values));
    }
    if let Some(discriminator) = &keywords.rare().discriminator {
        let (property, mapping) = (&discriminator.property, &discriminator.mapping);
        text.insert(
            "discriminator".to_owned(),
            json!({ "propertyName": property, "mapping": mapping }),
        );
    }
    text.extend(schema.extensions().clone());
}

fn limit_of(limit: &Limit, text: &mut Map<String, Json>) {
    let number = |digits: &str| -> Json { serde_json::from_str(digits).unwrap() };
    let value = match limit {
        Limit::Minimum(bound, excluded) => {
            text.extend(excluded.then(|| ("exclusiveMinimum".to_owned(), json!(true))));
            number(bound)
        }
        Limit::Maximum(bound, excluded) => {
            text.extend(excluded.then(|| ("exclusiveMaximum".to_owned(), json!(true))));
            number(bound)
        }
        Limit::MultipleOf(step) => number(step),
        Limit::Pattern(pattern) => json!(pattern),
        Limit::UniqueItems => json!(true),
        Limit::MinLength(count)
        | Limit::MaxLength(count)
        | Limit::MinItems(count)
        | Limit::MaxItems(count)
        | Limit::MinProperties(count)
        | Limit::MaxProperties(count) => json!(count),
        // OpenAPI 3.0 does not have it.
        Limit::DependentRequired(..) => return,
    };
    text.insert(limit.keyword().to_owned(), value);
}

fn compositions(schemas: &Schemas, schema: SchemaView<'_>, keywords: &Keywords, text: &mut Map<String, Json>) {
    let mut list = |key: &str, parts: Schemata<'_>| {
        if !parts.is_empty() {
            let parts: Vec<Json> = parts.iter().map(|part| json_of(schemas, part)).collect();
            text.insert(key.to_owned(), Json::Array(parts));
        }
    };
    list("allOf", schema.parts());
    for choice in schema.choices() {
        list(choice.keyword, choice.variants);
    }
    let below = |id| json_of(schemas, schemas.view(id));
    text.extend(keywords.not.map(|id| ("not".to_owned(), below(id))));
    text.extend(keywords.items.map(|id| ("items".to_owned(), below(id))));
    if !keywords.properties().is_empty() {
        let properties = keywords
            .properties()
            .iter()
            .map(|(name, id)| (name.to_string(), below(*id)));
        text.insert("properties".to_owned(), Json::Object(properties.collect()));
    }
    if !keywords.required.is_empty() {
        let required = keywords.required.iter().map(|name| Json::from(&**name));
        text.insert("required".to_owned(), required.collect());
    }
    let additional = keywords.additional.map(|additional| match additional {
        Additional::Any => json!(true),
        Additional::Nothing => json!(false),
        Additional::Of(id) => below(id),
    });
    text.extend(additional.map(|additional| ("additionalProperties".to_owned(), additional)));
}
