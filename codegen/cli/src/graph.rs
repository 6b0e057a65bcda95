//! `graph`: draws operations and models, and which refers to which.

use std::{fs, path::Path};

use codegen::graph::{Focus, Graph, graph};

use crate::{Failure, Request, inputs::Inputs, output::print, paths::shown};

/// Writes the picture to a file, or prints it.
pub fn run(request: &Request, focus: &Focus, file: Option<&Path>) -> Result<(), Failure> {
    let Graph {
        svg,
        diagnostics,
        sources,
    } = Inputs::of(request)?.give(|inputs, config| graph(inputs, config, focus))?;
    let Some(svg) = svg else {
        request.messages.diagnostics_beside_output(&diagnostics, &sources);
        return Err(Failure::Run("the document has errors".to_owned()));
    };
    let svg = svg.map_err(Failure::Run)?;
    let Some(file) = file else {
        print(&svg);
        return Ok(());
    };
    fs::write(file, svg).map_err(|error| Failure::Run(format!("cannot write {}: {error}", shown(file))))
}
