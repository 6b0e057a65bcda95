//! `README.md` of a generated crate, which is the front page of its documentation too. The generator owns the block between
//! two marks; what the user writes around it is kept.

use std::fmt::Write as _;

use super::{ManifestError, Package, manifest::digest};

const BEGIN: &str = "<!-- specwright: begin";
const END: &str = "<!-- specwright: end -->";

/// The page with its block as it should be. A page without marks belongs to the user, and does not change.
pub(super) fn merged(present: &str, package: Package<'_>) -> Result<String, ManifestError> {
    let lines: Vec<&str> = present.split_inclusive('\n').collect();
    let Some(first) = lines.iter().position(|line| line.trim_start().starts_with(BEGIN)) else {
        return Ok(present.to_owned());
    };
    let Some(last) = lines.iter().skip(first).position(|line| line.trim() == END) else {
        return Err(error(
            first,
            "the block has no end mark",
            "restore the line `<!-- specwright: end -->`",
        ));
    };
    let last = first + last;
    let (before, block, after) = (&lines[..first], &lines[first + 1..last], &lines[last + 1..]);
    let body: String = block.concat().replace("\r\n", "\n");
    let noted = lines[first].rsplit_once("digest ").map(|(_, rest)| rest.trim());
    let is_as_written = noted.is_some_and(|noted| noted.starts_with(&digest(&body)));
    if !body.trim().is_empty() && !is_as_written {
        let help = "undo the edit, or delete the lines between the two marks and generate again; put text of your own \
                    outside the marks";
        return Err(error(first, "the block between the marks was edited", help));
    }
    Ok(before.concat() + &written(package) + &after.concat())
}

fn error(line: usize, message: &str, help: &str) -> ManifestError {
    ManifestError {
        line: line + 1,
        message: message.to_owned(),
        help: help.to_owned(),
    }
}

/// The block with its marks.
pub(super) fn written(package: Package<'_>) -> String {
    let body = body(package);
    format!(
        "{BEGIN} (specwright owns the lines up to the end; digest {}) -->\n{body}{END}\n",
        digest(&body)
    )
}

fn body(package: Package<'_>) -> String {
    let Some(front) = package.front else {
        return format!(
            "# {}\n\nModels, generated from an OpenAPI document.\n",
            package.name.as_str()
        );
    };
    let title = if front.title.is_empty() {
        package.name.as_str()
    } else {
        &front.title
    };
    let mut text = format!("# {title}\n\n");
    if !front.description.is_empty() {
        text.extend([&front.description, "\n\n"]);
    }
    // Writing to a string cannot fail.
    let _ = writeln!(text, "A typed client for version {} of the API.\n", front.version);
    text.extend(["## A first call\n\n```rust,no_run\n", &example(package), "```\n\n"]);
    text.push_str(
        "Required inputs are arguments; optional ones are setters of the call. A response dereferences to its value, and has \
         the status\nand the headers.\n\n",
    );
    text.push_str("## Operations\n\n");
    for (module, ty, docs) in &front.groups {
        let docs = if docs.is_empty() {
            String::new()
        } else {
            format!(": {docs}")
        };
        let _ = writeln!(text, "- `client.{module}()` returns [`apis::{module}::{ty}`]{docs}");
    }
    text.push_str(ERRORS);
    if front.has_pages {
        text.push_str(PAGES);
    }
    text.push_str(if package.features.is_empty() {
        FEATURES
    } else {
        GROUP_FEATURES
    });
    text
}

fn example(package: Package<'_>) -> String {
    let Some(front) = package.front else {
        return String::new();
    };
    let krate = package.name.as_str().replace('-', "_");
    let mut imports = vec!["Client"];
    if !front.credentials.is_empty() {
        imports.push("Credentials");
    }
    if front.server.is_some() {
        imports.push("servers");
    }
    let imports = match imports.as_slice() {
        [one] => (*one).to_owned(),
        several => format!("{{{}}}", several.join(", ")),
    };
    let server = match &front.server {
        Some(server) => format!("servers::{server}()"),
        None => "\"https://api.example.com\"".to_owned(),
    };
    let mut text = format!(
        "use {krate}::{imports};\n\n# async fn example() -> Result<(), {krate}::specwright_runtime::Error> {{\n\
         let client = Client::builder({server})\n"
    );
    if !front.credentials.is_empty() {
        text.extend([
            "    .credentials(Credentials::new()",
            &front.credentials.concat(),
            ")\n",
        ]);
    }
    text.push_str("    .build()?;\n");
    for call in &front.calls {
        text.extend(["let response = ", call, ".await?;\n"]);
    }
    text + "# Ok(())\n# }\n"
}

const ERRORS: &str = "
## Errors

A call returns one type of error, `specwright_runtime::Error`. It has a kind, a status, and the body unchanged. If the document
describes the errors of an operation, `failure` of the type of its call returns them as an enum.
";

const PAGES: &str = "
## Paging

A call with pages has `items()` and `pages()`, which are streams and always end.
";

const FEATURES: &str = "
## Features

`rustls` (default) or `native-tls` selects TLS, `blocking` adds calls without an async runtime, `test-util` tests without a server,
and `validate` checks of values against the document. `Cargo.toml` lists all features.
";

const GROUP_FEATURES: &str = "
## Features

Each group of operations has a feature of its own: without default features, list those that you need, and `models` if you need all
models. `rustls` (default) or `native-tls` selects TLS, `blocking` adds calls without an async runtime, `test-util` tests without a
server, and `validate` checks of values against the document. `Cargo.toml` lists all features.
";

#[cfg(test)]
mod tests;
