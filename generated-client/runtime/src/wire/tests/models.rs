//! Models as generated code has them.

#![allow(
    unreachable_pub,
    reason = "the methods that the macros make are public, as generated types are"
)]

use std::collections::BTreeMap;

use crate::wire::{
    AnyMessage, Conflict, Duration, FieldMask, Model, Nullable, ObjectWriter, Oneof, Quoted, Reader, Result, Timestamp,
};

crate::newtype! {
    pub(super) struct AppId = "AppId"
}

crate::string_enum! {
    pub(super) enum Purpose = "Purpose" {
        Assignment = "PURPOSE_ASSIGNMENT",
        Permission = "PURPOSE_PERMISSION",
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(super) enum MaxGrant {
    Duration(Duration),
    Unset(Box<Entitlement>),
    Count(i64),
    Conflict(Conflict),
}

impl Oneof for MaxGrant {
    const NAME: &'static str = "maxGrant";
    const ARMS: &'static [&'static str] = &["durationGrant", "durationUnset", "count"];

    fn decode(arm: &str, json: &mut Reader<'_>) -> Result<Option<Self>> {
        match arm {
            "durationGrant" => json.variant(Self::Duration),
            "durationUnset" => json.variant(Self::Unset),
            "count" => json.variant(Self::Count),
            _ => Ok(None),
        }
    }

    fn encode(&self, json: &mut ObjectWriter<'_>) {
        match self {
            Self::Duration(value) => json.put("durationGrant", value),
            Self::Unset(value) => json.put("durationUnset", value),
            Self::Count(value) => json.put("count", value),
            Self::Conflict(conflict) => json.put_conflict(conflict),
        }
    }

    fn conflict(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }

    fn conflict_mut(&mut self) -> Option<&mut Conflict> {
        match self {
            Self::Conflict(conflict) => Some(conflict),
            _ => None,
        }
    }
}

/// One member of each kind.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub(super) struct Entitlement {
    pub(super) alias: Option<String>,
    pub(super) app_id: Option<AppId>,
    pub(super) created_at: Option<Timestamp>,
    pub(super) enabled: Option<bool>,
    pub(super) expanded: Option<Vec<AnyMessage>>,
    pub(super) grant_count: Option<i64>,
    pub(super) history: Option<Vec<u64>>,
    pub(super) labels: Option<BTreeMap<String, String>>,
    pub(super) mask: Option<FieldMask>,
    pub(super) note: Option<Nullable<String>>,
    pub(super) parent: Option<Box<Entitlement>>,
    pub(super) purpose: Option<Purpose>,
    pub(super) score: Option<f64>,
    pub(super) steps: Option<Vec<Entitlement>>,
    pub(super) value: Option<serde_json::Value>,
    pub(super) max_grant: Option<MaxGrant>,
}

impl Model for Entitlement {
    const NAME: &'static str = "test.v1.Entitlement";

    fn decode(&mut self, name: &str, json: &mut Reader<'_>) -> Result<bool> {
        match name {
            "alias" => json.set(&mut self.alias),
            "appId" => json.set(&mut self.app_id),
            "createdAt" => json.set(&mut self.created_at),
            "enabled" => json.set(&mut self.enabled),
            "expanded" => json.set(&mut self.expanded),
            "grantCount" => json.set_as::<Quoted, _>(&mut self.grant_count),
            "history" => json.set_as::<crate::wire::Each<Quoted>, _>(&mut self.history),
            "labels" => json.set(&mut self.labels),
            "mask" => json.set(&mut self.mask),
            "note" => json.set(&mut self.note),
            "parent" => json.set(&mut self.parent),
            "purpose" => json.set(&mut self.purpose),
            "score" => json.set(&mut self.score),
            "steps" => json.set(&mut self.steps),
            "value" => json.set(&mut self.value),
            _ => json.arm(name, &mut self.max_grant),
        }
    }

    fn encode(&self, json: &mut ObjectWriter<'_>) {
        json.put("alias", &self.alias);
        json.put("appId", &self.app_id);
        json.put_read_only("createdAt", &self.created_at);
        json.put("enabled", &self.enabled);
        json.put("expanded", &self.expanded);
        json.put_as::<Quoted, _>("grantCount", &self.grant_count);
        json.put_as::<crate::wire::Each<Quoted>, _>("history", &self.history);
        json.put("labels", &self.labels);
        json.put("mask", &self.mask);
        json.put("note", &self.note);
        json.put("parent", &self.parent);
        json.put("purpose", &self.purpose);
        json.put("score", &self.score);
        json.put("steps", &self.steps);
        json.put("value", &self.value);
        json.put_arm(&self.max_grant);
    }
}
crate::model!(Entitlement);

/// A model with required members, and any others of one type.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Page {
    pub(super) list: Vec<Entitlement>,
    pub(super) total: i32,
    pub(super) additional_properties: BTreeMap<String, i64>,
}

impl Page {
    fn blank() -> Self {
        Self {
            list: Vec::new(),
            total: 0,
            additional_properties: BTreeMap::new(),
        }
    }
}

impl Model for Page {
    const NAME: &'static str = "test.v1.Page";
    const REQUIRED: &'static [&'static str] = &["list", "total"];

    fn decode(&mut self, name: &str, json: &mut Reader<'_>) -> Result<bool> {
        match name {
            "list" => json.set(&mut self.list),
            "total" => json.set(&mut self.total),
            _ => json.extra(name, &mut self.additional_properties),
        }
    }

    fn encode(&self, json: &mut ObjectWriter<'_>) {
        json.put("list", &self.list);
        json.put("total", &self.total);
        json.put_all(&self.additional_properties);
    }
}
crate::model!(Page, blank);

/// A document with a member of each kind.
pub(super) const FULL: &str = r#"{"alias":"wi\"ki é😀","appId":"a1","createdAt":"2023-11-07T05:31:56Z","enabled":true,"expanded":[{"@type":"type.googleapis.com/test.v1.Entitlement","alias":"x"}],"grantCount":"42","history":["1","18446744073709551615"],"labels":{"a":"b","c\n":"d"},"mask":"alias,appId","note":null,"parent":{"enabled":false},"purpose":"PURPOSE_NEW","score":-1.5e-7,"steps":[{},{"score":2.0}],"value":{"a":[null,true,1,-1,0.5]},"durationGrant":"3600s"}"#;

pub(super) fn read(text: &str) -> Entitlement {
    crate::wire::from_str(text).unwrap()
}

pub(super) fn written<T: crate::wire::Json>(value: &T) -> String {
    String::from_utf8(crate::wire::to_vec(value)).unwrap()
}
