//! The keys of objects in a configuration file.

use super::key::{Key, Kind, inner};

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
            "Whether variants of unions are named after their titles, and servers after short descriptions. A changed \
         title or description then changes a name.",
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

pub(super) const GROUPS: &[Key] = &[
    inner(
        "by",
        Kind::Word(&["tag", "path"]),
        [
            "tag",
            "path",
            "What a group is named after. `tag`: the first tag of the operation, or the path if it has no tags. `path`: the first \
         segment of the path other than variables, versions such as `v1`, and `api`.",
        ],
    ),
    inner(
        "paths",
        Kind::TextsByKey,
        [
            "{}",
            "{/v1/billing/**: billing}",
            "The groups of operations by patterns of their paths, in which `*` is any segment and `**` any number of them. Of \
         several patterns that match, the one with the most fixed segments counts.",
        ],
    ),
];

/// The rules by which paging is recognized.
const PAGING_RULES: &[&str] = &["pageable", "token", "url", "link", "header", "page", "offset"];

pub(super) const PAGING: &[Key] = &[
    inner(
        "recognize",
        Kind::Words(PAGING_RULES),
        [
            "all of them",
            "[pageable, token, url]",
            "The rules by which paging is recognized: `x-ms-pageable`, a token or a URL in the response, the header `Link`, a header \
         of its own, a page number and an offset. `page` and `offset` need an end that the document declares.",
        ],
    ),
    inner(
        "suggest",
        Kind::Words(PAGING_RULES),
        [
            "all of them",
            "[page, offset]",
            "The rules by which `report` suggests a declaration for what is not recognized.",
        ],
    ),
    inner(
        "rules",
        Kind::Objects,
        [
            "[]",
            "[{path: '/v1/**', items: $.data, next: {last: $.id}, into: {in: query, name: starting_after}}]",
            "Declarations for several operations. `path` selects all operations in which everything exists that the declaration \
         names; `operation` selects one, by its id or its method and path. The other keys are those of `x-client-paging`.",
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
