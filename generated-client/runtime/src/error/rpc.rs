//! `google.rpc.Status`, the error body of gRPC gateways.

use std::fmt;

use crate::wire::{self, AnyMessage};

/// The body of an error in the form of `google.rpc.Status`.
#[non_exhaustive]
pub struct RpcStatus {
    code: i32,
    message: Option<String>,
    details: Option<Vec<AnyMessage>>,
}

crate::__model! {
    RpcStatus = "google.rpc.Status";
    code message details;
    [
        // Many an error body has a `message`; the number tells this one from others.
        ("code", wire::mark::REQUIRED),
        ("message", wire::mark::OPTIONAL),
        ("details", wire::mark::OPTIONAL),
    ]
    []
    []
}

impl RpcStatus {
    /// Reads a body that has this shape.
    pub(crate) fn from_body(body: &[u8]) -> Option<Self> {
        wire::from_slice(body).ok()
    }

    /// Returns the number of the code; see [`RpcStatus::code`] for its name.
    #[must_use]
    pub fn number(&self) -> i32 {
        self.code
    }

    /// Returns the code, if the number is a code of gRPC.
    #[must_use]
    pub fn code(&self) -> Option<RpcCode> {
        RpcCode::from_number(self.code)
    }

    /// Returns the message of the server, which is for developers and in English.
    #[must_use]
    pub fn message(&self) -> &str {
        self.message.as_deref().unwrap_or_default()
    }

    /// Returns the details, which are messages of any type.
    #[must_use]
    pub fn details(&self) -> &[AnyMessage] {
        self.details.as_deref().unwrap_or_default()
    }
}

macro_rules! rpc_codes {
    ($($(#[$docs:meta])* $variant:ident = $number:literal, $name:literal;)*) => {
        /// The error codes of gRPC.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum RpcCode {
            $($(#[$docs])* $variant,)*
        }

        impl RpcCode {
/// Returns the code with a number.
            #[must_use]
            pub const fn from_number(number: i32) -> Option<Self> {
                match number {
                    $($number => Some(Self::$variant),)*
                    _ => None,
                }
            }

/// Returns its number in `google.rpc.Status`.
            #[must_use]
            pub const fn number(self) -> i32 {
                match self {
                    $(Self::$variant => $number,)*
                }
            }

/// Returns its name in `google.rpc.Code`, such as `NOT_FOUND`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

rpc_codes! {
    /// The caller cancelled the operation.
    Cancelled = 1, "CANCELLED";
    /// An error without a better code.
    Unknown = 2, "UNKNOWN";
    /// The request is invalid, independently of the state of the system.
    InvalidArgument = 3, "INVALID_ARGUMENT";
    /// The deadline of the server expired.
    DeadlineExceeded = 4, "DEADLINE_EXCEEDED";
    /// The requested resource does not exist.
    NotFound = 5, "NOT_FOUND";
    /// The resource to be created already exists.
    AlreadyExists = 6, "ALREADY_EXISTS";
    /// The caller does not have permission.
    PermissionDenied = 7, "PERMISSION_DENIED";
    /// A quota or rate limit is used up.
    ResourceExhausted = 8, "RESOURCE_EXHAUSTED";
    /// The system is not in the state that the operation requires.
    FailedPrecondition = 9, "FAILED_PRECONDITION";
    /// A conflict with a concurrent operation.
    Aborted = 10, "ABORTED";
    /// A position beyond the valid range.
    OutOfRange = 11, "OUT_OF_RANGE";
    /// The server does not have this operation.
    Unimplemented = 12, "UNIMPLEMENTED";
    /// The server has an internal error.
    Internal = 13, "INTERNAL";
    /// The service is temporarily unavailable.
    Unavailable = 14, "UNAVAILABLE";
    /// Data is lost beyond recovery.
    DataLoss = 15, "DATA_LOSS";
    /// The caller is not authenticated.
    Unauthenticated = 16, "UNAUTHENTICATED";
}

impl fmt::Display for RpcCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    #[test]
    fn a_status_is_read_where_the_body_has_its_shape() {
        let body = br#"{"code":5,"message":"no app","details":[{"@type":"type.googleapis.com/a.B","c":1}],"more":1}"#;
        let status = RpcStatus::from_body(body).unwrap();
        assert_eq!(
            (status.number(), status.code(), status.message()),
            (5, Some(RpcCode::NotFound), "no app")
        );
        assert_eq!(status.details()[0].properties["c"], 1);
        assert_eq!(RpcStatus::from_body(br#"{"code":99}"#).unwrap().code(), None);
    }

    #[test]
    fn other_bodies_are_no_status() {
        let bodies = [
            "",
            "null",
            "[]",
            "{}",
            "{\"message\":\"x\"}",
            "{\"code\":\"5\"}",
            "{\"code\":5.5}",
            "{\"code\":4294967296}",
            "{\"code\":5,\"message\":{}}",
            "{\"code\":5",
            "<html>",
        ];
        for body in bodies {
            assert_eq!(RpcStatus::from_body(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn codes_go_there_and_back() {
        let codes: Vec<RpcCode> = (-1..=20).filter_map(RpcCode::from_number).collect();
        assert_eq!(codes.len(), 16);
        assert!(
            codes
                .iter()
                .all(|code| RpcCode::from_number(code.number()) == Some(*code))
        );
        assert_eq!(RpcCode::Unauthenticated.to_string(), "UNAUTHENTICATED");
    }
}
