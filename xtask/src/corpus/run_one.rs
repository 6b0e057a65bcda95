//! Starts the process of a document and takes its row, or ends it.

use std::{
    io::Read as _,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use specwright::paths::shown;

use super::row::{Row, Verdict};

pub(crate) fn row(path: &Path, limit: Duration) -> Row {
    let failed = |verdict, why: String| {
        let mut row = Row::new(shown(path), verdict);
        row.first_error = why;
        row
    };
    match start(path) {
        Err(error) => failed(Verdict::Crashed, format!("its process could not be started: {error}")),
        Ok(child) => match answer(child, limit) {
            None => failed(Verdict::Hung, format!("no answer within {} s", limit.as_secs())),
            Some((said, complaint)) => {
                let row = Row::parse(&said);
                row.unwrap_or_else(|| failed(Verdict::Crashed, complaint))
            }
        },
    }
}

fn start(path: &Path) -> std::io::Result<Child> {
    Command::new(std::env::current_exe()?)
        .arg("corpus-document")
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

/// What the process says and what it complains of; `None` where it had to be ended.
fn answer(mut child: Child, limit: Duration) -> Option<(String, String)> {
    let (sender, receiver) = mpsc::channel();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let complaint = std::thread::spawn(move || read(stderr));
    let reader = std::thread::spawn(move || {
        // Nobody listens any more where the limit has passed.
        let _ = sender.send(read(stdout));
    });
    let said = receiver.recv_timeout(limit).ok();
    if said.is_none() {
        let _ = child.kill();
    }
    let _ = child.wait();
    let _ = reader.join();
    let complaint = complaint.join().unwrap_or_default();
    said.map(|said| (said, complaint))
}

/// More is said by nobody who is well.
const LONGEST: u64 = 16 << 20;

fn read(stream: Option<impl std::io::Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        // What came before an error is what there is to say.
        let _ = stream.take(LONGEST).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
