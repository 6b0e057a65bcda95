//! Groups and their methods: what a call takes, what it sends, and what it returns.

use super::{
    Anchor, Call, Entry, Item, Kind, List, Member, MemberKind,
    calls::{self, accepted_body},
    paging, types,
};
use crate::{
    emit::Context,
    ir::{Argument, Content, Header, Idempotency, Location, Outcome, Stability, Status, VariantOf},
    name::{Named, NamedGroup, NamedOperation, NamedOutcomes, NamedOutput, ident},
};

pub(super) fn items(context: Context<'_>, into: &mut Vec<Item>) {
    for group in &context.names.groups {
        let start = into.len();
        into.push(group_item(group));
        for named in &group.operations {
            Operation { context, group, named }.items(into);
        }
        if context.features.has_groups() {
            for item in into.iter_mut().skip(start) {
                item.features = vec![group.feature.clone()];
            }
        }
    }
}

fn group_path(group: &NamedGroup<'_>) -> String {
    format!("apis::{}", ident(&group.module))
}

fn group_item(group: &NamedGroup<'_>) -> Item {
    let path = format!("{}::{}", group_path(group), ident(&group.ident));
    let mut item = Item::new(path, Kind::Group, Anchor::Tag(group.group.name.clone()));
    item.content
        .part("accessor", format!("Client::{}", ident(&group.module)));
    item.content.fact("tag", group.group.name.clone());
    item.content.docs.clone_from(&group.group.docs);
    item
}

struct Operation<'a> {
    context: Context<'a>,
    group: &'a NamedGroup<'a>,
    named: &'a NamedOperation<'a>,
}

impl Operation<'_> {
    fn call(&self) -> Call {
        let operation = self.named.operation;
        Call {
            method: operation.method.clone(),
            path: operation.path.to_string(),
        }
    }

    fn path(&self, name: &str) -> String {
        format!("{}::{}", group_path(self.group), ident(name))
    }

    fn items(&self, into: &mut Vec<Item>) {
        let mut item = self.method();
        if let NamedOutput::Outcomes(outcomes) = &self.named.output {
            into.push(self.outcomes(outcomes));
        }
        if let Some(outcomes) = &self.named.failure {
            item.content.part("failure", self.path(&outcomes.ident));
            into.push(self.outcomes(outcomes));
        }
        into.push(item);
    }

    fn method(&self) -> Item {
        let operation = self.named.operation;
        let path = format!(
            "{}::{}::{}",
            group_path(self.group),
            ident(&self.group.ident),
            ident(&self.named.method)
        );
        let mut item = Item::new(path, Kind::Operation, Anchor::Operation(self.call()));
        item.lists.push(List {
            of: "call",
            is_positional: true,
            entries: self.entries(),
        });
        if let Some(required) = &self.named.required {
            item.content.part("required", self.path(required));
            item.lists.push(List {
                of: "required",
                is_positional: false,
                entries: self.required(),
            });
        }
        item.members = self.members();
        let content = &mut item.content;
        content.docs = format!("{}\n\n{}", operation.summary, operation.docs);
        content.is_deprecated = operation.deprecated;
        content.part("call", self.path(&self.named.call));
        content.part("output", self.output());
        if let Some(stream) = &operation.answers.streamed {
            content.part("stream", calls::held(self.context, stream));
        }
        if let Some(item) = self.context.api.page_item(operation) {
            content.part("pages", types::written(self.context, &item));
        }
        self.facts(&mut item);
        item
    }

    fn facts(&self, item: &mut Item) {
        let operation = self.named.operation;
        let content = &mut item.content;
        content.fact("operation id", operation.id.clone());
        content.fact("method", operation.method.as_str());
        content.fact("url", calls::template(operation));
        if let Some(body) = &operation.body {
            content.fact("body", calls::form_of_body(body));
        }
        content.fact("accept", calls::accepted_media(operation.answers.accept.as_deref()));
        content.fact(
            "accept stream",
            calls::accepted_media(operation.answers.accept_stream.as_deref()),
        );
        content.fact(
            "paging",
            operation.paging.as_ref().map(paging::describe).unwrap_or_default(),
        );
        content.fact("end of events", operation.events_end.clone().unwrap_or_default());
        if operation.idempotency == Idempotency::Declared {
            content.fact("idempotent", "declared");
        }
        if operation.stability == Stability::Draft {
            content.docs.push_str("\n\ndraft");
        }
        let required = operation.security.as_ref().unwrap_or(&self.context.api.requirement);
        content.fact("credentials", calls::requirement(required));
        let servers = operation.servers.iter();
        let servers = servers.filter_map(|id| self.context.api.servers.get(id.index()));
        let servers: Vec<&str> = servers.map(|server| server.url.as_str()).collect();
        content.fact("servers", servers.join(", "));
    }

    fn output(&self) -> String {
        match &self.named.output {
            NamedOutput::One(held) => calls::held(self.context, held),
            NamedOutput::Optional(ty) => format!("Option<{}>", types::written(self.context, ty)),
            NamedOutput::Outcomes(outcomes) => self.path(&outcomes.ident),
        }
    }

    /// What the method takes: the arguments of the path, the struct of the other required inputs, and a required body.
    fn entries(&self) -> Vec<Entry> {
        let operation = self.named.operation;
        let of_path = |argument: &&Named<'_, Argument>| argument.item.location == Location::Path;
        let mut entries: Vec<Entry> = self
            .named
            .arguments
            .iter()
            .filter(of_path)
            .map(|argument| self.entry(argument, calls::accepted(self.context, argument.item)))
            .collect();
        entries.extend(self.named.required.iter().map(|required| Entry {
            name: "required".to_owned(),
            ty: self.path(required),
            meaning: "required".to_owned(),
        }));
        let body = operation.body.as_ref().filter(|body| body.required);
        entries.extend(body.and_then(|body| accepted_body(self.context, body)).map(|ty| Entry {
            name: "body".to_owned(),
            ty,
            meaning: "body".to_owned(),
        }));
        entries
    }

    /// The fields of the struct of required inputs.
    fn required(&self) -> Vec<Entry> {
        let is_field =
            |argument: &&Named<'_, Argument>| argument.item.required && argument.item.location != Location::Path;
        let fields = self.named.arguments.iter().filter(is_field);
        fields
            .map(|argument| self.entry(argument, calls::input(self.context, argument.item)))
            .collect()
    }

    fn entry(&self, named: &Named<'_, Argument>, ty: String) -> Entry {
        Entry {
            name: ident(&named.ident).to_string(),
            ty,
            meaning: calls::meaning(self.named.operation, named.item),
        }
    }

    fn members(&self) -> Vec<Member> {
        let operation = self.named.operation;
        let arguments = self.named.arguments.iter();
        let mut members: Vec<Member> = arguments.map(|argument| self.argument(argument)).collect();
        if let Some(body) = &operation.body
            && let Some(ty) = accepted_body(self.context, body)
        {
            let mut member = Member::new("body".to_owned(), MemberKind::Argument, Anchor::Body(self.call()));
            let part = if body.required { "argument" } else { "setter" };
            member.content.part(part, ty);
            member.content.docs.clone_from(&body.docs);
            member.content.fact("in", "body");
            members.push(member);
        }
        members.extend(self.named.headers.iter().map(|header| self.header(header)));
        members
    }

    fn argument(&self, named: &Named<'_, Argument>) -> Member {
        let argument = named.item;
        let anchor = Anchor::Parameter(self.call(), argument.location, argument.name.clone());
        let mut member = Member::new(ident(&named.ident).to_string(), MemberKind::Argument, anchor);
        let content = &mut member.content;
        let is_field = argument.required && argument.location != Location::Path;
        let ty = if is_field {
            calls::input(self.context, argument)
        } else {
            calls::accepted(self.context, argument)
        };
        content.part(if argument.required { "argument" } else { "setter" }, ty);
        // Every call has a setter for its idempotency key.
        if argument.is_idempotency_key() {
            content.parts.clear();
        }
        content.fact("in", calls::location(argument.location));
        content.fact("name", calls::wire_name(self.named.operation, argument));
        content.fact("style", calls::style(argument));
        content.fact("media type", calls::media(argument));
        content.docs.clone_from(&argument.docs);
        content.is_deprecated = argument.deprecated;
        member
    }

    fn header(&self, named: &Named<'_, Header>) -> Member {
        let header = named.item;
        let anchor = Anchor::Header(self.call(), header.name.clone());
        let mut member = Member::new(ident(&named.ident).to_string(), MemberKind::Header, anchor);
        let content = &mut member.content;
        let ty = types::written(self.context, &header.ty);
        content.part("constant", format!("Header<{ty}>"));
        content.fact("name", header.name.to_ascii_lowercase());
        content.fact("form", format!("{:?}", header.form));
        content.docs.clone_from(&header.docs);
        content.is_deprecated = header.deprecated;
        member
    }

    fn outcomes(&self, outcomes: &NamedOutcomes<'_>) -> Item {
        let anchor = Anchor::Responses(self.call());
        let mut item = Item::new(self.path(&outcomes.ident), Kind::Outcomes, anchor);
        item.members = outcomes.variants.iter().map(|variant| self.outcome(variant)).collect();
        item
    }

    fn outcome(&self, named: &Named<'_, Outcome>) -> Member {
        let anchor = Anchor::Response(self.call(), status(named.item.status));
        let mut member = Member::new(ident(&named.ident).to_string(), MemberKind::Variant, anchor);
        let held = match &named.item.content {
            Content::Json(ty) if self.context.api.is_boxed(ty, VariantOf::Outcomes) => {
                format!("Box<{}>", types::written(self.context, ty))
            }
            held => calls::held(self.context, held),
        };
        member.content.part("type", held);
        member.content.fact("status", status(named.item.status));
        member.content.docs.clone_from(&named.item.docs);
        member
    }
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}
