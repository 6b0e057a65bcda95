//! From modules of tokens to text.
//!
//! prettyplease prints files without a blank line between items, so every item, and every member of an `impl`, is
//! printed alone and they are joined. Forms have a printer of their own, because prettyplease leaves the inside of macros as it
//! is. The text of every item is read again and compared with what was planned, token by token.

mod comparison;
mod form;
mod form_comparison;
mod token;

use std::{
    io,
    num::NonZero,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use proc_macro2::TokenStream;

use crate::{
    emit::{Context, Entry, Form, Item, Module},
    files::Files,
    stack,
};

/// A defect of this generator, never of a document: text that is not what was planned.
#[derive(Debug)]
pub struct RenderError {
    /// The file.
    pub path: String,
    /// The item, if it is known.
    pub item: String,
    /// What is wrong with it.
    pub cause: String,
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "internal error in the generator: {} of {}: {}",
            self.item, self.path, self.cause
        )
    }
}

impl std::error::Error for RenderError {}

/// Enough for types as deep as `lower` lets through, in an unoptimized build too: what parses and prints them recurses.
const STACK: usize = 16 << 20;

/// Renders every module, on so many threads; on all cores for 0.
pub fn render(
    context: Context<'_>,
    modules: &[Module<'_>],
    source: &str,
    threads: usize,
) -> Result<Files, RenderError> {
    let next = AtomicUsize::new(0);
    let render = || {
        let mut texts = Vec::new();
        while let Some(module) = modules.get(next.fetch_add(1, Ordering::Relaxed)) {
            texts.push((module.path.clone(), render_module(context, module, source)?));
        }
        Ok(texts)
    };
    // This thread takes part if it can: the allocator gives each thread memory of its own, and this one has what the earlier stages
    // have freed.
    let takes_part = stack::is_large();
    let others = number_of(threads)
        .min(modules.len())
        .saturating_sub(usize::from(takes_part));
    let texts: Result<Vec<Vec<(String, String)>>, RenderError> = thread::scope(|scope| {
        let start = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, render);
        let others = (0..others).map(start).collect::<io::Result<Vec<_>>>();
        let others = others.map_err(|error| RenderError {
            path: "every file".to_owned(),
            item: "the threads to render".to_owned(),
            cause: error.to_string(),
        })?;
        let own = takes_part.then(render);
        let others = others
            .into_iter()
            .map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        own.into_iter().chain(others).collect()
    });
    Ok(texts?.into_iter().flatten().collect())
}

/// The number of threads, which is that of the cores for 0.
fn number_of(threads: usize) -> usize {
    match threads {
        0 => thread::available_parallelism().map_or(1, NonZero::get),
        threads => threads,
    }
}

fn render_module(context: Context<'_>, module: &Module<'_>, source: &str) -> Result<String, RenderError> {
    let mut text = header(source);
    let docs = print_docs(&module.docs(context));
    text.push_str(&docs.map_err(|cause| defect(module, "the module's documentation", cause))?);
    for item in module.items(context) {
        let printed = match &item {
            Item::Form(form) => print_form(form).map_err(|cause| (format!("a form of `{}!`", form.name), cause)),
            Item::Impl { .. } => print_item(&item, print_impl),
            Item::Lines(lines) => print_lines(lines).map_err(|cause| ("a declaration".to_owned(), cause)),
            Item::Whole(_) => print_item(&item, print),
        };
        text.push('\n');
        text.push_str(&printed.map_err(|(name, cause)| defect(module, &name, cause))?);
    }
    Ok(text)
}

fn print_form(form: &Form) -> Result<String, String> {
    let text = form::print(form);
    form_comparison::compare(&text, form)?;
    Ok(text)
}

fn print_lines(lines: &[Entry]) -> Result<String, String> {
    let text = form::print_lines(lines);
    form_comparison::compare_lines(&text, lines)?;
    Ok(text)
}

fn print_docs(lines: &[String]) -> Result<String, String> {
    let text = form::print_docs(lines);
    form_comparison::compare_docs(&text, lines)?;
    Ok(text)
}

/// The text of an item, or the beginning of the item and what is wrong with it.
fn print_item(
    item: &Item,
    print: impl FnOnce(TokenStream) -> Result<String, String>,
) -> Result<String, (String, String)> {
    let tokens = item.tokens();
    print_compared(tokens.clone(), print).map_err(|cause| (excerpt(&tokens), cause))
}

fn print_compared(
    planned: TokenStream,
    print: impl FnOnce(TokenStream) -> Result<String, String>,
) -> Result<String, String> {
    let text = print(planned.clone())?;
    comparison::compare(&text, planned)?;
    Ok(text)
}

/// The first line of every generated file, or two if one is not enough. No date, no version, no hash: they would make every
/// difference dirty.
pub(crate) fn header(source: &str) -> String {
    let (origin, advice) = (
        format!("// @generated by specwright from {source}."),
        "Do not edit: change the document and generate again.",
    );
    let separator = if origin.chars().count() + 1 + advice.len() > form::WIDTH {
        "\n// "
    } else {
        " "
    };
    format!("{origin}{separator}{advice}\n\n")
}

fn defect(module: &Module<'_>, item: &str, cause: String) -> RenderError {
    RenderError {
        path: module.path.clone(),
        item: item.to_owned(),
        cause,
    }
}

/// The beginning of an item, for a message.
fn excerpt(tokens: &TokenStream) -> String {
    tokens.to_string().chars().take(120).collect()
}

/// An `impl` with a blank line between its members: each is printed alone in the same `impl`, and cut out of it.
fn print_impl(tokens: TokenStream) -> Result<String, String> {
    let mut file = parse(tokens)?;
    let members = match file.items.as_mut_slice() {
        [syn::Item::Impl(item)] => std::mem::take(&mut item.items),
        _ => return Err("no impl".to_owned()),
    };
    let mut text = String::new();
    for member in members {
        if let [syn::Item::Impl(item)] = file.items.as_mut_slice() {
            item.items = vec![member];
        }
        let whole = prettyplease::unparse(&file);
        let inside = whole.find("{\n").zip(whole.rfind('}'));
        let (start, end) = inside.ok_or_else(|| "an impl without braces".to_owned())?;
        // The first member brings the head along; the others only themselves.
        let from = if text.is_empty() { 0 } else { start + 2 };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&whole[from..end]);
    }
    if text.is_empty() {
        return Ok(prettyplease::unparse(&file));
    }
    text.push_str("}\n");
    Ok(text)
}

fn print(tokens: TokenStream) -> Result<String, String> {
    parse(tokens).map(|file| prettyplease::unparse(&file))
}

fn parse(tokens: TokenStream) -> Result<syn::File, String> {
    syn::parse2(tokens).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{form::WIDTH, header};

    #[test]
    fn a_header_is_one_line_unless_the_name_is_long() {
        for (name, lines) in [("pets.yaml".to_owned(), 1), ("x".repeat(80), 2)] {
            let text = header(&name);
            assert_eq!(text.trim_end().lines().count(), lines);
            assert!(text.ends_with("\n\n") && text.lines().all(|line| line.chars().count() <= WIDTH));
            assert!(text.trim_end().lines().all(|line| line.starts_with("// ")));
        }
    }
}
