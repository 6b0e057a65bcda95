//! What is on the disk against what should be there.

use std::{
    collections::BTreeSet,
    fs::{File, FileType},
    io::{self, Read as _},
    path::Path,
};

use codegen::package::{GENERATED_FOLDER, MARK};

use super::{Error, Place, Refusal, Wanted};

/// The mark is in the first line, and this is more than one.
const LONGEST_FIRST_LINE: u64 = 4_096;

/// What differs, as paths relative to the crate's folder, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Not there.
    pub(crate) missing: Vec<String>,
    /// There, with another text.
    pub(crate) stale: Vec<String>,
    /// Generated once, and no longer made.
    pub(crate) orphaned: Vec<String>,
    /// In the way, and not generated.
    pub(crate) refused: Vec<Refusal>,
    /// How many are as they should be.
    pub(crate) unchanged: usize,
    /// Whether an interrupted run has left something to complete or to take back.
    pub(crate) is_interrupted: bool,
}

impl Difference {
    /// Whether all is as it should be.
    pub(crate) fn is_empty(&self) -> bool {
        self.files() == 0 && !self.is_interrupted
    }

    /// How many files differ.
    pub(crate) fn files(&self) -> usize {
        self.missing.len() + self.stale.len() + self.orphaned.len() + self.refused.len()
    }
}

pub(super) fn between(base: &Path, wanted: &Wanted) -> Result<Difference, Error> {
    let mut difference = Difference::default();
    let present = present(base, wanted, &mut difference.refused)?;
    refuse_folders(wanted, base, &mut difference.refused)?;
    for place in wanted.0.keys().filter(|place| !present.contains(*place)) {
        match place.resolve(base) {
            Ok(_) => difference.missing.push(place.as_str().to_owned()),
            Err(Error::Refused(refusals)) => difference.refused.extend(refusals),
            Err(error) => return Err(error),
        }
    }
    for place in present {
        let path = place.resolve(base)?;
        let on_disk = Existing::read(&path, wanted.0.get(&place)).map_err(Error::io("read", &path))?;
        let name = place.as_str().to_owned();
        match (wanted.0.contains_key(&place), on_disk) {
            (_, Existing::Same) => difference.unchanged += 1,
            (true, Existing::Generated) => difference.stale.push(name),
            (false, Existing::Generated) => difference.orphaned.push(name),
            (_, Existing::Foreign) => {
                difference.refused.push(Refusal {
                    path: name,
                    reason: "was not generated, so it is not touched",
                });
            }
        }
    }
    difference.refused.sort();
    difference.refused.dedup();
    Ok(difference)
}

enum Existing {
    Same,
    Generated,
    Foreign,
}

impl Existing {
    fn read(path: &Path, text: Option<&String>) -> io::Result<Self> {
        let mut file = File::open(path)?;
        if let Some(text) = text
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
    for place in wanted.0.keys().filter(|place| !place.is_module()) {
        let path = base.join(place.as_str());
        if let Some(kind) = kind(&path)? {
            sort_in(place.as_str(), kind, &mut present, &mut Vec::new(), refused);
        }
    }
    if !is_folder(base, refused)? {
        return Ok(present);
    }
    let mut folders = vec![GENERATED_FOLDER.to_owned()];
    while let Some(folder) = folders.pop() {
        let path = base.join(&folder);
        for entry in path.read_dir().map_err(Error::io("list", &path))? {
            let entry = entry.map_err(Error::io("list", &path))?;
            let kind = entry.file_type().map_err(Error::io("look at", &path))?;
            let name = entry.file_name();
            match name.to_str() {
                Some(name) => sort_in(&format!("{folder}/{name}"), kind, &mut present, &mut folders, refused),
                None => {
                    let path = format!("{folder}/{}", name.to_string_lossy());
                    refused.push(Refusal {
                        path,
                        reason: "has a name that is not Unicode",
                    });
                }
            }
        }
    }
    Ok(present)
}

/// Whether the folder of generated modules is there, and no link leads to it.
fn is_folder(base: &Path, refused: &mut Vec<Refusal>) -> Result<bool, Error> {
    let ends = GENERATED_FOLDER
        .match_indices('/')
        .map(|(at, _)| at)
        .chain([GENERATED_FOLDER.len()]);
    for folder in ends.filter_map(|end| GENERATED_FOLDER.get(..end)) {
        match kind(&base.join(folder))? {
            None => return Ok(false),
            Some(kind) if kind.is_dir() => {}
            Some(_) => {
                refused.push(Refusal {
                    path: folder.to_owned(),
                    reason: "is not a folder, or a symbolic link",
                });
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
    } else if let Ok(place) = Place::parse(path) {
        present.insert(place);
        return;
    } else {
        "has a name that no generated file has"
    };
    refused.push(Refusal {
        path: path.to_owned(),
        reason,
    });
}

/// A folder at the path of a file cannot be replaced by it.
fn refuse_folders(wanted: &Wanted, base: &Path, refused: &mut Vec<Refusal>) -> Result<(), Error> {
    for place in wanted.0.keys() {
        if kind(&base.join(place.as_str()))?.is_some_and(|kind| kind.is_dir()) {
            refused.push(Refusal {
                path: place.as_str().to_owned(),
                reason: "is a folder where a file should be",
            });
        }
    }
    Ok(())
}
