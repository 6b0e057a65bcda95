//! A small change of a document is a small change of the client: which files change, and by how many lines.
//!
//! The numbers are removed and added lines together. They are exact: a reviewer of the generator sees in the same commit
//! where a change of a document becomes more to read, and where it becomes less.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use similar::{ChangeTag, TextDiff};
use tests::Case;

const PETS: &str = "apis/pets.rs";
const PETS_MODELS: &str = "models/pets/v1.rs";
const USERS_MODELS: &str = "models/users/v1.rs";

/// Replaces text that has to be there, compares the clients, and holds the changed files against what is expected.
fn assert_change(edits: &[(&str, &str)], expected: &[(&str, usize)]) {
    let before = Case::read("changes/shop.yaml").unwrap();
    let mut text = String::from_utf8(before.bytes.clone()).unwrap();
    for (old, new) in edits {
        assert!(text.contains(old), "the document has no {old:?}");
        text = text.replace(old, new);
    }
    let after = before.with_text(&before.name, text);
    let changed = changed_lines(&files(&before), &files(&after));
    let expected = expected.iter().map(|(path, lines)| ((*path).to_owned(), *lines));
    assert_eq!(changed, expected.collect());
}

fn files(case: &Case) -> BTreeMap<String, String> {
    let outcome = case.generate();
    let said = outcome.diagnostics.render(&outcome.sources);
    let Some(generated) = outcome.generated else {
        panic!("{said}")
    };
    assert_eq!(said, "");
    let files = generated.files.iter();
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// The files that differ, with the number of lines that were removed or added.
fn changed_lines(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> BTreeMap<String, usize> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut changed = BTreeMap::new();
    for path in paths {
        let text = |files: &BTreeMap<String, String>| files.get(path).cloned().unwrap_or_default();
        let (old, new) = (text(before), text(after));
        let difference = TextDiff::from_lines(&old, &new);
        let lines = difference.iter_all_changes();
        let lines = lines.filter(|change| change.tag() != ChangeTag::Equal).count();
        if lines > 0 {
            changed.insert(path.clone(), lines);
        }
    }
    changed
}

#[test]
fn a_property_more_changes_its_struct() {
    let edit = (
        "        name: {description: Its name., type: string}\n        owner:",
        "        age: {type: integer}\n        name: {description: Its name., type: string}\n        owner:",
    );
    assert_change(&[edit], &[(PETS_MODELS, 1)]);
}

#[test]
fn a_property_less_changes_its_struct() {
    let edit = (
        "        owner: {$ref: '#/components/schemas/shop.api.users.v1.User'}\n",
        "",
    );
    assert_change(&[edit], &[(PETS_MODELS, 2)]);
}

#[test]
fn an_enum_value_more_changes_its_enum() {
    assert_change(&[("COLOR_BLUE]", "COLOR_BLUE, COLOR_GREEN]")], &[(PETS_MODELS, 1)]);
    assert_change(&[("[COLOR_RED", "[COLOR_GREEN, COLOR_RED")], &[(PETS_MODELS, 1)]);
}

#[test]
fn an_arm_more_changes_its_group() {
    let edits = [
        ("[mail, phone]", "[mail, phone, chat]"),
        ("        mail: ", "        chat: {type: string}\n        mail: "),
    ];
    assert_change(&edits, &[(USERS_MODELS, 1)]);
}

#[test]
fn an_operation_more_changes_its_group() {
    let operation = "    delete:\n      operationId: shop.api.pets.v1.Pets.Delete\n      x-client-group: pets\n      \
                     x-client-method: delete\n      parameters:\n        - {name: pet_id, in: path, required: true, \
                     description: Which., schema: {type: string}}\n      responses: {'204': {description: Done.}}\n";
    let edit = ("  /users/{user_id}:", &*format!("{operation}  /users/{{user_id}}:"));
    assert_change(&[edit], &[(PETS, 6)]);
}

#[test]
fn a_group_more_changes_one_line_in_each_list_of_groups() {
    let operation = "  /toys:\n    get:\n      operationId: shop.api.toys.v1.Toys.List\n      x-client-group: toys\n      \
                     x-client-method: list\n      responses: {'204': {description: Done.}}\n";
    let edit = ("  /users/{user_id}:", &*format!("{operation}  /users/{{user_id}}:"));
    assert_change(&[edit], &[("apis.rs", 1), ("apis/toys.rs", 12), ("client.rs", 1)]);
}

#[test]
fn a_parameter_more_changes_its_operation() {
    let edit = (
        "      responses:\n        '200':\n          description: The pets.",
        "        - {name: after, in: query, schema: {type: string}}\n      responses:\n        '200':\n          description: The pets.",
    );
    assert_change(&[edit], &[(PETS, 1)]);
}

#[test]
fn a_schema_more_changes_its_module() {
    let edit = (
        "    shop.api.users.v1.Role:",
        "    shop.api.users.v1.Admin:\n      type: object\n      properties:\n        name: {type: string}\n    shop.api.users.v1.Role:",
    );
    assert_change(&[edit], &[(USERS_MODELS, 6)]);
}

#[test]
fn a_schema_in_a_new_namespace_changes_one_line_elsewhere() {
    let edit = (
        "    shop.api.users.v1.Role:",
        "    shop.api.toys.v1.Toy: {type: string}\n    shop.api.users.v1.Role:",
    );
    assert_change(
        &[edit],
        &[("models.rs", 1), ("models/toys.rs", 5), ("models/toys/v1.rs", 9)],
    );
}

#[test]
fn a_renamed_schema_changes_where_it_stands_and_where_it_is_used() {
    assert_change(
        &[("shop.api.users.v1.Role", "shop.api.users.v1.Duty")],
        &[(USERS_MODELS, 2)],
    );
    assert_change(
        &[
            ("shop.api.users.v1.User'", "shop.api.users.v1.Visitor'"),
            ("shop.api.users.v1.User:", "shop.api.users.v1.Visitor:"),
        ],
        &[("apis/users.rs", 4), (PETS_MODELS, 2), (USERS_MODELS, 6)],
    );
}

#[test]
fn a_description_changes_its_documentation() {
    assert_change(&[("A color.", "What it looks like.")], &[(PETS_MODELS, 2)]);
}

/// R19: what nobody can see in the client changes nothing, down to the last byte.
#[test]
fn order_version_and_comments_change_nothing() {
    assert_change(&[("version: '1'", "version: '2'")], &[]);
    assert_change(&[("components:", "# Models.\ncomponents:")], &[]);
    assert_change(
        &[
            (
                "        mail: ",
                "        name: {description: Their name., type: string}\n        mail: ",
            ),
            (
                "string}\n        name: {description: Their name., type: string}\n        phone",
                "string}\n        phone",
            ),
        ],
        &[],
    );
    let before = Case::read("changes/shop.yaml").unwrap();
    let mut document: serde_yaml::Value = serde_yaml::from_slice(&before.bytes).unwrap();
    for section in [&["paths"] as &[&str], &["components", "schemas"]] {
        let mut entries = &mut document;
        for key in section {
            entries = &mut entries[*key];
        }
        let entries = entries.as_mapping_mut().unwrap();
        let reversed: Vec<_> = std::mem::take(entries).into_iter().collect();
        entries.extend(reversed.into_iter().rev());
    }
    let after = before.with_text(&before.name, serde_yaml::to_string(&document).unwrap());
    assert_eq!(files(&before), files(&after));
}
