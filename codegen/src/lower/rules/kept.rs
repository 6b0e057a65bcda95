//! Which members a value has whenever they are there on the wire, so that a rule can ask for them.

use std::collections::BTreeMap;

/// What a type keeps of a value.
pub(in crate::lower) struct Kept {
    members: BTreeMap<String, bool>,
    /// Why the type may do without others, where it may.
    others: Result<(), &'static str>,
    /// Whether the same holds for all that the value contains.
    is_deep: bool,
    /// Whether the value can be nothing but an object.
    is_object: bool,
}

impl Kept {
    /// Of any JSON.
    pub(in crate::lower) fn any() -> Self {
        Self {
            is_deep: true,
            ..Self::all()
        }
    }

    /// Of a map, or of a value that is not an object.
    pub(in crate::lower) fn all() -> Self {
        Self {
            members: BTreeMap::new(),
            others: Ok(()),
            is_deep: false,
            is_object: false,
        }
    }

    /// Of one that may be of several types, or of a type that is described elsewhere.
    pub(in crate::lower) fn nothing() -> Self {
        Self {
            members: BTreeMap::new(),
            others: Err("the properties of the type are declared elsewhere"),
            ..Self::all()
        }
    }

    /// Of what such a value contains.
    pub(super) fn below(&self) -> Self {
        if self.is_deep { Self::any() } else { Self::nothing() }
    }

    /// Of an object that keeps its properties, and with `others` all other members.
    pub(in crate::lower) fn properties(members: BTreeMap<String, bool>, others: bool) -> Self {
        let others = others
            .then_some(())
            .ok_or("properties that are not declared are not kept");
        Self {
            members,
            others,
            is_deep: false,
            is_object: true,
        }
    }

    pub(super) fn is_deep(&self) -> bool {
        self.is_deep
    }

    pub(super) fn is_object(&self) -> bool {
        self.is_object
    }

    /// Fails with the reason where a value may lack a member although it was there.
    pub(super) fn check_all(&self) -> Result<(), String> {
        self.check(self.members.keys().map(String::as_str))?;
        self.others.map_err(str::to_owned)
    }

    /// Fails with the reason where a value may lack one of these members although it was there.
    pub(super) fn check<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Result<(), String> {
        for name in names {
            match self.members.get(name) {
                Some(true) => {}
                Some(false) => return Err(format!("`{name}` is read-only or write-only")),
                None => self.others.map_err(str::to_owned)?,
            }
        }
        Ok(())
    }
}
