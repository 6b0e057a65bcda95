//! Uses of types: how they are written, and how they travel.

use super::{
    Context,
    form::Type,
    runtime::{self, Known},
};
use crate::{
    ir::{Chosen, Primitive, TypeId, TypeRef},
    name::{NamedType, ident},
};

impl Context<'_> {
    /// A type as a form of the module `from` writes it; `None` is a module outside the models.
    pub(super) fn written(&self, ty: &TypeRef, from: Option<&[String]>) -> Type {
        match ty {
            TypeRef::Named(id) => self.written_path(*id, from),
            TypeRef::Primitive(Primitive::Chosen(chosen)) => {
                let outer = if chosen.is_number {
                    runtime::PARSED_NUMBER
                } else {
                    runtime::PARSED
                };
                self.generic(outer, &[Type::outside(self.chosen(*chosen))], from)
            }
            TypeRef::Primitive(primitive) => self.known(runtime::scalar(*primitive), from),
            TypeRef::Array(element) => self.generic(runtime::VEC, &[self.written(element, from)], from),
            TypeRef::Map(values) => {
                let key = self.known(runtime::STRING, from);
                self.generic(runtime::MAP, &[key, self.written(values, from)], from)
            }
            TypeRef::Nullable(inner) => self.generic(runtime::NULLABLE, &[self.written(inner, from)], from),
            TypeRef::Any => self.known(runtime::VALUE, from),
            TypeRef::AnyObject => self.known(runtime::OBJECT, from),
        }
    }

    /// The path of a type of the configuration.
    pub(crate) fn chosen(&self, chosen: Chosen) -> &str {
        self.api.chosen.get(chosen.index).map_or("", String::as_str)
    }

    /// A type of ours: its short name, unless the module has something else of that name.
    pub(super) fn known(&self, known: Known, from: Option<&[String]>) -> Type {
        Type::known(self.spelling(known, from))
    }

    /// A generic type of ours, with its arguments.
    pub(super) fn generic(&self, known: Known, arguments: &[Type], from: Option<&[String]>) -> Type {
        Type::generic(self.spelling(known, from), arguments)
    }

    fn spelling(&self, known: Known, from: Option<&[String]>) -> &'static str {
        // Outside of the models these names are reserved.
        if from.is_some_and(|module| self.names.defines(module, known.short)) {
            known.path
        } else {
            known.short
        }
    }

    fn written_path(&self, id: TypeId, from: Option<&[String]>) -> Type {
        let named = self.names.ty(id);
        beside(named, &named.ident, from)
    }
}

/// The path of a type, or of something that is defined beside it.
pub(super) fn beside(named: &NamedType<'_>, name: &str, from: Option<&[String]>) -> Type {
    let last = ident(name);
    let root = ident("models");
    let (root, way) = match from.and_then(|from| way_down(named, from)) {
        Some(way) => (None, way),
        None => (Some(&root), named.public.as_slice()),
    };
    let way: Vec<_> = way.iter().map(|part| ident(part)).collect();
    Type::path(root.into_iter().chain(&way).chain([&last]))
}

/// The modules from a module of models down to a type, if the type is in it or below it: these are in scope.
pub(super) fn way_down<'a>(named: &'a NamedType<'_>, from: &[String]) -> Option<&'a [String]> {
    if named.module == from {
        return Some(&[]);
    }
    named.public.strip_prefix(from).filter(|way| !way.is_empty())
}
