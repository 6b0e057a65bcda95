//! Traps of YAML.

use super::{plain, problem, problems, refused, yaml};
use crate::{diagnostic::Code, read::Value};

#[test]
fn r13_scalars_are_those_of_yaml_1_2() {
    let source = yaml(
        "texts: [NO, on, yes, 2001-01-01, 12:30, 1_000, 'true', \"1\", 0b1]\n\
         numbers: [010, 0o17, 0x1F, 1.10, +5, -0.5e3, 1e400, 18446744073709551615]\n\
         others: {a: null, b: ~, c: , d: true, e: False}\n",
    );
    let texts = source.root.get("texts").unwrap().as_array().unwrap();
    assert!(
        texts.iter().all(|node| matches!(node.value, Value::String(_))),
        "{texts:?}"
    );
    let numbers = source.root.get("numbers").unwrap().as_array().unwrap().iter();
    let numbers: Vec<&str> = numbers.map(|node| node.as_number().unwrap().text()).collect();
    assert_eq!(
        numbers,
        [
            "010",
            "0o17",
            "0x1F",
            "1.10",
            "+5",
            "-0.5e3",
            "1e400",
            "18446744073709551615"
        ]
    );
    assert_eq!(
        plain(source.root.get("others").unwrap()),
        serde_json::json!({"a": null, "b": null, "c": null, "d": true, "e": false})
    );
}

#[test]
fn infinities_and_huge_hexadecimals_are_no_values() {
    assert_eq!(
        problem("x.yaml", "a: [.inf]"),
        (Code::NotANumber, 1, 5, "/a/0".to_owned())
    );
    assert_eq!(problem("x.yaml", "a: -.Inf\nb: '.nan'").0, Code::NotANumber);
    assert_eq!(problem("x.yaml", "a: .NaN").0, Code::NotANumber);
    assert_eq!(
        problem("x.yaml", format!("a: 0x{}", "f".repeat(40))).0,
        Code::NumberRange
    );
}

#[test]
fn plain_keys_are_the_text_that_they_are_written_with() {
    let source = yaml("200: a\ntrue: b\nnull: c\n1.10: d\n0x1F: e\n'quoted': f\n? explicit\n: g\n\"\": h\n.inf: i\n");
    let names: Vec<&str> = source
        .root
        .as_object()
        .unwrap()
        .iter()
        .map(|member| &*member.name)
        .collect();
    assert_eq!(
        names,
        ["200", "true", "null", "1.10", "0x1F", "quoted", "explicit", "", ".inf"]
    );
}

#[test]
fn r12_keys_that_stand_twice_are_compared_by_their_text() {
    assert_eq!(
        problem("x.yaml", "200: a\n'200': b\n"),
        (Code::DuplicateKey, 2, 1, "/200".to_owned())
    );
    let all = problems("x.yaml", "a: {b: 1, b: 2}\nc:\n  - d: 1\n    d: 2\na: 3\n");
    let all: Vec<(u32, u32, &str)> = all
        .iter()
        .map(|(_, line, column, at)| (*line, *column, at.as_str()))
        .collect();
    assert_eq!(all, [(1, 11, "/a/b"), (4, 5, "/c/0/d"), (5, 1, "/a")]);
    // 1 and 01 are one number, and two names.
    assert_eq!(yaml("1: a\n01: b").root.as_object().unwrap().len(), 2);
}

#[test]
fn keys_have_to_have_a_text() {
    assert_eq!(problem("x.yaml", "a:\n  : 1\n").0, Code::NullKey);
    assert_eq!(problem("x.yaml", "{a: {~: 1}}"), (Code::NullKey, 1, 6, "/a".to_owned()));
    assert_eq!(
        problem("x.yaml", "a:\n  ? [b]\n  : 1\n"),
        (Code::ComplexKey, 2, 5, "/a".to_owned())
    );
    assert_eq!(problem("x.yaml", "{a: {{b: c}: 1}}").0, Code::ComplexKey);
    // The template syntax of many tools, unquoted.
    assert_eq!(problem("x.yaml", "a: {{ name }}\n").0, Code::ComplexKey);
}

#[test]
fn anchors_and_aliases_are_copies_with_the_places_of_the_original() {
    let source = yaml("a: &x {type: [string]}\nb: *x\nc: &n 1.10\n*n : d\ne: [*x, *n]\n&k key: *k\n");
    assert_eq!(
        plain(&source.root),
        serde_json::json!({
            "a": {"type": ["string"]}, "b": {"type": ["string"]}, "c": 1.1, "1.10": "d",
            "e": [{"type": ["string"]}, 1.1], "key": "key"
        })
    );
    for pointer in ["/a", "/b", "/e/0"] {
        assert_eq!(super::place(&source, pointer), (1, 4), "{pointer}");
        assert_eq!(
            super::place(&source, &format!("{pointer}/type/0")),
            (1, 15),
            "{pointer}"
        );
    }
}

#[test]
fn an_anchor_that_is_set_again_counts_from_there() {
    let source = yaml("a: &x 1\nb: *x\nc: &x 2\nd: *x\n");
    assert_eq!(plain(&source.root), serde_json::json!({"a": 1, "b": 1, "c": 2, "d": 2}));
}

#[test]
fn r13_aliases_have_to_stand_for_something_else_and_before() {
    let unreadable = refused("x.yaml", "a: 1\nb: {c: *nope}\n");
    assert!(unreadable.to_string().contains("`*nope`"), "{unreadable}");
    assert_eq!(
        problem("x.yaml", "a: 1\nb: {c: *nope}\n"),
        (Code::UndefinedAlias, 2, 8, "/b/c".to_owned())
    );
    let unreadable = refused("x.yaml", "a: &self\n  b: [*self]\n");
    assert!(unreadable.to_string().contains("`*self`"), "{unreadable}");
    assert_eq!(
        problem("x.yaml", "a: &self\n  b: [*self]\n"),
        (Code::RecursiveAlias, 2, 7, "/a/b/0".to_owned())
    );
    assert_eq!(problem("x.yaml", "a: &x [1]\n*x : 2\n").0, Code::ComplexKey);
}

#[test]
fn merge_keys_are_expanded_with_a_warning() {
    let source = yaml(
        "base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\none:\n  <<: *base\n  b: 9\n\
         several:\n  d: 5\n  <<: [*more, *base]\ninline:\n  <<: {x: 1}\n  !!merge <<: {y: 2}\n'<<': kept\n",
    );
    assert_eq!(
        plain(source.root.get("one").unwrap()),
        serde_json::json!({"b": 9, "a": 1})
    );
    assert_eq!(
        plain(source.root.get("several").unwrap()),
        serde_json::json!({"d": 5, "b": 3, "c": 4, "a": 1})
    );
    assert_eq!(
        plain(source.root.get("inline").unwrap()),
        serde_json::json!({"x": 1, "y": 2})
    );
    assert_eq!(source.root.get("<<").unwrap().as_str(), Some("kept"));
    let warnings: Vec<(Code, u32, &str)> = source
        .warnings
        .iter()
        .map(|w| (w.code, w.place.unwrap().line, w.pointer.as_str()))
        .collect();
    let expected = [
        (4, "/one/<<"),
        (8, "/several/<<"),
        (10, "/inline/<<"),
        (11, "/inline/<<"),
    ];
    assert_eq!(
        warnings,
        expected.map(|(line, pointer)| (Code::MergeKey, line, pointer))
    );
}

#[test]
fn only_objects_can_be_merged() {
    for value in ["1", "[{}, 1]", "text"] {
        let found = problems("x.yaml", format!("a: 1\nb:\n  <<: {value}\n"));
        assert!(
            found
                .iter()
                .any(|problem| problem.0 == Code::MergeValue && problem.1 == 3),
            "{value}: {found:?}"
        );
    }
}

#[test]
fn r13_tags_of_the_core_schema_are_obeyed_and_others_refused() {
    let source = yaml(
        "a: !!str 12\nb: !!int \"5\"\nc: !!float 1\nd: !!null ''\ne: !!bool true\nf: !!map {x: !!seq []}\n\
         g: ! 12\nh: !<tag:yaml.org,2002:str> null\ni: !!str\nj: ! {y: 1}\n",
    );
    assert_eq!(
        plain(&source.root),
        serde_json::json!({
            "a": "12", "b": 5, "c": 1, "d": null, "e": true, "f": {"x": []}, "g": "12", "h": "null", "i": "",
            "j": {"y": 1}
        })
    );
    let text = "a: !include ../../etc/passwd\nb: !!binary aGk=\nc: !!java.net.URL [x]\nd: !<x:y> {}\n!!set e: 1\n";
    let found = problems("x.yaml", text);
    let lines: Vec<(Code, u32)> = found.iter().map(|problem| (problem.0, problem.1)).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5].map(|line| (Code::UnknownTag, line)));
    let written = refused("x.yaml", text).to_string();
    for tag in ["`!include`", "`!!binary`", "`!!java.net.URL`", "`!<x:y>`", "`!!set`"] {
        assert!(written.contains(tag), "{tag}: {written}");
    }
    for contradiction in [
        "!!int x",
        "!!int 1.0",
        "!!bool 1",
        "!!null x",
        "!!map x",
        "!!seq {}",
        "!!str []",
        "!!float y",
    ] {
        assert_eq!(
            problem("x.yaml", format!("a: {contradiction}")).0,
            Code::TagMismatch,
            "{contradiction}"
        );
    }
}

#[test]
fn r13_a_second_document_is_refused() {
    for (text, line) in [
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\n...\nrubbish: [", 3),
        ("---\na: 1\n---\n", 3),
    ] {
        let found = problem("x.yaml", text);
        assert_eq!((found.0, found.1), (Code::SeveralDocuments, line), "{text}");
    }
    assert_eq!(
        plain(&yaml("%YAML 1.2\n---\na: 1\n...\n").root),
        serde_json::json!({"a": 1})
    );
}

#[test]
fn tabs_in_the_indentation_are_called_so() {
    for text in [
        "a:\n\tb: 1\n",
        "a:\n  b:\n  \tc: 1\n",
        "a:\n  b: 1\n\tc: 2\n",
        "a:\n  - 1\n\t- 2\n",
    ] {
        let (code, line, column, _) = problem("x.yaml", text);
        let tabbed = text.lines().position(|line| line.contains('\t')).unwrap() + 1;
        assert_eq!(
            (code, usize::try_from(line).unwrap()),
            (Code::TabIndentation, tabbed),
            "{text:?}"
        );
        assert_eq!(
            text.lines().nth(tabbed - 1).unwrap().find('\t').unwrap() + 1,
            usize::try_from(column).unwrap()
        );
        assert!(
            refused("x.yaml", text)
                .to_string()
                .contains(&format!("line {line} is indented with a tab"))
        );
    }
    assert!(
        refused("x.yaml", "a:\tb\n")
            .to_string()
            .contains("there is a tab after the colon")
    );
    // Tabs elsewhere are white space as any other.
    assert_eq!(
        plain(&yaml("a: \tb\t# \tc\nd: [1,\t2\t]\n \t\ne: 3").root),
        serde_json::json!({"a": "b", "d": [1, 2], "e": 3})
    );
}

#[test]
fn control_characters_are_refused_and_escaped_ones_read() {
    let found = problems("x.yaml", "a: \"x\0y\"\nb: z\u{1b}[31m # \u{7}\n");
    let places: Vec<(Code, u32, u32)> = found.iter().map(|problem| (problem.0, problem.1, problem.2)).collect();
    assert_eq!(
        places,
        [(1, 6), (2, 5), (2, 13)].map(|(line, column)| (Code::ControlCharacter, line, column))
    );
    assert_eq!(
        yaml(r#"a: "\e\0\x07""#).root.get("a").unwrap().as_str(),
        Some("\u{1b}\0\u{7}")
    );
}

#[test]
fn what_is_no_yaml_is_refused_where_it_stands() {
    let texts = [
        ("a: 1\nb: [unclosed\nc: }\n", 3),
        ("a: b: c\n", 1),
        ("a: 1\n  b: 2\n", 2),
        ("a:\n    b: 1\n  c: 2\n", 3),
        ("a: \"open\n", 1),
        ("a: @x\n", 1),
        ("a: ]\n", 1),
        ("a: 1\nb\n", 2),
        ("a: \"\\ud83d\"\n", 1),
    ];
    for (text, line) in texts {
        let found = problem("x.yaml", text);
        assert_eq!((found.0, found.1), (Code::YamlSyntax, line), "{text}");
    }
}
