//! The form of `x-client-paging`: from its value to how pages follow each other.

use serde_json::{Map, Value as Json};

use crate::{
    at::At,
    diagnostic::Code,
    ir::{Amount, Count, Ends, MemberPath, More, Next, NextValue, PageField, PageSize, Paging},
    lower::report::{Report, did_you_mean},
    member_path::parse,
};

const KEYS: [&str; 15] = [
    "items",
    "next",
    "as",
    "into",
    "token",
    "first",
    "size",
    "more",
    "pages",
    "total",
    "end",
    "alone",
    "follow",
    "method",
    "recognized",
];
const NEXT: [&str; 5] = ["body", "header", "link", "last", "count"];
const FIELD: [&str; 6] = ["in", "name", "pointer", "minimum", "maximum", "step"];
const HELP_PATH: &str = "Use a path of members, such as `$.data` or `$['@odata.nextLink']`; `$` is the whole response.";

/// Reads a declaration; `None` where it is invalid, which is reported, or takes paging away.
pub(super) fn read(report: &mut Report<'_>, value: &Json, at: &At<'_>) -> Option<Paging> {
    if *value == Json::Bool(false) {
        return None;
    }
    let mut form = Form { report, is_valid: true };
    let Json::Object(members) = value else {
        form.error(
            at,
            "`x-client-paging` is not an object or `false`",
            "Add `next`, and what else is needed.",
        );
        return None;
    };
    form.keys(members, &KEYS, at);
    let paging = form.paging(members, at);
    paging.filter(|_| form.is_valid)
}

struct Form<'r, 'd> {
    report: &'r mut Report<'d>,
    is_valid: bool,
}

impl Form<'_, '_> {
    fn error(&mut self, at: &At<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.report.error(Code::InvalidExtension, at, message, help);
        self.is_valid = false;
    }

    fn keys(&mut self, members: &Map<String, Json>, known: &[&str], at: &At<'_>) {
        for key in members.keys().filter(|key| !known.contains(&key.as_str())) {
            let help = did_you_mean(key, known.iter().copied(), "");
            self.error(&at.key(key), format!("`{key}` is not a key of this object"), help);
        }
    }

    fn paging(&mut self, members: &Map<String, Json>, at: &At<'_>) -> Option<Paging> {
        let next = self.next(members, at)?;
        let into = self.into(members, &next, at);
        let value = self.value(members, &next, into.is_some(), at);
        let size = self.size(members, at);
        let method = self
            .text(members, "method", at)
            .map(|method| method.to_ascii_uppercase());
        let query_only = self.word(members, "follow", &["url", "query"], at) == Some(1);
        let paging = Paging {
            items: self.path(members.get("items"), &at.key("items")),
            value,
            into,
            first: self.integer(members, "first", at).unwrap_or(match next {
                Next::Count(Count::Items | Count::Size(_)) => 0,
                _ => 1,
            }),
            max: None,
            size: size.as_ref().map(|(size, _)| size.clone()),
            more: self.more(members.get("more"), &at.key("more")),
            pages: self.amount(members.get("pages"), &at.key("pages")),
            total: self.amount(members.get("total"), &at.key("total")),
            ends: self.ends(members, &next, at),
            alone: self.boolean(members, "alone", at).unwrap_or(false),
            query_only,
            method,
            recognized: self.text(members, "recognized", at),
            next: match (next, size) {
                (Next::Count(Count::Items), Some((_, true))) => Next::Count(Count::Size(None)),
                (next, _) => next,
            },
        };
        self.check_whole(&paging, at);
        Some(paging)
    }

    /// What must be there beside the way to the next page.
    fn check_whole(&mut self, paging: &Paging, at: &At<'_>) {
        let is_url = paging.value != NextValue::Token;
        if paging.into.is_none() && !is_url {
            self.error(
                at,
                "`into` is missing",
                "Add `into: {in: query, name: NAME}`: where the next page is selected.",
            );
        }
        let needs_items = matches!(paging.next, Next::Last(_) | Next::Count(Count::Items | Count::Size(_)));
        if paging.items.is_none() && needs_items && self.is_valid {
            self.error(
                at,
                "`items` is missing",
                "Add `items`: the pages cannot be followed without them.",
            );
        }
        let has_end = paging.more.is_some() || paging.pages.is_some();
        if paging.items.is_none() && matches!(paging.next, Next::Count(_)) && !has_end && self.is_valid {
            self.error(
                at,
                "nothing says where the pages end",
                "Add `items`, `pages` or `more`.",
            );
        }
    }

    fn next(&mut self, members: &Map<String, Json>, at: &At<'_>) -> Option<Next> {
        let at = at.key("next");
        let (key, value) = match members.get("next") {
            Some(Json::String(path)) => return self.parsed(path, &at).map(Next::Body),
            Some(Json::Object(next)) => {
                self.keys(next, &NEXT, &at);
                let mut found = next.iter().filter(|(key, _)| NEXT.contains(&key.as_str()));
                match (found.next(), found.next()) {
                    (Some(one), None) => one,
                    _ => {
                        self.error(
                            &at,
                            "`next` does not have exactly one source",
                            "Use one of `body`, `header`, `link`, `last` and `count`.",
                        );
                        return None;
                    }
                }
            }
            _ => {
                self.error(
                    &at,
                    "`next` is missing or is not an object",
                    "Add `next: {body: $.NAME}`, or one of `header`, `link`, `last`, `count`.",
                );
                return None;
            }
        };
        let at = at.key(key);
        let Json::String(text) = value else {
            self.error(&at, format!("`{key}` is not a string"), HELP_PATH);
            return None;
        };
        Some(match key.as_str() {
            "body" => Next::Body(self.parsed(text, &at)?),
            "last" => Next::Last(self.parsed(text, &at)?),
            "header" => Next::Header(text.clone()),
            "link" => Next::Link(text.clone()),
            _ => Next::Count(match text.as_str() {
                "pages" => Count::Pages,
                "items" => Count::Items,
                "size" => Count::Size(None),
                _ => {
                    let help = did_you_mean(text, ["pages", "items", "size"].into_iter(), "");
                    self.error(&at, format!("`{text}` is not a way to count"), help);
                    return None;
                }
            }),
        })
    }

    /// What the next thing is. A source that can hold a URL holds one if there is no place for a token.
    fn value(&mut self, members: &Map<String, Json>, next: &Next, has_into: bool, at: &At<'_>) -> NextValue {
        let words = ["token", "url", "either"];
        match (self.word(members, "as", &words, at), next) {
            (_, Next::Link(_)) => NextValue::Url,
            (_, Next::Last(_) | Next::Count(_)) | (Some(0), _) => NextValue::Token,
            (Some(1), _) => NextValue::Url,
            (None, _) if has_into || members.contains_key("token") => NextValue::Token,
            _ => NextValue::Either,
        }
    }

    /// `into`, or `token` of the shorter form.
    fn into(&mut self, members: &Map<String, Json>, next: &Next, at: &At<'_>) -> Option<PageField> {
        let key = if members.contains_key("into") { "into" } else { "token" };
        let is_number = matches!(next, Next::Count(_));
        let (field, _) = self.field(members.get(key)?, is_number, &at.key(key))?;
        Some(field)
    }

    /// The size, and whether an offset grows by it.
    fn size(&mut self, members: &Map<String, Json>, at: &At<'_>) -> Option<(PageSize, bool)> {
        let at = at.key("size");
        let (field, form) = self.field(members.get("size")?, true, &at)?;
        let size = PageSize {
            field,
            minimum: self.integer(form, "minimum", &at),
            maximum: self.integer(form, "maximum", &at),
        };
        let grows = self.word(form, "step", &["items", "size"], &at) == Some(1);
        Some((size, grows))
    }

    fn field<'v>(
        &mut self,
        value: &'v Json,
        is_number: bool,
        at: &At<'_>,
    ) -> Option<(PageField, &'v Map<String, Json>)> {
        let Json::Object(form) = value else {
            self.error(at, "this is not an object", "Write `{in: query, name: NAME}`.");
            return None;
        };
        self.keys(form, &FIELD, at);
        let location = self.word(form, "in", &["query", "header", "body"], at);
        let name = self.text(form, "name", at);
        let pointer = self.text(form, "pointer", at);
        let field = match (location?, name, pointer) {
            (0, Some(name), None) => PageField::Query(name),
            (1, Some(name), None) => PageField::Header(name),
            (2, Some(name), None) => body_field(vec![name], is_number),
            (2, None, Some(pointer)) => body_field(pointed(&pointer), is_number),
            (_, None, None) => {
                self.error(
                    at,
                    "`name` is missing",
                    "Add `name`, or in a body `pointer: /page/cursor`.",
                );
                return None;
            }
            _ => {
                self.error(
                    at,
                    "`pointer` is for a member of the body, without a `name`",
                    "Use `in: body` and one of `name` and `pointer`.",
                );
                return None;
            }
        };
        Some((field, form))
    }

    fn more(&mut self, value: Option<&Json>, at: &At<'_>) -> Option<More> {
        let (path, is_inverted) = match value? {
            Json::Object(form) => {
                self.keys(form, &["not"], at);
                (form.get("not"), true)
            }
            path => (Some(path), false),
        };
        let path = self.path(path, at);
        path.map(|path| More { path, is_inverted })
    }

    fn amount(&mut self, value: Option<&Json>, at: &At<'_>) -> Option<Amount> {
        match value? {
            Json::Object(form) => {
                self.keys(form, &["header"], at);
                self.text(form, "header", at).map(Amount::Header)
            }
            path => self.path(Some(path), at).map(Amount::Body),
        }
    }

    fn ends(&mut self, members: &Map<String, Json>, next: &Next, at: &At<'_>) -> Ends {
        let at = at.key("end");
        let words = match members.get("end") {
            None => {
                let empty = matches!(next, Next::Count(_));
                return Ends {
                    empty,
                    ..Ends::default()
                };
            }
            Some(Json::Array(words)) => words.as_slice(),
            Some(word) => std::slice::from_ref(word),
        };
        let mut ends = Ends::default();
        for word in words {
            match word.as_str() {
                Some("absent") => {}
                Some("same") => ends.same = true,
                Some("short") => ends.short = true,
                Some("empty") => ends.empty = true,
                other => {
                    let known = ["absent", "same", "short", "empty"];
                    let help = did_you_mean(other.unwrap_or_default(), known.into_iter(), "");
                    self.error(&at, format!("{word} is not an end of pages"), help);
                }
            }
        }
        ends
    }

    fn path(&mut self, value: Option<&Json>, at: &At<'_>) -> Option<MemberPath> {
        match value? {
            Json::String(path) => self.parsed(path, at),
            _ => {
                self.error(at, "this is not a path", HELP_PATH);
                None
            }
        }
    }

    fn parsed(&mut self, path: &str, at: &At<'_>) -> Option<MemberPath> {
        let parsed = parse(path);
        if parsed.is_none() {
            self.error(at, format!("`{path}` is not a path of members"), HELP_PATH);
        }
        parsed
    }

    fn text(&mut self, members: &Map<String, Json>, key: &str, at: &At<'_>) -> Option<String> {
        let text = members.get(key)?;
        if text.as_str().is_none() {
            self.error(&at.key(key), format!("`{key}` is not a string"), "Write a string.");
        }
        text.as_str().map(str::to_owned)
    }

    fn integer(&mut self, members: &Map<String, Json>, key: &str, at: &At<'_>) -> Option<i64> {
        let number = members.get(key)?;
        if number.as_i64().is_none() {
            self.error(&at.key(key), format!("`{key}` is not an integer"), "Write an integer.");
        }
        number.as_i64()
    }

    fn boolean(&mut self, members: &Map<String, Json>, key: &str, at: &At<'_>) -> Option<bool> {
        let value = members.get(key)?;
        if value.as_bool().is_none() {
            self.error(
                &at.key(key),
                format!("`{key}` is not a boolean"),
                "Write `true` or `false`.",
            );
        }
        value.as_bool()
    }

    /// The number of a word among those that there are.
    fn word(&mut self, members: &Map<String, Json>, key: &str, known: &[&str], at: &At<'_>) -> Option<usize> {
        let value = members.get(key)?;
        let found = known.iter().position(|word| value.as_str() == Some(*word));
        if found.is_none() {
            let help = did_you_mean(value.as_str().unwrap_or_default(), known.iter().copied(), "");
            let message = format!("{value} is not one of `{}`", known.join("`, `"));
            self.error(&at.key(key), message, help);
        }
        found
    }
}

fn body_field(path: MemberPath, is_number: bool) -> PageField {
    if is_number {
        PageField::BodyNumber(path)
    } else {
        PageField::Body(path)
    }
}

/// The members of a JSON pointer.
fn pointed(pointer: &str) -> MemberPath {
    let segments = pointer.strip_prefix('/').unwrap_or(pointer).split('/');
    segments
        .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
        .collect()
}
