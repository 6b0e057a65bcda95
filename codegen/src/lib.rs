//! Reads an OpenAPI document and writes a typed Rust client: a pure function from text to files.
//!
//! [`generate`] is the whole program, and `run` shows its stages in their order. Each stage is one function in one module;
//! `ARCHITECTURE.md` beside this crate says what each may and must not know, and why it is so.

#![allow(
    unreachable_pub,
    reason = "`pub` in a private module is what a stage offers the others; what this crate offers is listed here"
)]

// What callers use.
pub mod config;
pub mod diagnostic;
pub mod loader;
pub mod package;
pub mod paging;
pub mod report;
pub mod stages;

// The stages: `run` shows their order.
mod document;
mod emit;
mod feature;
mod ir;
mod lower;
mod name;
mod normalize;
mod overlay;
mod read;
mod render;
mod selection;
mod show;

// What stages and results are made of.
mod at;
mod consequences;
mod effective;
mod files;
mod fingerprint;
mod found;
mod inputs;
mod inventory;
mod invisible;
mod media_type;
mod member_path;
mod methods;
mod nearest;
mod origin;
mod outcome;
mod partial;

use std::ops::ControlFlow;

pub use self::{
    config::{Config, NullPolicy, ResponseEnums},
    files::Files,
    inputs::{Input, Inputs},
    inventory::Model,
    invisible::acts_on_display,
    ir::Coverage,
    normalize::{Change, Changes},
    outcome::{Effective, Generated, Outcome, Reported, Size},
    selection::Selection,
};
use self::{
    feature::Features,
    found::{Found, Made, Watch},
    report::Gathered,
};

/// Generates the client of a document that stands alone.
#[must_use]
pub fn generate(input: Input<'_>, config: &Config) -> Outcome {
    generate_with(input.into(), config)
}

/// Generates the client of a document with all that belongs to it.
#[must_use]
pub fn generate_with(inputs: Inputs<'_>, config: &Config) -> Outcome {
    let mut found = Found::default();
    let generated = run(inputs, config, &mut found, &mut |_| ControlFlow::Continue(()));
    let mut diagnostics = found.take_diagnostics();
    if generated.is_none() && !diagnostics.has_errors() {
        found.internal("the document was refused, and no stage says why");
        diagnostics = found.take_diagnostics();
    }
    let diagnostics = config.levels.apply(diagnostics);
    let is_wanted = config.keep_going || !diagnostics.has_errors();
    Outcome {
        generated: generated.filter(|_| is_wanted),
        diagnostics,
        changes: found.changes,
        sources: found.files,
    }
}

/// Returns the document that results from overlays, other files, dialects and a selection.
#[must_use]
pub fn effective(inputs: Inputs<'_>, config: &Config) -> Effective {
    let (mut found, mut text) = (Found::default(), None);
    run(inputs, config, &mut found, &mut |made| {
        let Made::Canonical(canonical) = made else {
            return ControlFlow::Continue(());
        };
        text = Some(effective::written(&canonical.source.root));
        ControlFlow::Break(())
    });
    let diagnostics = config.levels.apply(found.take_diagnostics());
    Effective {
        text: text.filter(|_| !diagnostics.has_errors()),
        diagnostics,
        sources: found.files,
    }
}

/// Reports what of a document its client has. Of a document with errors it is what is whole of it.
#[must_use]
pub fn report(inputs: Inputs<'_>, config: &Config) -> Reported {
    let config = Config {
        keep_going: true,
        ..config.clone()
    };
    let (mut found, mut gathered) = (Found::default(), Gathered::default());
    run(inputs, &config, &mut found, &mut |made| gathered.see(made));
    let diagnostics = found.take_diagnostics();
    Reported {
        report: gathered.report(inputs.document.name, &diagnostics, &found),
        diagnostics,
        sources: found.files,
    }
}

/// The stages in their order. `None` where the document is refused or `watch` has seen enough; `found` says which.
fn run(inputs: Inputs<'_>, config: &Config, found: &mut Found, watch: Watch<'_>) -> Option<Generated> {
    let Inputs {
        document,
        overlays,
        loader,
    } = inputs;
    let Config {
        limits,
        include,
        exclude,
        ..
    } = config;

    // From text to one tree of OpenAPI 3.0.
    let source = found.read(read::read(document.name, document.bytes, limits))?;
    watch(Made::Read(&source)).continue_value()?;
    let source = overlay::apply(source, overlays, limits, &mut found.others);
    found.places_of(&source);
    if found.others.has_errors() || !normalize::may_have_version(&source, &mut found.source) {
        return None;
    }
    let source = normalize::bundle(source, loader, limits, &mut found.tree, &mut found.others);
    found.places_of(&source);
    watch(Made::Source(&source)).continue_value()?;
    let mut canonical = normalize::canonical(source, &mut found.source)?;
    found.places_of(&canonical.source);
    canonical.removed.unselected = selection::select(&mut canonical.source.root, include, exclude, &mut found.tree);
    found.paging = paging::declare(
        &mut canonical.source.root,
        &config.paging,
        &mut canonical.changes,
        &mut found.tree,
    );
    watch(Made::Canonical(&canonical)).continue_value()?;
    found.changes = canonical.changes;

    // From the tree to what it means. After this nothing in a document can make anything fail.
    let api = found.with_earlier(|diagnostics| {
        let (source, version) = (canonical.source, canonical.version);
        if config.keep_going {
            return partial::lower(source, version, config.policies(), diagnostics);
        }
        let api = consequences::lowered((source, version), config.policies(), diagnostics, &mut |document| {
            watch(Made::Document(document))
        });
        api.filter(|_| !diagnostics.has_errors())
    })?;
    watch(Made::Api(&api)).continue_value()?;

    // From the meaning to text.
    let names = name::name(&api, &config.module_prefix);
    watch(Made::Names(&names)).continue_value()?;
    let features = if config.group_features {
        Features::of_groups(&api, &names)
    } else {
        Features::none()
    };
    let context = emit::Context {
        api: &api,
        names: &names,
        features: &features,
        makes_clients: !config.hand_written_face,
    };
    match render::render(context, &emit::modules(context), document.name) {
        Ok(files) => Some(Generated::new(context, files)),
        Err(defect) => {
            found.internal(&defect.to_string());
            None
        }
    }
}
