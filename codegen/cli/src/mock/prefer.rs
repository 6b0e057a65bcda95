//! The header `Prefer` (RFC 7240).

use super::{answer::Asked, problem::Problem};

/// The preferences of a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Prefer {
    /// The status of the response.
    pub(super) code: Option<u16>,
    /// The name of the example.
    pub(super) example: Option<String>,
    /// Whether examples are ignored and each response has other values.
    pub(super) is_dynamic: bool,
}

impl Prefer {
    pub(super) fn of(asked: &Asked) -> Result<Self, Problem> {
        let mut prefer = Self::default();
        let preferences = asked.all("prefer").flat_map(|field| field.split(','));
        for preference in preferences {
            let preference = preference.split(';').next().unwrap_or_default();
            let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => {
                    let code = value.parse().ok().filter(|code| (200..600).contains(code));
                    let detail = || "`code` in `Prefer` is not a status from 200 to 599".to_owned();
                    prefer.code = Some(code.ok_or_else(|| Problem::prefer(detail()))?);
                }
                "example" => prefer.example = Some(value.to_owned()),
                "dynamic" => prefer.is_dynamic = value.is_empty() || value.eq_ignore_ascii_case("true"),
                _ => {}
            }
        }
        Ok(prefer)
    }

    /// Returns the value of `Preference-Applied`.
    pub(super) fn applied(&self) -> Option<String> {
        let code = self.code.map(|code| format!("code={code}"));
        let example = self.example.as_ref().map(|name| format!("example=\"{name}\""));
        let dynamic = self.is_dynamic.then(|| "dynamic=true".to_owned());
        let applied: Vec<String> = [code, example, dynamic].into_iter().flatten().collect();
        (!applied.is_empty()).then(|| applied.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Prefer};

    fn prefer(text: &str) -> Option<Prefer> {
        let asked = Asked {
            headers: vec![("prefer".to_owned(), text.to_owned())],
            ..Asked::default()
        };
        Prefer::of(&asked).ok()
    }

    #[test]
    fn preferences_are_read() {
        let found = prefer("code=404, example=\"a dog\"; x=1, respond-async").unwrap_or_default();
        assert_eq!(
            (found.code, found.example.as_deref(), found.is_dynamic),
            (Some(404), Some("a dog"), false)
        );
        assert_eq!(found.applied().as_deref(), Some("code=404, example=\"a dog\""));
        assert!(prefer("dynamic").is_some_and(|found| found.is_dynamic));
        assert_eq!(prefer("code=abc"), None);
    }
}
