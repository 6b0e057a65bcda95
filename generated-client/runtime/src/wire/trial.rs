//! The selection of a union's variant by the value alone.
//!
//! Every variant is tried. Of the variants that fit, the one is selected that loses the fewest properties; then the one with
//! the fewest values that its enums and unions do not know; then the one that types most of the value; then the first. If
//! the selected variant would lose a property that another variant knows, no variant is used: the value is kept unchanged.
//! That other variant need not fit.

use std::collections::BTreeMap;

use super::{Reader, Result};

/// How often the JSON may be read in attempts, as a multiple of its length.
const MAX_READS: usize = 128;

/// The attempts around the place where a reader is.
#[derive(Debug, Default)]
pub(super) struct Trials {
    /// How many attempts lie inside each other.
    depth: usize,
    /// The spans of the members that were skipped.
    lost: Vec<Span>,
    /// How many values there were that an enum or a union does not know.
    unknown: usize,
    /// How many values there were of which the type says little.
    unnamed: usize,
    /// How many bytes all attempts have read.
    read: usize,
    /// What unions inside of attempts turned out to be, by place and name: the next attempt need not find out again.
    chosen: BTreeMap<(usize, &'static str), Choice>,
}

/// What a value turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// This variant.
    Arm(usize),
    /// Several, each of which would lose what another one knows.
    Several,
    /// No variant fits.
    Nothing,
}

/// Where something starts and ends.
type Span = (usize, usize);

/// Where a reader was before an attempt.
#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    depth: usize,
    arms: usize,
    arms_from: usize,
    lost: usize,
    unknown: usize,
    unnamed: usize,
}

/// What came of an arm.
struct Attempt {
    arm: usize,
    fits: bool,
    /// How far it was read.
    end: usize,
    lost: Vec<Span>,
    unknown: usize,
    unnamed: usize,
}

impl Attempt {
    fn badness(&self) -> (usize, usize, usize) {
        (self.lost.len(), self.unknown, self.unnamed)
    }

    /// Whether the arm knows the member at a position.
    fn knows(&self, member: usize) -> bool {
        member < self.end && !covers(&self.lost, member)
    }
}

/// Whether a place lies in one of the spans, which are in order.
fn covers(spans: &[Span], place: usize) -> bool {
    let next = spans.partition_point(|(start, _)| *start <= place);
    let last = next.checked_sub(1).and_then(|last| spans.get(last));
    last.is_some_and(|(_, end)| place < *end)
}

impl Reader<'_> {
    pub(super) fn is_trying(&self) -> bool {
        self.trials.depth > 0
    }

    /// Notes that the member that starts there was skipped.
    pub(super) fn note_lost(&mut self, start: usize) {
        if self.is_trying() {
            self.trials.lost.push((start, self.at));
        }
    }

    /// Notes that a value is not one of those that its type knows.
    pub(super) fn note_unknown(&mut self) {
        self.trials.unknown += 1;
    }

    /// Notes that a value was read of which the type says little.
    pub(super) fn note_unnamed(&mut self) {
        self.trials.unnamed += 1;
    }

    /// Notes that a number was read by a type that is not only for integers.
    pub(super) fn note_whole(&mut self, text: &str) {
        if text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit()) {
            self.note_unnamed();
        }
    }

    /// Finds the arm that the value is, and steps over the value.
    ///
    /// `decode` reads the value as an arm: as all of them, or as the one that the value is known to be.
    pub(super) fn choose(
        &mut self,
        name: &'static str,
        arms: usize,
        decode: &mut dyn FnMut(usize, &mut Self) -> Result<()>,
    ) -> Result<Choice> {
        let before = self.mark();
        if let Some(known) = self.trials.chosen.get(&(before.at, name)).copied() {
            match known {
                Choice::Arm(arm) => decode(arm, self)?,
                Choice::Several | Choice::Nothing => self.step_over()?,
            }
            return Ok(known);
        }
        let attempts = self.attempts(before, arms, decode)?;
        let best = best(&attempts);
        let choice = match best {
            Some(best) => Choice::Arm(best.arm),
            None if attempts.iter().any(|attempt| attempt.fits) => Choice::Several,
            None => Choice::Nothing,
        };
        if self.is_trying() {
            self.trials.chosen.insert((before.at, name), choice);
        }
        let Some(best) = best else {
            return self.step_over().map(|()| choice);
        };
        self.at = best.end;
        self.trials.lost.extend(&best.lost);
        self.trials.unknown += best.unknown;
        self.trials.unnamed += best.unnamed;
        Ok(choice)
    }

    fn attempts(
        &mut self,
        before: Mark,
        arms: usize,
        decode: &mut dyn FnMut(usize, &mut Self) -> Result<()>,
    ) -> Result<Vec<Attempt>> {
        let mut attempts = Vec::with_capacity(arms);
        for arm in 0..arms {
            self.trials.depth += 1;
            let result = decode(arm, self);
            self.trials.depth -= 1;
            self.trials.read += self.at - before.at;
            if self.trials.read > MAX_READS.saturating_mul(self.text.len()) {
                return Err(self.fail_with(
                    before.at,
                    "a value that matches a variant in fewer attempts",
                    "another one",
                ));
            }
            let attempt = Attempt {
                arm,
                fits: result.is_ok(),
                end: self.at,
                lost: self.trials.lost.split_off(before.lost),
                unknown: self.trials.unknown - before.unknown,
                unnamed: self.trials.unnamed - before.unnamed,
            };
            self.rewind(before);
            let is_perfect = attempt.fits && attempt.badness() == (0, 0, 0);
            attempts.push(attempt);
            if is_perfect {
                break;
            }
        }
        Ok(attempts)
    }

    /// Steps over a value that is not an arm.
    fn step_over(&mut self) -> Result<()> {
        self.note_unknown();
        self.skip()
    }

    fn mark(&self) -> Mark {
        Mark {
            at: self.at,
            depth: self.depth,
            arms: self.arms.len(),
            arms_from: self.arms_from,
            lost: self.trials.lost.len(),
            unknown: self.trials.unknown,
            unnamed: self.trials.unnamed,
        }
    }

    fn rewind(&mut self, mark: Mark) {
        self.at = mark.at;
        self.depth = mark.depth;
        self.arms.truncate(mark.arms);
        self.arms_from = mark.arms_from;
        self.trials.lost.truncate(mark.lost);
        self.trials.unknown = mark.unknown;
        self.trials.unnamed = mark.unnamed;
    }
}

/// The arm that says most of the value, unless it loses what another one knows.
fn best(attempts: &[Attempt]) -> Option<&Attempt> {
    let fitting = attempts.iter().filter(|attempt| attempt.fits);
    let best = fitting.min_by_key(|attempt| attempt.badness())?;
    let knows_more = |other: &Attempt| best.lost.iter().any(|(member, _)| other.knows(*member));
    (!attempts.iter().any(knows_more)).then_some(best)
}

/// The object that a model is read from, which is read again for the unions among its members.
#[derive(Debug)]
pub(super) struct FlattenReader<'r, 'a> {
    pub(super) json: &'r mut Reader<'a>,
    start: usize,
    lost_from: usize,
}

impl<'r, 'a> FlattenReader<'r, 'a> {
    pub(super) fn new(json: &'r mut Reader<'a>) -> Self {
        let (start, lost_from) = (json.at, json.trials.lost.len());
        Self { json, start, lost_from }
    }

    /// Reads a union from all members of the object.
    pub(super) fn read(&mut self, read: &mut dyn FnMut(&mut Reader<'_>) -> Result<()>) -> Result<()> {
        // What one of the two readings keeps is not lost.
        let earlier = self.json.trials.lost.split_off(self.lost_from);
        self.json.at = self.start;
        read(self.json)?;
        let later = self.json.trials.lost.split_off(self.lost_from);
        let in_earlier = later.iter().filter(|(member, _)| covers(&earlier, *member));
        let in_later = earlier.iter().filter(|(member, _)| covers(&later, *member));
        let mut lost: Vec<Span> = in_earlier.chain(in_later).copied().collect();
        lost.sort_unstable();
        lost.dedup();
        self.json.trials.lost.extend(lost);
        Ok(())
    }
}
