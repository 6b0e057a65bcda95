use serde::de::IntoDeserializer as _;
use serde::de::value::{Error as ValueError, F64Deserializer};
use serde::ser::{Error as _, Impossible, Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::models::{AppId, Entitlement, FULL, Page, Purpose, read};
use crate::wire::{MAX_DEPTH, Timestamp};

#[test]
fn serde_json_reads_and_writes_models() {
    let model: Entitlement = serde_json::from_str(FULL).unwrap();
    assert_eq!(model, read(FULL));
    assert_eq!(serde_json::to_string(&model).unwrap(), FULL);
    assert_eq!(serde_json::from_slice::<Entitlement>(FULL.as_bytes()).unwrap(), model);
}

#[test]
fn values_are_converted() {
    let value: Value = serde_json::from_str(FULL).unwrap();
    let model: Entitlement = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(model, read(FULL));
    assert_eq!(serde_json::to_value(&model).unwrap(), value);
}

#[test]
fn another_format_reads_and_writes_models() {
    let model = read(FULL);
    let yaml = yaml_serde::to_string(&model).unwrap();
    assert!(yaml.contains("createdAt: 2023-11-07T05:31:56Z") || yaml.contains("createdAt: '2023-11-07T05:31:56Z'"));
    assert_eq!(yaml_serde::from_str::<Entitlement>(&yaml).unwrap(), model);
    let page: Page = yaml_serde::from_str("total: 2\nlist: [{alias: x}]\nother: -3\n").unwrap();
    assert_eq!(
        (page.total, page.list.len(), page.additional_properties.get("other")),
        (2, 1, Some(&-3))
    );
}

#[test]
fn conflicts_pass_with_their_white_space() {
    let model = read("{\"count\":1,\"durationUnset\": { \"a\" : [ 1 , { } , [ ] ] }}");
    let value = serde_json::to_value(&model).unwrap();
    assert_eq!(value, json!({"count": 1, "durationUnset": {"a": [1, {}, []]}}));
    assert_eq!(serde_json::from_value::<Entitlement>(value).unwrap(), model);
}

#[test]
fn scalars_enums_and_newtypes_have_a_serde_form() {
    assert_eq!(serde_json::to_string(&Purpose::from("NEW")).unwrap(), "\"NEW\"");
    assert_eq!(
        serde_json::from_str::<Purpose>("\"PURPOSE_PERMISSION\"").unwrap(),
        Purpose::Permission
    );
    assert_eq!(serde_json::from_str::<AppId>("\"x\"").unwrap(), AppId::from("x"));
    assert_eq!(serde_json::to_value(Timestamp::from("t")).unwrap(), json!("t"));
}

#[test]
fn errors_of_models_name_the_path() {
    let error = serde_json::from_str::<Entitlement>(r#"{"parent":{"score":true}}"#).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("$.parent.score (in test.v1.Entitlement), byte "),
        "{error}"
    );
    assert!(
        serde_json::from_str::<Page>("{\"list\":[]}")
            .unwrap_err()
            .to_string()
            .contains("the member `total`")
    );
}

#[test]
fn what_json_has_not_is_refused() {
    let nan: F64Deserializer<ValueError> = f64::NAN.into_deserializer();
    assert!(
        <AppId as serde::Deserialize>::deserialize(nan)
            .unwrap_err()
            .to_string()
            .contains("a finite number")
    );
    let mut deep = json!(null);
    for _ in 0..=MAX_DEPTH {
        deep = json!({ "value": deep });
    }
    assert!(
        serde_json::from_value::<Entitlement>(deep)
            .unwrap_err()
            .to_string()
            .contains("more than 128")
    );
}

/// A format may leave a value alone, or ask for it twice.
#[test]
fn formats_may_pass_over_values() {
    assert_eq!(read(FULL).serialize(Only).unwrap().len(), 16);
}

/// A format of names: of every other member it asks for the value twice, of the rest never.
#[derive(Default)]
struct Names(Vec<String>);
impl SerializeMap for Names {
    type Ok = Vec<String>;
    type Error = std::fmt::Error;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Self::Error> {
        self.0.push(serde_json::to_string(key).map_err(Self::Error::custom)?);
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Self::Error> {
        if self.0.len().is_multiple_of(2) {
            let twice = [serde_json::to_string(value), serde_json::to_string(value)].map(Result::ok);
            assert_eq!(twice[0], twice[1]);
        }
        Ok(())
    }
    fn end(self) -> Result<Self::Ok, Self::Error> {
        Ok(self.0)
    }
}
struct Only;
macro_rules! refuse {
    ($($method:ident($($type:ty),*) -> $ok:ty;)*) => {$(
        fn $method(self, $(_: $type),*) -> Result<$ok, Self::Error> { Err(std::fmt::Error) }
    )*};
}
type No = Impossible<Vec<String>, std::fmt::Error>;
impl Serializer for Only {
    type Ok = Vec<String>;
    type Error = std::fmt::Error;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = Names;
    type SerializeStruct = No;
    type SerializeStructVariant = No;
    refuse! {
        serialize_bool(bool) -> Self::Ok; serialize_i8(i8) -> Self::Ok; serialize_i16(i16) -> Self::Ok;
        serialize_i32(i32) -> Self::Ok; serialize_i64(i64) -> Self::Ok; serialize_u8(u8) -> Self::Ok;
        serialize_u16(u16) -> Self::Ok; serialize_u32(u32) -> Self::Ok; serialize_u64(u64) -> Self::Ok;
        serialize_f32(f32) -> Self::Ok; serialize_f64(f64) -> Self::Ok; serialize_char(char) -> Self::Ok;
        serialize_str(&str) -> Self::Ok; serialize_bytes(&[u8]) -> Self::Ok; serialize_none() -> Self::Ok;
        serialize_unit() -> Self::Ok; serialize_unit_struct(&'static str) -> Self::Ok;
        serialize_unit_variant(&'static str, u32, &'static str) -> Self::Ok;
        serialize_seq(Option<usize>) -> No; serialize_tuple(usize) -> No;
        serialize_tuple_struct(&'static str, usize) -> No;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> No;
        serialize_struct(&'static str, usize) -> No;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> No;
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Names, Self::Error> {
        Ok(Names::default())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<Self::Ok, Self::Error> {
        Err(std::fmt::Error)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<Self::Ok, Self::Error> {
        Err(std::fmt::Error)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Self::Ok, Self::Error> {
        Err(std::fmt::Error)
    }
}
