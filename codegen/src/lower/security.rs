//! Security schemes, and what operations need of them.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityRequirement, SecurityScheme as Scheme};

use super::Lowering;
use crate::{
    at::At,
    diagnostic::Code,
    document::MUTUAL_TLS,
    ir::{Flow, FlowKind, KeyLocation, Requirement, SchemeKind, SecurityScheme},
};

/// So many ways to combine the schemes of one requirement are told apart.
const MOST_ALTERNATIVES: usize = 32;

/// What is known of the document's security schemes.
#[derive(Default)]
pub(super) struct Schemes {
    /// Where the credentials of each go; `None` where that is not into the request.
    places: BTreeMap<String, Option<String>>,
    /// What was said already: a requirement that is wrong is wrong at every operation.
    reported: BTreeSet<String>,
}

impl<'d> Lowering<'d> {
    /// The security schemes, sorted by name.
    pub(super) fn schemes(&mut self) -> Vec<SecurityScheme> {
        let Some(components) = &self.openapi().components else {
            return Vec::new();
        };
        let at = At::ROOT.key("components");
        let at = at.key("securitySchemes");
        let all = &components.security_schemes;
        let mut schemes = Vec::new();
        for (name, scheme) in all {
            let found = self.follow("security scheme", "securitySchemes", Some(all), scheme, &at.key(name));
            let Some((scheme, pointer)) = found else { continue };
            let scheme = self.scheme(name, scheme, &At::of(&pointer));
            self.schemes.places.insert(name.clone(), place(&scheme.kind));
            schemes.push(scheme);
        }
        schemes.sort_by(|a, b| a.name.cmp(&b.name));
        schemes
    }

    fn scheme(&mut self, name: &str, scheme: &'d Scheme, at: &At<'_>) -> SecurityScheme {
        let docs = match scheme {
            Scheme::APIKey { description, .. }
            | Scheme::HTTP { description, .. }
            | Scheme::OAuth2 { description, .. }
            | Scheme::OpenIDConnect { description, .. } => description.clone().unwrap_or_default(),
        };
        let kind = kind(scheme);
        match &kind {
            SchemeKind::Key {
                location: KeyLocation::Header,
                name: header,
            } if !is_token(header) => {
                let message = format!("`{header}` is no name of a header");
                let help = "use letters, digits and dashes";
                self.error(Code::InvalidValue, &at.key("name"), message, help);
            }
            SchemeKind::Http(word) if !is_token(word) => {
                let message = format!("`{word}` is no name of an HTTP authentication scheme");
                let help = "write a name of the registry, such as `basic` or `bearer`";
                self.error(Code::InvalidValue, &at.key("scheme"), message, help);
            }
            SchemeKind::MutualTls => {
                let message =
                    format!("security scheme `{name}` asks for a client certificate, which no request carries");
                let help = "give the certificate to the transport of the client (`ClientBuilder::transport`)";
                self.warn(Code::Weakened, at, message, help);
            }
            _ => {}
        }
        SecurityScheme {
            name: name.to_owned(),
            docs,
            kind,
        }
    }

    /// What the document as a whole needs.
    pub(super) fn usual_requirement(&mut self) -> Requirement {
        let required = self.openapi().security.as_deref().unwrap_or_default();
        self.requirement(required, &At::ROOT.key("security"))
    }

    /// What an operation needs, where that is its own, and the scopes of it.
    pub(super) fn operation_security(
        &mut self,
        required: Option<&[SecurityRequirement]>,
        at: &At<'_>,
    ) -> (Option<Requirement>, Vec<(String, String)>) {
        let own = required.map(|required| self.requirement(required, &at.key("security")));
        let required = required.or(self.openapi().security.as_deref()).unwrap_or_default();
        let scopes = required
            .iter()
            .flatten()
            .flat_map(|(scheme, scopes)| scopes.iter().map(move |scope| (scheme.clone(), scope.clone())));
        let scopes: BTreeSet<(String, String)> = scopes.collect();
        let own = own.filter(|own| *own != self.requirement);
        (own, scopes.into_iter().collect())
    }

    fn requirement(&mut self, required: &[SecurityRequirement], at: &At<'_>) -> Requirement {
        let mut alternatives = Requirement::new();
        for (index, schemes) in required.iter().enumerate() {
            for alternative in self.alternatives(schemes, &at.index(index)) {
                if !alternatives.contains(&alternative) {
                    alternatives.push(alternative);
                }
            }
        }
        alternatives
    }

    /// One requirement; several where it wants two credentials in one place of the request, which holds one of them.
    fn alternatives(&mut self, schemes: &IndexMap<String, Vec<String>>, at: &At<'_>) -> Requirement {
        let mut by_place: IndexMap<String, Vec<&String>> = IndexMap::new();
        for name in schemes.keys() {
            match self.schemes.places.get(name) {
                Some(Some(place)) => by_place.entry(place.clone()).or_default().push(name),
                // Shown by the transport.
                Some(None) => {}
                None => {
                    by_place.entry(format!("scheme {name}")).or_default().push(name);
                    self.undeclared(name, at);
                }
            }
        }
        let mut alternatives = vec![Vec::new()];
        for (place, names) in &by_place {
            if names.len() > 1 {
                self.one_place(place, names, at);
            }
            alternatives = names
                .iter()
                .flat_map(|name| {
                    let with = |alternative: &Vec<String>| [alternative.as_slice(), &[(*name).clone()]].concat();
                    alternatives.iter().map(with).collect::<Requirement>()
                })
                .take(MOST_ALTERNATIVES)
                .collect();
        }
        alternatives
    }

    fn undeclared(&mut self, name: &str, at: &At<'_>) {
        let here = At::ROOT.key("components");
        let here = here.key("securitySchemes");
        // One that is there and could not be read has been reported.
        let is_there = self.document.source.root.at(&here.key(name).pointer()).is_some();
        if !is_there && self.schemes.reported.insert(name.to_owned()) {
            let message = format!("there is no security scheme `{name}`: what it means is for the caller to know");
            let help = "declare it in `components/securitySchemes`";
            self.warn(Code::Weakened, &at.key(name), message, help);
        }
    }

    fn one_place(&mut self, place: &str, names: &[&String], at: &At<'_>) {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let quoted = quoted.join(" and ");
        if self.schemes.reported.insert(quoted.clone()) {
            let message = format!("{quoted} both go into the {place}, which holds one: one of them is enough");
            let help = "write them as two requirements, of which either is enough";
            self.warn(Code::Weakened, at, message, help);
        }
    }
}

/// Where the credentials of a scheme go.
fn place(kind: &SchemeKind) -> Option<String> {
    match kind {
        SchemeKind::Key { location, name } => Some(match location {
            KeyLocation::Header => format!("header `{}`", name.to_ascii_lowercase()),
            KeyLocation::Query => format!("query parameter `{name}`"),
            KeyLocation::Cookie => format!("cookie `{name}`"),
        }),
        SchemeKind::Basic
        | SchemeKind::Bearer
        | SchemeKind::Http(_)
        | SchemeKind::OAuth2(_)
        | SchemeKind::OpenIdConnect(_) => Some("header `authorization`".to_owned()),
        SchemeKind::MutualTls => None,
    }
}

fn kind(scheme: &Scheme) -> SchemeKind {
    match scheme {
        Scheme::APIKey { location, name, .. } => SchemeKind::Key {
            location: match location {
                APIKeyLocation::Query => KeyLocation::Query,
                APIKeyLocation::Header => KeyLocation::Header,
                APIKeyLocation::Cookie => KeyLocation::Cookie,
            },
            name: name.clone(),
        },
        Scheme::HTTP { scheme, .. } if scheme == MUTUAL_TLS => SchemeKind::MutualTls,
        // Their names have no case (RFC 9110, 11.1).
        Scheme::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "basic" => SchemeKind::Basic,
            "bearer" => SchemeKind::Bearer,
            _ => SchemeKind::Http(scheme.clone()),
        },
        Scheme::OAuth2 { flows, .. } => SchemeKind::OAuth2(oauth2(flows)),
        Scheme::OpenIDConnect {
            open_id_connect_url, ..
        } => SchemeKind::OpenIdConnect(open_id_connect_url.clone()),
    }
}

fn oauth2(flows: &OAuth2Flows) -> Vec<Flow> {
    let scopes = |scopes: &IndexMap<String, String>| -> Vec<(String, String)> {
        scopes.iter().map(|(name, docs)| (name.clone(), docs.clone())).collect()
    };
    let client_credentials = flows.client_credentials.as_ref().map(|flow| Flow {
        kind: FlowKind::ClientCredentials,
        authorization_url: None,
        token_url: Some(flow.token_url.clone()),
        scopes: scopes(&flow.scopes),
    });
    let authorization_code = flows.authorization_code.as_ref().map(|flow| Flow {
        kind: FlowKind::AuthorizationCode,
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: Some(flow.token_url.clone()),
        scopes: scopes(&flow.scopes),
    });
    let password = flows.password.as_ref().map(|flow| Flow {
        kind: FlowKind::Password,
        authorization_url: None,
        token_url: Some(flow.token_url.clone()),
        scopes: scopes(&flow.scopes),
    });
    let implicit = flows.implicit.as_ref().map(|flow| Flow {
        kind: FlowKind::Implicit,
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: None,
        scopes: scopes(&flow.scopes),
    });
    let flows = [client_credentials, authorization_code, password, implicit];
    flows.into_iter().flatten().collect()
}

/// Whether a text can be the name of a header: a token of RFC 9110.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_token;

    #[test]
    fn header_names_are_tokens() {
        assert!(is_token("X-Request-Id"));
        assert!(!is_token("X-A\r\nX-Evil: 1") && !is_token(""));
    }
}
