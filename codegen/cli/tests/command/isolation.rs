//! What the command opens, as the system sees it.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use libtest_mimic::Trial;

use crate::{
    subject::{self, Subject, Version},
    system::{isolated, no_watch},
};

pub(crate) fn trials() -> Vec<Trial> {
    let missing = no_watch();
    let trial = |name, test| crate::trial_unless(missing, name, test);
    vec![
        trial(
            "R15: a run opens its document, its crate and the system's own files",
            a_whole_run,
        ),
        trial("R15: what a document refers to elsewhere is not opened", references),
        trial("R15: the watch sees what it is there for", the_watch),
        trial(
            "R18: a stage is flushed by few calls, and a run with nothing to do changes nothing",
            flushes,
        ),
    ]
}

/// What the loader, the allocator and the standard library look at wherever they run.
const OF_THE_SYSTEM: &[&str] = &[
    "/etc/ld.so.cache",
    "/etc/ld.so.preload",
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/proc/self",
    "/proc/stat",
    "/sys/fs/cgroup",
    "/sys/devices/system/cpu",
    "/dev/null",
];

/// What a watched command has asked the system for.
struct Watched {
    /// The paths that it named, from the root, and those that links made of them.
    opened: Vec<PathBuf>,
    sockets: Vec<String>,
    said: String,
}

/// Runs a command under `strace`, with a network that leads nowhere.
fn watch(folder: &Path, command: &[&str]) -> Watched {
    const SCRIPT: &str = r#"
log=$1; shift
exec strace -f -y -qq -s 4096 -e trace=open,openat,openat2,creat,%network -o "$log" "$@"
"#;
    let log = folder.join("log");
    let output = isolated(SCRIPT)
        .arg(&log)
        .args(command)
        .current_dir(folder)
        // Cargo's points into folders of its own, where the loader would look.
        .env_remove("LD_LIBRARY_PATH")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let log = fs::read_to_string(&log).unwrap_or_default();
    let calls = log.lines().filter_map(|line| line.split_once(' '));
    let (opens, sockets): (Vec<&str>, Vec<&str>) = calls
        .map(|(_process, call)| call.trim_start())
        .filter(|call| call.contains('('))
        .partition(|call| call.starts_with("open") || call.starts_with("creat"));
    Watched {
        opened: opens.into_iter().flat_map(paths).collect(),
        sockets: sockets.into_iter().map(str::to_owned).collect(),
        said,
    }
}

/// The path in `openat(AT_FDCWD</from>, "to", O_RDONLY) = 3</found>`, and what was found there.
fn paths(call: &str) -> Vec<PathBuf> {
    let mut parts = call.split('"');
    let (Some(before), Some(path), Some(after)) = (parts.next(), parts.next(), parts.next()) else {
        return Vec::new();
    };
    let between = |text: &str| Some(text.split_once('<')?.1.rsplit_once('>')?.0.to_owned());
    let from = between(before).unwrap_or_default();
    // The process's own folder is a link to one that is called after its number.
    let found = after.rsplit_once(" = ").filter(|_| !path.starts_with("/proc/self/"));
    let found = found.and_then(|(_, result)| between(result));
    [Some(Path::new(&from).join(path)), found.map(PathBuf::from)]
        .into_iter()
        .flatten()
        .collect()
}

impl Watched {
    /// Whatever was opened is the system's or at or below one of some paths, and there were no sockets.
    fn stays_in(&self, places: &[PathBuf]) {
        assert!(self.sockets.is_empty(), "{:#?}", self.sockets);
        let system = OF_THE_SYSTEM.iter().map(Path::new);
        let allowed: Vec<&Path> = system.chain(places.iter().map(PathBuf::as_path)).collect();
        let is_allowed = |path: &PathBuf| {
            let goes_up = path.components().any(|part| part == Component::ParentDir);
            !goes_up && allowed.iter().any(|place| path.starts_with(place))
        };
        let elsewhere: Vec<_> = self.opened.iter().filter(|path| !is_allowed(path)).collect();
        assert!(elsewhere.is_empty(), "{elsewhere:#?}\n{}", self.said);
    }

    fn has_opened(&self, path: &Path) -> bool {
        self.opened.iter().any(|opened| opened == path)
    }
}

/// Parts of a document, with `REF` where a reference stands.
const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: T, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /a:
    get:
      externalDocs: {url: 'https://docs.example.com'}
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: 'REF'}}}}}
components:
  schemas:
    A: {type: object, properties: {a: {type: string}}}
";

/// The document's folder, in a folder that holds a secret beside it.
fn folders(reference: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let api = folder.path().join("api");
    fs::create_dir(&api).unwrap();
    fs::write(api.join("api.yaml"), DOCUMENT.replace("REF", reference)).unwrap();
    fs::write(
        folder.path().join("secret.yaml"),
        "A: {type: object, description: C1SECRET}\n",
    )
    .unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.yaml", api.join("link.yaml")).unwrap();
    folder
}

fn generate(folder: &Path) -> Watched {
    let command = env!("CARGO_BIN_EXE_specwright");
    let arguments = [
        "generate",
        "api/api.yaml",
        "--out",
        "out",
        "--name",
        "a",
        "--runtime",
        "0.1",
    ];
    watch(folder, &[&[command], &arguments[..]].concat())
}

fn a_whole_run() {
    let folder = folders("#/components/schemas/A");
    let root = folder.path().canonicalize().unwrap();
    for _ in 0..2 {
        let watched = generate(&root);
        assert!(watched.said.contains("generated "), "{}", watched.said);
        assert!(watched.has_opened(&root.join("api/api.yaml")));
        watched.stays_in(&[root.join("api/api.yaml"), root.join("out")]);
    }
}

fn references() {
    let inside = folders("part.yaml#/A");
    let root = inside.path().canonicalize().unwrap();
    fs::write(root.join("api/part.yaml"), "A: {type: string}\n").unwrap();
    let watched = generate(&root);
    assert!(watched.said.contains("generated "), "{}", watched.said);
    assert!(watched.has_opened(&root.join("api/part.yaml")));
    watched.stays_in(&[root.join("api"), root.join("out")]);
    for reference in [
        "https://example.com/a.yaml#/A",
        "http://127.0.0.1:1/a.yaml#/A",
        "//example.com/a.yaml#/A",
        "file:///etc/passwd#/A",
        "/etc/passwd#/A",
        "../secret.yaml#/A",
        "..%2Fsecret.yaml#/A",
        "%2e%2e/secret.yaml#/A",
        "x/../../secret.yaml#/A",
        "..\\secret.yaml#/A",
        "link.yaml#/A",
    ] {
        let folder = folders(reference);
        let root = folder.path().canonicalize().unwrap();
        let watched = generate(&root);
        assert!(watched.said.contains("error["), "{reference}: {}", watched.said);
        assert!(!watched.said.contains("C1SECRET"), "{reference}: {}", watched.said);
        assert!(!root.join("out").exists(), "{reference}");
        assert!(watched.has_opened(&root.join("api/api.yaml")), "{reference}");
        watched.stays_in(&[root.join("api")]);
    }
}

/// Otherwise the tests above would pass for whatever nobody has seen.
fn the_watch() {
    let folder = folders("");
    let root = folder.path().canonicalize().unwrap();
    let watched = watch(&root, &["cat", "api/link.yaml"]);
    assert!(watched.said.contains("C1SECRET"), "{}", watched.said);
    for path in ["api/link.yaml", "secret.yaml"] {
        assert!(watched.has_opened(&root.join(path)), "{path}: {:?}", watched.opened);
    }
    // A name is asked for, if only of a server that cannot be reached.
    let watched = watch(&root, &["getent", "hosts", "example.com"]);
    assert!(!watched.sockets.is_empty(), "{:?}", watched.opened);
}

/// The calls of the system by which a run of the command flushes or changes files.
fn changes(subject: &Subject, version: Version, out: &Path) -> Vec<String> {
    const SCRIPT: &str = r#"
log=$1; shift
exec strace -f -qq -e trace=fsync,fdatasync,syncfs,rename,renameat,renameat2,link,linkat,mkdir,mkdirat,unlink,unlinkat -o "$log" "$@"
"#;
    let log = subject.folder.path().join("log");
    let run = subject::generate(subject.document(version), out);
    let mut watched = isolated(SCRIPT);
    watched.arg(&log).arg(run.get_program()).args(run.get_args());
    subject::succeed(&mut watched);
    let log = fs::read_to_string(&log).unwrap();
    let calls = log.lines().filter_map(|line| line.split_once(' '));
    let calls = calls.map(|(_process, call)| call.trim_start().to_owned());
    calls.filter(|call| call.contains('(')).collect()
}

fn flushes() {
    let subject = Subject::new();
    let out = subject.installed(Version::Old);
    let calls = changes(&subject, Version::New, &out);
    let flushes = calls.iter().filter(|call| call.contains("sync")).count();
    assert!(calls.len() > 60 && (1..20).contains(&flushes), "{calls:#?}");
    assert_eq!(changes(&subject, Version::New, &out), [""; 0]);
}
