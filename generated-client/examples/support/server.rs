//! The answers of a tenant for the example: a server on this machine that knows five requests.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

const OWNERS: &str = r#"{"list": [
    {"id": "2Qd3ZbAdaLovelaceUserId0001", "displayName": "Ada Lovelace", "email": "ada@example.com", "status": "ENABLED"},
    {"id": "2Qd3ZbAlanTuringUserId00002", "displayName": "Alan Turing", "email": null, "status": "DISABLED"}
], "nextPageToken": ""}"#;

const FOUND: &str = r#"{"list": [{
    "appEntitlement": {"id": "2Qd3ZdWikiReadersPermission", "appId": "2Qd3ZaQx5pUHhLRe9uGeNf8jQbT"},
    "appPath": "$.expanded[0]"
}], "expanded": [
    {"@type": "type.googleapis.com/c1.api.app.v1.App", "id": "2Qd3ZaQx5pUHhLRe9uGeNf8jQbT", "displayName": "Wiki"}
], "nextPageToken": ""}"#;

const CREATED: &str = r#"{"appEntitlementView": {"appEntitlement": {
    "id": "2Qd3ZdWikiEditorsPermission", "appId": "2Qd3ZaQx5pUHhLRe9uGeNf8jQbT", "displayName": "Wiki editors",
    "durationGrant": "3600s", "grantCount": "0", "createdAt": "2026-01-02T03:04:05Z", "deletedAt": null
}, "appPath": ""}, "expanded": []}"#;

const NOT_FOUND: &str = r#"{"code": 5, "message": "app entitlement not found"}"#;

/// Starts the server on a free port and returns its URL; it runs until the program ends.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for (number, stream) in (1..).zip(listener.incoming()) {
            // A request that cannot be read or answered is the client's to report.
            _ = stream.and_then(|stream| serve(&stream, number));
        }
    });
    Ok(url)
}

fn serve(mut stream: &TcpStream, number: usize) -> io::Result<()> {
    let request = request_line(stream)?;
    let (status, body) = answer(&request);
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-type: application/json\r\n"
    )?;
    write!(
        stream,
        "c1-trace-id: example-{number}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// The first line of a request, once all of it has come.
fn request_line(stream: &TcpStream) -> io::Result<String> {
    let mut stream = BufReader::new(stream.take(64 << 10));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && stream.read_line(&mut head)? > 0 {}
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    io::copy(&mut stream.take(length.unwrap_or(0)), &mut io::sink())?;
    Ok(head.lines().next().unwrap_or_default().to_owned())
}

fn answer(request: &str) -> (&'static str, &'static str) {
    let mut words = request.split([' ', '?']);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match method {
        "GET" if path.ends_with("/owners") => ("200 OK", OWNERS),
        "POST" if path.contains("/owners/") => ("200 OK", "{}"),
        "POST" if path == "/api/v1/search/entitlements" => ("200 OK", FOUND),
        "POST" if path.ends_with("/entitlements") => ("200 OK", CREATED),
        _ => ("404 Not Found", NOT_FOUND),
    }
}
