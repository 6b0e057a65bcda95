//! The command line: one definition of each option.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use codegen::{
    Selection,
    diagnostic::{Code, Level, Levels},
};
use specwright::{
    Request, explain, init,
    output::{Color, MessageFormat, Messages},
};

use crate::comparison::{Diff, Graph, Where};
#[cfg(feature = "mock")]
use crate::mock::Mock;
#[cfg(not(all(feature = "mock", feature = "watch")))]
use crate::unavailable::Unavailable;

/// Generate a typed Rust client from an OpenAPI document.
#[derive(Debug, Parser)]
#[command(name = "specwright", version = specwright::VERSION, disable_help_subcommand = true, subcommand_required = true)]
#[command(
    after_help = "`specwright help COMMAND` describes a command; `specwright help output` says what goes to standard \
                        output and standard error."
)]
pub(crate) struct Arguments {
    /// Print only diagnostics and failures.
    #[arg(long, short, global = true, help_heading = "Output")]
    quiet: bool,
    /// Whether diagnostics have colors; `auto` also respects `NO_COLOR`.
    #[arg(long, global = true, help_heading = "Output", value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
    /// How diagnostics are written: for people, as one JSON object a line, or as one SARIF 2.1.0 log.
    #[arg(long, global = true, help_heading = "Output", value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    message_format: Format,
    /// Show notes, which need no action; without it, they are only counted.
    #[arg(long, global = true, help_heading = "Output")]
    notes: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    pub(crate) fn messages(&self) -> Messages {
        Messages {
            format: match self.message_format {
                Format::Human => MessageFormat::Human,
                Format::Json => MessageFormat::Json,
                Format::Sarif => MessageFormat::Sarif,
            },
            notes: self.notes,
            color: match self.color {
                ColorChoice::Auto => Color::Auto,
                ColorChoice::Always => Color::Always,
                ColorChoice::Never => Color::Never,
            },
            quiet: self.quiet,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Human,
    Json,
    Sarif,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a configuration in which every key is explained.
    Init(Init),
    /// Write the client of a document.
    Generate(Generate),
    /// Say whether the written client is the one that the document gives.
    Check(Check),
    /// Generate again whenever the document or the configuration changes.
    #[cfg(feature = "watch")]
    Watch(Generate),
    #[cfg(not(feature = "watch"))]
    #[command(hide = true)]
    Watch(Unavailable),
    /// Say what a change of a document means: in Rust, for HTTP, and whether it is silent.
    Diff(Diff),
    /// Find where the document declares a Rust item, and which items a part of it becomes.
    Where(Where),
    /// Draw operations and models, and which refers to which, as SVG.
    Graph(Graph),
    /// List every keyword of a document, and how far the client supports it.
    Report(Report),
    /// Write the document that the client is generated from in the end.
    Effective(Effective),
    /// Print what a stage of the generator made of a document.
    Show(Show),
    /// Serve a document on this machine: validate requests, and answer with examples or made values.
    #[cfg(feature = "mock")]
    Mock(Mock),
    #[cfg(not(feature = "mock"))]
    #[command(hide = true)]
    Mock(Unavailable),
    /// Print what a code means, as in error[duplicate-key]; without a code, list all.
    Explain {
        /// The code.
        code: Option<String>,
    },
    /// Print the JSON Schema of the configuration file.
    Schema,
    /// Print completions for a shell.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page.
    Man,
    /// Describe a command, or `output`.
    Help {
        /// A command, or `output`.
        topic: Option<String>,
    },
}

/// What a client is made of.
#[derive(Args, Debug)]
pub(crate) struct Inputs {
    /// The OpenAPI document, in YAML or JSON; without it, the configuration names it.
    document: Option<PathBuf>,
    /// The configuration; without it, `specwright.yaml` in the current folder or in the nearest folder above it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Use this client of a configuration that has several.
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    /// Apply this OpenAPI overlay (1.0 or 1.1) to the document first. May be repeated.
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// Let the document refer to files in this folder too. May be repeated.
    #[arg(long = "allow-folder", value_name = "DIR")]
    allow_folders: Vec<PathBuf>,
}

impl Inputs {
    pub(crate) fn request(&self, messages: Messages) -> Request {
        Request {
            document: self.document.clone(),
            config: self.config.clone(),
            client: self.client.clone(),
            overlays: self.overlays.clone(),
            allow_folders: self.allow_folders.clone(),
            messages,
            ..Request::default()
        }
    }
}

/// A part of a document.
#[derive(Args, Debug)]
#[command(next_help_heading = "Selection")]
pub(crate) struct Selected {
    /// Generate only operations with this tag. An operation is generated if any option of this kind matches it. May be
    /// repeated, as the next ones may.
    #[arg(long = "tag", value_name = "NAME")]
    tags: Vec<String>,
    /// Generate only the operation with this id, or with this method and path, as in 'GET /pets'.
    #[arg(long = "operation", value_name = "NAME")]
    operations: Vec<String>,
    /// Generate only operations of this path and those below it; * is any segment, ** any number of them.
    #[arg(long = "path", value_name = "PATTERN")]
    paths: Vec<String>,
    /// Leave out operations with this tag.
    #[arg(long = "exclude-tag", value_name = "NAME")]
    exclude_tags: Vec<String>,
    /// Leave out this operation.
    #[arg(long = "exclude-operation", value_name = "NAME")]
    exclude_operations: Vec<String>,
    /// Leave out operations of these paths.
    #[arg(long = "exclude-path", value_name = "PATTERN")]
    exclude_paths: Vec<String>,
}

/// How strict a command is about the document.
#[derive(Args, Debug)]
#[command(next_help_heading = "Strictness")]
pub(crate) struct Strictness {
    /// Generate everything that no error affects; the exit code is 1 all the same.
    #[arg(long)]
    keep_going: bool,
    /// Treat all warnings as errors.
    #[arg(long)]
    deny_warnings: bool,
    /// Hide warnings and notes of this code. May be repeated.
    #[arg(long, value_name = "CODE", value_parser = code)]
    allow: Vec<Code>,
    /// Treat warnings and notes of this code as errors. May be repeated.
    #[arg(long, value_name = "CODE", value_parser = code)]
    deny: Vec<Code>,
}

fn code(text: &str) -> Result<Code, specwright::Failure> {
    explain::code(text)
}

/// Which client, and where it goes.
#[derive(Args, Debug)]
pub(crate) struct Target {
    #[command(flatten)]
    inputs: Inputs,
    /// The folder of the crate to generate. It is created if it does not exist.
    #[arg(long, value_name = "DIR", conflicts_with = "module")]
    out: Option<PathBuf>,
    /// The folder of modules to generate in an existing crate, such as src/api.
    #[arg(long, value_name = "DIR")]
    module: Option<PathBuf>,
    /// The name of a new crate; without it, the name of the document's file.
    #[arg(long)]
    name: Option<String>,
    /// Where `specwright-runtime` comes from: its folder, a version such as 0.1, or `workspace`.
    #[arg(long, value_name = "DIR|VERSION|workspace")]
    runtime: Option<String>,
    /// The number of threads; without it, one for each core.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    jobs: usize,
    #[command(flatten)]
    selected: Selected,
    #[command(flatten)]
    strictness: Strictness,
}

impl Target {
    fn request(&self, messages: Messages) -> Request {
        let Selected {
            tags,
            operations,
            paths,
            exclude_tags,
            exclude_operations,
            exclude_paths,
        } = &self.selected;
        let selection = |tags: &Vec<String>, operations: &Vec<String>, paths: &Vec<String>| Selection {
            tags: tags.clone(),
            operations: operations.clone(),
            paths: paths.clone(),
        };
        Request {
            out: self.out.clone(),
            module: self.module.clone(),
            name: self.name.clone(),
            runtime: self.runtime.clone(),
            jobs: self.jobs,
            include: selection(tags, operations, paths),
            exclude: selection(exclude_tags, exclude_operations, exclude_paths),
            keep_going: self.strictness.keep_going,
            levels: self.strictness.levels(),
            ..self.inputs.request(messages)
        }
    }
}

impl Strictness {
    fn levels(&self) -> Levels {
        let allowed = self.allow.iter().map(|code| (*code, Level::Allow));
        let denied = self.deny.iter().map(|code| (*code, Level::Deny));
        Levels {
            warnings: if self.deny_warnings {
                Level::Deny
            } else {
                Level::default()
            },
            codes: allowed.chain(denied).collect(),
        }
    }
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "All files are written, or none. Files that are as they should be are not touched. Generated \
                             files that the document no longer gives are removed. Files that were not generated are never \
                             changed; of Cargo.toml only the lines between the marks of specwright change.\n\nExit code: 0, \
                             1 (the document, the configuration, the disk) or 2 (the command line)."
)]
pub(crate) struct Generate {
    #[command(flatten)]
    target: Target,
    /// List the files that would change, and write nothing.
    #[arg(long, help_heading = "Writing")]
    dry_run: bool,
    /// Add the dependencies that a module needs to the Cargo.toml of its crate.
    #[arg(long, help_heading = "Writing")]
    add_dependencies: bool,
}

impl Generate {
    pub(crate) fn request(&self, messages: Messages) -> Request {
        Request {
            dry_run: self.dry_run,
            add_dependencies: self.add_dependencies,
            ..self.target.request(messages)
        }
    }
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "Generates in memory and lists the files that are missing, stale or orphaned. Writes \
                             nothing.\n\nExit code: 0 (no difference), 1 (differences, or an error in the document or the \
                             configuration) or 2 (the command line)."
)]
pub(crate) struct Check {
    #[command(flatten)]
    target: Target,
}

impl Check {
    pub(crate) fn request(&self, messages: Messages) -> Request {
        self.target.request(messages)
    }
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "A keyword is understood, weakened (supported in part), left out (it has no meaning for a \
                             client), not supported, or refused. The report has the locations and the reasons. For a \
                             document with errors, it is about what `generate --keep-going` makes of it."
)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// Text for people, or one JSON object with every location.
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    format: ReportFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    Human,
    Json,
}

impl Report {
    pub(crate) fn is_json(&self) -> bool {
        self.format == ReportFormat::Json
    }
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "Overlays are applied, all files are in one, the words are those of OpenAPI 3.0 where it has \
                             them, and what is not selected is gone. The document gives the same client."
)]
pub(crate) struct Effective {
    #[command(flatten)]
    inputs: Inputs,
    /// The file to write; without it, the document goes to standard output.
    #[arg(long = "out", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    selected: Selected,
}

impl Effective {
    pub(crate) fn request(&self, messages: Messages) -> Request {
        let selected = &self.selected;
        Request {
            include: Selection {
                tags: selected.tags.clone(),
                operations: selected.operations.clone(),
                paths: selected.paths.clone(),
            },
            exclude: Selection {
                tags: selected.exclude_tags.clone(),
                operations: selected.exclude_operations.clone(),
                paths: selected.exclude_paths.clone(),
            },
            ..self.inputs.request(messages)
        }
    }
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "source: every value as it was read, with its file, line and column\ncanonical: the canonical \
                             document in YAML, as `effective` writes it\nmeaning: what each schema means, and why\nir: types, \
                             operations, payloads, security schemes and servers\nnames: wire names, and the identifiers made \
                             of them\n\nThe text is for people: its form may change."
)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// source, canonical, meaning, ir or names.
    #[arg(long)]
    pub(crate) stage: String,
    /// Print only what is at this JSON pointer or below it. The pointers are those at the start of the lines; ir and names
    /// also know the pointers of component schemas, ir those of operations.
    #[arg(long, value_name = "POINTER", default_value = "", hide_default_value = true)]
    pub(crate) at: String,
}

#[derive(Args, Debug)]
pub(crate) struct Init {
    /// The OpenAPI document; without it, openapi.yaml or a file of a similar name in the current folder.
    document: Option<PathBuf>,
    /// The folder of the crate to generate; without it, one that is named after the document's title.
    #[arg(long, value_name = "DIR", conflicts_with = "module")]
    out: Option<String>,
    /// The folder of modules to generate; in the folder of a crate the default is src/api.
    #[arg(long, value_name = "DIR")]
    module: Option<String>,
}

impl Init {
    pub(crate) fn request(self, messages: Messages) -> init::Request {
        init::Request {
            document: self.document,
            out: self.out,
            module: self.module,
            messages,
        }
    }
}
