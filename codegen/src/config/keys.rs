//! The table of all keys of a configuration file.

use super::{
    key::{Key, Kind, Reader, key},
    objects::{GROUPS, NAMING, PACKAGE, PAGING, RUNTIME, SELECTION},
};

/// Keys that each of several clients has for itself.
pub(super) const OF_ONE_CLIENT: [&str; 4] = ["document", "out", "module", "name"];

/// The keys, in the order in which a file is written.
pub(super) const KEYS: &[Key] = &[
    key(
        "document",
        Kind::Text,
        Reader::Command,
        [
            "none: the command needs it here or as an argument",
            "openapi.yaml",
            "The OpenAPI document, in YAML or JSON. Paths in this file are relative to its folder.",
        ],
    ),
    key(
        "out",
        Kind::Text,
        Reader::Command,
        [
            "none",
            "petstore-client",
            "The folder of the generated crate. It is created if it does not exist.",
        ],
    ),
    key(
        "module",
        Kind::Text,
        Reader::Command,
        [
            "none",
            "src/api",
            "The folder of generated modules in an existing crate. Use it instead of `out` to generate a module of your crate.",
        ],
    ),
    key(
        "name",
        Kind::Text,
        Reader::Command,
        [
            "the name of the document's file",
            "petstore-client",
            "The name of the generated crate, used when its `Cargo.toml` is written for the first time.",
        ],
    ),
    key(
        "runtime",
        Kind::Object(RUNTIME),
        Reader::Own,
        [
            "the version that the generator was released with",
            "{version: '0.1'}",
            "Where `specwright-runtime`, the only dependency of generated code, comes from. Give one of `version`, `git`, \
         `workspace` and `path`.",
        ],
    ),
    key(
        "package",
        Kind::Object(PACKAGE),
        Reader::Command,
        [
            "{}",
            "{license: MIT, repository: 'https://git.example.com/petstore-client'}",
            "What `Cargo.toml` of a generated crate holds when it is written for the first time. Later changes of `Cargo.toml` \
         are yours.",
        ],
    ),
    key(
        "overlays",
        Kind::Texts,
        Reader::Generator,
        [
            "[]",
            "[fixes.overlay.yaml]",
            "OpenAPI overlays (1.0 or 1.1), applied to the document in this order before anything else.",
        ],
    ),
    key(
        "include",
        Kind::Object(SELECTION),
        Reader::Generator,
        [
            "{}",
            "{tags: [pets], paths: [/owners]}",
            "The operations to generate: those that at least one entry matches. Without entries, all operations are generated. \
         Models that no operation needs are left out.",
        ],
    ),
    key(
        "exclude",
        Kind::Object(SELECTION),
        Reader::Generator,
        [
            "{}",
            "{operations: [deletePet, 'GET /internal']}",
            "The operations to leave out.",
        ],
    ),
    key(
        "paging",
        Kind::Object(PAGING),
        Reader::Generator,
        [
            "{}",
            "{recognize: [pageable, token, url, link, header]}",
            "What is done about paging that the document does not declare with `x-client-paging`. `report` lists what was \
         recognized, and what looks like paging.",
        ],
    ),
    key(
        "null",
        Kind::Word(&["distinct", "absent"]),
        Reader::Generator,
        [
            "distinct",
            "absent",
            "What null means. `distinct`: a nullable optional property has three states. `absent`: null reads as absent and is \
         never sent, as in the JSON form of protobuf.",
        ],
    ),
    key(
        "inline_types",
        Kind::Word(&["distinct", "shared"]),
        Reader::Generator,
        [
            "distinct",
            "shared",
            "Whether inline schemas that are equal have types of their own (`distinct`), or are one type with a name for each of them \
         (`shared`). Large documents that repeat objects and enums compile in less than half the time with `shared`. A type that is \
         shared becomes several types when one of its schemas changes alone.",
        ],
    ),
    key(
        "module_prefix",
        Kind::Text,
        Reader::Generator,
        [
            "''",
            "com.example.api",
            "The start of dotted schema names that becomes no module: with `com.example`, the schema `com.example.pets.Pet` is \
         `models::pets::Pet`.",
        ],
    ),
    key(
        "names",
        Kind::TextsByKey,
        Reader::Generator,
        [
            "{}",
            "{/components/schemas/pet_v2: Pet}",
            "Identifiers of parts of the document, by the JSON pointers of the parts: schemas, properties, values of enums, \
         variants of unions, operations, parameters, tags and security schemes. Each identifier is used as it is.",
        ],
    ),
    key(
        "naming",
        Kind::Object(NAMING),
        Reader::Generator,
        [
            "{}",
            "{words: [McDonalds]}",
            "How names are made that `names` does not give.",
        ],
    ),
    key(
        "groups",
        Kind::Object(GROUPS),
        Reader::Generator,
        [
            "{}",
            "{by: path, paths: {/v1/billing/**: billing}}",
            "The groups of operations. `x-client-group` in the document takes precedence.",
        ],
    ),
    key(
        "formats",
        Kind::TypesByKey,
        Reader::Generator,
        [
            "{}",
            "{date-time: 'jiff::Timestamp', /components/schemas/*/properties/price: 'rust_decimal::Decimal'}",
            "Rust types of your choice for strings and numbers, by their `format`, or by the JSON pointers of their schemas, in \
         which `*` is any segment. A pointer takes precedence over a format. A type needs `FromStr`, `Display`, `Clone`, \
         `Debug` and `PartialEq`. Its crate is a dependency that you add; a type of your crate begins with `crate::`.",
        ],
    ),
    key(
        "attributes",
        Kind::AttributesByKey,
        Reader::Generator,
        [
            "{}",
            "{Pet: ['derive(Eq, Hash)'], 'Order*': ['cfg_attr(test, derive(Hash))']}",
            "Rust attributes of models, such as derives, by the names of their schemas, in which `*` is any text. A derive \
         compiles only if the types of all fields support it. Aliases have no attributes.",
        ],
    ),
    key(
        "response_enums",
        Kind::Word(&["where_needed", "always"]),
        Reader::Generator,
        [
            "where_needed",
            "always",
            "When a call returns an enum with a variant for each status of success. `where_needed`: if the contents of the \
         statuses differ. `always`: a response that is added then only adds a variant.",
        ],
    ),
    key(
        "client_feature",
        Kind::Flag,
        Reader::Generator,
        [
            "true in a crate, false in a module",
            "true",
            "Whether everything except the models is behind the cargo feature `client`.",
        ],
    ),
    key(
        "group_features",
        Kind::Flag,
        Reader::Generator,
        [
            "true in a crate, false in a module",
            "false",
            "Whether each group of operations has a cargo feature, which enables the group and the models that only it uses. \
         `true` implies `client_feature`.",
        ],
    ),
    key(
        "default_answers",
        Kind::Flag,
        Reader::Generator,
        [
            "false",
            "true",
            "Whether the module `mock` is generated, with an answer for each operation that a mock of tests sends by default: an \
         example of the document, or a value made from the schema. A change of a schema then changes answers, too.",
        ],
    ),
    key(
        "hand_written_face",
        Kind::Flag,
        Reader::Generator,
        [
            "false",
            "true",
            "Whether handwritten code creates the clients. No builder, credentials or servers of the whole API are generated \
         then.",
        ],
    ),
    key(
        "allow_folders",
        Kind::Texts,
        Reader::Command,
        [
            "[]",
            "[../common]",
            "Folders other than the document's own in which it may refer to files.",
        ],
    ),
    key(
        "keep_going",
        Kind::Flag,
        Reader::Command,
        [
            "false",
            "true",
            "Whether a document with errors still gives a client of everything that no error affects. The exit code is 1 then.",
        ],
    ),
    key(
        "allow",
        Kind::Codes,
        Reader::Own,
        [
            "[]",
            "[weakened]",
            "Codes of warnings and notes that are hidden. `specwright explain` lists the codes.",
        ],
    ),
    key(
        "deny",
        Kind::Codes,
        Reader::Own,
        ["[]", "[unknown-format]", "Codes of warnings and notes that are errors."],
    ),
    key(
        "deny_warnings",
        Kind::Flag,
        Reader::Own,
        ["false", "true", "Whether all warnings are errors."],
    ),
    key(
        "clients",
        Kind::Clients,
        Reader::Own,
        [
            "none: the file configures one client",
            "{pets: {document: pets.yaml, out: pets-client}, shop: {document: shop.yaml, out: shop-client}}",
            "Several clients, by names of your choice. Each has the keys of this file; a key outside `clients` applies to every \
         client that does not have it. `document`, `out`, `module` and `name` belong to each client.",
        ],
    ),
];
