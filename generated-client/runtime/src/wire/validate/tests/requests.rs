//! What a request must have, and a response need not.

use crate::wire::Validate;

crate::model! {
    struct Account = "Account" {
        name: Option<String> = "name",
        pin: Option<String> = "pin",
    } where [RequiredInRequests(&["pin"])]
}

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
