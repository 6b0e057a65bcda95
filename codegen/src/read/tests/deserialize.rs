//! Typed values from trees.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{json, yaml};
use crate::{
    diagnostic::{Code, Diagnostic},
    read::from_node,
};

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    name: String,
    #[serde(default)]
    size: Option<u8>,
    #[serde(default)]
    ratio: f64,
    #[serde(default)]
    kinds: Vec<Kind>,
    #[serde(default)]
    nested: BTreeMap<String, Wrapped>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Unit,
    Newtype(u64),
    Tuple(i8, bool),
    Struct { on: bool },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Wrapped((String, char));

fn refused<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> Diagnostic {
    from_node::<T>(&yaml(text).root).unwrap_err()
}

#[test]
fn every_shape_of_type_is_read() {
    let text = "name: a\nsize: null\nratio: 1\nkinds: [unit, {newtype: 7}, {tuple: [-1, true]}, {struct: {on: false}}]\n\
                nested: {x: [y, z]}\n";
    let expected = Settings {
        name: "a".to_owned(),
        size: None,
        ratio: 1.0,
        kinds: vec![
            Kind::Unit,
            Kind::Newtype(7),
            Kind::Tuple(-1, true),
            Kind::Struct { on: false },
        ],
        nested: BTreeMap::from([("x".to_owned(), Wrapped(("y".to_owned(), 'z')))]),
    };
    assert_eq!(from_node::<Settings>(&yaml(text).root).unwrap(), expected);
}

#[test]
fn numbers_are_read_exactly_or_as_the_nearest_float() {
    let root = json("[18446744073709551615, -9223372036854775808]").root;
    assert_eq!(from_node::<(u64, i64)>(&root).unwrap(), (u64::MAX, i64::MIN));
    assert_eq!(
        from_node::<Vec<f64>>(&json("[18446744073709551616, 1.10, 5]").root).unwrap(),
        [1.844_674_407_370_955_2e19, 1.1, 5.0]
    );
    let error = refused::<Vec<f64>>("[1, 1e400]");
    assert!(error.message.contains("1e400") && error.pointer == "/1", "{error:?}");
}

#[test]
fn errors_name_the_innermost_value() {
    let cases = [
        ("name: 12\n", "/name", (1, 7)),
        ("name: a\nsize: 256\n", "/size", (2, 7)),
        (
            "name: a\nnested:\n  a/b:\n    - x\n    - long\n",
            "/nested/a~1b/1",
            (5, 7),
        ),
        ("name: a\nkinds:\n  - unit\n  - other\n", "/kinds/1", (4, 5)),
        ("name: a\nkinds: [{newtype: x}]\n", "/kinds/0/newtype", (2, 19)),
        ("name: a\nkinds: [{struct: {on: 1}}]\n", "/kinds/0/struct/on", (2, 23)),
        ("name: a\nkinds: [{unit: 1}]\n", "/kinds/0/unit", (2, 16)),
        ("name: a\nkinds: [{a: 1, b: 2}]\n", "/kinds/0", (2, 9)),
        ("name: a\nother: 1\n", "/other", (2, 1)),
        ("size: 1\n", "", (1, 1)),
        ("name: a\nnested: {x: [y]}\n", "/nested/x", (2, 13)),
    ];
    for (text, pointer, place) in cases {
        let error = refused::<Settings>(text);
        let found = error.place.unwrap();
        assert_eq!(
            (error.code, error.pointer.as_str()),
            (Code::WrongKind, pointer),
            "{text}: {error:?}"
        );
        assert_eq!((found.line, found.column), place, "{text}: {error:?}");
    }
}

#[test]
fn keys_that_a_type_cannot_read_are_passed_over_if_it_wants_so() {
    let error = refused::<BTreeMap<char, u8>>("{a: 1, bc: 2}");
    assert_eq!((error.pointer.as_str(), error.place.unwrap().column), ("/bc", 8));
}

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: {title: Pets, version: "1.10", x-origin: [a, {b: 1}]}
servers:
  - url: https://{host}/v1
    variables: {host: {default: example.com, enum: [example.com]}}
paths:
  x-note: paths are flattened
  /pets/{id}:
    parameters:
      - {name: id, in: path, required: true, style: simple, schema: {type: integer, format: int64, maximum: 9007199254740993}}
    get:
      operationId: getPet
      responses:
        200: {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        4XX: {$ref: "#/components/responses/Bad"}
        default: {description: else}
        x-more: true
components:
  responses: {Bad: {description: bad}}
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string, nullable: true, enum: [a, null], pattern: "^a$"}
        tags: {type: array, items: {oneOf: [{type: string}, {$ref: "#/components/schemas/Pet"}]}}
      additionalProperties: {type: number, multipleOf: 0.5}
      x-internal: {deep: [1, 2.5]}
"##;

#[test]
fn an_openapi_document_is_what_serde_json_makes_of_it() {
    let ours: openapiv3::OpenAPI = from_node(&yaml(DOCUMENT).root).unwrap();
    let theirs: openapiv3::OpenAPI = serde_json::from_value(serde_yaml::from_str(DOCUMENT).unwrap()).unwrap();
    assert_eq!(ours, theirs);
    assert_eq!(ours.info.extensions.len(), 1);
    let item = ours.paths.paths.get("/pets/{id}").unwrap().as_item().unwrap();
    assert_eq!(item.get.as_ref().unwrap().responses.responses.len(), 2);
    assert!(item.get.as_ref().unwrap().responses.default.is_some());
}

#[test]
fn an_openapi_document_fails_at_the_nearest_place_that_is_known() {
    let error = refused::<openapiv3::OpenAPI>(&DOCUMENT.replace("title: Pets", "title: [Pets]"));
    assert_eq!((error.pointer.as_str(), error.place.unwrap().line), ("/info/title", 3));
    // A schema may be a reference, so it is buffered as a whole to try both.
    let error = refused::<openapiv3::OpenAPI>(
        &DOCUMENT
            .replace("deep: [1, 2.5]", "deep: 1")
            .replace("^a$\"", "^a$\", type: [x]")
            .replace("{type: string, nullable", "{nullable"),
    );
    assert_eq!(error.pointer, "/components/schemas/Pet");
}

#[test]
fn the_deepest_schemas_are_read_with_the_stack_of_a_main_thread() {
    let main_thread = std::thread::Builder::new().stack_size(8 << 20);
    main_thread.spawn(deepest_schema_is_read).unwrap().join().unwrap();
}

fn deepest_schema_is_read() {
    let levels = 60;
    let schema = format!(
        "{}{}",
        "{type: object, properties: {a: ".repeat(levels),
        "{type: string}".to_owned() + &"}}".repeat(levels)
    );
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: a, version: b}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
    );
    let document: openapiv3::OpenAPI = from_node(&yaml(&text).root).unwrap();
    assert_eq!(document.components.unwrap().schemas.len(), 1);
}
