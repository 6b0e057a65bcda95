//! The items of a public face without what is not of it: bodies, private fields, hidden members, documentation.

use syn::{
    Block, Fields, Generics, ImplItem, Item, ItemImpl, Path, TraitItem, Type, Visibility,
    visit::{self, Visit},
};

use super::source::{Sources, conditions, is_hidden};

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn empty() -> Block {
    syn::parse_quote!({})
}

/// An item as it is promised.
pub(crate) fn promised(item: &Item) -> Item {
    let mut item = item.clone();
    match &mut item {
        Item::Struct(found) => {
            found.attrs = conditions(&found.attrs);
            found.fields = public_fields(&found.fields);
            if matches!(found.fields, Fields::Unit) {
                found.semi_token = Some(syn::token::Semi::default());
            }
        }
        Item::Enum(found) => {
            found.attrs = conditions(&found.attrs);
            for variant in &mut found.variants {
                variant.attrs = conditions(&variant.attrs);
                variant.fields.iter_mut().for_each(|field| field.attrs.clear());
            }
        }
        Item::Trait(found) => {
            found.attrs = conditions(&found.attrs);
            found.items.retain(|item| match item {
                TraitItem::Fn(item) => !is_hidden(&item.attrs),
                TraitItem::Const(item) => !is_hidden(&item.attrs),
                TraitItem::Type(item) => !is_hidden(&item.attrs),
                _ => false,
            });
            for item in &mut found.items {
                match item {
                    TraitItem::Fn(item) => {
                        item.attrs = conditions(&item.attrs);
                        item.default = item.default.as_ref().map(|_| empty());
                    }
                    TraitItem::Const(item) => item.attrs.clear(),
                    TraitItem::Type(item) => item.attrs.clear(),
                    _ => {}
                }
            }
        }
        Item::Fn(found) => {
            found.attrs = conditions(&found.attrs);
            *found.block = empty();
        }
        Item::Type(found) => found.attrs = conditions(&found.attrs),
        Item::Const(found) => found.attrs = conditions(&found.attrs),
        _ => {}
    }
    item
}

/// Fields that are not public are not promised; that there are some is, by the struct's having no literal.
fn public_fields(fields: &Fields) -> Fields {
    match fields {
        Fields::Named(named) => {
            let mut named = named.clone();
            let public = named.named.into_iter().filter(|field| is_public(&field.vis));
            named.named = public
                .map(|mut field| {
                    field.attrs.clear();
                    field
                })
                .collect();
            if named.named.is_empty() {
                Fields::Unit
            } else {
                Fields::Named(named)
            }
        }
        Fields::Unnamed(unnamed) if unnamed.unnamed.iter().all(|field| is_public(&field.vis)) => fields.clone(),
        _ => Fields::Unit,
    }
}

/// The name of the type that a block is about.
pub(crate) fn subject(block: &ItemImpl) -> Option<String> {
    let ty = match &*block.self_ty {
        Type::Reference(reference) => &*reference.elem,
        ty => ty,
    };
    let Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

/// The public members of a type's own blocks, and the traits that it implements.
pub(crate) fn blocks(sources: &Sources, name: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for block in sources.impls().filter(|block| subject(block).as_deref() == Some(name)) {
        let mut block = block.clone();
        block.attrs = conditions(&block.attrs);
        if block.trait_.is_some() {
            block.items.clear();
        } else {
            block.items.retain_mut(keep_public);
            if block.items.is_empty() {
                continue;
            }
        }
        items.push(Item::Impl(block));
    }
    items
}

fn keep_public(item: &mut ImplItem) -> bool {
    match item {
        ImplItem::Fn(item) => {
            let is_promised = is_public(&item.vis) && !is_hidden(&item.attrs);
            item.attrs = conditions(&item.attrs);
            item.block = empty();
            is_promised
        }
        ImplItem::Const(item) => {
            let is_promised = is_public(&item.vis) && !is_hidden(&item.attrs);
            item.attrs = conditions(&item.attrs);
            is_promised
        }
        _ => false,
    }
}

/// The last names of all paths in an item, but not those of its own type parameters.
#[derive(Default)]
pub(crate) struct Named {
    pub(crate) names: Vec<String>,
    parameters: Vec<String>,
}

impl Named {
    pub(crate) fn of(item: &Item) -> Vec<String> {
        let mut named = Self::default();
        named.visit_item(item);
        let Self { mut names, parameters } = named;
        names.retain(|name| !parameters.contains(name));
        names
    }
}

impl<'ast> Visit<'ast> for Named {
    fn visit_path(&mut self, path: &'ast Path) {
        // Paths into other crates name no type of this one.
        let is_foreign = path.segments.len() > 1
            && path
                .segments
                .first()
                .is_some_and(|first| !["crate", "self", "super", "wire"].contains(&&*first.ident.to_string()));
        if let Some(last) = path.segments.last().filter(|_| !is_foreign) {
            self.names.push(last.ident.to_string());
        }
        visit::visit_path(self, path);
    }

    fn visit_generics(&mut self, generics: &'ast Generics) {
        self.parameters
            .extend(generics.type_params().map(|parameter| parameter.ident.to_string()));
        visit::visit_generics(self, generics);
    }

    fn visit_attribute(&mut self, _attribute: &'ast syn::Attribute) {}
}
