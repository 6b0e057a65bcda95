//! Stacks for documents as deep as the limits allow.

use std::{cell::Cell, io, thread};

/// Enough for such a document in an unoptimized build. A main thread has less on some platforms.
const SIZE: usize = 64 << 20;

thread_local! {
    static IS_LARGE: Cell<bool> = const { Cell::new(false) };
}

/// Runs something that may recurse as deep as a document, in a thread of its own unless the stack of this thread is that large
/// already. The error of a thread that panics is its panic.
pub fn on_a_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<thread::Result<T>> {
    if is_large() {
        return Ok(Ok(work()));
    }
    thread::scope(|scope| {
        let work = || {
            IS_LARGE.set(true);
            work()
        };
        let thread = thread::Builder::new().stack_size(SIZE).spawn_scoped(scope, work)?;
        Ok(thread.join())
    })
}

/// Whether this thread has such a stack.
pub(crate) fn is_large() -> bool {
    IS_LARGE.get()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::thread;

    use super::{is_large, on_a_large_stack};
    use crate::{Config, Input, generate};

    #[test]
    fn a_large_stack_is_used_again() {
        let here = thread::current().id();
        let (outer, inner) = on_a_large_stack(|| {
            let inner = on_a_large_stack(|| thread::current().id()).unwrap().unwrap();
            (thread::current().id(), inner)
        })
        .unwrap()
        .unwrap();
        assert_eq!(outer, inner);
        assert_ne!(outer, here);
        assert!(!is_large());
    }

    #[test]
    fn files_do_not_depend_on_the_threads_that_render() {
        let schemas = ["a.A", "a.B", "b.C", "b.D", "c.E"].map(|name| format!("{name}: {{type: object}}"));
        let head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {";
        let document = format!("{head}{}}}}}", schemas.join(", "));
        let files = |jobs: usize| {
            let input = Input {
                name: "a.yaml",
                bytes: document.as_bytes(),
            };
            let config = Config {
                jobs,
                ..Config::default()
            };
            generate(input, &config).generated.unwrap().files
        };
        let expected = files(1);
        assert!(expected.len() > 3);
        for jobs in [0, 1, 3, 20] {
            assert_eq!(files(jobs), expected);
            assert_eq!(on_a_large_stack(|| files(jobs)).unwrap().unwrap(), expected);
        }
    }
}
