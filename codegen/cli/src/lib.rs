//! What the command `specwright` does, without its command line: it reads documents and configurations from the disk, puts
//! generated files in place, and prints what there is to say.
//!
//! This library has no argument parser. It is for the command and for tools of a workspace that generate with it; its
//! interface changes with the command. Programs that need no disk use `specwright-codegen`.

pub mod check;
pub mod diff;
pub mod effective;
pub mod explain;
pub mod failure;
pub mod files;
pub mod generate;
pub mod graph;
pub mod init;
pub mod inputs;
pub mod install;
pub mod locate;
#[cfg(feature = "mock")]
pub mod mock;
pub mod output;
pub mod paths;
pub mod report;
pub mod show;

mod chosen;
mod client;
mod configuration;
mod manifest;
mod request;
mod target;

pub use self::{failure::Failure, request::Request};

/// The version, with the revision that the command was built from where that is known.
pub const VERSION: &str = env!("SPECWRIGHT_VERSION");
