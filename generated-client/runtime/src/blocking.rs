//! Calls for programs without an asynchronous runtime.

use std::{
    future::Future,
    pin::pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

use tokio::{
    runtime::{Builder, Handle},
    task::consume_budget,
};

use crate::{Error, ErrorKind};

/// Blocks this thread until a future completes. The future is a call, or is composed of calls.
///
/// One thread of the process drives timers and connections. It starts with the first call, so connections are reused by later
/// calls.
///
/// The function works on every thread that may be blocked, including the blocking threads of a runtime (`spawn_blocking`) and
/// `block_in_place`. On a thread on which a runtime polls tasks it returns an error: await the call instead.
///
/// ```no_run
/// # fn example(call: specwright_runtime::codegen::Call) -> Result<(), specwright_runtime::Error> {
/// let response = specwright_runtime::blocking::wait(call.send_for_text())??;
/// println!("{}", *response);
/// # Ok(())
/// # }
/// ```
pub fn wait<F: Future>(future: F) -> Result<F::Output, Error> {
    if is_polling_tasks() {
        return Err(configuration(
            "`wait` would block a thread of the async runtime: await the call, or call `wait` in `spawn_blocking`",
        ));
    }
    let _entered = runtime()?.enter();
    Ok(park_until(future))
}

/// Polls on this thread, and lets it sleep in between. Unlike the runtime's own way to block, it never panics.
fn park_until<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// More than tokio lets a task do before it has to pause.
const MORE_THAN_A_TURN: u32 = 1024;

/// Whether this thread polls the tasks of a runtime at this moment, so that blocking it would stop them.
///
/// tokio tells a worker from a blocking thread only by a panic. But it counts what a task does in its turn, and what runs on a
/// thread that may block has no such limit: only there can more be done than a turn allows.
fn is_polling_tasks() -> bool {
    if Handle::try_current().is_err() {
        return false;
    }
    let mut context = Context::from_waker(Waker::noop());
    (0..MORE_THAN_A_TURN).any(|_| pin!(consume_budget()).poll(&mut context).is_pending())
}

/// The runtime of the process. What it lacks when it first starts it lacks for good.
fn runtime() -> Result<Handle, Error> {
    static RUNTIME: OnceLock<Result<Handle, String>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| start().map_err(|error| error.to_string()));
    runtime
        .clone()
        .map_err(|reason| configuration(&format!("the runtime cannot be started: {reason}")))
}

fn start() -> std::io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let driver = thread::Builder::new().name("specwright-runtime".to_owned());
    driver.spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(handle)
}

fn configuration(reason: &str) -> Error {
    Error::new(ErrorKind::Configuration, reason)
}
