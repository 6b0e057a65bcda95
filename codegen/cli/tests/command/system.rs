//! What the system offers to a test: namespaces of its own, and somebody who watches.

use std::process::Command;

/// A script that runs in namespaces of its own, in which it is the administrator: what it mounts ends with it, and its
/// network has no way out.
pub(crate) fn isolated(script: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "--net", "sh", "-euc", script, "sh"]);
    command
}

/// Why there are no namespaces with a disk of their own, if there are none.
pub(crate) fn no_disks() -> Option<&'static str> {
    let works = works(isolated("mount -t tmpfs -o size=64k none /mnt"));
    (!works).then_some("this system lets nobody mount a disk of their own (unshare, mount)")
}

/// Why nobody watches, if nobody does.
pub(crate) fn no_watch() -> Option<&'static str> {
    let works = works(isolated("strace -f -e trace=openat -o /dev/null true"));
    (!works).then_some("there is no strace, or it may not watch")
}

fn works(mut command: Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}
