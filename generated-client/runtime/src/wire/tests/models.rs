//! Models as generated code has them.

#![allow(
    unreachable_pub,
    reason = "the methods that the macros make are public, as generated types are"
)]

use std::collections::BTreeMap;

use crate::wire::{AnyMessage, Duration, FieldMask, Nullable, Timestamp};

crate::newtype! {
    pub(super) struct AppId = "AppId"
}

crate::string_enum! {
    pub(super) enum Purpose = "Purpose" {
        Assignment = "PURPOSE_ASSIGNMENT",
        Permission = "PURPOSE_PERMISSION",
    }
}

crate::oneof! {
    pub(super) enum MaxGrant = "maxGrant" of Entitlement.max_grant {
        duration_grant: Duration(Duration) = path DURATION_GRANT "durationGrant",
        duration_unset: Unset(Box<Entitlement>) = "durationUnset",
        count: Count(i64) = path COUNT "count",
    }
}

crate::model! {
    /// One member of each kind.
    pub(super) struct Entitlement = "test.v1.Entitlement" boxed masked {
        alias: Option<String> = path ALIAS "alias",
        app_id: Option<AppId> = "appId",
        created_at: Option<Timestamp> = read_only "createdAt",
        enabled: Option<bool> = path ENABLED "enabled",
        expanded: Option<Vec<AnyMessage>> = "expanded",
        grant_count: Option<i64> = "grantCount" as Quoted,
        history: Option<Vec<u64>> = "history" as Quoted,
        labels: Option<BTreeMap<String, String>> = "labels",
        mask: Option<FieldMask> = "mask",
        note: Option<Nullable<String>> = path NOTE "note",
        parent: Option<Box<Entitlement>> = path PARENT "parent",
        purpose: Option<Purpose> = "purpose",
        score: Option<f64> = "score",
        steps: Option<Vec<Entitlement>> = "steps",
        value: Option<serde_json::Value> = "value",
        max_grant: Option<MaxGrant> = oneof "max_grant",
    }
}

crate::model! {
    /// A model with required members, and any others of one type.
    pub(super) struct Page(PageRequired) = "test.v1.Page" {
        list: Vec<Entitlement> = required "list",
        total: i32 = required "total",
        ..additional_properties: BTreeMap<String, i64>,
    }
}

/// A document with a member of each kind.
pub(super) const FULL: &str = r#"{"alias":"wi\"ki é😀","appId":"a1","createdAt":"2023-11-07T05:31:56Z","enabled":true,"expanded":[{"@type":"type.googleapis.com/test.v1.Entitlement","alias":"x"}],"grantCount":"42","history":["1","18446744073709551615"],"labels":{"a":"b","c\n":"d"},"mask":"alias,appId","note":null,"parent":{"enabled":false},"purpose":"PURPOSE_NEW","score":-1.5e-7,"steps":[{},{"score":2.0}],"value":{"a":[null,true,1,-1,0.5]},"durationGrant":"3600s"}"#;

pub(super) fn read(text: &str) -> Entitlement {
    crate::wire::from_str(text).unwrap()
}

pub(super) fn written<T: crate::wire::Json>(value: &T) -> String {
    String::from_utf8(crate::wire::to_vec(value)).unwrap()
}
