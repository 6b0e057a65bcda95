//! Calls of the generated client over real sockets: what goes over the wire, what comes back, and what is never sent.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "end_to_end/errors.rs"]
mod errors;
#[path = "end_to_end/operations.rs"]
mod operations;
#[path = "end_to_end/pages.rs"]
mod pages;
#[path = "end_to_end/refusals.rs"]
mod refusals;
#[path = "end_to_end/secrets.rs"]
mod secrets;
#[path = "end_to_end/seeds.rs"]
mod seeds;
#[path = "end_to_end/server.rs"]
mod server;
#[path = "end_to_end/updates.rs"]
mod updates;
#[path = "end_to_end/values.rs"]
mod values;

use generated_client::{models::app::v1::GetAppEntitlementResponse, wire};
use serde_json::Value;

/// Ids in the form of the API: 27 letters and digits.
const APP: &str = "2Qd3ZaQx5pUHhLRe9uGeNf8jQbT";
const ENTITLEMENT: &str = "2Qd3ZbUserAccessToTheWikiA1";

const GET_ENTITLEMENT: &str = include_str!("responses/get_entitlement.json");

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The page's entitlement, in which each oneof group has several arms.
fn entitlement_response() -> GetAppEntitlementResponse {
    wire::from_str(GET_ENTITLEMENT).unwrap()
}
