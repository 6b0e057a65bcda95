//! The texts of `help`.

/// What help is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    All,
    Generate,
    Check,
    Diff,
    Where,
    Report,
    Effective,
    Show,
    Explain,
    Ci,
    Corpus,
}

pub(crate) fn text(topic: Topic) -> &'static str {
    match topic {
        Topic::All => ALL,
        Topic::Generate => GENERATE,
        Topic::Check => CHECK,
        Topic::Diff => DIFF,
        Topic::Where => WHERE,
        Topic::Report => REPORT,
        Topic::Effective => EFFECTIVE,
        Topic::Show => SHOW,
        Topic::Explain => EXPLAIN,
        Topic::Ci => CI,
        Topic::Corpus => CORPUS,
    }
}

const ALL: &str = "\
Usage: cargo xtask <command> [options]

Commands:
  generate   write the client of an OpenAPI document
  check      say whether the written client is the one that the document gives
  diff       say what a change of a document means: in Rust, for HTTP, and whether it is silent
  where      find where the document declares a Rust item, and which items a part of it becomes
  report     what of an OpenAPI document a client has, keyword by keyword
  effective  write the document that results from overlays, other files, dialects and a selection
  show       print what a stage of the generator made of a document
  explain    what a code in brackets means, as in error[duplicate-key]
  corpus     generate from every document below some folders, and say what became of each
  ci         everything that is checked before a change is merged
  help       this text, or that of a command: cargo xtask help generate
";

const GENERATE: &str = "\
Usage: cargo xtask generate
       cargo xtask generate --document FILE --out DIR [--name NAME] [--runtime PATH|VERSION] [--config FILE]
           [--allow-folder DIR] [--overlay FILE] [--tag NAME] [--operation NAME] [--path PATTERN] [--exclude-...]
           [--message-format human|json|sarif] [--notes] [--keep-going] [--deny-warnings] [--allow CODE]
           [--deny CODE]

Without options: generated-client/src/generated from spec/conductorone.yaml and spec/codegen.yaml.

With a document of your own: a whole crate, that stands on `specwright-runtime` alone.

  --document FILE           an OpenAPI document, in YAML or JSON
  --out DIR                 the crate's folder; it is made where there is none
  --name NAME               the crate's name; without it the document's file name
  --runtime PATH|VERSION    the folder of `specwright-runtime`, or a version requirement such as 0.1; without it the folder
                            in this workspace
  --config FILE             what the document does not say: module_prefix, null (absent or distinct), group_features,
                            hand_written_face, names, naming, overlays, include, exclude
  --allow-folder DIR        the document may refer to files in this folder too, and not in its own alone; may be repeated
  --overlay FILE            changes of the document (OpenAPI Overlay 1.0 or 1.1), made before anything else; may be repeated
  --tag NAME                only operations of this tag; may be repeated, as the next ones may: an operation is generated
                            that one of them is true of, and models that no operation needs are not
  --operation NAME          only the operation of this id, or of this method and path, as in 'GET /pets'
  --path PATTERN            only operations of this path and those below it; * is any segment, ** any number of them
  --exclude-tag NAME, --exclude-operation NAME, --exclude-path PATTERN
                            all operations but these
  --message-format FORMAT   how errors, warnings and notes are written: human (on standard error; the default), json (one object
                            a line on standard output) or sarif (a SARIF 2.1.0 log on standard output); in the last two
                            what the command says itself goes to standard error
  --keep-going              generate what is whole of a document with errors: operations and components that are broken
                            are left out, broken schemas become any JSON, each with a warning; the exit code is 1
  --notes                   show notes too, which need no action; without it people see how many there are, while json and
                            sarif always have them
  --deny-warnings           treat warnings as errors
  --allow CODE              hide warnings and notes of this code; may be repeated, as --deny may
  --deny CODE               treat warnings and notes of this code as errors

All files are written, or none. Files that are as they should be are not touched; generated files that are no longer
made are removed; files that were not generated are never changed.

Exit code: 0, 1 (the document, the disk) or 2 (the command line).
";

const CHECK: &str = "\
Usage: cargo xtask check
       cargo xtask check --document FILE --out DIR [--name NAME] [--runtime PATH|VERSION] [--config FILE]
           [--allow-folder DIR] [--overlay FILE] [--tag NAME] [--operation NAME] [--path PATTERN] [--exclude-...]
           [--message-format human|json|sarif] [--notes] [--keep-going] [--deny-warnings] [--allow CODE]
           [--deny CODE]

Generates in memory and lists the files that are missing, stale or orphaned. Writes nothing. The options are those of
`cargo xtask generate`.

Exit code: 0 (no difference), 1 (differences, or an error in the document) or 2 (the command line).
";

const DIFF: &str = "\
Usage: cargo xtask diff [--config FILE] [--format human|markdown|json|sarif] [--fail-on VERDICT]
           [--next-version VERSION] [--changelog FILE]
       cargo xtask diff OLD NEW [options]

Compares the clients of two documents. Each change has three verdicts:

  Rust      major (programs may stop compiling or mean something else), minor or patch
  HTTP      breaking or compatible, for clients of the API in any language
  silent    old programs compile and mean something else

OLD and NEW are files, or git:REVISION:PATH, whose configuration and referenced files come from the same revision.
Without them: the last commit of spec/conductorone.yaml against the present file.

  --config FILE            the configuration of both sides
  --format FORMAT          human (the default), markdown (for a pull request), json or sarif
  --fail-on VERDICT        exit with 1 where the change is major, minor (or more), breaking or silent; may be repeated
  --next-version VERSION   the present version of the crate: the next one is printed
  --changelog FILE         add the changes to this file, under Unreleased
  --git-driver             take the arguments that Git gives an external diff driver; the exit code is always 0
  --schema                 print the JSON Schema of the format json

Exit code: 0, 1 (`--fail-on` names what was found) or 2 (no verdict: the command line, a file, errors in a document).
";

const WHERE: &str = "\
Usage: cargo xtask where ITEM|POINTER [--document FILE] [--config FILE]
       cargo xtask where --map FILE [--document FILE] [--config FILE]

Prints where the document declares a Rust item, or which items the value at a JSON pointer becomes.

  ITEM             a path such as models::app::v1::App.display_name, or the end of one: App.display_name
  POINTER          a JSON pointer into the document, such as /components/schemas/App
  --document FILE  an OpenAPI document; without it spec/conductorone.yaml
  --config FILE    its configuration
  --map FILE       write the places of all items to this file, as JSON

Exit code: 0, 1 (not found, errors in the document) or 2 (the command line).
";

const REPORT: &str = "\
Usage: cargo xtask report DOCUMENT [--overlay FILE] [--config FILE] [--allow-folder DIR] [--format human|json]

Lists every keyword of the document, and how often the client has it, has less than it says, leaves it out because it has no
meaning for a client, does not support it because no stage of the generator reads it, or refuses it; where, and why; what is
only written in other words; and how many schemas have a type. For a document with errors, the report is about what
`generate --keep-going` makes of it. Nothing is written.

  --overlay FILE       changes of the document, made before anything else; may be repeated
  --config FILE        what the document does not say, as for generate
  --allow-folder DIR   as for generate
  --format FORMAT      human (the default) or json, which lists every place

Exit code: 0, 1 (the document, the disk) or 2 (the command line).
";

const EFFECTIVE: &str = "\
Usage: cargo xtask effective [--document FILE] [--out FILE] [--overlay FILE] [--allow-folder DIR] [--config FILE]
           [--tag NAME] [--operation NAME] [--path PATTERN] [--exclude-...] [--message-format human|json|sarif]

Writes the document that is generated from in the end, in YAML, on standard output or to --out: overlays are applied, all
files are in it, it is in the words of OpenAPI 3.0 as far as these go, and what is not selected is gone. Without --document:
that of the client here. Options are those of `cargo xtask generate`; messages go to standard error.

Exit code: 0, 1 (the document, the disk) or 2 (the command line).
";

const SHOW: &str = "\
Usage: cargo xtask show --stage STAGE DOCUMENT [--at POINTER] [--overlay FILE] [--config FILE] [--allow-folder DIR]

Prints what a stage of the generator made of a document. The text is the same for the same document, so two of them can be
compared with a diff. It is for people: its form may change.

  --stage STAGE        source: every value as it was read, with its file, line and column
                       canonical: the canonical document in YAML, as written by effective
                       meaning: what each schema means, and why
                       ir: types, operations, payloads, security schemes and servers
                       names: wire names and the identifiers made of them
  --at POINTER         print only what is at this JSON pointer or below it. The pointers are those at the start of the lines;
                       ir and names also know the pointers of component schemas, ir those of operations
  --overlay FILE       changes of the document, made before anything else; may be repeated
  --config FILE        what the document does not say, as for generate
  --allow-folder DIR   as for generate

Exit code: 0, 1 (the document, the disk) or 2 (the command line; nothing is at the pointer).
";

const EXPLAIN: &str = "\
Usage: cargo xtask explain [CODE]

Prints what a code of an error or a warning means, with an example that has it and that example mended. Without a code:
all of them, one a line. Codes do not change.

Exit code: 0 or 2 (the command line; no such code).
";

const CI: &str = "\
Usage: cargo xtask ci

Format, lints, documentation, generated code and tests, one after the other, up to the first that fails.

Exit code: 0, 1 or 2 (the command line).
";

const CORPUS: &str = "\
Usage: cargo run --release -p xtask -- corpus FOLDER... [options]

Generates from every OpenAPI document below the folders, each in a process of its own, and writes a table: document,
version, operations, types, outcome, untyped share of the schemas, milliseconds, memory in MiB, first error with its place.
Files that are no OpenAPI documents are counted and left alone. At the end stands a summary, with the most frequent
errors and warnings.

  --jobs N           processes at a time; without it as many as there are cores
  --time-limit S     seconds for a document; without it 60
  --table FILE       where the table goes; without it target/corpus.tsv
  --known-bad FILE   documents that are at fault themselves: the end of a path, a tab, the reason, one a line
  --compile N        checks the crates of N generated documents with clippy, and counts warnings
  --seed S           which N: the same seed, the same documents; without it 0

Exit code: 0, 1 (a document failed that is not known to be bad, or its crate has warnings) or 2 (the command line).
";
