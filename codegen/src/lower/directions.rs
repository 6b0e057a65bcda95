//! Which messages have values of a type, and what follows for properties that travel one way alone.
//!
//! A required property that is `readOnly` is always there where only responses have the object, and one that is `writeOnly`
//! where only requests have it. Elsewhere it may be absent.

use super::report::Report;
use crate::{
    at::At,
    diagnostic::Code,
    ir::{
        Access, Api, Body, Constraint, Content, Field, Member, Messages, Presence, Shape, Struct, TypeDef, TypeId,
        TypeRef, UpdateMask,
    },
};

/// Decides for each type which messages have it, and for each property whether its object always has it.
pub(super) fn settle(api: &mut Api, report: &mut Report<'_>) {
    let (requests, responses) = roots(api);
    for id in reached(&api.types, requests, Access::ReadOnly) {
        api.types[id.index()].messages.requests = true;
    }
    for id in reached(&api.types, responses, Access::WriteOnly) {
        api.types[id.index()].messages.responses = true;
    }
    for def in &mut api.types {
        settle_type(def, report);
    }
}

/// The types that requests and responses consist of.
fn roots(api: &Api) -> (Vec<TypeId>, Vec<TypeId>) {
    let (mut requests, mut responses) = (Vec::new(), Vec::new());
    for (_, operation) in api.operations() {
        let arguments = operation.arguments.iter().map(|argument| &argument.ty);
        let body = operation.body.as_ref().and_then(Body::ty);
        arguments.chain(body).for_each(|ty| ty.collect_uses(&mut requests));
        let answers = &operation.answers;
        let streamed = answers.streamed.as_ref().and_then(Content::ty);
        let headers = answers.headers.iter().map(|header| &header.ty);
        let received = operation.output.types().chain(answers.failure.types());
        let received = received.chain(streamed).chain(headers);
        received.for_each(|ty: &TypeRef| ty.collect_uses(&mut responses));
    }
    for payload in &api.payloads {
        payload.ty.collect_uses(&mut responses);
    }
    (requests, responses)
}

/// What these types consist of, without the properties that do not travel this way.
fn reached(types: &[TypeDef], roots: Vec<TypeId>, other_way: Access) -> Vec<TypeId> {
    let mut is_seen = vec![false; types.len()];
    let mut open = roots;
    let mut reached = Vec::new();
    while let Some(id) = open.pop() {
        if std::mem::replace(&mut is_seen[id.index()], true) {
            continue;
        }
        reached.push(id);
        let def = &types[id.index()];
        let Shape::Struct(object) = &def.shape else {
            open.extend(def.uses());
            continue;
        };
        for member in &object.members {
            let fields = match member {
                Member::Field(field) => std::slice::from_ref(field),
                Member::Oneof(oneof) => &oneof.arms,
                Member::Flattened(part) => {
                    part.ty.collect_uses(&mut open);
                    continue;
                }
            };
            let travelling = fields.iter().filter(|field| field.access != other_way);
            travelling.for_each(|field| field.ty.collect_uses(&mut open));
        }
        if let Some(additional) = &object.additional {
            additional.ty.collect_uses(&mut open);
        }
    }
    reached
}

fn settle_type(def: &mut TypeDef, report: &mut Report<'_>) {
    let messages = def.messages;
    let Shape::Struct(object) = &mut def.shape else { return };
    let schemas = At::of("/components/schemas");
    let schema = schemas.key(&def.name);
    let properties = schema.key("properties");
    let mut required_in_requests = Vec::new();
    for member in &mut object.members {
        let Member::Field(field) = member else { continue };
        if !field.required || field.access == Access::ReadWrite {
            continue;
        }
        if is_always_there(field, messages) {
            field.presence = Presence::new(true, field.presence.is_nullable());
            continue;
        }
        report_optional(field, messages, &properties.key(&field.name), report);
        if field.access == Access::WriteOnly && messages.requests {
            required_in_requests.push(field.name.clone());
        }
    }
    drop_mask(object, &schema, report);
    if !required_in_requests.is_empty() {
        let rule = Constraint::RequiredInRequests(required_in_requests);
        object.constraints.insert(0, rule);
    }
}

/// An update by a mask names what is changed: a request that must have more cannot be made of changes alone.
fn drop_mask(object: &mut Struct, schema: &At<'_>, report: &mut Report<'_>) {
    let Some(UpdateMask { mask, of }) = &object.update_mask else {
        return;
    };
    let is_given = |field: &Field| of.is_some() && (field.name == *mask || Some(&field.name) == of.as_ref());
    let is_demanded = |field: &Field| field.required && field.access == Access::WriteOnly;
    let demanded = object.fields().find(|field| is_demanded(field) && !is_given(field));
    let Some(name) = demanded.map(|field| field.name.clone()) else {
        return;
    };
    let message = format!(
        "an update that contains only changes is not a valid request, because `{name}` is required: \
        the caller sets the mask"
    );
    let help = "remove the property from `required` if the server does not need it";
    report.warn(Code::Weakened, &schema.key("required"), message, help);
    object.update_mask = None;
}

/// Whether every message that has the object has the property.
fn is_always_there(field: &Field, messages: Messages) -> bool {
    match field.access {
        Access::ReadWrite => true,
        Access::ReadOnly => messages.responses && !messages.requests,
        Access::WriteOnly => messages.requests && !messages.responses,
    }
}

fn report_optional(field: &Field, messages: Messages, at: &At<'_>, report: &mut Report<'_>) {
    if !(messages.requests && messages.responses) {
        return;
    }
    let (keyword, without) = match field.access {
        Access::ReadOnly => ("readOnly", "requests, which do not contain it"),
        _ => ("writeOnly", "responses, which do not contain it"),
    };
    let message = format!(
        "`{}` is required and `{keyword}`, and its object is also part of {without}: it is optional in the client",
        field.name
    );
    let help = "no action is needed; use a separate schema for requests if it must be required";
    report.warn(Code::OptionalInClient, at, message, help);
}
