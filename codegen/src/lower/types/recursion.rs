//! Types that would contain themselves get a box where they do.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Alias, Arm, Member, Presence, Shape, TypeDef, TypeRef};

/// What cannot be as the document has it: the type, and the part of it.
pub(in crate::lower) struct Endless {
    pub(in crate::lower) owner: String,
    pub(in crate::lower) part: String,
    /// Whether the type that the part leads to replaces it.
    pub(in crate::lower) is_replaced: bool,
}

/// Marks what has to be boxed: fields and elements that hold by value what leads back to the type that they are in.
///
/// Lists, maps and unions keep what they hold elsewhere and need no box. Where every field on the way back is required
/// no value could ever be finite: those become optional, and are returned.
pub(in crate::lower) fn box_cycles(types: &mut [TypeDef]) -> Vec<Endless> {
    let by_value = strongly_connected(&edges(types, |_| true));
    let endless = strongly_connected(&edges(types, |is_required| is_required));
    let (mut weakened, mut boxed) = (Vec::new(), Vec::new());
    for (index, def) in types.iter_mut().enumerate() {
        match &mut def.shape {
            Shape::Struct(object) => {
                for member in &mut object.members {
                    let Member::Field(field) = member else { continue };
                    let Some(target) = held(&field.ty) else { continue };
                    field.boxed = by_value[target] == by_value[index];
                    if field.boxed {
                        boxed.push(target);
                    }
                    if field.presence == Presence::Required && endless[target] == endless[index] {
                        field.presence = Presence::Optional;
                        weakened.push(Endless {
                            owner: def.name.clone(),
                            part: field.name.clone(),
                            is_replaced: false,
                        });
                    }
                }
            }
            Shape::Tuple(tuple) => {
                for element in &mut tuple.elements {
                    element.boxed = held(&element.ty).is_some_and(|target| by_value[target] == by_value[index]);
                }
            }
            _ => {}
        }
    }
    for mut index in boxed {
        // The other names of a type are in a circle with it.
        while let Shape::Alias(Alias {
            target: TypeRef::Named(target),
        }) = &types[index].shape
        {
            index = target.index();
        }
        types[index].is_boxed = true;
    }
    weakened
}

/// Returns what each type holds by value; `counts` receives whether the type requires it.
fn edges(types: &[TypeDef], counts: impl Fn(bool) -> bool) -> Vec<Vec<usize>> {
    // Unions hold nothing by value: a box around one would have no effect.
    let holds = |target: &usize| {
        matches!(
            types[*target].shape,
            Shape::Struct(_) | Shape::Tuple(_) | Shape::Alias(_)
        )
    };
    let by_value = |ty: &TypeRef| held(ty).filter(holds);
    let held_by = |def: &TypeDef| match &def.shape {
        Shape::Struct(object) => object
            .fields()
            .filter(|field| counts(field.presence == Presence::Required))
            .filter_map(|field| by_value(&field.ty))
            .collect(),
        Shape::Tuple(tuple) => tuple
            .elements
            .iter()
            .filter(|element| counts(!element.optional))
            .filter_map(|element| by_value(&element.ty))
            .collect(),
        Shape::Alias(alias) => by_value(&alias.target).into_iter().collect(),
        _ => Vec::new(),
    };
    types.iter().map(held_by).collect()
}

/// Removes arms from unions, and unions from objects, that lead back to the same value: they select nothing, and reading
/// the value would never end.
pub(in crate::lower) fn cut_unions(types: &mut [TypeDef]) -> Vec<Endless> {
    let mut cut = Vec::new();
    let places = places(types);
    let back = back_edges(&places);
    let beyond = arms_beyond(types, &places, &back);
    for (index, def) in types.iter_mut().enumerate() {
        let owner = def.name.clone();
        let mut stays = |ty: &TypeRef, part: &str| {
            let leads_back = held(ty).is_some_and(|target| back.contains(&(index, target)));
            if leads_back {
                cut.push(Endless {
                    owner: owner.clone(),
                    part: part.to_owned(),
                    is_replaced: beyond.contains_key(&index),
                });
            }
            !leads_back
        };
        match &mut def.shape {
            Shape::Struct(object) => object.members.retain(|member| match member {
                Member::Flattened(part) => stays(&part.ty, &part.name),
                _ => true,
            }),
            Shape::Union(union) => {
                union.arms.retain(|arm| stays(&arm.ty, &arm.name));
                union.arms.extend(beyond.get(&index).into_iter().flatten().cloned());
            }
            _ => {}
        }
    }
    cut
}

/// What an arm that leads back allows beyond the arms that stay, by union: unions that lead to each other without a step
/// allow the same.
fn arms_beyond(types: &[TypeDef], edges: &[Vec<usize>], back: &BTreeSet<(usize, usize)>) -> BTreeMap<usize, Vec<Arm>> {
    let component = strongly_connected(edges);
    let numbers = component.as_slice();
    let own_arms = |index: usize| {
        let arms = match &types[index].shape {
            Shape::Union(union) => &union.arms[..],
            _ => &[],
        };
        let leads_out = move |arm: &&Arm| held(&arm.ty).is_none_or(|target| numbers[target] != numbers[index]);
        arms.iter().filter(leads_out)
    };
    // A variant with its own tag cannot have another union's tag, and a part of an object is not a union.
    let is_plain = |index: usize| match &types[index].shape {
        Shape::Union(union) => union.tag.is_none(),
        shape => matches!(shape, Shape::Alias(_)),
    };
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(from, _) in back {
        members.entry(component[from]).or_default();
    }
    for (index, number) in component.iter().enumerate() {
        if let Some(members) = members.get_mut(number) {
            members.push(index);
        }
    }
    members.retain(|_, members| members.iter().all(|index| is_plain(*index)));
    let mut beyond: BTreeMap<usize, Vec<Arm>> = BTreeMap::new();
    for &(from, _) in back {
        let Some(members) = members.get(&component[from]).filter(|_| !beyond.contains_key(&from)) else {
            continue;
        };
        let reached = reached(from, edges, back);
        let (inside, outside): (Vec<usize>, Vec<usize>) = members.iter().partition(|index| reached.contains(index));
        let arms_of = |indexes: Vec<usize>| indexes.into_iter().flat_map(own_arms);
        let mut known: Vec<&Arm> = arms_of(inside).collect();
        let number = known.len();
        for arm in arms_of(outside) {
            if !known.iter().any(|known| known.ty == arm.ty) {
                known.push(arm);
            }
        }
        beyond.insert(from, known.split_off(number).into_iter().cloned().collect());
    }
    beyond
}

/// The nodes that a node leads to without the edges that close a cycle, and the node itself.
fn reached(from: usize, edges: &[Vec<usize>], back: &BTreeSet<(usize, usize)>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        let targets = edges[node].iter().filter(|target| !back.contains(&(node, **target)));
        open.extend(targets.filter(|target| reached.insert(**target)));
    }
    reached
}

/// The edges that close a cycle, in a walk from the first node on (on an explicit stack).
fn back_edges(edges: &[Vec<usize>]) -> BTreeSet<(usize, usize)> {
    let mut back = BTreeSet::new();
    let mut is_seen = vec![false; edges.len()];
    let mut is_open = vec![false; edges.len()];
    for start in 0..edges.len() {
        let mut calls = vec![(start, 0)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                if is_seen[node] {
                    continue;
                }
                is_seen[node] = true;
                is_open[node] = true;
            }
            let Some(&target) = edges[node].get(edge) else {
                is_open[node] = false;
                continue;
            };
            calls.push((node, edge + 1));
            if is_open[target] {
                back.insert((node, target));
            } else if !is_seen[target] {
                calls.push((target, 0));
            }
        }
    }
    back
}

/// Which types are read at the very place where another one is.
fn places(types: &[TypeDef]) -> Vec<Vec<usize>> {
    let at_one_place = |def: &TypeDef| match &def.shape {
        Shape::Struct(object) => object
            .members
            .iter()
            .filter_map(|member| match member {
                Member::Flattened(part) => held(&part.ty),
                _ => None,
            })
            .collect(),
        Shape::Union(union) => union.arms.iter().filter_map(|arm| held(&arm.ty)).collect(),
        Shape::Alias(alias) => held(&alias.target).into_iter().collect(),
        _ => Vec::new(),
    };
    types.iter().map(at_one_place).collect()
}

fn held(ty: &TypeRef) -> Option<usize> {
    match ty {
        TypeRef::Named(id) => Some(id.index()),
        _ => None,
    }
}

/// The number of the strongly connected component of each node; a node alone shares its number with none, unless it
/// has an edge to itself (Tarjan's algorithm on an explicit stack, for a document can nest types as deep as it likes).
fn strongly_connected(edges: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut component = vec![UNSEEN; edges.len()];
    let mut open = Vec::new();
    let mut next = 0;
    for start in 0..edges.len() {
        if order[start] != UNSEEN {
            continue;
        }
        let mut calls = vec![(start, 0)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                order[node] = next;
                low[node] = next;
                next += 1;
                open.push(node);
            }
            if let Some(&target) = edges[node].get(edge) {
                calls.push((node, edge + 1));
                if order[target] == UNSEEN {
                    calls.push((target, 0));
                } else if component[target] == UNSEEN {
                    low[node] = low[node].min(order[target]);
                }
                continue;
            }
            if low[node] == order[node] {
                while let Some(member) = open.pop() {
                    component[member] = node;
                    if member == node {
                        break;
                    }
                }
            }
            if let Some(&(caller, _)) = calls.last() {
                low[caller] = low[caller].min(low[node]);
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::{back_edges, strongly_connected};

    #[test]
    fn finds_the_edges_that_close_a_cycle() {
        // 0 -> 1 -> 2 -> 0, 1 -> 3, 2 -> 3, 3 -> 3.
        let back = back_edges(&[vec![1], vec![2, 3], vec![0, 3], vec![3]]);
        assert_eq!(back, [(2, 0), (3, 3)].into());
    }

    #[test]
    fn finds_the_cycles() {
        // 0 -> 1 -> 2 -> 0, 2 -> 3, 3 alone, 4 -> 4.
        let component = strongly_connected(&[vec![1], vec![2], vec![0, 3], vec![], vec![4]]);
        assert_eq!(component[0], component[1]);
        assert_eq!(component[1], component[2]);
        assert_ne!(component[2], component[3]);
        assert_ne!(component[3], component[4]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let edges: Vec<Vec<usize>> = (0..200_000)
            .map(|node| if node == 199_999 { vec![0] } else { vec![node + 1] })
            .collect();
        let component = strongly_connected(&edges);
        assert!(component.iter().all(|number| *number == component[0]));
    }
}
