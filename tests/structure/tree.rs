//! The modules of a crate, and what each name in them means.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use syn::{Attribute, Item, UseTree};

/// The index of a module.
pub(crate) type ModuleId = usize;

/// An item, by the module that declares it and by its name.
pub(crate) type ItemId = (ModuleId, String);

/// A module, of a file or inline.
#[derive(Default)]
pub(crate) struct Module {
    /// The file, relative to the folder of the crate's sources.
    pub(crate) file: String,
    parent: ModuleId,
    children: BTreeMap<String, ModuleId>,
    names: BTreeSet<String>,
    /// What `use` declarations call a path here.
    aliases: Vec<(String, Vec<String>)>,
    /// The paths that `use path::*` imports.
    globs: Vec<Vec<String>>,
    pub(crate) items: Vec<Item>,
}

/// What a path leads to.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    Module(ModuleId),
    /// An item, and the segments that are left of the path: a variant, a method.
    Item(ItemId, Vec<String>),
}

pub(crate) struct Tree {
    pub(crate) modules: Vec<Module>,
}

impl Tree {
    /// Reads a crate from the folder of its sources. What is compiled for tests only is left out.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut tree = Self { modules: Vec::new() };
        tree.add_file(folder, "lib.rs", "", 0);
        tree
    }

    fn add_file(&mut self, folder: &Path, file: &str, children: &str, parent: ModuleId) -> ModuleId {
        let text = fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        self.add(folder, file, children, parent, parsed.items)
    }

    /// Adds a module with its items; `children` is the folder of its modules, with a slash at its end.
    fn add(&mut self, folder: &Path, file: &str, children: &str, parent: ModuleId, items: Vec<Item>) -> ModuleId {
        let id = self.modules.len();
        self.modules.push(Module {
            file: file.to_owned(),
            parent,
            ..Module::default()
        });
        for item in items.into_iter().filter(|item| !is_test(attributes(item))) {
            match item {
                Item::Mod(module) => {
                    let name = module.ident.to_string();
                    let inner = format!("{children}{name}/");
                    let child = match module.content {
                        Some((_, items)) => self.add(folder, file, &inner, id, items),
                        None => self.add_file(folder, &format!("{children}{name}.rs"), &inner, id),
                    };
                    self.modules[id].children.insert(name, child);
                }
                Item::Use(import) => self.modules[id].import(&import.tree, &mut Vec::new()),
                item => {
                    self.modules[id].names.extend(declared(&item));
                    self.modules[id].items.push(item);
                }
            }
        }
        id
    }

    pub(crate) fn file(&self, module: ModuleId) -> &str {
        &self.modules[module].file
    }

    /// What a path means in a module; nothing for one that leaves the crate.
    pub(crate) fn resolve(&self, module: ModuleId, path: &[String]) -> Option<Meaning> {
        self.resolve_guarded(module, path, &mut BTreeSet::new())
    }

    fn resolve_guarded(
        &self,
        module: ModuleId,
        path: &[String],
        seen: &mut BTreeSet<(ModuleId, String)>,
    ) -> Option<Meaning> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.walk(Meaning::Module(0), rest, seen),
            "self" => self.walk(Meaning::Module(module), rest, seen),
            "super" => self.resolve_in(self.modules[module].parent, rest, seen),
            _ => self.resolve_in(module, path, seen),
        }
    }

    /// Like [`Self::resolve_guarded`], where `super::super` has to go on, but an empty path is the module itself.
    fn resolve_in(
        &self,
        module: ModuleId,
        path: &[String],
        seen: &mut BTreeSet<(ModuleId, String)>,
    ) -> Option<Meaning> {
        match path.split_first() {
            None => Some(Meaning::Module(module)),
            Some((first, rest)) if first == "super" => self.resolve_in(self.modules[module].parent, rest, seen),
            Some((first, rest)) => {
                let starts = self.lookup(module, first, seen);
                starts.into_iter().find_map(|start| self.walk(start, rest, seen))
            }
        }
    }

    fn walk(&self, start: Meaning, rest: &[String], seen: &mut BTreeSet<(ModuleId, String)>) -> Option<Meaning> {
        match start {
            Meaning::Item(item, mut left) => {
                left.extend_from_slice(rest);
                Some(Meaning::Item(item, left))
            }
            Meaning::Module(module) => self.resolve_in(module, rest, seen),
        }
    }

    /// Everything that a name may mean in a module: a type, a function and a module may have the same one.
    fn lookup(&self, id: ModuleId, name: &str, seen: &mut BTreeSet<(ModuleId, String)>) -> Vec<Meaning> {
        let module = &self.modules[id];
        let mut found = Vec::new();
        if module.names.contains(name) {
            found.push(Meaning::Item((id, name.to_owned()), Vec::new()));
        }
        if seen.insert((id, name.to_owned())) {
            let aliases = module.aliases.iter().filter(|(alias, _)| alias == name);
            found.extend(aliases.filter_map(|(_, path)| self.resolve_guarded(id, path, seen)));
            for glob in &module.globs {
                if let Some(Meaning::Module(source)) = self.resolve_guarded(id, glob, seen) {
                    found.extend(self.lookup(source, name, seen));
                }
            }
            seen.remove(&(id, name.to_owned()));
        }
        found.extend(module.children.get(name).map(|child| Meaning::Module(*child)));
        found
    }

    /// The paths of all `use` declarations of a module.
    pub(crate) fn imports(&self, module: ModuleId) -> impl Iterator<Item = &Vec<String>> {
        self.modules[module].aliases.iter().map(|(_, path)| path)
    }

    /// Adds what is imported inside of a function, as if it were imported by its module.
    pub(crate) fn add_import(&mut self, module: ModuleId, tree: &UseTree) {
        self.modules[module].import(tree, &mut Vec::new());
    }
}

impl Module {
    fn import(&mut self, tree: &UseTree, prefix: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.import(&path.tree, prefix);
                prefix.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, prefix)),
            UseTree::Glob(_) => self.globs.push(prefix.clone()),
            UseTree::Name(name) => self.alias(&name.ident.to_string(), &name.ident.to_string(), prefix),
            UseTree::Rename(name) => self.alias(&name.ident.to_string(), &name.rename.to_string(), prefix),
        }
    }

    fn alias(&mut self, name: &str, alias: &str, prefix: &[String]) {
        let mut path = prefix.to_vec();
        let alias = if name == "self" {
            prefix.last().map_or(alias, String::as_str)
        } else {
            path.push(name.to_owned());
            alias
        };
        self.aliases.push((alias.to_owned(), path));
    }
}

/// The name that an item declares in its module.
fn declared(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether an item is compiled for tests only.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_test = |condition: syn::Path| condition.is_ident("test");
        attribute.path().is_ident("cfg") && attribute.parse_args().is_ok_and(is_test)
    })
}
