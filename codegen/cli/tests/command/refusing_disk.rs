//! Disks that are full or may not be written.

use std::{fs, path::Path, process::Command};

use libtest_mimic::Trial;

use crate::{
    subject::{STATE, Subject, Version, files},
    system::{isolated, no_disks},
};

pub(crate) fn trials() -> Vec<Trial> {
    let missing = no_disks();
    let trial = |name, test| crate::trial_unless(missing, name, test);
    vec![
        trial("R18: on a full disk nothing is lost", full),
        trial("R18: in a folder that may not be written nothing is lost", read_only),
        trial("R18: where no folder can be made the reason is given", read_only_parent),
    ]
}

/// `$1` is the command, `$2` the new document, `$3` the old crate, `$4` the disk, `$5` where what is found on it goes;
/// more than that is a case's own.
const PREPARE: &str = r#"
generate() { "$1" generate "$2" --out "$4/crate" --name torn --runtime 0.1; }
keep() { mkdir -p "$1"; cp -a "$2/crate/." "$1"; }
"#;

struct Case {
    subject: Subject,
    command: Command,
}

impl Case {
    fn new(script: &str, more: &[&str]) -> Self {
        let subject = Subject::new();
        let old = subject.installed(Version::Old);
        let [disk, found] = ["disk", "found"].map(|name| subject.folder.path().join(name));
        fs::create_dir(&disk).unwrap();
        let mut command = isolated(&format!("{PREPARE}{script}"));
        command
            .arg(env!("CARGO_BIN_EXE_specwright"))
            .arg(subject.document(Version::New));
        command.args([&old, &disk, &found]).args(more);
        Self { subject, command }
    }

    /// Runs the script, and gives what was said.
    fn run(&mut self) -> String {
        let output = self.command.output().unwrap();
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{said}");
        said
    }

    /// The crate on the disk is the old one, and nothing is left beside it.
    fn is_old(&self, found: &str) {
        let found = self.subject.folder.path().join("found").join(found);
        assert_eq!(files(&found), *self.subject.files(Version::Old));
        assert!(!found.join(STATE).exists(), "a stage is left");
    }

    fn is_new(&self, found: &str) {
        let found = self.subject.folder.path().join("found").join(found);
        assert_eq!(files(&found), *self.subject.files(Version::New));
    }
}

/// A disk with room for the old crate and some pages more, of which a run needs about two a module: it ends at another
/// step each time, and always in the same words.
fn full() {
    const SCRIPT: &str = r#"
mount -t tmpfs -o size=4m none "$4"
cp -a "$3" "$4/crate"
for pages in 0 1 2 3 5 9 17 33 48 60; do
    # What is free but for some pages.
    : > "$4/filler"
    free=$(df --output=avail -B 4096 "$4" | tail -n 1)
    head -c $(((free - pages) * 4096)) /dev/zero > "$4/filler"
    if generate "$@"; then echo "it went on with $pages pages"; exit 1; fi
    keep "$5/$pages" "$4"
    rm "$4/filler"
done
generate "$@"
keep "$5/after" "$4"
"#;
    let mut case = Case::new(SCRIPT, &[]);
    let said = case.run();
    let count = |words: &str| said.matches(words).count();
    assert_eq!(count("error: cannot "), 10, "{said}");
    assert_eq!(count("(make room, and run the command again)"), 10, "{said}");
    for pages in [0, 1, 2, 3, 5, 9, 17, 33, 48, 60] {
        case.is_old(&pages.to_string());
    }
    case.is_new("after");
}

fn read_only() {
    const SCRIPT: &str = r#"
mount -t tmpfs -o size=4m none "$4"
cp -a "$3" "$4/crate"
mount -o remount,ro "$4"
if generate "$@"; then exit 1; fi
keep "$5/before" "$4"
mount -o remount,rw "$4"
generate "$@"
keep "$5/after" "$4"
"#;
    let mut case = Case::new(SCRIPT, &[]);
    let said = case.run();
    assert!(said.contains("error: cannot "), "{said}");
    assert!(said.contains("(the folder must be writable)"), "{said}");
    case.is_old("before");
    case.is_new("after");
}

fn read_only_parent() {
    const SCRIPT: &str = r#"
mount -t tmpfs -o size=4m,ro none "$4"
if generate "$@"; then exit 1; fi
test ! -e "$4/crate"
"#;
    let mut case = Case::new(SCRIPT, &[]);
    let said = case.run();
    assert!(said.contains("error: cannot make the folder "), "{said}");
    assert!(said.contains("(the folder must be writable)"), "{said}");
    assert!(!Path::new(&case.subject.folder.path().join("found")).exists());
}
