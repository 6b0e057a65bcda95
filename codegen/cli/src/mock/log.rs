//! One line for each request. It contains no values of the query, no header fields and no bodies.

use std::time::Duration;

use super::answer::{Answer, Asked};
use crate::output::printable;

/// Returns the line of a request.
pub(super) fn line(asked: &Asked, answer: &Answer, took: Duration) -> String {
    let operation = answer
        .operation
        .as_ref()
        .map_or_else(String::new, |name| format!(" {name}"));
    let reason = answer
        .reason
        .as_ref()
        .map_or_else(String::new, |reason| format!(": {reason}"));
    let names: Vec<String> = asked.pairs().into_iter().map(|(name, _)| name).collect();
    let query = if names.is_empty() {
        String::new()
    } else {
        format!("?{}", names.join("&"))
    };
    let millis = took.as_secs_f64() * 1000.0;
    printable(&format!(
        "{} {}{query} {}{operation} {millis:.1} ms{reason}",
        asked.method, asked.path, answer.status
    ))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Answer, Asked, line};

    #[test]
    fn values_of_the_query_are_not_logged() {
        let asked = Asked {
            method: "GET".to_owned(),
            path: "/pets".to_owned(),
            query: "token=secret&limit=1".to_owned(),
            headers: vec![("authorization".to_owned(), "Bearer secret".to_owned())],
            ..Asked::default()
        };
        let answer = Answer {
            status: 200,
            operation: Some("listPets".to_owned()),
            ..Answer::default()
        };
        let line = line(&asked, &answer, Duration::from_micros(1500));
        assert_eq!(line, "GET /pets?token&limit 200 listPets 1.5 ms");
    }
}
