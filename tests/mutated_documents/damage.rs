//! Texts with something wrong: bytes, lines and words moved, lost, doubled, and put in from elsewhere.

use codegen::instance::Random;

/// What readers, and those who read what they give, stumble over.
const WORDS: [&str; 40] = [
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "- ",
    "#",
    "&a ",
    "*a",
    "!!str ",
    "|\n",
    ">-\n",
    "\t",
    "\r",
    "\n",
    "\u{feff}",
    "\u{0}",
    "null",
    "~",
    "-1",
    "1e999",
    "99999999999999999999",
    "$ref",
    "'#/components/schemas/Pet'",
    "'#/'",
    "<<: ",
    "type: object\n",
    "allOf: ",
    "required: ",
    "nullable: true\n",
    "\u{202e}",
    "é",
    "\u{1F4D6}",
    "enum: []\n",
    "---\n",
    "...\n",
    "\\ud800",
];

pub(crate) fn damaged(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut text = random.choose(corpus).cloned().unwrap_or_default();
    for _ in 0..=random.below(4) {
        damage(&mut text, corpus, random);
    }
    text
}

fn damage(text: &mut Vec<u8>, corpus: &[Vec<u8>], random: &mut Random) {
    let at = random.below(text.len() + 1);
    match random.below(9) {
        0 => text.truncate(at),
        1 => {
            let byte = u8::try_from(random.below(256)).unwrap_or(0);
            text.insert(at, byte);
        }
        2 => {
            let end = (at + random.below(8)).min(text.len());
            text.drain(at..end);
        }
        3 | 4 => insert(text, at, random.choose(&WORDS).map_or(&[], |word| word.as_bytes())),
        5 => with_lines(text, |lines| {
            let line = random.below(lines.len());
            let other = random.below(lines.len());
            lines.swap(line, other);
        }),
        6 => with_lines(text, |lines| {
            let from = random.below(lines.len());
            let to = (from + 1 + random.below(4)).min(lines.len());
            let copy = lines[from..to].to_vec();
            let place = random.below(lines.len() + 1);
            lines.splice(place..place, copy);
        }),
        7 => with_lines(text, |lines| {
            let line = random.below(lines.len());
            let indentation = random.below(9);
            let words = lines[line].trim_ascii_start().to_vec();
            lines[line] = [vec![b' '; indentation], words].concat();
        }),
        _ => {
            let other = random.choose(corpus).cloned().unwrap_or_default();
            let from = random.below(other.len() + 1);
            let to = (from + random.below(200)).min(other.len());
            insert(text, at, &other[from..to]);
        }
    }
}

fn insert(text: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    text.splice(at..at, bytes.iter().copied());
}

fn with_lines(text: &mut Vec<u8>, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let mut lines: Vec<Vec<u8>> = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    change(&mut lines);
    *text = lines.join(&b'\n');
}
