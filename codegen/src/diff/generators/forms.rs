//! The declarations in generated files.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Item, UseTree, Visibility};

use super::super::verdict::Spot;
use crate::Files;

/// What a client declares.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// By the path that users write.
    pub(super) items: BTreeMap<String, Declaration>,
    /// The version of the runtime that the client requires.
    pub(super) runtime: String,
    /// Public names of items in private modules, by their paths in the files.
    exported: BTreeMap<String, String>,
    public_modules: BTreeSet<String>,
}

/// A declared item.
#[derive(Clone, Debug)]
pub(super) struct Declaration {
    pub(super) path: String,
    /// The macro that declares it, or the keyword.
    pub(super) form: String,
    /// What precedes the braces, without documentation.
    pub(super) head: String,
    pub(super) features: String,
    pub(super) entries: Vec<Entry>,
    pub(super) spot: Spot,
}

/// What is between two commas in the braces of an item.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    /// Its tokens without documentation.
    pub(super) text: String,
    pub(super) is_deprecated: bool,
    /// Whether it declares a call, not a value.
    pub(super) is_call: bool,
    pub(super) spot: Spot,
}

impl Entry {
    /// The text before the limits of the value.
    pub(super) fn without_rules(&self) -> &str {
        self.text.split(" where ").next().unwrap_or(&self.text)
    }

    /// The text with empty strings: names on the wire are strings.
    pub(super) fn without_strings(&self) -> String {
        self.text.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
    }
}

impl Forms {
    /// Reads the files of a client.
    #[expect(
        clippy::disallowed_methods,
        reason = "reads what was generated, and builds nothing of it"
    )]
    pub(super) fn read(files: &Files) -> Result<Self, String> {
        let mut forms = Self::default();
        for (path, text) in files.iter().filter(|(path, _)| has_extension(path, "rs")) {
            let file = syn::parse_file(text).map_err(|error| format!("{path} is not a Rust file: {error}"))?;
            let file_reader = FileReader {
                path,
                text,
                module: module(path),
            };
            for item in file.items {
                forms.item(&file_reader, item);
            }
        }
        forms.use_public_names();
        Ok(forms)
    }

    fn item(&mut self, file: &FileReader<'_>, item: Item) {
        match item {
            Item::Macro(item) => {
                let form = item
                    .mac
                    .path
                    .segments
                    .last()
                    .map(|last| last.ident.to_string())
                    .unwrap_or_default();
                if form == "require_version" {
                    self.runtime = item.mac.tokens.to_string();
                    return;
                }
                self.add(file.declarations(&form, item.mac.tokens));
            }
            Item::Mod(module) => {
                if matches!(module.vis, Visibility::Public(_)) {
                    self.public_modules
                        .insert(join(&file.module, &module.ident.to_string()));
                }
            }
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => {
                self.exported(&file.module, &item.tree, &mut Vec::new());
            }
            Item::Use(_) => {}
            other => self.add(file.declarations("item", other.into_token_stream())),
        }
    }

    fn add(&mut self, declarations: Vec<Declaration>) {
        self.items
            .extend(declarations.into_iter().map(|one| (one.path.clone(), one)));
    }

    /// Notes what a `pub use` names.
    fn exported(&mut self, module: &str, tree: &UseTree, way: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                if path.ident != "self" {
                    way.push(path.ident.to_string());
                }
                self.exported(module, &path.tree, way);
                if path.ident != "self" {
                    way.pop();
                }
            }
            UseTree::Name(name) => self.export(module, way, &name.ident.to_string(), &name.ident.to_string()),
            UseTree::Rename(rename) => self.export(module, way, &rename.ident.to_string(), &rename.rename.to_string()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.exported(module, tree, way)),
            UseTree::Glob(_) => {}
        }
    }

    fn export(&mut self, module: &str, way: &[String], name: &str, alias: &str) {
        let inner = way.iter().fold(module.to_owned(), |path, part| join(&path, part));
        self.exported.insert(join(&inner, name), join(module, alias));
    }

    /// Gives each item the path that users write. One with two paths is there twice.
    fn use_public_names(&mut self) {
        let mut items = BTreeMap::new();
        for (path, declaration) in std::mem::take(&mut self.items) {
            let around = path.rsplit_once("::").map_or("", |(module, _)| module);
            let public = self.exported.get(&path);
            if public.is_none() || self.public_modules.contains(around) {
                items.insert(path.clone(), declaration.clone());
            }
            if let Some(public) = public {
                let path = public.clone();
                items.insert(path.clone(), Declaration { path, ..declaration });
            }
        }
        self.items = items;
    }
}

/// A file while its items are read.
struct FileReader<'f> {
    path: &'f str,
    text: &'f str,
    module: String,
}

impl FileReader<'_> {
    /// The items in the braces of a macro; another item is one with its whole text.
    fn declarations(&self, form: &str, tokens: TokenStream) -> Vec<Declaration> {
        let mut found = Vec::new();
        let mut head = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    found.extend(self.declaration(form, std::mem::take(&mut head), group.stream()));
                }
                other => head.push(other),
            }
        }
        found.extend(self.declaration(form, head, TokenStream::new()));
        found
    }

    fn declaration(&self, form: &str, head: Vec<TokenTree>, body: TokenStream) -> Option<Declaration> {
        if head.is_empty() {
            return None;
        }
        let Attributes { rest, features, .. } = Attributes::of(head);
        let keywords = ["struct", "enum", "type", "fn", "const", "trait", "mod", "static"];
        let is_keyword = |token: &TokenTree| keywords.contains(&token.to_string().as_str());
        let position = rest.iter().position(is_keyword);
        let name = position.and_then(|at| rest.get(at + 1)).map(ToString::to_string);
        // An impl is named by all of it.
        let name = name.unwrap_or_else(|| text(&rest));
        let spot = self.spot(&[&name]);
        let parts = split(body);
        let entries = parts
            .into_iter()
            .enumerate()
            .map(|(index, part)| self.entry(&name, index, part))
            .collect();
        Some(Declaration {
            path: join(&self.module, &name),
            form: form.to_owned(),
            head: text(&rest),
            features,
            entries,
            spot,
        })
    }

    fn entry(&self, owner: &str, index: usize, part: Vec<TokenTree>) -> Entry {
        let Attributes {
            rest, is_deprecated, ..
        } = Attributes::of(part);
        let position = rest.iter().position(|token| token.to_string() == "fn");
        let mut from = rest.iter().skip(position.map_or(0, |at| at + 1));
        let name = from.find(|token| matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_)));
        let name = name.map_or_else(|| index.to_string(), ToString::to_string);
        Entry {
            spot: self.spot(&[owner, &name]),
            text: text(&rest),
            is_deprecated,
            is_call: position.is_some(),
            name,
        }
    }

    /// The line of a word behind those of others.
    fn spot(&self, words: &[&str]) -> Spot {
        let mut start = 0;
        for word in words {
            let rest = self.text.get(start..).unwrap_or_default();
            let is_word = |at: usize| {
                let inside = |character: char| character.is_alphanumeric() || character == '_';
                let before = rest.get(..at).and_then(|text| text.chars().next_back());
                let after = rest.get(at + word.len()..).and_then(|text| text.chars().next());
                !before.is_some_and(inside) && !after.is_some_and(inside)
            };
            let found = rest.match_indices(word).map(|(at, _)| at).find(|at| is_word(*at));
            start += found.unwrap_or(0);
        }
        let line = self.text.get(..start).map_or(0, |text| text.matches('\n').count()) + 1;
        Spot {
            file: self.path.to_owned(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: 1,
            pointer: String::new(),
        }
    }
}

/// Tokens without attributes, and what these say.
#[derive(Default)]
struct Attributes {
    rest: Vec<TokenTree>,
    features: String,
    is_deprecated: bool,
}

impl Attributes {
    fn of(tokens: Vec<TokenTree>) -> Self {
        let mut result = Self::default();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match (&token, tokens.peek()) {
                (TokenTree::Punct(sign), Some(TokenTree::Group(group)))
                    if sign.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
                {
                    let attribute = group.stream().to_string();
                    if attribute.starts_with("cfg") {
                        result.features.push_str(&attribute);
                    }
                    result.is_deprecated |= attribute.starts_with("deprecated");
                    tokens.next();
                }
                _ => result.rest.push(token),
            }
        }
        result
    }
}

/// The parts between commas; commas in angle brackets separate nothing.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let (mut parts, mut part, mut depth, mut before) = (Vec::new(), Vec::new(), 0_usize, ' ');
    for token in tokens {
        let sign = match &token {
            TokenTree::Punct(sign) => sign.as_char(),
            _ => ' ',
        };
        match sign {
            '<' => depth += 1,
            '>' if before != '-' && before != '=' => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = sign;
        if sign == ',' && depth == 0 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(token);
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Tokens as text; documentation within them is left out.
fn text(tokens: &[TokenTree]) -> String {
    let words = tokens.iter().map(|token| match token {
        TokenTree::Group(group) => {
            let inner = Attributes::of(group.stream().into_iter().collect()).rest;
            let (open, close) = match group.delimiter() {
                Delimiter::Parenthesis => ("(", ")"),
                Delimiter::Brace => ("{", "}"),
                Delimiter::Bracket => ("[", "]"),
                Delimiter::None => ("", ""),
            };
            format!("{open}{}{close}", text(&inner))
        }
        other => other.to_string(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The module of a file.
fn module(path: &str) -> String {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let parts = path.split('/').filter(|part| !matches!(*part, "mod" | "lib"));
    parts.collect::<Vec<_>>().join("::")
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}
