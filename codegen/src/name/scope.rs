//! Names come only from a scope, and a scope gives every name once.
//!
//! If several wishes ask for one identifier, none of them gets it: each takes the next of its own candidates, which are made
//! of its own wire name. An identifier that was asked for twice stays unused, and the next candidate of a wish does not depend
//! on the others. So an additional wish can take away a name, but it cannot give the name to something else: an old name never
//! means a new item.

use std::collections::HashMap;

use super::{
    namer::{Clash, Namer, Rival},
    wish::Wish,
};

/// Words that cannot be names of files: `mod.rs` is another name of the module around it, and the others are devices on
/// Windows.
pub(super) const NO_FILES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt0", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "mod", "nul", "prn",
];

/// The state of an identifier.
enum Holder {
    /// Only the wish with this number has asked for it.
    One(usize),
    /// It is reserved or pinned, or several wishes have asked for it.
    Taken,
}

/// The identifiers of all wishes of a scope, in their order. Reserved words come first, then pins, then everything else.
pub(super) fn settle(naming: &mut Namer<'_>, reserved: &[&[&str]], wishes: &[Wish<'_>]) -> Vec<String> {
    let mut holders: HashMap<String, Holder> = HashMap::with_capacity(wishes.len());
    holders.extend(
        reserved
            .iter()
            .copied()
            .flatten()
            .map(|word| ((*word).to_owned(), Holder::Taken)),
    );
    let natural: Vec<String> = wishes
        .iter()
        .map(|wish| naming.words.identifier(&wish.text, wish.case))
        .collect();
    let mut names = natural.clone();
    let mut is_pinned = vec![false; wishes.len()];
    for (index, wish) in wishes.iter().enumerate() {
        let Some(pin) = naming.pin(wish, |ident| holders.contains_key(ident)) else {
            continue;
        };
        holders.insert(pin.clone(), Holder::Taken);
        names[index] = pin;
        is_pinned[index] = true;
    }
    for (index, name) in natural.iter().enumerate() {
        // The name that a pinned item had before stays unused: otherwise it could mean something else from now on.
        if is_pinned[index] {
            holders.insert(name.clone(), Holder::Taken);
        }
    }
    let mut numbers = vec![0_usize; wishes.len()];
    let mut open: Vec<usize> = (0..wishes.len()).filter(|index| !is_pinned[*index]).collect();
    while let Some(index) = open.pop() {
        let Some(holder) = holders.get_mut(&names[index]) else {
            holders.insert(names[index].clone(), Holder::One(index));
            continue;
        };
        let earlier = match std::mem::replace(holder, Holder::Taken) {
            Holder::One(earlier) => Some(earlier),
            Holder::Taken => None,
        };
        for loser in earlier.into_iter().chain([index]) {
            numbers[loser] += 1;
            names[loser] = wishes[loser].candidate(&natural[loser], numbers[loser], loser);
            open.push(loser);
        }
    }
    report(naming, wishes, &natural, &names, &numbers);
    names
}

/// Notes which wishes asked for one identifier and lost it, unless a pin says already what is meant.
fn report(naming: &mut Namer<'_>, wishes: &[Wish<'_>], natural: &[String], names: &[String], numbers: &[usize]) {
    if numbers.iter().all(|number| *number == 0) {
        return;
    }
    let mut lost: Vec<usize> = (0..wishes.len()).filter(|index| numbers[*index] > 0).collect();
    lost.sort_by_key(|index| (&natural[*index], wishes[*index].wire));
    for group in lost.chunk_by(|a, b| natural[*a] == natural[*b]) {
        let all = natural.iter().filter(|name| **name == natural[group[0]]).count();
        if group.len() < 2 || all > group.len() {
            continue;
        }
        let items = group.iter().map(|index| {
            let wish = &wishes[*index];
            Rival {
                wire: wish.wire.to_owned(),
                pointer: naming.pointer(wish.place),
                place: naming.place(wish.place),
                name: names[*index].clone(),
            }
        });
        let rivals = items.collect();
        naming.clashes.push(Clash {
            ident: natural[group[0]].clone(),
            rivals,
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{NO_FILES, Namer, Wish, settle};
    use crate::{
        ir::Origin,
        name::words::{Case, Words},
    };

    fn names<'a>(reserved: &[&str], wires: &[&'a str]) -> BTreeMap<&'a str, String> {
        let words = Words::default();
        let mut naming = Namer::without_pins(&words);
        let wishes = wires
            .iter()
            .map(|wire| Wish::new(wire, "property", Case::Snake, Origin::NOWHERE));
        let wishes: Vec<Wish<'_>> = wishes.collect();
        let names = settle(&mut naming, &[reserved], &wishes);
        wires.iter().copied().zip(names).collect()
    }

    #[test]
    fn r09_all_that_clash_get_a_suffix_of_their_own_spelling() {
        let names = names(&[], &["user-id", "user_id", "userId", "name"]);
        assert_eq!(names["user-id"], "user_id_dash");
        assert_eq!(names["user_id"], "user_id_underscore");
        assert_eq!(names["userId"], "user_id_camel");
        assert_eq!(names["name"], "name");
    }

    #[test]
    fn reserved_names_get_the_word_for_what_they_are() {
        assert_eq!(names(&["send"], &["send"])["send"], "send_property");
        let names = names(NO_FILES, &["mod", "CON"]);
        assert_eq!((&*names["mod"], &*names["CON"]), ("mod_property", "con_property"));
    }

    /// R09: whatever is added, and in whatever order, no identifier moves to another wire name.
    #[test]
    fn r09_an_addition_never_gives_an_identifier_to_another_wire_name() {
        let all = [
            "a",
            "A",
            "a_lower",
            "aLower",
            "a_property",
            "A-property",
            "a_lower_underscore",
            "a-",
            "-a",
            "_a",
            "a_upper",
            "a property lower",
            "AUpper",
            "minus a",
            "a_underscore",
            "$a",
            "a.b",
            "a_b",
            "aB",
            "aB_camel",
            "é",
            "e",
        ];
        let mut seed = 7_u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed >> 33
        };
        for _ in 0..2_000 {
            let mut wires: Vec<&str> = all.into_iter().filter(|_| next() % 2 == 0).collect();
            let before = names(&["a_upper"], &wires);
            wires.push(all[usize::try_from(next()).unwrap_or_default() % all.len()]);
            wires.sort_unstable_by_key(|wire| wire.len());
            wires.dedup();
            let after = names(&["a_upper"], &wires);
            for (wire, ident) in &before {
                let meaning = after.iter().find(|(_, other)| *other == ident);
                assert!(
                    meaning.is_none_or(|(other, _)| other == wire),
                    "{ident}: {wire} became {meaning:?}"
                );
            }
            let distinct: std::collections::BTreeSet<&String> = after.values().collect();
            assert_eq!(distinct.len(), after.len(), "{after:?}");
        }
    }
}
