//! The constructions to avoid, each with what to write instead, and how they are found in a text.

/// A construction that users must not read.
pub(crate) struct Rule {
    /// Its words, separated by spaces. A word can have alternatives: `is|are no`.
    words: &'static str,
    /// The word before it with which it is plain English.
    unless_after: &'static [&'static str],
    /// The words after it with which it is plain English.
    unless_before: &'static [&'static str],
    /// What to write instead.
    pub(crate) instead: &'static str,
}

impl Rule {
    const fn new(words: &'static str, instead: &'static str) -> Self {
        Self {
            words,
            unless_after: &[],
            unless_before: &[],
            instead,
        }
    }

    const fn unless_after(mut self, words: &'static [&'static str]) -> Self {
        self.unless_after = words;
        self
    }

    const fn unless_before(mut self, words: &'static [&'static str]) -> Self {
        self.unless_before = words;
        self
    }
}

pub(crate) const RULES: &[Rule] = &[
    Rule::new("is|are|was|were no", "a negated verb: `is not a`")
        .unless_after(&["there"])
        .unless_before(&["longer", "more", "less", "need", "reason", "way"]),
    Rule::new(
        "is|are|was|were none",
        "`is not one of`, `is invalid` or `does not exist`",
    )
    .unless_after(&["there"]),
    Rule::new("stands|stood", "`is`, `occurs`, `appears` or `is declared`"),
    Rule::new(
        "nobody|anybody|somebody|whoever|whosoever",
        "the actor, or the passive voice",
    ),
    Rule::new("mend|mends|mended", "`fix`"),
    Rule::new("at fault", "`invalid`, or the cause"),
    Rule::new("in vain", "a plain verb"),
    Rule::new("on its way", "`in progress`"),
    Rule::new("goes round", "`is a cycle`"),
    Rule::new("leads|lead nowhere", "`does not exist`"),
    Rule::new("whole of", "`all` or `complete`"),
    Rule::new("cannot do without", "`required`"),
    Rule::new("one's own", "`your own` or `its own`"),
    Rule::new("texts", "`strings`"),
    Rule::new("a text", "`a string`").unless_before(&["body", "editor", "file", "form", "format", "node", "part"]),
    Rule::new("is|are|was|were|unless told", "`declared`, `selected` or `reported`"),
    Rule::new("spoken", "`supported` or `mentioned`"),
    Rule::new("arm|arms", "`variant`").unless_after(&["match"]),
    Rule::new("as it|they came|comes|come", "`unchanged`"),
    Rule::new("the way it|they came|comes|come", "`unchanged`"),
    Rule::new(", for it|they|there|nothing|no|who", "`because`"),
    Rule::new("no type can", "`cannot be expressed by a type`"),
    Rule::new("had better|would it|were it|should it|had it", "`if`"),
];

/// A word or a comma of a text, with the line in which it is.
struct Word {
    text: String,
    line: usize,
}

/// Returns the words of a text. Code in backticks and placeholders of formats are one word each.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut line = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let closing = match character {
            '`' => Some('`'),
            '{' => Some('}'),
            _ => None,
        };
        if let Some(closing) = closing {
            words.push(Word {
                text: "code".to_owned(),
                line,
            });
            for inside in characters.by_ref() {
                line += usize::from(inside == '\n');
                if inside == closing {
                    break;
                }
            }
        } else if character.is_alphanumeric() {
            let mut word = character.to_lowercase().to_string();
            while let Some(next) = characters.next_if(|next| next.is_alphanumeric() || "'-_".contains(*next)) {
                word.extend(next.to_lowercase());
            }
            words.push(Word { text: word, line });
        } else if !character.is_whitespace() {
            words.push(Word {
                text: character.to_string(),
                line,
            });
        }
        line += usize::from(character == '\n');
    }
    words
}

/// Returns the rules that a text breaks, each with the line in the text, counted from 0, and the words.
pub(crate) fn broken(text: &str) -> Vec<(usize, String, &'static Rule)> {
    let words = words(text);
    let mut found = Vec::new();
    for rule in RULES {
        let pattern: Vec<Vec<&str>> = rule.words.split(' ').map(|word| word.split('|').collect()).collect();
        for (start, window) in words.windows(pattern.len()).enumerate() {
            let is_match = window
                .iter()
                .zip(&pattern)
                .all(|(word, any)| any.contains(&word.text.as_str()));
            let before = start.checked_sub(1).and_then(|index| words.get(index));
            let after = words.get(start + pattern.len());
            let is_in =
                |word: Option<&Word>, list: &[&str]| word.is_some_and(|word| list.contains(&word.text.as_str()));
            if is_match && !is_in(before, rule.unless_after) && !is_in(after, rule.unless_before) {
                let shown: Vec<&str> = window.iter().map(|word| word.text.as_str()).collect();
                found.push((window[0].line, shown.join(" "), rule));
            }
        }
    }
    found
}
