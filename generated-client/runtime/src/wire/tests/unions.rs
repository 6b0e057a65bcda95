//! Unions, constants, enums of values, tuples: what they read they write, and nothing takes for ever.
#![allow(unreachable_pub, reason = "the macros are for types that are public")]

use std::collections::BTreeMap;

use crate::wire::{IntoValue, Json, Nullable, from_str, to_vec};

crate::model! {
    struct Cat(CatRequired) = "Cat" {
        kind: Option<String> = "kind",
        lives: Option<i64> = required "lives",
        owner: Option<Pet> = "owner",
    }
}

crate::model! {
    struct Dog = "Dog" {
        bark: Option<bool> = "bark",
        owner: Option<Pet> = "owner",
    }
}

crate::union! {
    enum Pet = "Pet" {
        Cat(Box<Cat>),
        Dog(Box<Dog>),
        Share(f64),
        Count(i64),
        Name(String),
    }
}

crate::union! {
    enum Tagged = "Tagged" by "kind" {
        Cat(Box<Cat>) = "cat" | "kitten",
        Dog(Box<Dog>) = escaped "dog",
    }
}

fn cat() -> Cat {
    Cat::new(CatRequired { lives: None })
}

fn written<T: Json>(value: &T) -> String {
    String::from_utf8(to_vec(value)).unwrap()
}

/// Reads a value that is written as it came.
fn through<T: Json>(text: &str) -> T {
    let value: T = from_str(text).unwrap();
    assert_eq!(written(&value), text);
    value
}

#[test]
fn the_form_says_which_arm_it_is() {
    assert!(matches!(through::<Pet>(r#"{"lives":9}"#), Pet::Cat(_)));
    assert!(matches!(through::<Pet>(r#"{"bark":true}"#), Pet::Dog(_)));
    assert_eq!(through::<Pet>("3"), Pet::Count(3));
    assert_eq!(through::<Pet>("1.5"), Pet::Share(1.5));
    assert_eq!(through::<Pet>("9007199254740993"), Pet::Count(9_007_199_254_740_993));
    assert_eq!(through::<Pet>(r#""Tom""#), "Tom".to_owned().into());
    // A member that no arm knows is dropped, as everywhere.
    let pet: Pet = from_str(r#"{"lives":9,"new":1}"#).unwrap();
    assert_eq!(written(&pet), r#"{"lives":9}"#);
}

#[test]
fn what_one_arm_keeps_no_other_loses() {
    let both = through::<Pet>(r#"{"lives":9,"bark":true}"#);
    assert!(matches!(&both, Pet::Unknown(raw) if raw.get::<Dog>().unwrap().bark == Some(true)));
    through::<Pet>(r#"{"lives":9,"owner":{"lives":1,"bark":false}}"#);
}

#[test]
fn what_is_no_arm_is_kept_to_the_last_digit() {
    for text in ["[1.10]", "null", "true", r#"{"lives":"9"}"#, "1e400"] {
        let value: Pet = from_str(text).unwrap();
        assert_eq!(written(&value), text);
    }
    let text = r#"{"bark":1,"a":[12345678901234567890123]}"#;
    assert_eq!(written(&from_str::<Pet>(text).unwrap()), text);
    assert!(from_str::<Pet>("{").is_err());
    assert!(from_str::<Pet>("[1,]").is_err());
    assert_ne!(from_str::<Pet>("[1]").unwrap(), from_str::<Pet>("[2]").unwrap());
    assert_eq!(from_str::<Pet>("[1]").unwrap(), from_str::<Pet>("[1.0]").unwrap());
}

#[test]
fn a_tag_says_which_arm_it_is_and_is_never_wrong() {
    assert!(matches!(
        through::<Tagged>(r#"{"kind":"cat","lives":9}"#),
        Tagged::Cat(_)
    ));
    assert!(matches!(
        through::<Tagged>(r#"{"kind":"kitten","lives":9}"#),
        Tagged::Cat(_)
    ));
    // The arm has no member for its tag.
    let dog: Tagged = from_str(r#"{"bark":true,"kind":"dog"}"#).unwrap();
    assert_eq!(written(&dog), r#"{"bark":true,"kind":"dog"}"#);
    let cat = Tagged::Cat(Box::new(Cat {
        kind: Some("bird".to_owned()),
        lives: Some(1),
        owner: Some(Pet::Cat(Box::new(cat()))),
    }));
    assert_eq!(written(&cat), r#"{"kind":"cat","lives":1,"owner":{}}"#);
    for text in [
        r#"{"kind":"bird","wings":2}"#,
        r#"{"wings":2}"#,
        "{}",
        r#"{"kind":1}"#,
        "[]",
        "3",
    ] {
        let unknown: Tagged = from_str(text).unwrap();
        assert!(matches!(unknown, Tagged::Unknown(_)), "{text}");
        assert_eq!(written(&unknown), text);
    }
    let error = from_str::<Tagged>(r#"{"lives":"x","kind":"cat"}"#).unwrap_err();
    assert_eq!(error.path(), "$.lives");
    assert!(from_str::<Tagged>(r#"{"a":[}"#).is_err());
}

/// Both arms hold a node in a node: a reader that tried all ways would need 2^100 of them.
#[test]
fn unions_in_unions_take_no_exponential_time() {
    let deep = |levels: usize, end: &str| {
        let open: String = (0..levels).map(|_| r#"{"lives":1,"owner":"#).collect();
        format!("{open}{end}{}", "}".repeat(levels))
    };
    for end in ["7", r#"{"bark":true,"lives":1}"#, "[[]]", r#"{"lives":"x"}"#] {
        let text = deep(100, end);
        assert_eq!(written(&from_str::<Pet>(&text).unwrap()), text);
    }
    let open: String = (0..100).map(|_| r#"{"owner":"#).collect();
    let text = format!("{open}7{}", "}".repeat(100));
    assert_eq!(written(&from_str::<Pet>(&text).unwrap()), text);
}

#[test]
fn too_many_attempts_are_an_error() {
    // A long text at the bottom is read by each arm of each level.
    let open: String = (0..120).map(|_| r#"{"lives":1,"new":0,"owner":"#).collect();
    let text = format!(r#"{open}"{}"{}"#, "x".repeat(100_000), "}".repeat(120));
    let error = from_str::<Pet>(&text).unwrap_err();
    assert!(error.to_string().contains("fewer attempts"), "{error}");
}

crate::constant! {
    struct One = "One" = "1"
}

#[test]
fn a_constant_is_checked() {
    assert_eq!(written(&from_str::<One>("1.0").unwrap()), "1");
    for text in [r#""1""#, "2", "null", "[1]"] {
        assert!(from_str::<One>(text).is_err(), "{text}");
    }
}

crate::value_enum! {
    enum Level: Integer = "Level" {
        Minus1 = "-1",
        N200 = "200",
    }
}

#[test]
fn an_enum_of_values_is_open() {
    assert_eq!(through::<Level>("-1"), Level::Minus1);
    assert_eq!(from_str::<Level>("2e2").unwrap(), Level::N200);
    assert_eq!(
        through::<Level>("12345678901234567890123").as_json(),
        "12345678901234567890123"
    );
    assert_eq!(Level::from(200), Level::N200);
    for text in [r#""1""#, "1.5", "null", "true"] {
        assert!(from_str::<Level>(text).is_err(), "{text}");
    }
}

crate::value_enum! {
    enum Ratio: Number = "Ratio" {
        Half = "0.5",
        One = "1",
    }
}

crate::value_enum! {
    enum Always: Boolean = "Always" {
        True = "true",
    }
}

crate::value_enum! {
    enum Mixed: Any = "Mixed" {
        Auto = "\"auto\"",
        One = escaped "1.0",
        True = "true",
    }
}

#[test]
fn an_enum_of_values_is_made_of_values_of_its_kind() {
    assert_eq!(Level::from(-1_i64), Level::Minus1);
    assert_eq!(Level::from(u64::MAX).as_json(), "18446744073709551615");
    assert_eq!(
        (Ratio::from(0.5), Ratio::from(1.0), Ratio::from(1)),
        (Ratio::Half, Ratio::One, Ratio::One)
    );
    assert_eq!(Ratio::from(0.1).as_json(), "0.1");
    assert_eq!(Always::from(true), Always::True);
    assert_eq!(Always::from(false).as_json(), "false");
    assert_eq!(
        (Mixed::from("auto"), Mixed::from(1), Mixed::from(true)),
        (Mixed::Auto, Mixed::One, Mixed::True)
    );
    assert_eq!(Mixed::from("a\"b".to_owned()).as_json(), r#""a\"b""#);
}

/// Whether a `U` can be made of a `T`: an inherent constant goes before that of a trait.
struct Conversion<T, U>(std::marker::PhantomData<(T, U)>);
trait NoConversion {
    const EXISTS: bool = false;
}
impl<T, U> NoConversion for Conversion<T, U> {}
impl<T, U: From<T>> Conversion<T, U> {
    const EXISTS: bool = true;
}

#[test]
fn an_enum_of_values_is_not_made_of_values_of_another_kind() {
    let fitting = [
        Conversion::<bool, Always>::EXISTS,
        Conversion::<f64, Ratio>::EXISTS,
        Conversion::<i64, Level>::EXISTS,
    ];
    assert_eq!(fitting, [true; 3]);
    let others = [
        Conversion::<i64, Always>::EXISTS,
        Conversion::<i32, Always>::EXISTS,
        Conversion::<f64, Always>::EXISTS,
        Conversion::<crate::wire::Value, Always>::EXISTS,
        Conversion::<bool, Level>::EXISTS,
        Conversion::<f64, Level>::EXISTS,
        Conversion::<bool, Ratio>::EXISTS,
        Conversion::<&'static str, Ratio>::EXISTS,
    ];
    assert_eq!(others, [false; 8]);
}

crate::tuple! {
    struct Range = "Range" {
        0: required i64,
        1: Option<String>,
        2: ..Vec<bool>,
    }
}

#[test]
fn a_tuple_has_its_elements() {
    for text in ["[1]", r#"[1,"a"]"#, r#"[1,"a",true,false]"#] {
        through::<Range>(text);
    }
    for text in ["[]", r#"["a"]"#, r#"[1,"a",3]"#, "{}", "1"] {
        assert!(from_str::<Range>(text).is_err(), "{text}");
    }
}

crate::model! {
    struct Base(BaseRequired) = "Base" {
        id: String = required "id",
        part: Pet = part "part",
    }
}

#[test]
fn a_union_lies_among_an_objects_members() {
    let base = through::<Base>(r#"{"id":"a","lives":3}"#);
    assert!(matches!(base.part, Pet::Cat(_)));
    let base = through::<Base>(r#"{"id":"a","lives":3,"bark":true}"#);
    assert!(matches!(base.part, Pet::Unknown(_)));
    assert!(from_str::<Base>(r#"{"lives":3}"#).is_err());
    assert!(from_str::<Base>("[]").is_err());
}

#[cfg(feature = "validate")]
#[test]
fn what_is_no_arm_is_a_violation() {
    use crate::wire::Validate as _;
    assert!(from_str::<Pet>(r#"{"lives":3}"#).unwrap().validate().is_ok());
    // Both arms fit: nothing is wrong with the value.
    assert!(
        from_str::<Pet>(r#"{"lives":9,"bark":true}"#)
            .unwrap()
            .validate()
            .is_ok()
    );
    let error = from_str::<Vec<Pet>>("[1,[2]]").unwrap().validate().unwrap_err();
    assert_eq!(
        error.to_string(),
        "$[1]: `oneOf` is one of the types of the union, found another value"
    );
    let base = from_str::<Base>(r#"{"id":"a","bark":1}"#).unwrap();
    assert!(base.validate().is_err());
}

crate::union! {
    /// Everything that a union can have.
    enum Everything = "Everything" {
        /// A list.
        Names(Vec<String>) where [MaxItems(1)],
        Counts(BTreeMap<String, i64>),
        Big(i64) as Quoted where [Maximum("9")],
        Meters(f64) shared,
        Feet(f64) shared,
        Nested(Vec<BTreeMap<String, Vec<bool>>>),
        Cat(::std::boxed::Box<Cat>),
    } others where [MaxLength(3)]
}

#[test]
fn unions_are_made_of_what_one_variant_holds() {
    fn value(value: impl IntoValue<Everything>) -> Everything {
        value.into_value()
    }
    let names = Everything::Names(vec!["a".to_owned()]);
    assert_eq!(value(vec!["a".to_owned()]), names);
    assert_eq!(value(&names), names);
    assert!(matches!(
        value(BTreeMap::from([("a".to_owned(), 1_i64)])),
        Everything::Counts(_)
    ));
    assert!(matches!(value(cat()), Everything::Cat(_)));
    assert!(matches!(value(vec![BTreeMap::new()]), Everything::Nested(_)));
    const { assert!(!Conversion::<f64, Everything>::EXISTS) };
    assert_eq!(written(&Everything::Big(7)), r#""7""#);
    assert!(matches!(from_str(r#""7""#), Ok(Everything::Big(7))));
}

#[cfg(feature = "validate")]
#[test]
fn unions_have_rules_for_a_variant_and_for_other_values() {
    use crate::wire::Validate as _;
    let names = |count| Everything::Names(vec!["a".to_owned(); count]);
    assert!(names(1).validate().is_ok());
    let error = names(2).validate().unwrap_err();
    assert_eq!(error.violations()[0].keyword(), "maxItems");
    // A number in a string is not a number.
    assert!(Everything::Big(10).validate().is_ok());
    assert!(from_str::<Everything>(r#""abc""#).unwrap().validate().is_ok());
    assert!(from_str::<Everything>(r#""abcd""#).unwrap().validate().is_err());
}

crate::tuple! {
    struct Pieces = "Pieces" {
        0: required Box<Pet>,
        1: required i64 as Quoted,
        2: ::std::option::Option<Nullable<i64>>,
        3: ..Vec<u64> as Quoted,
    } where [MaxItems(4)]
}

#[test]
fn elements_have_codecs_and_a_tuple_has_rules() {
    let pieces = through::<Pieces>(r#"[3,"5",null,"7","8"]"#);
    assert_eq!(
        pieces,
        Pieces(Box::new(Pet::Count(3)), 5, Some(Nullable::Null), vec![7, 8])
    );
    assert_eq!(<Pieces as crate::wire::Tuple>::RULES.len(), 1);
    assert!(from_str::<Pieces>("[3]").is_err());
}

crate::string_enum! {
    /// Whether it is on.
    enum Status = "app.Status" {
        Enabled = "STATUS_ENABLED",
        /// A value with a backtick.
        Odd = escaped "a`b",
    }
}

crate::newtype! {
    struct Id = "Id" where [MaxLength(3)]
}

crate::string_enum! {
    enum Nothing = "Nothing" {
        None = "NOTHING",
    }
}

#[test]
fn enums_and_newtypes_are_made_of_strings_and_references() {
    fn status(value: impl IntoValue<Status>) -> Status {
        value.into_value()
    }
    fn nullable(value: impl IntoValue<Nullable<Status>>) -> Nullable<Status> {
        value.into_value()
    }
    fn id(value: impl IntoValue<Id>) -> Id {
        value.into_value()
    }
    let text = "STATUS_ENABLED".to_owned();
    for value in [
        status("STATUS_ENABLED"),
        status(&text),
        status(&Status::Enabled),
        status(text.clone()),
    ] {
        assert_eq!(value, Status::Enabled);
    }
    assert_eq!(status("a`b"), Status::Odd);
    assert_eq!(Status::Odd.as_str(), "a`b");
    assert_eq!(nullable("STATUS_ENABLED"), Nullable::Value(Status::Enabled));
    assert_eq!(nullable(&text), Nullable::Value(Status::Enabled));
    assert_eq!(nullable(Status::Enabled), Nullable::Value(Status::Enabled));
    let (text, own) = ("a".to_owned(), Id::from("a"));
    for value in [id("a"), id(&text), id(text.clone()), id(&own), id(own.clone())] {
        assert_eq!(value.as_str(), "a");
    }
    let level: Level = (&Level::N200).into_value();
    assert_eq!(level, Level::from(200));
}

#[test]
fn enums_show_the_names_of_their_variants() {
    let new = Status::from("new");
    assert_eq!(format!("{:?} {new:?}", Status::Odd), r#"Odd UnknownValue("new")"#);
    assert_eq!(format!("{}", Nothing::from("a")), "a");
    let set = std::collections::HashSet::from([new.clone(), Status::Odd]);
    assert!(set.contains(&new) && set.contains(&Status::Odd) && !set.contains(&Status::Enabled));
    assert_ne!(new, Status::from("newer"));
    const { assert!(!Conversion::<Nothing, Status>::EXISTS && !Conversion::<&Nothing, Status>::EXISTS) };
}
