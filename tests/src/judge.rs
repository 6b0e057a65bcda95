//! Judges of a change that know nothing of documents: the compiler, and `cargo-semver-checks`.
//!
//! [`docs::Docs`] reads what rustdoc writes of a crate as JSON. [`uses::program`] writes a program that uses every public
//! item of it. [`compiled::broken`] compiles that program against another crate, and [`semver::required`] asks
//! `cargo-semver-checks`. A crate holds many pairs, a module each, so one run judges all of them.

pub mod compiled;
pub mod docs;
mod generics;
mod names;
pub mod semver;
mod types;
pub mod uses;

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use codegen::Files;

use self::{docs::Docs, semver::Level};
use crate::{crates, workspace};

/// The name of the crate that holds one side of all pairs.
const CRATE: &str = "pairs";

/// Pairs of generated clients: a crate of all old ones, and a crate of all new ones.
#[derive(Debug)]
pub struct Bench {
    folder: PathBuf,
    /// The modules of the crates, one for each pair.
    modules: Vec<String>,
}

/// What the compiler says of all pairs.
#[derive(Debug)]
pub struct Compiled {
    /// How many uses the program has.
    pub uses: usize,
    /// The first error of each pair whose old program does not compile against the new client.
    pub broken: BTreeMap<String, String>,
}

impl Bench {
    /// Writes the crates of pairs into a folder: a module, its old files and its new ones.
    pub fn write(folder: &Path, pairs: Vec<(String, Files, Files)>) -> io::Result<Self> {
        let (mut old, mut new, mut modules) = (Vec::new(), Vec::new(), Vec::new());
        for (module, old_files, new_files) in pairs {
            modules.push(module.clone());
            old.push((module.clone(), old_files));
            new.push((module, new_files));
        }
        crates::write(&folder.join("old"), CRATE, "The old client of each pair.", old)?;
        crates::write(&folder.join("new"), CRATE, "The new client of each pair.", new)?;
        let folder = folder.to_path_buf();
        Ok(Self { folder, modules })
    }

    fn side(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Compiles a program that uses every public item of the old clients, against both. Returns `None` where rustdoc writes
    /// another format than those that are read here.
    ///
    /// # Errors
    ///
    /// What the tools say, and what the program cannot use or does not compile with the old clients: then it judges nothing.
    pub fn compile(&self) -> Result<Option<Compiled>, String> {
        let target = self.side("target");
        let runtime = workspace().join("generated-client/runtime");
        let runtime = Docs::of(&runtime, &target, "specwright_runtime", true)?;
        let Some((runtime, old)) = runtime.zip(Docs::of(&self.side("old"), &target, CRATE, false)?) else {
            return Ok(None);
        };
        let program = uses::program(&old, CRATE, &runtime);
        if !program.unwritten.is_empty() {
            return Err(format!("the program cannot use {:?}", program.unwritten));
        }
        let compiled = |side: &str| {
            let folder = self.side(side);
            compiled::broken(&program.modules, (CRATE, &folder), &self.side("uses"), &target)
        };
        if let Some((module, error)) = compiled("old")?.pop_first() {
            return Err(format!(
                "{module}: the program does not compile with the old client: {error}"
            ));
        }
        Ok(Some(Compiled {
            uses: program.count,
            broken: compiled("new")?,
        }))
    }

    /// Asks `cargo-semver-checks` what each pair requires.
    ///
    /// # Errors
    ///
    /// What the tool says, where it has no answer.
    pub fn required(&self, tool: &Path) -> Result<BTreeMap<String, (Level, Vec<String>)>, String> {
        let sides = (self.side("old"), self.side("new"));
        semver::required(tool, (&sides.0, &sides.1), &self.side("target"), &self.modules)
    }
}
