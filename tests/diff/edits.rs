//! Edits of one document as a reviewer makes them, and the verdict on each as a person reads it.
//!
//! `edits.snap` is to be read: every sentence says once what changes, every location is that of the edit, and callers read
//! what they have to do.

use std::fmt::Write as _;

use codegen::{
    Config, Input,
    diff::{Format, Http, Rust, Verdict},
};

/// A pet store with all that an edit needs.
const PETS: &str = "openapi: 3.1.0
info: {title: Petstore, version: '1', description: A shop.}
servers:
  - url: https://pets.example.com/v1
security:
  - token: []
tags:
  - {name: pets, description: The pets.}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters:
        - {name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
        - {name: cursor, in: query, schema: {type: string}}
      responses:
        '200':
          description: One page of pets.
          content: {application/json: {schema: {$ref: '#/components/schemas/PetPage'}}}
    post:
      operationId: createPet
      tags: [pets]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}
      responses:
        '201':
          description: Added.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
  /pets/{petId}:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: integer, format: int64}}
    get:
      operationId: getPet
      tags: [pets]
      responses:
        '200': {description: The pet., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '404': {description: None., content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
  schemas:
    Address: {type: object, properties: {street: {type: string}, city: {type: string}}}
    Animal:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: sort, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}
    Cat: {type: object, required: [sort], properties: {sort: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [sort], properties: {sort: {type: string}, tricks: {type: integer}}}
    Kind: {type: string, enum: [cat, dog, fish]}
    NewPet:
      type: object
      required: [name, kind]
      properties:
        name: {type: string, maxLength: 40}
        kind: {$ref: '#/components/schemas/Kind'}
        born: {type: string, format: date}
        age: {type: integer, default: 1}
    Pet:
      allOf:
        - $ref: '#/components/schemas/NewPet'
        - {type: object, required: [id], properties: {id: {type: integer, format: int64}}}
    PetPage:
      type: object
      required: [pets]
      properties:
        pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        next_cursor: {type: string}
    Problem:
      type: object
      properties: {message: {type: string}, street: {type: string}, animal: {$ref: '#/components/schemas/Animal'}}
";

/// What is edited, and pairs of what is there and what replaces all of it.
type Edit = (&'static str, &'static [(&'static str, &'static str)]);

const EDITS: &[Edit] = &[
    ("a value of an enum is removed", &[("[cat, dog, fish]", "[cat, dog]")]),
    (
        "a value of an enum is added",
        &[("[cat, dog, fish]", "[cat, dog, fish, bird]")],
    ),
    (
        "a query parameter becomes required",
        &[("{name: kind, in: query,", "{name: kind, in: query, required: true,")],
    ),
    (
        "a query parameter moves to a header",
        &[("{name: kind, in: query,", "{name: kind, in: header,")],
    ),
    (
        "a number becomes a string",
        &[(
            "properties: {id: {type: integer, format: int64}}",
            "properties: {id: {type: string}}",
        )],
    ),
    (
        "an error is described",
        &[("        '404'", "        '410': {description: It died.}\n        '404'")],
    ),
    (
        "an error is not described any more",
        &[(
            "        '404': {description: None., content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}\n",
            "",
        )],
    ),
    (
        "a success is described",
        &[("        '201'", "        '202': {description: Later.}\n        '201'")],
    ),
    (
        "a response becomes a list",
        &[(
            "Added.\n          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}",
            "Added.\n          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}",
        )],
    ),
    (
        "another media type of a response",
        &[(
            "Added.\n          content: {application/json:",
            "Added.\n          content: {application/vnd.pet+json:",
        )],
    ),
    (
        "another media type of a request is added",
        &[(
            "        content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}",
            "        content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}, application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/NewPet'}}}",
        )],
    ),
    ("an operation id", &[("operationId: listPets", "operationId: findPets")]),
    (
        "the tag of one operation",
        &[(
            "operationId: getPet\n      tags: [pets]",
            "operationId: getPet\n      tags: [animals]",
        )],
    ),
    (
        "the name of a tag",
        &[("tags: [pets]", "tags: [animals]"), ("{name: pets,", "{name: animals,")],
    ),
    (
        "a security scheme",
        &[(
            "{type: http, scheme: bearer}",
            "{type: apiKey, in: header, name: X-Key}",
        )],
    ),
    (
        "one more credential",
        &[
            ("  - token: []", "  - {token: [], key: []}"),
            (
                "    token: {",
                "    key: {type: apiKey, in: header, name: X-Key}\n    token: {",
            ),
        ],
    ),
    ("a server", &[("example.com/v1", "example.com/v2")]),
    ("a default", &[("default: 20", "default: 50")]),
    ("a default is removed", &[(", default: 20", "")]),
    ("a limit of a property", &[("maxLength: 40", "maxLength: 20")]),
    ("a limit of the page size", &[("maximum: 100", "maximum: 50")]),
    (
        "properties move to another schema",
        &[(
            "street: {type: string}, animal",
            "address: {$ref: '#/components/schemas/Address'}, animal",
        )],
    ),
    ("a discriminator value", &[("mapping: {cat:", "mapping: {feline:")]),
    (
        "discriminator values are exchanged",
        &[
            ("mapping: {cat:", "mapping: {cow:"),
            ("dog: '#", "cat: '#"),
            ("cow:", "dog:"),
        ],
    ),
    (
        "a discriminator is removed",
        &[(
            "\n      discriminator: {propertyName: sort, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}",
            "",
        )],
    ),
    (
        "null is allowed",
        &[("born: {type: string,", "born: {type: [string, 'null'],")],
    ),
    (
        "a property becomes read-only",
        &[("format: date}", "format: date, readOnly: true}")],
    ),
    ("a property is renamed", &[("born:", "birthday:")]),
    (
        "an operation is removed",
        &[(
            "    post:\n      operationId: createPet\n      tags: [pets]\n      requestBody:\n        required: true\n        content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}\n      responses:\n        '201':\n          description: Added.\n          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}\n",
            "",
        )],
    ),
    ("a body becomes optional", &[("        required: true\n", "")]),
    (
        "the parameter of pages is removed",
        &[("        - {name: cursor, in: query, schema: {type: string}}\n", "")],
    ),
    ("a schema is renamed", &[("Problem", "Trouble")]),
    (
        "an operation is deprecated",
        &[("operationId: getPet\n", "operationId: getPet\n      deprecated: true\n")],
    ),
    ("a property with a default is renamed", &[(" age:", " years:")]),
    ("a path", &[("/pets/{petId}:", "/pets/by-id/{petId}:")]),
    ("a path parameter is renamed", &[("petId", "id")]),
    ("a method", &[("    post:", "    put:")]),
    (
        "a required property",
        &[
            ("required: [name, kind]", "required: [name, kind, chip]"),
            ("        born:", "        chip: {type: string}\n        born:"),
        ],
    ),
    ("a required property becomes optional", &[("required: [id], ", "")]),
    (
        "other properties are forbidden",
        &[
            ("    Address: {", "    Address: {additionalProperties: false, "),
            (
                "street: {type: string}, animal",
                "address: {$ref: '#/components/schemas/Address'}, animal",
            ),
        ],
    ),
    ("a pattern", &[("maxLength: 40", "maxLength: 40, pattern: '^[a-z]+$'")]),
    (
        "a response header",
        &[(
            "One page of pets.\n",
            "One page of pets.\n          headers: {X-Total: {schema: {type: integer}}}\n",
        )],
    ),
    (
        "an operation is public",
        &[("operationId: getPet\n", "operationId: getPet\n      security: []\n")],
    ),
    (
        "a server of one operation",
        &[(
            "operationId: getPet\n",
            "operationId: getPet\n      servers: [{url: 'https://old.example.com'}]\n",
        )],
    ),
    ("a format", &[("format: date}", "format: date-time}")]),
    (
        "an array of an enum",
        &[(
            "name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}",
            "name: kind, in: query, schema: {type: array, items: {$ref: '#/components/schemas/Kind'}}",
        )],
    ),
    (
        "a style",
        &[(
            "name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}",
            "name: kind, in: query, style: form, explode: false, schema: {type: array, items: {$ref: '#/components/schemas/Kind'}}",
        )],
    ),
    (
        "a variant",
        &[
            ("oneOf: [{$ref: '#/components/schemas/Cat'}, ", "oneOf: ["),
            ("cat: '#/components/schemas/Cat', ", ""),
        ],
    ),
    (
        "a schema in a response",
        &[(
            "The pet., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}",
            "The pet., content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}",
        )],
    ),
    (
        "a string becomes an enum",
        &[(
            "sort: {type: string}, lives",
            "sort: {type: string, enum: [cat]}, lives",
        )],
    ),
    (
        "the first required property",
        &[("Address: {type: object, ", "Address: {type: object, required: [city], ")],
    ),
    ("the title", &[("title: Petstore", "title: Pet Store")]),
    ("the description", &[("description: A shop.", "description: The shop.")]),
    ("the version", &[("version: '1'", "version: '2'")]),
];

fn verdict((what, edits): &Edit) -> Verdict {
    let mut new = PETS.to_owned();
    for (from, to) in *edits {
        assert!(new.contains(from), "{what}: {from:?} is not in the document");
        new = new.replace(from, to);
    }
    super::compared(PETS, &new).unwrap_or_else(|said| panic!("{what}: {said}"))
}

#[test]
fn the_verdict_on_an_edit_is_read_once() {
    let mut text = String::new();
    for edit in EDITS {
        let _ = writeln!(text, "### {}\n{}", edit.0, verdict(edit).render(Format::Human, None));
    }
    insta::with_settings!({
        snapshot_path => ".",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("edits", text.trim_end());
    });
}

/// Every form names what callers have to do, and where.
#[test]
fn a_change_that_needs_action_says_which_and_where() {
    for edit in EDITS {
        let verdict = verdict(edit);
        for change in &verdict.changes {
            let shown = verdict.render(Format::Human, None);
            let is_urgent = change.rust == Rust::Major || change.silent;
            assert!(!is_urgent || !change.advice.is_empty(), "{}: {shown}", edit.0);
            assert!(change.old.is_some() || change.new.is_some(), "{}: {shown}", edit.0);
            let is_breaking = change.http == Http::Breaking;
            assert_eq!(is_breaking, !change.reasons.is_empty(), "{}: {shown}", edit.0);
        }
        let sarif: serde_json::Value = serde_json::from_str(&verdict.render(Format::Sarif, None)).unwrap();
        for result in sarif["runs"][0]["results"].as_array().unwrap() {
            assert_eq!(
                result["locations"].as_array().map(Vec::len),
                Some(1),
                "{}: {result:#}",
                edit.0
            );
        }
    }
}

/// A number is the same text whether JSON would have it in a string or not.
#[test]
fn numbers_in_strings_are_numbers_in_a_parameter() {
    let document = |items: &str| {
        let schema = format!("{{type: array, items: {{type: {items}, format: int64}}}}");
        PETS.replace(
            "{name: cursor, in: query, schema: {type: string}}",
            &format!("{{name: ids, in: query, schema: {schema}}}"),
        )
    };
    let verdict = super::compared(&document("string"), &document("integer")).unwrap();
    let shown = verdict.render(Format::Human, None);
    assert_eq!((verdict.rust, verdict.changes.len()), (Rust::Patch, 1), "{shown}");
    assert!(shown.contains("The generated code does not change."), "{shown}");
}

/// The verdict on one string of the document that becomes another, both put in the place of a third one.
fn between(place: &str, old: &str, new: &str) -> Verdict {
    assert!(PETS.contains(place), "{place:?} is not in the document");
    super::compared(&PETS.replace(place, old), &PETS.replace(place, new)).unwrap()
}

/// What is deep in an operation is named by the part of the operation that it is in.
#[test]
fn parts_of_operations_have_names() {
    let problem = "{description: None., content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}";
    let lists = |max: u8| {
        let inner = format!("{{type: array, items: {{type: string, maxLength: {max}}}}}");
        format!(
            "{{description: None., content: {{application/json: {{schema: {{type: array, items: {inner}}}}}}}, headers: {{X-A: \
             {{schema: {inner}}}}}}}"
        )
    };
    let shown = between(problem, &lists(3), &lists(4)).render(Format::Human, None);
    for sentence in [
        "The response `404` of `getPet`: `maxLength` is `4` instead of `3`.",
        "The header `X-A` of the response `404` of `getPet`: `maxLength` is `4` instead of `3`.",
    ] {
        assert!(shown.contains(sentence), "{shown}");
    }
    let parameter = "{name: cursor, in: query, schema: {type: string}}";
    let lists = |max: u8| {
        let inner = format!("{{type: array, items: {{type: string, maxLength: {max}}}}}");
        format!("{{name: cursor, in: query, schema: {{type: array, items: {inner}}}}}")
    };
    let shown = between(parameter, &lists(4), &lists(3)).render(Format::Human, None);
    let sentence = "The query parameter `cursor` of `listPets`: `maxLength` is `3` instead of `4`.";
    assert!(shown.contains(sentence), "{shown}");
}

/// How many items have to be of a kind is a limit.
#[test]
fn more_items_that_are_needed_break_requests() {
    let list = |min: u8| format!("{{type: array, contains: {{type: string}}, minContains: {min}}}");
    let born = "{type: string, format: date}";
    assert_eq!(between(born, &list(1), &list(2)).http, Http::Breaking);
    let verdict = between(born, &list(2), &list(1));
    // A response can have fewer of them.
    assert_eq!(verdict.http, Http::Breaking, "{}", verdict.render(Format::Human, None));
}

/// A method that is gone because its id is another operation's is not a method for another body.
#[test]
fn exchanged_operation_ids_are_not_other_bodies() {
    let new = PETS.replace("operationId: listPets", "operationId: findPets");
    let new = new.replace("operationId: getPet", "operationId: listPets");
    let shown = super::compared(PETS, &new).unwrap().render(Format::Human, None);
    assert!(!shown.contains("``") && !shown.contains("bodies"), "{shown}");
}

/// The advice names methods that calls have.
#[test]
fn a_stream_that_is_gone_is_named() {
    let json = "application/json: {schema: {$ref: '#/components/schemas/PetPage'}}";
    let both = format!("{json}, text/event-stream: {{schema: {{$ref: '#/components/schemas/Pet'}}}}");
    let shown = between(json, &both, json).render(Format::Human, None);
    assert!(shown.contains("callers: Remove uses of `events()`."), "{shown}");
}

/// A client with a face of its own has no credentials in its surface: what only HTTP sees is a sentence too.
#[test]
fn what_only_http_sees_is_a_sentence() {
    let security = "security:\n  - token: []\n";
    let none = PETS.replace(security, "");
    for (old, new, sentence) in [
        (none.as_str(), PETS, "The API requires a credential."),
        (PETS, none.as_str(), "The API requires no credential any more."),
        (
            PETS,
            &PETS.replace("operationId: getPet\n", "operationId: getPet\n      security: []\n"),
            "`get_pet` needs no credential; it needed `token`.",
        ),
    ] {
        let config = Config {
            hand_written_face: true,
            ..Config::default()
        };
        let side = |text: &'static str| {
            super::diff_side(
                Input {
                    name: "pets.yaml",
                    bytes: text.as_bytes(),
                },
                &config,
            )
        };
        let leak = |text: &str| -> &'static str { text.to_owned().leak() };
        let verdict = codegen::diff::diff(side(leak(old)), side(leak(new))).verdict.unwrap();
        let shown = verdict.render(Format::Human, None);
        assert!(shown.contains(sentence), "{sentence}: {shown}");
    }
}
