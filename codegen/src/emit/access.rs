//! Where an operation is served and what it needs, where that is its own.

use super::{Context, form::Line};
use crate::{
    ir::{Operation, Requirement},
    name::ident,
};

/// The steps that tell the runtime.
pub(super) fn steps(context: Context<'_>, operation: &Operation) -> impl Iterator<Item = Line> {
    let security = operation.security.as_ref().map(security);
    let server = operation.servers.first().map(|id| {
        let name = ident(&context.names.server(*id).ident);
        Line::new()
            .word("server(super::super::servers::")
            .attached()
            .ident(&name)
            .sign(")")
    });
    security.into_iter().chain(server)
}

/// `security(&[&["key"], &["user", "token"]])`
fn security(required: &Requirement) -> Line {
    let mut line = Line::new().word("security(&[");
    for (index, schemes) in required.iter().enumerate() {
        line = if index == 0 {
            line.sign("&[")
        } else {
            line.sign(",").word("&[")
        };
        for (index, scheme) in schemes.iter().enumerate() {
            line = if index == 0 { line.attached() } else { line.sign(",") }.text(scheme);
        }
        line = line.sign("]");
    }
    line.sign("])")
}
