//! The page that a reviewer of a changed document opens first: every operation and every type, a line each.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test -p tests --test inventory` writes it again.
#![allow(clippy::unwrap_used, reason = "tests")]

#[test]
fn the_inventory_of_the_client() {
    let outcome = tests::generate_client().unwrap();
    let said = outcome.diagnostics.render(&outcome.sources);
    assert_eq!(said, "", "the document says something doubtful");
    let inventory = outcome.generated.unwrap().inventory;
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("inventory", inventory);
    });
}
