//! Calls of the generated client over real sockets: what goes over the wire, what comes back, and what is never sent.

mod errors;
mod operations;
mod pages;
mod refusals;
mod secrets;
mod seeds;
mod server;
mod updates;
mod values;

use conductorone_client::{models::app::v1::GetAppEntitlementResponse, wire};
use serde_json::Value;

/// Ids in the form of the API: 27 letters and digits.
const APP: &str = "2Qd3ZaQx5pUHhLRe9uGeNf8jQbT";
const ENTITLEMENT: &str = "2Qd3ZbUserAccessToTheWikiA1";

const GET_ENTITLEMENT: &str = include_str!("../responses/get_entitlement.json");

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The page's entitlement, in which each oneof group has several arms.
fn entitlement_response() -> GetAppEntitlementResponse {
    wire::from_str(GET_ENTITLEMENT).unwrap()
}
