//! Which part of a client each cargo feature brings: a feature a group of operations, with the models that it alone uses.
//!
//! A module of models that the operations of one group alone lead to comes with that group's feature; what several groups
//! share is always there, and what no operation leads to comes with `models`, which brings them all. So the cost of a
//! client is that of the groups in use, no condition names more than two features, and an operation more changes the
//! conditions of those models only that were another group's alone.

use std::collections::BTreeMap;

use crate::{
    ir::{Api, Group, Operation, TypeId, TypeRef},
    name::Names,
};

/// The features of a client's parts.
#[derive(Debug)]
pub struct Features {
    /// By the way from `models` to a module; empty where nothing has a condition.
    modules: BTreeMap<Vec<String>, Gate>,
    has_groups: bool,
}

/// When a module is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Always.
    Open,
    /// With the group of this number, or with all models.
    Group(usize),
    /// With all models.
    Models,
}

impl Features {
    /// Features of the groups if they are wanted, of a single group too: so a second one changes nothing for those who use the
    /// first.
    #[must_use]
    pub fn of_groups(is_wanted: bool, api: &Api, names: &Names<'_>) -> Self {
        if !is_wanted || api.groups.is_empty() {
            return Self::none();
        }
        Self {
            modules: gates(api, names),
            has_groups: true,
        }
    }

    /// No conditions.
    #[must_use]
    pub fn none() -> Self {
        Self {
            modules: BTreeMap::new(),
            has_groups: false,
        }
    }

    /// Whether groups have features.
    #[must_use]
    pub fn has_groups(&self) -> bool {
        self.has_groups
    }

    /// The features of the groups, in the order of the groups.
    #[must_use]
    pub fn names(&self, names: &Names<'_>) -> Vec<String> {
        let groups = names.groups.iter().filter(|_| self.has_groups);
        groups.map(|group| group.feature.clone()).collect()
    }

    /// When a module of models is compiled.
    #[must_use]
    pub fn gate(&self, module: &[String]) -> Gate {
        self.modules.get(module).copied().unwrap_or(Gate::Open)
    }
}

fn gates(api: &Api, names: &Names<'_>) -> BTreeMap<Vec<String>, Gate> {
    let ways: Vec<&Vec<String>> = names.modules.keys().collect();
    let number: BTreeMap<&[String], usize> = ways
        .iter()
        .enumerate()
        .map(|(index, way)| (way.as_slice(), index))
        .collect();
    let module_of = |index: usize| number.get(names.types[index].module.as_slice()).copied();
    let mut needs: Vec<Vec<usize>> = vec![Vec::new(); ways.len()];
    for (index, way) in ways.iter().enumerate() {
        // A module is in the one around it.
        let around = way.split_last().and_then(|(_, around)| number.get(around));
        needs[index].extend(around);
        for id in &names.modules[*way] {
            let used = api.type_def(*id).uses();
            needs[index].extend(used.iter().filter_map(|used| module_of(used.index())));
        }
    }
    let mut gates = vec![Gate::Models; ways.len()];
    // What the API sends comes with every client.
    let payloads = numbers(api.payloads.iter().map(|payload| &payload.ty));
    let mut open: Vec<usize> = payloads.into_iter().filter_map(module_of).collect();
    while let Some(module) = open.pop() {
        if gates[module] != Gate::Open {
            gates[module] = Gate::Open;
            open.extend(&needs[module]);
        }
    }
    for (group, operations) in api.groups.iter().enumerate() {
        let mut open: Vec<usize> = uses(operations).into_iter().filter_map(module_of).collect();
        while let Some(module) = open.pop() {
            let gate = match gates[module] {
                Gate::Models => Gate::Group(group),
                Gate::Group(other) if other != group => Gate::Open,
                Gate::Group(_) | Gate::Open => continue,
            };
            gates[module] = gate;
            open.extend(&needs[module]);
        }
    }
    // The root is the file of `models` itself.
    let below_root = ways.into_iter().zip(gates).filter(|(way, _)| !way.is_empty());
    below_root.map(|(way, gate)| (way.clone(), gate)).collect()
}

/// The numbers of the types that the operations of a group name.
fn uses(group: &Group) -> Vec<usize> {
    numbers(group.operations.iter().flat_map(Operation::types))
}

fn numbers<'a>(types: impl Iterator<Item = &'a TypeRef>) -> Vec<usize> {
    let mut used = Vec::new();
    for ty in types {
        ty.collect_uses(&mut used);
    }
    used.into_iter().map(TypeId::index).collect()
}
