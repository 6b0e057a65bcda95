//! The sources of a crate: what they define, and what its root exports.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use syn::{Attribute, File, Item, ItemImpl, UseTree, Visibility};

/// All modules of a crate but its tests.
pub(crate) struct Sources(BTreeMap<String, File>);

/// Something that the crate exports, with the conditions under which it does.
pub(crate) struct Export {
    pub(crate) name: String,
    pub(crate) conditions: Vec<Attribute>,
}

impl Sources {
    /// Reads the folder `src` of a crate.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        collect(folder, folder, &mut files);
        Self(files)
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        self.0
            .values()
            .flat_map(|file| &file.items)
            .filter(|item| !is_test(attributes(item)))
    }

    /// The definition of a public item by its name.
    pub(crate) fn definition(&self, name: &str) -> Option<&Item> {
        let mut found = self
            .items()
            .filter(|item| identifier(item).is_some_and(|(ident, is_public)| ident == name && is_public));
        let first = found.next();
        assert!(
            found.next().is_none(),
            "{name} is defined twice: give one of the two another name"
        );
        first
    }

    /// The call of the macro that defines a type of this name.
    pub(crate) fn by_macro(&self, name: &str) -> Option<Item> {
        let macros = || {
            self.items().filter_map(|item| match item {
                Item::Macro(found) => Some((item, found)),
                _ => None,
            })
        };
        let text = format!("pub enum {name} ");
        let definition = macros().find(|(_, found)| found.mac.tokens.to_string().contains(&text));
        let defines = |found: &syn::ItemMacro| match definition {
            Some((_, definition)) => found.mac.path.get_ident() == definition.ident.as_ref(),
            // The macro is told the name.
            None => found
                .mac
                .tokens
                .clone()
                .into_iter()
                .any(|token| token.to_string() == name),
        };
        let call = macros().find(|(_, found)| found.ident.is_none() && defines(found));
        call.map(|(item, _)| item.clone())
    }

    /// The names of all types and traits.
    pub(crate) fn types(&self) -> BTreeSet<String> {
        let is_type = |item: &&Item| matches!(item, Item::Struct(_) | Item::Enum(_) | Item::Trait(_) | Item::Type(_));
        self.items()
            .filter(is_type)
            .filter_map(identifier)
            .map(|(name, _)| name)
            .collect()
    }

    pub(crate) fn impls(&self) -> impl Iterator<Item = &ItemImpl> {
        self.items().filter_map(|item| match item {
            Item::Impl(block) => Some(block),
            _ => None,
        })
    }

    /// The definitions of the macros of this name.
    pub(crate) fn macros(&self, name: &str) -> impl Iterator<Item = String> {
        self.items().filter_map(move |item| match item {
            Item::Macro(found) if found.ident.as_ref().is_some_and(|ident| ident == name) => {
                Some(found.mac.tokens.to_string())
            }
            _ => None,
        })
    }

    /// What the module in this file exports; empty for the root.
    pub(crate) fn exports(&self, module: &str) -> Vec<Export> {
        let file = &self.0[if module.is_empty() { "lib.rs" } else { module }];
        let mut exports = Vec::new();
        for item in file.items.iter().filter(|item| !is_hidden(attributes(item))) {
            let conditions = conditions(attributes(item));
            let mut add = |name: String| {
                exports.push(Export {
                    name,
                    conditions: conditions.clone(),
                });
            };
            match item {
                Item::Use(found) if matches!(found.vis, Visibility::Public(_)) => leaves(&found.tree, &mut add),
                Item::Mod(_) | Item::Use(_) | Item::Impl(_) | Item::Macro(_) => {}
                other => {
                    if let Some((name, true)) = identifier(other) {
                        add(name);
                    }
                }
            }
        }
        exports
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy();
        if path.is_dir() {
            if stem != "tests" {
                collect(root, &path, files);
            }
        } else if stem != "tests" {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(name, syn::parse_file(&text).unwrap());
        }
    }
}

/// The names that an import brings, under which they are known.
fn leaves(tree: &UseTree, add: &mut impl FnMut(String)) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, add),
        UseTree::Name(name) => add(name.ident.to_string()),
        UseTree::Rename(rename) => add(rename.rename.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, add)),
        UseTree::Glob(_) => {}
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The name of an item, and whether it is public.
fn identifier(item: &Item) -> Option<(String, bool)> {
    let (ident, visibility) = match item {
        Item::Const(item) => (&item.ident, &item.vis),
        Item::Enum(item) => (&item.ident, &item.vis),
        Item::Fn(item) => (&item.sig.ident, &item.vis),
        Item::Struct(item) => (&item.ident, &item.vis),
        Item::Trait(item) => (&item.ident, &item.vis),
        Item::Type(item) => (&item.ident, &item.vis),
        _ => return None,
    };
    Some((ident.to_string(), matches!(visibility, Visibility::Public(_))))
}

fn text(attribute: &Attribute) -> String {
    let meta = &attribute.meta;
    quote::quote!(#meta).to_string().replace(' ', "")
}

pub(crate) fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| text(attribute) == "doc(hidden)")
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| text(attribute) == "cfg(test)")
}

/// What a reviewer has to see of the attributes: conditions, and what may grow.
pub(crate) fn conditions(attributes: &[Attribute]) -> Vec<Attribute> {
    let shown = |attribute: &&Attribute| {
        ["cfg", "derive", "non_exhaustive"]
            .iter()
            .any(|name| attribute.path().is_ident(name))
    };
    attributes.iter().filter(shown).cloned().collect()
}
