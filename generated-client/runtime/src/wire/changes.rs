//! Updates: new values, and the mask that names them.

use std::fmt;

use super::{FieldMask, IntoValue, Json, Nullable, Oneof};

/// Changes to a model `M` for a request: the model with the new values, and a field mask.
///
/// The mask lists exactly the fields that you set or cleared; values are not compared. A field that is set is in the model
/// and in the mask. A field that is cleared is in the mask only, so the server unsets it. If several fields of a oneof group
/// are set, the last one counts. Paths are constants of the models, so that none is misspelled.
///
/// ```
/// # use specwright_runtime::{forms::*, wire::{self, Changes}};
/// # model! {
/// #     pub struct Owner = "Owner" masked {
/// #         email: Option<String> = path EMAIL "email",
/// #         name: Option<String> = path NAME "name",
/// #     }
/// # }
/// # model! {
/// #     pub struct App = "App" masked {
/// #         alias: Option<String> = path ALIAS "alias",
/// #         display_name: Option<String> = path DISPLAY_NAME "displayName",
/// #         owner: Option<Owner> = path OWNER "owner",
/// #     }
/// # }
/// let changes = Changes::new()
///     .set(App::DISPLAY_NAME, "Wiki")
///     .clear(App::ALIAS)
///     .within(App::OWNER, |owner| owner.set(Owner::EMAIL, "ada@example.com"));
/// let (app, mask) = changes.into_parts();
/// assert_eq!(mask.as_str(), "displayName,alias,owner.email");
/// assert_eq!(wire::to_vec(&app), br#"{"displayName":"Wiki","owner":{"email":"ada@example.com"}}"#);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "changes do nothing until a request carries them"]
pub struct Changes<M> {
    model: M,
    paths: Vec<String>,
}

impl<M: Json> Changes<M> {
    /// No changes yet.
    pub fn new() -> Self {
        Self {
            model: M::blank(),
            paths: Vec::new(),
        }
    }

    /// Sets a field, and names it.
    pub fn set<T>(mut self, path: impl PathTo<M, T>, value: impl IntoValue<T>) -> Self {
        path.put(&mut self.model, Some(value.into_value()));
        self.name(path.name(), path.group());
        self
    }

    /// Names a field without a value for it: the server unsets it.
    pub fn clear<T>(mut self, path: impl PathTo<M, T>) -> Self {
        path.put(&mut self.model, None);
        self.name(path.name(), path.group());
        self
    }

    /// Changes a part of a field that is an object itself; the rest of it stays as it is on the server.
    ///
    /// Where the whole field has been set before, that stays so.
    pub fn within<T: Held>(
        mut self,
        path: FieldPath<M, T>,
        change: impl FnOnce(Changes<T::Model>) -> Changes<T::Model>,
    ) -> Self {
        let slot = (path.slot)(&mut self.model);
        let was_set = slot.is_held();
        let changes = change(Changes {
            model: std::mem::replace(slot.held(), T::Model::blank()),
            paths: Vec::new(),
        });
        if was_set || !changes.paths.is_empty() {
            *slot.held() = changes.model;
        } else {
            *slot = T::blank();
        }
        for inner in changes.paths {
            self.name(&format!("{}.{inner}", path.name), &[]);
        }
        self
    }

    /// Adds a path that is neither above nor below an existing one. Removes the existing paths below it and the other paths
    /// of its group.
    fn name(&mut self, path: &str, group: &[(&str, u8)]) {
        let is_within = |path: &str, of: &str| path.strip_prefix(of).is_some_and(|rest| rest.starts_with('.'));
        let replaces = |named: &str| is_within(named, path) || group.iter().any(|(variant, _)| *variant == named);
        self.paths.retain(|named| named == path || !replaces(named));
        if !self.paths.iter().any(|named| named == path || is_within(path, named)) {
            self.paths.push(path.to_owned());
        }
    }
}

impl<M> Changes<M> {
    /// The model with what is new in it.
    #[must_use]
    pub fn model(&self) -> &M {
        &self.model
    }

    /// The paths of what was set or cleared, in its order.
    #[must_use]
    pub fn mask(&self) -> FieldMask {
        FieldMask::new(&self.paths)
    }

    /// Both of them.
    #[must_use]
    pub fn into_parts(self) -> (M, FieldMask) {
        let mask = self.mask();
        (self.model, mask)
    }
}

impl<M: Json> Default for Changes<M> {
    fn default() -> Self {
        Self::new()
    }
}

/// The way to a field of `M` that holds a `T`: a [`FieldPath`] or a [`VariantPath`].
pub trait PathTo<M, T>: Copy {
    #[doc(hidden)]
    /// The name on the wire.
    fn name(self) -> &'static str;

    #[doc(hidden)]
    /// The names of which one at most is set, where there are others.
    fn group(self) -> &'static [(&'static str, u8)];

    #[doc(hidden)]
    /// Sets or unsets the field.
    fn put(self, model: &mut M, value: Option<T>);
}

/// The name of a property, and the field that it is.
pub struct FieldPath<M, T> {
    name: &'static str,
    slot: fn(&mut M) -> &mut T,
}

impl<M, T> FieldPath<M, T> {
    #[doc(hidden)]
    /// A path by its name on the wire.
    #[must_use]
    pub const fn new(name: &'static str, slot: fn(&mut M) -> &mut T) -> Self {
        Self { name, slot }
    }

    /// The name on the wire, for a mask that is put together by hand.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<M, T: Json> PathTo<M, T> for FieldPath<M, T> {
    fn name(self) -> &'static str {
        self.name
    }

    fn group(self) -> &'static [(&'static str, u8)] {
        &[]
    }

    fn put(self, model: &mut M, value: Option<T>) {
        *(self.slot)(model) = value.unwrap_or_else(T::cleared);
    }
}

/// The name of a variant of a oneof group, and how the group is set to it. A variant is changed as a whole.
pub struct VariantPath<M, T> {
    name: &'static str,
    group: &'static [(&'static str, u8)],
    put: fn(&mut M, Option<T>),
}

impl<M, T> VariantPath<M, T> {
    #[doc(hidden)]
    /// A path by the variant's name on the wire, in the group `G`.
    #[must_use]
    pub const fn new<G: Oneof>(name: &'static str, put: fn(&mut M, Option<T>)) -> Self {
        Self {
            name,
            group: G::VARIANTS,
            put,
        }
    }

    /// The name on the wire, for a mask that is put together by hand.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<M, T> PathTo<M, T> for VariantPath<M, T> {
    fn name(self) -> &'static str {
        self.name
    }

    fn group(self) -> &'static [(&'static str, u8)] {
        self.group
    }

    fn put(self, model: &mut M, value: Option<T>) {
        (self.put)(model, value);
    }
}

/// What derive would ask of the model and the value too.
macro_rules! plain_names {
    ($($path:ident)*) => {$(
        impl<M, T> Clone for $path<M, T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<M, T> Copy for $path<M, T> {}

        impl<M, T> fmt::Debug for $path<M, T> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.debug_tuple(stringify!($path)).field(&self.name).finish()
            }
        }
    )*};
}

plain_names!(FieldPath VariantPath);

/// A field that holds a model, whatever is around it: an `Option`, a `Nullable`, a `Box`.
#[doc(hidden)]
pub trait Held: Json {
    /// The model.
    type Model: Json;

    /// Whether there is one.
    fn is_held(&self) -> bool;

    /// Returns the model, and creates it if it does not exist.
    fn held(&mut self) -> &mut Self::Model;
}

impl<T: Held> Held for Option<T> {
    type Model = T::Model;

    fn is_held(&self) -> bool {
        self.as_ref().is_some_and(T::is_held)
    }

    fn held(&mut self) -> &mut T::Model {
        self.get_or_insert_with(T::blank).held()
    }
}

impl<T: Held> Held for Box<T> {
    type Model = T::Model;

    fn is_held(&self) -> bool {
        (**self).is_held()
    }

    fn held(&mut self) -> &mut T::Model {
        (**self).held()
    }
}

impl<T: Held> Held for Nullable<T> {
    type Model = T::Model;

    fn is_held(&self) -> bool {
        self.value().is_some_and(T::is_held)
    }

    fn held(&mut self) -> &mut T::Model {
        if let Self::Null = self {
            *self = Self::Value(T::blank());
        }
        match self {
            Self::Value(value) => value.held(),
            // It was a value a moment ago.
            Self::Null => unreachable!(),
        }
    }
}

/// The value of a field that may be absent.
#[doc(hidden)]
pub trait Optional {
    /// The value.
    type Value;
}

impl<T> Optional for Option<T> {
    type Value = T;
}
