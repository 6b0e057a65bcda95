//! The keys of objects in a configuration file.

use super::key::{Key, Kind, Reader, key};

/// Keys of an object are read with the object.
const fn inner(name: &'static str, kind: Kind, texts: [&'static str; 3]) -> Key {
    key(name, kind, Reader::Own, texts)
}

pub(super) const RUNTIME: &[Key] = &[
    inner(
        "version",
        Kind::Text,
        [
            "the version that the generator was released with",
            "'0.1'",
            "A version requirement, as in `Cargo.toml`.",
        ],
    ),
    inner(
        "git",
        Kind::Text,
        [
            "none",
            "https://git.example.com/specwright",
            "A git repository. Give `rev` or `tag` with it.",
        ],
    ),
    inner(
        "rev",
        Kind::Text,
        ["none", "4f2a9c1", "A revision of the git repository."],
    ),
    inner("tag", Kind::Text, ["none", "v0.1.0", "A tag of the git repository."]),
    inner(
        "workspace",
        Kind::Flag,
        [
            "false",
            "true",
            "Whether the workspace of the generated crate declares the dependency.",
        ],
    ),
    inner(
        "path",
        Kind::Text,
        [
            "none",
            "../specwright/generated-client/runtime",
            "The folder of the runtime. A crate with such a dependency cannot be published.",
        ],
    ),
];

pub(super) const PACKAGE: &[Key] = &[
    inner("version", Kind::Text, ["0.1.0", "1.0.0", "The version of the crate."]),
    inner(
        "description",
        Kind::Text,
        [
            "a sentence with the title of the document",
            "A client of the pet store",
            "The description of the crate.",
        ],
    ),
    inner(
        "license",
        Kind::Text,
        [
            "none",
            "MIT OR Apache-2.0",
            "The licence, as an SPDX expression. A registry asks for it, so a crate without one is not published.",
        ],
    ),
    inner(
        "repository",
        Kind::Text,
        [
            "none",
            "https://git.example.com/petstore-client",
            "The URL of the repository.",
        ],
    ),
    inner("authors", Kind::Texts, ["[]", "[The petstore team]", "The authors."]),
    inner(
        "publish",
        Kind::FlagOrTexts,
        [
            "true with a licence and a runtime that is not a path, else false",
            "[internal]",
            "Whether the crate may be published, or the names of the registries.",
        ],
    ),
    inner(
        "edition",
        Kind::Word(&["2021", "2024"]),
        ["'2024'", "'2021'", "The edition of the crate."],
    ),
    inner(
        "rust_version",
        Kind::Text,
        [
            "the one of the runtime",
            "'1.90'",
            "The oldest Rust version that the crate supports.",
        ],
    ),
];

pub(super) const NAMING: &[Key] = &[
    inner(
        "titles",
        Kind::Flag,
        [
            "false",
            "true",
            "Whether variants of unions are named after their titles, and servers after short descriptions. A change of such a \
         text then changes a name.",
        ],
    ),
    inner(
        "words",
        Kind::Texts,
        [
            "[]",
            "[McDonalds]",
            "Words that are not split, each as it is spelled: with `McDonalds`, `getMcDonaldsMenu` is `get_mcdonalds_menu`.",
        ],
    ),
];

pub(super) const SELECTION: &[Key] = &[
    inner("tags", Kind::Texts, ["[]", "[pets]", "Tags of operations."]),
    inner(
        "operations",
        Kind::Texts,
        [
            "[]",
            "[listPets, 'GET /owners/{id}']",
            "Operation ids, or methods with paths.",
        ],
    ),
    inner(
        "paths",
        Kind::Texts,
        [
            "[]",
            "[/pets, '/*/owners']",
            "Paths: `/pets` matches this path and those below it, `*` is any segment, `**` any number of segments.",
        ],
    ),
];
