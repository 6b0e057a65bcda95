//! The words of other generators: Speakeasy, Fern and Dropshot.

use super::{
    declaration::{Amount, Declaration, Field, path},
    view::{Kind, Leaf, View, string},
};
use crate::{
    diagnostic::{Code, Diagnostic, Place},
    member_path::parse,
    read::Node,
};

const SPEAKEASY: &str = "x-speakeasy-pagination";
const FERN: &str = "x-fern-pagination";
const DROPSHOT: &str = "x-dropshot-pagination";

/// An extension of another generator, and what it says.
pub(super) struct Foreign {
    pub(super) key: &'static str,
    pub(super) place: Place,
    /// The declaration, where all that it needs is there.
    pub(super) declaration: Option<Declaration>,
}

impl Foreign {
    /// The warning about a form that is not understood.
    pub(super) fn weakened(&self, pointer: &str) -> Diagnostic {
        let message = format!(
            "`{}` has a form that is not supported: the operation has no pages",
            self.key
        );
        let help = "Declare `x-client-paging`, in an overlay if the document is not yours.".to_owned();
        let pointer = format!("{pointer}/{}", self.key);
        Diagnostic::warning(Code::Weakened, Some(self.place), pointer, message).help(help)
    }
}

/// What the operation declares in the words of another generator.
pub(super) fn declaration(view: &View<'_>) -> Option<Foreign> {
    type Reader = fn(&Reading<'_, '_>, &Node) -> Option<Declaration>;
    let readers: [(&'static str, Reader); 3] = [(SPEAKEASY, speakeasy), (FERN, fern), (DROPSHOT, dropshot)];
    let (key, form, read) = readers
        .iter()
        .find_map(|(key, read)| Some((*key, view.operation.get(key)?, read)))?;
    let reading = Reading {
        view,
        members: view.members(),
        body: view.body(),
    };
    Some(Foreign {
        key,
        place: form.place,
        declaration: read(&reading, form),
    })
}

struct Reading<'v, 'a> {
    view: &'v View<'a>,
    members: Vec<Leaf<'a>>,
    body: Vec<Leaf<'a>>,
}

impl Reading<'_, '_> {
    /// A field of the request, where it exists.
    fn field(&self, name: &str, location: Option<&str>) -> Option<Field> {
        let parameters = self.view.parameters.iter().filter(|_| location != Some("requestBody"));
        let mut parameters = parameters.filter(|parameter| parameter.name == name);
        let in_query = parameters.find_map(|parameter| match parameter.location {
            "query" => Some("query"),
            "header" => Some("header"),
            _ => None,
        });
        let field = |location, name: String| Field {
            location,
            name,
            ..Field::default()
        };
        if let Some(location) = in_query {
            return Some(field(location, name.to_owned()));
        }
        let members: Vec<&str> = name.split('.').collect();
        let mut body = self.body.iter().filter(|_| location != Some("parameters"));
        body.find(|leaf| leaf.path == members || leaf.path == [name])
            .map(|leaf| {
                let segments = leaf
                    .path
                    .iter()
                    .map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")));
                field("body", segments.collect())
            })
    }

    /// The path of a member of the response, where it exists.
    fn member(&self, written: &str) -> Option<String> {
        let members = parse(written)?;
        let is_there = members.is_empty() || self.members.iter().any(|leaf| leaf.path == members);
        is_there.then(|| path(&members))
    }

    /// The path of the items: as it is written, or else that of the property `list` or of the only list.
    fn items(&self, written: Option<&str>) -> Option<String> {
        if let Some(written) = written {
            return self.member(written);
        }
        if self.view.kind(self.view.answer()?) == Kind::Array {
            return Some("$".to_owned());
        }
        let lists = self
            .members
            .iter()
            .filter(|leaf| leaf.kind == Kind::Array && leaf.path.len() == 1);
        let lists: Vec<&Leaf<'_>> = lists.collect();
        if let Some(list) = lists.iter().find(|leaf| leaf.name() == "list") {
            return Some(path(&list.path));
        }
        let [only] = lists.as_slice() else { return None };
        Some(path(&only.path))
    }
}

fn speakeasy(reading: &Reading<'_, '_>, form: &Node) -> Option<Declaration> {
    let input = |kind: &str| {
        let inputs = form.get("inputs")?.as_array()?;
        let input = inputs.iter().find(|input| string(input, "type") == Some(kind))?;
        reading.field(string(input, "name")?, string(input, "in"))
    };
    let output = |key: &str| form.get("outputs").and_then(|outputs| string(outputs, key));
    let mut declaration = Declaration {
        items: reading.items(output("results")),
        size: input("limit"),
        ..Declaration::default()
    };
    match string(form, "type")? {
        "cursor" => {
            declaration.into = Some(input("cursor")?);
            declaration.next = match last_item(output("nextCursor")?) {
                Some((_, key)) => ("last", key),
                None => ("body", reading.member(output("nextCursor")?)?),
            };
            declaration.items.as_ref()?;
            declaration.value = Some("token");
        }
        "url" => {
            declaration.next = ("body", reading.member(output("nextUrl")?)?);
            declaration.value = Some("url");
        }
        "offsetLimit" => {
            let (by, into) = match input("page") {
                Some(page) => ("pages", page),
                None => ("items", input("offset")?),
            };
            declaration.next = ("count", by.to_owned());
            declaration.into = Some(into);
            declaration.pages = output("numPages")
                .and_then(|path| reading.member(path))
                .map(Amount::Body);
            if declaration.size.is_some() {
                declaration.end = vec!["empty", "short"];
            }
            declaration.items.as_ref()?;
        }
        _ => return None,
    }
    Some(declaration)
}

/// `$.data[-1].id`: the list, and the member of its last item.
fn last_item(written: &str) -> Option<(String, String)> {
    let (list, key) = written.split_once("[-1]")?;
    let key = parse(&format!("${key}"))?;
    Some((path(&parse(list)?), path(&key)))
}

fn fern(reading: &Reading<'_, '_>, form: &Node) -> Option<Declaration> {
    let request = |key: &str| reading.field(string(form, key)?.strip_prefix("$request.")?, None);
    let response = |key: &str| {
        let written = string(form, key)?.strip_prefix("$response")?;
        reading.member(&format!("${written}"))
    };
    let mut declaration = Declaration {
        items: reading.items(string(form, "results").and(response("results")).as_deref()),
        ..Declaration::default()
    };
    if let Some(into) = request("offset") {
        let step = request("step");
        declaration.next = ("count", if step.is_some() { "size" } else { "pages" }.to_owned());
        declaration.size = step;
        declaration.into = Some(into);
        declaration.more = response("has-next-page").map(|more| (more, false));
        declaration.items.as_ref()?;
    } else if let Some(into) = request("cursor") {
        declaration.next = ("body", response("next_cursor")?);
        declaration.value = Some("token");
        declaration.into = Some(into);
        declaration.items.as_ref()?;
    } else {
        declaration.next = ("body", response("next_uri").or_else(|| response("next_path"))?);
        declaration.value = Some("url");
    }
    Some(declaration)
}

fn dropshot(reading: &Reading<'_, '_>, _form: &Node) -> Option<Declaration> {
    Some(Declaration {
        items: Some(reading.member("$.items")?),
        next: ("body", reading.member("$.next_page")?),
        value: Some("token"),
        into: Some(reading.field("page_token", Some("parameters"))?),
        size: reading.field("limit", Some("parameters")),
        alone: true,
        ..Declaration::default()
    })
}
