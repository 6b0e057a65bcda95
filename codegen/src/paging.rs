//! How operations page: declared by the document, by rules of the configuration, in the words of other generators, or
//! recognized.
//!
//! The stage works on the canonical tree and writes `x-client-paging` where the document does not; `lower` reads nothing else.
//! What an operation declares itself always counts, then the rules of the configuration, then the words of other generators,
//! and then what is recognized. Every guess has a rule, and the rule is in the declaration that it becomes.

mod declaration;
mod first_page;
mod foreign;
mod names;
mod operations;
mod recognize;
mod rule;
mod rules;
mod signs;
mod view;

use serde::Deserialize;

use self::{
    operations::{Operation, methods_by_id, operations},
    recognize::Guess,
    view::View,
};
pub use self::{rule::Rule, rules::ConfiguredRule};
pub use crate::member_path::parse as member_names;
use crate::{
    diagnostic::{Diagnostics, Place},
    normalize::{Canonical, Change, Changes},
    read::Node,
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

/// What was found out about the paging of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingFinding {
    /// The method and the path.
    pub operation: String,
    /// The rule.
    pub rule: Rule,
    /// Why the paging is not recognized, although it looks like paging; `None` where it is.
    pub reason: Option<&'static str>,
    /// The declaration, as a line of an overlay has it.
    pub declaration: String,
}

/// Declares the paging of operations in a canonical tree, and returns what was found out about operations that do not declare it.
pub(crate) fn declare(canonical: &mut Canonical, config: &Paging, diagnostics: &mut Diagnostics) -> Vec<PagingFinding> {
    let root = &mut canonical.source.root;
    let ruled = rules::declarations(root, &config.rules, diagnostics);
    let methods = methods_by_id(root);
    let mut declaring = Declaring {
        config,
        changes: &mut canonical.changes,
        diagnostics,
        made: Vec::new(),
        findings: Vec::new(),
    };
    for operation in operations(root).filter(|operation| operation.node.get(KEY).is_none()) {
        match ruled.get(&operation.pointer) {
            Some(node) => declaring
                .made
                .push((operation.pointer, operation.node.place, node.clone())),
            None => declaring.operation(&View::new(root, &methods, &operation), operation),
        }
    }
    let Declaring { made, findings, .. } = declaring;
    for (pointer, place, node) in made {
        if let Some(operation) = root.at_mut(&pointer).and_then(Node::as_object_mut) {
            operation.insert(KEY, place, node);
        }
    }
    findings
}

/// What is declared and found out so far.
struct Declaring<'c> {
    config: &'c Paging,
    changes: &'c mut Changes,
    diagnostics: &'c mut Diagnostics,
    made: Vec<(String, Place, Node)>,
    findings: Vec<PagingFinding>,
}

impl Declaring<'_> {
    /// An operation for which there is no rule in the configuration.
    fn operation(&mut self, view: &View<'_>, operation: Operation<'_>) {
        let Some(found) = foreign::declaration(view) else {
            if let Some(guess) = recognize::guess(view) {
                self.guessed(operation, &guess);
            }
            return;
        };
        match found.declaration {
            Some(declaration) => {
                self.changed(found.place, found.key);
                let node = declaration.node(found.place, None);
                self.made.push((operation.pointer, found.place, node));
            }
            None => self.diagnostics.push(found.weakened(&operation.pointer)),
        }
    }

    fn guessed(&mut self, operation: Operation<'_>, guess: &Guess) {
        let (rule, place) = (guess.rule, operation.node.place);
        let is_recognized = guess.reason.is_none() && self.config.recognize.contains(&rule);
        if !is_recognized && !self.config.suggest.contains(&rule) {
            return;
        }
        if is_recognized {
            if let Some(pageable) = operation.node.get(PAGEABLE).filter(|_| rule == Rule::Pageable) {
                self.changed(pageable.place, PAGEABLE);
            }
            let node = guess.declaration.node(place, Some(rule));
            self.made.push((operation.pointer, place, node));
        }
        let not_wanted = (!is_recognized).then_some("the configuration does not recognize this rule");
        self.findings.push(PagingFinding {
            operation: format!("{} {}", operation.method.to_ascii_uppercase(), operation.path),
            rule,
            reason: guess.reason.or(not_wanted),
            declaration: guess.declaration.text(place),
        });
    }

    fn changed(&mut self, place: Place, keyword: &'static str) {
        self.changes.push(Change {
            place,
            keyword,
            became: KEY,
        });
    }
}
