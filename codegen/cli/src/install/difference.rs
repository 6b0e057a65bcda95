//! What is on the disk against what should be there.

use std::{
    collections::BTreeSet,
    fs::{File, FileType},
    io::{self, Read as _},
    path::Path,
};

use codegen::package::MARK;

use super::{Error, Layout, Place, Refusal, Wanted, content::Content, digest::Digest};

/// The mark is in the first line, and this is more than one.
const LONGEST_FIRST_LINE: u64 = 4_096;

/// What differs, as paths relative to the crate's folder, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Not there.
    pub missing: Vec<String>,
    /// There, with another text.
    pub stale: Vec<String>,
    /// Generated once, and no longer made.
    pub orphaned: Vec<String>,
    /// In the way, and not generated.
    pub refused: Vec<Refusal>,
    /// How many are as they should be.
    pub unchanged: usize,
    /// Whether an interrupted run has left something to complete or to take back.
    pub is_interrupted: bool,
}

impl Difference {
    /// Whether all is as it should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files() == 0 && !self.is_interrupted
    }

    /// How many files differ.
    #[must_use]
    pub fn files(&self) -> usize {
        self.missing.len() + self.stale.len() + self.orphaned.len() + self.refused.len()
    }
}

pub(super) fn between(base: &Path, wanted: &Wanted) -> Result<Difference, Error> {
    let mut difference = Difference::default();
    let present = present(base, wanted, &mut difference.refused)?;
    refuse_folders(wanted, base, &mut difference.refused)?;
    for place in wanted.files.keys().filter(|place| !present.contains(*place)) {
        match place.resolve(base) {
            Ok(_) => difference.missing.push(place.as_str().to_owned()),
            Err(Error::Refused(refusals)) => difference.refused.extend(refusals),
            Err(error) => return Err(error),
        }
    }
    for place in present {
        let path = place.resolve(base)?;
        let on_disk = Existing::read(&path, wanted.files.get(&place)).map_err(Error::io("read", &path))?;
        let name = place.as_str().to_owned();
        match (wanted.files.contains_key(&place), on_disk) {
            (_, Existing::Same) => difference.unchanged += 1,
            (true, Existing::Generated) => difference.stale.push(name),
            (false, Existing::Generated) => difference.orphaned.push(name),
            (_, Existing::Foreign) => difference.refused.push(Refusal::new(&name, FOREIGN)),
            (_, Existing::Changed) => difference.refused.push(Refusal::new(&name, CHANGED)),
        }
    }
    difference.refused.sort();
    difference.refused.dedup();
    Ok(difference)
}

pub(super) const FOREIGN: &str = "was not generated, so it is not touched";
pub(super) const CHANGED: &str = "has changed while the command ran; run it again";

enum Existing {
    Same,
    /// Ours to replace.
    Generated,
    Foreign,
    /// Shared with the user, who has changed it since it was read.
    Changed,
}

impl Existing {
    fn read(path: &Path, wanted: Option<&Content>) -> io::Result<Self> {
        let mut file = File::open(path)?;
        if let Some(original) = wanted.and_then(|content| content.original) {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            let is_same = wanted.is_some_and(|content| content.text.as_bytes() == bytes);
            return Ok(match (is_same, Digest::of(Some(&bytes)) == original) {
                (true, _) => Self::Same,
                (false, true) => Self::Generated,
                (false, false) => Self::Changed,
            });
        }
        if let Some(text) = wanted.map(|content| &content.text)
            && u64::try_from(text.len()).is_ok_and(|length| file.metadata().is_ok_and(|found| found.len() == length))
        {
            let mut bytes = Vec::with_capacity(text.len());
            file.read_to_end(&mut bytes)?;
            let same = bytes == text.as_bytes();
            return Ok(if same { Self::Same } else { Self::by_mark(&bytes) });
        }
        let mut start = Vec::new();
        file.take(LONGEST_FIRST_LINE).read_to_end(&mut start)?;
        Ok(Self::by_mark(&start))
    }

    fn by_mark(start: &[u8]) -> Self {
        let first_line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let has_mark = first_line.windows(MARK.len()).any(|window| window == MARK.as_bytes());
        if has_mark { Self::Generated } else { Self::Foreign }
    }
}

/// Whether a file, if there is one, may be replaced or removed.
pub(super) fn is_generated(path: &Path) -> io::Result<bool> {
    match Existing::read(path, None) {
        Ok(existing) => Ok(matches!(existing, Existing::Generated)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// The files in the folder of generated modules, and those beside it that are wanted.
fn present(base: &Path, wanted: &Wanted, refused: &mut Vec<Refusal>) -> Result<BTreeSet<Place>, Error> {
    let mut present = BTreeSet::new();
    for place in wanted.files.keys().filter(|place| !place.is_module()) {
        let path = base.join(place.as_str());
        if let Some(kind) = kind(&path)? {
            sort_in(
                &wanted.layout,
                place.as_str(),
                kind,
                &mut present,
                &mut Vec::new(),
                refused,
            );
        }
    }
    let modules = wanted.layout.modules();
    if !is_folder(base, modules, refused)? {
        return Ok(present);
    }
    let mut folders = vec![modules.to_owned()];
    while let Some(folder) = folders.pop() {
        let path = base.join(&folder);
        for entry in path.read_dir().map_err(Error::io("list", &path))? {
            let entry = entry.map_err(Error::io("list", &path))?;
            let kind = entry.file_type().map_err(Error::io("look at", &path))?;
            let name = entry.file_name();
            match name.to_str() {
                Some(name) => {
                    let path = format!("{folder}/{name}");
                    sort_in(&wanted.layout, &path, kind, &mut present, &mut folders, refused);
                }
                None => {
                    let path = format!("{folder}/{}", name.to_string_lossy());
                    refused.push(Refusal::new(&path, "has a name that is not Unicode"));
                }
            }
        }
    }
    Ok(present)
}

/// Whether the folder of generated modules is there, and no link leads to it.
fn is_folder(base: &Path, modules: &str, refused: &mut Vec<Refusal>) -> Result<bool, Error> {
    let ends = modules.match_indices('/').map(|(at, _)| at).chain([modules.len()]);
    for folder in ends.filter_map(|end| modules.get(..end)) {
        match kind(&base.join(folder))? {
            None => return Ok(false),
            Some(kind) if kind.is_dir() => {}
            Some(_) => {
                refused.push(Refusal::new(folder, "is not a folder, or a symbolic link"));
                return Ok(false);
            }
        }
    }
    Ok(true)
}

fn kind(path: &Path) -> Result<Option<FileType>, Error> {
    match path.symlink_metadata() {
        Ok(found) => Ok(Some(found.file_type())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("look at", path)(error)),
    }
}

fn sort_in(
    layout: &Layout,
    path: &str,
    kind: FileType,
    present: &mut BTreeSet<Place>,
    folders: &mut Vec<String>,
    refused: &mut Vec<Refusal>,
) {
    let reason = if kind.is_symlink() {
        "is a symbolic link, which is not followed"
    } else if kind.is_dir() {
        folders.push(path.to_owned());
        return;
    } else if !kind.is_file() {
        "is not a file"
    } else if let Ok(place) = layout.place(path) {
        present.insert(place);
        return;
    } else {
        "has a name that no generated file has"
    };
    refused.push(Refusal::new(path, reason));
}

/// A folder at the path of a file cannot be replaced by it.
fn refuse_folders(wanted: &Wanted, base: &Path, refused: &mut Vec<Refusal>) -> Result<(), Error> {
    for place in wanted.files.keys() {
        if kind(&base.join(place.as_str()))?.is_some_and(|kind| kind.is_dir()) {
            refused.push(Refusal::new(place.as_str(), "is a folder where a file should be"));
        }
    }
    Ok(())
}
