//! The program that makes the calls: written, built and run.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tests::workspace;

use crate::{
    case::{Call, Case, Reply},
    signature::{Input, Signature, snake},
};

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
        let count = case.calls.len() * 2 + case.replies.len() + case.pages.len();
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
        // The surface has the paths of types within the client.
        let _ = writeln!(main, "    {{ use self::{}::{{apis, models}};", case.module);
        write_calls(&mut main, case);
        main.push_str("    }\n");
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

/// The lines of a case: its calls, then those that the server has answers or pages for.
fn write_calls(main: &mut String, case: &Case) {
    for (index, call) in case.calls.iter().enumerate() {
        let key = format!("{} {index}", case.module);
        let client = client(case, &base(&case.document));
        let call = expression(case, call);
        let send = format!("{client}.{call}.header(\"x-case\", {key:?}).send().await");
        let _ = writeln!(main, "    said({send}.map(|_| ()));");
    }
    for call in &case.calls {
        write_mocked(main, case, call);
    }
    let client = format!("{}::Client::from(client(&url, \"\"))", case.module);
    for (index, reply) in case.replies.iter().enumerate() {
        let (call, key) = (expression(case, &reply.call), reply_key(case, index));
        let send = format!("{client}.{call}.header(\"x-case\", {key:?}).send().await");
        let reads = reads(case, reply);
        let _ = writeln!(main, "    let outcome = {send}; answered(&outcome, [{reads}]);");
    }
    for (index, pages) in case.pages.iter().enumerate() {
        let (call, key) = (expression(case, &pages.call), pages_key(case, index));
        let items = format!("{client}.{call}.header(\"x-case\", {key:?}).items()");
        let _ = writeln!(main, "    paged({items}.try_collect().await);");
    }
}

/// A call that a mock expects and receives: it reads the request as the document declares it.
fn write_mocked(main: &mut String, case: &Case, call: &Call) {
    if call.expect["error_ok"] == true {
        main.push_str("    println!(\"ok\");\n");
        return;
    }
    let (module, call) = (&case.module, expression(case, call));
    let _ = writeln!(
        main,
        "    {{ let mock = Mock::new(); let api: {module}::Client = mock.client(); \
         mock.expect(api.{call}).raw(200, \"\"); \
         let sent = api.{call}.send_raw().await; mocked(mock, sent.map(|_| ())); }}"
    );
}

/// What the caller reads of the headers, each against what it should be.
fn reads(case: &Case, reply: &Reply) -> String {
    let call = signature(case, &reply.call.operation).call;
    let reads = reply.row["reads"].as_object();
    let reads = reads.into_iter().flatten().map(|(constant, expected)| {
        let header = format!("{call}::{constant}");
        format!(
            "differs(match &outcome {{ Ok(it) => it.header({header}), Err(it) => it.header({header}) }}, {expected})"
        )
    });
    reads.collect::<Vec<_>>().join(", ")
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
use specwright_runtime::{Upload, mock::Mock, wire::*};

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

fn mocked(mock: Mock, sent: Result<(), specwright_runtime::Error>) {
    match mock.report() {
        None => said(sent),
        Some(report) => println!("error\t{}", report.replace('\n', " ")),
    }
    std::mem::forget(mock);
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
         specwright-runtime = {{ path = {:?}, default-features = false, features = [\"reqwest\", \"test-util\"] }}\n\
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
    signature.required().all(|input| input.value(&call.arguments).is_some())
}

/// `api().get_pet("1").size(2)`: the client's surface has the name of the method and the types of its arguments.
fn expression(case: &Case, call: &Call) -> String {
    let signature = signature(case, &call.operation);
    let required = |input: &Input<'_>| {
        let value = input.value(&call.arguments);
        let value = value.unwrap_or_else(|| panic!("`{}` is missing in {}", input.ident, call.name()));
        argument(input.ty, value)
    };
    let fields = signature.fields.iter();
    let fields = fields.map(|field| format!("{}: IntoValue::into_value({})", field.ident, required(field)));
    let fields = fields.collect::<Vec<_>>().join(", ");
    let positional = signature.positional.iter().map(|input| match input.ty {
        path if input.is_struct() => format!("{path} {{ {fields} }}"),
        _ => required(input),
    });
    let setters = signature.setters.iter().filter_map(|input| {
        let value = input.value(&call.arguments)?;
        Some(format!(".{}({})", input.ident, argument(input.ty, value)))
    });
    let (group, method) = (signature.group, signature.method);
    format!(
        "{group}().{method}({}){}",
        positional.collect::<Vec<_>>().join(", "),
        setters.collect::<String>()
    )
}

/// How an operation is called.
fn signature<'a>(case: &'a Case, operation: &str) -> Signature<'a> {
    Signature::find(&case.surface, operation).unwrap_or_else(|| panic!("{operation} is not in {}", case.surface))
}

/// The value of an input, by the type that it has in the surface.
fn argument(accepted: &str, value: &Value) -> String {
    let (borrow, ty) = owned(accepted);
    let text = value.to_string();
    let json = || format!("{borrow}json::<{ty}>({text:?})");
    match value {
        _ if ty.starts_with("Nullable<") => json(),
        Value::String(text) => format!("{text:?}"),
        Value::Object(_) if value["$upload"].is_string() => upload(value),
        Value::Array(items) if items.iter().any(|item| item["$upload"].is_string()) => {
            format!("[{}]", items.iter().map(upload).collect::<Vec<_>>().join(", "))
        }
        Value::Number(_) | Value::Bool(_) if ty != "Value" => text,
        _ => json(),
    }
}

/// The type of a value that a method or a setter takes, and whether it is borrowed.
fn owned(accepted: &str) -> (&str, String) {
    let within = |ty: &'_ str, start| ty.strip_prefix(start)?.strip_suffix('>').map(str::to_owned);
    if let Some(ty) = within(accepted, "impl Borrow<") {
        ("&", ty)
    } else if let Some(item) = within(accepted, "impl IntoIterator<Item = ") {
        let item = match item.as_str() {
            "impl Into<Upload>" => "String".to_owned(),
            item => within(item, "impl Borrow<").unwrap_or(item.to_owned()),
        };
        ("", format!("Vec<{item}>"))
    } else {
        ("", within(accepted, "impl IntoValue<").unwrap_or(accepted.to_owned()))
    }
}

/// A part that says what it is: `{"$upload": "PNG", "content_type": "image/png"}`.
fn upload(value: &Value) -> String {
    let content_type = value["content_type"].as_str();
    let content_type = content_type.map(|media| format!(".content_type({media:?})"));
    let bytes = value["$upload"].as_str().unwrap_or_default();
    format!("Upload::from({bytes:?}){}", content_type.unwrap_or_default())
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
