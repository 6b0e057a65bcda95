//! The command `mock`, asked over a socket by a client that is written here.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    process::{Child, ChildStderr, Command, Stdio},
};

use serde_json::{Value, json};

const PETS: &str = include_str!("mock/pets.yaml");

struct Server {
    process: Child,
    address: SocketAddr,
    messages: BufReader<ChildStderr>,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start(document: &str, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pets.yaml");
        fs::write(&path, document).unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_specwright"))
            .current_dir(folder.path())
            .args(["mock", "pets.yaml", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut messages = BufReader::new(process.stderr.take().unwrap());
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let Some(address) = line.trim().strip_prefix("listening on http://") else {
            let mut said = String::new();
            messages.read_to_string(&mut said).unwrap();
            panic!("{line}{said}");
        };
        Self {
            address: address.parse().unwrap(),
            process,
            messages,
            _folder: folder,
        }
    }

    fn pets() -> Self {
        Self::start(PETS, &[])
    }

    /// Sends bytes, and returns everything that comes back.
    fn raw(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(request).unwrap();
        let mut response = Vec::new();
        // The server can end the connection before it has read everything.
        let _ = stream.read_to_end(&mut response);
        String::from_utf8_lossy(&response).into_owned()
    }

    fn send(&self, request: &str, headers: &[&str], body: &str) -> Response {
        let mut text = format!("{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Key: any\r\n");
        for header in headers {
            text.extend([header, "\r\n"]);
        }
        if !body.is_empty() {
            text.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
        }
        text.extend(["\r\n", body]);
        Response::read(&self.raw(text.as_bytes()))
    }

    fn get(&self, path: &str) -> Response {
        self.send(&format!("GET {path}"), &[], "")
    }

    fn add(&self, body: &str) -> Response {
        self.send("POST /v1/pets", &["Content-Type: application/json"], body)
    }

    /// Does what Ctrl-C does.
    fn interrupt(&self) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    }

    /// Ends the server, and returns what it has printed.
    fn end(mut self) -> (bool, String) {
        self.interrupt();
        let succeeded = self.process.wait().unwrap().success();
        let mut messages = String::new();
        self.messages.read_to_string(&mut messages).unwrap();
        (succeeded, messages)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[derive(Debug)]
struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Response {
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Self {
            status: status.unwrap_or_else(|| panic!("{text:?}")),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The status and the errors of a problem.
    fn problem(&self) -> (u16, Value) {
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{self:?}"
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status, "{problem}");
        assert!(problem["detail"].is_string(), "{problem}");
        (self.status, problem["errors"].clone())
    }
}

#[test]
fn examples_come_first_and_other_values_are_made_of_the_schema() {
    let server = Server::pets();
    let pet = server.get("/v1/pets/7");
    assert_eq!(
        (pet.status, pet.header("content-type")),
        (200, Some("application/json"))
    );
    assert_eq!(pet.json(), json!({"id": 7, "name": "Rex", "kind": "dog"}));
    // The same path without that of the server.
    assert_eq!(server.get("/pets/7").json(), pet.json());
    let list = server.get("/v1/pets");
    let first = &list.json()["pets"][0];
    assert!(
        first["id"].as_i64().is_some_and(|id| (1..=1000).contains(&id)),
        "{first}"
    );
    assert_eq!(first["name"], "Bello");
    assert!(first.get("secret").is_none(), "{first}");
    assert!(
        list.header("x-total").is_some_and(|total| total.parse::<u32>().is_ok()),
        "{list:?}"
    );
    assert_eq!(server.get("/v1/pets").json(), list.json());
    let other = Server::start(PETS, &["--seed", "5"]);
    assert_ne!(other.get("/v1/pets").json(), list.json());
}

#[test]
fn an_invalid_example_is_not_sent_and_the_log_has_the_reason() {
    let server = Server::pets();
    let status = server.get("/v1/status").json();
    assert!(status["level"].is_i64(), "{status}");
    let (succeeded, messages) = server.end();
    assert!(succeeded);
    assert!(
        messages.contains("GET /v1/status 200 getStatus")
            && messages.contains("is not valid and is not used: /level: "),
        "{messages}"
    );
}

#[test]
fn prefer_selects_a_status_an_example_or_other_values() {
    let server = Server::pets();
    let with = |prefer: &str| server.send("GET /v1/pets/7", &[&format!("Prefer: {prefer}")], "");
    let missing = with("code=404");
    assert_eq!(
        (missing.status, missing.header("preference-applied")),
        (404, Some("code=404"))
    );
    assert!(missing.json()["message"].is_string());
    assert_eq!(with("example=cat").json()["name"], "Minka");
    let dynamic = with("dynamic=true").json();
    assert_ne!(dynamic["name"], "Rex");
    assert_ne!(dynamic, with("dynamic=true").json());
    for (prefer, reason) in [
        ("code=418", "it declares 200, 404"),
        ("example=bird", "it has dog, cat, broken"),
        ("example=broken", "is not valid: /id: "),
        ("code=abc", "is not a status"),
    ] {
        let problem = with(prefer);
        assert_eq!(problem.problem().0, 400);
        assert!(problem.body.contains(reason), "{problem:?}");
    }
}

#[test]
fn paths_methods_media_types_and_credentials_are_checked() {
    let server = Server::pets();
    assert_eq!(server.get("/v1/none").problem().0, 404);
    assert_eq!(server.get("/v1/pets/7/8").problem().0, 404);
    let method = server.send("PUT /v1/pets", &[], "");
    assert_eq!((method.problem().0, method.header("allow")), (405, Some("GET, POST")));
    // A path without variables comes before one with variables.
    assert_eq!(server.get("/v1/pets/mine").status, 204);
    let accept = server.send("GET /v1/pets/7", &["Accept: image/png"], "");
    assert_eq!(accept.problem().0, 406);
    let text = server.send("GET /v1/pets/7", &["Accept: text/plain, application/json;q=0.5"], "");
    assert_eq!(
        (text.header("content-type"), text.body.as_str()),
        (Some("text/plain"), "Rex")
    );
    let media = server.send("POST /v1/pets", &["Content-Type: text/csv"], "a");
    assert_eq!(
        (media.problem().0, media.header("accept")),
        (415, Some("application/json"))
    );
    let anonymous = server.raw(b"GET /v1/pets HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    let anonymous = Response::read(&anonymous);
    assert_eq!(anonymous.problem().0, 401);
    assert_eq!(
        anonymous.header("www-authenticate"),
        Some("ApiKey in=\"header\", name=\"X-Key\", Basic realm=\"mock\"")
    );
    let basic =
        server.raw(b"GET /v1/pets HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Basic eDp5\r\n\r\n");
    assert_eq!(Response::read(&basic).status, 200);
}

#[test]
fn parameters_and_bodies_are_checked_with_location_pointer_and_keyword() {
    let server = Server::pets();
    for (path, location, name, pointer, keyword) in [
        ("/v1/pets/none", "path", "id", "", "type"),
        ("/v1/pets?limit=0", "query", "limit", "", "minimum"),
        ("/v1/pets?tags=a,b,c,d", "query", "tags", "", "maxItems"),
        ("/v1/pets?kinds=dog&kinds=bird", "query", "kinds", "/1", "enum"),
        ("/v1/pets?filter[born]=never", "query", "filter", "/born", "format"),
        ("/v1/search", "query", "q", "", "required"),
    ] {
        let (status, errors) = server.get(path).problem();
        let error = &errors[0];
        let found = ["in", "name", "pointer", "keyword"].map(|key| error[key].as_str().unwrap_or_default());
        assert_eq!(
            (status, found),
            (400, [location, name, pointer, keyword]),
            "{path}: {errors}"
        );
    }
    for path in [
        "/v1/pets?limit=10&tags=a,b&kinds=dog&kinds=cat&filter[born]=2024-01-01&unknown=1",
        "/v1/pets?kinds=cat",
        "/v1/search?q=a%20b",
    ] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    let header = server.send("GET /v1/pets", &["X-Trace: short"], "");
    assert_eq!(header.problem().1[0]["in"], "header");
    for (body, pointer, keyword) in [
        ("{\"name\": 3}", "/name", "type"),
        ("{\"kind\": \"dog\"}", "", "required"),
        ("{\"name\": \"a\", \"owner\": {\"age\": -1}}", "/owner/age", "minimum"),
        ("{\"name\": ", "", "json"),
        ("", "", "required"),
    ] {
        let (_, errors) = server.add(body).problem();
        assert_eq!(
            (&errors[0]["pointer"], &errors[0]["keyword"]),
            (&json!(pointer), &json!(keyword)),
            "{body}: {errors}"
        );
        assert_eq!(errors[0]["in"], "body");
    }
    // The operation declares 422, and a body that is not JSON is malformed.
    assert_eq!(server.add("{\"name\": 3}").status, 422);
    assert_eq!(server.add("{").status, 400);
    assert_eq!(server.add("{\"name\": \"Rex\", \"secret\": \"s\"}").status, 201);
}

#[test]
fn forms_are_checked() {
    let server = Server::pets();
    let form = |body: &str| {
        server.send(
            "POST /v1/forms",
            &["Content-Type: application/x-www-form-urlencoded"],
            body,
        )
    };
    assert_eq!(form("age=3&tag=a&tag=b").status, 204);
    assert_eq!(form("age=3&tag[0]=a&owner[pets][]=1").status, 204);
    assert_eq!(form("age=3&owner[pets][]=x").problem().1[0]["pointer"], "/owner/pets/0");
    // An integer that is just below 64 bits.
    assert_eq!(form("age=3&id=-9223372036854775808").status, 204);
    assert_eq!(form("age=3&id=-9223372036854775809").problem().1[0]["pointer"], "/id");
    // One item without brackets, and a property that `additionalProperties` describes.
    assert_eq!(form("age=3&owner[pets]=1&owner[pets]=2").status, 204);
    assert_eq!(form("age=3&owner[pets]=x").problem().1[0]["pointer"], "/owner/pets/0");
    assert_eq!(form("age=3&prices[eur][amount]=1").status, 204);
    assert_eq!(form("age=3&prices[eur]=&owner[pets]=").status, 204);
    let wrong = form("age=3&prices[eur][amount]=x").problem().1;
    assert_eq!(wrong[0]["pointer"], "/prices/eur/amount");
    assert_eq!(form("age=x").problem().1[0]["pointer"], "/age");
    let part = |age: &str| {
        let body = format!("--b\r\nContent-Disposition: form-data; name=\"age\"\r\n\r\n{age}\r\n--b--\r\n");
        server.send(
            "POST /v1/forms",
            &["Content-Type: multipart/form-data; boundary=b"],
            &body,
        )
    };
    assert_eq!(part("3").status, 204);
    assert_eq!(part("x").problem().1[0]["pointer"], "/age");
    let empty = "--b\r\n--b--\r\n";
    let empty = server.send(
        "POST /v1/forms",
        &["Content-Type: multipart/form-data; boundary=b"],
        empty,
    );
    assert_eq!(empty.problem().1[0]["keyword"], "required");
    let broken = server.send("POST /v1/forms", &["Content-Type: multipart/form-data"], "x");
    assert_eq!(broken.problem().1[0]["keyword"], "multipart");
}

#[test]
fn values_of_requests_are_not_in_answers_and_not_in_the_log() {
    let server = Server::pets();
    let answers = [
        server
            .add("{\"name\": {\"a\": \"hidden\"}, \"owner\": \"hidden\"}")
            .body,
        server.get("/v1/pets?limit=hidden&kinds=hidden").body,
    ];
    let (_, messages) = server.end();
    let all = [answers.concat(), messages].concat();
    assert!(!all.contains("hidden") && all.contains("limit&kinds"), "{all}");
}

#[test]
fn without_validation_every_request_to_an_operation_is_answered() {
    let server = Server::start(PETS, &["--no-validate", "--quiet"]);
    let anonymous = server.raw(b"POST /v1/pets HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert_eq!(Response::read(&anonymous).status, 201);
    assert_eq!(server.get("/v1/pets/none?x=1").status, 200);
    assert_eq!(server.get("/v1/none").status, 404);
    assert_eq!(server.end().1, "");
}

#[test]
fn a_share_of_the_requests_fails() {
    let server = Server::start(PETS, &["--fail", "0.5", "--latency", "1-3"]);
    let statuses: Vec<u16> = (0..20).map(|_| server.get("/v1/pets").status).collect();
    let failed = statuses.iter().filter(|status| **status == 503).count();
    assert!((3..=17).contains(&failed), "{statuses:?}");
    assert!(
        statuses.iter().all(|status| [200, 503].contains(status)),
        "{statuses:?}"
    );
}

#[test]
fn paging_ends() {
    let server = Server::pets();
    assert_eq!(server.get("/v1/events").json()["next_page_token"], "two");
    let last = server.get("/v1/events?page_token=two").json();
    assert!(
        last.get("next_page_token").is_none() && last["events"].is_array(),
        "{last}"
    );
}

#[test]
fn large_and_broken_requests_are_rejected() {
    let server = Server::pets();
    let large = "x".repeat((10 << 20) + 1);
    assert_eq!(server.add(&large).problem().0, 413);
    let head = format!(
        "GET /v1/pets HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-A: {}\r\n\r\n",
        "x".repeat(1 << 20)
    );
    assert!(server.raw(head.as_bytes()).starts_with("HTTP/1.1 431"));
    assert!(server.raw(b"nonsense\r\n\r\n").starts_with("HTTP/1.1 400"));
    assert_eq!(server.get("/v1/pets").status, 200);
}

#[test]
fn the_server_ends_after_open_requests() {
    const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
    let mut server = Server::pets();
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream
        .write_all(b"POST /v1/pets HTTP/1.1\r\nHost: a\r\nX-Key: a\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n")
        .unwrap();
    // The server waits for the body.
    let mut interim = vec![0; CONTINUE.len()];
    stream.read_exact(&mut interim).unwrap();
    assert_eq!(interim, CONTINUE);
    server.interrupt();
    let mut line = String::new();
    while line.trim() != "ending" {
        line.clear();
        assert!(server.messages.read_line(&mut line).unwrap() > 0);
    }
    stream.write_all(b"{\"name\": \"Rex\"}").unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 201"), "{response}");
    assert!(server.process.wait().unwrap().success());
}

#[test]
fn a_port_that_is_in_use_and_a_broken_document_are_failures() {
    let server = Server::pets();
    let run = |document: &str, port: &str| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.yaml"), document).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_specwright"))
            .current_dir(folder.path())
            .args(["mock", "a.yaml", "--port", port])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let said = run(PETS, &server.address.port().to_string());
    assert!(
        said.contains("error: cannot listen on 127.0.0.1:") && said.contains("Use `--port`"),
        "{said}"
    );
    let said = run("openapi: 3.0.3\npaths: {", "0");
    assert!(said.contains("the document is not served"), "{said}");
}
