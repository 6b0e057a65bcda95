//! Text of a document stays text: the word that hostile documents smuggle in stands inside of literals only, and no
//! description is run as a test.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Lit, Meta};

/// What the documents try to make an identifier of. Identifiers that are made of it (`AC1pwned`) are none of theirs.
const CANARY: &str = "C1PWNED";
/// What a code block may say and be run by rustdoc all the same.
const RUN: &[&str] = &[
    "",
    "rust",
    "should_panic",
    "no_run",
    "edition2018",
    "edition2021",
    "edition2024",
];

/// Says where a file breaks the rule.
pub(crate) fn check(path: &str, text: &str) -> Result<(), String> {
    syn::parse_file(text).map_err(|error| format!("{path} is no Rust: {error}"))?;
    let tokens: TokenStream = text.parse().map_err(|error| format!("{path}: {error}"))?;
    walk(tokens).map_err(|found| format!("{path}: {found}"))
}

fn walk(tokens: TokenStream) -> Result<(), String> {
    let mut documentation = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Punct(mark) if matches!(mark.as_char(), '#' | '!') => continue,
            TokenTree::Group(group) => match line(&group.stream()) {
                Some(line) => {
                    documentation.push(line);
                    continue;
                }
                None => walk(group.stream())?,
            },
            TokenTree::Ident(ident) if ident == CANARY => return Err(format!("{CANARY} is an identifier")),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        run(&std::mem::take(&mut documentation))?;
    }
    run(&documentation)
}

/// A line of documentation, if this is the inside of its attribute.
fn line(attribute: &TokenStream) -> Option<String> {
    let Ok(Meta::NameValue(pair)) = syn::parse2(attribute.clone()) else {
        return None;
    };
    match pair.value {
        syn::Expr::Lit(syn::ExprLit {
            lit: Lit::Str(text), ..
        }) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// Refuses documentation in which rustdoc finds a test: a block of Rust, or one that is indented.
fn run(lines: &[String]) -> Result<(), String> {
    let (mut fence, mut is_after_blank) = (None, true);
    for line in lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        let text = line.trim_start();
        let opens = ["```", "~~~"].into_iter().find(|fence| text.starts_with(fence));
        match (fence, opens) {
            (Some(open), Some(close)) if open == close => fence = None,
            (None, Some(open)) => {
                let words = text.trim_start_matches(['`', '~']).trim();
                if words.split([',', ' ', '{', '}']).all(|word| RUN.contains(&word)) {
                    return Err(format!("rustdoc would run what follows {line:?}"));
                }
                fence = Some(open);
            }
            (None, None)
                if is_after_blank && !text.is_empty() && (line.starts_with("    ") || line.starts_with('\t')) =>
            {
                return Err(format!("rustdoc would run {line:?}"));
            }
            _ => {}
        }
        is_after_blank = text.is_empty();
    }
    Ok(())
}

/// The rule itself is tested whenever the documents are.
pub(crate) fn self_test() -> Result<(), String> {
    for good in [
        "fn f() { g(\"C1PWNED\") }",
        "/// C1PWNED\n///\n/// ```text\n/// C1PWNED\n/// ```\nfn f() {}",
        "enum E { AC1pwned }",
    ] {
        check("good", good)?;
    }
    for bad in [
        "fn C1PWNED() {}",
        "fn f() { m!(a { C1PWNED }) }",
        "#[serde(C1PWNED)]\nstruct S;",
        "/// Text.\n///\n///     code();\nfn f() {}",
        "struct S {\n/// ```\n/// code();\n/// ```\na: u8 }",
        "//! ```no_run\n//! code();\n//! ```\n",
        "fn (",
    ] {
        if check("bad", bad).is_ok() {
            return Err(format!("not found: {bad}"));
        }
    }
    Ok(())
}
