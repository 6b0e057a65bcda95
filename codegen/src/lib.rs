//! Reads an OpenAPI document and writes a typed Rust client: a pure function from text to files.
//!
//! [`generate`] is the whole program. Each stage is one function in one room; `ARCHITECTURE.md` beside this crate says
//! what each may and must not know, and why it is so.

mod at;
pub mod config;
pub mod diagnostic;
pub mod document;
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
pub mod package;
mod partial;
pub mod read;
pub mod render;
pub mod report;

pub use self::{config::Config, files::Files, lower::NullPolicy};
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
    generate_with(input, &NoFiles, config)
}

/// Generates the client of a document that refers to other files.
#[must_use]
pub fn generate_with(input: Input<'_>, loader: &dyn Loader, config: &Config) -> Outcome {
    let source = match read::read(input.name, input.bytes, &config.limits) {
        Ok(source) => source,
        Err(unreadable) => {
            return Outcome {
                generated: None,
                diagnostics: unreadable.diagnostics,
                changes: normalize::Changes::new(),
                sources: unreadable.files,
            };
        }
    };
    let Understood {
        api,
        changes,
        sources,
        mut diagnostics,
        ..
    } = understand(source, loader, config, |_| ());
    let generated = api.and_then(|api| write(&api, input.name, config, &mut diagnostics));
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
pub fn report(input: Input<'_>, loader: &dyn Loader, config: &Config) -> Reported {
    let source = match read::read(input.name, input.bytes, &config.limits) {
        Ok(source) => source,
        Err(unreadable) => {
            return Reported {
                report: None,
                diagnostics: unreadable.diagnostics,
                sources: unreadable.files,
            };
        }
    };
    let config = Config {
        keep_going: true,
        ..config.clone()
    };
    let mut keywords = None;
    let mut understood = understand(source, loader, &config, |source| {
        keywords = Some(report::Keywords::of(source));
    });
    understood.diagnostics.sort();
    Reported {
        report: keywords.map(|keywords| keywords.report(input.name, &understood)),
        diagnostics: understood.diagnostics,
        sources: understood.sources,
    }
}

/// What the stages that may refuse a document give.
struct Understood {
    api: Option<Api>,
    /// Where in the source the parts of the canonical tree stand.
    origins: origin::Origins,
    changes: normalize::Changes,
    sources: diagnostic::Files,
    diagnostics: Diagnostics,
}

/// The stages that may refuse a document, and a look at what the first of them has gathered: after them nothing in it can make anything fail.
fn understand(source: Source, loader: &dyn Loader, config: &Config, look: impl FnOnce(&Source)) -> Understood {
    let mut diagnostics = source.warnings.clone();
    let (mut of_bundle, mut of_files) = (Diagnostics::new(), Diagnostics::new());
    let source = normalize::bundle(source, loader, &config.limits, &mut of_bundle, &mut of_files);
    look(&source);
    let sources = source.files.clone();
    let mut origins = source.origins.clone();
    let canonical = normalize::canonical(source, &mut diagnostics);
    let of_normalize = diagnostics.len();
    diagnostics.extend(of_bundle);
    let mut changes = normalize::Changes::new();
    let api = canonical.and_then(|canonical| {
        changes = canonical.changes;
        origins = canonical.source.origins.clone();
        if config.keep_going {
            return partial::lower(canonical.source, config.null, &mut diagnostics);
        }
        let document = Document::build(canonical.source, &mut diagnostics)?;
        lower::lower(&document, config.null, &mut diagnostics)
    });
    // The later stages speak of the canonical tree.
    let said = diagnostics.split_off(of_normalize);
    diagnostics.extend(origins.translate(said));
    // What is wrong in other files is an error at the references to them too, and of no part of the document.
    diagnostics.extend(of_files);
    Understood {
        api,
        origins,
        changes,
        sources,
        diagnostics,
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
