//! Types that would contain themselves get a box where they do.

use crate::ir::{Field, Member, Presence, Shape, TypeDef, TypeRef};

/// Marks the fields that have to be boxed: those that hold a struct by value which leads back to the struct they are in.
///
/// Lists and maps keep their elements elsewhere and need no box. Where every field on the way back is required no value
/// could ever be finite: those become optional, and are returned as (type, property).
pub(super) fn box_cycles(types: &mut [TypeDef]) -> Vec<(String, String)> {
    let by_value = components_over(types, |_| true);
    let endless = components_over(types, |field| field.presence == Presence::Required);
    let mut weakened = Vec::new();
    for (index, def) in types.iter_mut().enumerate() {
        let Shape::Struct(object) = &mut def.shape else {
            continue;
        };
        for member in &mut object.members {
            let Member::Field(field) = member else { continue };
            let Some(target) = struct_held(field) else { continue };
            field.boxed = by_value[target] == by_value[index];
            if field.presence == Presence::Required && endless[target] == endless[index] {
                field.presence = Presence::Optional;
                weakened.push((def.name.clone(), field.name.clone()));
            }
        }
    }
    weakened
}

/// The strongly connected components of the graph that the fields make which `counts`.
fn components_over(types: &[TypeDef], counts: impl Fn(&Field) -> bool) -> Vec<usize> {
    let held = |def: &TypeDef| match &def.shape {
        // Arms of oneof groups are boxed anyway.
        Shape::Struct(object) => object
            .fields()
            .filter(|field| counts(field))
            .filter_map(struct_held)
            .collect(),
        Shape::Enum(_) | Shape::Newtype(_) | Shape::Alias(_) => Vec::new(),
    };
    let edges: Vec<Vec<usize>> = types.iter().map(held).collect();
    strongly_connected(&edges)
}

fn struct_held(field: &Field) -> Option<usize> {
    match field.ty {
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
    use super::strongly_connected;

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
