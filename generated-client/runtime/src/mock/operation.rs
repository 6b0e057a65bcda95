//! What the mock knows of the operations of a client.

use std::fmt;

use super::{
    inputs::Inputs,
    written::{ByStatus, Written},
};
use crate::{Operation, call::Call, wire::Json};

/// An operation that a [`Mock`](super::Mock) can answer: the type of its calls, such as `GetPet`.
///
/// `Request` is a struct with a field for each input of a call. The fields have the names of the arguments and setters.
/// `required` holds the struct of required inputs, and `body` the body. A required input has its own type, and an optional input
/// is an `Option`. A body of several values is a `Vec`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a call that a mock can answer",
    note = "pass a call that is not sent, such as `client.pets().get(7)`"
)]
pub trait Mocked: 'static {
    #[doc(hidden)]
    /// What the document declares about the operation.
    const OPERATION: &'static Operation;

    /// The inputs of a request.
    type Request: fmt::Debug;
    /// What the operation answers with. For a stream it is a `Vec` of the items.
    type Answer;
    /// The errors that the document declares for the operation.
    type Failure: ByStatus;

    #[doc(hidden)]
    /// Returns what the call is made of.
    fn into_call(self) -> Call;

    #[doc(hidden)]
    /// Reads the inputs of a request.
    fn request(inputs: &mut Inputs<'_>) -> Option<Self::Request>;

    #[doc(hidden)]
    /// Writes an answer.
    fn write(answer: &Self::Answer) -> Written;

    #[doc(hidden)]
    /// Returns whether the document declares a status for the answer. `usual` are the statuses of an operation that does not
    /// list its own.
    #[must_use]
    fn declares(status: u16, usual: &[u16]) -> bool {
        usual.contains(&status)
    }
}

/// An operation with pages of items.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a call of an operation with pages of items")]
pub trait MockedPages: Mocked {
    /// An item of a page.
    type Item: Json;
    /// A page.
    type Page: Json;
}

/// An operation with a second form of answer, which is a stream.
#[diagnostic::on_unimplemented(message = "`{Self}` does not have a second form of answer that is a stream")]
pub trait MockedStream: Mocked {
    /// An item of the stream.
    type StreamItem;

    #[doc(hidden)]
    /// Writes the stream.
    fn write_stream(items: &[Self::StreamItem]) -> Written;
}

/// The struct of the inputs that an operation requires. Generated structs implement it.
pub trait RequiredInputs: Sized {
    #[doc(hidden)]
    /// Reads the inputs of a request.
    fn read(inputs: &mut Inputs<'_>) -> Option<Self>;
}
