#![allow(clippy::unwrap_used, reason = "tests")]

use crate::{Config, Input, generate};

/// The findings in a document, as pointer and message.
fn found(document: &str) -> Vec<(String, String)> {
    let input = Input {
        name: "t.yaml",
        bytes: document.as_bytes(),
    };
    let outcome = generate(input, &Config::default());
    let own = outcome.diagnostics.iter();
    let own = own.filter(|one| one.code.as_str() == "invalid-example");
    own.map(|one| (one.pointer.clone(), one.message.clone())).collect()
}

/// The findings in the example of a schema of OpenAPI 3.0.
fn in_schema(schema: &str, example: &str) -> Vec<(String, String)> {
    found(&format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    Node: {{type: object, \
         properties: {{next: {{$ref: '#/components/schemas/Node'}}, value: {{type: integer}}}}}}\n    A:\n      allOf: [{schema}]\n      \
         example: {example}\n"
    ))
}

/// Schemas, examples, the places of refused values in the examples, and messages.
const BROKEN: &[(&str, &str, &str, &str)] = &[
    (
        "{type: string}",
        "5",
        "",
        "example `5` is a number, but its schema requires a string",
    ),
    (
        "{type: integer}",
        "1.5",
        "",
        "example `1.5` is a number, but its schema requires an integer",
    ),
    (
        "{type: array, items: {type: string}}",
        "[a, {b: 1}]",
        "/1",
        "example is an object, but its schema requires a string",
    ),
    (
        "{type: string, enum: [a, b]}",
        "c",
        "",
        "example `c` is not a value of `enum`",
    ),
    ("{type: integer, minimum: 3}", "2", "", "example `2` violates `minimum`"),
    (
        "{type: number, maximum: 3, exclusiveMaximum: true}",
        "3.0",
        "",
        "example `3.0` violates `exclusiveMaximum`",
    ),
    (
        "{type: integer, multipleOf: 4}",
        "6",
        "",
        "example `6` violates `multipleOf`",
    ),
    (
        "{type: integer, format: int32}",
        "3000000000",
        "",
        "example `3000000000` violates `format`",
    ),
    (
        "{type: string, maxLength: 2}",
        "ééé",
        "",
        "example `ééé` violates `maxLength`",
    ),
    (
        "{type: string, pattern: '^a+$'}",
        "ab",
        "",
        "example `ab` violates `pattern`",
    ),
    (
        "{type: array, items: {}, minItems: 2}",
        "[1]",
        "",
        "example violates `minItems`",
    ),
    (
        "{type: array, items: {}, uniqueItems: true}",
        "[1, 2, 1.0]",
        "",
        "example violates `uniqueItems`",
    ),
    (
        "{type: object, required: [a], properties: {a: {}}}",
        "{b: 1}",
        "",
        "example does not have the property `a`, which its schema requires",
    ),
    (
        "{type: object, properties: {a: {type: object, additionalProperties: false}}}",
        "{a: {c: 1}}",
        "/a",
        "example has the property `c`, which its schema does not allow",
    ),
    (
        "{type: object, additionalProperties: {type: array, items: {type: boolean}}}",
        "{}",
        "",
        "",
    ),
    (
        "{oneOf: [{type: string}, {type: integer}]}",
        "true",
        "",
        "example `true` does not match a variant of `oneOf`",
    ),
    (
        "{$ref: '#/components/schemas/Node'}",
        "{next: {next: {value: x}}}",
        "/next/next/value",
        "example `x` is a string, but its schema requires an integer",
    ),
];

#[test]
fn a_broken_rule_is_named_at_its_place() {
    for (schema, example, place, message) in BROKEN {
        let found = in_schema(schema, example);
        let expected = (format!("/components/schemas/A/example{place}"), (*message).to_owned());
        let expected = if message.is_empty() { vec![] } else { vec![expected] };
        assert_eq!(found, expected, "{schema} {example}");
    }
}

#[test]
fn what_is_not_sure_is_not_reported() {
    for (schema, example) in [
        ("{type: integer}", "5.0"),
        ("{type: integer}", "null"),
        ("{type: string, nullable: true}", "null"),
        (
            "{type: object, properties: {a: {type: string, nullable: true}}}",
            "{a: null}",
        ),
        ("{type: string, enum: [1, 2]}", "'1'"),
        ("{type: string, enum: [1, 2]}", "1"),
        ("{type: string, enum: [null, a]}", "null"),
        ("{type: string, format: date}", "yesterday"),
        ("{type: string, pattern: '(?=a)b'}", "c"),
        ("{not: {type: string}}", "a"),
        // Another part can have the property.
        (
            "{type: object, additionalProperties: false}, {properties: {a: {}}}",
            "{a: 1}",
        ),
        (
            "{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}",
            "{}",
        ),
        ("{anyOf: [{type: string}, {type: integer, minimum: 3}]}", "3"),
        // Several variants match, which clients do not check either.
        ("{oneOf: [{type: string}, {type: string, maxLength: 3}]}", "a"),
        ("{type: number, maximum: 1e400}", "1e500"),
    ] {
        assert_eq!(in_schema(schema, example), [], "{schema} {example}");
    }
}

#[test]
fn examples_of_media_types_and_parameters_are_checked() {
    let document = r"
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /pets:
    post:
      operationId: add
      parameters:
        - {name: ids, in: query, schema: {type: array, items: {type: integer}}, example: '1,2'}
        - {name: size, in: query, schema: {type: integer}, example: '3'}
        - {name: kind, in: query, schema: {type: string, enum: [a]}, examples: {wrong: {value: b}, right: {value: a}}}
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {a: {type: integer}}}
            examples: {shared: {$ref: '#/components/examples/Shared'}, text: {value: '{}'}, other: {value: word}}
          application/xml: {schema: {type: object}, example: <a/>}
      responses:
        '200':
          description: ok
          headers: {X-Rate: {schema: {type: integer}, example: a lot}}
          content: {application/vnd.pets+json: {schema: {type: array, items: {}}, example: {a: 1}}}
components:
  examples:
    Shared: {value: {a: one}}
";
    let pointers: Vec<String> = found(document).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(
        pointers,
        [
            "/paths/~1pets/post/parameters/2/examples/wrong/value",
            "/paths/~1pets/post/requestBody/content/application~1json/examples/other/value",
            "/paths/~1pets/post/responses/200/content/application~1vnd.pets+json/example",
            "/components/examples/Shared/value/a",
        ]
    );
}

#[test]
fn the_work_for_an_example_is_limited() {
    // Each level doubles the ways through the schema.
    let levels: Vec<String> = (0..40)
        .map(|level| {
            let next = format!("{{$ref: '#/components/schemas/L{}'}}", level + 1);
            format!("    L{level}: {{anyOf: [{next}, {next}]}}\n")
        })
        .collect();
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{}    L40: {{type: string}}\n    \
         Loop: {{allOf: [{{$ref: '#/components/schemas/L0'}}], example: 1}}\n",
        levels.concat()
    );
    assert_eq!(found(&document), []);
}
