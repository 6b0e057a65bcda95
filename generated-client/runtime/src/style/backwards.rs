//! Styles read backwards: what a server makes of a parameter.

use super::{Shape, Style};
use crate::{
    encoding::{self, Keep},
    mock::Node,
};

/// The pairs of a query or a cookie: names are decoded, values are as they were sent.
pub(crate) type Pairs = Vec<(String, String)>;

/// The pairs of a query or a cookie header.
pub(crate) fn split_pairs(text: &str, separator: &str) -> Pairs {
    let pairs = text.split(separator).filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(name, value)| (percent_decoded(name), value.to_owned()))
        .collect()
}

/// A query or cookie parameter, `None` if nothing has its name.
pub(crate) fn from_pairs(name: &str, pairs: &Pairs, style: Style) -> Option<Node> {
    let own: Vec<&str> = pairs
        .iter()
        .filter(|(own, _)| own == name)
        .map(|(_, value)| value.as_str())
        .collect();
    match style.shape {
        Shape::Json => own.first().map(|value| Node::Json(percent_decoded(value))),
        Shape::DeepObject => deep(name, pairs),
        _ if style.explode => match own.as_slice() {
            [] => None,
            [value] => Some(Node::scalar_or_list(percent_decoded(value))),
            values => Some(Node::List(values.iter().map(|value| decoded(value)).collect())),
        },
        Shape::Form => own.first().map(|value| separated(value, ",", ",", &decoded)),
        shape => own.first().map(|value| {
            let delimiter = encoded(shape.delimiter());
            separated(value, &delimiter, &delimiter, &decoded)
        }),
    }
}

/// An argument of the path.
pub(crate) fn from_path(name: &str, text: &str, style: Style) -> Node {
    let pair = if style.explode { "=" } else { "," };
    match style.shape {
        Shape::Json => Node::Json(percent_decoded(text)),
        Shape::Label => {
            let separator = if style.explode { "." } else { "," };
            separated(text.strip_prefix('.').unwrap_or(text), separator, pair, &decoded)
        }
        Shape::Matrix => {
            let pairs = split_pairs(text, ";");
            if !style.explode {
                let value = pairs.first().map_or("", |(_, value)| value.as_str());
                return separated(value, ",", ",", &decoded);
            }
            let named = from_pairs(name, &pairs, Style::FORM);
            let node = named.or_else(|| without_name(&pairs, Style::FORM, &[]));
            node.unwrap_or_else(|| Node::scalar(String::new()))
        }
        shape if shape.is_delimited() => {
            let delimiter = encoded(shape.delimiter());
            separated(text, &delimiter, &delimiter, &decoded)
        }
        _ => separated(text, ",", pair, &decoded),
    }
}

/// A header parameter, or a list that is one part of a body. Neither is percent-encoded.
pub(crate) fn from_plain(text: &str, style: Style) -> Node {
    let plain = |text: &str| Node::scalar(text.trim().to_owned());
    match style.shape {
        Shape::Json => Node::Json(text.to_owned()),
        shape if shape.is_delimited() => separated(text, shape.delimiter(), shape.delimiter(), &plain),
        _ => separated(text, ",", if style.explode { "=" } else { "," }, &plain),
    }
}

/// A text that is percent-encoded; what is not is kept.
pub(crate) fn percent_decoded(text: &str) -> String {
    encoding::percent_decoded(text).unwrap_or_else(|| text.to_owned())
}

fn decoded(text: &str) -> Node {
    Node::scalar(percent_decoded(text))
}

fn encoded(text: &str) -> String {
    super::encoded(text, Keep::Unreserved)
}

/// A value that is one text: a scalar, a list, or an object.
fn separated(text: &str, separator: &str, pair: &str, scalar: &dyn Fn(&str) -> Node) -> Node {
    let pieces: Vec<&str> = text.split(separator).collect();
    let mut forms = vec![
        scalar(text),
        Node::List(pieces.iter().map(|piece| scalar(piece)).collect()),
    ];
    let members: Option<Vec<(String, Node)>> = if separator == pair {
        let pairs = pieces.chunks(2).map(|two| match two {
            [name, value] => Some((percent_decoded(name), scalar(value))),
            _ => None,
        });
        pairs.collect()
    } else {
        let pairs = pieces.iter().map(|piece| piece.split_once(pair));
        let pairs = pairs.map(|piece| piece.map(|(name, value)| (percent_decoded(name), scalar(value))));
        pairs.collect()
    };
    forms.extend(members.map(Node::Members));
    Node::either(forms)
}

/// An object that has no name in a query, because each of its properties is a pair: what has none of the names of the other
/// parameters.
pub(crate) fn without_name(pairs: &Pairs, style: Style, others: &[String]) -> Option<Node> {
    if !style.explode || !(style.shape == Shape::Form || style.shape.is_delimited()) {
        return None;
    }
    let is_own = |name: &str| {
        let outer = name.split('[').next().unwrap_or_default();
        !others.iter().any(|other| other == name || other == outer)
    };
    let mut members: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in pairs.iter().filter(|(name, _)| is_own(name)) {
        let value = percent_decoded(value);
        match members.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value),
            None => members.push((name.clone(), vec![value])),
        }
    }
    let members = members
        .into_iter()
        .map(|(name, values)| match <[String; 1]>::try_from(values) {
            Ok([value]) => (name, Node::scalar_or_list(value)),
            Err(values) => (name, Node::List(values.into_iter().map(Node::scalar).collect())),
        });
    let members: Vec<(String, Node)> = members.collect();
    (!members.is_empty()).then_some(Node::Members(members))
}

/// What lies below the name of a parameter in brackets.
#[derive(Default)]
struct Tree {
    value: Option<String>,
    below: Vec<(String, Tree)>,
}

fn deep(name: &str, pairs: &Pairs) -> Option<Node> {
    let mut tree = Tree::default();
    let mut is_given = false;
    for (key, value) in pairs {
        let Some(keys) = key.strip_prefix(name).and_then(keys_of) else {
            continue;
        };
        is_given = true;
        let mut place = &mut tree;
        for key in keys {
            let found = place.below.iter().position(|(known, _)| known == key);
            let index = found.unwrap_or(place.below.len());
            if found.is_none() {
                place.below.push((key.to_owned(), Tree::default()));
            }
            let (_, inner) = place.below.get_mut(index)?;
            place = inner;
        }
        place.value = Some(percent_decoded(value));
    }
    is_given.then(|| tree.into_node())
}

/// The keys of `[a][b]`; `None` of anything else.
fn keys_of(text: &str) -> Option<Vec<&str>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    Some(inner.split("][").collect())
}

impl Tree {
    fn into_node(self) -> Node {
        if let Some(value) = self.value {
            return Node::scalar(value);
        }
        let is_list = self
            .below
            .iter()
            .enumerate()
            .all(|(index, (key, _))| *key == index.to_string());
        let members: Vec<(String, Node)> = self
            .below
            .into_iter()
            .map(|(key, tree)| (key, tree.into_node()))
            .collect();
        if is_list {
            let items = members.iter().map(|(_, value)| value.clone()).collect();
            return Node::either(vec![Node::List(items), Node::Members(members)]);
        }
        Node::Members(members)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;
    use crate::{
        codegen::{JsonForm, Parameter},
        style::{header_text, pairs, path_text},
        wire::{Json, Value, from_str},
    };

    const STYLES: [Style; 8] = [
        Style::FORM,
        Style::SPACE_DELIMITED,
        Style::TAB_DELIMITED,
        Style::PIPE_DELIMITED,
        Style::DEEP_OBJECT,
        Style::JSON,
        Style::SIMPLE,
        Style::LABEL,
    ];

    /// Every style in each of its forms and places gives the value back.
    fn comes_back<T: Json + PartialEq + std::fmt::Debug>(value: &T) -> usize {
        let mut count = 0;
        let form = JsonForm(value);
        let styles = STYLES.into_iter().chain([Style::MATRIX]);
        for style in styles.flat_map(|style| [style.explode(false), style.explode(true)]) {
            if let Ok(pairs) = pairs("né", &form.parameter(), style) {
                let text: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
                let pairs = split_pairs(&text.join("&"), "&");
                let read = from_pairs("né", &pairs, style).or_else(|| without_name(&pairs, style, &[]));
                assert_eq!(&read.unwrap().read::<T>().unwrap(), value, "query {style:?}");
                count += 1;
            }
            if let Ok(text) = path_text("né", &form.parameter(), style) {
                let read = from_path("né", &text, style).read::<T>();
                assert_eq!(&read.unwrap(), value, "path {style:?} {text}");
                count += 1;
            }
            if let Ok(text) = header_text(&form.parameter(), style) {
                let read = from_plain(&text.unwrap(), style).read::<T>();
                assert_eq!(&read.unwrap(), value, "header {style:?}");
                count += 1;
            }
        }
        count
    }

    #[test]
    fn what_a_style_writes_is_read_again() {
        let object = from_str::<std::collections::BTreeMap<String, i64>>(r#"{"R":100,"G":200}"#).unwrap();
        let counts = [
            comes_back(&"a b".to_owned()),
            comes_back(&-7_i64),
            comes_back(&vec![1_i64, 22, 3]),
            comes_back(&vec!["é".to_owned()]),
            comes_back(&object),
        ];
        assert_eq!(counts, [44, 44, 44, 44, 44]);
    }

    #[test]
    fn deep_objects_are_read_at_any_depth() {
        let value = from_str::<Value>(r#"{"a":{"b":["x","y"]},"c":"1"}"#).unwrap();
        let pairs = pairs("f", &JsonForm(&value).parameter(), Style::DEEP_OBJECT).unwrap();
        let text: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let read = from_pairs("f", &split_pairs(&text.join("&"), "&"), Style::DEEP_OBJECT);
        assert_eq!(read.unwrap().read::<Value>().unwrap(), value);
        assert!(from_pairs("g", &split_pairs("f%5Ba%5D=1", "&"), Style::DEEP_OBJECT).is_none());
    }

    #[test]
    fn an_object_without_a_name_has_what_no_other_parameter_has() {
        let pairs = split_pairs("R=1&limit=5&R=2&deep%5Ba%5D=1", "&");
        let others = ["limit".to_owned(), "deep".to_owned()];
        let read = without_name(&pairs, Style::FORM, &others).unwrap();
        assert_eq!(
            read.read::<Value>().unwrap(),
            from_str::<Value>(r#"{"R":["1","2"]}"#).unwrap()
        );
        assert!(without_name(&split_pairs("limit=5", "&"), Style::FORM, &others).is_none());
        assert!(without_name(&pairs, Style::DEEP_OBJECT, &others).is_none());
    }
}
