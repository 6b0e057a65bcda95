//! The parts of an effective document that a server needs, in the order of the document.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// Names of security schemes that are required together.
pub(super) type Requirement = IndexMap<String, Vec<String>>;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Document {
    pub(super) servers: Vec<Server>,
    pub(super) security: Vec<Requirement>,
    pub(super) paths: IndexMap<String, PathItem>,
    pub(super) components: Components,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Components {
    pub(super) schemas: Value,
    parameters: IndexMap<String, Parameter>,
    request_bodies: IndexMap<String, RequestBody>,
    responses: IndexMap<String, Response>,
    headers: IndexMap<String, Header>,
    examples: IndexMap<String, Example>,
    pub(super) security_schemes: IndexMap<String, SecurityScheme>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Server {
    pub(super) url: String,
    pub(super) variables: IndexMap<String, ServerVariable>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ServerVariable {
    pub(super) default: Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct PathItem {
    pub(super) servers: Vec<Server>,
    pub(super) parameters: Vec<Parameter>,
    get: Option<Operation>,
    put: Option<Operation>,
    post: Option<Operation>,
    delete: Option<Operation>,
    options: Option<Operation>,
    head: Option<Operation>,
    patch: Option<Operation>,
    trace: Option<Operation>,
    query: Option<Operation>,
    additional_operations: IndexMap<String, Operation>,
}

impl PathItem {
    /// Returns the methods and their operations.
    pub(super) fn operations(&self) -> impl Iterator<Item = (&str, &Operation)> {
        let known = [
            ("GET", &self.get),
            ("PUT", &self.put),
            ("POST", &self.post),
            ("DELETE", &self.delete),
            ("OPTIONS", &self.options),
            ("HEAD", &self.head),
            ("PATCH", &self.patch),
            ("TRACE", &self.trace),
            ("QUERY", &self.query),
        ];
        let known = known
            .into_iter()
            .filter_map(|(method, operation)| Some((method, operation.as_ref()?)));
        let others = self.additional_operations.iter();
        known.chain(others.map(|(method, operation)| (method.as_str(), operation)))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Operation {
    #[serde(rename = "operationId")]
    pub(super) id: Option<String>,
    pub(super) servers: Vec<Server>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) request_body: Option<RequestBody>,
    pub(super) responses: IndexMap<String, Response>,
    pub(super) security: Option<Vec<Requirement>>,
    #[serde(rename = "x-client-paging")]
    pub(super) paging: Value,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Parameter {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    pub(super) name: String,
    #[serde(rename = "in")]
    pub(super) location: String,
    pub(super) required: bool,
    pub(super) style: Option<String>,
    pub(super) explode: Option<bool>,
    pub(super) allow_empty_value: bool,
    pub(super) schema: Option<Value>,
    pub(super) content: IndexMap<String, MediaType>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RequestBody {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    pub(super) required: bool,
    pub(super) content: IndexMap<String, MediaType>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Response {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    pub(super) headers: IndexMap<String, Header>,
    pub(super) content: IndexMap<String, MediaType>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Header {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    pub(super) schema: Option<Value>,
    pub(super) content: IndexMap<String, MediaType>,
    pub(super) example: Option<Value>,
    pub(super) examples: IndexMap<String, Example>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct MediaType {
    pub(super) schema: Option<Value>,
    pub(super) item_schema: Option<Value>,
    pub(super) example: Option<Value>,
    pub(super) examples: IndexMap<String, Example>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Example {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    value: Option<Value>,
    data_value: Option<Value>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct SecurityScheme {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(rename = "in")]
    pub(super) location: String,
    pub(super) name: String,
    pub(super) scheme: String,
}

/// Reads the JSON text of an effective document.
pub(super) fn read(text: &str) -> Result<Document, serde_json::Error> {
    serde_json::from_str(text)
}

/// A part of a document that can be a reference to a component.
trait Part: Sized + Clone + 'static {
    fn reference(&self) -> Option<&str>;
    fn section(components: &Components) -> &IndexMap<String, Self>;
}

macro_rules! parts {
    ($($part:ty: $section:ident),*) => {
        $(impl Part for $part {
            fn reference(&self) -> Option<&str> {
                self.reference.as_deref()
            }

            fn section(components: &Components) -> &IndexMap<String, Self> {
                &components.$section
            }
        })*
    };
}

parts!(
    Parameter: parameters,
    RequestBody: request_bodies,
    Response: responses,
    Header: headers,
    Example: examples,
    SecurityScheme: security_schemes
);

impl Components {
    /// Follows the references of a part. A reference to nothing is the part itself.
    fn resolve<'d, T: Part>(&'d self, mut part: &'d T) -> &'d T {
        const MAX_REFERENCES: usize = 32;
        for _ in 0..MAX_REFERENCES {
            let name = part.reference().and_then(|reference| reference.rsplit('/').next());
            let name = name.map(|name| name.replace("~1", "/").replace("~0", "~"));
            match name.and_then(|name| T::section(self).get(&name)) {
                Some(target) => part = target,
                None => break,
            }
        }
        part
    }

    pub(super) fn parameter<'d>(&'d self, part: &'d Parameter) -> &'d Parameter {
        self.resolve(part)
    }

    pub(super) fn request_body<'d>(&'d self, part: &'d RequestBody) -> &'d RequestBody {
        self.resolve(part)
    }

    pub(super) fn response<'d>(&'d self, part: &'d Response) -> &'d Response {
        self.resolve(part)
    }

    pub(super) fn header<'d>(&'d self, part: &'d Header) -> &'d Header {
        self.resolve(part)
    }

    pub(super) fn security_scheme(&self, name: &str) -> Option<&SecurityScheme> {
        Some(self.resolve(self.security_schemes.get(name)?))
    }

    /// Returns the value of an example.
    pub(super) fn example<'d>(&'d self, part: &'d Example) -> Option<&'d Value> {
        let example = self.resolve(part);
        example.value.as_ref().or(example.data_value.as_ref())
    }
}
