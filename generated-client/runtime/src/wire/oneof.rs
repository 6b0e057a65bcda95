//! Groups of members of which one at most may be set.

use std::fmt;

use super::canonical::canonical;
use super::reader::ArmSpan;
use super::{Codec, Json, ObjectWriter, Reader, Result, from_str};

/// A group of members (arms) of one object, of which one at most may be set.
pub trait Oneof: Sized {
    /// The name of the group, for errors.
    const NAME: &'static str;

    /// The names of the arms.
    const ARMS: &'static [&'static str];

    /// Reads the value of an arm, or gives `None` if there is no such arm.
    fn decode(arm: &str, json: &mut Reader<'_>) -> Result<Option<Self>>;

    /// Writes the arm.
    fn encode(&self, json: &mut ObjectWriter<'_>);

    /// The variant for a message with several arms.
    fn conflict(conflict: Conflict) -> Self;

    /// The arms, if there are several.
    fn conflict_mut(&mut self) -> Option<&mut Conflict>;
}

impl Reader<'_> {
    /// Reads the value of an arm.
    pub fn variant<T: Json, E>(&mut self, variant: impl FnOnce(T) -> E) -> Result<Option<E>> {
        Ok(Some(variant(self.value()?)))
    }

    /// Reads the value of an arm in the form of a codec.
    pub fn variant_as<C: Codec<T>, T: Json, E>(&mut self, variant: impl FnOnce(T) -> E) -> Result<Option<E>> {
        let mut value = T::blank();
        C::read(&mut value, self)?;
        Ok(Some(variant(value)))
    }

    /// Reads the member `name` into its group, or gives `false` if it is none of its arms.
    ///
    /// An arm that is null is absent. A second arm makes the group a [`Conflict`].
    pub fn arm<T: Oneof>(&mut self, name: &str, group: &mut Option<T>) -> Result<bool> {
        let Some(arm) = T::ARMS.iter().find(|arm| **arm == name) else {
            return Ok(false);
        };
        if self.null()? {
            return Ok(true);
        }
        let start = self.at;
        let Some(value) = group else {
            *group = T::decode(arm, self)?;
            self.arms.push(ArmSpan {
                name: arm,
                start,
                end: self.at,
            });
            return Ok(group.is_some());
        };
        self.skip()?;
        let text = self.slice(start, self.at);
        if let Some(conflict) = value.conflict_mut() {
            conflict.push(arm, text);
            return Ok(true);
        }
        let mut conflict = Conflict {
            group: T::NAME,
            ..Conflict::default()
        };
        for first in self.arms.get(self.arms_from..).unwrap_or_default() {
            if T::ARMS.contains(&first.name) {
                conflict.push(first.name, self.slice(first.start, first.end));
            }
        }
        conflict.push(arm, text);
        *value = T::conflict(conflict);
        Ok(true)
    }
}

/// The arms of a oneof group that came in one message, though only one may: as they came, in their order.
///
/// It is written back as it came, but no request carries it. Equality is that of the JSON values.
#[derive(Clone, Default)]
pub struct Conflict {
    group: &'static str,
    /// The values' texts, one after the other.
    text: String,
    /// Each arm and the end of its text.
    ends: Vec<(&'static str, usize)>,
}

impl Conflict {
    fn push(&mut self, arm: &'static str, text: &str) {
        self.text.push_str(text);
        self.ends.push((arm, self.text.len()));
    }

    /// The names of the arms and the JSON texts of their values. A name may stand twice.
    pub fn variants(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|(_, end)| *end));
        starts
            .zip(&self.ends)
            .map(|(start, (name, end))| (*name, self.text.get(start..*end).unwrap_or_default()))
    }

    /// The value of the arm `name` (the last, if it came twice), if it came. The paths of errors start at the arm.
    #[must_use]
    pub fn get<T: Json>(&self, name: &str) -> Option<Result<T>> {
        let (_, text) = self.variants().filter(|(arm, _)| *arm == name).last()?;
        Some(from_str(text))
    }

    pub(super) fn problem(&self) -> String {
        let names: Vec<&str> = self.ends.iter().map(|(name, _)| *name).collect();
        let (names, group) = (names.join(", "), self.group);
        format!("several members of the oneof {group} are set ({names}): set one of them")
    }

    /// The arms in the order of their names, each value in its canonical text.
    ///
    /// Half of a surrogate pair is in no value: a text with one is equal to itself.
    fn canonical(&self) -> Vec<(&'static str, Result<String, &str>)> {
        let mut arms: Vec<_> = self
            .variants()
            .map(|(name, text)| (name, canonical(text).ok_or(text)))
            .collect();
        arms.sort_by_key(|(name, _)| *name);
        arms
    }
}

impl PartialEq for Conflict {
    fn eq(&self, other: &Self) -> bool {
        (self.ends == other.ends && self.text == other.text) || self.canonical() == other.canonical()
    }
}

impl fmt::Debug for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(
                self.variants()
                    .map(|(name, text)| (name, format_args!("{text}").to_string())),
            )
            .finish()
    }
}
