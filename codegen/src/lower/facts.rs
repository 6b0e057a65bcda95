//! What the schemas of a document mean: pure, and decided once.

mod conditional;
mod conditions;
mod family;
mod ineffective;
mod meaning;
mod members;
mod owners;
mod parts;
mod refine;
mod scalar;
mod tags;
mod values;
mod variants;

pub(super) use self::{
    conditional::names as conditional_names,
    family::{Component, Facts},
    ineffective::{Ineffective, Reason, ineffective},
    meaning::{Meaning, Meanings, Untyped},
    members::{Members, Others, Problem, Property, Rest, UnionPart},
    parts::{Brings, ChoiceMeaning, Parts},
    scalar::Scalar,
    tags::{TagProblem, Tags},
    values::{is_null, is_nullable, values},
};
