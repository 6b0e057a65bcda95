//! The generator and the runtime have one list each of the characters that mislead a reader. They are equal.

#[path = "../generated-client/runtime/src/invisible.rs"]
mod runtime;

use codegen::acts_on_display;

/// R04
#[test]
fn the_runtime_has_the_generators_list_of_characters() {
    let differs = |c: &char| acts_on_display(*c) != runtime::acts_on_display(*c);
    let different: Vec<char> = ('\0'..=char::MAX).filter(differs).collect();
    assert_eq!(different, []);
}

/// R04
#[test]
fn controls_marks_of_direction_and_fillers_are_in_the_list() {
    for character in "\0\t\n\u{7f}\u{85}\u{ad}\u{61c}\u{200b}\u{202e}\u{2066}\u{3164}\u{feff}\u{e0041}\u{e0100}".chars()
    {
        assert!(acts_on_display(character), "{character:?}");
    }
    for character in " aéß漢字かな😀\u{fe0f}\u{301}\u{a0}\u{3000}".chars() {
        assert!(!acts_on_display(character), "{character:?}");
    }
}
