//! What is whole of a document with errors is generated, and what is not is said.
#![allow(clippy::unwrap_used, reason = "tests")]

use codegen::{Config, Input, Outcome, diagnostic::Code, stages};
use tests::documents_in;

fn generate(document: &str) -> Outcome {
    codegen::generate(input(document), &keep_going())
}

fn keep_going() -> Config {
    Config {
        keep_going: true,
        ..Config::default()
    }
}

fn input(document: &str) -> Input<'_> {
    Input {
        name: "shop.yaml",
        bytes: document.as_bytes(),
    }
}

/// Each part is broken in another way, and the last operation is whole.
const SHOP: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /a/{id}:
    get: {operationId: place, responses: {'204': {description: done}}}
    delete: {operationId: status, parameters: [{$ref: '#/components/parameters/Id'}], responses: {'2000': {description: x}}}
  /b:
    parameters: [{name: x, in: body, schema: {type: string}}]
    get: {operationId: item, responses: {'204': {description: done}}}
  /c:
    get: {operationId: behind, parameters: [{$ref: '#/components/parameters/Broken'}], responses: {'204': {description: done}}}
    put:
      operationId: whole
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'200': {description: done, content: {application/json: {schema: {$ref: '#/components/schemas/Loop'}}}}}
components:
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: string}}
    Broken: {name: x, in: nowhere, schema: {type: string}}
  schemas:
    Pet: {type: object, properties: {name: {type: string}, owner: {$ref: '#/components/schemas/Ownr'}}}
    Loop: {$ref: '#/components/schemas/Loop'}
";

#[test]
fn what_is_whole_is_generated() {
    let outcome = generate(SHOP);
    let said = outcome.diagnostics.render(&outcome.sources);
    let surface = stages::surface(input(SHOP).into(), &keep_going()).unwrap();
    let summary = tests::summary(&outcome.generated.unwrap(), &surface);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("keep_going", format!("{said}{summary}"));
    });
}

/// The errors are those of a run that stops at them.
#[test]
fn the_errors_are_the_same() {
    let all = codegen::generate(input(SHOP), &Config::default()).diagnostics;
    let kept = generate(SHOP).diagnostics.into_iter();
    let kept: Vec<_> = kept.filter(|diagnostic| diagnostic.code != Code::LeftOut).collect();
    assert_eq!(kept, all.into_iter().collect::<Vec<_>>());
}

#[test]
fn what_cannot_be_left_out_stops_it() {
    for document in [
        "openapi: 3.0.3\npaths: {}\n",
        "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths: {}\nservers: [{url: 'file:///etc'}]\n",
        "openapi: 4.0.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n",
        "openapi: 3.0.3\nopenapi: 3.0.3\n",
    ] {
        let outcome = generate(document);
        assert!(
            outcome.generated.is_none() && outcome.diagnostics.has_errors(),
            "{document}"
        );
    }
}

/// Documents without errors are what they are without it; of those with errors it makes something or says the errors.
#[test]
fn nothing_else_changes() {
    for path in documents_in("golden").unwrap() {
        let case = tests::Case::read(&format!("golden/{path}")).unwrap();
        let plain = case.generate();
        let mut kept = case.clone();
        kept.config.keep_going = true;
        let kept = kept.generate();
        assert_eq!(plain.diagnostics, kept.diagnostics, "{path}");
        assert!(
            plain.generated.unwrap().files == kept.generated.unwrap().files,
            "{path}"
        );
    }
    for path in documents_in("refusals").unwrap() {
        let mut case = tests::Case::read(&format!("refusals/{path}")).unwrap();
        case.config.keep_going = true;
        assert!(case.generate().diagnostics.has_errors(), "{path}");
    }
}
