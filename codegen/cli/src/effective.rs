//! `effective`: writes the document that a client is generated from in the end.

use std::{fs, path::Path};

use codegen::Effective;

use crate::{
    Failure, Request,
    inputs::Inputs,
    output::{print, report},
    paths::shown,
};

/// Writes the effective document to a file, or prints it.
pub fn run(request: &Request, output: Option<&Path>) -> Result<(), Failure> {
    let inputs = Inputs::of(request)?;
    let Effective {
        text,
        diagnostics,
        sources,
    } = inputs.give(codegen::effective)?;
    request.messages.diagnostics_beside_output(&diagnostics, &sources);
    let Some(text) = text else {
        let tally = request.messages.tally(&diagnostics);
        return Err(Failure::Run(format!("{tally}: nothing was written")));
    };
    match output {
        Some(path) => write(path, &text)?,
        None => print(&text),
    }
    if !diagnostics.is_empty() {
        report(&format!("{}\n", request.messages.tally(&diagnostics)));
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::Run(format!("cannot write {}: {error}", shown(path))))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::fs;

    use super::run;
    use crate::Request;

    #[test]
    fn the_document_that_results_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(
            path("openapi.yaml"),
            "openapi: 3.0.3\ninfo: {title: Pets, version: '1.0'}\npaths: {}\ncomponents: {schemas: {Pet: {$ref: pet.yaml}}}\n",
        )
        .unwrap();
        fs::write(path("pet.yaml"), "{type: object, properties: {born: {type: string}}}\n").unwrap();
        fs::write(
            path("dogs.overlay.yaml"),
            "overlay: 1.1.0\ninfo: {title: Dogs, version: '1'}\nactions:\n- {target: $.info.title, update: Dogs}\n",
        )
        .unwrap();
        let request = Request {
            document: Some(path("openapi.yaml")),
            overlays: vec![path("dogs.overlay.yaml")],
            ..Request::default()
        };
        run(&request, Some(&path("out.yaml"))).unwrap();
        assert_eq!(
            fs::read_to_string(path("out.yaml")).unwrap(),
            "openapi: '3.0.3'\ninfo:\n  title: Dogs\n  version: '1.0'\npaths: {}\ncomponents:\n  schemas:\n    Pet:\n      type: object\n      \
             properties:\n        born:\n          type: string\n"
        );
        fs::write(path("pet.yaml"), "{type: object, type: string}\n").unwrap();
        assert!(
            run(&request, None)
                .unwrap_err()
                .to_string()
                .ends_with("nothing was written")
        );
    }
}
