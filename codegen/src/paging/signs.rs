//! What the members of a response are for, by their names, their places and what the document says of them.

use super::{
    names::{self, plain},
    view::{Kind, Leaf, View},
};

/// Whether a member of the response is the token for a field of the request.
pub(super) fn is_token_for(leaf: &Leaf<'_>, field: &str, text: &str) -> bool {
    let around: Vec<String> = leaf.around().iter().map(|name| plain(name)).collect();
    let is_link = around.iter().any(|name| names::LINKS.contains(&name.as_str()));
    if is_link || !matches!(leaf.kind, Kind::String | Kind::Other) || is_url(leaf) {
        return false;
    }
    let name = plain(leaf.name());
    let is_strong = names::TOKENS.contains(&field);
    if !is_strong && !names::WEAK_TOKENS.contains(&field) {
        return false;
    }
    let is_time = ["timestamp", "unix", "date"].iter().any(|word| text.contains(word));
    let in_cursors = around.iter().any(|name| name == "cursors");
    let is_in_next_object = around.last().is_some_and(|name| name == "next");
    let is_next =
        name == format!("next{field}") || (name.starts_with("next") && name.ends_with(field) && field.len() > 3);
    let words = [
        "nextcursor",
        "nexttoken",
        "nextpagetoken",
        "nextpagecursor",
        "continuationtoken",
    ];
    let is_word = words.contains(&name.as_str());
    let says_token = || {
        let text = leaf.text();
        ["cursor", "token"].iter().any(|word| text.contains(word)) && !text.contains("url")
    };
    // A parameter `token` is a credential more often.
    let is_credential = field == "token" && !["page", "next", "cursor"].iter().any(|word| text.contains(word));
    if is_credential {
        return false;
    }
    if is_strong {
        let is_plain = name == "next" && (in_cursors || says_token());
        name == field || is_next || is_word || (in_cursors && name == "after") || is_plain
    } else {
        let is_same = name == field && (in_cursors || is_in_next_object || says_of_next(leaf, field));
        !is_time
            && field != "next"
            && field != "offset"
            && (is_next || is_same || (is_word && !matches!(field, "after" | "token" | "position")))
            || (field == "after" && !is_time && in_cursors && name == "after")
    }
}

/// Whether the description of a property with a common name says that it leads to the next page.
fn says_of_next(leaf: &Leaf<'_>, field: &str) -> bool {
    let text = leaf.text();
    let is_paging = text.contains("next") || text.contains("page") || text.contains("more");
    is_paging
        && matches!(
            field,
            "position" | "marker" | "continue" | "continuation" | "bookmark" | "token"
        )
}

/// Whether a member holds the URL of the next page.
pub(super) fn is_url(leaf: &Leaf<'_>) -> bool {
    if !matches!(leaf.kind, Kind::String | Kind::Other) {
        return false;
    }
    let name = plain(leaf.name());
    let around: Vec<String> = leaf.around().iter().map(|name| plain(name)).collect();
    if names::URLS.contains(&name.as_str()) {
        return true;
    }
    let in_links = around.iter().any(|name| names::LINKS.contains(&name.as_str()));
    if name == "href" {
        return around.last().is_some_and(|name| name == "next");
    }
    let is_next = name == "next" || name == "nextpage";
    if !is_next {
        return false;
    }
    let is_format = leaf
        .format()
        .is_some_and(|format| matches!(format, "uri" | "url" | "uri-reference" | "link"));
    (in_links && name == "next") || is_format || says_url(&leaf.text())
}

fn says_url(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "url" | "uri" | "href" | "hyperlink"))
}

pub(super) fn pointer(path: &[&str]) -> String {
    let segments = path
        .iter()
        .map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")));
    segments.collect()
}

/// Objects that may lie around the items, and the items.
const MAX_ITEM_LEVEL: usize = 2;

/// Where the items are: the response itself, or the one list that can be them.
pub(super) fn items<'a>(view: &View<'a>, members: &[Leaf<'a>]) -> Option<Vec<&'a str>> {
    if view.kind(view.answer()?) == Kind::Array {
        return Some(Vec::new());
    }
    let lists = members.iter().filter(|leaf| {
        let is_never = |name: &&str| names::NEVER_ITEMS.contains(&plain(name).as_str());
        leaf.kind == Kind::Array && !leaf.path.iter().any(is_never)
    });
    let lists: Vec<&Leaf<'_>> = lists.collect();
    // What lies deeper is a part of one thing more often than the list of all of them.
    let level = lists.first()?.path.len();
    if level > MAX_ITEM_LEVEL {
        return None;
    }
    let lists: Vec<&Leaf<'_>> = lists.into_iter().filter(|leaf| leaf.path.len() == level).collect();
    if let [only] = lists.as_slice() {
        return Some(only.path.clone());
    }
    let by_name = |wanted: &str| lists.iter().find(|leaf| plain(leaf.name()) == wanted);
    let is_of_objects = |leaf: &&&Leaf<'_>| view.element(leaf.schema) == Kind::Object;
    let known = names::ITEMS.iter().find_map(|name| by_name(name));
    // `objects: [string]` beside lists of objects has the ids of the items.
    let known = known.filter(|known| is_of_objects(&known) || !lists.iter().any(|leaf| is_of_objects(&leaf)));
    let resource = || {
        let mut segments = view
            .path
            .rsplit('/')
            .filter(|segment| !segment.is_empty() && !segment.starts_with('{'));
        by_name(&plain(segments.next()?))
    };
    let of_objects = || {
        let mut objects = lists.iter().filter(is_of_objects);
        objects.next().filter(|_| objects.next().is_none())
    };
    let found = known.or_else(resource).or_else(of_objects)?;
    Some(found.path.clone())
}
