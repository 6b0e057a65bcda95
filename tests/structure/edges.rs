//! Which file names an item of which other file.

use std::collections::{BTreeMap, BTreeSet};

use syn::{
    Arm, Expr, ExprClosure, ExprForLoop, ExprLet, ExprMatch, ExprMethodCall, FnArg, ImplItemFn, ItemFn, ItemImpl,
    Local, Macro, Token,
    punctuated::Punctuated,
    visit::{self, Visit},
};

use super::{
    tree::{ItemId, Meaning, ModuleId, Tree},
    types::{Declared, Known, Scope, inner_of, self_type},
};

/// Files, the files of which each names an item, and those items.
pub(crate) type Edges = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

pub(crate) fn edges(tree: &mut Tree) -> Edges {
    for module in 0..tree.modules.len() {
        let mut local = LocalImports(Vec::new());
        tree.modules[module]
            .items
            .iter()
            .for_each(|item| local.visit_item(item));
        for import in local.0 {
            tree.add_import(module, &import);
        }
    }
    let declared = Declared::of(tree);
    let mut edges = Edges::new();
    for module in 0..tree.modules.len() {
        let mut names = Names {
            scope: Scope {
                tree,
                declared: &declared,
                module,
                own: None,
                variables: BTreeMap::new(),
            },
            edges: &mut edges,
        };
        for path in tree.imports(module) {
            if let Some(Meaning::Item(item, rest)) = tree.resolve(module, path) {
                names.found(&item, rest.first());
            }
        }
        for item in &tree.modules[module].items {
            names.visit_item(item);
        }
    }
    edges
}

/// The `use` declarations inside of functions.
struct LocalImports(Vec<syn::UseTree>);

impl<'ast> Visit<'ast> for LocalImports {
    fn visit_item_use(&mut self, import: &'ast syn::ItemUse) {
        self.0.push(import.tree.clone());
    }
}

struct Names<'t, 'e> {
    scope: Scope<'t>,
    edges: &'e mut Edges,
}

impl Names<'_, '_> {
    /// Notes that an item is named, and a method of it where that is in another file.
    fn found(&mut self, item: &ItemId, method: Option<&String>) {
        self.edge(item.0, &item.1);
        if let Some(method) = method {
            self.method(item, method);
        }
    }

    fn method(&mut self, item: &ItemId, method: &str) {
        let modules = self.scope.declared.methods.get(&(item.clone(), method.to_owned()));
        for module in modules.into_iter().flatten() {
            self.edge(*module, &format!("{}::{method}", item.1));
        }
    }

    fn edge(&mut self, to: ModuleId, name: &str) {
        let [from, to] = [self.scope.module, to].map(|module| self.scope.tree.file(module).to_owned());
        if from != to {
            let named = self.edges.entry(from).or_default().entry(to).or_default();
            named.insert(name.to_owned());
        }
    }

    fn function(&mut self, signature: &syn::Signature) {
        self.scope.variables.clear();
        for argument in &signature.inputs {
            if let FnArg::Typed(typed) = argument {
                let known = self.scope.known(&typed.ty);
                self.scope.bind(&typed.pat, known.as_ref());
            }
        }
    }
}

impl<'ast> Visit<'ast> for Names<'_, '_> {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        self.scope.own = self_type(self.scope.tree, self.scope.module, item);
        visit::visit_item_impl(self, item);
        self.scope.own = None;
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.function(&function.sig);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.function(&function.sig);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some((item, rest)) = self.scope.item(path) {
            self.found(&item, rest.first());
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if let Some(Known::Item(item)) = self.scope.infer(&call.receiver) {
            self.method(&item, &call.method.to_string());
        }
        // What a closure of `map`, `for_each` and the like is given.
        let inner = self.scope.infer(&call.receiver).and_then(inner_of);
        self.visit_expr(&call.receiver);
        for argument in &call.args {
            if let (Expr::Closure(closure), Some(inner)) = (argument, &inner)
                && closure.inputs.len() == 1
            {
                closure
                    .inputs
                    .iter()
                    .for_each(|input| self.scope.bind(input, Some(inner)));
                self.visit_expr(&closure.body);
            } else {
                self.visit_expr(argument);
            }
        }
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        closure.inputs.iter().for_each(|input| self.scope.bind(input, None));
        visit::visit_expr_closure(self, closure);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        let known = local.init.as_ref().and_then(|init| self.scope.infer(&init.expr));
        self.scope.bind(&local.pat, known.as_ref());
    }

    fn visit_expr_let(&mut self, condition: &'ast ExprLet) {
        visit::visit_expr_let(self, condition);
        let known = self.scope.infer(&condition.expr);
        self.scope.bind(&condition.pat, known.as_ref());
    }

    fn visit_expr_for_loop(&mut self, repeated: &'ast ExprForLoop) {
        let known = self.scope.infer(&repeated.expr).and_then(inner_of);
        self.scope.bind(&repeated.pat, known.as_ref());
        visit::visit_expr_for_loop(self, repeated);
    }

    fn visit_expr_match(&mut self, choice: &'ast ExprMatch) {
        self.visit_expr(&choice.expr);
        let known = self.scope.infer(&choice.expr);
        for arm in &choice.arms {
            let Arm { pat, .. } = arm;
            self.scope.bind(pat, known.as_ref());
            self.visit_arm(arm);
        }
    }

    /// The arguments of `format!`, `vec!`, `assert!` and the like are expressions; those of `quote!` are not seen.
    fn visit_macro(&mut self, invocation: &'ast Macro) {
        self.visit_path(&invocation.path);
        let arguments = invocation.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        if let Ok(arguments) = arguments {
            for argument in &arguments {
                Names {
                    scope: Scope {
                        variables: self.scope.variables.clone(),
                        own: self.scope.own.clone(),
                        ..self.scope
                    },
                    edges: self.edges,
                }
                .visit_expr(argument);
            }
        }
    }
}
