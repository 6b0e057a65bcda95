//! `cargo xtask package`: the crates as they would be published, for a crate that is to be built against them.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use specwright::{
    Failure,
    output::{print, report},
    paths::{resolve, shown},
};

use crate::workspace::root;

/// What is published, in an order in which each comes after those that it depends on.
const PUBLISHED: [&str; 5] = [
    "specwright-runtime",
    "conductorone-client",
    "specwright-codegen",
    "specwright",
    "specwright-build",
];

/// Packages all crates, unpacks them into a folder, and writes a configuration of cargo that uses them in place of those
/// of the registry.
pub(crate) fn run(out: &Path) -> Result<(), Failure> {
    let out = resolve(out).map_err(|error| Failure::Run(format!("cannot use {}: {error}", shown(out))))?;
    let failed = |path: &Path, error: std::io::Error| Failure::Run(format!("cannot write {}: {error}", shown(path)));
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["package", "--no-verify", "--allow-dirty", "--quiet"]);
    cargo.args(PUBLISHED.iter().flat_map(|name| ["-p", name]));
    let packages = root().join("target/packages");
    cargo.arg("--target-dir").arg(&packages).current_dir(root());
    succeed(&mut cargo)?;
    fs::create_dir_all(&out).map_err(|error| failed(&out, error))?;
    let mut config = "[patch.crates-io]\n".to_owned();
    for name in PUBLISHED {
        let folder = unpacked(&packages, name, &out)?;
        // Paths of Windows have backslashes, which a literal string keeps. Writing to a string cannot fail.
        let _ = writeln!(config, "{name} = {{ path = '{}' }}", folder.display());
    }
    let path = out.join("patch.toml");
    fs::write(&path, config).map_err(|error| failed(&path, error))?;
    print(&format!(
        "packaged {} crates in {}; build against them with\n    cargo check --config {}\n",
        PUBLISHED.len(),
        shown(&out),
        path.display()
    ));
    Ok(())
}

fn unpacked(packages: &Path, name: &str, out: &Path) -> Result<PathBuf, Failure> {
    let version = env!("CARGO_PKG_VERSION");
    let full_name = format!("{name}-{version}");
    let folder = out.join(&full_name);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(Failure::Run(format!("cannot remove {}: {error}", shown(&folder))));
        }
        _ => {}
    }
    // Windows has it too.
    let mut tar = Command::new("tar");
    tar.arg("-xzf")
        .arg(packages.join("package").join(format!("{full_name}.crate")));
    tar.arg("-C").arg(out);
    succeed(&mut tar)?;
    Ok(folder)
}

fn succeed(command: &mut Command) -> Result<(), Failure> {
    report(&format!("package: {command:?}\n"));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::Run(format!("{command:?}: {status}"))),
        Err(error) => Err(Failure::Run(format!("{command:?}: {error}"))),
    }
}
