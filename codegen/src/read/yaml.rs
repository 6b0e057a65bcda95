//! A reader of YAML 1.2 from the events of `saphyr-parser`, which knows the syntax and nothing of values.
//!
//! The parser's own nesting lives on the heap, and flow style of more than 255 levels is an error of it, so asking it
//! for one event after the other costs no stack; the builder then limits the depth.

mod syntax;
mod tag;

use std::{borrow::Cow, cell::OnceCell};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, StrInput, Tag};

use self::tag::TagKind;
use super::{
    anchors::Anchors,
    builder::{Builder, Container, Step},
    encoding::{clamp, control_characters, end_of},
    number::Number,
    scalar::{Plain, resolve},
    tree::{Node, Value},
};
use crate::diagnostic::{Code, Diagnostic, Place};

/// Reads a whole text; what is wrong with it is among the builder's problems.
pub(super) fn document(text: &str, builder: &mut Builder<'_>) -> Option<Node> {
    let mut is_printable = true;
    for (offset, byte) in control_characters(text) {
        is_printable = false;
        let file = builder.file;
        builder.report(|_| {
            let place = end_of(text.get(..offset).unwrap_or_default(), file);
            let message = format!("control character 0x{byte:02x} is not allowed in the document");
            let help = format!("remove it, or write it as `\\x{byte:02x}` in double quotes");
            Diagnostic::error(Code::ControlCharacter, Some(place), "", message).help(help)
        });
    }
    if !is_printable {
        return None;
    }
    let mut reader = Reader {
        text,
        anchors: Anchors::default(),
        open_anchors: Vec::new(),
        documents: 0,
        end: OnceCell::new(),
        builder,
    };
    reader.document().ok()?;
    builder.take_root()
}

#[derive(Debug)]
struct Reader<'t, 'b, 'l> {
    text: &'t str,
    anchors: Anchors,
    /// The anchors of the open containers, 0 for none.
    open_anchors: Vec<usize>,
    documents: usize,
    /// The end of the file, once it has been needed.
    end: OnceCell<Place>,
    builder: &'b mut Builder<'l>,
}

impl<'t> Reader<'t, '_, '_> {
    fn document(&mut self) -> Step {
        let mut parser: Parser<'t, StrInput<'t>> = Parser::new_from_str(self.text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax_error(&error))?;
            self.event(event, span)?;
        }
        if self.documents == 0 {
            return Err(self.empty(Place {
                file: self.builder.file,
                line: 1,
                column: 1,
            }));
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Step {
        let place = match &event {
            // What is empty at the end of the file has its place there.
            Event::Scalar(text, ..) if text.is_empty() => self.place_in_text(span.start),
            _ => self.place(span.start),
        };
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => self.document_start(place),
            Event::Alias(id) => self.alias(id, place, span),
            Event::Scalar(text, style, anchor, tag) => {
                let kind = self.kind(tag.as_ref(), place);
                if self.builder.depth() == 0 {
                    return Err(self.scalar_root(&text, style, place));
                }
                self.scalar(&Scalar { text, style, kind }, anchor, place)
            }
            Event::SequenceStart(anchor, tag) => self.open(Container::Array, anchor, tag.as_ref(), place),
            Event::MappingStart(anchor, tag) => self.open(Container::Object, anchor, tag.as_ref(), place),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
        }
    }

    fn document_start(&mut self, place: Place) -> Step {
        self.documents = self.documents.saturating_add(1);
        if self.documents > 1 {
            let help = "keep one document; the next one starts at `---` or after `...`";
            return Err(self.builder.fatal(
                Code::SeveralDocuments,
                place,
                "the file contains several documents",
                help,
            ));
        }
        Ok(())
    }

    fn alias(&mut self, id: usize, place: Place, span: Span) -> Step {
        if !self.anchors.is_complete(id) {
            let name = self.alias_name(span.start);
            let message = format!("alias `*{name}` is inside the value that it refers to");
            let help = "use `$ref` for a value that contains itself";
            return Err(self.builder.fatal(Code::RecursiveAlias, place, &message, help));
        }
        let node = self.anchors.expand(id, place, self.builder)?;
        if !self.builder.wants_key() {
            self.builder.add(node);
            return Ok(());
        }
        let name = match &node.value {
            Value::String(text) => text.clone(),
            Value::Number(number) => self.builder.share(number.text()),
            _ => {
                let help = "write the key itself";
                return Err(self
                    .builder
                    .fatal(Code::ComplexKey, place, "this alias does not refer to a string", help));
            }
        };
        self.builder.key(name, place, false);
        Ok(())
    }

    fn scalar(&mut self, scalar: &Scalar<'_>, anchor: usize, place: Place) -> Step {
        if self.builder.wants_key() {
            return self.key(scalar, anchor, place);
        }
        let node = Node {
            place,
            value: self.value(scalar, place),
        };
        self.builder.count(1, place)?;
        if anchor > 0 {
            self.anchors.keep(anchor, &node, self.builder)?;
        }
        self.builder.add(node);
        Ok(())
    }

    /// Reads a key as it is written: `200`, `true` and `null` are names like others.
    fn key(&mut self, scalar: &Scalar<'_>, anchor: usize, place: Place) -> Step {
        let is_plain = scalar.style == ScalarStyle::Plain;
        // `null` written as a word may well be meant as a name; these two cannot be.
        if is_plain && matches!(&*scalar.text, "" | "~") {
            let help = "write the key; put an empty string or a tilde in quotes";
            self.builder.error(Code::NullKey, place, "the key is empty", help);
        }
        let name = self.builder.share(&scalar.text);
        if anchor > 0 {
            let node = Node {
                place,
                value: Value::String(name.clone()),
            };
            self.anchors.keep(anchor, &node, self.builder)?;
        }
        let is_merge = is_plain && &*name == "<<" && matches!(scalar.kind, None | Some(TagKind::Merge));
        if scalar.kind == Some(TagKind::Merge) && !is_merge {
            let message = "the key has the tag `!!merge`, but is not `<<`";
            let help = "remove the tag, or write the key `<<`";
            self.builder.error(Code::TagMismatch, place, message, help);
        }
        self.builder.key(name, place, is_merge);
        if is_merge {
            self.builder.report(|builder| {
                let message = "merge keys are not part of YAML 1.2: other parsers read a property named `<<`";
                Diagnostic::warning(Code::MergeKey, Some(place), builder.pointer(), message)
                    .help("repeat the properties, or use `$ref` or `allOf`; quote `<<` if it is the name of a property")
            });
        }
        Ok(())
    }

    fn value(&mut self, scalar: &Scalar<'_>, place: Place) -> Value {
        let is_plain = scalar.style == ScalarStyle::Plain;
        let resolved = match scalar.kind {
            None if is_plain => resolve(&scalar.text),
            None | Some(TagKind::Text) => Plain::Text,
            Some(kind) => {
                let resolved = resolve(&scalar.text);
                if !kind.allows(resolved, &scalar.text) {
                    let message = format!("the value does not match its tag `{}`", kind.as_str());
                    self.builder.error(
                        Code::TagMismatch,
                        place,
                        &message,
                        "remove the tag, or change the value",
                    );
                }
                resolved
            }
        };
        match resolved {
            Plain::Null => Value::Null,
            Plain::Bool(flag) => Value::Bool(flag),
            Plain::Text => Value::String(self.builder.share(&scalar.text)),
            Plain::Number => Value::Number(self.number(&scalar.text, place)),
            Plain::NotFinite => {
                let help = "use a finite number, or quote the value if it is a string";
                self.builder
                    .error(Code::NotANumber, place, "infinity and NaN are not allowed", help);
                Value::Null
            }
        }
    }

    fn number(&mut self, text: &str, place: Place) -> Number {
        let number = Number::from_checked(self.builder.share(text));
        if number.has_radix() && number.as_i128().is_none() {
            let message = "the number has more than 127 bits";
            self.builder.error(
                Code::NumberRange,
                place,
                message,
                "write the number in decimal digits, or quote it",
            );
        }
        number
    }

    fn open(&mut self, container: Container, anchor: usize, tag: Option<&Cow<'_, Tag>>, place: Place) -> Step {
        if self.builder.wants_key() {
            let help = "use a string as the key; quote it if it starts with `{` or `[`";
            return Err(self
                .builder
                .fatal(Code::ComplexKey, place, "an array or an object is used as a key", help));
        }
        let expected = match container {
            Container::Array => TagKind::Sequence,
            Container::Object => TagKind::Mapping,
        };
        // `!` alone says: by the kind of node.
        let kind = self.kind(tag, place).filter(|kind| *kind != expected);
        if let Some(kind) = kind.filter(|_| !tag.is_some_and(|tag| tag::is_non_specific(tag))) {
            let message = format!("the value does not match its tag `{}`", kind.as_str());
            self.builder.error(
                Code::TagMismatch,
                place,
                &message,
                "remove the tag, or change the value",
            );
        }
        self.open_anchors.push(anchor);
        self.builder.open(container, place)
    }

    fn close(&mut self) -> Step {
        let anchor = self.open_anchors.pop().unwrap_or_default();
        let Some(node) = self.builder.close() else {
            return Ok(());
        };
        if anchor > 0 {
            self.anchors.keep(anchor, &node, self.builder)?;
        }
        self.builder.add(node);
        Ok(())
    }

    /// What a tag asks for. A tag that is not known is an error, and then as good as none.
    fn kind(&mut self, tag: Option<&Cow<'_, Tag>>, place: Place) -> Option<TagKind> {
        let tag = tag?;
        let kind = TagKind::of(tag);
        if kind.is_none() {
            let message = format!("tag `{}` is not supported", tag::written(tag));
            let help = "remove the tag, or quote the value if it is a string; tags do not construct or include values";
            self.builder.error(Code::UnknownTag, place, &message, help);
        }
        kind
    }

    fn place(&self, marker: Marker) -> Place {
        Place {
            file: self.builder.file,
            line: clamp(marker.line()),
            column: clamp(marker.col().saturating_add(1)),
        }
    }
}

/// A scalar as the parser gives it.
struct Scalar<'e> {
    text: Cow<'e, str>,
    style: ScalarStyle,
    kind: Option<TagKind>,
}
