//! Access to the results of single stages, for tools that work on the generator.
//!
//! **Unstable**: this module changes with the stages. It returns results as text and counts, never as the types of a stage.

use std::ops::ControlFlow;

pub use crate::show::{Shown, Stage, UnknownPointer};
use crate::{
    Config, Input, Inputs, Repeats,
    diagnostic::{self, Diagnostics},
    found::{Found, Made},
    lower, read, run,
    surface::{Surface, text},
};

/// The diagnostics of the stages that can reject a document.
#[derive(Debug)]
pub struct Checked {
    /// Whether a client can be generated: `false` if there is an error, unless [`Config::keep_going`] is set.
    pub is_valid: bool,
    /// The errors, warnings and notes, sorted by location.
    pub diagnostics: Diagnostics,
    /// The contents of the files that the diagnostics refer to.
    pub sources: diagnostic::Files,
}

/// Runs the stages that can reject a document, without generating code.
#[must_use]
pub fn check(inputs: Inputs<'_>, config: &Config) -> Checked {
    let (mut found, mut is_valid) = (Found::default(), false);
    run(inputs, config, &mut found, &mut |made| match made {
        Made::Api(_) => {
            is_valid = true;
            ControlFlow::Break(())
        }
        _ => ControlFlow::Continue(()),
    });
    Checked {
        is_valid,
        diagnostics: found.take_diagnostics(),
        sources: found.files,
    }
}

/// Returns the result of a stage for a document, or for the part of it at a JSON pointer. An empty pointer selects everything.
#[must_use]
pub fn show(inputs: Inputs<'_>, config: &Config, stage: Stage, at: &str) -> Shown {
    let config = Config {
        keep_going: false,
        ..config.clone()
    };
    let (mut found, mut text) = (Found::default(), None);
    let at = at.strip_prefix('#').unwrap_or(at);
    run(inputs, &config, &mut found, &mut |made| {
        text = stage.text(made, at);
        match text {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    });
    let diagnostics = config.levels.apply(found.take_diagnostics());
    Shown {
        text: text.filter(|_| !diagnostics.has_errors()),
        diagnostics,
        sources: found.files,
    }
}

/// Returns the public surface of a document's client: one line for each item and each member, with what it means on the wire.
/// Returns `None` if there is an error, unless [`Config::keep_going`] is set.
#[must_use]
pub fn surface(inputs: Inputs<'_>, config: &Config) -> Option<String> {
    let (mut found, mut page) = (Found::default(), None);
    run(inputs, config, &mut found, &mut |made| {
        let Made::Client(context) = made else {
            return ControlFlow::Continue(());
        };
        page = Some(text::page(&Surface::of(context)));
        ControlFlow::Break(())
    });
    let diagnostics = config.levels.apply(found.take_diagnostics());
    page.filter(|_| config.keep_going || !diagnostics.has_errors())
}

/// Returns the title that a document has, by its first stage alone.
#[must_use]
pub fn title(input: Input<'_>, config: &Config) -> Option<String> {
    let source = read::read(input.name, input.bytes, &config.limits).ok()?;
    let title = source.root.get("info")?.get("title")?.as_str()?;
    Some(title.to_owned())
}

/// Counts the types of inline schemas that repeat another type. `None` if a client cannot be generated.
#[must_use]
pub fn repeats(input: Input<'_>, config: &Config) -> Option<Repeats> {
    let mut counted = None;
    run(input.into(), config, &mut Found::default(), &mut |made| {
        let Made::Api(api) = made else {
            return ControlFlow::Continue(());
        };
        counted = Some(lower::repeats(&api.types));
        ControlFlow::Break(())
    });
    counted
}

/// The declared version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeclaredVersion {
    /// The keyword that declares it (`openapi` or `swagger`) and its value.
    Of(&'static str, String),
    /// The file cannot be read.
    Unreadable,
    /// The file is not an OpenAPI document.
    None,
}

/// Returns the version that a file declares. Runs only the stage `read`.
#[must_use]
pub fn declared_version(input: Input<'_>, config: &Config) -> DeclaredVersion {
    let Ok(source) = read::read(input.name, input.bytes, &config.limits) else {
        return DeclaredVersion::Unreadable;
    };
    let declared = ["openapi", "swagger"]
        .into_iter()
        .find_map(|key| Some((key, source.root.get(key)?)));
    match declared {
        Some((key, value)) => DeclaredVersion::Of(key, value.as_str().unwrap_or("of another kind").to_owned()),
        None => DeclaredVersion::None,
    }
}

#[cfg(test)]
mod tests {
    use super::{DeclaredVersion, check, declared_version, surface};
    use crate::{Config, Input};

    fn input(text: &str) -> Input<'_> {
        let bytes = text.as_bytes();
        Input { name: "a.yaml", bytes }
    }

    #[test]
    fn a_version_is_declared_by_either_keyword() {
        for (text, expected) in [
            ("openapi: 3.1.0", DeclaredVersion::Of("openapi", "3.1.0".to_owned())),
            ("swagger: '2.0'", DeclaredVersion::Of("swagger", "2.0".to_owned())),
            (
                "openapi: 3.0",
                DeclaredVersion::Of("openapi", "of another kind".to_owned()),
            ),
            ("asyncapi: 2.0.0", DeclaredVersion::None),
            ("a: [", DeclaredVersion::Unreadable),
        ] {
            assert_eq!(declared_version(input(text), &Config::default()), expected, "{text}");
        }
    }

    #[test]
    fn a_document_is_valid_or_has_an_error() {
        let head = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents: {schemas: {A: ";
        for (schema, expected) in [
            ("{type: string}", true),
            ("{$ref: '#/components/schemas/B'}", false),
            ("{", false),
        ] {
            let text = format!("{head}{schema}}}}}");
            let checked = check(input(&text).into(), &Config::default());
            assert_eq!(checked.is_valid, expected, "{schema}");
            assert_eq!(checked.diagnostics.has_errors(), !expected, "{schema}");
        }
    }
    #[test]
    fn a_surface_has_a_line_for_each_item() {
        let head = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents: {schemas: {A: ";
        let surface_of = |schema: &str, keep_going| {
            let text = format!("{head}{schema}}}}}");
            let config = Config {
                keep_going,
                ..Config::default()
            };
            surface(input(&text).into(), &config)
        };
        let object = "{type: object, properties: {b: {$ref: '#/components/schemas/B'}}}, B: {type: integer}";
        let page = surface_of(object, false).unwrap_or_default();
        let items = ["models::A: struct", "models::A.b: ", "models::B: alias"];
        assert!(items.iter().all(|item| page.contains(item)), "{page}");

        let broken = "{type: object, properties: {b: {$ref: '#/components/schemas/B'}}}";
        assert_eq!(surface_of(broken, false), None);
        let page = surface_of(broken, true).unwrap_or_default();
        assert!(page.contains("models::A: struct"), "{page}");
    }
}
