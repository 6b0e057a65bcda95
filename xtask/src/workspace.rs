//! Where this workspace is, and how its client is generated.

use std::path::{Path, PathBuf};

use specwright::{Request, diff, paths::shown};

/// The configuration of the workspace's own client.
const CONFIG: &str = "spec/specwright.yaml";

/// Its document.
const DOCUMENT: &str = "spec/conductorone.yaml";

/// The folder of the workspace. Cargo says at run time where this package is: a binary may be older than its folder's
/// name.
pub(crate) fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let package = PathBuf::from(package);
    let root = package.parent().map_or_else(|| package.clone(), Path::to_path_buf);
    root.canonicalize().unwrap_or(root)
}

/// The client of this workspace.
pub(crate) fn request() -> Request {
    Request {
        command: Some("cargo xtask generate"),
        config: Some(root().join(CONFIG)),
        ..Request::default()
    }
}

/// The last committed document against the present one.
pub(crate) fn diff() -> diff::Request {
    let document = root().join(DOCUMENT);
    diff::Request {
        old: format!("{}HEAD:{}", diff::GIT, shown(&document)),
        new: shown(&document),
        config: Some(root().join(CONFIG)),
        ..diff::Request::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{CONFIG, root};

    #[test]
    fn the_root_is_the_workspace() {
        assert!(root().join("xtask/Cargo.toml").is_file() && root().join(CONFIG).is_file());
    }
}
