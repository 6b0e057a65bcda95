//! Security schemes, and what operations need of them.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityRequirement, SecurityScheme as Scheme};

use crate::{
    at::At,
    diagnostic::Code,
    document::{Document, MUTUAL_TLS},
    ir::{Flow, FlowKind, KeyLocation, Origin, Requirement, SchemeKind, SecurityScheme},
    lower::{follow::Section, report::Report, token::is_token},
};

/// Maximum number of combinations of the schemes of one requirement.
const MAX_ALTERNATIVES: usize = 32;

/// What is known of the document's security schemes.
pub(in crate::lower) struct Schemes<'d> {
    document: &'d Document,
    /// What an operation needs that declares nothing itself.
    default: Requirement,
    /// Where the credentials of each go; `None` where that is not into the request.
    places: BTreeMap<String, Option<String>>,
    /// What is reported already: an invalid requirement is invalid at every operation.
    reported: BTreeSet<String>,
}

impl<'d> Schemes<'d> {
    pub(in crate::lower) fn new(document: &'d Document) -> Self {
        Self {
            document,
            default: Requirement::new(),
            places: BTreeMap::new(),
            reported: BTreeSet::new(),
        }
    }

    /// The security schemes, sorted by name.
    pub(in crate::lower) fn lower(&mut self, report: &mut Report<'_>) -> Vec<SecurityScheme> {
        let Some(components) = &self.document.openapi.components else {
            return Vec::new();
        };
        let at = At::of("/components/securitySchemes");
        let all = &components.security_schemes;
        let section = Section {
            kind: "security scheme",
            name: "securitySchemes",
            components: Some(all),
        };
        let mut schemes = Vec::new();
        for (name, scheme) in all {
            let found = section.follow(scheme, &at.key(name), report);
            let Some((scheme, pointer)) = found else { continue };
            let scheme = lower_scheme(name, scheme, &At::of(&pointer), report);
            self.places.insert(name.clone(), place(&scheme.kind));
            schemes.push(scheme);
        }
        schemes.sort_by(|a, b| a.name.cmp(&b.name));
        schemes
    }

    /// What the document as a whole needs.
    pub(in crate::lower) fn default_requirement(&mut self, report: &mut Report<'_>) -> Requirement {
        let required = self.document.openapi.security.as_deref().unwrap_or_default();
        self.default = self.requirement(required, &At::ROOT.key("security"), report);
        self.default.clone()
    }

    /// What an operation needs, where that is its own, and the scopes of it.
    pub(in crate::lower) fn of_operation(
        &mut self,
        required: Option<&[SecurityRequirement]>,
        at: &At<'_>,
        report: &mut Report<'_>,
    ) -> (Option<Requirement>, Vec<(String, String)>) {
        let own = required.map(|required| self.requirement(required, &at.key("security"), report));
        let required = required
            .or(self.document.openapi.security.as_deref())
            .unwrap_or_default();
        let scopes = required
            .iter()
            .flatten()
            .flat_map(|(scheme, scopes)| scopes.iter().map(move |scope| (scheme.clone(), scope.clone())));
        let scopes: BTreeSet<(String, String)> = scopes.collect();
        let own = own.filter(|own| *own != self.default);
        (own, scopes.into_iter().collect())
    }

    fn requirement(&mut self, required: &[SecurityRequirement], at: &At<'_>, report: &mut Report<'_>) -> Requirement {
        let mut alternatives = Requirement::new();
        for (index, schemes) in required.iter().enumerate() {
            for alternative in self.alternatives(schemes, &at.index(index), report) {
                if !alternatives.contains(&alternative) {
                    alternatives.push(alternative);
                }
            }
        }
        alternatives
    }

    /// One requirement; several where it wants two credentials in one place of the request, which holds one of them.
    fn alternatives(
        &mut self,
        schemes: &IndexMap<String, Vec<String>>,
        at: &At<'_>,
        report: &mut Report<'_>,
    ) -> Requirement {
        // The order of the schemes has no meaning.
        let mut names: Vec<&String> = schemes.keys().collect();
        names.sort_unstable();
        let mut by_place: IndexMap<String, Vec<&String>> = IndexMap::new();
        for name in names {
            match self.places.get(name) {
                Some(Some(place)) => by_place.entry(place.clone()).or_default().push(name),
                // Shown by the transport.
                Some(None) => {}
                None => {
                    by_place.entry(format!("scheme {name}")).or_default().push(name);
                    self.undeclared(name, at, report);
                }
            }
        }
        let mut alternatives = vec![Vec::new()];
        let mut is_cut = false;
        for (place, names) in &by_place {
            if names.len() > 1 {
                self.one_place(place, names, at, report);
            }
            is_cut |= names.len() * alternatives.len() > MAX_ALTERNATIVES;
            alternatives = names
                .iter()
                .flat_map(|name| {
                    let with = |alternative: &Vec<String>| [alternative.as_slice(), &[(*name).clone()]].concat();
                    alternatives.iter().map(with).collect::<Requirement>()
                })
                .take(MAX_ALTERNATIVES)
                .collect();
        }
        if is_cut {
            too_many_alternatives(at, report);
        }
        for alternative in &mut alternatives {
            alternative.sort_unstable();
        }
        alternatives
    }

    fn undeclared(&mut self, name: &str, at: &At<'_>, report: &mut Report<'_>) {
        let here = At::ROOT.key("components");
        let here = here.key("securitySchemes");
        // One that is there and could not be read has been reported.
        let is_there = self.document.source.root.at(&here.key(name).pointer()).is_some();
        if !is_there && self.reported.insert(name.to_owned()) {
            let message = format!("security scheme `{name}` is not defined in `components.securitySchemes`");
            let help = "declare it in `components.securitySchemes`";
            report.warn(Code::Weakened, &at.key(name), message, help);
        }
    }

    fn one_place(&mut self, place: &str, names: &[&String], at: &At<'_>, report: &mut Report<'_>) {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let quoted = quoted.join(" and ");
        if self.reported.insert(quoted.clone()) {
            let message =
                format!("{quoted} use the same {place}, which holds only one value: one of them is sufficient");
            let help = "write them as alternative requirements";
            report.warn(Code::Weakened, at, message, help);
        }
    }
}

fn too_many_alternatives(at: &At<'_>, report: &mut Report<'_>) {
    let message = format!(
        "the schemes of this requirement have more than {MAX_ALTERNATIVES} combinations: the others are ignored"
    );
    let help = "write each combination that the server accepts as a separate requirement";
    report.warn(Code::Weakened, at, message, help);
}

fn lower_scheme(name: &str, scheme: &Scheme, at: &At<'_>, report: &mut Report<'_>) -> SecurityScheme {
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
            let message = format!("`{header}` is not a valid header name");
            let help = "use letters, digits and dashes";
            report.error(Code::InvalidValue, &at.key("name"), message, help);
        }
        SchemeKind::Http(word) if !is_token(word) => {
            let message = format!("`{word}` is not a valid name of an HTTP authentication scheme");
            let help = "use a registered name, such as `basic` or `bearer`";
            report.error(Code::InvalidValue, &at.key("scheme"), message, help);
        }
        SchemeKind::MutualTls => {
            let message = format!(
                "security scheme `{name}` requires a client certificate, which is not a part of a \
                request"
            );
            let help = "set the certificate on the client (`ClientBuilder::identity`)";
            report.warn(Code::Weakened, at, message, help);
        }
        _ => {}
    }
    SecurityScheme {
        name: name.to_owned(),
        docs,
        kind,
        origin: Origin::At(at.pointer().into()),
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
        Scheme::HTTP { extensions, .. } if extensions.contains_key(MUTUAL_TLS) => SchemeKind::MutualTls,
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
        let sorted: BTreeMap<&String, &String> = scopes.iter().collect();
        sorted
            .into_iter()
            .map(|(name, docs)| (name.clone(), docs.clone()))
            .collect()
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
