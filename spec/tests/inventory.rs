//! The page that a reviewer of a changed document opens first: every public item and each of its members, a line
//! each, with what it means on the wire.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test -p tests --test spec inventory` writes it again.

#[test]
fn the_inventory_of_the_client() {
    let outcome = crate::of_document(codegen::generate_with);
    let said = outcome.diagnostics.render(&outcome.sources);
    assert_eq!(said, "", "the document says something doubtful");
    let surface = crate::of_document(codegen::stages::surface).unwrap();
    insta::with_settings!({ snapshot_path => "..", omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("inventory", surface);
    });
}
