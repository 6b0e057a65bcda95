//! How a document is to be generated: what the document itself does not say.

use serde::Deserialize;

pub use crate::read::Limits;
use crate::{diagnostic::Levels, paging::Paging, selection::Selection};

/// What null means where a document allows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NullPolicy {
    /// Null says something else than absence: such a property has three states.
    #[default]
    Distinct,
    /// Null reads as absent, and absent is written as nothing, as protobuf's JSON form has it.
    Absent,
}

/// When the call of an operation returns an enum with a variant for each status of success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResponseEnums {
    /// Where the contents of the statuses differ. A response that is added may change the type of the call.
    #[default]
    WhereNeeded,
    /// Always, so that a response that is added only adds a variant. Streams and paged operations have their own types.
    Always,
}

/// What `lower` has to know of the configuration.
#[derive(Clone, Copy, Debug, Default)]
pub struct Policies {
    pub(crate) null: NullPolicy,
    pub(crate) response_enums: ResponseEnums,
}

/// The configuration of a run, as it stands in `codegen.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The part of dotted schema names that makes no module: with `c1.api`, `c1.api.app.v1.App` is
    /// `models::app::v1::App`. It is pinned, so that a new schema moves no other.
    pub module_prefix: String,
    /// What null means.
    #[serde(with = "NullForm")]
    pub null: NullPolicy,
    /// When the call of an operation returns an enum with a variant for each status of success.
    #[serde(with = "ResponseEnumsForm")]
    pub response_enums: ResponseEnums,
    /// Whether each group of operations has a cargo feature, which brings it and the models that it alone uses: yes, if
    /// nothing is said, where there is more than one group.
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
    /// What is done about paging that the document does not declare.
    pub paging: Paging,
    /// Whether what is whole of a document with errors is generated all the same.
    #[serde(skip)]
    pub keep_going: bool,
    /// What becomes of warnings.
    #[serde(skip)]
    pub levels: Levels,
    /// What a document may cost.
    #[serde(skip)]
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            hand_written_face: false,
            module_prefix: String::new(),
            null: NullPolicy::default(),
            response_enums: ResponseEnums::default(),
            group_features: true,
            overlays: Vec::new(),
            include: Selection::default(),
            exclude: Selection::default(),
            paging: Paging::default(),
            keep_going: false,
            levels: Levels::default(),
            limits: Limits::default(),
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
#[serde(remote = "ResponseEnums", rename_all = "snake_case")]
enum ResponseEnumsForm {
    WhereNeeded,
    Always,
}

impl Config {
    pub(crate) fn policies(&self) -> Policies {
        Policies {
            null: self.null,
            response_enums: self.response_enums,
        }
    }

    /// Reads a configuration. The error names what is wrong, and in most cases the line.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_yaml::from_str(text).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, NullPolicy, ResponseEnums};

    #[test]
    fn reads_a_configuration() {
        let text = "module_prefix: c1.api\nnull: absent\nresponse_enums: always\n";
        let config = Config::parse(text).unwrap_or_default();
        assert_eq!(config.response_enums, ResponseEnums::Always);
        assert_eq!(config.module_prefix, "c1.api");
        assert_eq!(config.null, NullPolicy::Absent);
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let error = Config::parse("module_prefix: a\nnul: absent\n")
            .err()
            .unwrap_or_default();
        assert!(error.contains("nul") && error.contains("line 2"), "{error}");
    }
}
