//! Groups of operations, as forms.

use super::{
    Context, Item, access, answers, arguments, bodies, copy,
    form::{Entry, Form, Line, Type},
    headers, paging, rules, runtime,
};
use crate::{
    invisible::acts_on_display,
    ir::{Argument, Body, Idempotency, Location, Operation, TypeRef},
    methods,
    name::{Named, NamedGroup, NamedOperation, ident},
};

pub(super) fn items(context: Context<'_>, named: &NamedGroup<'_>) -> Vec<Item> {
    let group = named.group;
    let mut imports = vec![Entry::word(runtime::FORMS_IMPORT)];
    let mut types = group.operations.iter().flat_map(Operation::types);
    if types.any(TypeRef::names_a_type) {
        imports.push(Entry::word("use super::super::models;"));
    }
    let operations = named.operations.iter();
    let operations = operations.map(|named| Described { context, named }.entry()).collect();
    let head = Line::new().word("pub struct").ident(&ident(&named.ident));
    let head = head.word("=");
    // Examples call the method of the client by the name of the group, unless it has another one.
    let head = if named.module == group.name {
        head.text(&group.name)
    } else {
        let both = head.word("(").attached().text(&shown(&group.name));
        both.word("as").ident(&ident(&named.module)).sign(")")
    };
    let entry = Entry::new(head).documented(&group.docs).enclosing(operations);
    vec![Item::Lines(imports), Item::Form(Form::new("operations", entry))]
}

/// A name that documentation shows between backticks.
pub(super) fn shown(name: &str) -> String {
    let visible = |c: char| {
        if c == '`' || c.is_control() || acts_on_display(c) {
            '\''
        } else {
            c
        }
    };
    name.chars().map(visible).collect()
}

/// One operation while it is written.
struct Described<'a> {
    context: Context<'a>,
    named: &'a NamedOperation<'a>,
}

impl<'a> Described<'a> {
    fn entry(&self) -> Entry {
        let operation = self.named.operation;
        let servers = operation.servers.iter();
        let servers = servers.map(|id| self.context.api.servers[id.index()].url.as_str());
        let content_type = operation.body.as_ref().and_then(bodies::content_type);
        let docs = copy::operation(operation, &servers.collect::<Vec<_>>(), content_type);
        let after = Line::new()
            .word("->")
            .ident(&ident(&self.named.call))
            .word("=")
            .text(&operation.id);
        Entry::new(self.request().broken().word("fn").ident(&ident(&self.named.method)))
            .documented(&docs)
            .deprecated(operation.deprecated)
            .with_arguments(self.positional(), after)
            .enclosing(self.sections())
            .spaced()
    }

    /// `GET "/pets/{id}"`, with `OTHER("COPY")` for what is not a method of HTTP.
    fn request(&self) -> Line {
        let (method, path) = (&self.named.operation.method, &self.named.operation.path);
        let mut known = methods::until(methods::Since::OpenApi30);
        let line = match known.find(|known| known.wire == method.as_str()) {
            Some(known) => Line::new().word(known.wire),
            None => Line::new().word("OTHER(").attached().text(method.as_str()).sign(")"),
        };
        line.text(&encoded(&path.to_string()))
    }

    /// The arguments of the method: those of the path, the struct of the other required ones, and a required body.
    fn positional(&self) -> Vec<Entry> {
        let arguments = self.arguments(|argument| argument.location == Location::Path);
        let arguments = arguments.map(|named| arguments::positional(self.context, named));
        let required = self.named.required.iter();
        let required = required.map(|name| arguments::required(&Type::path([&ident(name)])));
        let body = self
            .body(true)
            .map(|(line, body)| Entry::new(line).described(&body.docs));
        arguments.chain(required).chain(body).collect()
    }

    fn arguments(&self, is_wanted: impl Fn(&Argument) -> bool) -> impl Iterator<Item = &'a Named<'a, Argument>> {
        self.named.arguments.iter().filter(move |named| is_wanted(named.item))
    }

    fn body(&self, required: bool) -> Option<(Line, &'a Body)> {
        let body = self
            .named
            .operation
            .body
            .as_ref()
            .filter(|body| body.required == required)?;
        bodies::line(self.context, body).map(|line| (line, body))
    }

    /// What is in the braces, in the order that the macro reads.
    fn sections(&self) -> Vec<Entry> {
        let (context, named) = (self.context, self.named);
        let operation = named.operation;
        let body = self.body(false);
        let body = body.map(|(line, body)| Entry::new(Line::new().word("optional").line(line)).documented(&body.docs));
        let mut sections: Vec<Entry> = body.into_iter().collect();
        sections.extend(answers::answer(context, named));
        sections.extend(answers::stream(context, operation));
        sections.extend(self.required());
        sections.extend(self.optional());
        sections.extend(answers::errors(context, named));
        sections.extend(headers::section(context, named));
        sections.extend(paging::line(context, named).map(Entry::new));
        let rules = operation
            .body
            .as_ref()
            .map(|body| body.constraints.as_slice())
            .unwrap_or_default();
        if !rules.is_empty() {
            sections.push(Entry::new(Line::new().word("where").line(rules::list_line(rules))));
        }
        let steps = self.steps().into_iter();
        sections.extend(steps.map(|step| Entry::new(Line::new().word("with").line(step))));
        sections
    }

    fn required(&self) -> Option<Entry> {
        let name = ident(self.named.required.as_ref()?);
        let inputs = self.arguments(|argument| argument.required && argument.location != Location::Path);
        let inputs = inputs.map(|named| arguments::entry(self.context, named));
        Some(Entry::new(Line::new().word("required").ident(&name)).enclosing(inputs.collect()))
    }

    fn optional(&self) -> Option<Entry> {
        // Every call has a setter for its idempotency key.
        let inputs = self.arguments(|argument| !argument.required && !argument.is_idempotency_key());
        let inputs: Vec<Entry> = inputs.map(|named| arguments::entry(self.context, named)).collect();
        (!inputs.is_empty()).then(|| Entry::new(Line::new().word("optional")).enclosing(inputs))
    }

    /// What else the runtime has to know of the operation.
    fn steps(&self) -> Vec<Line> {
        let operation = self.named.operation;
        let mut steps = Vec::new();
        if operation.idempotency == Idempotency::Declared {
            steps.push(Line::new().word("idempotent"));
        }
        let key = self.arguments(Argument::is_idempotency_key).next();
        let key = key.map(|key| {
            Line::new()
                .word("idempotency_key(")
                .attached()
                .text(&key.item.name)
                .sign(")")
        });
        steps.extend(key);
        steps.extend(operation.body.as_ref().and_then(bodies::begin));
        steps.extend(access::steps(self.context, operation));
        steps.extend(answers::steps(operation));
        steps
    }
}

/// A path that documentation shows between backticks: what would end them, or is not visible, is percent-encoded, as it is sent.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for c in path.chars() {
        if c == '`' || c.is_control() || acts_on_display(c) {
            let mut buffer = [0; 4];
            let bytes = c.encode_utf8(&mut buffer).bytes();
            text.extend(bytes.map(|byte| format!("%{byte:02X}")));
        } else {
            text.push(c);
        }
    }
    text
}
