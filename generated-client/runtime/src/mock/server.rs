//! The mock itself.

use std::{panic::Location, sync::Arc, thread};

use bytes::Bytes;

use super::{
    defaults::DefaultAnswers,
    endpoint::{Endpoint, Route},
    expectation::{self, Expectation},
    inputs::Inputs,
    operation::Mocked,
    reply::invalid,
    report,
    request::Seen,
    state::{Entry, State},
    transport::MockTransport,
};
use crate::{Client, ClientBuilder};

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

    /// Answers requests of operations that have no expectation. Their inputs are not checked.
    ///
    /// ```
    /// # mod models { pub type Team = std::collections::BTreeMap<String, i64>; }
    /// # use specwright_runtime::{Client, forms::*, mock::Mock};
    /// # operations! {
    /// #     pub struct Teams = "teams" {
    /// #         /// Returns a team.
    /// #         GET "/teams/{id}"
    /// #         fn get(id: String) -> Get = "teams.get" { answer: json models::Team, },
    /// #     }
    /// # }
    /// // Generated with `default_answers`:
    /// default_answers! {
    ///     pub const DEFAULTS {
    ///         "teams.get" = 200 "application/json" r#"{"members":3}"#,
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), specwright_runtime::Error> {
    /// let mock = Mock::new().with_defaults(DEFAULTS);
    /// let teams = Teams(mock.client());
    /// assert_eq!(teams.get("a").await?["members"], 3);
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_defaults(self, answers: DefaultAnswers) -> Self {
        self.state.set_defaults(answers);
        self
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
