//! Paths: the parts that are sent, and the places of arguments.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::parameter::in_order;
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Argument, Location, PathTemplate, Style},
    lower::report::{Report, did_you_mean},
};

/// What no query holds as it is (RFC 3986, 3.4); what is encoded already stays so.
const NO_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A parameter of the query of a path.
enum Pair<'p> {
    /// `name={variable}`
    Argument { name: &'p str, variable: &'p str },
    /// `name=value`, or a name alone.
    Constant { name: &'p str },
    /// Anything else with a variable in it.
    Unclear,
}

/// Makes templates of paths.
pub(super) struct Paths<'r, 'a> {
    pub(super) report: &'r mut Report<'a>,
    /// The pointers of the operations of which the path has a fragment.
    pub(super) fragments: &'r mut Vec<String>,
}

impl Paths<'_, '_> {
    /// Returns the template of requests to this path. Arguments in its query become query parameters.
    pub(super) fn template(&mut self, path: &str, arguments: &mut Vec<Argument>, at: &At<'_>) -> PathTemplate {
        let (before, fragment) = path.split_once('#').unwrap_or((path, ""));
        if let Some(name) = PathTemplate::parse(fragment).places().next() {
            let message = format!("`{{{name}}}` follows a `#`, but the part of a path after `#` is never sent");
            let help = "write `%23` if the server expects the character `#`, or remove it before the variable";
            self.report.error(Code::InvalidPath, at, message, help);
            return PathTemplate::parse(before);
        }
        if before.len() < path.len() {
            self.fragments.push(at.pointer());
        }
        let (template, query) = before.split_once('?').unwrap_or((before, ""));
        let (has_query, template) = (template.len() < before.len(), PathTemplate::parse(template));
        let mut constants = Vec::new();
        if has_query {
            let message = "a path must not contain a query: the query is read as parameters";
            let help = "remove the query from the path, and declare each of its parameters with `in: query`";
            self.report.warn(Code::InvalidPath, at, message, help);
            constants = self.query_of_path(&template, query, arguments, at);
        }
        self.check_template(&template, arguments, at);
        in_order(arguments, &template);
        template.with_query(&constants)
    }

    /// What is always sent of the query in a path; what varies becomes arguments of the query.
    fn query_of_path(
        &mut self,
        template: &PathTemplate,
        query: &str,
        arguments: &mut Vec<Argument>,
        at: &At<'_>,
    ) -> Vec<String> {
        let (mut constants, mut names) = (Vec::new(), Vec::new());
        // An argument may get the name that another one is declared by: the declared names are what variables mean.
        let mut renamed: Vec<(usize, &str)> = Vec::new();
        for text in query.split('&').filter(|text| !text.is_empty()) {
            match pair(text) {
                Pair::Argument { name, variable } => {
                    let declared = |location| {
                        let is_meant = |argument: &Argument| argument.name == variable && argument.location == location;
                        arguments.iter().position(is_meant)
                    };
                    let of_path = || declared(Location::Path);
                    names.push(name);
                    match declared(Location::Query).or_else(of_path) {
                        None => self.without_parameter(variable, "query", at),
                        Some(index)
                            if renamed.iter().any(|(other, _)| *other == index)
                                || (template.position(variable).is_some() && of_path() == Some(index)) =>
                        {
                            self.several_places(variable, at);
                        }
                        Some(index) => renamed.push((index, name)),
                    }
                }
                Pair::Constant { name } => {
                    names.push(name);
                    constants.push(utf8_percent_encode(text, NO_QUERY).to_string());
                }
                Pair::Unclear => {
                    let message = format!("`{text}` in the query of the path is not `name={{variable}}`");
                    let help = "remove the query from the path, and declare each of its parameters with `in: query`";
                    self.report.error(Code::InvalidPath, at, message, help);
                }
            }
        }
        self.place_in_query(arguments, &renamed, &names, at);
        constants
    }

    /// Arguments get their places in the query of a path; others of the same name would be sent beside what it says.
    fn place_in_query(
        &mut self,
        arguments: &mut Vec<Argument>,
        renamed: &[(usize, &str)],
        names: &[&str],
        at: &At<'_>,
    ) {
        let declared = std::mem::take(arguments);
        for (index, mut argument) in declared.into_iter().enumerate() {
            if let Some((_, name)) = renamed.iter().find(|(renamed, _)| *renamed == index) {
                if argument.location == Location::Path {
                    argument.location = Location::Query;
                    argument.style = Style::usual(Location::Query);
                }
                (*name).clone_into(&mut argument.name);
            } else if argument.location == Location::Query && names.contains(&argument.name.as_str()) {
                let message = format!(
                    "`{}` has a fixed value in the path, so the method has no argument for it",
                    argument.name
                );
                let help = "remove it from the path if callers must be able to set it";
                self.report.warn(Code::InvalidPath, at, message, help);
                continue;
            }
            arguments.push(argument);
        }
    }

    fn several_places(&mut self, variable: &str, at: &At<'_>) {
        let message = format!("`{{{variable}}}` occurs in the query of the path and elsewhere in the path");
        let help = "remove the query from the path, and declare each of its parameters with `in: query`";
        self.report.error(Code::InvalidPath, at, message, help);
    }

    /// Every `{name}` of the path has a parameter; a path parameter without a place is left out, if it is not a misspelt one.
    fn check_template(&mut self, path: &PathTemplate, arguments: &mut Vec<Argument>, at: &At<'_>) {
        let names: Vec<&str> = path.places().collect();
        if path.has_stray_braces() {
            let message = format!("the braces of the path `{path}` do not match");
            self.report
                .error(Code::InvalidPath, at, message, "write each parameter as `{name}`");
        }
        let is_of_path = |argument: &Argument| argument.location == Location::Path;
        let mut is_whole = true;
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                let message = format!("`{{{name}}}` occurs twice in the path: both places get the same argument");
                let help = "rename the second one if it is a different value";
                self.report.warn(Code::InvalidPath, at, message, help);
            } else if !arguments
                .iter()
                .any(|argument| is_of_path(argument) && argument.name == *name)
            {
                is_whole = false;
                self.without_parameter(name, "path", at);
            }
        }
        let has_place = |argument: &Argument| !is_of_path(argument) || names.contains(&argument.name.as_str());
        for argument in arguments.iter().filter(|argument| !has_place(argument)) {
            let message = format!("parameter `{}` does not occur in the path `{path}`", argument.name);
            let help = did_you_mean(&argument.name, names.iter().copied(), "");
            if is_whole {
                self.report
                    .warn(Code::InvalidPath, at, message + ": it is ignored", help);
            } else {
                self.report.error(Code::InvalidPath, at, message, help);
            }
        }
        arguments.retain(has_place);
    }

    fn without_parameter(&mut self, name: &str, location: &str, at: &At<'_>) {
        let message = format!("parameter `{{{name}}}` of the path is not declared");
        let help = format!("add a parameter with `name: {name}` and `in: {location}`");
        self.report.error(Code::InvalidPath, at, message, help);
    }
}

/// Reports the paths with a fragment, all at once: some documents tell their operations apart by nothing else.
pub(super) fn report_fragments(pointers: &[String], report: &mut Report<'_>) {
    let Some(first) = pointers.first() else { return };
    let places = match pointers.len() {
        1 => String::new(),
        several => format!(" ({several} operations)"),
    };
    let message = format!("the part of a path after `#` is never sent: it only distinguishes operations{places}");
    let help = "no action is needed, unless the server expects the character `#`: then write `%23`";
    report.warn(Code::PathFragment, first, message, help);
}

fn pair(text: &str) -> Pair<'_> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    if !text.contains(['{', '}']) {
        return Pair::Constant { name };
    }
    let variable = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
    match variable {
        Some(variable) if !name.contains(['{', '}']) && !variable.contains(['{', '}']) => {
            Pair::Argument { name, variable }
        }
        _ => Pair::Unclear,
    }
}
