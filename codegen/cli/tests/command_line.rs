//! The command as people use it: a configuration, a crate or a module, and what is printed.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pet Store, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
  /owners:
    get:
      operationId: listOwners
      tags: [owners]
      responses: {'204': {description: ok}}
components:
  schemas:
    Pet: {type: object, required: [id], properties: {id: {type: string}}}
";

struct Printed {
    code: i32,
    output: String,
    messages: String,
}

/// A folder with a document, and what is run in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("openapi.yaml", PETS);
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn run(&self, line: &str) -> Printed {
        run(self.0.path(), line, &[])
    }

    /// Runs what has to succeed.
    fn succeed(&self, line: &str) -> Printed {
        let printed = self.run(line);
        assert_eq!(printed.code, 0, "{line}: {}{}", printed.output, printed.messages);
        printed
    }
}

fn run(folder: &Path, line: &str, environment: &[(&str, &str)]) -> Printed {
    let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
    command
        .args(line.split_whitespace())
        .current_dir(folder)
        .env_remove("NO_COLOR");
    let output = command.envs(environment.iter().copied()).output().unwrap();
    Printed {
        code: output.status.code().unwrap(),
        output: String::from_utf8(output.stdout).unwrap(),
        messages: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_new_user_writes_a_configuration_and_a_crate() {
    let folder = Folder::new();
    let printed = folder.succeed("init");
    assert!(
        printed.output.ends_with("Now run:\n    specwright generate\n"),
        "{}",
        printed.output
    );
    let printed = folder.succeed("generate");
    assert!(
        printed
            .output
            .contains("changed, 0 removed, 0 unchanged) in pet-store-client"),
        "{}",
        printed.output
    );
    assert!(
        printed.messages.contains("is not in the registry yet"),
        "{}",
        printed.messages
    );
    let manifest = folder.read("pet-store-client/Cargo.toml");
    assert!(manifest.contains("name = \"pet-store-client\"\n"), "{manifest}");
    assert!(
        manifest.contains("owners = [\"client\"]\npets = [\"client\"]\n"),
        "{manifest}"
    );
    let printed = folder.succeed("check");
    assert!(
        printed.output.ends_with("as openapi.yaml gives them\n"),
        "{}",
        printed.output
    );
}

/// The configuration is found from below, and paths are relative to it.
#[test]
fn a_configuration_is_found_in_a_folder_above() {
    let folder = Folder::new();
    folder.write("specwright.yaml", "document: openapi.yaml\nout: client\nname: pets\n");
    fs::create_dir_all(folder.path("deep/down")).unwrap();
    let printed = run(&folder.path("deep/down"), "generate", &[]);
    assert_eq!(printed.code, 0, "{}", printed.messages);
    assert!(folder.path("client/src/generated/mod.rs").is_file());
    assert!(folder.read("client/Cargo.toml").contains("name = \"pets\""));
    // What the files say does not depend on the folder that the command runs in.
    folder.succeed("check");
    // A configuration that was found is not for other documents.
    folder.write("other/openapi.yaml", PETS);
    let printed = folder.run("generate other/openapi.yaml");
    assert!(
        printed.code == 2 && printed.messages.contains("an output is missing"),
        "{}",
        printed.messages
    );
    // Flags take precedence.
    folder.succeed("generate openapi.yaml --out elsewhere --name other");
    assert!(folder.read("elsewhere/Cargo.toml").contains("name = \"other\""));
}

#[test]
fn several_clients_are_generated_together_or_one_by_one() {
    let folder = Folder::new();
    folder.write("shop.yaml", &PETS.replace("Pet Store", "Shop"));
    folder.write(
        "specwright.yaml",
        "group_features: false\nclients:\n  pets: {document: openapi.yaml, out: pets}\n  shop: {document: shop.yaml, out: shop}\n",
    );
    folder.succeed("generate --client shop");
    assert!(folder.path("shop").is_dir() && !folder.path("pets").exists());
    let printed = folder.run("check");
    assert!(
        printed.code == 1 && printed.messages.contains("--client pets"),
        "{}",
        printed.messages
    );
    folder.succeed("generate");
    folder.succeed("check");
    assert!(!folder.read("pets/Cargo.toml").contains("owners"));
    for (line, expected) in [
        ("generate --client shp", "did you mean `shop`?"),
        ("report", "choose one with `--client NAME`"),
        ("generate --out x", "--out, --module and --name are for one client"),
        ("check --message-format sarif", "a SARIF log is about one client"),
    ] {
        let printed = folder.run(line);
        assert!(
            printed.code == 2 && printed.messages.contains(expected),
            "{line}: {}",
            printed.messages
        );
    }
}

#[test]
fn an_error_of_the_configuration_has_its_place_and_a_suggestion() {
    let folder = Folder::new();
    folder.write(
        "specwright.yaml",
        "document: openapi.yaml\nout: client\noverlay: [a.yaml]\n",
    );
    let printed = folder.run("generate");
    assert_eq!(printed.code, 1);
    for expected in [
        "specwright.yaml:3:1",
        "`overlay` is not a key",
        "did you mean `overlays`?",
    ] {
        assert!(printed.messages.contains(expected), "{}", printed.messages);
    }
    assert!(!folder.path("client").exists());
}

/// Requirement 39: `Cargo.toml` belongs to the user, except for the lines between marks.
#[test]
fn the_manifest_belongs_to_the_user() {
    let folder = Folder::new();
    folder.write(
        "specwright.yaml",
        "document: openapi.yaml\nout: client\nruntime: {version: '0.1'}\npackage: {version: 3.0.0, license: MIT}\n",
    );
    folder.succeed("generate");
    let first = folder.read("client/Cargo.toml");
    assert!(
        first.contains("version = \"3.0.0\"") && first.contains("license = \"MIT\""),
        "{first}"
    );
    let mine = first.replace("version = \"3.0.0\"", "version = \"3.1.0\" # mine") + "\n[profile.dev]\ndebug = 1\n";
    folder.write("client/Cargo.toml", &mine);
    folder.succeed("check");
    folder.succeed("generate");
    assert_eq!(folder.read("client/Cargo.toml"), mine);

    // The runtime changes its line and nothing else.
    let config = folder.read("specwright.yaml");
    folder.write(
        "specwright.yaml",
        &config.replace("'0.1'", "'0.2'").replace("3.0.0", "9.9.9"),
    );
    assert!(folder.run("check").output.contains("stale: client/Cargo.toml"));
    folder.succeed("generate");
    let changed = folder.read("client/Cargo.toml");
    assert!(
        changed.contains("version = \"3.1.0\" # mine") && changed.contains("version = \"0.2\""),
        "{changed}"
    );

    // An edit of a marked line is refused with its place, and nothing is written.
    let edited = changed.replace("gzip = [", "gzip = [\"mine\", ");
    folder.write("client/Cargo.toml", &edited);
    folder.write("openapi.yaml", &PETS.replace("Pet Store", "Pets"));
    let printed = folder.run("generate");
    let line = edited.lines().position(|line| line.starts_with("gzip")).unwrap() + 1;
    assert_eq!(printed.code, 1);
    assert!(
        printed.messages.contains(&format!("client/Cargo.toml:{line}: ")),
        "{}",
        printed.messages
    );
    assert!(folder.read("client/src/generated/mod.rs").contains("Pet Store"));
    assert_eq!(folder.read("client/Cargo.toml"), edited);

    // So is an error of the user's own.
    folder.write("client/Cargo.toml", &changed.replace("[profile.dev]", "[profile.dev"));
    let printed = folder.run("generate");
    assert!(
        printed.code == 1 && printed.messages.contains("fix the manifest first"),
        "{}",
        printed.messages
    );
}

#[test]
fn a_manifest_of_another_crate_is_not_touched() {
    let folder = Folder::new();
    folder.write("crate/Cargo.toml", "[package]\nname = 'mine'\n");
    let printed = folder.run("generate openapi.yaml --out crate");
    assert!(
        printed.code == 1 && printed.messages.contains("--module src/api"),
        "{}",
        printed.messages
    );
    assert_eq!(folder.read("crate/Cargo.toml"), "[package]\nname = 'mine'\n");
    assert!(!folder.path("crate/src").exists());
}

#[test]
fn a_module_goes_into_an_existing_crate() {
    let folder = Folder::new();
    folder.write("Cargo.toml", "[package]\nname = 'app' # mine\nedition = '2024'\n");
    folder.write("src/main.rs", "mod api;\nfn main() {}\n");
    let printed = folder.succeed("init");
    assert!(printed.output.contains("module src/api"), "{}", printed.output);
    let printed = folder.succeed("generate --runtime 0.1");
    for expected in [
        "add these lines to src/lib.rs or src/main.rs:\n\n#[rustfmt::skip]\npub mod api;\n",
        "[dependencies]\nspecwright-runtime = { version = \"0.1\", default-features = false, features = [\"client\", \"rustls\"] }",
        "`--add-dependencies` adds it",
    ] {
        assert!(printed.messages.contains(expected), "{}", printed.messages);
    }
    let root = folder.read("src/api/mod.rs");
    assert!(root.contains("#![allow(") && !root.contains("cfg(feature"), "{root}");
    assert_eq!(folder.read("src/main.rs"), "mod api;\nfn main() {}\n");
    folder.succeed("check --runtime 0.1");
    folder.succeed("generate --runtime 0.1 --add-dependencies");
    let manifest = folder.read("Cargo.toml");
    assert!(
        manifest.starts_with("[package]\nname = 'app' # mine\nedition = '2024'\n"),
        "{manifest}"
    );
    assert!(
        manifest.contains("specwright-runtime = { version = \"0.1\""),
        "{manifest}"
    );
    let printed = folder.succeed("generate --runtime 0.1");
    assert!(
        printed.messages.is_empty() && printed.output.contains("(0 changed"),
        "{}",
        printed.messages
    );
    // A file of the user's in the folder is never replaced.
    folder.write("src/api/mine.rs", "");
    let printed = folder.run("generate --runtime 0.1");
    assert!(
        printed.code == 1 && printed.messages.contains("src/api/mine.rs: was not generated"),
        "{}",
        printed.messages
    );
}

/// Requirement 17: nothing outside the folder that was named.
#[test]
fn nothing_else_is_written() {
    let folder = Folder::new();
    let before: Vec<_> = fs::read_dir(folder.0.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    folder.succeed("generate openapi.yaml --out a/b/client");
    let mut after: Vec<_> = fs::read_dir(folder.0.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    after.retain(|name| name != "a");
    assert_eq!(after, before);
    assert_eq!(fs::read_dir(folder.path("a")).unwrap().count(), 1);
    let written: Vec<_> = fs::read_dir(folder.path("a/b/client"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(written.len(), 3, "{written:?}");
}

#[test]
fn a_dry_run_lists_and_writes_nothing() {
    let folder = Folder::new();
    let printed = folder.succeed("generate openapi.yaml --out client --dry-run");
    assert!(
        printed.output.contains("missing: client/src/lib.rs"),
        "{}",
        printed.output
    );
    assert!(
        printed.output.ends_with("in client; nothing was written (--dry-run)\n"),
        "{}",
        printed.output
    );
    assert!(!folder.path("client").exists());
}

#[test]
fn quiet_and_color_do_what_they_say() {
    let folder = Folder::new();
    folder.write("openapi.yaml", &format!("{PETS}colour: red\n"));
    let printed = folder.succeed("generate openapi.yaml --out client --quiet");
    assert_eq!(printed.output, "");
    assert!(
        printed.messages.starts_with("warning[unknown-key]"),
        "{}",
        printed.messages
    );
    let escape = |printed: &Printed| printed.messages.contains('\u{1b}');
    let line = "check openapi.yaml --out client";
    assert!(!escape(&folder.run(line)));
    assert!(escape(&folder.run(&format!("{line} --color always"))));
    assert!(!escape(&run(folder.0.path(), line, &[("NO_COLOR", "1")])));
    let printed = folder.succeed(&format!("{line} --jobs 1"));
    assert!(
        printed.output.contains("as openapi.yaml gives them"),
        "{}",
        printed.output
    );
}

#[test]
fn a_url_is_answered_with_the_command_that_downloads_it() {
    let folder = Folder::new();
    for line in [
        "generate https://example.com/a/pets.yaml",
        "init https://example.com/a/pets.yaml",
    ] {
        let printed = folder.run(line);
        assert_eq!(printed.code, 2);
        let curl = "    curl -fsSL -o pets.yaml 'https://example.com/a/pets.yaml'\n";
        assert!(printed.messages.ends_with(curl), "{}", printed.messages);
    }
}

#[test]
fn every_command_describes_itself() {
    let folder = Folder::new();
    let help = folder.succeed("help").output;
    for command in [
        "init",
        "generate",
        "check",
        "report",
        "effective",
        "show",
        "explain",
        "schema",
        "completions",
        "man",
    ] {
        assert!(help.contains(&format!("  {command} ")), "{help}");
        let of_command = folder.succeed(&format!("help {command}")).output;
        assert!(of_command.contains("Usage: specwright "), "{of_command}");
        assert!(
            folder
                .succeed(&format!("{command} --help"))
                .output
                .contains("Usage: specwright ")
        );
    }
    assert!(
        folder
            .succeed("help output")
            .output
            .contains("Standard error has diagnostics")
    );
    let printed = folder.run("help outptu");
    assert!(
        printed.code == 2 && printed.messages.contains("did you mean `output`?"),
        "{}",
        printed.messages
    );
    let schema = folder.succeed("schema").output;
    assert!(schema.contains("\"additionalProperties\": false"));
    assert!(folder.succeed("completions bash").output.contains("--add-dependencies"));
    let man = folder.succeed("man").output;
    assert!(
        man.starts_with(".ie") && man.contains("COMMAND GENERATE") && man.contains("add\\-dependencies"),
        "{man}"
    );
    let version = folder.succeed("--version").output;
    assert!(
        version.starts_with(concat!("specwright ", env!("CARGO_PKG_VERSION"))),
        "{version}"
    );
}

#[test]
fn what_cannot_be_understood_is_an_error_of_the_command_line() {
    let folder = Folder::new();
    for (line, expected) in [
        ("", "Usage:"),
        ("generat", "'generate'"),
        ("generate --documnt a", "unexpected argument"),
        ("generate", "a document is missing"),
        ("generate openapi.yaml", "an output is missing"),
        ("generate openapi.yaml --out a --module b", "cannot be used with"),
        ("generate openapi.yaml --module src/api", "is not in a crate"),
        (
            "generate openapi.yaml --out a --runtime ../x",
            "is not the folder of `specwright-runtime`",
        ),
        (
            "generate openapi.yaml --out a --name 1",
            "cannot be the name of a package",
        ),
        ("check openapi.yaml --out a --allow weakend", "did you mean `weakened`?"),
        ("show openapi.yaml --stage irr", "did you mean `ir`?"),
        ("report openapi.yaml --format jsn", "json"),
        ("report --client x openapi.yaml", "needs a configuration"),
        ("explain nul-key", "did you mean `null-key`?"),
    ] {
        let printed = folder.run(line);
        assert_eq!(printed.code, 2, "{line}: {}", printed.messages);
        assert!(printed.messages.contains(expected), "{line}: {}", printed.messages);
    }
}

/// `--all-features` builds these commands, and then they do not say how to get them.
#[cfg(not(any(feature = "mock", feature = "watch")))]
#[test]
fn a_command_behind_a_feature_says_how_to_install_it() {
    let folder = Folder::new();
    for (line, expected) in [
        (
            "mock openapi.yaml --port 0",
            "install specwright as before, with `--features mock`",
        ),
        ("mock --help", "`specwright mock --help` needs the feature `mock`"),
        ("watch", "install specwright as before, with `--features watch`"),
    ] {
        let printed = folder.run(line);
        assert_eq!(printed.code, 2, "{line}: {}", printed.messages);
        assert!(printed.messages.contains(expected), "{line}: {}", printed.messages);
    }
    assert!(!folder.succeed("help").output.contains("  mock "));
    assert!(!folder.succeed("man").output.contains("COMMAND MOCK"));
}
