//! Golden cases: a minimal document each, and the files that are made of it.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test -p tests --test golden` writes the snapshots again.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{collections::BTreeMap, sync::LazyLock};

use serde_yaml::Value;
use tests::{Case, bodies, documents_in};

macro_rules! cases {
    ($($area:ident { $($name:ident)* })*) => {
        $(mod $area {
            $(#[test]
            fn $name() {
                super::compare(stringify!($area), stringify!($name));
            })*
        })*

        const CASES: &[&str] = &[$($(concat!(stringify!($area), "/", stringify!($name), ".yaml"),)*)*];
    };
}

cases! {
    bodies {
        bodies_of_reading_methods
        body_without_media_type
        body_without_schema
        bytes
        encodings_that_make_no_difference
        files_of_openapi_3_1
        form
        form_with_styles
        json_by_another_name
        limits_of_bodies
        lines_of_json
        media_type_range
        multipart
        multipart_by_reference
        multipart_of_any_parts
        multipart_with_alternatives
        multipart_with_content_types
        optional_body_that_is_an_argument
        optional_json_by_another_name
        part_named_like_a_parameter
        several_media_types
        text
        text_of_a_number
        words_that_are_no_media_types
        xml
    }
    composition {
        all_of_around_scalars
        all_of_beside_properties
        all_of_diamond
        all_of_merged
        all_of_one_reference
        all_of_property_refined
        all_of_special_text
        all_of_with_scalar
        list_of_objects_that_hold_it
        members_by_pattern
        not_beside_properties
        containers_of_themselves
        oneof_arm_names
        oneof_arms_of_every_kind
        oneof_group
        oneof_group_of_one
        oneof_in_open_object
        pattern_properties
        recursion_by_nullable_value
        recursion_by_value
        recursion_through_all_of
        recursion_through_list
        recursion_through_oneof
        recursion_without_end
        two_oneof_groups
    }
    descriptions {
        comment_ends
        description_beside_reference
        document_description
        invisible_characters
        limits
        markdown_traps
        titles
    }
    dialects {
        additions_of_3_2
        boolean_schemas
        choice_or_null
        client_certificate
        conditions
        definitions_in_schemas
        encoded_texts
        exclusive_limits
        extensions_of_the_vendor
        info_summary
        inline_schema_or_null
        keywords_of_3_0
        keywords_of_3_1
        names_of_schemas
        no_paths
        no_paths_in_3_0
        no_responses
        null_alone
        null_among_values
        oneof_sentence
        other_methods
        reference_or_null
        reference_with_siblings
        schema_examples
        several_types
        streams_of_items
        swagger_bodies
        swagger_discriminator
        swagger_files
        swagger_forms
        swagger_parameters
        swagger_servers_and_security
        type_with_null
        unevaluated_properties
        unknown_dialects
        values_of_other_kinds
        version_as_number
        whole_queries
        words_beside_a_reference
    }
    enums {
        constants
        integers
        mixed_values
        of_constants
        values_of_other_types
    }
    names {
        clashing_schema_names
        dotted_keywords
        dotted_names
        dotted_names_without_prefix
        inline_name_that_is_taken
        module_beside_schema_of_its_name
        modules_that_are_no_files
        schema_names_in_any_script
        schemas_named_like_primitives
        schemas_named_like_the_prelude
    }
    operations {
        all_methods
        bodies_that_are_no_objects
        deprecated_operation
        deprecated_parameter
        draft_operation
        empty_names
        end_of_events
        fragments_in_paths
        group_features
        header_parameters
        idempotency_keys
        idempotent_operation
        inline_body
        list_in_path
        many_required_parameters
        method_names
        names_of_the_group_module
        names_that_clippy_reads
        no_operations
        no_response_body
        nullable_response
        numbers_as_text_in_bodies
        numbers_as_text_in_parameters
        optional_body
        other_media_types
        paging
        parameters_named_alike
        parameters_named_like_words_of_ours
        parameters_of_named_types
        path_parameter_without_place
        path_parameters
        path_with_literal_signs
        place_that_stands_twice
        query_list_styles
        query_parameters
        references_over_references
        required_body
        response_of_bytes
        shared_parameters
        shared_response_and_body
        status_as_number
        two_groups
        without_operation_id
    }
    parameters {
        any_json_in_parameters
        content_of_parameters
        cookies
        deep_objects
        empty_values
        exchanged_names_in_query
        exploded_delimiters
        header_without_name
        lists_inside_parameters
        nullable_parameters
        objects_in_headers
        objects_in_query
        odd_parameter_names
        path_styles
        query_in_path
        reserved_characters
        styles_that_make_no_difference
    }
    properties {
        clashing_property_names
        conditions_of_many_parts
        conditions_that_are_not_checked
        constraints
        constraints_that_are_not_checked
        defaults
        defaults_that_are_no_values
        deprecated_property
        keyword_properties
        list_properties
        many_flags
        members_of_conditions
        members_that_need_others
        neither_read_nor_written
        nullable_items
        nullable_property
        nullable_property_read_as_absent
        odd_property_names
        optional_property
        properties_named_like_methods
        read_only_component
        read_only_property
        required_deprecated_property
        required_property
        update_mask
        update_mask_and_more
        update_mask_of_the_request
        write_only_property
    }
    references {
        dynamic_references
        into_a_path
        into_a_property
        into_extensions
        path_item_by_reference
        property_called_ref
        to_ids_and_anchors
    }
    responses {
        words_that_are_no_media_types
        body_or_none
        bytes_of_any_kind
        default_alone
        errors_by_status
        errors_that_the_runtime_reads
        events_described_as_a_whole
        head_and_status_without_body
        headers
        inline_types_of_several_responses
        json_under_other_names
        lines_of_json
        one_error_type
        same_type_for_every_status
        server_sent_events
        several_forms
        several_statuses
        text_and_xml
    }
    schemas {
        alias_of_list
        alias_of_map
        alias_of_scalar
        any_message
        deprecated_schema
        empty_object
        enum_with_clashing_values
        enum_with_null
        enum_with_prefix
        enum_with_unfit_prefix
        free_form_object
        inline_enum
        inline_object
        integers_by_limits
        list_of_inline_objects
        map_of_models
        newtype
        numbers_by_format
        open_enum
        open_object
        string_formats
        unknown_format
    }
    security {
        alternatives_and_combinations
        api_keys
        clashing_scheme_names
        http_schemes
        issuer_and_certificate
        oauth2_flows
        two_schemes_of_one_header
        undeclared_scheme
    }
    servers {
        doubtful_servers
        hand_written_face
        relative_servers
        server_with_variables
        servers_of_paths_and_operations
        servers_that_cannot_be_used
        several_servers
        whole_client
    }
    webhooks {
        callbacks
        webhooks
    }
    tuples {
        exact_tuple
        items_as_a_list
        limits_of_tuples
        tuple_with_rest
    }
    unions {
        arms_of_one_type
        beside_properties
        conditions_are_no_arms
        discriminator_of_extensions
        discriminator_with_mapping
        in_all_of
        limits_of_arms
        nullable_union
        one_or_a_list
        recursive_union
        text_and_known_texts
        told_by_a_constant
        told_by_form
        unions_in_each_other
    }
}

fn compare(area: &str, name: &str) {
    let case = Case::read(&format!("golden/{area}/{name}.yaml")).unwrap();
    let shown = case.shown(&case.generate());
    insta::with_settings!({
        snapshot_path => format!("golden/{area}"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, shown);
    });
}

#[test]
fn the_list_is_the_folder() {
    let mut cases = CASES.to_vec();
    cases.sort_unstable();
    assert_eq!(cases, documents_in("golden").unwrap());
}

/// A case shows one thing: who has to read more than a page reads none.
#[test]
fn cases_are_short() {
    for GoldenCase { path, case, .. } in &*ALL {
        let lines = std::str::from_utf8(&case.bytes).unwrap().lines().count();
        assert!(lines <= 40, "{path} has {lines} lines");
    }
}

/// R19
#[test]
fn the_same_document_gives_the_same_files() {
    for GoldenCase { path, case, files } in &*ALL {
        assert_eq!(*files, files_of(case), "{path}");
    }
}

/// R19
#[test]
fn json_gives_what_yaml_gives() {
    for GoldenCase { path, case, files } in &*ALL {
        let document = document(case);
        let json = case.with_text("case.json", serde_json::to_string_pretty(&document).unwrap());
        assert_eq!(*files, files_of(&json), "{path}");
    }
}

/// R19
#[test]
fn the_order_of_entries_changes_nothing() {
    const UNORDERED: &[&[&str]] = &[
        &["paths"],
        &["paths", "*"],
        &["components", "schemas"],
        &["components", "schemas", "*"],
        &["components", "schemas", "*", "properties"],
        &["components", "parameters"],
        &["components", "securitySchemes"],
    ];
    for GoldenCase { path, case, files } in &*ALL {
        let mut document = document(case);
        for way in UNORDERED {
            reverse(&mut document, way);
        }
        let reversed = case.with_text("case.yaml", serde_yaml::to_string(&document).unwrap());
        assert_ne!(case.bytes, reversed.bytes);
        assert_eq!(*files, files_of(&reversed), "{path}");
    }
}

/// A case with its files, which all comparisons share.
struct GoldenCase {
    path: &'static str,
    case: Case,
    files: BTreeMap<String, String>,
}

static ALL: LazyLock<Vec<GoldenCase>> = LazyLock::new(|| {
    let golden_case = |path: &&'static str| {
        let case = Case::read(&format!("golden/{path}")).unwrap();
        let files = files_of(&case);
        GoldenCase { path, case, files }
    };
    CASES.iter().map(golden_case).collect()
});

/// The files that a case gives, without the lines that name their source.
fn files_of(case: &Case) -> BTreeMap<String, String> {
    let outcome = case.generate();
    let Some(generated) = &outcome.generated else {
        panic!("{}", case.shown(&outcome));
    };
    let files = bodies(generated);
    files.map(|(path, body)| (path.to_owned(), body.to_owned())).collect()
}

fn document(case: &Case) -> Value {
    serde_yaml::from_slice(&case.bytes).unwrap()
}

/// Turns the order of an object's members round; `*` stands for every member on the way.
fn reverse(value: &mut Value, way: &[&str]) {
    let Value::Mapping(members) = value else { return };
    match way {
        [] => {
            let reversed: Vec<(Value, Value)> = std::mem::take(members).into_iter().collect();
            members.extend(reversed.into_iter().rev());
        }
        ["*", rest @ ..] => members.values_mut().for_each(|member| reverse(member, rest)),
        [name, rest @ ..] => {
            if let Some(member) = members.get_mut(*name) {
                reverse(member, rest);
            }
        }
    }
}

/// The table of the README speaks of cases that are there.
#[test]
fn the_readme_names_cases_that_exist() {
    let readme = std::fs::read_to_string(tests::workspace().join("README.md")).unwrap();
    let table = readme.split("## What it understands").nth(1).unwrap();
    let table = table.split("\n## ").next().unwrap();
    let lines = table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let mut named = 0;
    for line in lines.skip(1) {
        let cases: Vec<&str> = line.rsplit('|').nth(1).unwrap().split('`').skip(1).step_by(2).collect();
        assert!(!cases.is_empty(), "{line}");
        for case in cases {
            assert!(CASES.contains(&format!("{case}.yaml").as_str()), "{case}");
            named += 1;
        }
    }
    assert!(named > 50, "{named}");
}
