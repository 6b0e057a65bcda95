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
//! With [`Mock::with_defaults`], operations that have no expectation get an answer of the document.
//!
//! The first expectation that fits a request and has a reply left answers it. A single reply is sent as often as it is requested, and
//! must be requested at least once. In a sequence ([`Replied::then`]), each reply except the last one is sent once.
//! [`Replied::times`] and [`Replied::any_times`] change that.

mod declared;
mod defaults;
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
mod server;
mod state;
mod transport;
mod written;

#[doc(hidden)]
pub use self::{defaults::DefaultAnswer, inputs::Inputs, operation::RequiredInputs, written::Written};
pub use self::{
    defaults::DefaultAnswers,
    endpoint::Endpoint,
    expectation::{Expectation, Replied},
    operation::{Mocked, MockedPages, MockedStream},
    reply::{Fault, Reply},
    server::Mock,
    transport::MockTransport,
    written::ByStatus,
};
pub(crate) use self::{node::Node, request::OperationOf};
