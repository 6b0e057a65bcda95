//! What the variants of an enum are like, by the types of their values.

use super::{Api, Arm, Primitive, Shape, TypeRef, Union};

/// What a value is one of several of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariantOf {
    /// A union.
    Union,
    /// A oneof group.
    Oneof,
    /// The answers of an operation, by status.
    Outcomes,
}

impl Api {
    /// Whether the value of a variant is held by a pointer, so that the whole is not as large as its largest variant, and
    /// a property that is added to one changes no type.
    ///
    /// The rule is by shape, never by size: a struct always is, a string never. What lies between differs, and users'
    /// code depends on it.
    #[must_use]
    pub fn is_boxed(&self, ty: &TypeRef, of: VariantOf) -> bool {
        let TypeRef::Named(id) = ty else { return false };
        match self.shape(*id) {
            Shape::Struct(_) => true,
            Shape::Enum(_) | Shape::Newtype(_) => false,
            Shape::Union(_) | Shape::Tuple(_) => of != VariantOf::Oneof,
            Shape::Alias(_) | Shape::ValueEnum(_) | Shape::Constant(_) => of == VariantOf::Outcomes,
        }
    }

    /// Returns whether only this variant has values of its type, so that the type converts into the union.
    #[must_use]
    pub fn is_known_by_type(&self, arm: &Arm, union: &Union) -> bool {
        let meant = self.in_memory(&arm.ty);
        let mut others = union.arms.iter().filter(|other| !std::ptr::eq(*other, arm));
        others.all(|other| self.in_memory(&other.ty) != meant)
    }

    /// The type without what makes a difference on the wire alone: other names for it, and the forms of scalars.
    fn in_memory(&self, ty: &TypeRef) -> TypeRef {
        let inside = |inner: &TypeRef| Box::new(self.in_memory(inner));
        match self.behind_aliases(ty) {
            TypeRef::Primitive(Primitive::QuotedInt64) => TypeRef::Primitive(Primitive::Int64),
            TypeRef::Primitive(Primitive::QuotedUint64) => TypeRef::Primitive(Primitive::Uint64),
            TypeRef::Primitive(Primitive::Binary) => TypeRef::Primitive(Primitive::String),
            TypeRef::Array(inner) => TypeRef::Array(inside(inner)),
            TypeRef::Map(inner) => TypeRef::Map(inside(inner)),
            TypeRef::Nullable(inner) => TypeRef::Nullable(inside(inner)),
            other => other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Api, Arm, Primitive, Shape, TypeRef, Union};
    use crate::ir::{Alias, TypeDef, TypeId};

    fn alias(name: &str, target: TypeRef) -> TypeDef {
        TypeDef {
            name: name.to_owned(),
            pointer: String::new(),
            docs: String::new(),
            deprecated: false,
            origin: crate::ir::Origin::Nowhere,
            messages: crate::ir::Messages::default(),
            is_boxed: false,
            shape: Shape::Alias(Alias { target }),
        }
    }

    fn union(types: [TypeRef; 2]) -> Union {
        let arms = types.map(|ty| Arm {
            name: String::new(),
            docs: String::new(),
            ty,
            origin: crate::ir::Origin::Nowhere,
            tags: Vec::new(),
            constraints: Vec::new(),
        });
        Union {
            tag: None,
            arms: arms.into(),
            others: None,
        }
    }

    #[test]
    fn an_arm_is_known_by_its_type_if_no_other_one_is_the_same_in_memory() {
        let text = TypeRef::Primitive(Primitive::String);
        let api = Api {
            types: vec![
                alias("Text", text.clone()),
                alias("Texts", TypeRef::Array(Box::new(text.clone()))),
                alias("Names", TypeRef::Array(Box::new(TypeRef::Named(TypeId(0))))),
            ],
            ..Api::default()
        };
        let (small, number) = (Primitive::Int32, Primitive::Int64);
        let named = |index| TypeRef::Named(TypeId(index));
        for (types, expected) in [
            ([text.clone(), TypeRef::Primitive(number)], [true, true]),
            ([text.clone(), named(0)], [false, false]),
            ([named(1), named(2)], [false, false]),
            ([named(1), text.clone()], [true, true]),
            ([TypeRef::Array(Box::new(text.clone())), text.clone()], [true, true]),
            (
                [TypeRef::Primitive(Primitive::QuotedInt64), TypeRef::Primitive(number)],
                [false, false],
            ),
            ([TypeRef::Primitive(small), TypeRef::Primitive(number)], [true, true]),
        ] {
            let union = union(types);
            let known = union.arms.iter().map(|arm| api.is_known_by_type(arm, &union));
            assert_eq!(known.collect::<Vec<_>>(), expected, "{union:?}");
        }
    }
}
