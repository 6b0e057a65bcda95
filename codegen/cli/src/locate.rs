//! `where`: prints where a document declares a Rust item, and which items a part of it becomes.

use std::{fmt::Write as _, path::Path};

use codegen::{
    diff::Spot,
    locate::{Located, Map, map},
};

use crate::{
    Failure, Request,
    inputs::Inputs,
    output::{print, printable},
    paths::shown,
};

/// Answers a question, which is a Rust item or a JSON pointer, and writes the map of all items if that is wanted.
pub fn run(request: &Request, question: Option<&str>, file: Option<&Path>) -> Result<(), Failure> {
    let map = Inputs::of(request)?.give(map)?;
    if map.items.is_none() {
        request
            .messages
            .diagnostics_beside_output(&map.diagnostics, &map.sources);
        return Err(Failure::Run("the document has errors".to_owned()));
    }
    if let Some(file) = file {
        std::fs::write(file, map.to_json())
            .map_err(|error| Failure::Run(format!("cannot write {}: {error}", shown(file))))?;
        request.messages.note(&format!("{} has the map", shown(file)));
    }
    match question {
        Some(question) => answer(&map, question),
        None => Ok(()),
    }
}

fn answer(map: &Map, question: &str) -> Result<(), Failure> {
    let found = map.find(question);
    if found.is_empty() {
        let help = map
            .nearest(question)
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        return Err(Failure::Run(format!("no item is called {question:?}{help}")));
    }
    let mut text = String::new();
    for Located { item, spot } in found {
        let Spot {
            file,
            line,
            column,
            pointer,
        } = spot;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}\n    {file}:{line}:{column} {}",
            printable(item),
            printable(pointer)
        );
    }
    print(&text);
    Ok(())
}
