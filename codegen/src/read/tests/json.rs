//! Traps of JSON.

use super::{json, place, plain, problem, problems, refused};
use crate::diagnostic::Code;

fn syntax(line: u32, column: u32, pointer: &str) -> (Code, u32, u32, String) {
    (Code::JsonSyntax, line, column, pointer.to_owned())
}

#[test]
fn every_kind_of_value_is_read() {
    let source = json(r#" {"a": [null, true, false, -1.5e+3, "x\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00", {}, []], "": 0} "#);
    assert_eq!(
        plain(&source.root),
        serde_json::json!({
            "a": [null, true, false, -1500.0, "x\"\\/\u{8}\u{c}\n\r\té😀", {}, []], "": 0
        })
    );
    assert!(source.warnings.is_empty());
}

#[test]
fn numbers_keep_their_text() {
    let source = json("[1.10, 1e400, 18446744073709551616, -0, 1E2]");
    let texts: Vec<&str> = source
        .root
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_number().unwrap().text())
        .collect();
    assert_eq!(texts, ["1.10", "1e400", "18446744073709551616", "-0", "1E2"]);
}

#[test]
fn r12_all_keys_that_stand_twice_are_reported_with_both_places() {
    let text = "{\"a\": 1,\n \"b\": {\"c\": 1, \"\\u0063\": 2},\n \"a\": 3, \"a\": 4}";
    let found = problems("x.json", text);
    let expected = [(2, 16, "/b/c"), (3, 2, "/a"), (3, 10, "/a")];
    assert_eq!(
        found,
        expected.map(|(line, column, pointer)| (Code::DuplicateKey, line, column, pointer.to_owned()))
    );
    let unreadable = refused("x.json", text);
    let firsts = unreadable
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.related.first().unwrap().0);
    let firsts: Vec<(u32, u32)> = firsts.map(|place| (place.line, place.column)).collect();
    assert_eq!(firsts, [(2, 8), (1, 2), (1, 2)]);
}

#[test]
fn r12_keys_that_stand_twice_are_found_among_many() {
    let members: Vec<String> = (0..5_000).map(|i| format!("\"k{}\": {i}", i % 4_999)).collect();
    let text = format!("{{{}}}", members.join(",\n"));
    assert_eq!(
        problem("x.json", text),
        (Code::DuplicateKey, 5_000, 1, "/k0".to_owned())
    );
}

#[test]
fn one_run_finds_all_that_can_be_skipped() {
    let text = "{\"a\": [1,], // no\n \"b\": NaN, \"c\": -Infinity, \"d\": \"\\ud800x\",\n \"e\": 007, \"f\": \"\\x\", \"g\": \"\u{1}\"}";
    assert_eq!(
        problems("x.json", text),
        [
            syntax(1, 9, "/a/1"),
            syntax(1, 13, ""),
            (Code::NotANumber, 2, 7, "/b".to_owned()),
            (Code::NotANumber, 2, 17, "/c".to_owned()),
            (Code::LoneSurrogate, 2, 34, "/d".to_owned()),
            syntax(3, 7, "/e"),
            syntax(3, 18, "/f"),
            (Code::ControlCharacter, 3, 29, "/g".to_owned()),
        ]
    );
}

#[test]
fn surrogates_have_to_come_in_pairs() {
    for lone in [
        "\\ud800",
        "\\udc00",
        "\\ude00\\ud83d",
        "\\ud800\\ud800\\udc00",
        "\\ud800\\u0041",
        "\\ud83d x",
    ] {
        let found = problems("x.json", format!("{{\"a\": \"{lone}\"}}"));
        assert!(
            found.iter().all(|problem| problem.0 == Code::LoneSurrogate),
            "{lone}: {found:?}"
        );
    }
    assert_eq!(json(r#"["\uD834\uDD1E"]"#).root.at("/0").unwrap().as_str(), Some("𝄞"));
}

#[test]
fn what_is_no_json_is_refused_where_it_starts() {
    let texts = [
        ("{'a': 1}", 1, 2),
        ("{a: 1}", 1, 2),
        ("{\"a\" 1}", 1, 6),
        ("{\"a\": 1 \"b\": 2}", 1, 9),
        ("{\"a\": 1}}", 1, 9),
        ("{\"a\": }", 1, 7),
        ("{,}", 1, 2),
        ("[1 2]", 1, 4),
        ("[1}", 1, 3),
        ("[tru]", 1, 2),
        ("[nulll]", 1, 2),
        ("[1.]", 1, 2),
        ("[.5]", 1, 2),
        ("[+1]", 1, 2),
        ("[1e]", 1, 2),
        ("[0x1F]", 1, 3),
        ("[-]", 1, 2),
        ("[\"a\nb\"]", 1, 2),
        ("[] x", 1, 4),
        ("[\u{a0}1]", 1, 2),
        ("[1]\n/", 2, 1),
        ("[/* no end", 1, 2),
    ];
    for (text, line, column) in texts {
        let found = problems("x.json", text);
        let (code, at_line, at_column, _) = found.last().unwrap();
        assert_eq!(
            (*code, *at_line, *at_column),
            (Code::JsonSyntax, line, column),
            "{text}"
        );
    }
}

#[test]
fn truncated_text_ends_too_early() {
    let whole = r#"{"a": ["x\n", -1.5, true, {"b": null}]}"#;
    for length in 1..whole.len() {
        let found = problems("x.json", &whole[..length]);
        let code = found.last().unwrap().0;
        assert!(matches!(code, Code::UnexpectedEnd | Code::JsonSyntax), "{found:?}");
    }
    assert_eq!(
        problem("x.json", "{\n  \"a\": [1,\n"),
        (Code::UnexpectedEnd, 3, 1, "/a/1".to_owned())
    );
}

#[test]
fn columns_count_characters_also_after_comments_and_escapes() {
    let found = problems("x.json", "[/* é𝄞\n é */ \"é\\n𝄞\", x]");
    assert_eq!(found, [syntax(1, 2, "/0"), syntax(2, 15, "/1")]);
    let source = json("{\"é\": \"𝄞\", \"b\":\t1}");
    assert_eq!((place(&source, "/é"), place(&source, "/b")), ((1, 7), (1, 17)));
}
