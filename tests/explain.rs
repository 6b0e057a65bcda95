//! The pages that explain the codes: what each shows as broken is refused with exactly that code, and its repair is not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use codegen::{Config, Input, Inputs, diagnostic::Code};

/// What overlays are applied to.
const PETS: Input<'_> = Input {
    name: "pets.yaml",
    bytes: b"openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n",
};

/// An example of a page: its fence says its language, limits to read it under, and codes that come along.
struct Example<'p> {
    words: Vec<&'p str>,
    text: &'p str,
}

impl Example<'_> {
    /// What is said about it.
    fn codes(&self) -> BTreeSet<&'static str> {
        let (name, bytes) = match self.words[0] {
            "yaml" => ("example.yaml", self.text.as_bytes().to_vec()),
            "json" => ("example.json", self.text.as_bytes().to_vec()),
            "hex" => ("example.yaml", bytes(self.text)),
            other => panic!("no language is called {other}"),
        };
        let mut config = Config {
            keep_going: self.words.contains(&"keep_going"),
            ..Config::default()
        };
        for (key, value) in self.words[1..].iter().filter_map(|word| word.split_once('=')) {
            if key == "tag" {
                config.include.tags.push(value.to_owned());
                continue;
            }
            if key == "pin" {
                let (pointer, ident) = value.split_once(':').unwrap();
                config.names.insert(pointer.to_owned(), ident.to_owned());
                continue;
            }
            if key == "format" {
                let (format, path) = value.split_once('=').unwrap();
                config.formats.insert(format.to_owned(), path.to_owned());
                continue;
            }
            let limits = &mut config.limits;
            let limit = match key {
                "max_bytes" => &mut limits.max_bytes,
                "max_depth" => &mut limits.max_depth,
                "max_nodes" => &mut limits.max_nodes,
                "max_aliases" => &mut limits.max_aliases,
                "max_problems" => &mut limits.max_problems,
                "also" => continue,
                other => panic!("no limit is called {other}"),
            };
            *limit = value.parse().unwrap();
        }
        let input = Input { name, bytes: &bytes };
        let outcome = if self.words.contains(&"overlay") {
            let inputs = Inputs {
                overlays: &[input],
                ..PETS.into()
            };
            codegen::generate_with(inputs, &config)
        } else {
            codegen::generate(input, &config)
        };
        outcome.diagnostics.iter().map(|one| one.code.as_str()).collect()
    }

    fn expected(&self, code: Code) -> BTreeSet<&str> {
        let also = self.words.iter().filter_map(|word| word.strip_prefix("also="));
        also.chain([code.as_str()]).collect()
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.split_whitespace()
        .map(|byte| u8::from_str_radix(byte, 16).unwrap())
        .collect()
}

fn examples(page: &str) -> Vec<Example<'_>> {
    let fences: Vec<&str> = page.split("```").collect();
    let inside = fences.iter().skip(1).step_by(2);
    inside
        .map(|fence| {
            let (words, text) = fence.split_once('\n').unwrap();
            Example {
                words: words.split(' ').collect(),
                text,
            }
        })
        .collect()
}

#[test]
fn what_a_page_shows_is_what_happens() {
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        let page = code.explanation();
        assert!(
            page.starts_with(&format!("# {code}\n\n")),
            "{code}: the page is that of another code"
        );
        let examples = examples(page);
        if code == Code::Internal {
            // A document that shows it would be mended before it could be shown.
            assert!(examples.is_empty());
            continue;
        }
        let [broken, repaired] = &examples[..] else {
            panic!("{code}: a page has two examples, the broken one and its repair");
        };
        if broken.codes() != broken.expected(code) {
            wrong.push(format!("{code}: the broken example has {:?}", broken.codes()));
        }
        if !repaired.codes().is_empty() {
            wrong.push(format!("{code}: the repaired example has {:?}", repaired.codes()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_code_is_found_by_its_text() {
    for &code in Code::ALL {
        assert_eq!(Code::from_text(code.as_str()), Some(code));
        assert!(
            code.summary().ends_with('.') && !code.summary().contains('\n'),
            "{code}: {}",
            code.summary()
        );
    }
    assert_eq!(Code::from_text("no-such-code"), None);
}
