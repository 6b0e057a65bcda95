//! Messages that name what is meant: nearly known words, other kinds of documents, and what is accepted with a warning.
#![allow(clippy::unwrap_used, reason = "tests")]

use codegen::{
    Config, Input,
    diagnostic::{Code, Diagnostic, Severity},
};

fn findings(text: &str) -> Vec<Diagnostic> {
    let input = Input {
        name: "a.yaml",
        bytes: text.as_bytes(),
    };
    codegen::generate(input, &Config::default())
        .diagnostics
        .into_iter()
        .filter(|one| one.severity != Severity::Note)
        .collect()
}

/// The one thing that is said of a document.
fn only(text: &str) -> Diagnostic {
    let found = findings(text);
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    found.into_iter().next().unwrap()
}

const BOOKS: &str = "\
openapi: VERSION
info: {title: Books, version: '1'}
tags: [{name: books, description: All books}]
servers: [{url: 'https://books.example', description: The only one}]
paths:
  /books/{id}:
    summary: One book
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getBook
      summary: Get a book
      deprecated: true
      parameters: [{name: page, in: query, explode: false, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}}
    post:
      operationId: addBook
      requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Book'}, encoding: {kind: {explode: true}}}}}
      responses: {'204': {description: ok, headers: {X-Rest: {description: Left, schema: {type: integer}}}}}
components:
  securitySchemes:
    login: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://books.example/token', scopes: {}}}}
    bearer: {type: http, scheme: bearer, bearerFormat: JWT}
  schemas:
    Book:
      type: object
      required: [kind]
      properties:
        kind: {type: string, maxLength: 3, description: The kind}
    Shelf:
      oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
      discriminator: {propertyName: kind, mapping: {a: A, b: B}}
    A: {type: object, required: [kind], properties: {kind: {type: string}}}
    B: {type: object, required: [kind], properties: {kind: {type: string}}}
";

/// One slip in a key of each object of the grammar, in every version.
#[test]
fn misspelt_keys_are_proposed() {
    for (version, name) in [
        ("3.0.3", "OpenAPI 3.0"),
        ("3.1.0", "OpenAPI 3.1"),
        ("3.2.0", "OpenAPI 3.2"),
    ] {
        let books = BOOKS.replace("VERSION", version);
        assert!(findings(&books).is_empty(), "{:#?}", findings(&books));
        for (meant, written) in [
            ("maxLength", "maxlength"),
            ("maxLength", "max_length"),
            ("maxLength", "maxLenght"),
            ("deprecated", "depricated"),
            ("operationId: getBook", "operationID: getBook"),
            ("summary: Get", "sumary: Get"),
            ("summary: One", "Summary: One"),
            ("explode: false", "explod: false"),
            ("explode: true", "expl0de: true"),
            ("description: All", "desc: All"),
            ("description: The only", "desciption: The only"),
            ("description: Left", "descripton: Left"),
            ("bearerFormat", "bearerformat"),
            ("mapping", "mappings"),
            ("tags:", "tag:"),
            ("servers:", "server:"),
        ] {
            let text = books.replacen(meant, written, 1);
            assert_ne!(text, books, "{meant}");
            let found = only(&text);
            let key = meant.split(':').next().unwrap();
            assert_eq!(found.code, Code::UnknownKey, "{written}");
            assert_eq!(
                found.help.as_deref(),
                Some(format!("did you mean `{key}`?").as_str()),
                "{written}"
            );
            assert!(found.message.contains(name), "{}", found.message);
        }
    }
}

/// Swagger 2.0 has keys that the canonical form does not have.
#[test]
fn keys_of_swagger_are_proposed_too() {
    let swagger = "swagger: '2.0'\ninfo: {title: a, version: '1'}\nhost: a.example\npaths:\n  /a:\n    get:\n      operationId: a\n      \
                   consumes: [application/json]\n      parameters: [{name: p, in: query, type: array, collectionFormat: csv, items: {type: string, maxLength: 3}}]\n      \
                   responses: {'204': {description: ok}}\n";
    assert!(findings(swagger).is_empty(), "{:#?}", findings(swagger));
    for (meant, written) in [
        ("collectionFormat", "colectionFormat"),
        ("maxLength", "maxlength"),
        ("consumes", "consume"),
        ("host", "hosts"),
    ] {
        let found = only(&swagger.replacen(meant, written, 1));
        assert_eq!(found.help, Some(format!("did you mean `{meant}`?")), "{written}");
        assert!(found.message.contains("Swagger 2.0"), "{}", found.message);
    }
}

/// Since 3.1 a schema may have keys of other vocabularies, without `x-`.
#[test]
fn advice_fits_the_version() {
    let document = |version: &str| {
        let schema = "{type: array, items: {type: string}, additionalItems: false}";
        format!(
            "openapi: {version}\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
        )
    };
    let found = only(&document("3.0.3"));
    assert!(found.message.contains("OpenAPI 3.0") && found.help.unwrap().contains("`x-...`"));
    for version in ["3.1.0", "3.2.0"] {
        let found = only(&document(version));
        assert!(
            found.message.contains(&format!("OpenAPI {}", &version[..3])),
            "{}",
            found.message
        );
        assert!(!found.help.unwrap().contains("x-"));
    }
}

#[test]
fn other_kinds_of_documents_are_named() {
    for (text, what) in [
        (
            "asyncapi: 2.6.0\ninfo: {title: a, version: '1'}\nchannels: {a: {$ref: '#/nowhere'}}\n",
            "an AsyncAPI document",
        ),
        (
            "{\"info\": {\"_postman_id\": \"a\", \"name\": \"b\"}, \"item\": []}",
            "a Postman collection",
        ),
        ("{\"swaggerVersion\": \"1.2\", \"apis\": []}", "a Swagger 1.x document"),
        ("#%RAML 1.0\ntitle: a\n/pets: {get: {}}\n", "a RAML document"),
        ("FORMAT: 1A\n\n# Pets\n", "an API Blueprint document"),
        (
            "overlay: 1.0.0\ninfo: {title: a, version: '1'}\nactions: []\n",
            "an overlay",
        ),
        ("apiVersion: v1\nkind: Pod\n", "a Kubernetes manifest"),
    ] {
        let found = only(text);
        assert_eq!(found.code, Code::OtherFormat, "{text}");
        assert!(found.message.contains(what), "{}", found.message);
        assert!(!found.help.unwrap().contains("3.0.3"), "{text}");
    }
    for (text, said) in [
        ("{}", "an empty object"),
        ("$ref: '#/a'\n", "only a reference"),
        ("openAPI: 3.0.3\ninfo: {}\n", "has no `openapi`"),
        ("$defs: {}\n", "a JSON Schema"),
    ] {
        let found = only(text);
        assert_eq!(found.code, Code::UnknownVersion, "{text}");
        assert!(found.message.contains(said), "{}", found.message);
    }
}

/// What is read in one way and means nothing, or something else, to others has a warning.
#[test]
fn what_is_read_leniently_is_reported() {
    let with = |schema: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{schema}}}}}\n"
        )
    };
    for (text, pointer) in [
        (with("A: {oneOf: []}"), "/components/schemas/A/oneOf"),
        (
            with("A: {type: object, properties: {a: {allOf: []}}}"),
            "/components/schemas/A/properties/a/allOf",
        ),
        (
            with("A: {type: array, items: [{type: string}]}"),
            "/components/schemas/A/items",
        ),
        (
            with("A~2: {type: string}, B: {type: object, properties: {a: {$ref: '#/components/schemas/A~2'}}}"),
            "/components/schemas/B/properties/a/$ref",
        ),
        (
            with(
                "A: {type: object, properties: {b~2c: {type: object}, d: {$ref: '#/components/schemas/A/properties/b%7E2c'}}}",
            ),
            "/components/schemas/A/properties/d/$ref",
        ),
        (with("A: {type: string}").replace("3.0.3", "'3.0.3\"; x'"), "/openapi"),
        (with("A: {type: string}").replace("3.0.3", "3.0.x"), "/openapi"),
        (
            BOOKS.replace("VERSION", "3.0.3").replace(
                "explode: false,",
                "explode: false, content: {application/json: {schema: {type: string}}},",
            ),
            "/paths/~1books~1{id}/get/parameters/0/content",
        ),
        (
            BOOKS
                .replace("VERSION", "3.0.3")
                .replace("application/json", "aplication/json"),
            "/paths/~1books~1{id}/get/responses/200/content/aplication~1json",
        ),
    ] {
        let found = only(&text);
        assert_eq!(
            (found.severity, found.pointer.as_str()),
            (Severity::Warning, pointer),
            "{found:?}"
        );
        assert!(found.help.is_some());
    }
    for fine in ["3.0", "3.0.3", "3.1.0-rc0", "3.0.3-internal.1", "3.2"] {
        let text = with("A: {type: string}").replace("3.0.3", &format!("'{fine}'"));
        assert!(findings(&text).is_empty(), "{fine}: {:#?}", findings(&text));
    }
}

/// A media type that differs in a letter from a common one may be another one.
#[test]
fn other_media_types_are_no_slips() {
    for media in [
        "text/css",
        "application/bson",
        "application/vnd.a+json",
        "x-private/json",
        "image/png",
        "text/plain; charset=utf-8",
    ] {
        let text = BOOKS
            .replace("VERSION", "3.0.3")
            .replace("application/json", &format!("'{media}'"));
        let slips: Vec<Diagnostic> = findings(&text)
            .into_iter()
            .filter(|one| one.code == Code::InvalidValue)
            .collect();
        assert!(slips.is_empty(), "{media}: {slips:#?}");
    }
}

/// Names that a document gives to its own things are proposed too.
#[test]
fn misspelt_names_are_proposed() {
    let books = BOOKS.replace("VERSION", "3.0.3") + "security: [{login: []}]\n";
    for (meant, written, name) in [
        ("security: [{login", "security: [{logon", "login"),
        ("required: [kind]", "required: [kinds]", "kind"),
        (
            "kind: {type: string,",
            "kind: {type: string, format: datetime,",
            "date-time",
        ),
        ("kind: {type: string,", "kind: {type: integer, format: int23,", "int32"),
        ("kind: {type: string,", "kind: {type: integer, format: int,", "int32"),
    ] {
        let text = books.replacen(meant, written, 1);
        assert_ne!(text, books, "{meant}");
        let texts = text.replace("maxLength: 3, ", "");
        let found = only(&texts);
        assert_eq!(found.help, Some(format!("did you mean `{name}`?")), "{found:?}");
    }
}

/// Closed vocabularies of Swagger 2.0: what OpenAPI 3 alone has is not proposed.
#[test]
fn misspelt_values_of_swagger_are_proposed() {
    let scheme = |scheme: &str| {
        format!("swagger: '2.0'\ninfo: {{title: a, version: '1'}}\npaths: {{}}\nsecurityDefinitions: {{a: {scheme}}}\n")
    };
    let parameter = |parameter: &str| {
        let operation =
            format!("{{operationId: a, parameters: [{parameter}], responses: {{'204': {{description: ok}}}}}}");
        format!("swagger: '2.0'\ninfo: {{title: a, version: '1'}}\npaths: {{/a: {{get: {operation}}}}}\n")
    };
    for (text, pointer, meant) in [
        (
            scheme("{type: apikey, name: k, in: header}"),
            "/securityDefinitions/a/type",
            "apiKey",
        ),
        (scheme("{type: Basic}"), "/securityDefinitions/a/type", "basic"),
        (
            scheme("{type: apiKey, name: k, in: heder}"),
            "/securityDefinitions/a/in",
            "header",
        ),
        (
            scheme(
                "{type: oauth2, flow: acessCode, authorizationUrl: 'https://a.example', tokenUrl: 'https://a.example', scopes: {}}",
            ),
            "/securityDefinitions/a/flow",
            "accessCode",
        ),
        (
            parameter("{name: a, in: quary, type: string}"),
            "/paths/~1a/get/parameters/0/in",
            "query",
        ),
        (
            parameter("{name: a, in: fromData, type: string}"),
            "/paths/~1a/get/parameters/0/in",
            "formData",
        ),
        (
            parameter("{name: a, in: query, type: array, items: {type: string}, collectionFormat: cvs}"),
            "/paths/~1a/get/parameters/0",
            "csv",
        ),
    ] {
        let found = only(&text);
        assert_eq!(found.help, Some(format!("did you mean `{meant}`?")), "{found:?}");
        assert_eq!(found.pointer, pointer);
    }
    let without_flow = only(&scheme("{type: oauth2, scopes: {}}"));
    assert_eq!(
        (without_flow.severity, without_flow.code),
        (Severity::Error, Code::MissingKey)
    );
}
