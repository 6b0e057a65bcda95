//! A program that uses every public item of a crate in the ways that the crate allows.
//!
//! Functions and methods are called with the arguments that they declare, and their results have the declared types. Fields
//! are read; structs and variants are built and matched where other crates may do so. Traits that documentation shows are
//! required of the types that implement them.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use serde_json::Value;

use super::{
    docs::{Docs, Reachable, has_attribute, ids},
    generics::Generics,
    names::{Names, is_hidden},
    types::{Types, ident},
};

/// A program, a module for each module at the root of the crate.
#[derive(Debug, Default)]
pub struct Program {
    /// The text of each module.
    pub modules: BTreeMap<String, String>,
    /// How many uses it has.
    pub count: usize,
    /// What it cannot write, because a part of it has no public name.
    pub unwritten: BTreeSet<String>,
}

/// Auto traits that programs rely on.
const AUTO_TRAITS: [&str; 3] = ["Send", "Sync", "Unpin"];

/// Traits that only the compiler knows.
const INTERNAL: [&str; 3] = ["StructuralPartialEq", "Freeze", "UnsafeUnpin"];

/// Writes a program that uses every public item of a crate.
#[must_use]
pub fn program(docs: &Docs, crate_name: &str, runtime: &Docs) -> Program {
    let names = Names::of(docs, crate_name, runtime);
    let mut program = Program::default();
    let mut known = BTreeSet::new();
    for one in docs.reachable() {
        let (Some(module), Some(item)) = (one.path.first(), docs.item(one.id)) else {
            continue;
        };
        let mut writer = Writer {
            docs,
            types: Types {
                docs,
                names: &names,
                this: None,
                elided: None,
                has_elided: Cell::new(false),
            },
            number: program.count,
            text: String::new(),
            unwritten: BTreeSet::new(),
        };
        writer.named(crate_name, &one);
        if known.insert(one.id) {
            writer.item(item, one.id);
        }
        program.count = writer.number;
        program.unwritten.extend(writer.unwritten);
        program
            .modules
            .entry(module.clone())
            .or_default()
            .push_str(&writer.text);
    }
    program
}

struct Writer<'a> {
    docs: &'a Docs,
    types: Types<'a>,
    number: usize,
    text: String,
    unwritten: BTreeSet<String>,
}

impl Writer<'_> {
    /// Adds a use; the text has `{}` where its number is.
    fn add(&mut self, text: Option<String>, of: &str) {
        let Some(text) = text else {
            self.unwritten.insert(of.to_owned());
            return;
        };
        self.number += 1;
        self.text.push_str(&text.replace("U#", &format!("u{}", self.number)));
        self.text.push('\n');
    }

    fn named(&mut self, crate_name: &str, one: &Reachable) {
        let path: Vec<String> = one.path.iter().map(|part| ident(part)).collect();
        self.add(Some(format!("pub use {crate_name}::{} as U#;", path.join("::"))), "");
    }

    fn item(&mut self, item: &Value, id: u64) {
        let Some((kind, inner)) = item["inner"].as_object().and_then(|inner| inner.iter().next()) else {
            return;
        };
        let Some(name) = self.types.names.name(self.docs, id) else {
            return;
        };
        match kind.as_str() {
            "struct" | "enum" => self.type_item(&name, item, kind, inner),
            "function" => {
                let call = self.function(item, &name, None, &Generics::default());
                self.add(call, &name);
            }
            "constant" => {
                let ty = self.types.ty(&inner["type"]);
                self.add(ty.map(|ty| format!("fn U#() -> {ty} {{ {name} }}")), &name);
            }
            "type_alias" => {
                let text = Generics::of(&self.types, &inner["generics"])
                    .zip(self.types.ty(&inner["type"]))
                    .map(|(generics, ty)| {
                        let (declared, arguments) = (generics.declaration(), generics.arguments());
                        format!("fn U#{declared}(value: {name}{arguments}) -> {ty} {{ value }}")
                    });
                self.add(text, &name);
            }
            "module" => {}
            _ => self.add(None, &name),
        }
    }

    fn type_item(&mut self, name: &str, item: &Value, kind: &str, inner: &Value) {
        let Some(generics) = Generics::of(&self.types, &inner["generics"]) else {
            return self.add(None, name);
        };
        let this = format!("{name}{}", generics.arguments());
        self.types.this = Some(this.clone());
        if kind == "struct" {
            self.structure(&this, name, item, inner, &generics);
        } else {
            self.enumeration(&this, name, item, inner, &generics);
        }
        for id in ids(&inner["impls"]) {
            if let Some(item) = self.docs.item(id) {
                let implementation = &item["inner"]["impl"];
                if implementation["trait"].is_null() {
                    self.inherent(implementation, name);
                } else {
                    self.implemented(implementation, name);
                }
            }
        }
    }

    /// The public fields, and a literal where all of them are.
    fn structure(&mut self, this: &str, name: &str, item: &Value, inner: &Value, generics: &Generics) {
        let kind = &inner["kind"];
        let is_tuple = kind["tuple"].is_array();
        let fields = if is_tuple {
            ids(&kind["tuple"])
        } else {
            ids(&kind["plain"]["fields"])
        };
        let (declared, conditions) = (generics.declaration(), generics.conditions());
        let mut all = Vec::new();
        for field in fields.iter().filter_map(|id| self.docs.item(*id)) {
            if field["visibility"] != "public" {
                continue;
            }
            let (Some(field_name), ty) = (field["name"].as_str(), self.types.ty(&field["inner"]["struct_field"]))
            else {
                continue;
            };
            let field_name = if is_tuple {
                field_name.to_owned()
            } else {
                ident(field_name)
            };
            let text = ty
                .as_ref()
                .map(|ty| format!("fn U#{declared}(value: {this}) -> {ty}{conditions} {{ value.{field_name} }}"));
            self.add(text, name);
            all.extend(ty.map(|ty| (field_name, ty)));
        }
        // A private field of a tuple is null.
        let is_open = kind["plain"]["has_stripped_fields"] == false
            || kind["tuple"]
                .as_array()
                .is_some_and(|fields| !fields.iter().any(Value::is_null));
        if is_open && all.len() == fields.len() && !has_attribute(item, "non_exhaustive") {
            self.literal(this, name, &all, is_tuple, generics);
        }
    }

    /// A struct with all of its fields, built and matched.
    fn literal(&mut self, this: &str, name: &str, fields: &[(String, String)], is_tuple: bool, generics: &Generics) {
        let (declared, conditions) = (generics.declaration(), generics.conditions());
        let variable = |field: &String| if is_tuple { format!("a{field}") } else { field.clone() };
        let parameters: Vec<String> = fields
            .iter()
            .map(|(field, ty)| format!("{}: {ty}", variable(field)))
            .collect();
        let variables: Vec<String> = fields.iter().map(|(field, _)| variable(field)).collect();
        let (parameters, variables) = (parameters.join(", "), variables.join(", "));
        let whole = if is_tuple {
            format!("{name}({variables})")
        } else {
            format!("{name} {{ {variables} }}")
        };
        let built = format!("fn U#{declared}({parameters}) -> {this}{conditions} {{ {whole} }}");
        self.add(Some(built), name);
        let matched = format!("fn U#{declared}(value: {this}){conditions} {{ let {whole} = value; }}");
        self.add(Some(matched), name);
    }

    /// The variants, built and matched.
    fn enumeration(&mut self, this: &str, name: &str, item: &Value, inner: &Value, generics: &Generics) {
        let (declared, conditions) = (generics.declaration(), generics.conditions());
        let mut patterns = Vec::new();
        for variant in ids(&inner["variants"]).iter().filter_map(|id| self.docs.item(*id)) {
            let variant_name = ident(variant["name"].as_str().unwrap_or_default());
            let path = format!("{name}::{variant_name}");
            patterns.push(format!("{path} {{ .. }} => {{}}"));
            let kind = &variant["inner"]["variant"]["kind"];
            let fields = ids(&kind["tuple"]);
            let types = fields
                .iter()
                .map(|id| self.types.ty(&self.docs.item(*id)?["inner"]["struct_field"]));
            let types: Option<Vec<String>> = types.collect();
            let Some(types) = types.filter(|_| kind.is_string() || kind["tuple"].is_array()) else {
                self.add(None, &path);
                continue;
            };
            let fields: Vec<String> = (0..types.len()).map(|index| format!("a{index}")).collect();
            let parameters: Vec<String> = fields
                .iter()
                .zip(&types)
                .map(|(field, ty)| format!("{field}: {ty}"))
                .collect();
            let parameters = parameters.join(", ");
            let whole = if kind.is_string() {
                path.clone()
            } else {
                format!("{path}({})", fields.join(", "))
            };
            if !has_attribute(variant, "non_exhaustive") {
                let text = format!("fn U#{declared}({parameters}) -> {this}{conditions} {{ {whole} }}");
                self.add(Some(text), name);
            }
            // A tuple of one, too.
            let list = |parts: &[String]| parts.iter().flat_map(|part| [part, ", "]).collect::<String>();
            let (values, held) = (list(&fields), list(&types));
            let text = format!(
                "fn U#{declared}(value: {this}) -> Option<({held})>{conditions} {{ match value {{ {whole} => \
                 Some(({values})), _ => None }} }}"
            );
            self.add(Some(text), name);
        }
        if !has_attribute(item, "non_exhaustive") {
            let arms = patterns.join(", ");
            let text = format!("fn U#{declared}(value: {this}){conditions} {{ match value {{ {arms} }} }}");
            self.add(Some(text), name);
        }
    }

    /// The functions and constants of an impl without a trait.
    fn inherent(&mut self, implementation: &Value, name: &str) {
        let this = self.types.ty(&implementation["for"]);
        let generics = Generics::of(&self.types, &implementation["generics"]);
        let Some((this, generics)) = this.zip(generics) else {
            return self.add(None, name);
        };
        self.types.this = Some(this.clone());
        for id in ids(&implementation["items"]) {
            let Some(item) = self.docs.item(id).filter(|item| item["visibility"] == "public") else {
                continue;
            };
            let member = ident(item["name"].as_str().unwrap_or_default());
            let path = format!("<{this}>::{member}");
            let text = if item["inner"]["function"].is_object() {
                self.function(item, &path, Some(&member), &generics)
            } else {
                let ty = self.types.ty(&item["inner"]["assoc_const"]["type"]);
                let (declared, conditions) = (generics.declaration(), generics.conditions());
                ty.map(|ty| format!("fn U#{declared}() -> {ty}{conditions} {{ {path} }}"))
            };
            self.add(text, &path);
        }
    }

    /// A call. A method is called with a dot.
    fn function(&self, item: &Value, path: &str, method: Option<&str>, around: &Generics) -> Option<String> {
        let function = &item["inner"]["function"];
        let inputs = function["sig"]["inputs"].as_array()?;
        let is_method = inputs.first().is_some_and(|input| input[0] == "self");
        // What a method borrows from itself has a name, because the function here has no `self`.
        let lifetime = "'this";
        let of_output = self.types.with(Some(lifetime).filter(|_| is_method));
        let output = of_output.output(&function["sig"]["output"])?;
        let (mut parameters, mut arguments) = (Vec::new(), Vec::new());
        for (index, input) in inputs.iter().enumerate() {
            let of_input = self.types.with(Some(lifetime).filter(|_| is_method && index == 0));
            parameters.push(format!("a{index}: {}", of_input.ty(&input[1])?));
            arguments.push(format!("a{index}"));
        }
        let mut generics = around.clone().and(Generics::of(&self.types, &function["generics"])?);
        if is_method {
            generics = generics.with_lifetime(lifetime);
        }
        let call = match method {
            Some(method) if is_method => format!("a0.{method}({})", arguments[1..].join(", ")),
            _ => format!("{path}({})", arguments.join(", ")),
        };
        let (is_async, wait) = if function["header"]["is_async"] == true {
            ("async ", ".await")
        } else {
            ("", "")
        };
        let (declared, conditions) = (generics.declaration(), generics.conditions());
        let parameters = parameters.join(", ");
        Some(format!(
            "{is_async}fn U#{declared}({parameters}){output}{conditions} {{ {call}{wait} }}"
        ))
    }

    /// A trait that the type has, with the types that belong to it.
    fn implemented(&mut self, implementation: &Value, name: &str) {
        let path = &implementation["trait"];
        let trait_id = path["id"].as_u64().unwrap_or_default();
        let declared = self.docs.declared(trait_id).unwrap_or_default();
        let last = declared.last().copied().unwrap_or_default();
        let is_of_compiler = implementation["is_synthetic"] == true && !AUTO_TRAITS.contains(&last);
        if implementation["blanket_impl"].is_object()
            || implementation["is_negative"] == true
            || is_of_compiler
            || INTERNAL.contains(&last)
        {
            return;
        }
        match self.types.names.name(self.docs, trait_id) {
            Some(name) if is_hidden(&name) => return,
            Some(_) => {}
            None => return self.add(None, &format!("{name}: {last}")),
        }
        let text = self.implementation(implementation);
        self.add(text, &format!("{name}: {last}"));
    }

    fn implementation(&self, implementation: &Value) -> Option<String> {
        let lifetime = "'elided";
        let types = self.types.with(Some(lifetime));
        let this = types.ty(&implementation["for"])?;
        let generics = Generics::of(&types, &implementation["generics"])?;
        if implementation["is_synthetic"] == true && !generics.is_empty() {
            return Some(String::new());
        }
        let mut associated = Vec::new();
        for item in ids(&implementation["items"])
            .iter()
            .filter_map(|id| self.docs.item(*id))
        {
            let ty = &item["inner"]["assoc_type"]["type"];
            if ty.is_object() {
                associated.push(format!("{} = {}", item["name"].as_str()?, types.ty(ty)?));
            }
        }
        let bound = types.path(&implementation["trait"], &associated)?;
        let generics = if types.has_elided.get() {
            generics.with_lifetime(lifetime)
        } else {
            generics
        };
        let (declared, arguments) = (generics.declaration(), generics.arguments());
        let conditions = generics.conditions();
        Some(format!(
            "trait U#{declared}: {bound}{conditions} {{}} impl{declared} U#{arguments} for {this}{conditions} {{}}"
        ))
    }
}
