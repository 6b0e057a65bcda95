//! The pages of `help`.

/// What help is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    All,
    Generate,
    Check,
    Diff,
    Ci,
    Corpus,
    Bench,
    Package,
}

pub(crate) fn text(topic: Topic) -> &'static str {
    match topic {
        Topic::All => ALL,
        Topic::Generate => GENERATE,
        Topic::Check => CHECK,
        Topic::Diff => DIFF,
        Topic::Ci => CI,
        Topic::Corpus => CORPUS,
        Topic::Bench => BENCH,
        Topic::Package => PACKAGE,
    }
}

const ALL: &str = "\
Usage: cargo xtask <command> [options]

Commands:
  generate   write the client of this workspace
  check      say whether the written client is the one that the document gives
  diff       say what the change of the document since the last commit means
  corpus     generate from every document below some folders, and say what became of each
  bench      measure generation, reading, writing and calls
  package    unpack the crates as they would be published, and use them in place of the registry's
  ci         everything that is checked before a change is merged
  help       this text, or that of a command: cargo xtask help generate

Use `cargo specwright help` for commands about any document.
";

const GENERATE: &str = "\
Usage: cargo xtask generate

Writes generated-client/src/generated from spec/conductorone.yaml, as spec/specwright.yaml says. It is the same as
`cargo specwright generate --config spec/specwright.yaml`, and builds in less time.

Exit code: 0, 1 (the document, the disk) or 2 (the command line).
";

const CHECK: &str = "\
Usage: cargo xtask check

Generates in memory and lists the files that are missing, stale or orphaned. Writes nothing.

Exit code: 0 (no difference), 1 (differences, or an error in the document) or 2 (the command line).
";

const DIFF: &str = "\
Usage: cargo xtask diff

Compares spec/conductorone.yaml with its last commit, and prints a verdict for each change: what it requires of the crate's
version, what it means to other clients of the API, and whether old programs compile and mean something else.
`cargo specwright diff OLD NEW` compares any documents and has options.

Exit code: 0, or 2 (no verdict: a file, errors in a document).
";

const PACKAGE: &str = "\
Usage: cargo xtask package FOLDER

Packages all published crates, unpacks them into the folder, and writes FOLDER/patch.toml. A crate that is generated for a released
runtime is built against them by `cargo check --config FOLDER/patch.toml`.

Exit code: 0, 1 or 2 (the command line).
";

const CI: &str = "\
Usage: cargo xtask ci

Format, lints, documentation, generated code and tests, one after the other, up to the first that fails.

Exit code: 0, 1 or 2 (the command line).
";

const BENCH: &str = "\
Usage: cargo xtask bench [DOCUMENT...] [options]

Builds specwright in the release profile and measures: generation from each document, or from the document of the workspace;
growth from 500 to 4,000 operations; reading and writing a model beside serde's derive; a whole call over loopback. Prints
tables and writes a plot. Nothing is asserted.

  --peers DIR    a folder with openapi-to-rust and ploidy, which are measured in turn with specwright
  --plot FILE    the plot, as SVG; without it target/bench/generation.svg

Exit code: 0, 1 (a build or a program failed) or 2 (the command line).
";

const CORPUS: &str = "\
Usage: cargo run --release -p xtask -- corpus FOLDER... [options]

Generates from every OpenAPI document below the folders, each in a process of its own, and writes a table: document,
version, operations, types, outcome, untyped share of the schemas, milliseconds, memory in MiB, first error with its place.
Files that are not OpenAPI documents are counted and skipped. The last part of the output is a summary, with the most
frequent errors and warnings.

  --jobs N           processes at a time; without it as many as there are cores
  --time-limit S     seconds for a document; without it 60
  --table FILE       where the table goes; without it target/corpus.tsv
  --known-bad FILE   documents that are invalid: the end of a path, a tab, the reason, one a line
  --compile N        checks the crates of N generated documents with clippy, and counts warnings
  --seed S           which N: the same seed, the same documents; without it 0

Exit code: 0, 1 (a document failed that is not known to be bad, or its crate has warnings) or 2 (the command line).
";
