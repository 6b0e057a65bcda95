//! Checks that a request has credentials. Any credentials are accepted.

use super::{answer::Asked, document::SecurityScheme, operation::Operation, problem::Problem};

/// Returns a problem if no alternative of the operation has all its credentials.
pub(super) fn check(operation: &Operation, asked: &Asked) -> Result<(), Problem> {
    let mut alternatives = operation.security.iter();
    let is_present = |schemes: &Vec<SecurityScheme>| schemes.iter().all(|scheme| has(scheme, asked));
    if operation.security.is_empty() || alternatives.any(is_present) {
        return Ok(());
    }
    let challenges = operation.security.iter().map(|schemes| {
        let mut challenges: Vec<String> = schemes.iter().map(challenge).collect();
        challenges.dedup();
        challenges.join(" and ")
    });
    Err(Problem::unauthorized(&challenges.collect::<Vec<_>>()))
}

fn has(scheme: &SecurityScheme, asked: &Asked) -> bool {
    let authorization = |wanted: &str| {
        let field = asked.header("authorization").unwrap_or_default();
        let (scheme, credentials) = field.split_once(' ').unwrap_or((field, ""));
        scheme.eq_ignore_ascii_case(wanted) && !credentials.trim().is_empty()
    };
    match scheme.kind.as_str() {
        "apiKey" => match scheme.location.as_str() {
            "query" => asked
                .pairs()
                .iter()
                .any(|(name, value)| *name == scheme.name && !value.is_empty()),
            "cookie" => asked.cookie(&scheme.name).is_some_and(|value| !value.is_empty()),
            _ => asked
                .header(&scheme.name.to_ascii_lowercase())
                .is_some_and(|value| !value.is_empty()),
        },
        "http" => authorization(&scheme.scheme),
        "oauth2" | "openIdConnect" => authorization("bearer"),
        // Certificates belong to the connection.
        _ => true,
    }
}

fn challenge(scheme: &SecurityScheme) -> String {
    let plain = |text: &str| text.replace(['"', '\\'], "");
    match scheme.kind.as_str() {
        "apiKey" => format!(
            "ApiKey in=\"{}\", name=\"{}\"",
            plain(&scheme.location),
            plain(&scheme.name)
        ),
        "http" if scheme.scheme.eq_ignore_ascii_case("basic") => "Basic realm=\"mock\"".to_owned(),
        "http" if !scheme.scheme.eq_ignore_ascii_case("bearer") => format!("{} realm=\"mock\"", scheme.scheme),
        _ => "Bearer realm=\"mock\"".to_owned(),
    }
}
