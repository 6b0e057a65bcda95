//! How a client is generated.

use serde::Deserialize;

use crate::{diagnostic::Levels, read::Limits, selection::Selection};

/// What null means where a document allows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NullPolicy {
    /// Null says something else than absence: such a property has three states.
    #[default]
    Distinct,
    /// Null reads as absent, and absent is written as nothing, as protobuf's JSON form has it.
    Absent,
}

/// How a client is generated. Each field with a name in the configuration file is a key of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own, and none of them excludes another"
)]
pub struct Config {
    /// The part of dotted schema names that makes no module: with `c1.api`, `c1.api.app.v1.App` is
    /// `models::app::v1::App`. It is pinned, so that a new schema moves no other.
    pub module_prefix: String,
    /// What null means.
    #[serde(with = "NullForm")]
    pub null: NullPolicy,
    /// Whether everything but the models is behind the cargo feature `client`.
    pub client_feature: bool,
    /// Whether each group of operations has a cargo feature, which brings it and the models that it alone uses: yes, if
    /// nothing is said, where there is more than one group. Such features need the feature `client`.
    pub group_features: bool,
    /// Whether code that is written by hand makes the clients: then no constructor, no credentials and no servers of the
    /// whole API are generated.
    pub hand_written_face: bool,
    /// Overlays that are applied to the document, in this order: paths relative to the configuration, which the caller
    /// reads.
    pub overlays: Vec<String>,
    /// The operations that are wanted; all of them, if none is named.
    pub include: Selection,
    /// The operations that are not wanted.
    pub exclude: Selection,
    /// Whether what is whole of a document with errors is generated all the same.
    #[serde(skip)]
    pub keep_going: bool,
    /// What becomes of warnings.
    #[serde(skip)]
    pub levels: Levels,
    /// What a document may cost.
    #[serde(skip)]
    pub limits: Limits,
    /// What generated files call the document, if it is not [`Input::name`](crate::Input::name).
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
            client_feature: true,
            group_features: true,
            overlays: Vec::new(),
            include: Selection::default(),
            exclude: Selection::default(),
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
