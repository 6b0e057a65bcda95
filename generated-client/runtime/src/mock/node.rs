//! Values of a request whose type decides how they are read: `5` is a number in one parameter and a string in another.

use crate::wire::{self, DecodeError, Json, Value, quoted};

/// A value as JSON that is still open: where several forms are possible, the type takes the first that it can read.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// A string.
    Text(String),
    /// JSON as it is.
    Json(String),
    List(Vec<Node>),
    Members(Vec<(String, Node)>),
    /// Alternatives, of which the one at the index is tried.
    Either(Vec<Node>, usize),
}

impl Node {
    /// A scalar without quotes.
    pub(crate) fn scalar(text: String) -> Self {
        Self::Either(Self::forms(text), 0)
    }

    /// A scalar without quotes, or a list of one.
    pub(crate) fn scalar_or_list(text: String) -> Self {
        let forms = Self::forms(text);
        let lists = forms.iter().map(|form| Self::List(vec![form.clone()]));
        let lists: Vec<Self> = lists.collect();
        Self::Either(forms.into_iter().chain(lists).collect(), 0)
    }

    fn forms(text: String) -> Vec<Self> {
        let json = wire::from_str::<Value>(&text).is_ok().then(|| Self::Json(text.clone()));
        [Self::Text(text)].into_iter().chain(json).collect()
    }

    /// One of these forms.
    pub(crate) fn either(forms: Vec<Self>) -> Self {
        Self::Either(forms, 0)
    }

    /// Reads the value as the type wants it.
    ///
    /// # Errors
    ///
    /// That of the first form.
    pub(crate) fn read<T: Json>(mut self) -> Result<T, DecodeError> {
        let mut first = None;
        let mut is_last = false;
        loop {
            let error = match wire::from_str::<T>(&self.text()) {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            let offset = error.offset();
            let first = first.get_or_insert(error);
            if !is_last && self.advance(0, offset) {
                continue;
            }
            // The error of a union is at its start, wherever its cause is.
            if is_last || !self.prefer_json() {
                return Err(first.clone());
            }
            is_last = true;
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Json(json) => json.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::text).collect();
                format!("[{}]", items.join(","))
            }
            Self::Members(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, value)| format!("{}:{}", quoted(name), value.text()))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
            Self::Either(forms, current) => forms.get(*current).map_or_else(|| "null".to_owned(), Self::text),
        }
    }

    /// Takes the next form of the innermost value at an offset; `false` if there is none.
    fn advance(&mut self, start: usize, offset: usize) -> bool {
        if offset < start || offset >= start + self.text().len() {
            return false;
        }
        match self {
            Self::Text(_) | Self::Json(_) => false,
            Self::List(items) => {
                let mut at = start + 1;
                items.iter_mut().any(|item| {
                    let length = item.text().len();
                    let advances = item.advance(at, offset);
                    at += length + 1;
                    advances
                })
            }
            Self::Members(members) => {
                let mut at = start + 1;
                members.iter_mut().any(|(name, value)| {
                    at += quoted(name).len() + 1;
                    let length = value.text().len();
                    let advances = value.advance(at, offset);
                    at += length + 1;
                    advances
                })
            }
            Self::Either(forms, current) => {
                if forms.get_mut(*current).is_some_and(|form| form.advance(start, offset)) {
                    return true;
                }
                let has_more = *current + 1 < forms.len();
                *current += usize::from(has_more);
                has_more
            }
        }
    }

    /// Takes JSON wherever a string could also be JSON; `false` if there is no such place.
    fn prefer_json(&mut self) -> bool {
        match self {
            Self::Text(_) | Self::Json(_) => false,
            Self::List(items) => items.iter_mut().fold(false, |any, item| item.prefer_json() | any),
            Self::Members(members) => members
                .iter_mut()
                .fold(false, |any, (_, value)| value.prefer_json() | any),
            Self::Either(forms, current) => {
                let json = forms.iter().position(|form| matches!(form, Self::Json(_)));
                match json {
                    Some(json) => {
                        let is_change = *current != json;
                        *current = json;
                        is_change
                    }
                    None => forms.get_mut(*current).is_some_and(Self::prefer_json),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use std::collections::BTreeMap;

    use super::*;

    fn scalar(text: &str) -> Node {
        Node::scalar(text.to_owned())
    }

    #[test]
    fn the_type_decides_what_a_scalar_is() {
        assert_eq!(scalar("5").read::<i64>().unwrap(), 5);
        assert_eq!(scalar("5").read::<String>().unwrap(), "5");
        let listed = || Node::scalar_or_list("5".to_owned());
        assert_eq!(listed().read::<Vec<String>>().unwrap(), ["5"]);
        assert_eq!(listed().read::<Vec<i64>>().unwrap(), [5]);
        assert!(scalar("true").read::<bool>().unwrap());
        assert_eq!(scalar("true").read::<Value>().unwrap(), "true");
        let error = scalar("x").read::<i64>().unwrap_err();
        assert_eq!((error.path(), error.found()), ("$", "a string"));
    }

    #[test]
    fn each_value_of_a_list_or_an_object_has_its_own_form() {
        let list = Node::List(vec![scalar("1"), scalar("22"), scalar("3")]);
        assert_eq!(list.clone().read::<Vec<i64>>().unwrap(), [1, 22, 3]);
        assert_eq!(list.read::<Vec<String>>().unwrap(), ["1", "22", "3"]);
        let listed = |text: &str| Node::scalar_or_list(text.to_owned());
        let members = Node::Members(vec![("é\"".to_owned(), listed("1")), ("b".to_owned(), listed("true"))]);
        let read = members.clone().read::<BTreeMap<String, Vec<Value>>>().unwrap();
        assert_eq!(read["é\""], ["1"]);
        assert!(members.read::<BTreeMap<String, i64>>().is_err());
        let forms = Node::either(vec![scalar("1,2"), Node::List(vec![scalar("1"), scalar("2")])]);
        assert_eq!(forms.clone().read::<Vec<i64>>().unwrap(), [1, 2]);
        assert_eq!(forms.read::<String>().unwrap(), "1,2");
    }
}
