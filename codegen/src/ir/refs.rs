//! All uses of types, to be changed.

use super::{Answers, Api, Body, BodyForm, Content, Failure, Member, Operation, Output, PartForm, Shape, TypeRef};

impl Api {
    /// Calls a function with each use of a type.
    pub fn for_each_use(&mut self, change: &mut dyn FnMut(&mut TypeRef)) {
        for def in &mut self.types {
            def.shape.for_each_use(change);
        }
        let operations = self.groups.iter_mut().flat_map(|group| &mut group.operations);
        operations.for_each(|operation| operation.for_each_use(change));
        self.payloads.iter_mut().for_each(|payload| change(&mut payload.ty));
    }
}

impl Shape {
    /// Calls a function with each use of a type.
    pub fn for_each_use(&mut self, change: &mut dyn FnMut(&mut TypeRef)) {
        match self {
            Self::Struct(object) => {
                for member in &mut object.members {
                    match member {
                        Member::Field(field) => change(&mut field.ty),
                        Member::Oneof(oneof) => oneof.arms.iter_mut().for_each(|arm| change(&mut arm.ty)),
                        Member::Flattened(part) => change(&mut part.ty),
                    }
                }
                object.additional.iter_mut().for_each(|others| change(&mut others.ty));
            }
            Self::Union(union) => union.arms.iter_mut().for_each(|arm| change(&mut arm.ty)),
            Self::Tuple(tuple) => {
                tuple.elements.iter_mut().for_each(|element| change(&mut element.ty));
                tuple.rest.iter_mut().for_each(change);
            }
            Self::Alias(alias) => change(&mut alias.target),
            Self::Enum(_) | Self::ValueEnum(_) | Self::Constant(_) | Self::Newtype(_) => {}
        }
    }
}

impl Operation {
    fn for_each_use(&mut self, change: &mut dyn FnMut(&mut TypeRef)) {
        self.arguments.iter_mut().for_each(|argument| change(&mut argument.ty));
        self.body.iter_mut().for_each(|body| body.for_each_use(change));
        match &mut self.output {
            Output::One(content) => content.for_each_use(change),
            Output::Optional(ty) => change(ty),
            Output::Outcomes(outcomes) => outcomes.iter_mut().for_each(|one| one.content.for_each_use(change)),
        }
        self.answers.for_each_use(change);
    }
}

impl Body {
    fn for_each_use(&mut self, change: &mut dyn FnMut(&mut TypeRef)) {
        match &mut self.form {
            BodyForm::Json { ty, .. }
            | BodyForm::Form { ty, .. }
            | BodyForm::Text { ty, .. }
            | BodyForm::Lines { ty, .. } => change(ty),
            BodyForm::Items { part, .. } => part.for_each_use(change),
            BodyForm::Upload { .. }
            | BodyForm::Multipart { .. }
            | BodyForm::Positional { .. }
            | BodyForm::Parts { .. } => {}
        }
    }
}

impl Answers {
    fn for_each_use(&mut self, change: &mut dyn FnMut(&mut TypeRef)) {
        self.streamed
            .iter_mut()
            .for_each(|content| content.for_each_use(change));
        match &mut self.failure {
            Failure::Nothing => {}
            Failure::Outcomes(outcomes) => outcomes.iter_mut().for_each(|one| one.content.for_each_use(change)),
        }
        self.headers.iter_mut().for_each(|header| change(&mut header.ty));
    }
}

impl Content {
    fn for_each_use(&mut self, change: &mut dyn FnMut(&mut TypeRef)) {
        match self {
            Self::Json(ty) | Self::Lines(ty) | Self::Events(Some(ty)) => change(ty),
            Self::Parts(part) => part.for_each_use(change),
            Self::Nothing | Self::Text | Self::Bytes | Self::Events(None) => {}
        }
    }
}

impl PartForm {
    fn for_each_use(&mut self, change: &mut dyn FnMut(&mut TypeRef)) {
        match self {
            Self::Json(ty) | Self::Text(ty) => change(ty),
            Self::Bytes => {}
        }
    }
}
