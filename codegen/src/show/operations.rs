//! The operations of the intermediate representation.

use super::{
    entry::Entry,
    rules,
    types::{flags_of, type_ref},
    words,
};
use crate::{
    at::At,
    ir::{
        Amount, Api, Argument, Body, BodyForm, Content, Count, Failure, Group, Header, HeaderForm, Idempotency,
        Location, More, Next, NextValue, Operation, Outcome, Output, PageField, Paging, PartForm, Requirement,
        ServerId, Stability, Status, Style, StyleShape,
    },
    member_path::written,
};

pub(super) fn entries(api: &Api) -> impl Iterator<Item = Entry> {
    api.operations().map(|(group, operation)| {
        let paths = At::of("/paths");
        let path = operation.path.to_string();
        let path = path.split_once('?').map_or(path.as_str(), |(path, _)| path);
        let method = operation.method.as_str().to_ascii_lowercase();
        Entry {
            pointer: pointer(operation),
            origin: Some(paths.key(path).key(&method).pointer()),
            text: text(api, group, operation),
        }
    })
}

fn pointer(operation: &Operation) -> String {
    At::of("/operations").key(&operation.id).pointer()
}

fn text(api: &Api, group: &Group, operation: &Operation) -> String {
    let flags = [
        (operation.deprecated, "deprecated"),
        (operation.stability == Stability::Draft, "draft"),
        (operation.idempotency == Idempotency::Declared, "safe to repeat"),
    ];
    let (method, path) = (operation.method.as_str(), operation.path.to_string());
    let pointer = pointer(operation);
    let mut text = format!("{}: {method} {}", words::one_line(&pointer), words::one_line(&path));
    text.extend([flags_of(&flags).as_str(), "\n"]);
    let mut lines = vec![format!(
        "method {} of group {}",
        words::name(&operation.name),
        words::name(&group.name)
    )];
    lines.extend(operation.arguments.iter().map(|one| argument(api, one)));
    lines.extend(operation.body.iter().map(|one| body(api, one)));
    lines.extend(output(api, &operation.output));
    lines.extend(answers(api, operation));
    lines.extend(operation.paging.iter().map(paging));
    if let Some(security) = &operation.security {
        lines.push(format!("security {}", requirement(security)));
    }
    let scopes = operation.scopes.iter();
    lines.extend(scopes.map(|(scheme, scope)| format!("scope {} of {}", words::name(scope), words::name(scheme))));
    if !operation.servers.is_empty() {
        lines.push(format!("servers {}", servers(&operation.servers)));
    }
    for line in lines {
        text.extend(["  ", &line, "\n"]);
    }
    text
}

/// Where an argument goes, in a word.
pub(super) fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Part => "part",
    }
}

fn argument(api: &Api, argument: &Argument) -> String {
    let location = location(argument.location);
    let presence = if argument.required { "required" } else { "optional" };
    let media = argument.media.as_deref().map(|media| format!(", as {media}"));
    let style = (argument.style != Style::usual(argument.location)).then(|| format!(", {}", style(argument.style)));
    let deprecated = flags_of(&[(argument.deprecated, "deprecated")]);
    let (name, ty) = (words::name(&argument.name), type_ref(api, &argument.ty));
    let (media, style) = (media.unwrap_or_default(), style.unwrap_or_default());
    format!("argument {name} in {location}: {ty}, {presence}{style}{media}{deprecated}")
}

fn style(style: Style) -> String {
    let shape = match style.shape {
        StyleShape::Simple => "simple",
        StyleShape::Label => "label",
        StyleShape::Matrix => "matrix",
        StyleShape::Form => "form",
        StyleShape::SpaceDelimited => "spaceDelimited",
        StyleShape::PipeDelimited => "pipeDelimited",
        StyleShape::TabDelimited => "tabDelimited",
        StyleShape::DeepObject => "deepObject",
        StyleShape::Json => "json",
    };
    let flags = [
        (style.explode, "exploded"),
        (style.allow_reserved, "reserved characters allowed"),
    ];
    format!("style {shape}{}", flags_of(&flags))
}

fn body(api: &Api, body: &Body) -> String {
    let presence = if body.required { "required" } else { "optional" };
    let form = match &body.form {
        BodyForm::Json { media, ty } => format!("json as {media}: {}", type_ref(api, ty)),
        BodyForm::Form { media, ty, styles } => {
            let styles = styles.iter();
            let styles = styles.map(|(name, one)| format!(", {} {}", words::name(name), style(*one)));
            format!("form as {media}: {}{}", type_ref(api, ty), styles.collect::<String>())
        }
        BodyForm::Text { media, ty } => format!("text as {media}: {}", type_ref(api, ty)),
        BodyForm::Lines { media, ty } => format!("lines as {media}: {}", type_ref(api, ty)),
        BodyForm::Upload { media } => format!("upload as {media}"),
        BodyForm::Multipart { media } => format!("parts as {media}"),
        BodyForm::Positional { media } => format!("positional parts as {media}"),
        BodyForm::Items {
            media,
            part,
            part_media,
        } => format!("sequence as {media} of {} as {part_media}", part_form(api, part)),
        BodyForm::Parts { media } => format!("parts of any names as {media}"),
    };
    let rules = if body.constraints.is_empty() {
        String::new()
    } else {
        format!(", rules {}", rules::all(&body.constraints))
    };
    format!("body {}, {presence}{rules}", words::one_line(&form))
}

fn content(api: &Api, content: &Content) -> String {
    match content {
        Content::Nothing => "nothing".to_owned(),
        Content::Json(ty) => format!("json {}", type_ref(api, ty)),
        Content::Text => "text".to_owned(),
        Content::Bytes => "bytes".to_owned(),
        Content::Events(None) => "events of text".to_owned(),
        Content::Events(Some(ty)) => format!("events of json {}", type_ref(api, ty)),
        Content::Lines(ty) => format!("lines of json {}", type_ref(api, ty)),
        Content::Parts(part) => format!("parts of {}", part_form(api, part)),
    }
}

fn part_form(api: &Api, part: &PartForm) -> String {
    match part {
        PartForm::Json(ty) => format!("json {}", type_ref(api, ty)),
        PartForm::Text(ty) => format!("text {}", type_ref(api, ty)),
        PartForm::Bytes => "bytes".to_owned(),
    }
}

fn output(api: &Api, output: &Output) -> Vec<String> {
    match output {
        Output::One(one) => vec![format!("output {}", content(api, one))],
        Output::Optional(ty) => vec![format!("output json {} or nothing", type_ref(api, ty))],
        Output::Outcomes(outcomes) => outcome_lines(api, "output", outcomes),
    }
}

fn outcome_lines(api: &Api, what: &str, outcomes: &[Outcome]) -> Vec<String> {
    let lines = outcomes.iter();
    lines
        .map(|one| format!("{what} {}: {}", status(one.status), content(api, &one.content)))
        .collect()
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// What is known of the answers beside what a successful one holds.
fn answers(api: &Api, operation: &Operation) -> Vec<String> {
    let answers = &operation.answers;
    let mut lines = Vec::new();
    if !answers.statuses.is_empty() {
        let codes: Vec<String> = answers.statuses.iter().map(|one| status(*one)).collect();
        lines.push(format!("statuses {}", codes.join(", ")));
    }
    lines.extend(
        answers
            .accept
            .iter()
            .map(|accept| format!("accept {}", words::one_line(accept))),
    );
    if !answers.without_body.is_empty() {
        let codes: Vec<String> = answers.without_body.iter().map(ToString::to_string).collect();
        lines.push(format!("without body {}", codes.join(", ")));
    }
    lines.extend(
        answers
            .streamed
            .iter()
            .map(|one| format!("streamed {}", content(api, one))),
    );
    match &answers.failure {
        Failure::Nothing => {}
        Failure::Outcomes(outcomes) => lines.extend(outcome_lines(api, "failure", outcomes)),
    }
    if !answers.failures.is_empty() {
        let known: Vec<String> = answers.failures.iter().map(|(code, _)| status(*code)).collect();
        lines.push(format!("failures {}", known.join(", ")));
    }
    lines.extend(answers.headers.iter().map(|one| header(api, one)));
    lines
}

fn header(api: &Api, header: &Header) -> String {
    let form = match header.form {
        HeaderForm::Text => "text",
        HeaderForm::Literal => "literal",
        HeaderForm::Texts => "texts",
        HeaderForm::Literals => "literals",
        HeaderForm::Json => "json",
    };
    let (name, ty) = (words::name(&header.name), type_ref(api, &header.ty));
    let deprecated = flags_of(&[(header.deprecated, "deprecated")]);
    format!("header {name}: {ty}, {form}{deprecated}")
}

fn paging(paging: &Paging) -> String {
    let mut parts = vec![next(paging)];
    parts.extend(paging.items.iter().map(|path| format!("items {}", written(path))));
    parts.extend(paging.into.iter().map(|into| format!("into {}", page_field(into))));
    if matches!(paging.next, Next::Count(_)) {
        parts.push(format!("first {}", paging.first));
    }
    parts.extend(paging.max.iter().map(|max| format!("at most {max}")));
    if let Some(size) = &paging.size {
        let bound = |word: &str, bound: Option<i64>| bound.map(|bound| format!(" {word} {bound}")).unwrap_or_default();
        let (min, max) = (bound("from", size.minimum), bound("to", size.maximum));
        parts.push(format!("size in {}{min}{max}", page_field(&size.field)));
    }
    if let Some(More { path, is_inverted }) = &paging.more {
        let not = if *is_inverted { "not " } else { "" };
        parts.push(format!("more if {not}{}", written(path)));
    }
    for (word, amount) in [("pages", &paging.pages), ("total", &paging.total)] {
        parts.extend(amount.iter().map(|amount| match amount {
            Amount::Body(path) => format!("{word} in {}", written(path)),
            Amount::Header(name) => format!("{word} in header {}", words::name(name)),
        }));
    }
    let flags = [
        (paging.ends.same, "ends with the same token"),
        (paging.ends.short, "ends with a short page"),
        (paging.ends.empty, "ends with an empty page"),
        (paging.alone, "the token alone"),
        (paging.query_only, "only the query of a URL"),
    ];
    parts.extend(
        flags
            .iter()
            .filter(|(is_set, _)| *is_set)
            .map(|(_, word)| (*word).to_owned()),
    );
    parts.extend(paging.method.iter().map(|method| format!("by {}", words::name(method))));
    parts.extend(
        paging
            .recognized
            .iter()
            .map(|rule| format!("recognized by {}", words::name(rule))),
    );
    format!("paging {}", parts.join(", "))
}

fn next(paging: &Paging) -> String {
    let what = match paging.value {
        NextValue::Token => "token",
        NextValue::Url => "url",
        NextValue::Either => "token or url",
    };
    match &paging.next {
        Next::Body(path) => format!("{what} from {}", written(path)),
        Next::Header(name) => format!("{what} from header {}", words::name(name)),
        Next::Link(relation) => format!("link {}", words::name(relation)),
        Next::Last(path) => format!("token from the last item {}", written(path)),
        Next::Count(Count::Pages) => "page number".to_owned(),
        Next::Count(Count::Items) => "offset of items".to_owned(),
        Next::Count(Count::Size(None)) => "offset by size".to_owned(),
        Next::Count(Count::Size(Some(default))) => format!("offset by size or {default}"),
    }
}

fn page_field(field: &PageField) -> String {
    match field {
        PageField::Query(name) => format!("query {}", words::name(name)),
        PageField::Header(name) => format!("header {}", words::name(name)),
        PageField::Body(path) => format!("body {}", written(path)),
        PageField::BodyNumber(path) => format!("body number {}", written(path)),
    }
}

/// The pointers of servers.
pub(super) fn servers(ids: &[ServerId]) -> String {
    let pointers: Vec<String> = ids.iter().map(|id| format!("/servers/{}", id.index())).collect();
    pointers.join(", ")
}

/// What is needed: alternatives, each of schemes that are needed together.
pub(super) fn requirement(requirement: &Requirement) -> String {
    if requirement.is_empty() {
        return "none".to_owned();
    }
    let alternatives = requirement.iter().map(|schemes| {
        if schemes.is_empty() {
            return "optional".to_owned();
        }
        let names: Vec<String> = schemes.iter().map(|name| words::name(name)).collect();
        names.join(" and ")
    });
    alternatives.collect::<Vec<_>>().join(" or ")
}
