//! Reads an OpenAPI document and writes a typed Rust client: a pure function from text to files.
//!
//! [`generate`] is the whole program. Each stage is one function in one room; `ARCHITECTURE.md` beside this crate says
//! what each may and must not know, and why it is so.

mod at;
pub mod config;
mod consequences;
pub mod diagnostic;
pub mod document;
mod effective;
pub mod emit;
pub mod feature;
pub mod files;
mod inventory;
mod invisible;
pub mod ir;
pub mod loader;
pub mod lower;
pub mod name;
mod nearest;
pub mod normalize;
pub mod origin;
mod overlay;
pub mod package;
mod partial;
pub mod read;
pub mod render;
pub mod report;
mod selection;

pub use self::{config::Config, files::Files, lower::NullPolicy, selection::Selection};
use self::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    document::Document,
    feature::Features,
    ir::Api,
    loader::{Loader, NoFiles},
    read::Source,
    report::Report,
};

/// A document to generate from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// What messages and the heads of generated files call it: a path relative to the project.
    pub name: &'a str,
    /// Its text, in YAML or JSON.
    pub bytes: &'a [u8],
}

/// All that a client is made of.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The document.
    pub document: Input<'a>,
    /// Overlays, which are applied to it in this order.
    pub overlays: &'a [Input<'a>],
    /// Gives the other files that it refers to.
    pub loader: &'a dyn Loader,
}

impl<'a> From<Input<'a>> for Inputs<'a> {
    /// A document that stands alone.
    fn from(document: Input<'a>) -> Self {
        Self {
            document,
            overlays: &[],
            loader: &NoFiles,
        }
    }
}

/// What a run gives: a client or the reasons why there is none, and in any case what was found on the way.
#[derive(Debug)]
pub struct Outcome {
    /// The client; `None` where the diagnostics hold an error, unless what is whole of it is wanted
    /// ([`Config::keep_going`]).
    pub generated: Option<Generated>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Diagnostics,
    /// What the document says in other words than OpenAPI 3.0 has, and means the same.
    pub changes: normalize::Changes,
    /// The texts that the diagnostics' places point into.
    pub sources: diagnostic::Files,
}

/// A generated client.
#[derive(Debug)]
pub struct Generated {
    /// The document's title.
    pub title: String,
    /// The modules, relative to the folder of generated code.
    pub files: Files,
    /// The cargo features of the groups of operations; none where they have none.
    pub features: Vec<String>,
    /// One line an operation and one a type: the page that a reviewer opens first.
    pub inventory: String,
    /// How much there is of it.
    pub size: Size,
    /// Where each schema has become a model, sorted by the schema's name.
    pub models: Vec<Model>,
}

/// A named type and the path of its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The name of the component schema, or that of the schema around an inline one and the way from there.
    pub schema: String,
    /// The model's path in the generated code, such as `models::app::v1::App`.
    pub path: String,
}

/// How much a client holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Its operations.
    pub operations: usize,
    /// Its named types.
    pub types: usize,
    /// How many of the document's schemas have a type.
    pub coverage: ir::Coverage,
}

/// Generates the client of a document that stands alone.
#[must_use]
pub fn generate(input: Input<'_>, config: &Config) -> Outcome {
    generate_with(input.into(), config)
}

/// Generates the client of a document with all that belongs to it.
#[must_use]
pub fn generate_with(inputs: Inputs<'_>, config: &Config) -> Outcome {
    let Understood {
        api,
        changes,
        sources,
        mut diagnostics,
        ..
    } = understood(inputs, config, |_| ());
    let generated = api.and_then(|api| write(&api, inputs.document.name, config, &mut diagnostics));
    if generated.is_none() && !diagnostics.has_errors() {
        diagnostics.push(internal("the document was refused, and no stage says why"));
    }
    diagnostics.sort();
    let diagnostics = config.levels.apply(diagnostics);
    let is_wanted = config.keep_going || !diagnostics.has_errors();
    Outcome {
        generated: generated.filter(|_| is_wanted),
        diagnostics,
        changes,
        sources,
    }
}

/// What a report gives: none where the document cannot be read.
#[derive(Debug)]
pub struct Reported {
    /// What has become of each keyword.
    pub report: Option<Report>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Diagnostics,
    /// The texts that places point into.
    pub sources: diagnostic::Files,
}

/// Says what of a document its client has. Of a document with errors it is what is whole of it.
#[must_use]
pub fn report(inputs: Inputs<'_>, config: &Config) -> Reported {
    let config = Config {
        keep_going: true,
        ..config.clone()
    };
    let mut keywords = None;
    let mut understood = understood(inputs, &config, |source| {
        keywords = Some(report::Keywords::of(source));
    });
    understood.diagnostics.sort();
    Reported {
        report: keywords.map(|keywords| keywords.report(inputs.document.name, &understood)),
        diagnostics: understood.diagnostics,
        sources: understood.sources,
    }
}

/// What a document amounts to with all that belongs to it.
#[derive(Debug)]
pub struct Effective {
    /// The document in canonical form, in YAML; `None` where the diagnostics hold an error.
    pub text: Option<String>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Diagnostics,
    /// The texts that the diagnostics' places point into.
    pub sources: diagnostic::Files,
}

/// The document that results from overlays, other files, dialects and a selection.
#[must_use]
pub fn effective(inputs: Inputs<'_>, config: &Config) -> Effective {
    let Normalized {
        canonical,
        origins,
        sources,
        said,
    } = normalized(inputs, config, |_| ());
    let mut diagnostics = said.source;
    diagnostics.extend(origins.translate(said.tree));
    diagnostics.extend(said.others);
    diagnostics.sort();
    let diagnostics = config.levels.apply(diagnostics);
    let text = canonical.filter(|_| !diagnostics.has_errors());
    Effective {
        text: text.map(|canonical| effective::written(&canonical.source.root)),
        diagnostics,
        sources,
    }
}

/// What the stages that may refuse a document give: after them nothing in it can make anything fail.
struct Understood {
    api: Option<Api>,
    /// Where in the source the parts of the canonical tree stand.
    origins: origin::Origins,
    changes: normalize::Changes,
    sources: diagnostic::Files,
    diagnostics: Diagnostics,
}

/// The stages that may refuse a document; `look` sees what the first of them have gathered.
fn understood(inputs: Inputs<'_>, config: &Config, look: impl FnOnce(&Source)) -> Understood {
    let Normalized {
        canonical,
        origins,
        sources,
        said,
    } = normalized(inputs, config, look);
    let Said {
        source: mut diagnostics,
        tree,
        others,
    } = said;
    let in_source = diagnostics.len();
    diagnostics.extend(tree);
    let mut changes = normalize::Changes::new();
    let api = canonical.and_then(|canonical| {
        changes = canonical.changes;
        let (source, version) = (canonical.source, canonical.version);
        if config.keep_going {
            return partial::lower(source, version, config.null, &mut diagnostics);
        }
        lowered(source, version, config.null, &mut diagnostics)
    });
    let in_tree = diagnostics.split_off(in_source);
    diagnostics.extend(origins.translate(in_tree));
    diagnostics.extend(others);
    Understood {
        api,
        origins,
        changes,
        sources,
        diagnostics,
    }
}

/// The stages that give the document its meaning. Findings of the second that follow from those of the first are left out.
fn lowered(
    source: Source,
    version: normalize::Version,
    null: NullPolicy,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let (mut of_document, mut of_lower) = (Diagnostics::new(), Diagnostics::new());
    let document = Document::build(source, version, &mut of_document);
    let api = document
        .as_ref()
        .and_then(|document| lower::lower(document, null, &mut of_lower));
    let root = document.as_ref().map(|document| &document.source.root);
    diagnostics.extend(consequences::left_out(of_document, of_lower, root));
    api
}

/// A document in canonical form, and what there is to say up to there.
struct Normalized {
    canonical: Option<normalize::Canonical>,
    origins: origin::Origins,
    sources: diagnostic::Files,
    said: Said,
}

/// What is said, by what its pointers point into.
#[derive(Default)]
struct Said {
    /// The document as it was read.
    source: Diagnostics,
    /// The canonical tree.
    tree: Diagnostics,
    /// Overlays and other files. What is wrong in a file is an error where it is referred to, too.
    others: Diagnostics,
}

/// The stages up to the canonical form.
fn normalized(inputs: Inputs<'_>, config: &Config, look: impl FnOnce(&Source)) -> Normalized {
    let Inputs {
        document,
        overlays,
        loader,
    } = inputs;
    let mut said = Said::default();
    let stopped = |sources, said| Normalized {
        canonical: None,
        origins: origin::Origins::default(),
        sources,
        said,
    };
    let source = match read::read(document.name, document.bytes, &config.limits) {
        Ok(source) => source,
        Err(unreadable) => {
            said.source = unreadable.diagnostics;
            return stopped(unreadable.files, said);
        }
    };
    said.source.extend(source.warnings.iter().cloned());
    let source = overlay::apply(source, overlays, &config.limits, &mut said.others);
    if said.others.has_errors() || !normalize::may_have_version(&source, &mut said.source) {
        return stopped(source.files, said);
    }
    let source = normalize::bundle(source, loader, &config.limits, &mut said.tree, &mut said.others);
    look(&source);
    let (sources, origins) = (source.files.clone(), source.origins.clone());
    let Some(mut canonical) = normalize::canonical(source, &mut said.source) else {
        return Normalized {
            canonical: None,
            origins,
            sources,
            said,
        };
    };
    let Config { include, exclude, .. } = config;
    selection::select(&mut canonical.source.root, include, exclude, &mut said.tree);
    Normalized {
        origins: canonical.source.origins.clone(),
        canonical: Some(canonical),
        sources,
        said,
    }
}

/// The stages that write: names, tokens, text.
fn write(api: &Api, source: &str, config: &Config, diagnostics: &mut Diagnostics) -> Option<Generated> {
    let names = name::name(api, &config.module_prefix);
    let features = if config.group_features {
        Features::of_groups(api, &names)
    } else {
        Features::none()
    };
    let context = emit::Context {
        api,
        names: &names,
        features: &features,
        makes_clients: !config.hand_written_face,
    };
    let modules = emit::modules(context);
    match render::render(context, &modules, source) {
        Ok(files) => Some(Generated {
            title: api.title.clone(),
            files,
            features: features.names(&names),
            inventory: inventory::inventory(context),
            size: Size {
                operations: api.operations().count(),
                types: api.types.len(),
                coverage: api.coverage,
            },
            models: inventory::models(context),
        }),
        Err(error) => {
            diagnostics.push(internal(&error.to_string()));
            None
        }
    }
}

fn internal(message: &str) -> Diagnostic {
    let help = "this is a defect of the generator, and nothing was written: please report it with the document";
    Diagnostic::error(Code::Internal, None, "", message).help(help)
}
