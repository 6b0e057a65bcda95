//! What a reader claims: the keys that it takes for their meaning, and no other ones.

use crate::{
    at::At,
    diagnostic::{Code, Diagnostics},
    document::{
        build,
        fields::{Claims, Walk},
    },
    normalize::Version,
    read::{Limits, read},
};

const TEXT: &str = "meant: a\nread_elsewhere: b\nhanded_on: c\nleft_out: d\nunknown: e\n";

/// Reads an object of [`TEXT`] with all ways to take a member, and names the keys that are claimed and handed on.
fn claims(diagnostics: &mut Diagnostics) -> (Vec<String>, Vec<String>, Vec<String>) {
    let root = read("case.yaml", TEXT.as_bytes(), &Limits::default()).unwrap().root;
    let mut walk = Walk {
        claims: Some(Claims::default()),
        ..build::walk(&root, Version::V31, diagnostics)
    };
    let mut fields = walk.object(&root, &At::ROOT, "a case").unwrap();
    fields.text(&mut walk, &At::ROOT, "meant").unwrap();
    fields.text(&mut walk, &At::ROOT, "handed_on").unwrap();
    // A key that is not there is not claimed.
    assert!(fields.get("absent").is_none());
    fields.skip(&["read_elsewhere"]);
    fields.hand_on(&["handed_on"]);
    fields.leave_out(&mut walk, &At::ROOT, &["left_out"]);
    fields.finish(&mut walk, &At::ROOT);
    let Claims { claimed, handed_on } = walk.claims.unwrap();
    let members = || root.as_object().unwrap().iter();
    let name_of = |found: &std::collections::HashSet<_>| -> Vec<String> {
        let found = members().filter(|member| found.contains(&member.name_place));
        found.map(|member| member.name.to_string()).collect()
    };
    let left_out = walk.left_out.into_iter().map(|(_, pointer)| pointer).collect();
    (name_of(&claimed), name_of(&handed_on), left_out)
}

#[test]
fn a_key_that_no_reader_takes_for_its_meaning_is_not_claimed() {
    let mut diagnostics = Diagnostics::new();
    let (claimed, handed_on, left_out) = claims(&mut diagnostics);
    // What is left out is listed, which counts more than the claim.
    assert_eq!(claimed, ["meant", "left_out"]);
    assert_eq!(handed_on, ["handed_on"]);
    assert_eq!(left_out, ["/left_out"]);
    let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::UnknownKey]);
}
