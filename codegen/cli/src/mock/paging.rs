//! The end of paging: a client that follows pages gets a first and a last one.

use serde_json::Value;

use super::{
    answer::Asked,
    schemas::{SchemaId, Schemas},
};

/// Where a page has the next page's token, and where a request has it.
#[derive(Debug)]
pub(super) struct Paging {
    /// The names of the properties on the way to the token.
    next: Vec<String>,
    into: Into,
}

#[derive(Debug)]
enum Into {
    Query(String),
    Body(String),
    /// The next page has a URL, which would be that of another server.
    Url,
}

impl Paging {
    /// Reads an `x-client-paging`. Returns `None` for styles whose pages have no token or URL in the body.
    pub(super) fn of(declared: &Value) -> Option<Self> {
        let next = declared.get("next")?.get("body")?.as_str()?;
        let next = codegen::paging::member_names(next)?;
        let into = declared.get("into");
        let text = |key: &str| into.and_then(|into| into.get(key)?.as_str());
        let into = match (declared.get("as").and_then(Value::as_str), text("in")) {
            (Some("url"), _) => Into::Url,
            (_, Some("query")) => Into::Query(text("name")?.to_owned()),
            (_, Some("body")) => Into::Body(text("pointer")?.to_owned()),
            _ => return None,
        };
        Some(Self { next, into })
    }
}

/// Removes the token of the next page if the request has a token itself. A page stays unchanged if it would be invalid.
pub(super) fn end(
    paging: Option<&Paging>,
    asked: &Asked,
    schema: Option<SchemaId>,
    schemas: &Schemas,
    page: Value,
) -> Value {
    let Some(paging) = paging.filter(|paging| is_last(paging, asked)) else {
        return page;
    };
    let Some((last, parents)) = paging.next.split_last() else {
        return page;
    };
    let is_valid = |page: &Value| schema.is_none_or(|schema| schemas.is_valid(schema, page));
    let with = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
        let mut page = page.clone();
        let parent = parents.iter().try_fold(&mut page, |value, name| value.get_mut(name));
        change(parent?.as_object_mut()?);
        is_valid(&page).then_some(page)
    };
    let without = with(&|parent| {
        parent.remove(last);
    });
    let set = |value: Value| {
        with(&move |parent| {
            parent.insert(last.clone(), value.clone());
        })
    };
    without
        .or_else(|| set(Value::Null))
        .or_else(|| set(Value::from("")))
        .unwrap_or(page)
}

fn is_last(paging: &Paging, asked: &Asked) -> bool {
    match &paging.into {
        Into::Url => true,
        Into::Query(name) => asked
            .pairs()
            .iter()
            .any(|(other, value)| other == name && !value.is_empty()),
        Into::Body(pointer) => {
            let body: Option<Value> = serde_json::from_slice(&asked.body).ok();
            let token = body.as_ref().and_then(|body| body.pointer(pointer));
            token.is_some_and(|token| !token.is_null() && token != "")
        }
    }
}
