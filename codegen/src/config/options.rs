//! How a client is generated.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{diagnostic::Levels, paging::Paging, read::Limits, selection::Selection};

/// The meaning of null where a document allows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NullPolicy {
    /// Null is different from absent: such a property has three states.
    #[default]
    Distinct,
    /// Null is read as absent, and an absent value is not written, as in protobuf's JSON form.
    Absent,
}

/// Whether inline schemas that are equal have types of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InlineTypes {
    /// Each inline schema has a type of its own.
    #[default]
    Distinct,
    /// Equal inline schemas are one type, and each of them has a name for it. A schema that changes alone gets a type of its own.
    Shared,
}

/// The rules for names that the configuration does not pin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Naming {
    /// Whether variants of unions are named after their titles, and servers after short descriptions. A change of such a
    /// title or description then changes a name.
    pub titles: bool,
    /// Words that are not split, each as it is spelled: with `McDonalds`, `getMcDonaldsMenu` is `get_mcdonalds_menu`.
    pub words: Vec<String>,
}

/// What the group of an operation is named after where the document does not say it by `x-client-group`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupBy {
    /// The first tag; without one, the path.
    #[default]
    Tag,
    /// The first segment of the path other than variables, versions such as `v1`, and `api`.
    Path,
}

/// The groups of operations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Groups {
    /// What groups are named after.
    pub by: GroupBy,
    /// The groups of paths, by patterns: `*` is any segment, `**` any number of them. The one with the most
    /// fixed segments counts.
    pub paths: BTreeMap<String, String>,
}

/// When the call of an operation returns an enum with a variant for each status of success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResponseEnums {
    /// Only if the contents of the statuses differ. An added response can change the type of the call.
    #[default]
    WhereNeeded,
    /// Always, so that an added response only adds a variant. Streams and paged operations have their own types.
    Always,
}

/// The decisions of a configuration that change what a document means.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policies<'a> {
    pub(crate) null: NullPolicy,
    pub(crate) response_enums: ResponseEnums,
    /// Whether variants of unions are named after their titles.
    pub(crate) titles: bool,
    /// The Rust types of formats and of pointers.
    pub(crate) formats: &'a BTreeMap<String, String>,
    /// What makes equal inline types different, where equal ones are one type.
    pub(crate) sharing: Option<Sharing<'a>>,
}

/// What makes equal inline types different: what the configuration says of single ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sharing<'a> {
    /// The pinned names.
    pub(crate) pins: &'a BTreeMap<String, String>,
    /// The attributes of models.
    pub(crate) attributes: &'a BTreeMap<String, Vec<String>>,
}

/// How a client is generated. Each field with a name in the configuration file is a key of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own, and none of them excludes another"
)]
pub struct Config {
    /// The prefix of dotted schema names that does not become modules: with `c1.api`, `c1.api.app.v1.App` is
    /// `models::app::v1::App`. It is set here, so that a new schema does not move other schemas.
    pub module_prefix: String,
    /// The meaning of null.
    #[serde(with = "NullForm")]
    pub null: NullPolicy,
    /// Whether inline schemas that are equal have types of their own.
    #[serde(with = "InlineTypesForm")]
    pub inline_types: InlineTypes,
    /// When the call of an operation returns an enum with a variant for each status of success.
    #[serde(with = "ResponseEnumsForm")]
    pub response_enums: ResponseEnums,
    /// The identifiers of parts of the document, by the JSON pointers of the parts: of schemas, properties, values of
    /// enums, variants of unions, operations, parameters, tags and security schemes. Each is used as it is.
    pub names: BTreeMap<String, String>,
    /// How other names are made.
    pub naming: Naming,
    /// The groups of operations.
    pub groups: Groups,
    /// The Rust types of strings and numbers, by their formats or by the JSON pointers of their schemas. `*` in a pointer
    /// is any segment.
    pub formats: BTreeMap<String, String>,
    /// The Rust attributes of models, by patterns of the names of their schemas. `*` is any text.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Whether everything but the models is behind the cargo feature `client`.
    pub client_feature: bool,
    /// Whether each group of operations has a cargo feature, which enables the group and the models that only it uses. The
    /// default is yes. Such features need the feature `client`.
    pub group_features: bool,
    /// Whether code that is written by hand creates the clients. Then no constructor, no credentials and no servers of the
    /// whole API are generated.
    pub hand_written_face: bool,
    /// Overlays that are applied to the document, in this order: paths relative to the configuration, which the caller
    /// reads.
    pub overlays: Vec<String>,
    /// The operations to generate; all of them, if the selection is empty.
    pub include: Selection,
    /// The operations to leave out.
    pub exclude: Selection,
    /// What is done about paging that the document does not declare.
    pub paging: Paging,
    /// Whether a module `mock` has an answer for each operation, which a mock of tests can send by default.
    pub default_answers: bool,
    /// Whether everything that no error affects is generated from a document with errors.
    #[serde(skip)]
    pub keep_going: bool,
    /// The levels of warnings.
    #[serde(skip)]
    pub levels: Levels,
    /// The limits on documents.
    #[serde(skip)]
    pub limits: Limits,
    /// The name of the document in generated files, if it is not [`Input::name`](crate::Input::name).
    #[serde(skip)]
    pub source_name: Option<String>,
    /// The number of threads that print modules; 0 for one for each core.
    #[serde(skip)]
    pub jobs: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            hand_written_face: false,
            module_prefix: String::new(),
            null: NullPolicy::default(),
            inline_types: InlineTypes::default(),
            response_enums: ResponseEnums::default(),
            names: BTreeMap::new(),
            naming: Naming::default(),
            groups: Groups::default(),
            formats: BTreeMap::new(),
            attributes: BTreeMap::new(),
            client_feature: true,
            group_features: true,
            overlays: Vec::new(),
            include: Selection::default(),
            exclude: Selection::default(),
            paging: Paging::default(),
            default_answers: false,
            keep_going: false,
            levels: Levels::default(),
            limits: Limits::default(),
            source_name: None,
            jobs: 0,
        }
    }
}

/// The words for the policies.
#[derive(Deserialize)]
#[serde(remote = "NullPolicy", rename_all = "lowercase")]
enum NullForm {
    Distinct,
    Absent,
}

#[derive(Deserialize)]
#[serde(remote = "InlineTypes", rename_all = "lowercase")]
enum InlineTypesForm {
    Distinct,
    Shared,
}

#[derive(Deserialize)]
#[serde(remote = "ResponseEnums", rename_all = "snake_case")]
enum ResponseEnumsForm {
    WhereNeeded,
    Always,
}

impl Config {
    /// The decisions that change what a document means.
    pub(crate) fn policies(&self) -> Policies<'_> {
        Policies {
            null: self.null,
            response_enums: self.response_enums,
            titles: self.naming.titles,
            formats: &self.formats,
            sharing: (self.inline_types == InlineTypes::Shared).then_some(Sharing {
                pins: &self.names,
                attributes: &self.attributes,
            }),
        }
    }
}
