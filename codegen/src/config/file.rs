//! What a configuration file says, checked.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::options::Config;
use crate::package::{Metadata, Runtime};

/// The name of the file that the command looks for.
pub const FILE_NAME: &str = "specwright.yaml";

/// A configuration file: one client or several.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    /// The clients, in the order of the file.
    pub clients: Vec<ClientConfig>,
}

/// The configuration of one client.
#[derive(Clone, Debug, Default)]
pub struct ClientConfig {
    /// Its key below `clients`; `None` where the file has one client.
    pub label: Option<String>,
    /// What the command reads and writes for it.
    pub settings: Settings,
    /// Where the runtime comes from. A path is as the file has it: relative to the file.
    pub runtime: Option<Runtime>,
    /// How it is generated.
    pub(super) config: Config,
    /// The keys that are given.
    pub(super) given: BTreeSet<String>,
}

/// What the command reads and writes for a client. Paths are as the file has them: relative to the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The document.
    pub document: Option<String>,
    /// The folder of the generated crate.
    pub out: Option<String>,
    /// The folder of generated modules in an existing crate.
    pub module: Option<String>,
    /// The name of the generated crate.
    pub name: Option<String>,
    /// The initial metadata of the manifest of a generated crate.
    pub package: Metadata,
    /// Other folders with files that the document may refer to.
    pub allow_folders: Vec<String>,
    /// Whether everything that no error affects is generated from a document with errors.
    pub keep_going: bool,
}

impl ClientConfig {
    /// Returns how the client is generated. A module has no features unless the file enables them, because its crate would
    /// have to declare them.
    #[must_use]
    pub fn generator(&self, is_module: bool) -> Config {
        let mut config = self.config.clone();
        config.keep_going = self.settings.keep_going;
        if is_module {
            config.group_features &= self.given.contains("group_features");
            config.client_feature &= self.given.contains("client_feature");
        }
        config
    }
}
