//! The names of the variants of enums and unions.

use super::{
    named::Named,
    namer::Namer,
    scope::settle,
    wish::{NamePlace, Wish},
    words::Case,
};
use crate::ir::{Arm, Enum, EnumValue, Origin, TypeDef, Union, ValueEnum};

pub(super) fn variants<'a>(naming: &mut Namer<'_>, def: &'a TypeDef, known: &'a Enum) -> Vec<Named<'a, EnumValue>> {
    let wishes = known.values.iter().map(|value| {
        let value = value.value.as_str();
        let stem = value
            .strip_prefix(known.prefix.as_str())
            .filter(|stem| !stem.is_empty())
            .unwrap_or(value);
        Wish {
            place: NamePlace {
                origin: &def.origin,
                value: Some(value),
            },
            ..Wish::new(value, "value", Case::Pascal, Origin::NOWHERE).text(stem)
        }
    });
    named(naming, "UnknownValue", &known.values, &wishes.collect::<Vec<_>>())
}

pub(super) fn value_variants<'a>(
    naming: &mut Namer<'_>,
    def: &'a TypeDef,
    known: &'a ValueEnum,
) -> Vec<Named<'a, String>> {
    let wishes = known.values.iter().map(|value| Wish {
        place: NamePlace {
            origin: &def.origin,
            value: Some(value),
        },
        ..Wish::new(value, "value", Case::Pascal, Origin::NOWHERE).text(value.trim_matches('"'))
    });
    named(naming, "UnknownValue", &known.values, &wishes.collect::<Vec<_>>())
}

pub(super) fn union_variants<'a>(naming: &mut Namer<'_>, union: &'a Union) -> Vec<Named<'a, Arm>> {
    let wishes = union.arms.iter().map(|arm| Wish {
        key: (!arm.tags.is_empty()).then(|| arm.tags.join(" ")),
        ..Wish::new(&arm.name, "variant", Case::Pascal, &arm.origin)
    });
    named(naming, "Unknown", &union.arms, &wishes.collect::<Vec<_>>())
}

fn named<'a, T>(naming: &mut Namer<'_>, reserved: &str, items: &'a [T], wishes: &[Wish<'_>]) -> Vec<Named<'a, T>> {
    let named = items.iter().zip(settle(naming, &[&[reserved]], wishes));
    named.map(|(item, ident)| Named { item, ident }).collect()
}
