//! Reads and checks the parameters of a request.

use serde_json::{Map, Value};

use super::{
    answer::{Asked, decoded},
    operation::{Operation, Parameter},
    problem::PartError,
    schemas::Schemas,
    shape::{Shape, scalars},
};

/// Returns the errors of the parameters of a request.
pub(super) fn check(
    operation: &Operation,
    variables: &[(String, String)],
    asked: &Asked,
    schemas: &Schemas,
) -> Vec<PartError> {
    let pairs = asked.pairs();
    let mut errors = Vec::new();
    for parameter in &operation.parameters {
        let declared = &parameter.declared;
        let (location, name) = (declared.location.as_str(), declared.name.as_str());
        // OpenAPI: header parameters of these names are ignored.
        if location == "header" && ["accept", "content-type", "authorization"].contains(&&*name.to_ascii_lowercase()) {
            continue;
        }
        let reader = Reader { parameter, schemas };
        let candidates = match location {
            "path" => variables
                .iter()
                .find(|(other, _)| other == name)
                .map(|(_, value)| reader.in_path(value)),
            "query" => reader.in_query(&pairs, &operation.parameters),
            "header" => reader.in_header(asked),
            "cookie" => asked.cookie(name).map(|value| reader.delimited(&decoded(value), ',')),
            _ => continue,
        };
        match candidates {
            None if declared.required => {
                errors.push(PartError::new(location, name, "required", "the parameter is missing"));
            }
            None => {}
            Some(candidates) => errors.extend(reader.judged(&candidates)),
        }
    }
    errors
}

/// The values that the string of a parameter can mean, the most probable first.
type Candidates = Vec<Value>;

struct Reader<'p> {
    parameter: &'p Parameter,
    schemas: &'p Schemas,
}

impl Reader<'_> {
    /// Returns the errors of the first candidate, unless one of them is valid.
    fn judged(&self, candidates: &[Value]) -> Vec<PartError> {
        let declared = &self.parameter.declared;
        let Some(schema) = self.parameter.schema else {
            return Vec::new();
        };
        let is_empty = |value: &Value| value.as_str() == Some("");
        if declared.allow_empty_value && candidates.iter().any(is_empty)
            || candidates
                .iter()
                .any(|candidate| self.schemas.is_valid(schema, candidate))
        {
            return Vec::new();
        }
        let errors = candidates.first().map(|first| self.schemas.errors(schema, first));
        let errors = errors.into_iter().flatten();
        errors
            .map(|invalid| PartError::of(&declared.location, &declared.name, invalid))
            .collect()
    }

    fn style(&self, default: &'static str) -> (&str, bool) {
        let style = self.parameter.declared.style.as_deref().unwrap_or(default);
        let explodes = self
            .parameter
            .declared
            .explode
            .unwrap_or(style == "form" || style == "cookie");
        (style, explodes)
    }

    fn in_path(&self, text: &str) -> Candidates {
        let name = self.parameter.declared.name.as_str();
        match self.style("simple") {
            ("label", explodes) => {
                let text = text.strip_prefix('.').unwrap_or(text);
                self.delimited(text, if explodes { '.' } else { ',' })
            }
            ("matrix", true) => {
                let pairs = text.split(';').filter_map(|pair| pair.split_once('='));
                let pairs: Vec<(String, String)> =
                    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                self.exploded(&pairs, &|_| true)
                    .unwrap_or_else(|| vec![Value::from(text)])
            }
            ("matrix", false) => {
                let value = text.strip_prefix(&format!(";{name}="));
                self.delimited(value.unwrap_or(text), ',')
            }
            _ => self.delimited(text, ','),
        }
    }

    fn in_header(&self, asked: &Asked) -> Option<Candidates> {
        let name = self.parameter.declared.name.to_ascii_lowercase();
        let fields: Vec<&str> = asked.all(&name).collect();
        (!fields.is_empty()).then(|| self.delimited(&fields.join(","), ','))
    }

    fn in_query(&self, pairs: &[(String, String)], all: &[Parameter]) -> Option<Candidates> {
        let name = self.parameter.declared.name.as_str();
        let first = || {
            pairs
                .iter()
                .find(|(other, _)| other == name)
                .map(|(_, value)| value.as_str())
        };
        if self.parameter.is_json {
            return first().map(|text| self.delimited(text, ','));
        }
        match self.style("form") {
            ("deepObject", _) => self.deep(pairs),
            ("form", true) => {
                let is_own = |other: &str| {
                    let others = all.iter().map(|parameter| &parameter.declared);
                    other == name || !others.into_iter().any(|parameter| parameter.name == other)
                };
                self.exploded(pairs, &is_own)
            }
            ("spaceDelimited" | "ssv", false) => first().map(|text| self.delimited(text, ' ')),
            ("pipeDelimited" | "pipes", false) => first().map(|text| self.delimited(text, '|')),
            ("tsv", false) => first().map(|text| self.delimited(text, '\t')),
            (_, false) => first().map(|text| self.delimited(text, ',')),
            (_, true) => self.exploded(pairs, &|other| other == name),
        }
    }

    /// Reads values that have a pair each.
    fn exploded(&self, pairs: &[(String, String)], is_own: &dyn Fn(&str) -> bool) -> Option<Candidates> {
        let name = self.parameter.declared.name.as_str();
        let named = || {
            pairs
                .iter()
                .filter(|(other, _)| other == name || *other == format!("{name}[]"))
        };
        let shape = self.shape();
        let values: Vec<&str> = named().map(|(_, value)| value.as_str()).collect();
        let mut candidates = Vec::new();
        if shape.is_object {
            let is_declared = |other: &String| shape.has(other) || shape.is_open && is_own(other) && other != name;
            let members = pairs.iter().filter(|(other, _)| is_declared(other));
            let object: Map<String, Value> = members
                .map(|(other, value)| (other.clone(), self.scalar(shape.property(other), value)))
                .collect();
            if !object.is_empty() {
                candidates.push(Value::Object(object));
            }
        }
        if shape.is_array && !values.is_empty() {
            candidates.extend(self.arrays(&shape, &values));
        }
        if let [value] = values.as_slice()
            && (shape.is_scalar() || candidates.is_empty())
        {
            candidates.extend(self.scalars(self.schema(), value));
        }
        (!candidates.is_empty() || !values.is_empty()).then(|| {
            candidates.extend(
                values
                    .first()
                    .filter(|_| candidates.is_empty())
                    .map(|value| Value::from(*value)),
            );
            candidates
        })
    }

    /// Reads a value with all its parts in one text.
    fn delimited(&self, text: &str, delimiter: char) -> Candidates {
        if self.parameter.is_json {
            return vec![serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))];
        }
        let shape = self.shape();
        let parts: Vec<&str> = text.split(delimiter).collect();
        let mut candidates = Vec::new();
        if shape.is_array {
            candidates.extend(self.arrays(&shape, &parts));
        }
        if shape.is_object {
            let (_, explodes) = self.style("simple");
            let pairs: Vec<(&str, &str)> = if explodes {
                parts.iter().filter_map(|part| part.split_once('=')).collect()
            } else {
                let pairs = parts.chunks(2);
                pairs.filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
            };
            let members = pairs.into_iter();
            let members = members.map(|(name, value)| (name.to_owned(), self.scalar(shape.property(name), value)));
            candidates.push(Value::Object(members.collect()));
        }
        if shape.is_scalar() || candidates.is_empty() {
            candidates.extend(self.scalars(self.schema(), text));
        }
        candidates
    }

    /// An empty text is an array with an empty string, or an empty array.
    fn arrays(&self, shape: &Shape<'_>, parts: &[&str]) -> Candidates {
        let items = shape.items;
        let array = Value::Array(parts.iter().map(|part| self.scalar(items, part)).collect());
        let empty = (parts == [""]).then(|| Value::Array(Vec::new()));
        [Some(array), empty].into_iter().flatten().collect()
    }

    /// Reads `name[a][b]=value`.
    fn deep(&self, pairs: &[(String, String)]) -> Option<Candidates> {
        let name = self.parameter.declared.name.as_str();
        let mut object = Map::new();
        for (other, value) in pairs {
            let Some(path) = other
                .strip_prefix(name)
                .and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']'))
            else {
                continue;
            };
            let keys: Vec<&str> = path.split("][").collect();
            self.insert(&mut object, &keys, value, self.schema());
        }
        (!object.is_empty()).then(|| vec![Value::Object(object)])
    }

    fn insert(&self, object: &mut Map<String, Value>, keys: &[&str], value: &str, schema: Option<&Value>) {
        let shape = self.shape_of(schema);
        match keys {
            [] => {}
            [key] => {
                let property = shape.property(key);
                let inner = self.shape_of(property);
                let old = object.remove(*key);
                let new = match (inner.is_array, old) {
                    (true, Some(Value::Array(mut elements))) => {
                        elements.push(self.scalar(inner.items, value));
                        Value::Array(elements)
                    }
                    (true, _) => Value::Array(vec![self.scalar(inner.items, value)]),
                    (false, _) => self.scalar(property, value),
                };
                object.insert((*key).to_owned(), new);
            }
            [key, rest @ ..] => {
                let entry = object.entry(*key).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(inner) = entry {
                    self.insert(inner, rest, value, shape.property(key));
                }
            }
        }
    }

    fn schema(&self) -> Option<&Value> {
        self.parameter.schema.map(|id| self.schemas.schema(id))
    }

    fn shape(&self) -> Shape<'_> {
        self.shape_of(self.schema())
    }

    fn shape_of<'s>(&'s self, schema: Option<&'s Value>) -> Shape<'s> {
        Shape::of(self.schemas, self.parameter.schema, schema)
    }

    fn scalar(&self, schema: Option<&Value>, text: &str) -> Value {
        self.scalars(schema, text)
            .into_iter()
            .next()
            .unwrap_or_else(|| Value::from(text))
    }

    /// Returns what a string can mean where these types are allowed.
    fn scalars(&self, schema: Option<&Value>, text: &str) -> Candidates {
        scalars(&self.shape_of(schema), text)
    }
}
