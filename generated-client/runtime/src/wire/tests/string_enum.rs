use super::models::{Purpose, read, written};
use crate::wire::from_str;

/// R30
#[test]
fn an_unknown_value_survives() {
    let model = read(r#"{"purpose":"PURPOSE_NEW"}"#);
    let purpose = model.purpose.clone().unwrap();
    assert!(matches!(purpose, Purpose::UnknownValue(_)));
    assert_eq!(purpose.as_str(), "PURPOSE_NEW");
    assert_eq!(format!("{purpose:?}"), "UnknownValue(\"PURPOSE_NEW\")");
    assert_eq!(written(&model), r#"{"purpose":"PURPOSE_NEW"}"#);
}

#[test]
fn an_unknown_value_survives_in_lists_and_maps() {
    let list = r#"["PURPOSE_ASSIGNMENT","PURPOSE_OF_TOMORROW"]"#;
    let values: Vec<Purpose> = crate::wire::from_str(list).unwrap();
    assert!(matches!(
        values.as_slice(),
        [Purpose::Assignment, Purpose::UnknownValue(_)]
    ));
    assert_eq!(crate::wire::to_vec(&values), list.as_bytes());
    let map = r#"{"a":"PURPOSE_OF_TOMORROW"}"#;
    let values: std::collections::BTreeMap<String, Purpose> = crate::wire::from_str(map).unwrap();
    assert_eq!(crate::wire::to_vec(&values), map.as_bytes());
}

#[test]
fn a_known_value_is_its_variant() {
    assert_eq!(
        from_str::<Purpose>("\"PURPOSE_PERMISSION\"").unwrap(),
        Purpose::Permission
    );
    assert_eq!(written(&Purpose::Permission), "\"PURPOSE_PERMISSION\"");
    assert_eq!(Purpose::from("PURPOSE_ASSIGNMENT"), Purpose::Assignment);
    assert_eq!(
        Purpose::from("PURPOSE_ASSIGNMENT".to_owned()).to_string(),
        "PURPOSE_ASSIGNMENT"
    );
    assert_eq!(format!("{:>20}", Purpose::Assignment), "  PURPOSE_ASSIGNMENT");
}

#[test]
fn only_strings_are_values() {
    assert_eq!(from_str::<Purpose>("3").unwrap_err().expected(), "a string");
}
