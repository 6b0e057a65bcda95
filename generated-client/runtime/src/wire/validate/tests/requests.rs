//! What a request must have, and a response need not.

use crate::wire::{Model, ObjectWriter, Reader, Result, Rule, Validate};

#[derive(Clone, Debug, Default, PartialEq)]
struct Account {
    name: Option<String>,
    pin: Option<String>,
}

impl Model for Account {
    const NAME: &'static str = "Account";
    const RULES: &'static [Rule] = &[Rule::RequiredInRequests(&["pin"])];

    fn decode(&mut self, name: &str, json: &mut Reader<'_>) -> Result<bool> {
        match name {
            "name" => json.set(&mut self.name),
            "pin" => json.set(&mut self.pin),
            _ => Ok(false),
        }
    }

    fn encode(&self, json: &mut ObjectWriter<'_>) {
        json.put("name", &self.name);
        json.put("pin", &self.pin);
    }
}

crate::model!(Account);

#[test]
fn a_received_value_may_lack_what_a_request_must_have() {
    let received = Account {
        name: Some("a".to_owned()),
        pin: None,
    };
    assert!(received.validate().is_ok());
}

#[cfg(feature = "client")]
#[test]
fn a_request_must_have_it() {
    use crate::wire::validate_request;

    let mut account = Account::default();
    let error = validate_request(&account, &[]).unwrap_err();
    assert_eq!(error.to_string(), "$: `required` is pin, found no `pin`");
    account.pin = Some("1".to_owned());
    assert!(validate_request(&account, &[]).is_ok());
}
