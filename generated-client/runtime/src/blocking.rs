//! Calls for programs without an asynchronous runtime.

use std::{future::Future, sync::OnceLock, thread};

use tokio::runtime::{Builder, Handle};

use crate::{Error, ErrorKind};

/// Blocks this thread until the future is done, a call or anything made of calls.
///
/// Time and connections are looked after by one thread of the whole process, which starts with the first call, so that
/// connections are kept from call to call. Inside a runtime it is an error: there, await the call.
///
/// ```no_run
/// # fn example(call: client_runtime::Call) -> Result<(), client_runtime::Error> {
/// let response = client_runtime::blocking::wait(call.send_for_text())??;
/// println!("{}", *response);
/// # Ok(())
/// # }
/// ```
pub fn wait<F: Future>(future: F) -> Result<F::Output, Error> {
    if Handle::try_current().is_ok() {
        return Err(configuration("waiting would block a runtime's thread: await the call"));
    }
    Ok(runtime()?.block_on(future))
}

/// The runtime of the process. What it lacks when it first starts it lacks for good.
fn runtime() -> Result<Handle, Error> {
    static RUNTIME: OnceLock<Result<Handle, String>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| start().map_err(|error| error.to_string()));
    runtime
        .clone()
        .map_err(|reason| configuration(&format!("no runtime can be started: {reason}")))
}

fn start() -> std::io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let driver = thread::Builder::new().name("client-runtime".to_owned());
    driver.spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(handle)
}

fn configuration(reason: &str) -> Error {
    Error::new(ErrorKind::Configuration, reason)
}
