//! Recorded exchanges, for tests of programs without a server.
//!
//! A [`Recorder`] records the exchanges of a client and a server as JSON that is easy to review. A [`Replay`] is a transport
//! that returns recorded responses, or responses that a test declares:
//!
//! ```
//! use specwright_runtime::{Client, codegen::{Call, Operation}, recording::{Exchange, Replay}};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), specwright_runtime::Error> {
//! static GET: Operation = Operation::get("Apps.Get", "/apps/{id}");
//!
//! let replay = Replay::new([Exchange::new("GET", "/apps/a1", 200, r#""Wiki""#)]);
//! let client = Client::builder("https://example.com").transport(replay.clone()).build()?;
//! let name = Call::new(&client, &GET, &[&"a1"]).send_for_json::<String>().await?;
//! assert_eq!((name.as_str(), replay.unused().len()), ("Wiki", 0));
//! # Ok(())
//! # }
//! ```

mod exchange;
mod recorder;
mod replay;

pub use self::{exchange::Exchange, recorder::Recorder, replay::Replay};
