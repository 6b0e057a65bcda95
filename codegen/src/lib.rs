//! Generates a typed Rust client from an OpenAPI document, as a pure function from bytes to files.
//!
//! [`generate`] is the entry point, and `run` contains the stages in their order. Each stage is one function in one module.
//! `ARCHITECTURE.md` describes what each stage may and must not know, and why.

#![allow(
    unreachable_pub,
    reason = "`pub` in a private module is the interface of a stage for other stages; the public API of the crate is \
        listed here"
)]

// What callers use.
pub mod config;
pub mod diagnostic;
pub mod diff;
pub mod graph;
pub mod instance;
pub mod loader;
pub mod locate;
pub mod package;
pub mod paging;
pub mod report;
pub mod stack;
pub mod stages;

// The stages: `run` shows their order.
mod document;
mod emit;
mod examples;
mod feature;
mod groups;
mod ir;
mod lower;
mod name;
mod normalize;
mod overlay;
mod read;
mod render;
mod selection;
mod show;
mod surface;

// What stages and results are made of.
mod at;
mod attributes;
mod consequences;
mod default_answers;
mod effective;
mod files;
mod fingerprint;
mod found;
mod inputs;
mod invisible;
mod media_type;
mod member_path;
mod methods;
mod model;
mod naming;
mod nearest;
mod origin;
mod outcome;
mod partial;
mod pattern;
mod yaml;

use std::ops::ControlFlow;

use self::{
    attributes::Attributes,
    default_answers::DefaultAnswers,
    feature::Features,
    found::{Found, Made, Watch},
    normalize::Canonical,
    report::Gathered,
};
pub use self::{
    config::{Config, GroupBy, Groups, InlineTypes, Naming, NullPolicy, ResponseEnums},
    files::Files,
    inputs::{Input, Inputs},
    invisible::acts_on_display,
    ir::{Coverage, Repeats},
    model::Model,
    normalize::{Change, Changes},
    outcome::{Effective, Generated, Outcome, Reported, Size},
    selection::Selection,
};

/// Generates the client of a document that consists of one file.
#[must_use]
pub fn generate(input: Input<'_>, config: &Config) -> Outcome {
    generate_with(input.into(), config)
}

/// Generates the client of a document with its overlays and the other files that it refers to.
#[must_use]
pub fn generate_with(inputs: Inputs<'_>, config: &Config) -> Outcome {
    let mut found = Found::default();
    let generated = run(inputs, config, &mut found, &mut |_| ControlFlow::Continue(()));
    let mut diagnostics = found.take_diagnostics();
    if generated.is_none() && !diagnostics.has_errors() {
        found.internal("the document was rejected, but no stage reported an error");
        diagnostics = found.take_diagnostics();
    }
    let diagnostics = config.levels.apply(diagnostics);
    let is_wanted = config.keep_going || !diagnostics.has_errors();
    Outcome {
        generated: generated.filter(|_| is_wanted),
        diagnostics,
        sources: found.take_sources(inputs),
        changes: found.changes,
    }
}

/// Returns the document that results from overlays, other files, dialects and a selection, as YAML.
#[must_use]
pub fn effective(inputs: Inputs<'_>, config: &Config) -> Effective {
    effective_as(effective::written, inputs, config)
}

/// Returns the same document as [`effective`], as JSON on one line. The order of names is that of the source.
#[must_use]
pub fn effective_json(inputs: Inputs<'_>, config: &Config) -> Effective {
    effective_as(effective::json, inputs, config)
}

fn effective_as(write: fn(&read::Node) -> String, inputs: Inputs<'_>, config: &Config) -> Effective {
    let (mut found, mut text) = (Found::default(), None);
    run(inputs, config, &mut found, &mut |made| {
        let Made::Canonical(canonical) = made else {
            return ControlFlow::Continue(());
        };
        text = Some(write(&canonical.source.root));
        ControlFlow::Break(())
    });
    let diagnostics = config.levels.apply(found.take_diagnostics());
    Effective {
        text: text.filter(|_| !diagnostics.has_errors()),
        diagnostics,
        sources: found.take_sources(inputs),
    }
}

/// Reports which keywords of a document its client supports. For a document with errors, the report covers the client that
/// [`Config::keep_going`] generates.
#[must_use]
pub fn report(inputs: Inputs<'_>, config: &Config) -> Reported {
    let config = Config {
        keep_going: true,
        ..config.clone()
    };
    let (mut found, mut gathered) = (Found::default(), Gathered::new(&config));
    let generated = run(inputs, &config, &mut found, &mut |made| gathered.see(made));
    let diagnostics = found.take_diagnostics();
    Reported {
        report: gathered.report(inputs.document.name, generated.as_ref(), &diagnostics, &found),
        diagnostics,
        sources: found.take_sources(inputs),
    }
}

/// Runs the stages in their order. Returns `None` if the document is rejected or `watch` stops the run; `found` contains the
/// reason.
fn run(inputs: Inputs<'_>, config: &Config, found: &mut Found, watch: Watch<'_>) -> Option<Generated> {
    let document_name = inputs.document.name;
    let mut canonical = canonical(inputs, config, found, watch)?;
    found.release_texts(&mut canonical, inputs);
    let default_answers = config
        .default_answers
        .then(|| DefaultAnswers::of(&effective::json(&canonical.source.root)));
    found.changes = canonical.changes;

    // From the tree to what it means. After this nothing in a document can make anything fail.
    let policies = config.policies();
    let (api, typed) = found.with_earlier(|diagnostics| {
        let (source, version) = (canonical.source, canonical.version);
        if config.keep_going {
            return partial::lower(source, version, policies, diagnostics);
        }
        let lowered = consequences::lowered((source, version), policies, diagnostics, &mut |document| {
            watch(Made::Document(document))
        });
        lowered.filter(|_| !diagnostics.has_errors())
    })?;
    watch(Made::Api(&api)).continue_value()?;

    // From the meaning to text.
    let names = naming::named(&api, &typed, config, &mut found.others);
    // What follows needs no locations, and the document is large.
    drop(typed);
    watch(Made::Names(&names)).continue_value()?;
    Attributes(&config.attributes).report_unused(&api, &mut found.others);
    let features = Features::of_groups(config.group_features, &api, &names);
    let context = emit::Context {
        api: &api,
        names: &names,
        features: &features,
        attributes: Attributes(&config.attributes),
        default_answers: default_answers.as_ref(),
        makes_clients: !config.hand_written_face,
        client_feature: config.client_feature || features.has_groups(),
    };
    watch(Made::Client(context)).continue_value()?;
    let source_name = config.source_name.as_deref().unwrap_or(document_name);
    match render::render(context, &emit::modules(context), source_name, config.jobs) {
        Ok(files) => Some(Generated::new(context, files)),
        Err(defect) => {
            found.internal(&defect.to_string());
            None
        }
    }
}

/// From text to one tree of OpenAPI 3.0, in which groups and paging are declared.
fn canonical(inputs: Inputs<'_>, config: &Config, found: &mut Found, watch: Watch<'_>) -> Option<Canonical> {
    let Inputs {
        document,
        overlays,
        loader,
    } = inputs;
    let (limits, include, exclude) = (&config.limits, &config.include, &config.exclude);
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
    groups::declare(&mut canonical.source.root, &config.groups, &mut found.tree);
    found.paging = paging::declare(&mut canonical, &config.paging, &mut found.tree);
    examples::check(&canonical.source.root, &mut found.tree);
    watch(Made::Canonical(&canonical)).continue_value()?;
    Some(canonical)
}
