//! How the time of generation grows with the document.

use std::{fmt::Write as _, fs, path::Path};

use specwright::{Failure, output::print, paths::shown};

use super::measure::{self, Program};

/// The numbers of schemas of ten properties, each with an operation that returns one value and an operation with pages of them.
const SIZES: [usize; 4] = [500, 1_000, 2_000, 4_000];
const PROPERTIES: usize = 10;

/// Generates from documents of growing size, and prints a row for each.
pub(super) fn run(ours: &Program, folder: &Path) -> Result<(), Failure> {
    print("\n| schemas | wall, s | CPU, s | memory, MB |\n| --- | --- | --- | --- |\n");
    for size in SIZES {
        let path = folder.join(format!("growth-{size}.json"));
        fs::write(&path, document(size))
            .map_err(|error| Failure::Run(format!("cannot write {}: {error}", shown(&path))))?;
        let figures = measure::rounds(std::slice::from_ref(ours), &path, folder)?;
        if let Some(Some(figures)) = figures.first() {
            print(&format!("| {size} | {figures} |\n"));
        }
    }
    Ok(())
}

/// A document of so many schemas, with two operations for each.
fn document(size: usize) -> String {
    let (mut paths, mut schemas) = (String::new(), String::new());
    for number in 0..size {
        let comma = if number == 0 { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = write!(
            paths,
            r##"{comma}"/things/{number}/{{id}}":{{"get":{{"operationId":"getThing{number}","tags":["group{}"],"parameters":[{{"name":"id","in":"path","required":true,"schema":{{"type":"string"}}}}],"responses":{{"200":{{"description":"The thing.","content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/Thing{number}"}}}}}}}}}}}}}}"##,
            number / 20
        );
        let _ = write!(
            paths,
            r##","/things/{number}":{{"get":{{"operationId":"listThings{number}","tags":["group{}"],"x-ms-pageable":{{"nextLinkName":"next","operationName":"getThing{number}"}},"responses":{{"200":{{"description":"A page.","content":{{"application/json":{{"schema":{{"type":"object","properties":{{"next":{{"type":"string"}},"value":{{"type":"array","items":{{"$ref":"#/components/schemas/Thing{number}"}}}}}}}}}}}}}}}}}}}}"##,
            number / 20
        );
        let _ = write!(schemas, r#"{comma}"Thing{number}":{{"type":"object","properties":{{"#);
        for property in 0..PROPERTIES {
            let comma = if property == 0 { "" } else { "," };
            let _ = write!(
                schemas,
                r#"{comma}"property{property}":{{"type":"string","description":"A property of a thing."}}"#
            );
        }
        schemas.push_str("}}");
    }
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"Growth","version":"1"}},"paths":{{{paths}}},"components":{{"schemas":{{{schemas}}}}}}}"#
    )
}
