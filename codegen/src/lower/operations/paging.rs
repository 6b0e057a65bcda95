//! Paging (`x-client-paging`): what it names has to exist, with types by which the client can follow pages.

use crate::{
    at::At,
    diagnostic::Code,
    ir::{
        Amount, BodyForm, Count, Location, MemberPath, Next, Operation, PageField, Paging, Place, Primitive, TypeDef,
        TypeId, TypeRef, is_number, is_token, largest, place,
    },
    lower::{media::Contents, report::did_you_mean},
    member_path::written,
};

/// Reports what of an operation's paging does not exist, and takes out a paging that the client cannot follow.
pub(super) fn check_paging(contents: &mut Contents<'_, '_>, operation: &mut Operation, at: &At<'_>) {
    let Some(mut paging) = operation.paging.take() else {
        return;
    };
    let at = at.key("x-client-paging");
    let problems = {
        let registry = &contents.types.registry;
        let types = |id: TypeId| registry.def(id);
        let mut check = Check {
            types: &types,
            operation,
            problems: Vec::new(),
        };
        check.all(&mut paging);
        check.problems
    };
    if problems.is_empty() {
        operation.paging = Some(paging);
        return;
    }
    // A wrong guess is left out of the client without a word: the document did not ask for it.
    if paging.recognized.is_some() {
        return;
    }
    for problem in problems {
        let at = match problem.key {
            "" => At::of(&at.pointer()).pointer(),
            key => at.key(key).pointer(),
        };
        let at = At::of(&at);
        if problem.is_missing {
            contents.error(Code::InvalidExtension, &at, problem.message, problem.help);
        } else {
            let message = format!("the operation is not paged in the client: {}", problem.message);
            contents.warn(Code::InvalidExtension, &at, message, problem.help);
        }
    }
}

struct Problem {
    /// The key of the declaration that it is about.
    key: &'static str,
    /// Whether something does not exist; otherwise it is of a kind that the client cannot follow.
    is_missing: bool,
    message: String,
    help: String,
}

struct Check<'c, 'a> {
    types: &'c dyn Fn(TypeId) -> Option<&'a TypeDef>,
    operation: &'a Operation,
    problems: Vec<Problem>,
}

impl<'a> Check<'_, 'a> {
    fn all(&mut self, paging: &mut Paging) {
        let Some(output) = self.operation.output.json() else {
            let message = "the response is not one JSON value".to_owned();
            return self.add(
                ("", true),
                message,
                "Remove `x-client-paging`, or declare a response in JSON.",
            );
        };
        let item = self.items(paging, output);
        self.next(paging, output, item);
        if let Some(more) = &paging.more {
            self.place(("more", "a boolean"), output, &more.path, |_, ty| {
                matches!(ty, TypeRef::Primitive(Primitive::Bool) | TypeRef::Any)
            });
        }
        for (key, amount) in [("pages", &paging.pages), ("total", &paging.total)] {
            if let Some(Amount::Body(path)) = amount {
                self.place((key, "a number"), output, path, |types, ty| is_token(types, ty));
            }
        }
        if let Some(into) = &mut paging.into {
            let key = "into";
            let ty = self.field(key, into);
            if let Some(ty) = ty {
                if matches!(paging.next, Next::Count(_)) {
                    paging.max = largest(ty).filter(|max| *max < i64::MAX);
                } else if let PageField::Body(path) = into
                    && is_number(ty)
                {
                    *into = PageField::BodyNumber(path.clone());
                }
                if !is_token(self.types, ty) {
                    let name = shown(into);
                    self.add((key, false), format!("{name} is not a string or a number"), WRONG_KIND);
                }
            }
        }
        if let Some(size) = &paging.size {
            self.field("size", &size.field);
        }
    }

    fn items(&mut self, paging: &Paging, output: &'a TypeRef) -> Option<&'a TypeRef> {
        let path = paging.items.as_ref()?;
        let ty = self.place(("items", "an array"), output, path, |_, ty| {
            matches!(ty, TypeRef::Array(_) | TypeRef::Any)
        })?;
        match ty {
            TypeRef::Array(item) => Some(item),
            _ => None,
        }
    }

    fn next(&mut self, paging: &Paging, output: &'a TypeRef, item: Option<&'a TypeRef>) {
        match &paging.next {
            Next::Body(path) => {
                self.place(("next", "a string or a number"), output, path, is_token);
            }
            Next::Last(path) => {
                if let Some(item) = item {
                    self.place(("next", "a string or a number"), item, path, is_token);
                }
            }
            Next::Header(_) | Next::Link(_) | Next::Count(Count::Pages | Count::Items | Count::Size(_)) => {}
        }
    }

    /// The type at a path; reports what does not exist, or is of another kind.
    fn place(
        &mut self,
        (key, kind): (&'static str, &str),
        root: &'a TypeRef,
        path: &MemberPath,
        is_right: impl Fn(&dyn Fn(TypeId) -> Option<&'a TypeDef>, &TypeRef) -> bool,
    ) -> Option<&'a TypeRef> {
        let text = written(path);
        match place(self.types, root, path) {
            Place::Any => None,
            Place::Type(ty) if is_right(self.types, ty) => Some(ty),
            Place::Type(_) => {
                self.add((key, false), format!("`{text}` is not {kind}"), WRONG_KIND);
                None
            }
            Place::Missing(index, known) => {
                let (name, before) = (
                    path.get(index).map_or("", String::as_str),
                    written(&path[..index.min(path.len())]),
                );
                let message = format!("`{text}` does not exist: `{name}` is not a property of `{before}`");
                let help = did_you_mean(name, known.into_iter(), &format!("{before}."));
                self.add((key, true), message, &help);
                None
            }
        }
    }

    /// The type of a field of the request.
    fn field(&mut self, key: &'static str, field: &PageField) -> Option<&'a TypeRef> {
        let (name, location, word) = match field {
            PageField::Query(name) => (name, Location::Query, "query parameter"),
            PageField::Header(name) => (name, Location::Header, "header parameter"),
            PageField::Body(path) | PageField::BodyNumber(path) => return self.body_field(key, path),
        };
        let operation = self.operation;
        let mut arguments = operation
            .arguments
            .iter()
            .filter(|argument| argument.location == location);
        let is_named = |own: &str| own == name || (location == Location::Header && own.eq_ignore_ascii_case(name));
        if let Some(found) = arguments.find(|argument| is_named(&argument.name)) {
            return Some(crate::ir::plain(self.types, &found.ty));
        }
        let known = operation
            .arguments
            .iter()
            .filter(|argument| argument.location == location);
        let help = did_you_mean(name, known.map(|argument| argument.name.as_str()), "");
        self.add((key, true), format!("`{name}` is not a {word} of the operation"), &help);
        None
    }

    fn body_field(&mut self, key: &'static str, path: &MemberPath) -> Option<&'a TypeRef> {
        let text = written(path);
        match self.operation.body.as_ref().map(|body| &body.form) {
            Some(BodyForm::Json { ty, .. }) => self.place((key, "a value"), ty, path, |_, _| true),
            Some(_) => {
                self.add(
                    (key, false),
                    format!("`{text}` is in a body that is not JSON"),
                    WRONG_KIND,
                );
                None
            }
            None => {
                let message = format!("`{text}` does not exist: the operation has no request body");
                self.add((key, true), message, "Use `in: query` or `in: header`.");
                None
            }
        }
    }

    fn add(&mut self, (key, is_missing): (&'static str, bool), message: String, help: &str) {
        self.problems.push(Problem {
            key,
            is_missing,
            message,
            help: help.to_owned(),
        });
    }
}

const WRONG_KIND: &str =
    "Name an array for `items`, a string or a number for `next` and `into`, and a boolean for `more`.";

fn shown(field: &PageField) -> String {
    match field {
        PageField::Query(name) | PageField::Header(name) => format!("`{name}`"),
        PageField::Body(path) | PageField::BodyNumber(path) => format!("`{}`", written(path)),
    }
}
