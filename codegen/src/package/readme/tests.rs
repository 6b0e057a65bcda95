//! Tests of the page.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::{Package, merged, written};
use crate::{
    emit::Front,
    package::{Metadata, PackageName, Runtime},
};

fn with<T>(title: &str, to: impl FnOnce(Package<'_>) -> T) -> T {
    let front = Front {
        title: title.to_owned(),
        version: "`1`".to_owned(),
        server: Some("pets_example_com".to_owned()),
        credentials: vec![".key(\"secret\")".to_owned()],
        calls: vec!["client.pets().list_pets()".to_owned()],
        ..Front::default()
    };
    to(Package {
        name: &PackageName::parse("pet-store").unwrap(),
        title,
        source: "pets.yaml",
        features: &[],
        runtime: &Runtime::Workspace,
        metadata: &Metadata::default(),
        front: Some(&front),
    })
}

#[test]
fn the_example_has_the_names_of_the_crate() {
    let page = with("Pets", written);
    let expected = "\
use pet_store::{Client, Credentials, servers};

# async fn example() -> Result<(), pet_store::specwright_runtime::Error> {
let client = Client::builder(servers::pets_example_com())
    .credentials(Credentials::new().key(\"secret\"))
    .build()?;
let response = client.pets().list_pets().await?;
# Ok(())
# }
";
    assert!(page.contains(expected), "{page}");
}

#[test]
fn text_around_the_block_is_kept() {
    let first = with("Pets", written);
    let present = format!("My notes.\n\n{first}\nMore of them.");
    let page = with("Dogs", |package| merged(&present, package)).unwrap();
    assert_eq!(page, format!("My notes.\n\n{}\nMore of them.", with("Dogs", written)));
    assert_eq!(
        with("Dogs", |package| merged("All mine.\n", package)).unwrap(),
        "All mine.\n"
    );
}

#[test]
fn an_edit_of_the_block_is_refused() {
    let edited = with("Pets", written).replace("# Pets", "# Cats");
    let error = with("Pets", |package| merged(&edited, package)).unwrap_err();
    assert!(error.message.contains("was edited") && error.line == 1, "{error}");
    let open = with("Pets", written).replace("specwright: end", "the end");
    let error = with("Pets", |package| merged(&open, package)).unwrap_err();
    assert!(error.message.contains("no end mark"), "{error}");
}
