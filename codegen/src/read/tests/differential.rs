//! The same texts, read by others.

use serde_json::Value as Json;

use super::{plain, yaml};
use crate::read::{Limits, read};

/// Texts that are JSON, and texts that are not.
const JSON_TEXTS: &[&str] = &[
    "{}",
    "[]",
    "[[]]",
    "[{}]",
    " [ ] ",
    "\t{\r\n}\n",
    "[null]",
    "[true,false]",
    "[\"\"]",
    "[0]",
    "[-0]",
    "[-0.0]",
    "[1.5]",
    "[1e5]",
    "[1E+5]",
    "[1e-5]",
    "[0.1e1]",
    "[123456789012345678]",
    "[18446744073709551615]",
    "[-9223372036854775808]",
    "[18446744073709551616]",
    "[-9223372036854775809]",
    "[0.30000000000000004]",
    "[1e-400]",
    "{\"a\":{\"b\":[1,{\"c\":null}]}}",
    "{\"\":0}",
    "{\"a\\u0000b\":1}",
    "[\"\\u00e9\\u20ac\"]",
    "[\"\\ud834\\udd1e\"]",
    "[\"\u{7f}\u{80}\u{2028}\u{fffe}\u{10ffff}\"]",
    "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
    "[\"a/b\"]",
    "[\"€𝄞\"]",
    // Not JSON:
    "[",
    "]",
    "{",
    "}",
    "[1,]",
    "{\"a\":1,}",
    "[,1]",
    "[1,,2]",
    "[1 2]",
    "{\"a\"}",
    "{\"a\":}",
    "{:1}",
    "{1:1}",
    "{a:1}",
    "{'a':1}",
    "[01]",
    "[-01]",
    "[00]",
    "[1.]",
    "[.1]",
    "[-]",
    "[+1]",
    "[1e]",
    "[1e+]",
    "[0x1]",
    "[1_0]",
    "[Infinity]",
    "[-Infinity]",
    "[NaN]",
    "[nul]",
    "[True]",
    "[TRUE]",
    "[nulla]",
    "[\"]",
    "[\"\\x\"]",
    "[\"\\u12\"]",
    "[\"\\u12G4\"]",
    "[\"\\ud800\"]",
    "[\"\\udc00\"]",
    "[\"\\ud800\\u0041\"]",
    "[\"\\ud800\\ud800\"]",
    "[\"\n\"]",
    "[\"\t\"]",
    "[\"\u{0}\"]",
    "[\"\u{1f}\"]",
    "[]]",
    "[] []",
    "{} x",
    "[1}",
    "{\"a\":1]",
    "[/**/1]",
    "[1]//",
    "[\u{a0}]",
    "[\u{c}]",
    "[\u{feff}]",
    "[\"a\" \"b\"]",
    "[-a]",
    "[1a]",
    "[\"\\",
    "[\"\\u",
];

#[test]
fn json_is_read_as_serde_json_reads_it() {
    let mut accepted = 0;
    for text in JSON_TEXTS {
        let ours = read("x.json", text.as_bytes(), &Limits::default());
        match (ours, serde_json::from_str::<Json>(text)) {
            (Ok(source), Ok(theirs)) => {
                accepted += 1;
                assert_eq!(plain(&source.root), theirs, "{text}");
            }
            (Err(_), Err(_)) => {}
            (Ok(_), Err(error)) => panic!("read, though serde_json says {error}: {text:?}"),
            (Err(error), Ok(_)) => panic!("serde_json reads {text:?}: {error}"),
        }
    }
    assert!(accepted > 30 && accepted < JSON_TEXTS.len() - 50);
}

/// Texts that YAML's parsers agree about, in every style.
const YAML_TEXTS: &[&str] = &[
    "a: 1\nb: x\n",
    "- a\n- - b\n  - c\n- d: e\n  f: g\n",
    "a:\n- b\n- c\nd:\n  - e\n",
    "a: 'it''s'\nb: \"x\\ty\\u00e9\\n\\x41\"\n",
    "a: plain text over\n  two lines\nb: \"quoted\n  over\n\n  lines\"\nc: 'single\n  over lines'\n",
    "a: |\n  literal\n   text\n\n  # no comment\nb: |-\n  stripped\nc: |+\n  kept\n\nd: >\n  folded\n  text\n\n  new\n   more\ne: >-\n  x\n  y\n",
    "a: |2\n    indented\n",
    "a: {b: [c, d], 'e': \"f\", g: , h: null}\ni: []\nj: {}\n",
    "{a: b, \"c\":d, e: [f, g: h]}\n",
    "# comment\na: b # comment\nc: d#no comment\ne: '#'\n",
    "---\na: 1\n...\n",
    "? a\n: b\n? c\n: - d\n",
    "a: [1, -1, 0, 1.5, -2.5e3, .5, 1e3]\nb: [true, false, null, ~]\n",
    "a: 12345678901234567890\nb: -9223372036854775808\n",
    "a: &x\n  b: [1, 2]\nc: *x\nd: &y z\ne: *y\n",
    "a: http://x.y/z?a=b:c\nb: a-b\nc: -x\nd: x:y\ne: 'a: b'\n",
    "a: !!str 12\nb: !!int 5\n",
    "é𝄞: 'ü'\nb: \"\\U0001F600\"\n",
    "a: b\r\nc:\r\n  - d\r\n",
    "a:   \n  b:  c  \n\n\n  d: e\n",
    "a: x\\ny\nb: 'x\\ny'\n",
    "\"a b\": \"\"\nc: ''\nd:\n",
    "a: [\n  b,\n  c,\n  ]\nd: {\n  e: f,\n  }\n",
    "a: |\n\n  starts with a blank line\n",
    "a: - b\n",
    "a: b: c\n",
    "a: [b\n",
    "a: {b\n",
    "a: \"b\n",
    "a: 1\n b: 2\n",
    "a: *b\n",
    "a: `b`\n",
    "a: %b\n",
    "a\nb: c\n",
    "- a\nb: c\n",
    "a: \"\\q\"\n",
];

#[test]
fn yaml_is_read_as_libyaml_reads_it() {
    let mut accepted = 0;
    for text in YAML_TEXTS {
        let ours = read("x.yaml", text.as_bytes(), &Limits::default());
        match (ours, serde_yaml::from_str::<Json>(text)) {
            (Ok(source), Ok(theirs)) => {
                accepted += 1;
                assert_eq!(plain(&source.root), theirs, "{text}");
            }
            (Err(_), Err(_)) => {}
            (Ok(_), Err(error)) => panic!("read, though libyaml says {error}: {text:?}"),
            (Err(error), Ok(_)) => panic!("libyaml reads {text:?}: {error}"),
        }
    }
    assert!(accepted > 20 && accepted < YAML_TEXTS.len() - 8);
}

#[test]
fn json_is_the_same_when_it_is_read_as_yaml() {
    let text = r#"{"a": [1, -2.5, true, null, "x: y # z"], "b": {"c": "\u00e9\n", "d": []}}"#;
    let block = format!("wrapped:\n  {text}\n");
    assert_eq!(
        plain(yaml(&block).root.get("wrapped").unwrap()),
        serde_json::from_str::<Json>(text).unwrap()
    );
}
