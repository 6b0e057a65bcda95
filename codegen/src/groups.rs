//! The groups of operations: `x-client-group` for each operation whose group the document does not say.
//!
//! The group of an operation depends on the operation and on the configuration alone, so that a new operation moves no other one.
//! Only the spelling of a name depends on the others: a path joins the group whose name has the same words.

use std::{cmp::Reverse, collections::BTreeMap};

use heck::ToSnakeCase as _;

use crate::{
    at::At,
    config::{GroupBy, Groups},
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    methods,
    nearest::nearest,
    read::{Node, Object, Value},
    selection::matches,
};

const KEY: &str = "x-client-group";

/// The group of operations whose path has no segment to name it by.
const NAMELESS: &str = "api";

/// An operation, and the parts of the tree that decide on its group.
struct Operation<'a> {
    path: &'a str,
    pointer: String,
    place: Place,
    /// `x-client-group`.
    own: Option<&'a str>,
    /// The first tag.
    tag: Option<&'a str>,
}

/// Declares the groups in a canonical tree.
pub(crate) fn declare(root: &mut Node, config: &Groups, diagnostics: &mut Diagnostics) {
    let all = operations(root);
    report_unknown(&all, config, diagnostics);
    let names = Names::new(&all, config);
    let undeclared = |(operation, name): &(&Operation<'_>, &str)| operation.declared() != Some(*name);
    let made: Vec<(String, Place, String)> = all
        .iter()
        .map(|operation| (operation, names.of(operation, config)))
        .filter(undeclared)
        .map(|(operation, name)| (operation.pointer.clone(), operation.place, name.to_owned()))
        .collect();
    for (pointer, place, name) in made {
        if let Some(operation) = root.at_mut(&pointer).and_then(Node::as_object_mut) {
            operation.insert(KEY, place, Node::new(place, Value::String(name.into())));
        }
    }
}

/// The names of groups by their words: a segment of a path joins the tag with the same ones.
struct Names<'a>(BTreeMap<String, &'a str>);

impl<'a> Names<'a> {
    fn new(all: &[Operation<'a>], config: &'a Groups) -> Self {
        let mut names = BTreeMap::new();
        for operation in all {
            if let Some(name) = operation.chosen(config) {
                names.entry(words(name)).or_insert(name);
            }
        }
        let of_paths = all.iter().filter(|operation| operation.chosen(config).is_none());
        let mut segments: Vec<&str> = of_paths.filter_map(|operation| segment(operation.path)).collect();
        segments.sort_unstable();
        for segment in segments {
            names.entry(words(segment)).or_insert(segment);
        }
        Self(names)
    }

    /// The group of an operation.
    fn of(&self, operation: &Operation<'a>, config: &'a Groups) -> &'a str {
        operation.chosen(config).unwrap_or_else(|| {
            let segment = segment(operation.path).unwrap_or(NAMELESS);
            self.0.get(&words(segment)).copied().unwrap_or(segment)
        })
    }
}

impl<'a> Operation<'a> {
    fn new(path: &'a str, pointer: String, node: &'a Node) -> Self {
        let visible = |name: &'a str| Some(name).filter(|name| !name.trim().is_empty());
        let tags = node.get("tags").and_then(Node::as_array).unwrap_or_default();
        Self {
            path,
            pointer,
            place: node.place,
            own: node.get(KEY).and_then(Node::as_str).and_then(visible),
            tag: tags.first().and_then(Node::as_str).and_then(visible),
        }
    }

    /// The group that the document declares: `lower` takes the tag itself.
    fn declared(&self) -> Option<&'a str> {
        self.own.or(self.tag)
    }

    /// The group that the document or the configuration chooses.
    fn chosen(&self, config: &'a Groups) -> Option<&'a str> {
        let tag = || self.tag.filter(|_| config.by == GroupBy::Tag);
        self.own.or_else(|| configured(self.path, config)).or_else(tag)
    }
}

/// The name that the configuration has for a path: that of the most specific pattern.
fn configured<'c>(path: &str, config: &'c Groups) -> Option<&'c str> {
    let fitting = config.paths.iter().filter(|(pattern, _)| matches(pattern, path));
    let most_specific = fitting.max_by_key(|(pattern, _)| specificity(pattern));
    most_specific.map(|(_, name)| name.as_str())
}

/// How specific a pattern is: the number of its segments that are not variable, then of all, then the first in alphabetical order.
fn specificity(pattern: &str) -> (usize, usize, Reverse<&str>) {
    let segments = || pattern.split('/').filter(|segment| !segment.is_empty());
    let fixed = segments().filter(|segment| !segment.contains(['*', '{']));
    (fixed.count(), segments().count(), Reverse(pattern))
}

/// The first segment of a path other than variables, versions and `api`.
fn segment(path: &str) -> Option<&str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split('/')
        // `/projects:list` belongs to the projects, and `/pets.json` to the pets.
        .map(|segment| segment.split(':').next().unwrap_or_default())
        .map(|segment| {
            [".json", ".xml"]
                .iter()
                .find_map(|end| segment.strip_suffix(end))
                .unwrap_or(segment)
        })
        .find(|segment| {
            let has_letters = segment.chars().any(char::is_alphabetic);
            has_letters && !segment.contains('{') && !segment.eq_ignore_ascii_case("api") && !is_version(segment)
        })
}

/// Whether a segment is a version, such as `v1`, `v2.1` or `v1beta1`.
fn is_version(segment: &str) -> bool {
    let rest = segment.strip_prefix(['v', 'V']).unwrap_or_default();
    let stage = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    rest.starts_with(|c: char| c.is_ascii_digit())
        && ["", "alpha", "beta"].contains(&stage.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// The words of a name: `pet-shops` and `PetShops` have the same ones, `petshops` has another.
fn words(name: &str) -> String {
    name.to_snake_case()
}

fn operations(root: &Node) -> Vec<Operation<'_>> {
    let mut all = Vec::new();
    let items = root
        .get("paths")
        .and_then(Node::as_object)
        .into_iter()
        .flat_map(Object::iter);
    for item in items.filter(|item| item.name.starts_with('/')) {
        let at = At::ROOT.key("paths");
        let at = at.key(&item.name);
        for member in item.value.as_object().into_iter().flat_map(Object::iter) {
            let at = at.key(&member.name);
            if methods::by_key(&member.name).is_some() {
                all.push(Operation::new(&item.name, at.pointer(), &member.value));
            } else if &*member.name == methods::ADDITIONAL {
                for other in member.value.as_object().into_iter().flat_map(Object::iter) {
                    all.push(Operation::new(&item.name, at.key(&other.name).pointer(), &other.value));
                }
            }
        }
    }
    all
}

/// Reports each pattern that no path matches, and each name that is invalid.
fn report_unknown(all: &[Operation<'_>], config: &Groups, diagnostics: &mut Diagnostics) {
    for (pattern, name) in &config.paths {
        if !name.contains(char::is_alphanumeric) {
            let message = format!("`groups`: the name for `{pattern}` has no letter and no digit");
            let help = "write the name of a group, such as `billing`";
            diagnostics.push(Diagnostic::error(Code::UnknownSelection, None, "/paths", message).help(help));
        }
        if all.iter().any(|operation| matches(pattern, operation.path)) {
            continue;
        }
        let near = nearest(pattern, all.iter().map(|operation| operation.path));
        let help = near.map_or_else(
            || "check the pattern: it matches a path and those below it".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("`groups`: no operation has a path like `{pattern}`");
        diagnostics.push(Diagnostic::error(Code::UnknownSelection, None, "/paths", message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::{is_version, segment, specificity, words};

    #[test]
    fn names_have_the_same_words_whatever_separates_them() {
        assert_eq!(words("pet-shops"), words("PetShops"));
        assert_ne!(words("petshops"), words("PetShops"));
    }

    #[test]
    fn a_pattern_is_as_specific_as_it_has_fixed_segments() {
        assert!(specificity("/v1/customers/*/card") > specificity("/v1/customers/{customerNumber}/**"));
        assert!(specificity("/v1/customers/**") > specificity("/v1/customers"));
        assert!(specificity("/v1/accounts") > specificity("/v1/customers"));
    }

    #[test]
    fn a_path_is_grouped_by_its_first_name() {
        for (path, expected) in [
            ("/v1/accounts/{account}", Some("accounts")),
            ("/api/v2.1/{tenant}/users", Some("users")),
            ("/projects:list", Some("projects")),
            ("/2010-04-01/Accounts.json", Some("Accounts")),
            ("/{id}", None),
            ("/v1", None),
            ("/", None),
            ("/vehicles/{id}", Some("vehicles")),
            ("/search?kind=a", Some("search")),
        ] {
            assert_eq!(segment(path), expected, "{path}");
        }
    }

    #[test]
    fn versions_are_no_names() {
        for (segment, expected) in [
            ("v1", true),
            ("V10", true),
            ("v1.2", true),
            ("v1beta1", true),
            ("v2alpha", true),
            ("v", false),
            ("v1things", false),
            ("video", false),
        ] {
            assert_eq!(is_version(segment), expected, "{segment}");
        }
    }
}
