//! The committed document against tables of facts about the API, and against the rules of `spec/README.md`.
//!
//! `facts/*.json` hold facts of the vendor's: names, paths, marks, paging, oneof groups.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use serde_yaml::Value;
use tests::workspace;

/// What an operation of the document is: its request line, and its entry.
type Operations = BTreeMap<String, (String, Value)>;

fn document() -> Value {
    let text = std::fs::read_to_string(workspace().join("spec/conductorone.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

fn facts(table: &str) -> Vec<Json> {
    let text = std::fs::read_to_string(workspace().join("spec/tests/facts").join(table)).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn operations(document: &Value) -> Operations {
    let mut operations = Operations::new();
    for (path, item) in members(&document["paths"]) {
        for (verb, operation) in members(item).filter(|(verb, _)| *verb != "parameters") {
            let id = text(&operation["operationId"]).to_owned();
            let request = format!("{} {path}", verb.to_uppercase());
            operations.insert(id, (request, operation.clone()));
        }
    }
    operations
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.as_mapping().into_iter().flatten();
    members.map(|(name, value)| (text(name), value))
}

/// A text, or an empty one where there is none.
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn json(value: &Value) -> Json {
    serde_json::to_value(value).unwrap()
}

/// `AppEntitlementOwnersV2` as `app_entitlement_owners_v2`, `ListOwnerIDs` as `list_owner_ids`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    let name = name.replace("IDs", "Ids");
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[test]
fn operations_are_the_vendors() {
    let operations = operations(&document());
    let facts = facts("operations.json");
    crate::assert_same_names(
        "operations",
        operations.keys().map(String::as_str),
        "`spec/tests/facts/operations.json`",
        facts.iter().filter_map(|fact| fact["id"].as_str()),
    );
    for fact in &facts {
        let id = fact["id"].as_str().unwrap();
        let (request, operation) = &operations[id];
        assert_eq!(*request, fact["request"], "{id}");
        let group = snake(fact["group"].as_str().unwrap());
        let method = snake(fact["method"].as_str().unwrap());
        assert_eq!(text(&operation["x-client-group"]), group, "{id}");
        assert_eq!(text(&operation["x-client-method"]), method, "{id}");
        assert_eq!(json(&operation["x-client-stability"]), fact["stability"], "{id}");
        let deprecated = fact["deprecated"].as_bool().unwrap_or_default();
        assert_eq!(
            operation["deprecated"].as_bool().unwrap_or_default(),
            deprecated,
            "{id}"
        );
    }
}

#[test]
fn methods_are_named_once_in_their_group() {
    let mut methods: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, (_, operation)) in operations(&document()) {
        let method = text(&operation["x-client-method"]).to_owned();
        let group = methods
            .entry(text(&operation["x-client-group"]).to_owned())
            .or_default();
        assert!(group.insert(method), "{id}: its group has such a method already");
    }
}

#[test]
fn the_second_version_is_draft() {
    let operations = operations(&document());
    let is_draft = |operation: &Value| text(&operation["x-client-stability"]) == "draft";
    for (id, (request, operation)) in &operations {
        assert_eq!(is_draft(operation), request.contains(" /api/v2/"), "{id}");
    }
}

#[test]
fn paging_is_the_vendors() {
    let operations = operations(&document());
    for fact in facts("operations.json") {
        let id = fact["id"].as_str().unwrap();
        // Another test says which operations are missing.
        let Some((_, operation)) = operations.get(id) else {
            continue;
        };
        let paging = json(&operation["x-client-paging"]);
        let expected = &fact["paging"];
        if expected.is_null() {
            assert_eq!(paging, Json::Null, "{id}");
            continue;
        }
        let place = &expected["in"];
        let mut size = json!({ "in": place, "name": expected["size"] });
        if let Some((minimum, maximum)) = bounds_of_page_size(id) {
            size["minimum"] = minimum.into();
            size["maximum"] = maximum.into();
        }
        let token = json!({ "in": place, "name": expected["token"] });
        let expected = json!({ "token": token, "size": size, "next": expected["next"], "items": expected["items"] });
        assert_eq!(paging, expected, "{id}");
    }
}

/// The bounds that `spec/README.md` gives.
fn bounds_of_page_size(id: &str) -> Option<(u32, u32)> {
    match id.rsplit('.').next() {
        Some("SearchEntitlementOwners" | "SearchUserOwners" | "SearchGraph") => None,
        Some("SearchGrantFeed") => Some((10, 100)),
        _ => Some((1, 100)),
    }
}

#[test]
fn posts_that_only_read_are_idempotent() {
    for (id, (request, operation)) in operations(&document()) {
        let name = id.rsplit('.').next().unwrap_or_default();
        let reads = name.starts_with("Search") || name.starts_with("Count");
        let declared = operation["x-client-idempotent"].as_bool();
        let expected = (reads && request.starts_with("POST ")).then_some(true);
        assert_eq!(declared, expected, "{id}");
    }
}

#[test]
fn every_operation_takes_either_credential() {
    let document = document();
    assert_eq!(
        json(&document["security"]),
        json!([{ "bearerAuth": [] }, { "oauth": [] }])
    );
    let schemes = &document["components"]["securitySchemes"];
    let names: Vec<&str> = members(schemes).map(|(name, _)| name).collect();
    assert_eq!(names, ["bearerAuth", "oauth"]);
    assert_eq!(text(&schemes["bearerAuth"]["type"]), "http");
    assert_eq!(text(&schemes["bearerAuth"]["scheme"]), "bearer");
    assert_eq!(text(&schemes["oauth"]["type"]), "oauth2");
    let flows: Vec<&str> = members(&schemes["oauth"]["flows"]).map(|(name, _)| name).collect();
    assert_eq!(flows, ["clientCredentials"]);
    assert_eq!(
        text(&schemes["oauth"]["flows"]["clientCredentials"]["tokenUrl"]),
        "/auth/v1/token"
    );
    for (id, (_, operation)) in operations(&document) {
        assert_eq!(operation.get("security"), None, "{id}");
    }
}

#[test]
fn every_operation_may_answer_with_the_error() {
    let document = document();
    let error = &document["components"]["responses"]["Error"]["content"]["application/json"]["schema"];
    assert_eq!(text(&error["$ref"]), "#/components/schemas/google.rpc.Status");
    for (id, (_, operation)) in operations(&document) {
        let statuses: Vec<&str> = members(&operation["responses"]).map(|(status, _)| status).collect();
        assert_eq!(statuses, ["200", "default"], "{id}");
        assert_eq!(
            text(&operation["responses"]["default"]["$ref"]),
            "#/components/responses/Error",
            "{id}"
        );
    }
}

#[test]
fn schemas_have_the_vendors_oneof_groups_and_marks() {
    let document = document();
    let mut expected: BTreeMap<String, Json> = BTreeMap::new();
    for mut fact in facts("schemas.json") {
        let name = fact["schema"].as_str().unwrap().to_owned();
        fact.as_object_mut().unwrap().remove("schema");
        fact.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        expected.insert(name, fact);
    }
    let schemas = members(&document["components"]["schemas"]);
    let found = schemas.map(|(name, schema)| (name.to_owned(), marks(schema)));
    let found: BTreeMap<String, Json> = found.filter(|(_, marks)| *marks != json!({})).collect();
    crate::assert_same_names(
        "schemas with oneof groups or marks",
        found.keys().map(String::as_str),
        "`spec/tests/facts/schemas.json`",
        expected.keys().map(String::as_str),
    );
    for (name, marks) in &found {
        let fact = &expected[name];
        assert_eq!(
            marks, fact,
            "{name}: left is the document, right is `spec/tests/facts/schemas.json`"
        );
    }
}

/// What a schema says beside the types of its properties; the order of arms counts.
fn marks(schema: &Value) -> Json {
    let with_flag = |flag: &str| {
        let marked = members(&schema["properties"]).filter(|(_, property)| property[flag].as_bool() == Some(true));
        Json::from(marked.map(|(name, _)| name).collect::<Vec<_>>())
    };
    let mut marks = json!({
        "oneof": json(&schema["x-client-oneof"]),
        "deprecated": with_flag("deprecated"),
        "readOnly": with_flag("readOnly"),
        "required": json(&schema["required"]),
    });
    let is_nothing = |value: &Json| value.is_null() || *value == json!([]);
    marks.as_object_mut().unwrap().retain(|_, value| !is_nothing(value));
    marks
}

#[test]
fn every_part_is_described() {
    let document = document();
    let mut parts: Vec<(String, String, String)> = Vec::new();
    let mut part = |place: String, name: &str, described: &Value| {
        parts.push((place, name.to_owned(), text(&described["description"]).to_owned()));
    };
    for (id, (_, operation)) in operations(&document) {
        let name = id.rsplit('.').next().unwrap_or_default();
        assert!(!text(&operation["summary"]).is_empty(), "{id} has no summary");
        part(id.clone(), name, &operation);
        for parameter in operation["parameters"].as_sequence().into_iter().flatten() {
            if parameter.get("$ref").is_none() {
                let parameter_name = text(&parameter["name"]);
                part(format!("{id}, {parameter_name}"), parameter_name, parameter);
            }
        }
        if let Some(body) = operation.get("requestBody") {
            part(format!("{id}, body"), "request body", body);
        }
        part(format!("{id}, answer"), "response", &operation["responses"]["200"]);
    }
    let components = &document["components"];
    for section in ["parameters", "responses", "schemas"] {
        for (name, component) in members(&components[section]) {
            part(name.to_owned(), name.rsplit('.').next().unwrap_or_default(), component);
        }
    }
    for (schema, properties) in members(&components["schemas"]) {
        for (name, property) in members(&properties["properties"]) {
            part(format!("{schema}.{name}"), name, property);
        }
    }
    assert!(parts.len() > 1_400, "only {} parts were looked at", parts.len());
    let silent: Vec<_> = parts.iter().filter(|(_, name, said)| !says_more(said, name)).collect();
    assert!(
        silent.is_empty(),
        "the descriptions of these parts say no more than their names: {silent:#?}"
    );
}

/// The numbers on the page are those of the document.
#[test]
fn the_readme_counts_what_the_document_has() {
    let readme = std::fs::read_to_string(workspace().join("spec/README.md")).unwrap();
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    let document = document();
    let operations = operations(&document);
    let count = |is_counted: &dyn Fn(&Value) -> bool| {
        let all = operations.values().filter(|(_, operation)| is_counted(operation));
        all.count()
    };
    let groups: BTreeSet<&str> = operations
        .values()
        .map(|(_, operation)| text(&operation["x-client-group"]))
        .collect();
    let (all, groups) = (operations.len(), groups.len());
    let of_paths = operations.values().map(|(request, _)| request.matches('{').count());
    let oneofs = members(&document["components"]["schemas"])
        .filter(|(_, schema)| schema.get("x-client-oneof").is_some())
        .count();
    let phrases = [
        format!("document with {all} operations in {groups} groups."),
        format!("| all {all}, {groups} groups |"),
        format!("| all {all} |"),
        format!(
            "the {} of `/api/v2`",
            count(&|operation| !operation["x-client-stability"].is_null())
        ),
        format!(
            "the {} POST searches",
            count(&|operation| !operation["x-client-idempotent"].is_null())
        ),
        format!(
            "| {}, see [Paging]",
            count(&|operation| !operation["x-client-paging"].is_null())
        ),
        format!(
            "| {}, see [Bodies that must not be empty]",
            count(&|operation| !operation["x-client-body-required"].is_null())
        ),
        format!("all {} path parameters", of_paths.sum::<usize>()),
        format!("| {oneofs} schemas, one group each"),
    ];
    let wrong: Vec<&String> = phrases.iter().filter(|phrase| !readme.contains(*phrase)).collect();
    assert!(
        wrong.is_empty(),
        "change the numbers in `spec/README.md` to those of the document, so that it contains {wrong:#?}"
    );
}

/// Whether a description is a sentence with a word that the name does not have.
fn says_more(description: &str, name: &str) -> bool {
    const SMALL: &[&str] = &[
        "a", "an", "and", "are", "at", "be", "by", "for", "in", "is", "it", "of", "on", "or", "that", "the", "this",
        "to", "which", "with",
    ];
    let known = words(name);
    let words = words(description);
    let is_new = |word: &&String| !known.contains(word) && !SMALL.contains(&word.as_str());
    words.len() >= 3 && words.iter().any(|word| is_new(&word))
}

/// The words of a text or of a name in camel or snake case, in small letters and without the plural's letter.
fn words(text: &str) -> Vec<String> {
    let spaced = snake(text);
    let words = spaced.split(|letter: char| !letter.is_ascii_alphanumeric());
    words
        .map(|word| word.trim_end_matches('s').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn a_name_in_other_words_says_nothing() {
    assert!(!says_more("The app id.", "appId"));
    assert!(!says_more("", "appId"));
    assert!(!says_more("Ids of the apps.", "app_ids"));
    assert!(says_more("Id of the app that owns the entitlement.", "appId"));
}
