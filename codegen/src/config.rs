//! The configuration: what the document itself does not say.
//!
//! `keys` is the one table of all keys. It checks a file (`reader`), and the commented file, the JSON Schema and the
//! reference page are written from it (`written`).

mod file;
mod key;
mod keys;
mod objects;
mod options;
mod reader;
mod written;

pub(crate) use self::options::{Policies, Sharing};
pub use self::{
    file::{ClientConfig, ConfigFile, FILE_NAME, Settings},
    options::{Config, GroupBy, Groups, InlineTypes, Naming, NullPolicy, ResponseEnums},
    reader::{ReadConfig, read},
    written::{commented, reference, schema},
};
pub use crate::read::Limits;

#[cfg(test)]
mod tests;
