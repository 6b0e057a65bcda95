//! What the pages of an operation are made of, or why it has none.

use super::{Api, Field, Operation, Primitive, Shape, Struct, TypeDef, TypeId, TypeRef};

/// The answer of a paged operation, as far as its pages are made of it.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The type of the answer.
    pub answer: TypeId,
    /// The property that holds the items.
    pub items: &'a Field,
    /// What an item is.
    pub item: &'a TypeRef,
    /// The property that holds the next page's token.
    pub next: &'a Field,
}

/// Why an operation has no pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPages {
    /// Nothing is declared.
    NotDeclared,
    /// The answer is not a JSON object with known properties.
    NotAnObject,
    /// The answer has no property of this name.
    NoProperty(String),
    /// The property of this name, which is declared to hold the items, is not an array.
    NotAnArray(String),
    /// The property of this name, which is declared to hold the token, is not a string.
    NotAString(String),
    /// The property of this name is of a type that contains itself.
    Recursive(String),
}

impl Api {
    /// The pages of an operation.
    ///
    /// # Errors
    ///
    /// If its answer does not have what pages are made of.
    pub fn page<'a>(&'a self, operation: &'a Operation) -> Result<Page<'a>, NoPages> {
        operation.page(|id| self.types.get(id.index()))
    }
}

impl Operation {
    /// The pages of the operation, by the definitions of types, of which some may be missing so far.
    ///
    /// # Errors
    ///
    /// If its answer does not have what pages are made of.
    pub fn page<'a>(&'a self, def: impl FnOnce(TypeId) -> Option<&'a TypeDef>) -> Result<Page<'a>, NoPages> {
        let paging = self.paging.as_ref().ok_or(NoPages::NotDeclared)?;
        let Some(TypeRef::Named(answer)) = self.output.json() else {
            return Err(NoPages::NotAnObject);
        };
        let Some(Shape::Struct(object)) = def(*answer).map(|def| &def.shape) else {
            return Err(NoPages::NotAnObject);
        };
        let items = property(object, &paging.items)?;
        let TypeRef::Array(item) = without_null(&items.ty) else {
            return Err(NoPages::NotAnArray(paging.items.clone()));
        };
        let next = property(object, &paging.next)?;
        if *without_null(&next.ty) != TypeRef::Primitive(Primitive::String) {
            return Err(NoPages::NotAString(paging.next.clone()));
        }
        Ok(Page {
            answer: *answer,
            items,
            item,
            next,
        })
    }
}

fn property<'a>(object: &'a Struct, name: &str) -> Result<&'a Field, NoPages> {
    let field = object.fields().find(|field| field.name == name);
    match field {
        None => Err(NoPages::NoProperty(name.to_owned())),
        Some(field) if field.boxed => Err(NoPages::Recursive(name.to_owned())),
        Some(field) => Ok(field),
    }
}

fn without_null(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Nullable(inner) => inner,
        other => other,
    }
}
