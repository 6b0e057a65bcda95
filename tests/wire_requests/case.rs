//! Cases: a document, and the calls that its client makes.

use std::{fs, path::Path};

use codegen::{Config, Generated, Input, Inputs};
use serde_json::Value;

pub(crate) struct Case {
    /// The module of its client.
    pub(crate) module: String,
    pub(crate) document: Value,
    pub(crate) generated: Generated,
    /// The public surface of its client.
    pub(crate) surface: String,
    pub(crate) calls: Vec<Call>,
    pub(crate) replies: Vec<Reply>,
    pub(crate) pages: Vec<Pages>,
}

/// The pages of a server, the requests for them, and the items that the caller gets.
#[derive(Clone)]
pub(crate) struct Pages {
    pub(crate) call: Call,
    pub(crate) row: Value,
}

impl Pages {
    /// The bytes that the server sends, page by page.
    pub(crate) fn bytes(&self) -> Vec<String> {
        let pages = self.row["pages"].as_array().unwrap().iter();
        let replies = pages.map(|page| {
            let body = match &page["body"] {
                Value::String(text) => text.clone(),
                json => json.to_string(),
            };
            let row = serde_json::json!({
                "status": page["status"].as_u64().unwrap_or(200),
                "content_type": "application/json",
                "headers": page["headers"],
                "body": body,
            });
            Reply {
                call: self.call.clone(),
                row,
            }
            .bytes()
        });
        replies.collect()
    }
}

/// An answer of the server's, and what its caller gets of it.
#[derive(Clone)]
pub(crate) struct Reply {
    /// The call that gets it: the first one of the operation, if any is listed.
    pub(crate) call: Call,
    pub(crate) row: Value,
}

impl Reply {
    pub(crate) fn name(&self) -> String {
        format!("{} answers {}", self.call.operation, self.row)
    }

    /// The bytes that the server sends.
    pub(crate) fn bytes(&self) -> String {
        let (status, body) = (&self.row["status"], self.row["body"].as_str().unwrap_or_default());
        let content_type = self.row["content_type"].as_str();
        let content_type = content_type.map(|media| format!("content-type: {media}\r\n"));
        // The connection's end is the body's, where the server puts its own origin into it.
        let length = if status == 204 || body.contains("ORIGIN") {
            String::new()
        } else {
            format!("content-length: {}\r\n", body.len())
        };
        let content_type = content_type.unwrap_or_default();
        let headers = self.row["headers"].as_object().into_iter().flatten();
        let headers = headers.map(|(name, value)| format!("{name}: {}\r\n", value.as_str().unwrap_or_default()));
        let headers: String = headers.collect();
        format!("HTTP/1.1 {status} X\r\n{content_type}{headers}{length}connection: close\r\n\r\n{body}")
    }
}

/// A call, and the request that is meant.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) operation: String,
    /// The arguments by their names in the document; `body` is the body.
    pub(crate) arguments: Value,
    pub(crate) expect: Value,
}

impl Call {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.operation, self.arguments)
    }
}

/// The documents of a folder that have calls or answers beside them.
pub(crate) fn cases_in(folder: &Path) -> Vec<Case> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let names = names.iter().filter_map(|name| name.strip_suffix(".json"));
    names.filter_map(|name| case(folder, name)).collect()
}

fn case(folder: &Path, name: &str) -> Option<Case> {
    let rows: Value = serde_json::from_slice(&fs::read(folder.join(format!("{name}.json"))).unwrap()).unwrap();
    let list = |key: &str| rows[key].as_array().map_or(&[][..], Vec::as_slice).iter();
    list("requests").chain(list("responses")).chain(list("paged")).next()?;
    let calls = list("requests").map(|call| Call {
        operation: call["operationId"].as_str().unwrap().to_owned(),
        arguments: call["args"].clone(),
        expect: call["expect"].clone(),
    });
    let calls: Vec<Call> = calls.collect();
    let replies = list("responses").map(|row| {
        let operation = row["operationId"].as_str().unwrap();
        let listed = calls.iter().find(|call| call.operation == operation);
        let call = listed.cloned().unwrap_or_else(|| Call {
            operation: operation.to_owned(),
            arguments: Value::Null,
            expect: Value::Null,
        });
        Reply { call, row: row.clone() }
    });
    let replies = replies.collect();
    let pages = list("paged").map(|row| Pages {
        call: Call {
            operation: row["operationId"].as_str().unwrap().to_owned(),
            arguments: row["args"].clone(),
            expect: Value::Null,
        },
        row: row.clone(),
    });
    let pages = pages.collect();
    let bytes = fs::read(folder.join(format!("{name}.yaml"))).unwrap();
    let document = Input { name, bytes: &bytes };
    // An overlay beside the document is applied to it.
    let overlay = fs::read(folder.join(format!("{name}.overlay.yaml"))).ok();
    let overlays: Vec<Input<'_>> = overlay.iter().map(|bytes| Input { name: "overlay", bytes }).collect();
    let inputs = Inputs {
        overlays: &overlays,
        ..document.into()
    };
    let config = Config {
        group_features: false,
        ..Config::default()
    };
    let outcome = codegen::generate_with(inputs, &config);
    let said = outcome.diagnostics.render(&outcome.sources);
    Some(Case {
        module: format!("case_{}", name.replace('-', "_")),
        document: serde_yaml::from_slice(&bytes).unwrap(),
        generated: outcome.generated.unwrap_or_else(|| panic!("{said}")),
        surface: codegen::stages::surface(inputs, &config).unwrap(),
        calls,
        replies,
        pages,
    })
}
