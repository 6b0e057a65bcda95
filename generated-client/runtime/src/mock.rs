//! A mock of the server, for tests of programs. It answers in the same process, without a socket.
//!
//! A [`Mock`] is a transport, so the retries, time limits, pages and decoding of the real client run. An expectation is a call
//! with the answers to requests like it, both in the types of the operation. At its end, a test fails with one report of all
//! requests that nothing expected and all expectations that were not met.
//!
//! ```
//! # mod models { pub type Team = std::collections::BTreeMap<String, i64>; }
//! use specwright_runtime::{Client, forms::*, mock::Mock};
//!
//! operations! {
//!     pub struct Teams = "teams" {
//!         /// Returns a team.
//!         GET "/teams/{id}"
//!         fn get(
//!             id: String,
//!         ) -> Get = "teams.get" {
//!             answer: json models::Team,
//!         },
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), specwright_runtime::Error> {
//! let mock = Mock::new();
//! let client: Client = mock.client();
//! let teams = Teams(client);
//! mock.expect(teams.get("a")).raw(503, "").then().answers([("members".to_owned(), 3)].into());
//!
//! let team = teams.get("a").await?; // the client repeats the request after 503
//! assert_eq!(team["members"], 3);
//! assert_eq!(mock.requests::<Get>().len(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! Which requests an expectation is for:
//!
//! - [`Mock::expect`] takes a call that is not sent. Requests of its operation with equal inputs are like it. An input that the
//!   call does not set can have any value. A JSON body must be equal as a whole, except the token of a page.
//! - [`Mock::any`] takes all requests of an operation.
//! - [`Mock::endpoint`] takes requests that are not of an operation, such as those for tokens.
//! - [`Expectation::when`] adds a condition on the inputs, in their own types.
//!
//! The first expectation that fits a request and has a reply left answers it. A single reply is sent as often as it is requested, and
//! must be requested at least once. In a sequence ([`Replied::then`]), each reply except the last one is sent once.
//! [`Replied::times`] and [`Replied::any_times`] change that.

mod difference;
mod endpoint;
mod expectation;
mod form;
mod inputs;
mod node;
mod operation;
mod pages;
mod reply;
mod report;
mod request;
mod state;
mod transport;
mod written;

use std::{panic::Location, sync::Arc, thread};

use bytes::Bytes;

use self::{
    endpoint::Route,
    reply::invalid,
    request::Seen,
    state::{Entry, State},
};
use crate::{Client, ClientBuilder};

pub use self::{
    endpoint::Endpoint,
    expectation::{Expectation, Replied},
    operation::{Mocked, MockedPages, MockedStream},
    reply::{Fault, Reply},
    transport::MockTransport,
};
#[doc(hidden)]
pub use self::{
    inputs::Inputs,
    operation::RequiredInputs,
    written::{ByStatus, Written},
};
pub(crate) use self::{node::Node, request::OperationOf};

/// The server of the clients of [`Mock::client`]. No request reaches it.
const SERVER: &str = "https://mock.localhost";

/// A server in the same process, with expectations and the requests that it received.
///
/// When it is dropped, it fails the test if a request was not expected or an expectation was not met. If the test has already
/// failed, the report is only printed.
#[derive(Debug)]
#[must_use = "a mock that is dropped has no expectations"]
pub struct Mock {
    state: Arc<State>,
    is_verified: bool,
}

impl Mock {
    /// Creates a mock without expectations: it expects no request at all.
    #[allow(
        clippy::new_without_default,
        reason = "a mock is made where its test begins, and has to be kept"
    )]
    pub fn new() -> Self {
        Self {
            state: Arc::default(),
            is_verified: false,
        }
    }

    /// Creates a client of this mock, which has a credential for all operations.
    ///
    /// ```
    /// # use specwright_runtime::{Client, mock::Mock};
    /// let mock = Mock::new();
    /// let client: Client = mock.client();
    /// # let _ = client;
    /// ```
    #[must_use]
    #[track_caller]
    pub fn client<C: From<Client>>(&self) -> C {
        match self.builder().build() {
            Ok(client) => client,
            Err(error) => invalid(&error.to_string()),
        }
    }

    /// Creates a builder for a client of this mock, to set limits, retries and credentials. Random pauses have a fixed seed.
    pub fn builder<C: From<Client>>(&self) -> ClientBuilder<C> {
        ClientBuilder::new(SERVER)
            .bearer_token("mock")
            .retry_seed(0)
            .transport(self.transport())
    }

    /// Returns the transport of this mock, for a client that is built otherwise. Clones answer for the same mock.
    #[must_use]
    pub fn transport(&self) -> MockTransport {
        MockTransport::new(Arc::clone(&self.state))
    }

    /// Expects requests like this call, which is not sent.
    ///
    /// # Panics
    ///
    /// If the call cannot be sent, for example because an argument of its path is empty.
    #[track_caller]
    pub fn expect<M: Mocked>(&self, call: M) -> Expectation<M> {
        let expected = match call.into_call().expected() {
            Ok(expected) => expected,
            Err(error) => invalid(&format!("the call cannot be sent: {error}")),
        };
        let entry = Entry::new(
            Route::Operation(M::OPERATION),
            Some(expected),
            expectation::check::<M>,
            Location::caller(),
        );
        Expectation::new(Arc::clone(&self.state), entry)
    }

    /// Expects any request of an operation, by the type of its calls: `mock.any::<GetPet>()`.
    #[track_caller]
    pub fn any<M: Mocked>(&self) -> Expectation<M> {
        let entry = Entry::new(
            Route::Operation(M::OPERATION),
            None,
            expectation::check::<M>,
            Location::caller(),
        );
        Expectation::new(Arc::clone(&self.state), entry)
    }

    /// Expects requests with this method and path, whatever they are for, such as those for tokens:
    /// `mock.endpoint("POST", "/oauth/token")`.
    #[track_caller]
    pub fn endpoint(&self, method: &str, path: &str) -> Expectation<Endpoint> {
        let route = Route::Endpoint {
            method: method.to_owned(),
            path: path.to_owned(),
        };
        let entry = Entry::new(route, None, |_| Ok(()), Location::caller());
        Expectation::new(Arc::clone(&self.state), entry)
    }

    /// Returns all requests so far as they were received, with their credentials.
    #[must_use]
    pub fn received(&self) -> Vec<http::Request<Bytes>> {
        self.state.received().iter().map(Seen::whole).collect()
    }

    /// Returns the inputs of all requests of an operation so far, those of repeated attempts too. A request that does not decode
    /// is left out, and reported at the end of the test.
    #[must_use]
    pub fn requests<M: Mocked>(&self) -> Vec<M::Request> {
        let received = self.state.received();
        let own = received.iter().filter(|seen| seen.is_of(M::OPERATION));
        own.filter_map(|seen| Inputs::read(seen, M::OPERATION, M::request).ok())
            .collect()
    }

    /// Returns what is wrong so far: requests that were not expected, and expectations that are not met.
    #[must_use]
    pub fn report(&self) -> Option<String> {
        report::report(&self.state)
    }

    /// Fails the test now, as dropping the mock does, if anything is wrong so far.
    ///
    /// # Panics
    ///
    /// If a request was not expected, or an expectation is not met.
    #[track_caller]
    pub fn verify(mut self) {
        self.is_verified = true;
        if let Some(report) = self.report() {
            failed(&report);
        }
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        if self.is_verified {
            return;
        }
        match self.report() {
            None => {}
            // A second panic would end the whole process.
            Some(report) if thread::panicking() => print(&report),
            Some(report) => failed(&report),
        }
    }
}

#[track_caller]
#[allow(clippy::panic, reason = "the report fails the test")]
fn failed(report: &str) -> ! {
    panic!("{report}")
}

#[allow(
    clippy::print_stderr,
    reason = "the test harness shows it with the failure of the test"
)]
fn print(report: &str) {
    eprintln!("{report}");
}
