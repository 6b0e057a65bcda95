//! Forms: declarations in the macros of the runtime, one line a property.
//!
//! A form is a tree of lines. A line is made of words of ours, identifiers, types, and literals; there is no way to put a
//! string of the document into it but as a literal or as documentation, so the printer has nothing to escape.

use proc_macro2::Ident;
use quote::ToTokens;

use super::{docs, html};
use crate::{
    invisible::acts_on_display,
    name::{NamedType, ident},
};

/// A declaration: `model! { pub struct Name = "schema" { ... } }`.
#[derive(Debug)]
pub struct Form {
    /// The macro of the runtime.
    pub(crate) name: &'static str,
    /// What is declared.
    pub(crate) entries: Vec<Entry>,
}

impl Form {
    /// A form of one declaration.
    pub(super) fn new(name: &'static str, entry: Entry) -> Self {
        Self {
            name,
            entries: vec![entry],
        }
    }
}

/// A line with its documentation, and the lines that it encloses in braces.
#[derive(Debug, Default)]
pub struct Entry {
    /// The lines of the documentation comment, without its sign.
    pub(crate) docs: Vec<String>,
    /// Attributes of the configuration, without their signs.
    pub(crate) attributes: Vec<String>,
    pub(crate) is_deprecated: bool,
    /// The attribute of what needs a feature.
    pub(crate) condition: Line,
    pub(crate) line: Line,
    /// What is between parentheses after the line, and the line after it.
    pub(crate) arguments: Option<(Vec<Entry>, Line)>,
    /// Whether a blank line is before the entry, unless it is the first one.
    pub(crate) is_spaced: bool,
    /// What is between braces after the line; `None` writes no braces.
    pub(crate) enclosed: Option<Vec<Entry>>,
    /// What comes after the closing brace.
    pub(crate) tail: Line,
}

impl Entry {
    pub(super) fn new(line: Line) -> Self {
        Self {
            line,
            ..Self::default()
        }
    }

    /// An entry that is always the same.
    pub(super) fn word(word: &'static str) -> Self {
        Self::new(Line::new().word(word))
    }

    /// Adds documentation: Markdown of the document, made harmless.
    pub(super) fn documented(mut self, text: &str) -> Self {
        self.docs = docs::lines(text);
        self
    }

    /// Adds documentation that is an item of a list: one paragraph, which begins after a name.
    pub(super) fn described(mut self, text: &str) -> Self {
        let text = html::markdown(text);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines = if text.is_empty() {
            Vec::new()
        } else {
            docs::lines(&format!("- {text}"))
        };
        let lines = lines.iter().map(|line| line.trim_start());
        let lines = lines.enumerate().map(|(index, line)| match line.strip_prefix("- ") {
            Some(rest) if index == 0 => rest,
            _ => line,
        });
        self.docs = lines.map(str::to_owned).collect();
        self
    }

    /// Makes the entry depend on a feature, by an attribute.
    pub(super) fn with_condition(mut self, condition: Option<Line>) -> Self {
        self.condition = condition.unwrap_or_default();
        self
    }

    /// Adds arguments in parentheses, and the line after them.
    pub(super) fn with_arguments(mut self, arguments: Vec<Entry>, after: Line) -> Self {
        self.arguments = Some((arguments, after));
        self
    }

    /// Puts a blank line before the entry.
    pub(super) fn spaced(mut self) -> Self {
        self.is_spaced = true;
        self
    }

    pub(super) fn deprecated(mut self, is_deprecated: bool) -> Self {
        self.is_deprecated = is_deprecated;
        self
    }

    pub(super) fn enclosing(mut self, entries: Vec<Entry>) -> Self {
        self.enclosed = Some(entries);
        self
    }

    pub(super) fn with_tail(mut self, tail: Line) -> Self {
        self.tail = tail;
        self
    }
}

/// A piece of a line.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A place where the line may be broken.
    Space,
    /// A place where the line is broken.
    Break,
    /// Words and signs of ours, and identifiers.
    Code(&'static str),
    Written(String),
    /// The value of a string literal.
    Text(String),
    /// The value of a string literal that is printed as it is, such as JSON.
    Raw(String),
}

/// A line of a form: pieces with a space before each, unless it is attached to the one before it.
#[derive(Debug, Default)]
pub struct Line {
    pub(crate) pieces: Vec<Piece>,
    is_attached: bool,
}

impl Piece {
    /// A raw string literal.
    pub(crate) fn raw_literal(text: &str) -> String {
        let mut hashes = "#".to_owned();
        while text.contains(&format!("\"{hashes}")) {
            hashes.push('#');
        }
        format!("r{hashes}\"{text}\"{hashes}")
    }
}

impl Line {
    pub(super) fn new() -> Self {
        Self::default()
    }

    fn push(mut self, piece: Piece) -> Self {
        if !self.is_attached && !self.pieces.is_empty() {
            self.pieces.push(Piece::Space);
        }
        self.is_attached = false;
        self.pieces.push(piece);
        self
    }

    /// A keyword or another word of the form.
    pub(super) fn word(self, word: &'static str) -> Self {
        self.push(Piece::Code(word))
    }

    /// A sign that follows without a space, such as a comma.
    pub(super) fn sign(mut self, sign: &'static str) -> Self {
        self.pieces.push(Piece::Code(sign));
        self
    }

    /// Attaches the next piece without a space.
    pub(super) fn attached(mut self) -> Self {
        self.is_attached = true;
        self
    }

    /// Begins a new line.
    pub(super) fn broken(mut self) -> Self {
        self.pieces.push(Piece::Break);
        self.attached()
    }

    /// An identifier.
    pub(super) fn ident(self, ident: &Ident) -> Self {
        self.push(Piece::Written(ident.to_string()))
    }

    /// A type.
    pub(super) fn ty(self, ty: &Type) -> Self {
        self.push(Piece::Written(ty.0.clone()))
    }

    /// A string of the document, as a literal.
    pub(super) fn text(self, text: &str) -> Self {
        self.push(Piece::Text(text.to_owned()))
    }

    /// A string of the document that is full of quotes, as a raw literal. One with characters that are not visible is escaped.
    pub(super) fn raw(self, text: &str) -> Self {
        let is_plain = !text.chars().any(|c| c.is_control() || acts_on_display(c));
        self.push(if is_plain {
            Piece::Raw(text.to_owned())
        } else {
            Piece::Text(text.to_owned())
        })
    }

    /// A number, with its sign.
    pub(super) fn number(self, number: &impl ToTokens) -> Self {
        self.push(Piece::Written(number.to_token_stream().to_string().replace(' ', "")))
    }

    /// The pieces of another line, as it has them.
    pub(super) fn line(mut self, other: Line) -> Self {
        if other.is_empty() {
            return self;
        }
        if !self.is_attached && !self.pieces.is_empty() {
            self.pieces.push(Piece::Space);
        }
        self.is_attached = false;
        self.pieces.extend(other.pieces);
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// A type as it is written: made of identifiers and of paths of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type(String);

impl Type {
    /// A type of ours or of the standard library.
    pub(super) fn known(path: &'static str) -> Self {
        Self(path.to_owned())
    }

    /// A path of identifiers.
    pub(super) fn path<'a>(parts: impl IntoIterator<Item = &'a Ident>) -> Self {
        let parts: Vec<String> = parts.into_iter().map(Ident::to_string).collect();
        Self(parts.join("::"))
    }

    /// A type of another crate, or of the crate itself, by a path of identifiers that the configuration has.
    pub(super) fn outside(path: &str) -> Self {
        let path = path.strip_prefix("::").unwrap_or(path);
        let (first, rest) = path.split_once("::").unwrap_or((path, ""));
        let rest = rest.split("::").map(|part| ident(part).to_string());
        let rest = rest.collect::<Vec<_>>().join("::");
        // `crate` is the generated crate, or the one that has the generated module.
        Self(if first == "crate" {
            format!("crate::{rest}")
        } else {
            format!("::{}::{rest}", ident(first))
        })
    }

    /// A generic type of ours with its arguments.
    pub(super) fn generic(outer: &'static str, arguments: &[Type]) -> Self {
        let arguments: Vec<&str> = arguments.iter().map(|argument| argument.0.as_str()).collect();
        Self(format!("{outer}<{}>", arguments.join(", ")))
    }
}

/// A declaration with the documentation of its type.
pub(super) fn declared(ty: &NamedType<'_>, line: Line) -> Entry {
    Entry::new(line).documented(&ty.def.docs).deprecated(ty.def.deprecated)
}

/// The head of a declaration with its schema, which the macro documents.
pub(super) fn schema(head: Line, ty: &NamedType<'_>) -> Line {
    head.word("=").text(&docs::shown(&ty.def.name))
}
