//! Recognition: the rules, each with the guards that public documents have asked for.

use super::{
    declaration::{Amount, Declaration, Field, path},
    first_page::first_page,
    names::{self, plain},
    rule::Rule,
    signs::{is_token_for, is_url, items, pointer},
    view::{Kind, Leaf, Parameter, View},
};
use crate::read::Node;

/// What an operation looks like.
pub(super) struct Guess {
    pub(super) rule: Rule,
    /// Why it is not recognized all the same.
    pub(super) reason: Option<&'static str>,
    pub(super) declaration: Declaration,
}

const NO_ITEMS: &str = "the response has several lists or none, and nothing says which has the items";
const ONE_OBJECT: &str = "the path ends with a parameter, so the response may be one object";
const NO_END: &str = "the document does not declare where the pages end";
const NO_FIRST: &str = "the document does not say whether the first page is 0 or 1";
const OTHER_NEXT: &str = "the response or the request has a token or a link too, and nothing says what it is";

/// What the operation looks like, if it looks like paging.
pub(super) fn guess(view: &View<'_>) -> Option<Guess> {
    if !matches!(view.method, "get" | "post" | "query") || is_not_paged(view) {
        return None;
    }
    let seen = Seen::new(view);
    if let Some(guess) = seen.pageable() {
        return Some(guess);
    }
    let (rule, declaration) = seen.by_next().or_else(|| seen.by_number())?;
    Some(seen.judged(rule, declaration))
}

/// `x-ms-pageable` without a link: the document says that there is one page.
fn is_not_paged(view: &View<'_>) -> bool {
    let pageable = view.operation.get("x-ms-pageable");
    pageable.is_some_and(|pageable| pageable.get("nextLinkName").is_some_and(Node::is_null))
}

/// An operation with what all rules ask for.
struct Seen<'v, 'a> {
    view: &'v View<'a>,
    members: Vec<Leaf<'a>>,
    body: Vec<Leaf<'a>>,
    items: Option<Vec<&'a str>>,
}

impl<'v, 'a> Seen<'v, 'a> {
    fn new(view: &'v View<'a>) -> Self {
        let members = view.members();
        let items = items(view, &members);
        let body = if view.method == "get" { Vec::new() } else { view.body() };
        Self {
            view,
            members,
            body,
            items,
        }
    }

    fn pageable(&self) -> Option<Guess> {
        let pageable = self.view.operation.get("x-ms-pageable")?;
        let text = |key: &str| pageable.get(key).and_then(|value| value.as_str());
        let next = text("nextLinkName")?;
        let method = text("operationName").and_then(|id| self.view.method_of(id));
        Some(Guess {
            rule: Rule::Pageable,
            reason: None,
            declaration: Declaration {
                items: Some(path(&[text("itemName").unwrap_or("value")])),
                next: ("body", path(&[next])),
                value: Some("either"),
                method: Some(method.unwrap_or_else(|| "GET".to_owned())),
                ..Declaration::default()
            },
        })
    }

    /// The rules by which the response leads to the next page.
    fn by_next(&self) -> Option<(Rule, Declaration)> {
        let token = self.token().map(|declaration| (Rule::Token, declaration));
        let is_get = self.view.method == "get";
        let others = || {
            let url = self.url().map(|declaration| (Rule::Url, declaration));
            let link = || self.link().map(|declaration| (Rule::Link, declaration));
            url.or_else(link)
                .or_else(|| self.header().map(|declaration| (Rule::Header, declaration)))
        };
        token.or_else(|| others().filter(|_| is_get))
    }

    /// The rules by which the client counts.
    fn by_number(&self) -> Option<(Rule, Declaration)> {
        if self.view.method != "get" {
            return None;
        }
        let page = self.page().map(|declaration| (Rule::Page, declaration));
        page.or_else(|| self.offset().map(|declaration| (Rule::Offset, declaration)))
    }

    /// A guess with the guards that all rules share.
    fn judged(&self, rule: Rule, declaration: Declaration) -> Guess {
        let is_counted = matches!(rule, Rule::Page | Rule::Offset);
        let has_end = declaration.more.is_some() || declaration.pages.is_some() || declaration.total.is_some();
        let reason = if self.items.is_none() {
            Some(NO_ITEMS)
        } else if self.may_be_one_object() {
            Some(ONE_OBJECT)
        } else if is_counted && self.has_other_next(&declaration) {
            Some(OTHER_NEXT)
        } else if is_counted && !has_end {
            Some(NO_END)
        } else if rule == Rule::Page && declaration.first.is_none() && self.may_begin_at_zero() {
            Some(NO_FIRST)
        } else {
            None
        };
        let first = declaration.first.or((rule == Rule::Page).then_some(1));
        Guess {
            rule,
            reason,
            declaration: Declaration { first, ..declaration },
        }
    }

    /// Whether the response has the words of Spring Data, whose pages begin at 0 unless a server is configured otherwise.
    fn may_begin_at_zero(&self) -> bool {
        let has = |name: &str| self.members.iter().any(|leaf| plain(leaf.name()) == name);
        has("totalelements") && ["number", "numberofelements", "pageable"].iter().any(|name| has(name))
    }

    /// Whether there is something beside the counter that may be the way to the next page: a plain `next`, a `next_page`, or a
    /// parameter for a token.
    fn has_other_next(&self, declaration: &Declaration) -> bool {
        let counter = declaration
            .into
            .as_ref()
            .map(|into| plain(&into.name))
            .unwrap_or_default();
        let is_next = |leaf: &Leaf<'_>| {
            let name = plain(leaf.name());
            let is_named = name == "next" || name == format!("next{counter}");
            is_named && matches!(leaf.kind, Kind::String | Kind::Number | Kind::Other)
        };
        let is_token = |parameter: &Parameter<'_>| names::TOKENS.contains(&plain(parameter.name).as_str());
        self.members.iter().any(is_next) || self.view.parameters.iter().any(is_token)
    }

    /// Whether the path ends with a parameter, the operation takes nothing about pages, and the list is a member.
    fn may_be_one_object(&self) -> bool {
        let last = self
            .view
            .path
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let is_paging = |parameter: &Parameter<'_>| {
            let name = plain(parameter.name);
            let lists = [
                names::TOKENS,
                names::PAGES,
                names::OFFSETS,
                names::SIZES,
                names::WEAK_TOKENS,
            ];
            parameter.location != "path" && lists.iter().any(|list| list.contains(&name.as_str()))
        };
        let is_root = self.items.as_ref().is_some_and(Vec::is_empty);
        last.ends_with('}') && !is_root && !self.view.parameters.iter().any(is_paging)
    }

    /// What every declaration has.
    fn declaration(&self, next: (&'static str, String)) -> Declaration {
        Declaration {
            items: self.items.as_ref().map(|items| path(items)),
            next,
            size: self.size(),
            more: self.more(),
            ..Declaration::default()
        }
    }

    fn token(&self) -> Option<Declaration> {
        let parameters = self.view.parameters.iter().filter(|parameter| {
            matches!(parameter.location, "query" | "header") && matches!(parameter.kind, Kind::String | Kind::Other)
        });
        let fields = parameters.map(|parameter| {
            let location = if parameter.location == "query" {
                "query"
            } else {
                "header"
            };
            (
                location,
                parameter.name.to_owned(),
                plain(parameter.name),
                parameter.text.clone(),
            )
        });
        let in_body = self
            .body
            .iter()
            .filter(|leaf| leaf.path.len() <= 2 && leaf.kind == Kind::String);
        let in_body = in_body.map(|leaf| ("body", pointer(&leaf.path), plain(leaf.name()), leaf.text()));
        let mut fields: Vec<_> = fields.chain(in_body).collect();
        // An everyday word is for a token only if no better one is there, and never in a header.
        let is_strong = |plain: &str| names::TOKENS.contains(&plain);
        fields.retain(|(location, _, plain, _)| *location != "header" || is_strong(plain));
        fields.sort_by_key(|(_, _, plain, _)| !is_strong(plain));
        let mut found = fields.iter().filter_map(|(location, name, plain, text)| {
            let leaf = self.members.iter().find(|leaf| is_token_for(leaf, plain, text))?;
            let into = Field {
                location,
                name: name.clone(),
                ..Field::default()
            };
            Some((leaf, into))
        });
        let (leaf, into) = found.next()?;
        Some(Declaration {
            value: Some("token"),
            into: Some(into),
            ..self.declaration(("body", path(&leaf.path)))
        })
    }

    fn url(&self) -> Option<Declaration> {
        let leaf = self
            .members
            .iter()
            .find(|leaf| is_url(leaf) && !self.is_beside_another_list(leaf))?;
        Some(Declaration {
            value: Some("url"),
            ..self.declaration(("body", path(&leaf.path)))
        })
    }

    /// Whether the object that a link belongs to has a list, and the items are not in it.
    fn is_beside_another_list(&self, leaf: &Leaf<'a>) -> bool {
        let Some(items) = &self.items else { return false };
        let is_part_of_paging = |name: &&str| {
            let name = plain(name);
            name.contains("link")
                || name.contains("pag")
                || name.contains("meta")
                || name == "next"
                || name == "cursors"
        };
        let own = leaf
            .around()
            .iter()
            .rposition(|name| !is_part_of_paging(name))
            .map_or(0, |last| last + 1);
        let owner = leaf.path.get(..own).unwrap_or_default();
        if owner.is_empty() {
            return false;
        }
        let lists = self.members.iter().filter(|leaf| leaf.kind == Kind::Array);
        let has_list = lists.filter(|leaf| leaf.around() == owner).count() > 0;
        has_list && items.get(..items.len().saturating_sub(1)) != Some(owner)
    }

    fn link(&self) -> Option<Declaration> {
        let headers = self.view.headers();
        let is_declared = headers.iter().any(|name| name.eq_ignore_ascii_case("link"));
        is_declared.then(|| Declaration {
            more: None,
            ..self.declaration(("link", "next".to_owned()))
        })
    }

    fn header(&self) -> Option<Declaration> {
        let headers = self.view.headers();
        let name = headers.into_iter().find(|name| {
            let name = plain(name);
            let words = ["next", "cursor", "continuation"];
            words.iter().any(|word| name.contains(word)) && !name.contains("date") && !name.contains("limit")
        })?;
        let plain_name = plain(name);
        let mut parameters = self.view.parameters.iter().filter(|parameter| {
            let own = plain(parameter.name);
            let is_same = own == plain_name
                || plain_name == format!("next{own}")
                || plain_name == format!("x{own}")
                || plain_name == format!("xnext{own}");
            matches!(parameter.location, "query" | "header") && is_same
        });
        let into = parameters.next().map(|parameter| Field {
            location: if parameter.location == "query" {
                "query"
            } else {
                "header"
            },
            name: parameter.name.to_owned(),
            ..Field::default()
        });
        // Without a place for a token only a URL leads on.
        let is_token = ["cursor", "token", "continuation"]
            .iter()
            .any(|word| plain_name.contains(word));
        let value = match &into {
            Some(_) => "token",
            None if is_token => return None,
            None => "either",
        };
        Some(Declaration {
            value: Some(value),
            into,
            ..self.declaration(("header", name.to_owned()))
        })
    }

    fn page(&self) -> Option<Declaration> {
        let parameter = self.number(names::PAGES)?;
        Some(Declaration {
            first: first_page(parameter),
            ..self.counted("pages", parameter)?
        })
    }

    fn offset(&self) -> Option<Declaration> {
        let parameter = self.number(names::OFFSETS)?;
        let is_time = ["time", "date", "millisecond", "epoch"]
            .iter()
            .any(|word| parameter.text.contains(word));
        let has_end = self.view.parameters.iter().any(|other| plain(other.name) == "end");
        let is_page = parameter.text.contains("page number");
        if is_page || (plain(parameter.name) == "start" && (is_time || has_end)) {
            return None;
        }
        let declared = parameter.integer("default").or_else(|| parameter.integer("minimum"));
        Some(Declaration {
            first: Some(declared.filter(|first| *first == 1).unwrap_or(0)),
            ..self.counted("items", parameter)?
        })
    }

    fn number(&self, known: &[&str]) -> Option<&Parameter<'a>> {
        let mut parameters = self.view.parameters.iter();
        parameters.find(|parameter| {
            let is_known = known.contains(&plain(parameter.name).as_str());
            // Some documents call every parameter a string; an everyday word has to be a number then.
            let is_string = parameter.kind == Kind::String && plain(parameter.name).starts_with("page");
            parameter.location == "query" && (parameter.kind == Kind::Number || is_string) && is_known
        })
    }

    /// A declaration that counts. It needs a size or a total, because `page` has other meanings too.
    fn counted(&self, by: &'static str, parameter: &Parameter<'_>) -> Option<Declaration> {
        let field = Field {
            location: "query",
            name: parameter.name.to_owned(),
            ..Field::default()
        };
        let mut declaration = self.declaration(("count", by.to_owned()));
        declaration.into = Some(field);
        declaration.pages = self.amount(names::PAGE_COUNTS, |name| {
            name.contains("pages") || name.contains("pagecount")
        });
        declaration.total = self.amount(names::TOTALS, |name| name.contains("total") && !name.contains("page"));
        declaration.total = declaration.total.or_else(|| self.counts());
        let has_end = declaration.more.is_some() || declaration.pages.is_some() || declaration.total.is_some();
        (has_end || declaration.size.is_some()).then_some(declaration)
    }

    fn amount(&self, known: &[&str], is_header: impl Fn(&str) -> bool) -> Option<Amount> {
        let mut members = self.numbers(known);
        if let Some(leaf) = members.next() {
            return Some(Amount::Body(path(&leaf.path)));
        }
        let mut headers = self.view.headers().into_iter();
        let header = headers.find(|name| is_header(&plain(name)) && !plain(name).contains("limit"));
        header.map(|name| Amount::Header(name.to_owned()))
    }

    /// Returns a count that its description calls a total.
    fn counts(&self) -> Option<Amount> {
        let mut counts = self.numbers(names::COUNTS);
        let is_total = |leaf: &&Leaf<'_>| {
            let text = leaf.text();
            ["total", "overall", "all "].iter().any(|word| text.contains(word))
        };
        let leaf = counts.find(is_total)?;
        Some(Amount::Body(path(&leaf.path)))
    }

    fn numbers<'s>(&'s self, known: &'s [&str]) -> impl Iterator<Item = &'s Leaf<'a>> {
        let numbers = self.members.iter().filter(|leaf| leaf.kind == Kind::Number);
        numbers.filter(|leaf| known.contains(&plain(leaf.name()).as_str()) && self.is_near(leaf))
    }

    /// Whether a member belongs to the page: it lies in the object of the items, or in one beside or around it.
    fn is_near(&self, leaf: &Leaf<'_>) -> bool {
        leaf.path.len() <= self.items.as_ref().map_or(2, |items| items.len().max(1) + 1)
    }

    fn more(&self) -> Option<(String, bool)> {
        let mut booleans = self
            .members
            .iter()
            .filter(|leaf| leaf.kind == Kind::Boolean && self.is_near(leaf));
        let is_in = |leaf: &&Leaf<'_>, list: &[&str]| list.contains(&plain(leaf.name()).as_str());
        let found = booleans
            .clone()
            .find(|leaf| is_in(leaf, names::MORE))
            .map(|leaf| (leaf, false));
        let found = found.or_else(|| booleans.find(|leaf| is_in(leaf, names::DONE)).map(|leaf| (leaf, true)));
        found.map(|(leaf, is_inverted)| (path(&leaf.path), is_inverted))
    }

    fn size(&self) -> Option<Field> {
        let mut parameters = self.view.parameters.iter().filter(|parameter| {
            let is_number = matches!(parameter.kind, Kind::Number | Kind::Other);
            parameter.location == "query" && is_number && names::SIZES.contains(&plain(parameter.name).as_str())
        });
        if let Some(parameter) = parameters.next() {
            return Some(Field {
                location: "query",
                name: parameter.name.to_owned(),
                minimum: parameter.integer("minimum"),
                maximum: parameter.integer("maximum"),
            });
        }
        let mut body = self.body.iter().filter(|leaf| {
            leaf.kind == Kind::Number && leaf.path.len() <= 2 && names::SIZES.contains(&plain(leaf.name()).as_str())
        });
        let limit = |leaf: &Leaf<'_>, key: &str| leaf.schema.get(key)?.as_number()?.as_i64();
        body.next().map(|leaf| Field {
            location: "body",
            name: pointer(&leaf.path),
            minimum: limit(leaf, "minimum"),
            maximum: limit(leaf, "maximum"),
        })
    }
}
