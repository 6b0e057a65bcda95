//! Updates: new values, and the mask that names them.

use std::fmt;

use super::{FieldMask, Json, Nullable, Oneof};

/// Changes to a model `M` that a request carries: the model with what is new, and the paths of what was told.
///
/// Nothing is found out by comparison. What is set is in the model and in the mask; what is cleared is in the mask alone,
/// which a server reads as "unset it". Of a oneof group's arms the last one told counts. The paths are constants of the
/// models, so that none is misspelled.
///
/// ```
/// # use specwright_runtime::{codegen, wire::{self, Changes, FieldPath, VariantPath}};
/// # #[derive(Clone, Debug, Default, PartialEq)]
/// # pub struct Owner { pub name: Option<String>, pub email: Option<String> }
/// # impl Owner {
/// #     const EMAIL: FieldPath<Self, String> = FieldPath::new("email", |of| &mut of.email);
/// # }
/// # impl codegen::Model for Owner {
/// #     const NAME: &'static str = "Owner";
/// #     fn decode(&mut self, _: &str, _: &mut codegen::Reader<'_>) -> wire::Result<bool> { Ok(false) }
/// #     fn encode(&self, json: &mut codegen::ObjectWriter<'_>) { json.put("email", &self.email); }
/// # }
/// # specwright_runtime::codegen::model!(Owner);
/// # #[derive(Clone, Debug, Default, PartialEq)]
/// # pub struct App { pub alias: Option<String>, pub display_name: Option<String>, pub owner: Option<Owner> }
/// # impl App {
/// #     const ALIAS: FieldPath<Self, String> = FieldPath::new("alias", |of| &mut of.alias);
/// #     const DISPLAY_NAME: FieldPath<Self, String> = FieldPath::new("displayName", |of| &mut of.display_name);
/// #     const OWNER: FieldPath<Self, Owner> = FieldPath::new("owner", |of| &mut of.owner);
/// # }
/// # impl codegen::Model for App {
/// #     const NAME: &'static str = "App";
/// #     fn decode(&mut self, _: &str, _: &mut codegen::Reader<'_>) -> wire::Result<bool> { Ok(false) }
/// #     fn encode(&self, json: &mut codegen::ObjectWriter<'_>) {
/// #         json.put("alias", &self.alias);
/// #         json.put("displayName", &self.display_name);
/// #         json.put("owner", &self.owner);
/// #     }
/// # }
/// # specwright_runtime::codegen::model!(App);
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
    pub fn set<T>(mut self, path: impl PathTo<M, T>, value: impl Into<T>) -> Self {
        path.put(&mut self.model, Some(value.into()));
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
    pub fn within<T: Json>(mut self, path: FieldPath<M, T>, change: impl FnOnce(Changes<T>) -> Changes<T>) -> Self {
        let slot = (path.slot)(&mut self.model);
        let before = slot.take();
        let was_set = before.is_some();
        let changes = change(Changes {
            model: before.unwrap_or_else(T::blank),
            paths: Vec::new(),
        });
        slot.put(Some(changes.model).filter(|_| was_set || !changes.paths.is_empty()));
        for inner in changes.paths {
            self.name(&format!("{}.{inner}", path.name), &[]);
        }
        self
    }

    /// Adds a path that stands above or below none of those there, and takes out those below it and beside it in its
    /// group.
    fn name(&mut self, path: &str, group: &[&str]) {
        let is_within = |path: &str, of: &str| path.strip_prefix(of).is_some_and(|rest| rest.starts_with('.'));
        let replaces = |named: &str| is_within(named, path) || group.contains(&named);
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
    fn group(self) -> &'static [&'static str];

    #[doc(hidden)]
    /// Sets or unsets the field.
    fn put(self, model: &mut M, value: Option<T>);
}

/// The name of a property, and the field that it is.
pub struct FieldPath<M, T> {
    name: &'static str,
    slot: fn(&mut M) -> &mut dyn Slot<T>,
}

impl<M, T> FieldPath<M, T> {
    #[doc(hidden)]
    /// A path by its name on the wire.
    #[must_use]
    pub const fn new(name: &'static str, slot: fn(&mut M) -> &mut dyn Slot<T>) -> Self {
        Self { name, slot }
    }

    /// The name on the wire, for a mask that is put together by hand.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<M, T> PathTo<M, T> for FieldPath<M, T> {
    fn name(self) -> &'static str {
        self.name
    }

    fn group(self) -> &'static [&'static str] {
        &[]
    }

    fn put(self, model: &mut M, value: Option<T>) {
        (self.slot)(model).put(value);
    }
}

/// The name of a variant of a oneof group, and how the group is set to it. A variant is changed as a whole.
pub struct VariantPath<M, T> {
    name: &'static str,
    group: &'static [&'static str],
    put: fn(&mut M, Option<T>),
}

impl<M, T> VariantPath<M, T> {
    #[doc(hidden)]
    /// A path by the variant's name on the wire, in the group `G`.
    #[must_use]
    pub const fn new<G: Oneof>(name: &'static str, put: fn(&mut M, Option<T>)) -> Self {
        Self {
            name,
            group: G::ARMS,
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

    fn group(self) -> &'static [&'static str] {
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

/// A field that may hold a `T`, in whatever box its model keeps it.
pub trait Slot<T> {
    /// Sets it. `None` unsets it: absent where that is possible, else null, else as a new value is.
    fn put(&mut self, value: Option<T>);

    /// Takes out what is set.
    fn take(&mut self) -> Option<T>;
}

impl<T: Json> Slot<T> for T {
    fn put(&mut self, value: Option<T>) {
        *self = value.unwrap_or_else(T::blank);
    }

    fn take(&mut self) -> Option<T> {
        Some(std::mem::replace(self, T::blank()))
    }
}

impl<T: Json> Slot<T> for Box<T> {
    fn put(&mut self, value: Option<T>) {
        **self = value.unwrap_or_else(T::blank);
    }

    fn take(&mut self) -> Option<T> {
        Some(std::mem::replace(self, T::blank()))
    }
}

impl<T> Slot<T> for Option<T> {
    fn put(&mut self, value: Option<T>) {
        *self = value;
    }

    fn take(&mut self) -> Option<T> {
        self.take()
    }
}

impl<T> Slot<T> for Option<Box<T>> {
    fn put(&mut self, value: Option<T>) {
        *self = value.map(Box::new);
    }

    fn take(&mut self) -> Option<T> {
        self.take().map(|value| *value)
    }
}

impl<T> Slot<T> for Nullable<T> {
    fn put(&mut self, value: Option<T>) {
        *self = value.map_or(Self::Null, Self::Value);
    }

    fn take(&mut self) -> Option<T> {
        std::mem::take(self).into_value()
    }
}

impl<T> Slot<T> for Nullable<Box<T>> {
    fn put(&mut self, value: Option<T>) {
        *self = value.map_or(Self::Null, |value| Self::Value(Box::new(value)));
    }

    fn take(&mut self) -> Option<T> {
        std::mem::take(self).into_value().map(|value| *value)
    }
}

impl<T> Slot<T> for Option<Nullable<T>> {
    fn put(&mut self, value: Option<T>) {
        self.insert(Nullable::Null).put(value);
    }

    fn take(&mut self) -> Option<T> {
        self.take().and_then(Nullable::into_value)
    }
}

impl<T> Slot<T> for Option<Nullable<Box<T>>> {
    fn put(&mut self, value: Option<T>) {
        self.insert(Nullable::Null).put(value);
    }

    fn take(&mut self) -> Option<T> {
        self.take().and_then(Nullable::into_value).map(|value| *value)
    }
}
