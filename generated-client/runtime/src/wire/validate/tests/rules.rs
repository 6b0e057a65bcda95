use std::collections::BTreeMap;

use crate::wire::{self, Json, Nullable, Rule, Validate as _, Value, from_str};

/// A value of which the schema asks the rules of `R`.
#[derive(Clone, Debug, Default)]
struct Holder<R> {
    value: Option<Value>,
    rules: std::marker::PhantomData<R>,
}

trait Rules: Default + Clone + std::fmt::Debug + 'static {
    const RULES: &'static [Rule];
}

macro_rules! holders {
    ($($name:ident [$($rules:tt)*])*) => {$(
        #[derive(Clone, Debug, Default)]
        struct $name;
        impl Rules for $name {
            const RULES: &'static [Rule] = &[Rule::Member("value", &[$($rules)*])];
        }
    )*};
}

holders! {
    Bounded [Rule::Minimum("0"), Rule::ExclusiveMaximum("18446744073709551616"), Rule::MultipleOf("0.5")]
    Short [Rule::MinLength(2), Rule::MaxLength(3)]
    Word [Rule::Pattern("^[a-z]+$")]
    Listed [Rule::MinItems(1), Rule::MaxItems(2), Rule::UniqueItems, Rule::Items(&[Rule::MaxLength(1)])]
    Tuple [Rule::PrefixItems(&[&[Rule::Minimum("0")], &[]]), Rule::Items(&[Rule::Maximum("0")])]
    Named [
        Rule::Member("x-a", &[Rule::Minimum("5")]),
        Rule::Matching("^x-", &[Rule::Maximum("9")]),
        Rule::Matching("^y", &[]),
        Rule::Others(&[Rule::Maximum("0")])
    ]
    Open [
        Rule::MinProperties(1),
        Rule::MaxProperties(2),
        Rule::Names(&[Rule::Pattern("^[a-z]$")]),
        Rule::Member("a", &[Rule::Minimum("5")]),
        Rule::Others(&[Rule::Maximum("5")]),
        Rule::DependentRequired("a", &["b", "c"])
    ]
    Reachable [
        Rule::AnyOf(&[&[Rule::Required(&["email"])], &[Rule::Required(&["phone", "code"]), Rule::MaxProperties(2)]]),
        Rule::Not(&[Rule::Required(&["fax", "email"])])
    ]
    Either [Rule::OneOf(&[&[Rule::Required(&["a"])], &[Rule::Required(&["b"])]])]
    Typed [Rule::Items(&[Rule::AnyOf(&[&[Rule::Type("integer")], &[Rule::Type("null")]])])]
    Known [Rule::Enum(&["1", "{\"a\":[1]}", "\"x\""])]
    Holding [Rule::Contains(&[Rule::Type("string")], 1, Some(2))]
    Conditional [
        Rule::If(&[Rule::Required(&["a"])], &[Rule::Required(&["b"])], &[Rule::MinProperties(2)]),
        Rule::Names(&[Rule::Enum(&["\"a\"", "\"b\"", "\"c\""])])
    ]
    Twice [Rule::Items(&[Rule::MaxLength(2)]), Rule::Items(&[Rule::Pattern("^[a-z]")])]
}

impl<R: Rules> wire::Model for Holder<R> {}

impl<R: Rules> Json for Holder<R> {
    const FACTS: &'static wire::Facts = &wire::Facts {
        schema: "Holder",
        fields: &[("value", wire::mark::OPTIONAL)],
        field_rules: &[],
        rules: R::RULES,
    };

    fn fields(&self, see: &mut dyn FnMut(&[&dyn wire::Field])) {
        see(&[&self.value]);
    }

    fn fields_mut(&mut self, see: &mut dyn FnMut(&mut [&mut dyn wire::Field])) {
        see(&mut [&mut self.value]);
    }

    fn blank() -> Self {
        Self::default()
    }
}

fn problems<R: Rules>(value: &str) -> Vec<String> {
    let holder: Holder<R> = from_str(&format!("{{\"value\":{value}}}")).unwrap();
    let error = holder.validate().err();
    let violations = error.as_ref().map_or(&[][..], |error| error.violations());
    violations.iter().map(ToString::to_string).collect()
}

#[test]
fn numbers_have_bounds() {
    for value in [
        "0",
        "-0",
        "0.5",
        "18446744073709551615",
        "\"text\"",
        "null",
        "[]",
        "{}",
        "true",
    ] {
        assert!(problems::<Bounded>(value).is_empty(), "{value}");
    }
    assert_eq!(problems::<Bounded>("-1"), ["$.value: `minimum` is 0, found -1"]);
    assert_eq!(
        problems::<Bounded>("-0.3"),
        [
            "$.value: `minimum` is 0, found -0.3",
            "$.value: `multipleOf` is 0.5, found -0.3"
        ]
    );
    assert_eq!(
        problems::<Bounded>("18446744073709551616"),
        ["$.value: `exclusiveMaximum` is 18446744073709551616, found 1.8446744073709552e+19"]
    );
}

#[test]
fn characters_are_code_points() {
    for value in [
        "\"ab\"",
        "\"äö\"",
        "\"\u{1F4D6}\u{1F4D6}\u{1F4D6}\"",
        "\"\\n\\\"\\u00e4\"",
        "1000",
    ] {
        assert!(problems::<Short>(value).is_empty(), "{value}");
    }
    assert_eq!(
        problems::<Short>("\"e\u{301}e\u{301}\""),
        ["$.value: `maxLength` is 3, found 4 characters"]
    );
    assert_eq!(
        problems::<Short>("\"\""),
        ["$.value: `minLength` is 2, found 0 characters"]
    );
}

#[test]
fn patterns_show_no_text() {
    assert!(problems::<Word>("\"abc\"").is_empty());
    for value in ["\"hunter2\"", "\"abc\\n\"", "\"\""] {
        assert_eq!(
            problems::<Word>(value),
            ["$.value: `pattern` is ^[a-z]+$, found another text"]
        );
    }
}

#[test]
fn lists_have_counts_and_elements() {
    assert!(problems::<Listed>("[\"a\", 17]").is_empty());
    assert_eq!(problems::<Listed>("[]"), ["$.value: `minItems` is 1, found 0 elements"]);
    assert_eq!(
        problems::<Listed>("[1, \"bb\", 1.0]"),
        [
            "$.value: `maxItems` is 2, found 3 elements",
            "$.value[1]: `maxLength` is 1, found 2 characters",
            "$.value[2]: `uniqueItems` is true, found an element for the second time",
        ]
    );
    let twice = problems::<Listed>("[{\"a\": [1, 2], \"b\": null}, {\"b\": null, \"a\": [1.0, 2]}]");
    assert_eq!(
        twice,
        ["$.value[1]: `uniqueItems` is true, found an element for the second time"]
    );
}

#[test]
fn objects_have_counts_names_and_members() {
    assert!(problems::<Open>("{\"b\": 5}").is_empty());
    assert_eq!(
        problems::<Open>("{}"),
        ["$.value: `minProperties` is 1, found 0 members"]
    );
    assert_eq!(
        problems::<Open>("{\"a\": 4, \"b\": 6, \"Name\": 1}"),
        [
            "$.value: `maxProperties` is 2, found 3 members",
            "$.value: `dependentRequired` is a: b, c, found no `c`",
            "$.value.Name: `pattern` is ^[a-z]$, found another text",
            "$.value.a: `minimum` is 5, found 4",
            "$.value.b: `maximum` is 5, found 6",
        ]
    );
}

#[test]
fn first_elements_have_rules_of_their_own() {
    assert!(problems::<Tuple>("[1, 1, 0]").is_empty());
    assert_eq!(
        problems::<Tuple>("[-1, -1, -1, 1]"),
        [
            "$.value[0]: `minimum` is 0, found -1",
            "$.value[3]: `maximum` is 0, found 1"
        ]
    );
}

#[test]
fn members_have_rules_by_their_names() {
    assert!(problems::<Named>("{\"x-a\": 5, \"x-b\": 1, \"y\": 1, \"z\": 0}").is_empty());
    assert_eq!(
        problems::<Named>("{\"x-a\": 4, \"x-b\": 10, \"yy\": 10, \"z\": 1}"),
        [
            "$.value.x-a: `minimum` is 5, found 4",
            "$.value.x-b: `maximum` is 9, found 10",
            "$.value.z: `maximum` is 0, found 1"
        ]
    );
}

#[test]
fn alternatives_hold_together() {
    for value in [
        "{\"email\": null}",
        "{\"phone\": 1, \"code\": 2}",
        "{\"email\": 1, \"phone\": 1, \"code\": 1}",
    ] {
        assert!(problems::<Reachable>(value).is_empty(), "{value}");
    }
    let alternatives =
        "$.value: `anyOf` is required email or (required phone, code and maxProperties 2), found none of them";
    assert_eq!(problems::<Reachable>("{\"phone\": 1}"), [alternatives]);
    assert_eq!(
        problems::<Reachable>("{\"phone\": 1, \"code\": 1, \"fax\": 1}"),
        [alternatives]
    );
    assert_eq!(
        problems::<Reachable>("{\"email\": 1, \"fax\": 1}"),
        ["$.value: `not` is required fax, email, found a value that is so"]
    );
}

#[test]
fn exactly_one_alternative_holds() {
    assert!(problems::<Either>("{\"a\": 1, \"c\": 2}").is_empty());
    assert_eq!(
        problems::<Either>("{\"a\": 1, \"b\": 2}"),
        ["$.value: `oneOf` is exactly one of required a or required b, found 2 of them"]
    );
    assert_eq!(
        problems::<Either>("{}"),
        ["$.value: `oneOf` is exactly one of required a or required b, found none of them"]
    );
}

#[test]
fn values_have_types() {
    assert!(problems::<Typed>("[1, 1.0, 12345678901234567890, null]").is_empty());
    for value in ["[1.5]", "[true]", "[\"1\"]", "[{}]", "[[]]"] {
        assert_eq!(
            problems::<Typed>(value),
            ["$.value[0]: `anyOf` is type integer or type null, found none of them"]
        );
    }
}

#[test]
fn known_values_are_compared_by_value() {
    for value in ["1", "1.0", "{\"a\": [1.0]}", "\"\\u0078\""] {
        assert!(problems::<Known>(value).is_empty(), "{value}");
    }
    assert_eq!(
        problems::<Known>("true"),
        ["$.value: `enum` is 1, {\"a\":[1]}, \"x\", found another value"]
    );
}

#[test]
fn lists_hold_some_elements() {
    assert!(problems::<Holding>("[1, \"a\", \"b\"]").is_empty());
    assert!(problems::<Holding>("1").is_empty());
    assert_eq!(
        problems::<Holding>("[1]"),
        ["$.value: `contains` is at least 1 and at most 2 of type string, found 0 of them"]
    );
    assert_eq!(
        problems::<Holding>("[\"a\", \"b\", \"c\"]"),
        ["$.value: `contains` is at least 1 and at most 2 of type string, found 3 of them"]
    );
}

#[test]
fn conditions_decide_what_is_asked() {
    assert!(problems::<Conditional>("{\"a\": 1, \"b\": 2}").is_empty());
    assert!(problems::<Conditional>("{\"b\": 1, \"c\": 2}").is_empty());
    assert_eq!(
        problems::<Conditional>("{\"a\": 1}"),
        ["$.value: `required` is b, found no `b`"]
    );
    assert_eq!(
        problems::<Conditional>("{\"d\": 1}"),
        [
            "$.value: `minProperties` is 2, found 1 members",
            "$.value.d: `enum` is \"a\", \"b\", \"c\", found another value"
        ]
    );
}

#[test]
fn several_rules_speak_of_the_elements() {
    assert_eq!(
        problems::<Twice>("[\"abc\", \"1\", \"a\"]"),
        [
            "$.value[0]: `maxLength` is 2, found 3 characters",
            "$.value[1]: `pattern` is ^[a-z], found another text",
        ]
    );
}

#[test]
fn rules_are_found_wherever_a_model_is() {
    let holder = || Holder::<Bounded> {
        value: Some(Value::from(-1)),
        ..Holder::default()
    };
    let map = BTreeMap::from([(
        "a".to_owned(),
        vec![Nullable::Value(Box::new(holder())), Nullable::Null],
    )]);
    let error = map.validate().unwrap_err();
    assert_eq!(error.to_string(), "$.a[0].value: `minimum` is 0, found -1");
    let [violation] = error.violations() else {
        unreachable!("there is one")
    };
    assert_eq!((violation.path(), violation.keyword()), ("$.a[0].value", "minimum"));
    assert_eq!((violation.limit(), violation.actual()), ("0", "-1"));
    assert!(vec![Holder::<Bounded>::default()].validate().is_ok());
}

#[test]
fn newtypes_carry_their_rules() {
    crate::newtype! {
        pub(crate) struct Slug = "Slug" where [MaxLength(3)]
    }
    let error = vec![Slug::from("abc"), Slug::from("abcd")].validate().unwrap_err();
    assert_eq!(error.to_string(), "$[1]: `maxLength` is 3, found 4 characters");
}

#[test]
fn a_long_list_of_wrong_values_is_cut() {
    let holder = Holder::<Bounded> {
        value: Some(Value::from(-1)),
        ..Holder::default()
    };
    let error = vec![holder; 1_500].validate().unwrap_err();
    assert_eq!((error.violations().len(), error.more()), (1_000, 500));
    assert!(error.to_string().ends_with("; and 1480 more"));
}

#[test]
fn what_is_too_deep_to_be_checked_is_said() {
    let value = (0..200).fold(Value::Null, |inner, _| Value::from(vec![inner]));
    let error = Holder::<Listed> {
        value: Some(value),
        ..Holder::default()
    }
    .validate()
    .unwrap_err();
    assert_eq!(error.violations()[0].keyword(), "depth");
}
