//! What the pages of an operation are made of.

use super::{Api, MemberPath, Operation, Primitive, Shape, Struct, TypeDef, TypeId, TypeRef};

/// What is at a place of the JSON that an operation takes or gives.
#[derive(Debug)]
pub enum Place<'a> {
    /// A value of this type.
    Type(&'a TypeRef),
    /// A value of which no type is known.
    Any,
    /// Nothing: the object at the first part of the path has no such member, but the named ones.
    Missing(usize, Vec<&'a str>),
}

/// The definition of a type, as far as it is known.
type Definitions<'d, 'a> = &'d dyn Fn(TypeId) -> Option<&'a TypeDef>;

/// References that are followed to a type.
const MAX_ALIASES: usize = 64;

/// What is at a path of a value of this type.
#[must_use]
pub fn place<'a>(types: Definitions<'_, 'a>, ty: &'a TypeRef, path: &[String]) -> Place<'a> {
    let mut ty = ty;
    for (index, name) in path.iter().enumerate() {
        ty = match member(types, ty, name) {
            Ok(ty) => ty,
            Err(None) => return Place::Any,
            Err(Some(names)) => return Place::Missing(index, names),
        };
    }
    match plain(types, ty) {
        TypeRef::Any => Place::Any,
        ty => Place::Type(ty),
    }
}

/// A type without its aliases and null.
#[must_use]
pub fn plain<'a>(types: Definitions<'_, 'a>, ty: &'a TypeRef) -> &'a TypeRef {
    let mut ty = ty;
    for _ in 0..MAX_ALIASES {
        ty = match ty {
            TypeRef::Nullable(inner) => inner,
            TypeRef::Named(id) => match types(*id).map(|def| &def.shape) {
                Some(Shape::Alias(alias)) => &alias.target,
                _ => return ty,
            },
            _ => return ty,
        };
    }
    ty
}

/// The type of a member; `None` where it may be anything, the names of the members where it does not exist.
fn member<'a>(types: Definitions<'_, 'a>, ty: &'a TypeRef, name: &str) -> Result<&'a TypeRef, Option<Vec<&'a str>>> {
    match plain(types, ty) {
        TypeRef::Any | TypeRef::AnyObject => Err(None),
        TypeRef::Map(inner) => Ok(inner),
        TypeRef::Named(id) => match types(*id).map(|def| &def.shape) {
            Some(Shape::Struct(object)) => member_of(types, object, name),
            Some(Shape::Union(union)) => {
                let mut known = Vec::new();
                for arm in &union.arms {
                    match member(types, &arm.ty, name) {
                        Err(Some(names)) => known.extend(names),
                        found => return found,
                    }
                }
                Err(Some(known))
            }
            _ => Err(Some(Vec::new())),
        },
        _ => Err(Some(Vec::new())),
    }
}

fn member_of<'a>(
    types: Definitions<'_, 'a>,
    object: &'a Struct,
    name: &str,
) -> Result<&'a TypeRef, Option<Vec<&'a str>>> {
    let mut known = Vec::new();
    for part in &object.members {
        match part {
            super::Member::Field(field) if field.name == name => return Ok(&field.ty),
            super::Member::Field(field) => known.push(field.name.as_str()),
            super::Member::Oneof(oneof) => {
                if let Some(arm) = oneof.arms.iter().find(|arm| arm.name == name) {
                    return Ok(&arm.ty);
                }
            }
            super::Member::Flattened(part) => match member(types, &part.ty, name) {
                Err(Some(names)) => known.extend(names),
                found => return found,
            },
        }
    }
    match &object.additional {
        Some(additional) => Ok(&additional.ty),
        None => Err(Some(known)),
    }
}

/// Whether a value of the type is a string or a number.
#[must_use]
pub fn is_token(types: Definitions<'_, '_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Primitive(primitive) => {
            !matches!(primitive, Primitive::Null | Primitive::Bool | Primitive::AnyMessage)
        }
        TypeRef::Named(id) => match types(*id).map(|def| &def.shape) {
            Some(Shape::Enum(_) | Shape::Newtype(_) | Shape::ValueEnum(_)) => true,
            Some(Shape::Union(union)) => union.arms.iter().any(|arm| is_token(types, plain(types, &arm.ty))),
            _ => false,
        },
        TypeRef::Any => true,
        _ => false,
    }
}

/// Whether a value of the type is a number.
#[must_use]
pub fn is_number(ty: &TypeRef) -> bool {
    largest(ty).is_some()
        || matches!(
            ty,
            TypeRef::Primitive(Primitive::Float | Primitive::Double | Primitive::Number)
        )
}

/// The largest integer of a type of integers, as far as it fits into 64 bits.
#[must_use]
pub fn largest(ty: &TypeRef) -> Option<i64> {
    let TypeRef::Primitive(primitive) = ty else { return None };
    Some(match primitive {
        Primitive::Int8 => i64::from(i8::MAX),
        Primitive::Int16 => i64::from(i16::MAX),
        Primitive::Int32 => i64::from(i32::MAX),
        Primitive::Uint8 => i64::from(u8::MAX),
        Primitive::Uint16 => i64::from(u16::MAX),
        Primitive::Uint32 => i64::from(u32::MAX),
        Primitive::Int64 | Primitive::Uint64 => i64::MAX,
        _ => return None,
    })
}

impl Operation {
    /// The type of a page; `None` where the operation has no pages.
    #[must_use]
    pub fn page(&self) -> Option<&TypeRef> {
        self.paging.as_ref().and(self.output.json())
    }
}

impl Api {
    /// The type of the items of an operation's pages; `None` where it has no pages, or does not declare where the items are.
    #[must_use]
    pub fn page_item(&self, operation: &Operation) -> Option<TypeRef> {
        let page = operation.page()?;
        let path: &MemberPath = operation.paging.as_ref()?.items.as_ref()?;
        let types = |id: TypeId| self.types.get(id.index());
        match place(&types, page, path) {
            Place::Type(TypeRef::Array(item)) => Some(TypeRef::clone(item).with_numbers_as_texts()),
            Place::Any => Some(TypeRef::Any),
            Place::Type(_) | Place::Missing(..) => None,
        }
    }
}
