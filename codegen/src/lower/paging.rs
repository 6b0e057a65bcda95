//! Paging (`x-client-paging`): what it names has to be there, and of types by which the client can follow pages.

use super::Lowering;
use crate::{
    at::At,
    diagnostic::Code,
    ir::{BodyForm, Field, Location, Member, Operation, PageField, Paging, Primitive, Shape, TypeRef},
};

impl Lowering<'_> {
    /// Reports what of an operation's paging is not there, and takes out a paging that the client cannot follow.
    pub(super) fn check_paging(&mut self, operation: &mut Operation, at: &At<'_>) {
        let Some(paging) = operation.paging.clone() else { return };
        let at = at.key("x-client-paging");
        let is_there = self.check_inputs(operation, &paging, &at) & self.check_outputs(operation, &paging, &at);
        if !is_there {
            return;
        }
        if let Some((key, reason)) = self.obstacle(operation, &paging) {
            let message = format!("the operation is not paged in the client: {reason}");
            let help = "name an array for `items`, a string for `next`, and a string for a token in the body";
            self.warn(Code::InvalidExtension, &at.key(key), message, help);
            operation.paging = None;
        }
    }

    fn check_inputs(&mut self, operation: &Operation, paging: &Paging, at: &At<'_>) -> bool {
        let fields = [Some(&paging.token), paging.size.as_ref().map(|size| &size.field)];
        let mut are_there = true;
        for field in fields.into_iter().flatten() {
            let (PageField::Query(name) | PageField::Body(name)) = field;
            if self.input(operation, field).is_none() {
                let message = format!("`{name}` is neither a parameter nor a member of the body");
                self.error(
                    Code::InvalidExtension,
                    at,
                    message,
                    "name the field that the operation has",
                );
                are_there = false;
            }
        }
        are_there
    }

    fn check_outputs(&mut self, operation: &Operation, paging: &Paging, at: &At<'_>) -> bool {
        let mut are_there = true;
        for name in [&paging.next, &paging.items] {
            let output = operation.output.json();
            if output.and_then(|output| self.field_of(output, name)).is_none() {
                let message = format!("`{name}` is no member of the answer");
                self.error(Code::InvalidExtension, at, message, "name a member that the answer has");
                are_there = false;
            }
        }
        are_there
    }

    /// Why the client cannot follow pages, and the key of the extension that says so.
    fn obstacle(&self, operation: &Operation, paging: &Paging) -> Option<(&'static str, String)> {
        let output = operation.output.json()?;
        let is_string = |ty: &TypeRef| *unwrapped(ty) == TypeRef::Primitive(Primitive::String);
        if !matches!(unwrapped(self.field_of(output, &paging.items)?), TypeRef::Array(_)) {
            return Some(("items", format!("`{}` is not an array", paging.items)));
        }
        if !is_string(self.field_of(output, &paging.next)?) {
            return Some(("next", format!("`{}` is not a string", paging.next)));
        }
        let size = paging.size.as_ref().map(|size| ("size", &size.field));
        for (key, field) in [("token", &paging.token)].into_iter().chain(size) {
            let PageField::Body(name) = field else { continue };
            let body = operation.body.as_ref().map(|body| &body.form);
            if !matches!(body, Some(BodyForm::Json { .. })) {
                return Some((key, format!("`{name}` is in a body that is not JSON")));
            }
            if key == "token" && !is_string(self.input(operation, field)?) {
                return Some((key, format!("`{name}` is not a string")));
            }
        }
        None
    }

    /// The type of a field of the request.
    fn input<'o>(&'o self, operation: &'o Operation, field: &PageField) -> Option<&'o TypeRef> {
        match field {
            PageField::Query(name) => {
                let mut arguments = operation.arguments.iter();
                let in_query = |argument: &&crate::ir::Argument| argument.location == Location::Query;
                let found = arguments.find(|argument| in_query(argument) && argument.name == *name);
                found.map(|argument| &argument.ty)
            }
            PageField::Body(name) => self.field_of(operation.body.as_ref()?.ty()?, name),
        }
    }

    /// The type of a member of an object; members of groups are those of their group.
    fn field_of(&self, ty: &TypeRef, name: &str) -> Option<&TypeRef> {
        let TypeRef::Named(id) = ty else { return None };
        let Shape::Struct(object) = &self.types.get(id.index())?.as_ref()?.shape else {
            return None;
        };
        object.members.iter().find_map(|member| match member {
            Member::Field(Field { name: known, ty, .. }) if known == name => Some(ty),
            _ => None,
        })
    }
}

fn unwrapped(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Nullable(inner) => inner,
        other => other,
    }
}
