//! Types of rustdoc's JSON, as Rust.

use std::cell::Cell;

use serde_json::Value;

use super::{docs::Docs, names::Names};

/// Writes types of a crate as another crate writes them. What cannot be named gives `None`.
#[derive(Debug)]
pub(super) struct Types<'a> {
    pub(super) docs: &'a Docs,
    pub(super) names: &'a Names,
    /// What `Self` means.
    pub(super) this: Option<String>,
    /// The lifetime in place of elided ones; `None` leaves them out.
    pub(super) elided: Option<&'static str>,
    /// Whether an elided lifetime was written.
    pub(super) has_elided: Cell<bool>,
}

impl Types<'_> {
    pub(super) fn with(&self, elided: Option<&'static str>) -> Self {
        Self {
            docs: self.docs,
            names: self.names,
            this: self.this.clone(),
            elided,
            has_elided: Cell::new(false),
        }
    }

    /// A type.
    pub(super) fn ty(&self, ty: &Value) -> Option<String> {
        let (kind, value) = ty.as_object()?.iter().next()?;
        Some(match kind.as_str() {
            "resolved_path" => self.path(value, &[])?,
            "generic" => match value.as_str()? {
                "Self" => self.this.clone()?,
                name => name.to_owned(),
            },
            "primitive" => match value.as_str()? {
                "never" => "!".to_owned(),
                name => name.to_owned(),
            },
            "borrowed_ref" => {
                let mutable = if value["is_mutable"] == true { "mut " } else { "" };
                format!(
                    "&{}{mutable}{}",
                    self.reference(&value["lifetime"]),
                    self.ty(&value["type"])?
                )
            }
            "tuple" => {
                let types = self.all(value.as_array()?, Self::ty)?;
                if types.len() == 1 {
                    format!("({},)", types[0])
                } else {
                    format!("({})", types.join(", "))
                }
            }
            "slice" => format!("[{}]", self.ty(value)?),
            "array" => format!("[{}; {}]", self.ty(&value["type"])?, value["len"].as_str()?),
            "impl_trait" => format!("impl {}", self.bounds(value)?),
            "dyn_trait" => self.dynamic(value)?,
            "qualified_path" => {
                let this = self.ty(&value["self_type"])?;
                let name = value["name"].as_str()?;
                match value["trait"].as_object() {
                    Some(_) => format!("<{this} as {}>::{name}", self.path(&value["trait"], &[])?),
                    None => format!("{this}::{name}"),
                }
            }
            "function_pointer" => {
                let inputs = value["sig"]["inputs"].as_array()?;
                let inputs = inputs
                    .iter()
                    .map(|input| self.ty(&input[1]))
                    .collect::<Option<Vec<_>>>()?;
                format!("fn({}){}", inputs.join(", "), self.output(&value["sig"]["output"])?)
            }
            _ => return None,
        })
    }

    /// What a function returns, with its arrow.
    pub(super) fn output(&self, output: &Value) -> Option<String> {
        Some(if output.is_null() {
            String::new()
        } else {
            format!(" -> {}", self.ty(output)?)
        })
    }

    fn all(&self, values: &[Value], each: impl Fn(&Self, &Value) -> Option<String>) -> Option<Vec<String>> {
        values.iter().map(|value| each(self, value)).collect()
    }

    /// The lifetime of a reference, with a space behind it.
    fn reference(&self, lifetime: &Value) -> String {
        match lifetime.as_str().filter(|name| *name != "'_") {
            Some(name) => format!("{name} "),
            None => self.elide().map_or(String::new(), |name| format!("{name} ")),
        }
    }

    fn elide(&self) -> Option<&'static str> {
        self.has_elided.set(true);
        self.elided
    }

    fn dynamic(&self, value: &Value) -> Option<String> {
        let traits = value["traits"].as_array()?;
        let mut parts = self.all(traits, |types, one| {
            Some(format!(
                "{}{}",
                for_lifetimes(&one["generic_params"]),
                types.path(&one["trait"], &[])?
            ))
        })?;
        parts.extend(value["lifetime"].as_str().map(str::to_owned));
        Some(format!("(dyn {})", parts.join(" + ")))
    }

    /// A path of a type or a trait with its arguments, and others beside them.
    pub(super) fn path(&self, path: &Value, others: &[String]) -> Option<String> {
        let name = self.names.name(self.docs, path["id"].as_u64()?)?;
        let mut arguments = Vec::new();
        match path["args"].as_object().and_then(|args| args.iter().next()) {
            Some((kind, args)) if kind == "angle_bracketed" => {
                arguments.extend(self.all(args["args"].as_array()?, Self::argument)?);
                arguments.extend(self.all(args["constraints"].as_array()?, Self::constraint)?);
            }
            Some((kind, args)) if kind == "parenthesized" => {
                let inputs = self.all(args["inputs"].as_array()?, Self::ty)?;
                return Some(format!(
                    "{name}({}){}",
                    inputs.join(", "),
                    self.output(&args["output"])?
                ));
            }
            _ => {}
        }
        arguments.extend(others.iter().cloned());
        Some(if arguments.is_empty() {
            name
        } else {
            format!("{name}<{}>", arguments.join(", "))
        })
    }

    fn argument(&self, argument: &Value) -> Option<String> {
        if let Some(lifetime) = argument["lifetime"].as_str() {
            return Some(match lifetime {
                "'_" => self.elide().unwrap_or("'_").to_owned(),
                name => name.to_owned(),
            });
        }
        match argument["const"]["expr"].as_str() {
            Some(expression) => Some(expression.to_owned()),
            None => self.ty(&argument["type"]),
        }
    }

    fn constraint(&self, constraint: &Value) -> Option<String> {
        let name = constraint["name"].as_str()?;
        let binding = &constraint["binding"];
        match binding["equality"].as_object() {
            Some(_) => Some(format!("{name} = {}", self.ty(&binding["equality"]["type"])?)),
            None => Some(format!("{name}: {}", self.bounds(&binding["constraint"])?)),
        }
    }

    /// Bounds of a parameter, with plus signs.
    pub(super) fn bounds(&self, bounds: &Value) -> Option<String> {
        let mut parts = Vec::new();
        for bound in bounds.as_array()? {
            if let Some(lifetime) = bound["outlives"].as_str() {
                parts.push(lifetime.to_owned());
            } else if bound["trait_bound"].is_object() {
                let bound = &bound["trait_bound"];
                let maybe = if bound["modifier"] == "maybe" { "?" } else { "" };
                let lifetimes = for_lifetimes(&bound["generic_params"]);
                parts.push(format!("{lifetimes}{maybe}{}", self.path(&bound["trait"], &[])?));
            }
        }
        Some(parts.join(" + "))
    }
}

/// `for<'a>`, with a space behind it.
pub(super) fn for_lifetimes(parameters: &Value) -> String {
    let names = parameters.as_array().into_iter().flatten();
    let names: Vec<&str> = names.filter_map(|parameter| parameter["name"].as_str()).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("for<{}> ", names.join(", "))
    }
}

/// A name as an identifier.
pub(super) fn ident(name: &str) -> String {
    // A keyword since edition 2024.
    if name != "gen" && syn::parse_str::<syn::Ident>(name).is_ok() {
        name.to_owned()
    } else {
        format!("r#{name}")
    }
}
