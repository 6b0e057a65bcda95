//! How operations page: declared by the document, by rules of the configuration, in the words of other generators, or
//! recognized.
//!
//! The stage works on the canonical tree and writes `x-client-paging` where the document does not; `lower` reads nothing else.
//! What an operation declares itself always counts, then the rules of the configuration, then the words of other generators,
//! and then what is recognized. Every guess has a rule, and the rule is in the declaration that it becomes.

mod declaration;
mod foreign;
mod names;
mod recognize;
mod rules;
mod view;

use serde::Deserialize;

pub use self::recognize::Rule;
use self::view::View;
use crate::{
    at::At,
    diagnostic::{Diagnostics, Place},
    methods,
    normalize::{Change, Changes},
    read::{Node, Object},
};

const KEY: &str = "x-client-paging";
const PAGEABLE: &str = "x-ms-pageable";

/// What is done about paging that the document does not declare.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct Paging {
    /// The rules by which paging is recognized. `page` and `offset` need an end that the document declares.
    pub recognize: Vec<Rule>,
    /// The rules by which the report suggests a declaration.
    pub suggest: Vec<Rule>,
    /// Declarations for several operations.
    pub rules: Vec<ConfiguredRule>,
}

impl Default for Paging {
    fn default() -> Self {
        Self {
            recognize: Rule::ALL.to_vec(),
            suggest: Rule::ALL.to_vec(),
            rules: Vec::new(),
        }
    }
}

/// A declaration for the operations of a selection.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ConfiguredRule {
    /// The paths, as in a selection.
    pub path: Option<String>,
    /// One operation, by its id, or its method and path. It is an error if a place of the declaration does not exist in it.
    pub operation: Option<String>,
    /// The declaration, as `x-client-paging` has it.
    #[serde(flatten)]
    pub declaration: serde_json::Map<String, serde_json::Value>,
}

/// What was found out about the paging of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingFinding {
    /// The method and the path.
    pub operation: String,
    /// The pointer of the operation in the canonical tree.
    pub(crate) pointer: String,
    /// The rule.
    pub rule: Rule,
    /// Why the paging is not recognized, although it looks like paging; `None` where it is.
    pub reason: Option<&'static str>,
    /// The declaration, as a line of an overlay; empty where nobody can know it.
    pub declaration: String,
}

/// Declares the paging of operations in a canonical tree, and returns what was found out about operations that do not declare it.
pub(crate) fn declare(
    root: &mut Node,
    config: &Paging,
    changes: &mut Changes,
    diagnostics: &mut Diagnostics,
) -> Vec<PagingFinding> {
    let mut made: Vec<(String, Place, Node)> = Vec::new();
    let mut findings = Vec::new();
    let ruled = rules::declarations(root, &config.rules, diagnostics);
    for operation in operations(root) {
        if operation.node.get(KEY).is_some() {
            continue;
        }
        let place = operation.node.place;
        if let Some(node) = ruled.get(&operation.pointer) {
            made.push((operation.pointer, place, node.clone()));
            continue;
        }
        let view = View::new(root, &operation);
        if let Some(found) = foreign::declaration(&view) {
            match found.declaration {
                Some(declaration) => {
                    changes.push(Change {
                        place: found.place,
                        keyword: found.key,
                        became: KEY,
                    });
                    made.push((operation.pointer, found.place, declaration.node(found.place, None)));
                }
                None => diagnostics.push(found.weakened(&operation.pointer)),
            }
            continue;
        }
        let Some(guess) = recognize::guess(&view) else { continue };
        let is_recognized = guess.reason.is_none() && config.recognize.contains(&guess.rule);
        let declaration = guess
            .declaration
            .as_ref()
            .map(|made| made.text(place))
            .unwrap_or_default();
        if let Some(declaration) = guess.declaration.filter(|_| is_recognized) {
            if let Some(pageable) = operation.node.get(PAGEABLE).filter(|_| guess.rule == Rule::Pageable) {
                changes.push(Change {
                    place: pageable.place,
                    keyword: PAGEABLE,
                    became: KEY,
                });
            }
            made.push((
                operation.pointer.clone(),
                place,
                declaration.node(place, Some(guess.rule)),
            ));
        } else if !config.suggest.contains(&guess.rule) {
            continue;
        }
        findings.push(PagingFinding {
            operation: format!("{} {}", operation.method.to_ascii_uppercase(), operation.path),
            pointer: operation.pointer,
            rule: guess.rule,
            reason: guess
                .reason
                .or((!is_recognized).then_some("the configuration does not recognize this rule")),
            declaration,
        });
    }
    for (pointer, place, node) in made {
        if let Some(operation) = root.at_mut(&pointer).and_then(Node::as_object_mut) {
            operation.insert(KEY, place, node);
        }
    }
    findings
}

/// An operation in the tree.
struct Operation<'a> {
    path: &'a str,
    method: &'a str,
    pointer: String,
    node: &'a Node,
    item: &'a Node,
}

fn operations(root: &Node) -> impl Iterator<Item = Operation<'_>> {
    let items = root.get("paths").and_then(Node::as_object);
    let items = items
        .into_iter()
        .flat_map(Object::iter)
        .filter(|item| item.name.starts_with('/'));
    items.flat_map(|item| {
        let members = item.value.as_object().into_iter().flat_map(Object::iter);
        members.filter_map(|member| {
            let method = methods::by_key(&member.name)?.key;
            Some(Operation {
                path: &item.name,
                method,
                pointer: At::ROOT.key("paths").key(&item.name).key(&member.name).pointer(),
                node: &member.value,
                item: &item.value,
            })
        })
    })
}
