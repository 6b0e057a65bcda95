//! The arguments of `diff`, `where` and `graph`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use codegen::{diff, graph::Focus};
use specwright::{Failure, Request, output::Messages};

#[derive(Args, Debug)]
#[command(
    after_long_help = "OLD and NEW are files, or git:REVISION:PATH, whose configuration and referenced files come from the \
                             same revision. Each change has three verdicts: Rust (major: programs may stop compiling or \
                             mean something else; minor; patch), HTTP (breaking or compatible, for clients in any language) \
                             and silent (old programs compile and mean something else). \
                             Before a Rust item, - means removed, + added, ~ changed, and = the same signature with another \
                             meaning.\n\nExit code: 0, 1 (`--fail-on` \
                             names what was found) or 2 (no verdict: the command line, a file, errors in a document)."
)]
pub(crate) struct Diff {
    /// The old document and the new one.
    #[arg(value_name = "OLD NEW", required_unless_present = "schema")]
    documents: Vec<String>,
    /// Compare generators instead: OLD-CRATE is a client of the one document that is given, written by another version.
    #[arg(long, value_name = "OLD-CRATE", conflicts_with = "git_driver")]
    generator: Option<PathBuf>,
    /// The configuration of both sides.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Use this client of a configuration that has several.
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    /// For a terminal, for a pull request, for programs, or for a code host.
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
    /// End with the exit code 1 if the change is this. May be repeated.
    #[arg(long, value_enum, value_name = "VERDICT")]
    fail_on: Vec<Refused>,
    /// The present version of the crate: the next one is printed.
    #[arg(long, value_name = "VERSION")]
    next_version: Option<String>,
    /// Add the changes to this file, under Unreleased.
    #[arg(long, value_name = "FILE")]
    changelog: Option<PathBuf>,
    /// Take the seven arguments that Git gives an external diff driver; the exit code is always 0.
    #[arg(long)]
    git_driver: bool,
    /// Print the JSON Schema of the format json.
    #[arg(long)]
    pub(crate) schema: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Human,
    Markdown,
    Json,
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Refused {
    Major,
    Minor,
    Breaking,
    Silent,
}

impl Diff {
    pub(crate) fn request(self, messages: Messages) -> Result<specwright::diff::Request, Failure> {
        let (old, new) = match (self.git_driver, self.documents.as_slice()) {
            (false, [document]) if self.generator.is_some() => (String::new(), document.clone()),
            (false, _) if self.generator.is_some() => {
                return Err(Failure::Usage("diff --generator needs one document".to_owned()));
            }
            (false, [old, new]) | (true, [_, old, _, _, new, _, _]) => (old.clone(), new.clone()),
            (false, _) => return Err(Failure::Usage("diff needs two documents: OLD and NEW".to_owned())),
            (true, _) => {
                let message = "--git-driver needs the seven arguments that Git gives a driver";
                return Err(Failure::Usage(message.to_owned()));
            }
        };
        let refused = self.fail_on.iter().map(|refused| match refused {
            Refused::Major => diff::FailOn::Major,
            Refused::Minor => diff::FailOn::Minor,
            Refused::Breaking => diff::FailOn::Breaking,
            Refused::Silent => diff::FailOn::Silent,
        });
        Ok(specwright::diff::Request {
            old,
            new,
            generator: self.generator,
            config: self.config,
            client: self.client,
            format: match self.format {
                Form::Human => diff::Format::Human,
                Form::Markdown => diff::Format::Markdown,
                Form::Json => diff::Format::Json,
                Form::Sarif => diff::Format::Sarif,
            },
            fail_on: refused.collect(),
            version: self.next_version,
            changelog: self.changelog,
            is_git_driver: self.git_driver,
            messages,
        })
    }
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "ITEM is a path such as models::app::v1::App.display_name, or the end of one: App.display_name. POINTER \
                             is a JSON pointer into the document, such as /components/schemas/App.\n\nExit code: 0, 1 (not \
                             found, errors in the document) or 2 (the command line)."
)]
pub(crate) struct Where {
    /// A Rust item, or a JSON pointer.
    #[arg(value_name = "ITEM|POINTER", required_unless_present = "map")]
    pub(crate) question: Option<String>,
    /// The OpenAPI document; without it, the configuration names it.
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// The configuration; without it, `specwright.yaml` in the current folder or in the nearest folder above it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Use this client of a configuration that has several.
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    /// Write the locations of all items to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
}

impl Where {
    pub(crate) fn request(&self, messages: Messages) -> Request {
        Request {
            document: self.document.clone(),
            config: self.config.clone(),
            client: self.client.clone(),
            messages,
            ..Request::default()
        }
    }
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "What refers to something is on its left. Boxes link to the lines of the document. At most 40 items are \
                             drawn: those nearest to what is chosen.\n\nExit code: 0, 1 (not found, errors in the document) or 2 \
                             (the command line)."
)]
pub(crate) struct Graph {
    /// The OpenAPI document; without it, the configuration names it.
    document: Option<PathBuf>,
    /// The configuration; without it, `specwright.yaml` in the current folder or in the nearest folder above it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Use this client of a configuration that has several.
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    /// Draw the operations of this tag, and what they use.
    #[arg(long, value_name = "NAME", group = "focus")]
    tag: Option<String>,
    /// Draw this operation, by its id or its method in Rust, and what it uses.
    #[arg(long, value_name = "ITEM", group = "focus")]
    operation: Option<String>,
    /// Draw this model, by its schema or its name in Rust, what it uses, and what uses it.
    #[arg(long = "type", value_name = "ITEM", group = "focus")]
    ty: Option<String>,
    /// The file to write; without it, the SVG goes to standard output.
    #[arg(long = "out", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl Graph {
    pub(crate) fn focus(&self) -> Focus {
        match (&self.tag, &self.operation, &self.ty) {
            (Some(name), _, _) => Focus::Tag(name.clone()),
            (_, Some(name), _) => Focus::Operation(name.clone()),
            (_, _, Some(name)) => Focus::Type(name.clone()),
            _ => Focus::All,
        }
    }

    pub(crate) fn request(&self, messages: Messages) -> Request {
        Request {
            document: self.document.clone(),
            config: self.config.clone(),
            client: self.client.clone(),
            messages,
            ..Request::default()
        }
    }
}
