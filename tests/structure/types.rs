//! The types of expressions, as far as they are written down: of fields, arguments, results and annotated variables.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Expr, GenericArgument, Item, ItemImpl, Pat, PathArguments, ReturnType, Type};

use super::tree::{ItemId, Meaning, ModuleId, Tree};

/// A type, as far as calls of methods need it.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    Item(ItemId),
    /// What `?`, `Some(x)` and `for` take apart: an option, a result, a list.
    Around(Box<Known>),
    Pair(Vec<Option<Known>>),
}

/// Pointers that are looked through.
const POINTERS: &[&str] = &["Box", "Rc", "Arc", "RefCell", "Cell", "Cow"];
const CONTAINERS: &[&str] = &["Option", "Result", "Vec", "BTreeSet", "HashSet", "VecDeque"];
/// Methods that give what they are called on.
const SAME: &[&str] = &["as_mut", "as_ref", "borrow", "borrow_mut", "clone", "to_owned"];
/// Methods that give a container of the same, or what is in it.
const SAME_AROUND: &[&str] = &[
    "as_deref",
    "as_slice",
    "cloned",
    "copied",
    "filter",
    "find",
    "first",
    "get",
    "into_iter",
    "iter",
    "iter_mut",
    "last",
    "next",
    "ok",
    "ok_or_else",
];
const INNER: &[&str] = &["expect", "unwrap", "unwrap_or", "unwrap_or_default"];

/// What items declare.
#[derive(Default)]
pub(crate) struct Declared {
    fields: BTreeMap<(ItemId, String), Known>,
    results: BTreeMap<(ItemId, String), Known>,
    functions: BTreeMap<ItemId, Known>,
    /// The modules with inherent methods of a type, by the method's name.
    pub(crate) methods: BTreeMap<(ItemId, String), BTreeSet<ModuleId>>,
}

impl Declared {
    pub(crate) fn of(tree: &Tree) -> Self {
        let mut declared = Self::default();
        for module in 0..tree.modules.len() {
            for item in &tree.modules[module].items {
                declared.add(tree, module, item);
            }
        }
        declared
    }

    fn add(&mut self, tree: &Tree, module: ModuleId, item: &Item) {
        match item {
            Item::Struct(item) => {
                let own = (module, item.ident.to_string());
                for (index, field) in item.fields.iter().enumerate() {
                    let name = field
                        .ident
                        .as_ref()
                        .map_or_else(|| index.to_string(), ToString::to_string);
                    if let Some(known) = known(tree, module, None, &field.ty) {
                        self.fields.insert((own.clone(), name), known);
                    }
                }
            }
            Item::Fn(item) => {
                if let Some(known) = result(tree, module, None, &item.sig.output) {
                    self.functions.insert((module, item.sig.ident.to_string()), known);
                }
            }
            Item::Impl(item) => self.add_methods(tree, module, item),
            _ => {}
        }
    }

    fn add_methods(&mut self, tree: &Tree, module: ModuleId, item: &ItemImpl) {
        let Some(own) = self_type(tree, module, item) else {
            return;
        };
        for method in &item.items {
            let syn::ImplItem::Fn(method) = method else { continue };
            let name = (own.clone(), method.sig.ident.to_string());
            if let Some(known) = result(tree, module, Some(&own), &method.sig.output) {
                self.results.insert(name.clone(), known);
            }
            if item.trait_.is_none() {
                self.methods.entry(name).or_default().insert(module);
            }
        }
    }
}

/// The type of an `impl` block, where it is one of the crate's.
pub(crate) fn self_type(tree: &Tree, module: ModuleId, item: &ItemImpl) -> Option<ItemId> {
    match known(tree, module, None, &item.self_ty)? {
        Known::Item(item) => Some(item),
        Known::Around(_) | Known::Pair(_) => None,
    }
}

fn result(tree: &Tree, module: ModuleId, own: Option<&ItemId>, output: &ReturnType) -> Option<Known> {
    match output {
        ReturnType::Type(_, ty) => known(tree, module, own, ty),
        ReturnType::Default => None,
    }
}

pub(crate) fn known(tree: &Tree, module: ModuleId, own: Option<&ItemId>, ty: &Type) -> Option<Known> {
    let around = |ty| known(tree, module, own, ty).map(|known| Known::Around(Box::new(known)));
    match ty {
        Type::Reference(reference) => known(tree, module, own, &reference.elem),
        Type::Paren(inner) => known(tree, module, own, &inner.elem),
        Type::Slice(slice) => around(&slice.elem),
        Type::Array(array) => around(&array.elem),
        Type::Tuple(tuple) => {
            let parts = tuple.elems.iter().map(|ty| known(tree, module, own, ty));
            Some(Known::Pair(parts.collect()))
        }
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            let name = last.ident.to_string();
            if path.path.is_ident("Self") {
                return own.cloned().map(Known::Item);
            }
            let segments: Vec<String> = path
                .path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect();
            if let Some(Meaning::Item(item, _)) = tree.resolve(module, &segments) {
                return Some(Known::Item(item));
            }
            let PathArguments::AngleBracketed(arguments) = &last.arguments else {
                return None;
            };
            let argument = arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })?;
            match name.as_str() {
                name if POINTERS.contains(&name) => known(tree, module, own, argument),
                name if CONTAINERS.contains(&name) => around(argument),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The variables of a function, and where it is.
pub(crate) struct Scope<'t> {
    pub(crate) tree: &'t Tree,
    pub(crate) declared: &'t Declared,
    pub(crate) module: ModuleId,
    pub(crate) own: Option<ItemId>,
    pub(crate) variables: BTreeMap<String, Option<Known>>,
}

impl Scope<'_> {
    pub(crate) fn known(&self, ty: &Type) -> Option<Known> {
        known(self.tree, self.module, self.own.as_ref(), ty)
    }

    /// Gives the variables of a pattern their types; one that is unknown hides an older variable of its name.
    pub(crate) fn bind(&mut self, pattern: &Pat, value: Option<&Known>) {
        match (pattern, value) {
            (Pat::Ident(name), value) => {
                self.variables.insert(name.ident.to_string(), value.cloned());
            }
            (Pat::Type(typed), _) => {
                let known = self.known(&typed.ty);
                self.bind(&typed.pat, known.as_ref());
            }
            (Pat::Reference(inner), value) => self.bind(&inner.pat, value),
            (Pat::Paren(inner), value) => self.bind(&inner.pat, value),
            (Pat::TupleStruct(inner), Some(Known::Around(value))) if inner.elems.len() == 1 => {
                inner.elems.iter().for_each(|pattern| self.bind(pattern, Some(value)));
            }
            (Pat::TupleStruct(inner), _) => inner.elems.iter().for_each(|pattern| self.bind(pattern, None)),
            (Pat::Tuple(inner), Some(Known::Pair(values))) => {
                inner
                    .elems
                    .iter()
                    .zip(values)
                    .for_each(|(pattern, value)| self.bind(pattern, value.as_ref()));
            }
            (Pat::Tuple(inner), _) => inner.elems.iter().for_each(|pattern| self.bind(pattern, None)),
            (Pat::Struct(inner), value) => {
                for field in &inner.fields {
                    let known = match value {
                        Some(Known::Item(item)) => self.field(item, &member(&field.member)),
                        _ => None,
                    };
                    self.bind(&field.pat, known.as_ref());
                }
            }
            _ => {}
        }
    }

    fn field(&self, item: &ItemId, name: &str) -> Option<Known> {
        self.declared.fields.get(&(item.clone(), name.to_owned())).cloned()
    }

    pub(crate) fn infer(&self, expression: &Expr) -> Option<Known> {
        match expression {
            Expr::Path(path) if path.path.is_ident("self") => self.own.clone().map(Known::Item),
            Expr::Path(path) => self.variables.get(&path.path.get_ident()?.to_string())?.clone(),
            Expr::Reference(inner) => self.infer(&inner.expr),
            Expr::Paren(inner) => self.infer(&inner.expr),
            Expr::Unary(inner) => self.infer(&inner.expr),
            Expr::Try(inner) => inner_of(self.infer(&inner.expr)?),
            Expr::Index(inner) => inner_of(self.infer(&inner.expr)?),
            Expr::Field(field) => match self.infer(&field.base)? {
                Known::Item(item) => self.field(&item, &member(&field.member)),
                Known::Pair(parts) => parts.get(member(&field.member).parse::<usize>().ok()?)?.clone(),
                Known::Around(_) => None,
            },
            Expr::Struct(literal) => self.item(&literal.path).map(|(item, _)| Known::Item(item)),
            Expr::Tuple(tuple) => Some(Known::Pair(tuple.elems.iter().map(|part| self.infer(part)).collect())),
            Expr::Call(call) => self.infer_call(&call.func),
            Expr::MethodCall(call) => self.infer_method(&call.receiver, &call.method.to_string()),
            _ => None,
        }
    }

    fn infer_call(&self, function: &Expr) -> Option<Known> {
        let Expr::Path(path) = function else { return None };
        let (item, rest) = self.item(&path.path)?;
        match rest.as_slice() {
            [] => self.declared.functions.get(&item).cloned().or(Some(Known::Item(item))),
            [method] => {
                let known = self.declared.results.get(&(item.clone(), method.clone())).cloned();
                // A method that gives something else, or a variant.
                known.or_else(|| method.starts_with(char::is_uppercase).then_some(Known::Item(item)))
            }
            _ => None,
        }
    }

    fn infer_method(&self, receiver: &Expr, method: &str) -> Option<Known> {
        let receiver = self.infer(receiver)?;
        if let Known::Item(item) = &receiver {
            let method = (item.clone(), method.to_owned());
            if self.declared.methods.contains_key(&method) || self.declared.results.contains_key(&method) {
                return self.declared.results.get(&method).cloned();
            }
        }
        match (method, &receiver) {
            (method, _) if SAME.contains(&method) => Some(receiver),
            (method, Known::Around(_)) if SAME_AROUND.contains(&method) => Some(receiver),
            (method, _) if INNER.contains(&method) => inner_of(receiver),
            _ => None,
        }
    }

    /// The item that a path names, `Self` included, and what is left of the path.
    pub(crate) fn item(&self, path: &syn::Path) -> Option<(ItemId, Vec<String>)> {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.first().is_some_and(|first| first == "Self") {
            return Some((self.own.clone()?, segments[1..].to_vec()));
        }
        match self.tree.resolve(self.module, &segments)? {
            Meaning::Item(item, rest) => Some((item, rest)),
            Meaning::Module(_) => None,
        }
    }
}

pub(crate) fn inner_of(known: Known) -> Option<Known> {
    match known {
        Known::Around(inner) => Some(*inner),
        Known::Item(_) | Known::Pair(_) => None,
    }
}

fn member(member: &syn::Member) -> String {
    match member {
        syn::Member::Named(name) => name.to_string(),
        syn::Member::Unnamed(index) => index.index.to_string(),
    }
}
