//! Positions of nodes in layers: an edge leads from its layer to one on the right, or back if it closes a cycle.

use std::collections::BTreeSet;

/// How often the order within the layers is improved.
const SWEEPS: usize = 8;

/// Nodes in layers, and edges as the slots that they pass.
#[derive(Debug)]
pub(super) struct Layout {
    /// The slots of each layer, from the top. A slot without a node is where an edge passes.
    pub(super) layers: Vec<Vec<Option<usize>>>,
    /// From node to node, with the slot of each layer between them.
    pub(super) edges: Vec<Edge>,
}

/// An edge.
#[derive(Debug)]
pub(super) struct Edge {
    /// Layer and slot, from the left to the right.
    pub(super) points: Vec<(usize, usize)>,
    /// Whether it leads from the right to the left.
    pub(super) is_back: bool,
}

/// A place in a layer: a node, or a part of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Node(usize),
    /// The edge of this number passes.
    Passing(usize),
}

/// Puts nodes into layers. The same nodes and edges give the same layout.
pub(super) fn layout(nodes: usize, edges: &[(usize, usize)]) -> Layout {
    let back = back_edges(nodes, edges);
    let turned = |&(from, to): &(usize, usize)| {
        if back.contains(&(from, to)) {
            (to, from)
        } else {
            (from, to)
        }
    };
    let forward: Vec<(usize, usize)> = edges.iter().map(turned).collect();
    let layer_of = layers(nodes, &forward);
    let mut order = Order::new(&layer_of, &forward);
    for sweep in 0..SWEEPS {
        order.sweep(sweep % 2 == 0);
    }
    finished(&order.slots, &layer_of, &forward, |edge| back.contains(&edge), edges)
}

/// The order in each layer, while it is improved.
struct Order<'l> {
    layer_of: &'l [usize],
    forward: &'l [(usize, usize)],
    slots: Vec<Vec<Slot>>,
}

impl<'l> Order<'l> {
    fn new(layer_of: &'l [usize], forward: &'l [(usize, usize)]) -> Self {
        let count = layer_of.iter().max().map_or(0, |last| last + 1);
        let mut slots: Vec<Vec<Slot>> = vec![Vec::new(); count];
        for (node, layer) in layer_of.iter().enumerate() {
            slots[*layer].push(Slot::Node(node));
        }
        for (number, (from, to)) in forward.iter().enumerate() {
            for layer in slots.iter_mut().take(layer_of[*to]).skip(layer_of[*from] + 1) {
                layer.push(Slot::Passing(number));
            }
        }
        Self {
            layer_of,
            forward,
            slots,
        }
    }

    /// Orders each layer by the middle of its neighbours in the layer before, from the left or from the right.
    fn sweep(&mut self, is_from_left: bool) {
        let count = self.slots.len();
        for step in 1..count {
            let (layer, fixed) = if is_from_left {
                (step, step - 1)
            } else {
                (count - 1 - step, count - step)
            };
            let weight = |slot: &Slot| {
                let places = self.neighbours(*slot, is_from_left).into_iter();
                let places = places.filter_map(|other| self.slots[fixed].iter().position(|known| *known == other));
                let places: Vec<usize> = places.collect();
                // In thousandths, so that no floating point decides an order.
                (!places.is_empty()).then(|| places.iter().sum::<usize>() * 1_000 / places.len())
            };
            let weighted = self.slots[layer].iter().enumerate();
            let weighted = weighted.map(|(place, slot)| (weight(slot).unwrap_or(place * 1_000), *slot));
            let mut weighted: Vec<(usize, Slot)> = weighted.collect();
            weighted.sort_by_key(|(weight, _)| *weight);
            self.slots[layer] = weighted.into_iter().map(|(_, slot)| slot).collect();
        }
    }

    /// What a slot has edges to, on its left or on its right.
    fn neighbours(&self, slot: Slot, is_left: bool) -> Vec<Slot> {
        let mut found = Vec::new();
        for (number, (from, to)) in self.forward.iter().enumerate() {
            let (near, far) = if is_left { (*to, *from) } else { (*from, *to) };
            match slot {
                Slot::Node(node) if node == near => {
                    let is_long = self.layer_of[near].abs_diff(self.layer_of[far]) > 1;
                    found.push(if is_long {
                        Slot::Passing(number)
                    } else {
                        Slot::Node(far)
                    });
                }
                // Only one of the two is in the next layer.
                Slot::Passing(own) if own == number => found.extend([slot, Slot::Node(far)]),
                _ => {}
            }
        }
        found
    }
}

fn finished(
    slots: &[Vec<Slot>],
    layer_of: &[usize],
    forward: &[(usize, usize)],
    is_back: impl Fn((usize, usize)) -> bool,
    edges: &[(usize, usize)],
) -> Layout {
    let place = |layer: usize, wanted: Slot| slots[layer].iter().position(|slot| *slot == wanted).unwrap_or(0);
    let drawn = forward
        .iter()
        .zip(edges)
        .enumerate()
        .map(|(number, ((from, to), edge))| {
            let (start, end) = (layer_of[*from], layer_of[*to]);
            let mut points = vec![(start, place(start, Slot::Node(*from)))];
            points.extend((start + 1..end).map(|layer| (layer, place(layer, Slot::Passing(number)))));
            points.push((end, place(end, Slot::Node(*to))));
            Edge {
                points,
                is_back: is_back(*edge),
            }
        });
    let node = |slot: &Slot| match slot {
        Slot::Node(node) => Some(*node),
        Slot::Passing(_) => None,
    };
    Layout {
        layers: slots.iter().map(|layer| layer.iter().map(node).collect()).collect(),
        edges: drawn.collect(),
    }
}

/// The edges that close a cycle, found depth first.
fn back_edges(nodes: usize, edges: &[(usize, usize)]) -> BTreeSet<(usize, usize)> {
    let mut back = BTreeSet::new();
    // 0: not seen, 1: on the way, 2: done.
    let mut state = vec![0_u8; nodes];
    for start in 0..nodes {
        let mut open = vec![(start, false)];
        while let Some((node, is_done)) = open.pop() {
            if is_done {
                state[node] = 2;
                continue;
            }
            if state[node] != 0 {
                continue;
            }
            state[node] = 1;
            open.push((node, true));
            for &(from, to) in edges.iter().rev().filter(|(from, _)| *from == node) {
                match state[to] {
                    0 => open.push((to, false)),
                    1 => drop(back.insert((from, to))),
                    _ => {}
                }
            }
        }
    }
    back
}

/// The length of the longest way to each node.
fn layers(nodes: usize, forward: &[(usize, usize)]) -> Vec<usize> {
    let mut layer_of = vec![0; nodes];
    // There are no cycles, so the longest way is shorter than the number of nodes.
    for _ in 0..nodes {
        let mut is_changed = false;
        for (from, to) in forward {
            if layer_of[*to] <= layer_of[*from] {
                layer_of[*to] = layer_of[*from] + 1;
                is_changed = true;
            }
        }
        if !is_changed {
            break;
        }
    }
    layer_of
}

#[cfg(test)]
mod tests {
    use super::layout;

    #[test]
    fn a_layer_follows_what_refers_to_it() {
        let made = layout(4, &[(0, 1), (1, 2), (0, 2), (2, 0), (3, 2)]);
        let layers: Vec<usize> = made.layers.iter().map(Vec::len).collect();
        // The edges from 0 and 3 to 2 pass the layer of 1, and so does the one back.
        assert_eq!(layers, [2, 4, 1]);
        assert_eq!(made.edges.iter().filter(|edge| edge.is_back).count(), 1);
        assert!(
            made.edges
                .iter()
                .all(|edge| edge.points.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0))
        );
    }

    #[test]
    fn nothing_has_a_layout() {
        assert!(layout(0, &[]).layers.is_empty());
    }
}
