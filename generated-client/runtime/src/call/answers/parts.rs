//! Calls whose responses are read part by part.

use bytes::Bytes;
use http::HeaderValue;

use super::Call;
use crate::{Parts, Sending, decode, wire::Json};

const PARTS: HeaderValue = HeaderValue::from_static("multipart/mixed");

impl Call {
    /// Sends the call and returns the parts of the response, which are JSON.
    pub fn send_for_parts<T: Json>(self) -> Sending<Parts<T>> {
        self.accepting(PARTS).streamed().send(PARTS, decode::json_parts::<T>)
    }

    /// Sends the call and returns the parts of the response, which are text.
    pub fn send_for_text_parts<T: Json>(self) -> Sending<Parts<T>> {
        self.accepting(PARTS).streamed().send(PARTS, decode::text_parts::<T>)
    }

    /// Sends the call and returns the parts of the response, of whatever content.
    pub fn send_for_byte_parts(self) -> Sending<Parts<Bytes>> {
        self.accepting(PARTS).streamed().send(PARTS, decode::byte_parts)
    }
}
