//! Documents that are refused, and what is said to the user about each.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test -p tests --test refusals` writes the snapshots again.
#![allow(clippy::unwrap_used, reason = "tests")]

use codegen::{
    Config,
    diagnostic::{Code, Severity},
};
use tests::{Case, bodies, documents_in};

macro_rules! refusals {
    ($($name:ident = $file:literal)*) => {
        $(#[test]
        fn $name() {
            compare(stringify!($name), $file);
        })*

        const REFUSALS: &[&str] = &[$($file,)*];
    };
}

refusals! {
    aliases_of_lists_too_deep = "aliases_of_lists_too_deep.yaml"
    all_of_cycle = "all_of_cycle.yaml"
    cut_off = "cut_off.json"
    duplicate_key = "duplicate_key.yaml"
    duplicate_key_in_json = "duplicate_key_in_json.json"
    duplicate_operation_id = "duplicate_operation_id.yaml"
    duplicate_parameter = "duplicate_parameter.yaml"
    empty = "empty.yaml"
    empty_enum = "empty_enum.yaml"
    header_name_with_line_feed = "header_name_with_line_feed.yaml"
    hostile_text = "hostile_text.yaml"
    invalid_extension = "invalid_extension.yaml"
    errors_of_two_stages = "errors_of_two_stages.yaml"
    invalid_status = "invalid_status.yaml"
    latin1 = "latin1.yaml"
    lists_too_deep = "lists_too_deep.yaml"
    media_type_with_code = "media_type_with_code.yaml"
    missing_key = "missing_key.yaml"
    multiple_of_zero = "multiple_of_zero.yaml"
    no_version = "no_version.yaml"
    oneof_arm_in_two_groups = "oneof_arm_in_two_groups.yaml"
    oneof_arm_that_is_no_property = "oneof_arm_that_is_no_property.yaml"
    only_a_comment = "only_a_comment.yaml"
    optional_path_parameter = "optional_path_parameter.yaml"
    paging_of_fields_that_are_not_there = "paging_of_fields_that_are_not_there.yaml"
    paging_of_places_that_are_not_there = "paging_of_places_that_are_not_there.yaml"
    paging_in_another_form = "paging_in_another_form.yaml"
    path_parameter_without_place = "path_parameter_without_place.yaml"
    path_with_a_variable_twice_in_query = "path_with_a_variable_twice_in_query.yaml"
    path_with_unclear_query = "path_with_unclear_query.yaml"
    misspelt_required_keys = "misspelt_required_keys.yaml"
    misspelt_section = "misspelt_section.yaml"
    misspelt_values = "misspelt_values.yaml"
    one_slip_one_error = "one_slip_one_error.yaml"
    renamed_path_parameter = "renamed_path_parameter.yaml"
    path_without_slash = "path_without_slash.yaml"
    place_without_path_parameter = "place_without_path_parameter.yaml"
    reference_cycle = "reference_cycle.yaml"
    reference_to_another_section = "reference_to_another_section.yaml"
    remote_reference = "remote_reference.yaml"
    scalar = "scalar.yaml"
    server_of_another_scheme = "server_of_another_scheme.yaml"
    styles_of_swagger_in_openapi_3 = "styles_of_swagger_in_openapi_3.yaml"
    swagger = "swagger.yaml"
    tabs = "tabs.yaml"
    three_errors = "three_errors.yaml"
    trailing_comma = "trailing_comma.json"
    two_documents = "two_documents.yaml"
    unknown_location = "unknown_location.yaml"
    required_body_without_a_body = "required_body_without_a_body.yaml"
    unknown_stability = "unknown_stability.yaml"
    unknown_type = "unknown_type.yaml"
    unknown_version = "unknown_version.yaml"
    unresolved_reference = "unresolved_reference.yaml"
    update_mask_of_no_object = "update_mask_of_no_object.yaml"
    version_as_list = "version_as_list.yaml"
    wrong_kind = "wrong_kind.yaml"
}

/// R14: every refusal gives a place or says why there is none, the cause, and no file.
fn compare(name: &str, file: &str) {
    let case = Case::read(&format!("refusals/{file}")).unwrap();
    let outcome = case.generate();
    let said = outcome.diagnostics.render(&outcome.sources);
    insta::with_settings!({
        snapshot_path => "refusals",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, said);
    });
    assert!(outcome.generated.is_none(), "files were made");
    assert!(outcome.diagnostics.has_errors(), "nothing was said");
    for diagnostic in &outcome.diagnostics {
        assert!(diagnostic.place.is_some(), "no place: {}", diagnostic.message);
        assert!(diagnostic.help.is_some(), "no next step: {}", diagnostic.message);
    }
    let is_harmless = |c: char| c == '\n' || !codegen::acts_on_display(c);
    assert!(said.chars().all(is_harmless), "a terminal would act upon {said:?}");
}

/// A rule of the configuration for one operation has to fit, and a rule for several has to be for any.
#[test]
fn rules_of_paging_name_what_is_there() {
    let document = "openapi: 3.0.3
info: {title: Refused, version: '1'}
paths:
  /v1/a:
    get:
      operationId: list
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {date: {type: array, items: {}}}}}}}}
";
    let rows = [
        ("path: /v2/**, items: $", "no operation has a path like `/v2/**`"),
        ("operation: lisst, items: $", "did you mean `list`?"),
        ("operation: list, items: $.data", "did you mean `$.date`?"),
        ("items: $", "does not say which operations it is for"),
    ];
    for (rule, expected) in rows {
        let config = format!("paging: {{rules: [{{{rule}, next: {{link: next}}}}]}}");
        let input = codegen::Input {
            name: "rules.yaml",
            bytes: document.as_bytes(),
        };
        let outcome = codegen::generate(input, &codegen::Config::parse(&config).unwrap());
        let said = outcome.diagnostics.render(&outcome.sources);
        assert!(outcome.generated.is_none() && said.contains(expected), "{rule}: {said}");
    }
}

/// As deep as it may be, in an unoptimized build with all its stack.
#[test]
fn lists_inside_each_other_are_taken_up_to_the_limit() {
    let (open, close) = ("{type: array, items: ".repeat(60), "}".repeat(60));
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: Deep, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{Deep: {open}{{type: string}}{close}}}}}\n"
    );
    let input = codegen::Input {
        name: "deep.yaml",
        bytes: document.as_bytes(),
    };
    let outcome = codegen::generate(input, &codegen::Config::default());
    assert!(
        outcome.generated.is_some(),
        "{}",
        outcome.diagnostics.render(&outcome.sources)
    );
}

/// The compiler's stack would overflow on the struct.
#[test]
fn properties_are_taken_up_to_the_limit() {
    let is_taken = |number: usize| {
        let properties: Vec<String> = (0..number).map(|n| format!("p{n}: {{type: string}}")).collect();
        let properties = properties.join(", ");
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: Wide, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{Wide: {{properties: {{{properties}}}}}}}}}\n"
        );
        let input = codegen::Input {
            name: "wide.yaml",
            bytes: document.as_bytes(),
        };
        let outcome = codegen::generate(input, &Config::default());
        let codes: Vec<&str> = outcome.diagnostics.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(
            codes,
            if outcome.generated.is_some() {
                vec![]
            } else {
                vec!["node-limit"]
            }
        );
        outcome.generated.is_some()
    };
    assert!(is_taken(4_000) && !is_taken(4_001));
}

fn with_schemas(schemas: &str) -> codegen::Outcome {
    let document =
        format!("openapi: 3.0.3\ninfo: {{title: Many, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}");
    let input = codegen::Input {
        name: "many.yaml",
        bytes: document.as_bytes(),
    };
    codegen::generate(input, &Config::default())
}

/// R16: whichever way schemas lead to themselves, and however long it is.
#[test]
fn cycles_end_in_an_error_or_in_a_type() {
    for length in [1, 2, 3, 50, 300] {
        let cycle = |link: fn(usize) -> String| {
            let schemas: Vec<String> = (0..length)
                .map(|number| format!("    S{number}: {}\n", link((number + 1) % length)))
                .collect();
            with_schemas(&schemas.concat())
        };
        for without_end in [
            cycle(|next| format!("{{$ref: '#/components/schemas/S{next}'}}")),
            cycle(|next| {
                format!(
                    "{{allOf: [{{$ref: '#/components/schemas/S{next}'}}, {{type: object, properties: {{a: {{type: string}}}}}}]}}"
                )
            }),
        ] {
            let mut codes = without_end.diagnostics.iter().map(|diagnostic| diagnostic.code);
            assert!(
                codes.any(|code| [Code::ReferenceCycle, Code::DepthLimit].contains(&code)),
                "{length}"
            );
            assert!(without_end.generated.is_none(), "{length}");
        }
        for with_end in [
            cycle(|next| format!("{{type: object, properties: {{next: {{$ref: '#/components/schemas/S{next}'}}}}}}")),
            cycle(|next| {
                format!(
                    "{{type: object, properties: {{next: {{type: array, items: {{$ref: '#/components/schemas/S{next}'}}}}}}}}"
                )
            }),
        ] {
            assert!(
                with_end.generated.is_some(),
                "{length}: {}",
                with_end.diagnostics.render(&with_end.sources)
            );
        }
    }
}

/// R16: 2^24 ways lead through these schemas, and a visit of each would outlast everybody.
#[test]
fn shared_parts_are_understood_once() {
    for link in [
        "{allOf: [{$ref: '#/components/schemas/NEXT'}, {$ref: '#/components/schemas/NEXT'}]}",
        "{type: object, properties: {a: {$ref: '#/components/schemas/NEXT'}, b: {$ref: '#/components/schemas/NEXT'}}}",
        "{type: object, required: [a, b], properties: {a: {$ref: '#/components/schemas/NEXT'}, b: {$ref: '#/components/schemas/NEXT'}}}",
    ] {
        let mut schemas = "    S24: {type: object, properties: {z: {type: string}}}\n".to_owned();
        for number in 0..24 {
            let link = link.replace("NEXT", &format!("S{}", number + 1));
            schemas.extend([format!("    S{number}: {link}\n")]);
        }
        let outcome = with_schemas(&schemas);
        assert!(
            outcome.generated.is_some(),
            "{}",
            outcome.diagnostics.render(&outcome.sources)
        );
    }
}

#[test]
fn the_list_is_the_folder() {
    let mut refusals = REFUSALS.to_vec();
    refusals.sort_unstable();
    assert_eq!(refusals, documents_in("refusals").unwrap());
}

/// What is only doubtful is said, and generated all the same.
#[test]
fn warnings_refuse_nothing() {
    let document = "openapi: 3.0.3\ninfo: {title: Doubtful, version: '1', colour: red}\npaths: {}\n";
    let input = codegen::Input {
        name: "doubtful.yaml",
        bytes: document.as_bytes(),
    };
    let outcome = codegen::generate(input, &Config::default());
    assert!(outcome.generated.is_some());
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("unknown_key", outcome.diagnostics.render(&outcome.sources));
    });
}

/// All that is wrong is said in one run, in the order of the places.
#[test]
fn independent_errors_come_together() {
    let case = Case::read("refusals/three_errors.yaml").unwrap();
    let diagnostics = case.generate().diagnostics;
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    let lines: Vec<u32> = errors.filter_map(|error| error.place).map(|place| place.line).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.is_sorted(), "{lines:?}");
}

/// D6: a budget that is spent is a warning, however far away from a value its limits are.
#[test]
fn limits_are_checked_or_a_warning_says_that_they_are_not() {
    let follow = |number: usize| {
        format!(
            "    S{number}: {{allOf: [{{$ref: '#/components/schemas/S{}'}}]}}\n",
            number + 1
        )
    };
    for (use_of_chain, rule) in [
        (
            "{type: object, properties: {a: {$ref: '#/components/schemas/S0'}}}",
            " [Maximum(",
        ),
        (
            "{type: object, properties: {a: {not: {$ref: '#/components/schemas/S0'}}}}",
            " [Not(",
        ),
    ] {
        let mut checked = Vec::new();
        for length in [1, 7, 8, 9, 100, 127, 128, 129, 200] {
            let chain: String = (0..length).map(follow).collect();
            let last = format!("    S{length}: {{type: integer, maximum: 3}}\n    User: {use_of_chain}\n");
            let outcome = with_schemas(&(chain + &last));
            let is_reported = outcome.diagnostics.iter().any(|one| one.code == Code::Weakened);
            let generated = outcome.generated.unwrap();
            let is_checked = bodies(&generated).any(|(_, text)| text.contains(rule));
            assert!(is_checked != is_reported, "{rule} {length}: {is_checked} {is_reported}");
            checked.push(is_checked);
        }
        assert!(checked.contains(&true) && checked.contains(&false), "{checked:?}");
    }
}
