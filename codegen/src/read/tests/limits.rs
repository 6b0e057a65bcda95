//! What a document may cost, and that nothing exhausts the stack. Tests run on threads with 2 MiB of it.

use super::{plain, problem, yaml};
use crate::{
    diagnostic::Code,
    read::{DEEPEST, Limits, Source, read},
};

fn code(name: &str, text: &str, limits: &Limits) -> Option<Code> {
    read(name, text.as_bytes(), limits)
        .err()
        .map(|error| error.diagnostics.iter().next_back().unwrap().code)
}

fn deep_json(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

fn deep_block(levels: usize) -> String {
    let lines: Vec<String> = (0..levels).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    lines.concat()
}

#[test]
fn r11_depth_is_limited_in_every_style() {
    let limits = Limits::default();
    for (name, deep) in [("x.json", deep_json as fn(usize) -> String), ("x.yaml", deep_block)] {
        assert_eq!(code(name, &deep(limits.max_depth), &limits), None, "{name}");
        assert_eq!(
            code(name, &deep(limits.max_depth + 1), &limits),
            Some(Code::DepthLimit),
            "{name}"
        );
        // Not too deep for a document that stands in a `.yaml` and is JSON.
        assert_eq!(code("x.yaml", &deep(limits.max_depth), &limits), None);
    }
}

#[test]
fn r11_no_nesting_exhausts_the_stack() {
    let many = 100_000;
    let texts = [
        "[".repeat(many),
        "{\"a\":".repeat(many),
        format!("a: {}", "[".repeat(many)),
        format!("a: {}", "{a: ".repeat(many)),
        format!("a:\n  {}", "- ".repeat(many)),
        format!("a:\n  {}", "? ".repeat(many)),
        deep_block(3_000),
        format!("a: {}", "[a: ".repeat(many)),
    ];
    for text in texts {
        for name in ["x.json", "x.yaml"] {
            let code = code(name, &text, &Limits::default()).unwrap();
            let expected = [Code::DepthLimit, Code::ComplexKey, Code::YamlSyntax, Code::JsonSyntax];
            assert!(expected.contains(&code), "{code}: {}", text.get(..20).unwrap());
        }
    }
}

#[test]
fn r11_the_deepest_tree_can_be_copied_walked_and_dropped() {
    let limits = Limits {
        max_depth: usize::MAX,
        ..Limits::default()
    };
    assert_eq!(code("x.json", &deep_json(DEEPEST + 1), &limits), Some(Code::DepthLimit));
    let text = format!("a: &a {}\nb: *a", deep_json(200));
    assert_eq!(code("x.yaml", &text, &limits), None);
    let Source { root, .. } = read("x.json", deep_json(DEEPEST).as_bytes(), &limits).unwrap();
    let copy = root.clone();
    let pointer = "/0".repeat(DEEPEST - 1);
    assert_eq!(copy.at(&pointer).unwrap().as_array().unwrap().len(), 0);
    drop(copy);
    assert!(plain(&root).is_array());
}

#[test]
fn r11_bytes_values_and_aliases_are_limited() {
    let limits = Limits {
        max_bytes: 10,
        ..Limits::default()
    };
    assert_eq!(code("x.yaml", "a: 4567890", &limits), None);
    assert_eq!(code("x.yaml", "a: 45678901", &limits), Some(Code::SizeLimit));

    let limits = Limits {
        max_nodes: 4,
        ..Limits::default()
    };
    assert_eq!(code("x.json", "[1,2,3]", &limits), None);
    assert_eq!(code("x.json", "[1,2,3,4]", &limits), Some(Code::NodeLimit));
    assert_eq!(code("x.yaml", "a: &x [1]\nb: 2", &limits), None);
    assert_eq!(code("x.yaml", "a: &x [1]\nb: *x", &limits), Some(Code::NodeLimit));

    let limits = Limits {
        max_aliases: 2,
        ..Limits::default()
    };
    assert_eq!(code("x.yaml", "a: &x 1\nb: [*x, *x]", &limits), None);
    assert_eq!(
        code("x.yaml", "a: &x 1\nb: [*x, *x, *x]", &limits),
        Some(Code::AliasLimit)
    );

    let limits = Limits {
        max_copied_nodes: 4,
        ..Limits::default()
    };
    assert_eq!(code("x.yaml", "a: &x [1]\nb: *x", &limits), None);
    assert_eq!(
        code("x.yaml", "a: &x [1]\nb: [*x, *x]", &limits),
        Some(Code::AliasLimit)
    );
}

#[test]
fn r11_billions_of_aliases_are_refused_before_they_are_copied() {
    let levels = (1..12).map(|level| {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        format!("x{level}: &a{level} [{inner}]\n")
    });
    let text: String = std::iter::once("x0: &a0 [lol]\n".to_owned()).chain(levels).collect();
    let limits = Limits {
        max_copied_nodes: 100_000,
        ..Limits::default()
    };
    assert_eq!(code("x.yaml", &text, &limits), Some(Code::AliasLimit));
}

#[test]
fn r11_aliases_do_not_add_up_beyond_the_depth() {
    let limits = Limits {
        max_depth: 4,
        ..Limits::default()
    };
    assert_eq!(code("x.yaml", "a: &x [[1]]\nb: [*x]", &limits), None);
    assert_eq!(
        code("x.yaml", "a: &x [[1]]\nb: [[*x]]", &limits),
        Some(Code::DepthLimit)
    );
}

#[test]
fn a_flood_of_problems_is_counted_and_not_listed() {
    let text = "a: !x 1\n".repeat(1_000);
    let unreadable = super::refused("x.yaml", &text);
    assert_eq!(unreadable.diagnostics.len(), Limits::default().max_problems + 1);
    assert!(
        unreadable.to_string().contains("1899 more problems are not listed"),
        "{unreadable}"
    );
    // An error is an error also behind many warnings.
    let warnings: Vec<String> = (0..200).map(|i| format!("a{i}: {{<<: {{}}}}\n")).collect();
    let warnings = warnings.concat();
    let limits = Limits {
        max_problems: 0,
        ..Limits::default()
    };
    assert_eq!(code("x.yaml", &warnings, &limits), None);
    let unreadable = super::refused("x.yaml", format!("{warnings}a0: 1\n"));
    assert!(
        unreadable
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.code == Code::DuplicateKey)
    );
}

#[test]
fn large_objects_and_lists_are_read() {
    let members: Vec<String> = (0..20_000).map(|i| format!("k{i}: {i}\n")).collect();
    let members = members.concat();
    let source = yaml(&members);
    assert_eq!(
        source.root.get("k19999").unwrap().as_number().unwrap().as_u64(),
        Some(19_999)
    );
    let list = format!("a: [{}]", "1,".repeat(50_000));
    assert_eq!(yaml(&list).root.get("a").unwrap().as_array().unwrap().len(), 50_000);
    assert_eq!(problem("x.yaml", format!("{members}k7: again\n")).3, "/k7");
}
