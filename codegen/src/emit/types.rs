//! Uses of types: how they are written, and how they travel.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Context,
    form::{Line, Type},
    runtime::{self, Known},
};
use crate::{
    ir::{Primitive, Shape, TypeId, TypeRef},
    name::ident,
};

impl Context<'_> {
    /// A type as it is written in the module `from`, which is `None` for modules outside the models.
    pub(super) fn ty(&self, ty: &TypeRef, from: Option<&[String]>) -> TokenStream {
        match ty {
            TypeRef::Named(id) => self.path(*id, from),
            TypeRef::Primitive(primitive) => scalar(*primitive),
            TypeRef::Array(element) => {
                let (vec, element) = (runtime::vec(), self.ty(element, from));
                quote!(#vec<#element>)
            }
            TypeRef::Map(values) => {
                let (map, string, values) = (runtime::map(), runtime::string(), self.ty(values, from));
                quote!(#map<#string, #values>)
            }
            TypeRef::Nullable(inner) => {
                let (nullable, inner) = (runtime::nullable(), self.ty(inner, from));
                quote!(#nullable<#inner>)
            }
            TypeRef::Any => runtime::value(),
            TypeRef::AnyObject => runtime::object(),
        }
    }

    /// A type as a form of the module `from` writes it; `None` is a module outside the models.
    pub(super) fn written(&self, ty: &TypeRef, from: Option<&[String]>) -> Type {
        match ty {
            TypeRef::Named(id) => self.written_path(*id, from),
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

    /// `as` and the codec, where a type has one.
    pub(super) fn codec_line(&self, ty: &TypeRef, from: Option<&[String]>) -> Line {
        match self.written_codec(ty, from) {
            Some(codec) => Line::new().word("as").ty(&codec),
            None => Line::new(),
        }
    }

    fn written_codec(&self, ty: &TypeRef, from: Option<&[String]>) -> Option<Type> {
        match ty {
            TypeRef::Primitive(Primitive::QuotedInt64 | Primitive::QuotedUint64) => {
                Some(self.known(runtime::QUOTED, from))
            }
            TypeRef::Array(inner) | TypeRef::Map(inner) => {
                let codec = self.written_codec(inner, from)?;
                Some(self.generic(runtime::EACH, &[codec], from))
            }
            TypeRef::Nullable(inner) => self.written_codec(inner, from),
            _ => None,
        }
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
        if self.names.defines(from.unwrap_or_default(), known.short) {
            known.path
        } else {
            known.short
        }
    }

    fn written_path(&self, id: TypeId, from: Option<&[String]>) -> Type {
        let name = self.names.ty(id);
        let last = ident(&name.ident);
        if from == Some(name.module.as_slice()) {
            return Type::path([&last]);
        }
        let models = ident("models");
        let public: Vec<_> = name.public.iter().map(|part| ident(part)).collect();
        Type::path(std::iter::once(&models).chain(&public).chain([&last]))
    }

    /// A named type, from its own module or from another one, in which `models` is in scope.
    fn path(&self, id: TypeId, from: Option<&[String]>) -> TokenStream {
        let name = self.names.ty(id);
        let last = ident(&name.ident);
        if from == Some(name.module.as_slice()) {
            return quote!(#last);
        }
        let way = name.public.iter().map(|part| ident(part));
        quote!(models::#(#way::)*#last)
    }

    /// What a function takes for a value of a type, and the expression that makes the value of it.
    pub(super) fn argument(
        &self,
        ty: &TypeRef,
        from: Option<&[String]>,
        name: &TokenStream,
    ) -> (TokenStream, TokenStream) {
        let written = self.ty(ty, from);
        // Outside of the models no schema can be called like a trait of the prelude.
        let (into, iterator) = match from {
            Some(_) => (runtime::into(), runtime::into_iterator()),
            None => (quote!(Into), quote!(IntoIterator)),
        };
        if self.converts(ty) {
            return (quote!(impl #into<#written>), quote!(#name.into()));
        }
        let TypeRef::Array(element) = ty else {
            return (written, name.clone());
        };
        let item = self.ty(element, from);
        // A parameter is passed on as a trait object, which does not say what to collect into.
        let collect = match from {
            Some(_) => quote!(collect()),
            None => quote!(collect::<#written>()),
        };
        if self.converts(element) {
            let items = quote!(impl #iterator<Item = impl #into<#item>>);
            return (items, quote!(#name.into_iter().map(#into::into).#collect));
        }
        (quote!(impl #iterator<Item = #item>), quote!(#name.into_iter().#collect))
    }

    /// Whether values are commonly made of something simpler, such as a text.
    fn converts(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(id) => {
                matches!(
                    self.api.type_def(*id).shape,
                    Shape::Enum(_) | Shape::Newtype(_) | Shape::ValueEnum(_) | Shape::Union(_)
                )
            }
            TypeRef::Primitive(primitive) => matches!(
                primitive,
                Primitive::String
                    | Primitive::Number
                    | Primitive::Timestamp
                    | Primitive::Date
                    | Primitive::Duration
                    | Primitive::FieldMask
                    | Primitive::Base64
                    | Primitive::Base64Url
                    | Primitive::Uuid
                    | Primitive::Password
                    | Primitive::Binary
            ),
            TypeRef::Map(_) | TypeRef::Any => true,
            TypeRef::Array(_) | TypeRef::Nullable(_) | TypeRef::AnyObject => false,
        }
    }
}

/// How a value travels where its Rust type has more than one form on the wire.
pub(super) fn codec(ty: &TypeRef) -> Option<TokenStream> {
    match ty {
        TypeRef::Primitive(Primitive::QuotedInt64 | Primitive::QuotedUint64) => Some(runtime::quoted()),
        TypeRef::Array(inner) | TypeRef::Map(inner) => codec(inner).map(|codec| wrap(&runtime::each(), &codec)),
        TypeRef::Nullable(inner) => codec(inner),
        _ => None,
    }
}

/// What a function needs whose document requires more than clippy likes.
pub(super) fn many_arguments() -> TokenStream {
    quote!(#[allow(clippy::too_many_arguments, reason = "the document requires all of them")])
}

fn scalar(primitive: Primitive) -> TokenStream {
    match primitive {
        Primitive::Null => runtime::null(),
        Primitive::Bool => quote!(bool),
        Primitive::String | Primitive::Binary => runtime::string(),
        Primitive::Int8 => quote!(i8),
        Primitive::Int16 => quote!(i16),
        Primitive::Int32 => quote!(i32),
        Primitive::Int64 | Primitive::QuotedInt64 => quote!(i64),
        Primitive::Uint8 => quote!(u8),
        Primitive::Uint16 => quote!(u16),
        Primitive::Uint32 => quote!(u32),
        Primitive::Uint64 | Primitive::QuotedUint64 => quote!(u64),
        Primitive::Float => quote!(f32),
        Primitive::Double => quote!(f64),
        Primitive::Number => runtime::number(),
        Primitive::Timestamp => runtime::timestamp(),
        Primitive::Date => runtime::date(),
        Primitive::Duration => runtime::duration(),
        Primitive::FieldMask => runtime::field_mask(),
        Primitive::Base64 => runtime::base64(),
        Primitive::Base64Url => runtime::base64_url(),
        Primitive::Uuid => runtime::uuid(),
        Primitive::Password => runtime::password(),
        Primitive::AnyMessage => runtime::any_message(),
    }
}

pub(super) fn wrap(outer: &TokenStream, inner: &TokenStream) -> TokenStream {
    quote!(#outer<#inner>)
}
