//! Finds the operation of a path and a method.

use std::{cmp::Reverse, collections::BTreeSet};

use super::{answer::decoded, operation::Operation};

/// The paths of a document, the most specific first.
#[derive(Debug)]
pub(super) struct Routes(Vec<Route>);

#[derive(Debug)]
struct Route {
    segments: Vec<Vec<Piece>>,
    methods: Vec<(String, usize)>,
}

/// A piece of a segment, such as `{id}` and `.json` in `{id}.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Variable(String),
}

/// The result of a search.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The index of the operation, and the variables of the path.
    Operation(usize, Vec<(String, String)>),
    /// The path exists with other methods.
    OtherMethods(Vec<String>),
    Nothing,
}

impl Routes {
    pub(super) fn of(operations: &[Operation]) -> Self {
        let mut routes: Vec<Route> = Vec::new();
        for (index, operation) in operations.iter().enumerate() {
            for template in &operation.templates {
                let segments: Vec<Vec<Piece>> = split(template).map(pieces).collect();
                let method = (operation.method.clone(), index);
                match routes.iter_mut().find(|route| route.segments == segments) {
                    Some(route) => route.methods.push(method),
                    None => routes.push(Route {
                        segments,
                        methods: vec![method],
                    }),
                }
            }
        }
        routes.sort_by_cached_key(|route| Reverse(specificity(&route.segments)));
        Self(routes)
    }

    pub(super) fn find(&self, method: &str, path: &str) -> Found {
        let segments: Vec<&str> = split(path).collect();
        let mut allowed = BTreeSet::new();
        let mut best = None;
        for route in &self.0 {
            let Some(variables) = matched(&route.segments, &segments) else {
                continue;
            };
            // Templates of equal form are one path.
            let rank = specificity(&route.segments);
            if best.as_ref().is_some_and(|best| *best != rank) {
                break;
            }
            best = Some(rank);
            if let Some((_, index)) = route.methods.iter().find(|(other, _)| other == method) {
                return Found::Operation(*index, variables);
            }
            allowed.extend(route.methods.iter().map(|(method, _)| method.clone()));
        }
        if allowed.is_empty() {
            Found::Nothing
        } else {
            Found::OtherMethods(allowed.into_iter().collect())
        }
    }
}

fn split(path: &str) -> impl Iterator<Item = &str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.strip_prefix('/').unwrap_or(path).split('/')
}

fn pieces(segment: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while !rest.is_empty() {
        let variable = rest
            .find('{')
            .and_then(|start| Some((start, start + rest[start..].find('}')?)));
        let Some((start, end)) = variable else {
            pieces.push(Piece::Literal(decoded(rest)));
            break;
        };
        if start > 0 {
            pieces.push(Piece::Literal(decoded(&rest[..start])));
        }
        pieces.push(Piece::Variable(rest[start + 1..end].to_owned()));
        rest = &rest[end + 1..];
    }
    pieces
}

/// Returns how specific each segment is: a literal, a literal with variables, or a variable.
fn specificity(segments: &[Vec<Piece>]) -> Vec<u8> {
    let of = |pieces: &Vec<Piece>| match pieces.as_slice() {
        [] | [Piece::Literal(_)] => 2,
        [Piece::Variable(_)] => 0,
        _ => 1,
    };
    segments.iter().map(of).collect()
}

fn matched(template: &[Vec<Piece>], segments: &[&str]) -> Option<Vec<(String, String)>> {
    if template.len() != segments.len() {
        return None;
    }
    let mut variables = Vec::new();
    for (pieces, segment) in template.iter().zip(segments) {
        matched_segment(pieces, &decoded(segment), &mut variables)?;
    }
    Some(variables)
}

/// A variable ends where the next literal first occurs, or last if it is the end of the segment.
fn matched_segment(pieces: &[Piece], segment: &str, variables: &mut Vec<(String, String)>) -> Option<()> {
    let Some((first, others)) = pieces.split_first() else {
        return segment.is_empty().then_some(());
    };
    match first {
        Piece::Literal(literal) => matched_segment(others, segment.strip_prefix(literal.as_str())?, variables),
        Piece::Variable(name) => {
            let end = match others {
                [] => segment.len(),
                [Piece::Literal(literal)] => segment.ends_with(literal).then(|| segment.len() - literal.len())?,
                [Piece::Literal(literal), ..] => segment.find(literal.as_str())?,
                [Piece::Variable(_), ..] => segment.chars().next().map_or(0, char::len_utf8),
            };
            let value = segment.get(..end).filter(|value| !value.is_empty())?;
            variables.push((name.clone(), value.to_owned()));
            matched_segment(others, segment.get(end..)?, variables)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{matched, pieces, specificity, split};

    fn variables(template: &str, path: &str) -> Option<String> {
        let template: Vec<_> = split(template).map(pieces).collect();
        let variables = matched(&template, &split(path).collect::<Vec<_>>())?;
        let shown = variables.iter().map(|(name, value)| format!("{name}={value}"));
        Some(shown.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn templates_match_segment_by_segment() {
        for (template, path, expected) in [
            ("/pets/{id}", "/pets/7", Some("id=7")),
            ("/pets/{id}", "/pets/a%2Fb", Some("id=a/b")),
            ("/pets/{id}", "/pets/", None),
            ("/pets/{id}", "/pets/1/2", None),
            ("/pets/{id}.json", "/pets/1.2.json", Some("id=1.2")),
            ("/{from}..{to}/x", "/1..2/x", Some("from=1 to=2")),
            ("/a%20b", "/a b", Some("")),
            ("/", "/", Some("")),
        ] {
            assert_eq!(variables(template, path).as_deref(), expected, "{template} {path}");
        }
    }

    #[test]
    fn literal_segments_come_first() {
        let rank = |template: &str| specificity(&split(template).map(pieces).collect::<Vec<_>>());
        assert!(rank("/pets/mine") > rank("/pets/{id}.json") && rank("/pets/{id}.json") > rank("/pets/{id}"));
    }
}
