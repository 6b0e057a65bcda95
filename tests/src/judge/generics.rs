//! Parameters of types and functions, with their bounds.

use serde_json::Value;

use super::types::{Types, for_lifetimes};

/// Parameters in angle brackets, and conditions.
#[derive(Clone, Debug, Default)]
pub(super) struct Generics {
    /// Lifetimes and types, as they are declared.
    lifetimes: Vec<String>,
    types: Vec<String>,
    conditions: Vec<String>,
    /// The names alone.
    names: Vec<String>,
}

impl Generics {
    /// The parameters of an item; those that stand for `impl Trait` are left out.
    pub(super) fn of(types: &Types<'_>, generics: &Value) -> Option<Self> {
        let mut result = Self::default();
        for parameter in generics["params"].as_array()? {
            let name = parameter["name"].as_str()?;
            let kind = &parameter["kind"];
            if let Some(lifetime) = kind["lifetime"].as_object() {
                let outlives: Vec<&str> = lifetime["outlives"]
                    .as_array()?
                    .iter()
                    .filter_map(Value::as_str)
                    .collect();
                result.lifetimes.push(declared(name, &outlives.join(" + ")));
            } else if kind["type"].is_object() {
                if kind["type"]["is_synthetic"] == true {
                    continue;
                }
                result
                    .types
                    .push(declared(name, &types.bounds(&kind["type"]["bounds"])?));
            } else {
                result
                    .types
                    .push(format!("const {name}: {}", types.ty(&kind["const"]["type"])?));
            }
            result.names.push(name.to_owned());
        }
        for condition in generics["where_predicates"].as_array()? {
            result.conditions.push(self::condition(types, condition)?);
        }
        Some(result)
    }

    /// These and those of a function in an impl.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.lifetimes.extend(other.lifetimes);
        self.types.extend(other.types);
        self.conditions.extend(other.conditions);
        self.names.extend(other.names);
        self
    }

    /// With a lifetime more.
    pub(super) fn with_lifetime(mut self, name: &str) -> Self {
        self.lifetimes.insert(0, name.to_owned());
        self.names.insert(0, name.to_owned());
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// `<'a, T: Bound>`.
    pub(super) fn declaration(&self) -> String {
        let all: Vec<&str> = self.lifetimes.iter().chain(&self.types).map(String::as_str).collect();
        if all.is_empty() {
            String::new()
        } else {
            format!("<{}>", all.join(", "))
        }
    }

    /// `<'a, T>`.
    pub(super) fn arguments(&self) -> String {
        if self.names.is_empty() {
            String::new()
        } else {
            format!("<{}>", self.names.join(", "))
        }
    }

    /// ` where ...`.
    pub(super) fn conditions(&self) -> String {
        if self.conditions.is_empty() {
            String::new()
        } else {
            format!(" where {}", self.conditions.join(", "))
        }
    }
}

fn declared(name: &str, bounds: &str) -> String {
    if bounds.is_empty() {
        name.to_owned()
    } else {
        format!("{name}: {bounds}")
    }
}

fn condition(types: &Types<'_>, condition: &Value) -> Option<String> {
    if condition["bound_predicate"].is_object() {
        let bound = &condition["bound_predicate"];
        let lifetimes = for_lifetimes(&bound["generic_params"]);
        return Some(format!(
            "{lifetimes}{}: {}",
            types.ty(&bound["type"])?,
            types.bounds(&bound["bounds"])?
        ));
    }
    let lifetime = condition["lifetime_predicate"].as_object()?;
    let outlives: Vec<&str> = lifetime["outlives"]
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .collect();
    Some(format!("{}: {}", lifetime["lifetime"].as_str()?, outlives.join(" + ")))
}
