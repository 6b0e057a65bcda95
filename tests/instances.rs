//! Instances that the generator makes of schemas, judged by an independent validator.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(clippy::print_stdout, reason = "the figures are part of what this is for")]

#[path = "round_trip/mutate.rs"]
mod mutate;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use codegen::{
    Config, Input,
    instance::{Direction, Instances, Random, Style, component_schemas, is_valid},
};
use libtest_mimic::{Arguments, Trial};
use serde_json::{Value, json};
use tests::{Case, documents_in};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let golden = Trial::test("every_instance_of_a_golden_case_is_valid", || {
        golden_cases();
        Ok(())
    });
    let suite = match env::var_os("CORPUS_DIR") {
        Some(folder) => Trial::test("what_is_invalid_in_the_json_schema_suite_is_not_valid", move || {
            suite(&PathBuf::from(&folder));
            Ok(())
        }),
        None => Trial::test("JSON Schema's suite: CORPUS_DIR is not set", || Ok(())).with_ignored_flag(true),
    };
    libtest_mimic::run(&arguments, vec![golden, suite]).exit_code()
}

/// The canonical document of a golden case.
fn canonical(path: &str) -> Option<Value> {
    let case = Case::read(&format!("golden/{path}")).unwrap();
    let input = Input {
        name: &case.name,
        bytes: &case.bytes,
    };
    let config = Config::default();
    let text = codegen::effective_json(input.into(), &config).text?;
    Some(serde_json::from_str(&text).unwrap())
}

/// A schema with the document that its references point into.
fn judge(document: &Value, schema: &Value) -> Option<jsonschema::Validator> {
    let mut root = document.clone();
    root.as_object_mut()?.extend(schema.as_object()?.clone());
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    options.should_validate_formats(true).build(&root).ok()
}

/// The schemas without an instance: no value is valid, or the check of the generator, which is stricter than JSON Schema, cannot
/// decide it.
const WITHOUT: [&str; 17] = [
    "composition/all_of_with_scalar.yaml Odd",
    "composition/contradictory_properties.yaml ByReference",
    "composition/parts_without_a_common_type.yaml Mixed",
    "composition/recursion_without_end.yaml Endless",
    "dialects/unevaluated_properties.yaml Cat",
    "enums/arrays_and_objects.yaml Part",
    "enums/null_without_quotes.yaml Alone",
    "tuples/items_as_a_list.yaml Names",
    "unions/arms_of_one_type.yaml Shape",
    "unions/discriminator_with_mapping.yaml Pet",
    "unions/recursive_union.yaml Expression",
    "unions/recursive_union.yaml Not",
    "unions/recursive_union.yaml Same",
    "unions/unions_in_each_other.yaml Literal",
    "unions/unions_in_each_other.yaml Operand",
    "unions/unions_in_each_other.yaml Term",
    "unions/variant_with_nothing_of_its_own.yaml Shape",
];

fn golden_cases() {
    let (mut made, mut refused, mut without) = (0, 0, Vec::new());
    for path in documents_in("golden").unwrap() {
        let Some(canonical) = canonical(&path) else { continue };
        for direction in [Direction::Request, Direction::Response] {
            let document = component_schemas(&canonical, direction);
            let schemas = document["components"]["schemas"].as_object().unwrap();
            for name in schemas.keys() {
                let pointer = name.replace('~', "~0").replace('/', "~1");
                let schema = json!({"$ref": format!("#/components/schemas/{pointer}")});
                let Some(validator) = judge(&document, &schema) else {
                    continue;
                };
                let mut found = 0;
                for style in [Style::Complete, Style::Minimal, Style::Generated, Style::Varied] {
                    let mut instances = Instances::new(&document, style, 1);
                    let values = (0..2).map_while(|_| instances.of(&schema));
                    for value in values {
                        let error = validator.validate(&value).err();
                        assert!(error.is_none(), "{path} {name}: {value}: {error:?}");
                        found += 1;
                        for (mutation, mutant) in mutate::mutants(&value, &mut Random::new(1)) {
                            if !validator.is_valid(&mutant) {
                                refused += 1;
                                let is_accepted = is_valid(&document, &schema, &mutant);
                                assert!(!is_accepted, "{path} {name}: {mutation}: {mutant}");
                            }
                        }
                    }
                }
                made += found;
                if found == 0 {
                    without.push(format!("{path} {name}"));
                }
            }
        }
    }
    println!(
        "{made} instances, {refused} invalid mutants, {} schemas without an instance: {without:#?}",
        without.len()
    );
    assert!(made > 6_000 && refused > 12_000);
    without.sort();
    without.dedup();
    assert_eq!(without, WITHOUT);
}

/// The check of the generator says less than JSON Schema allows, and never more.
fn suite(folder: &Path) {
    let path = folder.join("json-schema-test-suite/draft2020-12.json");
    let groups: Vec<Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let (mut agreed, mut rejected, mut accepted) = (0, Vec::new(), Vec::new());
    let is_optional = |group: &&Value| group["group"].as_str().is_some_and(|name| name.contains("/optional/"));
    for group in groups.iter().filter(|group| !is_optional(group)) {
        let schema = &group["schema"];
        for test in group["tests"].as_array().unwrap() {
            let name = format!("{}: {}", group["description"], test["description"]);
            match (is_valid(schema, schema, &test["data"]), test["valid"] == true) {
                (true, false) => accepted.push(name),
                (false, true) => rejected.push(name),
                _ => agreed += 1,
            }
        }
    }
    println!("{agreed} agree, {} are rejected: {rejected:#?}", rejected.len());
    assert!(accepted.is_empty(), "{accepted:#?}");
}
