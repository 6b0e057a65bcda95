//! What the stages find on the way, whatever becomes of the document.

use std::ops::ControlFlow;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, Files},
    document::Document,
    inputs::Inputs,
    ir::Api,
    name::Names,
    normalize::{Canonical, Changes},
    origin::Origins,
    paging::PagingFinding,
    read::{self, Source, Unreadable},
};

/// What a stage has made, for those who look at it on the way.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Made<'a> {
    /// The document as it was read.
    Read(&'a Source),
    /// One tree of the document, its overlays and the other files that it refers to.
    Source(&'a Source),
    /// The same in canonical form, with the operations that are wanted.
    Canonical(&'a Canonical),
    /// The typed document.
    Document(&'a Document),
    /// What it means.
    Api(&'a Api),
    /// The same, with identifiers.
    Names(&'a Names<'a>),
    /// Everything that the emitters look at.
    Client(crate::emit::Context<'a>),
}

/// Sees what the stages make, and may end the run.
pub(crate) type Watch<'w> = &'w mut dyn FnMut(Made<'_>) -> ControlFlow<()>;

/// What is found on the way: diagnostics, by what their pointers point into, and what it takes to show them.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The document as it was read.
    pub(crate) source: Diagnostics,
    /// The canonical tree.
    pub(crate) tree: Diagnostics,
    /// Overlays and other files. What is wrong in a file is an error where it is referred to, too.
    pub(crate) others: Diagnostics,
    /// The contents of the files that locations refer to.
    files: Files,
    /// Where in the source the parts of the canonical tree come from.
    pub(crate) origins: Origins,
    /// What is written in other words than the canonical form.
    pub(crate) changes: Changes,
    /// What was found out about the paging of operations.
    pub(crate) paging: Vec<PagingFinding>,
}

impl Found {
    /// Keeps what reading has found.
    pub(crate) fn read(&mut self, read: Result<Source, Unreadable>) -> Option<Source> {
        match read {
            Ok(source) => {
                self.source.extend(source.warnings.iter().cloned());
                self.places_of(&source);
                Some(source)
            }
            Err(unreadable) => {
                self.source = unreadable.diagnostics;
                self.files = unreadable.files;
                None
            }
        }
    }

    /// Keeps what it takes to show what is found in a source.
    pub(crate) fn places_of(&mut self, source: &Source) {
        self.files.clone_from(&source.files);
        self.origins.clone_from(&source.origins);
    }

    /// Drops the texts of the inputs until [`Found::take_sources`]: the caller has them too, and the stages after the canonical
    /// tree, which take most of the memory, do not read them.
    pub(crate) fn release_texts(&mut self, canonical: &mut Canonical, inputs: Inputs<'_>) {
        canonical.source.files = Files::new();
        self.files.release_texts(inputs.files().count());
    }

    /// Takes the files that locations refer to, with their texts.
    pub(crate) fn take_sources(&mut self, inputs: Inputs<'_>) -> Files {
        let texts = inputs.files().map(|input| read::text(input.bytes).unwrap_or_default());
        self.files.restore_texts(texts);
        std::mem::take(&mut self.files)
    }

    /// Runs a stage that looks at the errors of earlier ones.
    pub(crate) fn with_earlier<T>(&mut self, stage: impl FnOnce(&mut Diagnostics) -> T) -> T {
        let mut all = std::mem::take(&mut self.source);
        let in_source = all.len();
        all.extend(std::mem::take(&mut self.tree));
        let made = stage(&mut all);
        self.tree = all.split_off(in_source);
        self.source = all;
        made
    }

    /// Adds a defect of the generator.
    pub(crate) fn internal(&mut self, message: &str) {
        let help = "report this defect of the generator, with the document; no files were written";
        self.others
            .push(Diagnostic::error(Code::Internal, None, "", message).help(help));
    }

    /// All diagnostics with pointers into the source, in the order of their places.
    pub(crate) fn take_diagnostics(&mut self) -> Diagnostics {
        let mut diagnostics = std::mem::take(&mut self.source);
        diagnostics.extend(self.origins.translate(std::mem::take(&mut self.tree)));
        diagnostics.extend(std::mem::take(&mut self.others));
        diagnostics.sort();
        diagnostics
    }
}
