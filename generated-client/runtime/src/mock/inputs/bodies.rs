//! Bodies of requests, read as the operation declares them.

use super::{Inputs, Node, shown};
use crate::{
    Style, Upload,
    style::backwards::{from_pairs, split_pairs},
    wire::{self, Json},
};

impl Inputs<'_> {
    /// A JSON body.
    pub fn json<T: Json>(&mut self) -> Option<T> {
        let is_required = std::mem::take(&mut self.is_required);
        if self.seen.body.is_empty() && !is_required {
            return None;
        }
        match wire::from_slice::<T>(&self.seen.body) {
            Ok(value) => {
                self.check(&value);
                Some(value)
            }
            Err(error) => {
                self.problems.push(format!("body: {error}"));
                None
            }
        }
    }

    /// A form.
    pub fn form<T: Json>(&mut self, styles: &[(&str, Style)]) -> Option<T> {
        let text = String::from_utf8_lossy(&self.seen.body).into_owned();
        // Spaces of forms that browsers write.
        let pairs = split_pairs(&text.replace('+', "%20"), "&");
        let mut names: Vec<String> = Vec::new();
        for (name, _) in &pairs {
            // The name of a pair of a deep object is longer than that of its property.
            let of_property = |(own, _): &&(&str, Style)| name.starts_with(&format!("{own}["));
            let property = styles.iter().find(of_property);
            let name = property.map_or_else(|| name.clone(), |(own, _)| (*own).to_owned());
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let members = names.into_iter().filter_map(|name| {
            let style = styles.iter().find(|(own, _)| *own == name);
            let style = style.map_or(Style::FORM, |(_, style)| *style);
            let node = from_pairs(&name, &pairs, style)?;
            Some((name, node))
        });
        let members: Vec<(String, Node)> = members.collect();
        let node = (!members.is_empty() || self.is_required).then_some(Node::Members(members));
        self.value(node, "body")
    }

    /// A scalar as text.
    pub fn text<T: Json>(&mut self) -> Option<T> {
        let text = String::from_utf8_lossy(&self.seen.body).into_owned();
        let node = (!text.is_empty() || self.is_required).then(|| Node::scalar(text));
        self.value(node, "body")
    }

    /// JSON values, one a line or a record.
    pub fn lines<T: Json>(&mut self) -> Option<Vec<T>> {
        let is_required = std::mem::take(&mut self.is_required);
        let text = String::from_utf8_lossy(&self.seen.body).into_owned();
        let lines = text.split('\n').map(|line| line.trim_matches(['\u{1e}', '\r', ' ']));
        let mut values = Vec::new();
        for (index, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            match wire::from_str(line) {
                Ok(value) => values.push(value),
                Err(error) => {
                    self.problems
                        .push(format!("body, line {}: {}", index + 1, shown(&error)));
                    return None;
                }
            }
        }
        (is_required || !values.is_empty()).then_some(values)
    }

    /// Bytes or text of any content.
    pub fn upload(&mut self) -> Option<Upload> {
        let is_required = std::mem::take(&mut self.is_required);
        let body = self.seen.body.clone();
        (is_required || !body.is_empty()).then(|| {
            let content_type = self.seen.content_type().to_owned();
            let upload = Upload::from(body);
            if content_type.is_empty() {
                upload
            } else {
                upload.content_type(content_type)
            }
        })
    }

    /// Notes the limits of the document that a body violates.
    #[cfg(feature = "validate")]
    fn check<T: Json>(&mut self, value: &T) {
        if let Err(error) = wire::validate_request(value, self.operation.body_rules) {
            self.problems.push(format!("body: {error}"));
        }
    }

    #[cfg(not(feature = "validate"))]
    #[expect(clippy::unused_self, reason = "limits are only known with the feature `validate`")]
    fn check<T: Json>(&mut self, _: &T) {}
}
