//! The program that makes the calls: written, built and run.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tests::workspace;

use crate::case::{Call, Case, Reply};

/// What a call said: the items of a paged one, or the error.
pub(crate) type Outcome = Result<String, String>;

/// Makes all calls of all cases, and then those that the server has an answer for.
pub(crate) fn run(cases: &[Case], url: &str) -> Vec<Vec<Outcome>> {
    let program = build(cases);
    let output = Command::new(program).arg(url).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let mut outcomes = said.lines().map(|line| match line.split_once('\t') {
        Some(("error", reason)) => Err(reason.to_owned()),
        Some((_, items)) => Ok(items.to_owned()),
        None => Ok(String::new()),
    });
    let of_case = |case: &Case| {
        let count = case.calls.len() + case.replies.len() + case.pages.len();
        outcomes.by_ref().take(count).collect()
    };
    cases.iter().map(of_case).collect()
}

fn build(cases: &[Case]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire-requests");
    let source = folder.join("src");
    if source.exists() {
        fs::remove_dir_all(&source).unwrap();
    }
    let mut main = "#![allow(warnings)]\n".to_owned();
    for case in cases {
        let _ = writeln!(main, "mod {};", case.module);
        for (path, text) in case.generated.files.iter() {
            write(&source.join(&case.module).join(path), text);
        }
    }
    main.push_str(MAIN);
    for case in cases {
        for (index, call) in case.calls.iter().enumerate() {
            let key = format!("{} {index}", case.module);
            let base = base(&case.document);
            let call = expression(case, call);
            let client = client(case, &base);
            let send = format!("{client}.{call}.header(\"x-case\", {key:?}).send().await");
            let _ = writeln!(main, "    said({send}.map(|_| ()));");
        }
        for (index, reply) in case.replies.iter().enumerate() {
            let key = reply_key(case, index);
            let (module, call) = (&case.module, expression(case, &reply.call));
            let client = format!("{module}::Client::from(client(&url, \"\"))");
            let send = format!("{client}.{call}.header(\"x-case\", {key:?}).send().await");
            let reads = reads(case, reply);
            let _ = writeln!(main, "    let outcome = {send}; answered(&outcome, [{reads}]);");
        }
        for (index, pages) in case.pages.iter().enumerate() {
            let (module, call, key) = (&case.module, expression(case, &pages.call), pages_key(case, index));
            let client = format!("{module}::Client::from(client(&url, \"\"))");
            let items = format!("{client}.{call}.header(\"x-case\", {key:?}).items()");
            let _ = writeln!(main, "    paged({items}.try_collect().await);");
        }
    }
    main.push_str("}\n");
    write(&source.join("main.rs"), &main);
    write(&folder.join("Cargo.toml"), &manifest());
    let lock = fs::read_to_string(workspace().join("Cargo.lock")).unwrap();
    write(&folder.join("Cargo.lock"), &lock);
    let target = folder.join("target");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let start: Vec<&str> = said.lines().take(100).collect();
    assert!(output.status.success(), "{}", start.join("\n"));
    target.join("debug/wire-requests")
}

/// What the caller reads of the headers, each against what it should be.
fn reads(case: &Case, reply: &Reply) -> String {
    let signature = signature(case, &reply.call.operation);
    let (group, rest) = signature.split_once("().").unwrap();
    let method = rest.split('(').next().unwrap();
    let call: String = method.split('_').map(capitalized).collect();
    let path = format!("{}::apis::{group}::{call}", case.module);
    let reads = reply.row["reads"].as_object();
    let reads = reads.into_iter().flatten().map(|(constant, expected)| {
        let header = format!("{path}::{constant}");
        format!(
            "differs(match &outcome {{ Ok(it) => it.header({header}), Err(it) => it.header({header}) }}, {expected})"
        )
    });
    reads.collect::<Vec<_>>().join(", ")
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

/// The header by which the server knows the call that it has an answer for.
pub(crate) fn reply_key(case: &Case, index: usize) -> String {
    format!("{} reply {index}", case.module)
}

/// The header by which the server knows the pages of a call.
pub(crate) fn pages_key(case: &Case, index: usize) -> String {
    format!("{} pages {index}", case.module)
}

const MAIN: &str = r#"
use std::collections::BTreeMap;
use specwright_runtime::wire::{Object, Value};

fn client(url: &str, base: &str) -> specwright_runtime::Client {
    let builder = specwright_runtime::Client::builder(format!("{url}{base}"));
    builder.retry(specwright_runtime::RetryPolicy::never()).build().unwrap()
}

fn differs<T: std::fmt::Debug>(
    header: Result<Option<T>, specwright_runtime::Error>,
    expected: &str,
) -> Option<String> {
    let said = header.map_or_else(|error| error.to_string(), |value| format!("{value:?}"));
    (said != expected).then_some(said)
}

fn answered<T, const N: usize>(outcome: &Result<T, specwright_runtime::Error>, headers: [Option<String>; N]) {
    if let Some(said) = headers.into_iter().flatten().next() {
        return println!("error\tHeader\t0\t{said}");
    }
    match outcome {
        Ok(_) => println!("ok"),
        Err(error) => {
            let body = String::from_utf8_lossy(error.body()).replace('\n', " ");
            println!("error\t{:?}\t{}\t{body}", error.kind(), error.status().map_or(0, |status| status.as_u16()));
        }
    }
}

fn paged<T: specwright_runtime::wire::Json>(outcome: Result<Vec<T>, specwright_runtime::Error>) {
    match outcome {
        Ok(items) => println!("ok\t{}", String::from_utf8(specwright_runtime::wire::to_vec(&items)).unwrap()),
        Err(error) => println!("error\t{}", error.to_string().replace('\n', " ")),
    }
}

fn said(outcome: Result<(), specwright_runtime::Error>) {
    match outcome {
        Ok(()) => println!("ok"),
        Err(error) => println!("error\t{}", error.to_string().replace('\n', " ")),
    }
}

fn json<T: specwright_runtime::wire::Json>(text: &str) -> T {
    specwright_runtime::wire::from_str(text).unwrap()
}

fn main() {
    let url = std::env::args().nth(1).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(calls(url));
}

async fn calls(url: String) {
"#;

fn manifest() -> String {
    let runtime = workspace().join("generated-client/runtime");
    format!(
        "[package]\nname = \"wire-requests\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [features]\ndefault = [\"client\"]\nclient = []\n\n\
         [profile.dev]\ndebug = false\n\n[dependencies]\n\
         specwright-runtime = {{ path = {:?}, default-features = false, features = [\"reqwest\"] }}\n\
         tokio = {{ version = \"1\", default-features = false, features = [\"net\", \"rt\", \"time\"] }}\n",
        runtime.to_string_lossy()
    )
}

/// The client of a case, with a credential for every scheme.
fn client(case: &Case, base: &str) -> String {
    let module = &case.module;
    let schemes = case.document["components"]["securitySchemes"].as_object();
    let Some(schemes) = schemes else {
        return format!("{module}::Client::from(client(&url, {base:?}))");
    };
    let setters = schemes.iter().map(|(name, scheme)| {
        let is_key = scheme["type"] == "apiKey";
        let secret = if is_key { "TESTKEY" } else { "TESTTOKEN" };
        format!(".{}({secret:?})", snake(name))
    });
    let setters = setters.collect::<Vec<_>>().concat();
    format!(
        "{module}::Client::builder(format!(\"{{url}}{base}\"))\
         .credentials({module}::Credentials::new(){setters}).build().unwrap()"
    )
}

/// The path of the document's first server.
fn base(document: &Value) -> String {
    let url = document["servers"][0]["url"].as_str().unwrap_or_default();
    let path = url
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.unwrap_or_default().to_owned()
}

/// Whether a call has all arguments that its operation cannot do without.
pub(crate) fn is_callable(case: &Case, call: &Call) -> bool {
    let signature = signature(case, &call.operation);
    let (_, rest) = signature
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once('('))
        .unwrap();
    let parameters = rest.split(") -> ").next().unwrap().split(", ");
    let mut names = parameters
        .filter_map(|parameter| parameter.split_once(": "))
        .map(|(name, _)| name);
    names.all(|name| name.ends_with('?') || call.arguments.get(wire_name(name)).is_some())
}

/// The wire name of a required input, which may be a field of the struct of such inputs.
fn wire_name(name: &str) -> &str {
    name.strip_prefix(REQUIRED).unwrap_or(name)
}

/// What is before the names of the fields of the struct of required inputs.
const REQUIRED: &str = "required.";

/// `api().get_pet("1").size(2)`: the client's inventory tells the name of the method and the types of its arguments.
fn expression(case: &Case, call: &Call) -> String {
    let signature = signature(case, &call.operation);
    // `api().get_pet(id: text, size?: i64) -> Pet = GET /pets/{id}`
    let (group, rest) = signature.split_once("().").unwrap();
    let (method, rest) = rest.split_once('(').unwrap();
    let parameters = rest.split(") -> ").next().unwrap();
    let mut required = Vec::new();
    let mut fields = Vec::new();
    let mut body = None;
    let mut setters = String::new();
    for parameter in parameters.split(", ").filter(|parameter| !parameter.is_empty()) {
        let (name, ty) = parameter.split_once(": ").unwrap();
        let (wire, is_required) = match name.strip_suffix('?') {
            Some(name) => (name, false),
            None => (name, true),
        };
        let Some(value) = call.arguments.get(wire_name(wire)) else {
            assert!(!is_required, "`{wire}` is missing in {}", call.name());
            continue;
        };
        let value = argument(case, ty, value);
        if let Some(field) = wire.strip_prefix(REQUIRED) {
            let value = value.trim_start_matches('&');
            let value = format!("specwright_runtime::wire::IntoValue::into_value({value})");
            fields.push(format!("{}: {value}", snake(field)));
        } else if is_required && wire == "body" {
            body = Some(value);
        } else if is_required {
            required.push(value);
        } else {
            let _ = write!(setters, ".{}({value})", snake(wire));
        }
    }
    if !fields.is_empty() {
        let call: String = method.split('_').map(capitalized).collect();
        let path = format!("{}::apis::{group}::{call}Required", case.module);
        required.push(format!("{path} {{ {} }}", fields.join(", ")));
    }
    required.extend(body);
    format!("{group}().{method}({}){setters}", required.join(", "))
}

/// The line of the inventory about an operation: that of its method and path.
fn signature<'a>(case: &'a Case, operation: &str) -> &'a str {
    let paths = case.document["paths"].as_object().unwrap();
    let ends: Vec<String> = paths
        .iter()
        .flat_map(|(path, item)| {
            let others = item["additionalOperations"].as_object().into_iter().flatten();
            let all = item.as_object().unwrap().iter().chain(others);
            all.map(move |(method, it)| (path, method, it))
        })
        .filter(|(_, _, it)| it["operationId"] == operation)
        .map(|(path, method, _)| format!(" = {} {}", method.to_uppercase(), without_query(path)))
        .collect();
    let inventory = &case.generated.inventory;
    let mut lines = inventory.lines().filter(|line| {
        let line = without_query(line.trim_end_matches(", paged"));
        ends.iter().any(|end| line.ends_with(end))
    });
    lines
        .next()
        .unwrap_or_else(|| panic!("{operation} is not in {inventory}"))
}

/// A path as far as nothing of it is read otherwise. Arguments of a line of the inventory have their `?` before a colon.
fn without_query(text: &str) -> &str {
    let start = text.rfind(" = ").unwrap_or_default();
    let end = text[start..].find(['?', '#']).map_or(text.len(), |end| start + end);
    &text[..end]
}

fn argument(case: &Case, ty: &str, value: &Value) -> String {
    let ty = ty.split(" as ").next().unwrap();
    match value {
        _ if ty.ends_with(OR_NULL) => format!("json::<{}>({:?})", rust(case, ty), value.to_string()),
        Value::String(text) => format!("{text:?}"),
        Value::Object(_) if value["$upload"].is_string() => upload(value),
        Value::Array(items) if items.iter().any(|item| item["$upload"].is_string()) => {
            format!("[{}]", items.iter().map(upload).collect::<Vec<_>>().join(", "))
        }
        Value::Number(_) | Value::Bool(_) if ty != "any" => value.to_string(),
        _ => {
            let borrow = if ty.starts_with(['[', '{']) || ty == "any" {
                ""
            } else {
                "&"
            };
            let text = value.to_string();
            format!("{borrow}json::<{}>({text:?})", rust(case, ty))
        }
    }
}

/// A part that says what it is: `{"$upload": "PNG", "content_type": "image/png"}`.
fn upload(value: &Value) -> String {
    let content_type = value["content_type"].as_str();
    let content_type = content_type.map(|media| format!(".content_type({media:?})"));
    let bytes = value["$upload"].as_str().unwrap_or_default();
    format!(
        "::specwright_runtime::Upload::from({bytes:?}){}",
        content_type.unwrap_or_default()
    )
}

/// What the inventory adds to the type of a value that may be null.
const OR_NULL: &str = " or null";

/// A type in the words of the inventory as Rust has it.
fn rust(case: &Case, ty: &str) -> String {
    if let Some(items) = ty.strip_prefix('[').and_then(|ty| ty.strip_suffix(']')) {
        return format!("Vec<{}>", rust(case, items));
    }
    if let Some(values) = ty.strip_prefix("{text: ").and_then(|ty| ty.strip_suffix('}')) {
        return format!("BTreeMap<String, {}>", rust(case, values));
    }
    if let Some(value) = ty.strip_suffix(OR_NULL) {
        return format!("specwright_runtime::wire::Nullable<{}>", rust(case, value));
    }
    match ty {
        "text" => "String".to_owned(),
        "any" => "Value".to_owned(),
        "any object" => "Object".to_owned(),
        "bool" | "i32" | "i64" | "f64" => ty.to_owned(),
        model => {
            let end = format!("::{model}");
            let found = case.generated.models.iter().find(|model| model.path.ends_with(&end));
            format!(
                "{}::{}",
                case.module,
                found.unwrap_or_else(|| panic!("no model {ty}")).path
            )
        }
    }
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_uppercase() && snake.ends_with(char::is_lowercase) {
            snake.push('_');
        }
        snake.push(if character.is_alphanumeric() {
            character.to_ascii_lowercase()
        } else {
            '_'
        });
    }
    snake.trim_matches('_').to_owned()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
