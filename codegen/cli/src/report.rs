//! `report`: prints what a client has of its document, keyword by keyword.

use codegen::Reported;

use crate::{Failure, Request, inputs::Inputs, output::print};

/// Prints the report of a document, as text or as JSON.
pub fn run(request: &Request, is_json: bool) -> Result<(), Failure> {
    let inputs = Inputs::of(request)?;
    let Reported {
        report,
        diagnostics,
        sources,
    } = inputs.give(codegen::report)?;
    let Some(report) = report else {
        request.messages.diagnostics_beside_output(&diagnostics, &sources);
        let tally = request.messages.tally(&diagnostics);
        return Err(Failure::Run(format!("{tally}: the document cannot be read")));
    };
    print(&if is_json {
        report.to_json(&sources)
    } else {
        report.to_text(&sources)
    });
    Ok(())
}
