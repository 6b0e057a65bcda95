//! One change for one thing: what the surface and HTTP say of it, side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    draft::Draft,
    http::Finding,
    items::by_weight,
    labels,
    reasons::reason,
    rules,
    sides::Sides,
    text::joined,
    verdict::{Change, Http},
};

/// A change with what HTTP says of it.
struct Joined<'f> {
    draft: Draft,
    findings: Vec<&'f Finding>,
}

/// Joins the changes of the surface with those that HTTP sees.
pub(super) fn changes(sides: &Sides<'_>, drafts: Vec<Draft>, findings: &[Finding]) -> Vec<Change> {
    let mut all: Vec<Joined<'_>> = merged(drafts)
        .into_iter()
        .map(|draft| Joined {
            draft,
            findings: Vec::new(),
        })
        .collect();
    let mut alone: Vec<&Finding> = Vec::new();
    for finding in findings {
        let at = (finding.old.as_deref(), finding.new.as_deref());
        let found = nearest(&all, at).or_else(|| nearest(&all, place(finding)));
        match found {
            Some(index) => all[index].findings.push(finding),
            None => alone.push(finding),
        }
    }
    all.extend(unnoticed(sides, alone));
    let mut changes: Vec<Change> = all.into_iter().map(|joined| change(sides, joined)).collect();
    changes.sort_by(|a, b| {
        let weight = |change: &Change| (change.rust, change.silent, change.http);
        let place = |change: &Change| change.new.clone().or_else(|| change.old.clone());
        weight(b)
            .cmp(&weight(a))
            .then_with(|| place(a).cmp(&place(b)))
            .then_with(|| a.sentence.cmp(&b.sentence))
    });
    changes
}

/// Changes of one place are one change; the strictest gives the sentence.
fn merged(mut drafts: Vec<Draft>) -> Vec<Draft> {
    by_weight(&mut drafts);
    let mut merged: Vec<Draft> = features(&mut drafts).into_iter().collect();
    let mut by_place: BTreeMap<(Option<String>, Option<String>), usize> = BTreeMap::new();
    for draft in drafts {
        let place = (draft.old.clone(), draft.new.clone());
        let is_placed = place != (None, None);
        match by_place.get(&place).copied().filter(|_| is_placed) {
            Some(index) => merged[index].absorb(draft),
            None => {
                by_place.insert(place, merged.len());
                merged.push(draft);
            }
        }
    }
    merged
}

/// Items that need a cargo feature now are one change.
fn features(drafts: &mut Vec<Draft>) -> Option<Draft> {
    let (of_features, others) = std::mem::take(drafts)
        .into_iter()
        .partition(|draft| draft.rules == ["feature-needed"]);
    *drafts = others;
    let of_features: Vec<Draft> = of_features;
    let count = of_features.len();
    let mut folded = of_features.into_iter().reduce(|mut first, other| {
        first.items.extend(other.items);
        first.advice.extend(other.advice);
        first
    })?;
    folded.advice.dedup();
    if count > 1 {
        folded.sentences = vec![format!("{count} items need a cargo feature that they did not need.")];
        if folded.advice.len() > 1 {
            folded.advice = vec!["Turn on the cargo features of the groups that you use.".to_owned()];
        }
    }
    Some(folded)
}

/// The change that a finding belongs to: of the same thing, or of the nearest schema, body or response around it.
fn nearest(joined: &[Joined<'_>], at: (Option<&str>, Option<&str>)) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    // What needs a feature has its place for readers alone.
    let is_about_place = |joined: &&Joined<'_>| joined.draft.rules != ["feature-needed"];
    for (index, Joined { draft, .. }) in joined.iter().enumerate().filter(|(_, joined)| is_about_place(joined)) {
        let length = match (&draft.old, &draft.new, at.0, at.1) {
            (Some(around), _, Some(inner), _) if is_around(draft, around, inner) => around.len(),
            (_, Some(around), _, Some(inner)) if is_around(draft, around, inner) => around.len(),
            _ => continue,
        };
        if best.is_none_or(|(_, longest)| length > longest) {
            best = Some((index, length));
        }
    }
    best.map(|(index, _)| index)
}

fn is_around(draft: &Draft, around: &str, inner: &str) -> bool {
    if around == inner {
        return true;
    }
    // An operation is around many things that it does not speak of.
    let speaks_of_parts = around.contains("/schemas/")
        || around.contains("/parameters/")
        || around.contains("/responses")
        || around.contains("/requestBody")
        || around.contains("/securitySchemes/");
    let rest = inner.strip_prefix(around);
    speaks_of_parts && rest.is_some_and(|rest| rest.starts_with('/') && (is_whole(draft) || !is_deep(rest)))
}

/// Whether a change is one of a whole model, its properties included.
fn is_whole(draft: &Draft) -> bool {
    let whole = ["kind-changed", "added", "removed", "renamed", "name-taken"];
    draft.rules.iter().any(|rule| whole.contains(rule))
}

/// A property of a property is another thing.
fn is_deep(rest: &str) -> bool {
    rest.contains("/properties/")
}

/// What only HTTP sees, one change for each thing.
fn unnoticed<'f>(sides: &Sides<'_>, findings: Vec<&'f Finding>) -> Vec<Joined<'f>> {
    let mut by_place: BTreeMap<(Option<&str>, Option<&str>), Vec<&'f Finding>> = BTreeMap::new();
    for finding in findings {
        by_place.entry(place(finding)).or_default().push(finding);
    }
    let joined = by_place.into_iter().map(|((old, new), findings)| {
        let mut draft = Draft::new("document", "", (old.map(str::to_owned), new.map(str::to_owned)));
        draft.sentences = sentences(sides, &findings);
        Joined { draft, findings }
    });
    joined.collect()
}

/// What findings say.
fn sentences(sides: &Sides<'_>, findings: &[&Finding]) -> Vec<String> {
    let (old, new) = (&sides.old.tree, &sides.new.tree);
    findings
        .iter()
        .map(|finding| labels::sentence(old, new, finding))
        .collect()
}

fn change(sides: &Sides<'_>, Joined { mut draft, findings }: Joined<'_>) -> Change {
    of_responses(sides, &mut draft, &findings);
    let breaking: Vec<&Finding> = findings.iter().copied().filter(|finding| finding.is_breaking).collect();
    let mut rules: Vec<&'static str> = draft.rules.clone();
    rules.extend(findings.iter().map(|finding| finding.rule));
    let mut known = BTreeSet::new();
    rules.retain(|rule| known.insert(*rule));
    let mut reasons: Vec<&'static str> = breaking.iter().map(|finding| reason(finding.rule)).collect();
    let mut known = BTreeSet::new();
    reasons.retain(|reason| known.insert(*reason));
    let pin = draft.pin.as_ref().and_then(|ident| pin(sides, &draft, ident));
    let first = draft.rules.first().copied().unwrap_or_default();
    Change {
        rust: draft.rust(),
        http: if breaking.is_empty() {
            Http::Compatible
        } else {
            Http::Breaking
        },
        silent: draft.is_silent(),
        guess: draft.is_guess,
        sentence: joined(&draft.sentences).join(" ").replace(['\n', '\r'], " "),
        reasons,
        advice: joined(&draft.advice),
        pin,
        old: sides.old.tree.spot(draft.old.as_deref()),
        new: sides.new.tree.spot(draft.new.as_deref()),
        items: draft.items,
        rules,
        category: rules::by_id(first).category,
    }
}

/// A change of what a call returns names the response or the media type that is the reason, and is where that is.
fn of_responses(sides: &Sides<'_>, draft: &mut Draft, findings: &[&Finding]) {
    let is_of_all = |pointer: &Option<String>| pointer.as_ref().is_some_and(|pointer| pointer.ends_with("/responses"));
    if !is_of_all(&draft.old) && !is_of_all(&draft.new) {
        return;
    }
    let is_reason = |finding: &&&Finding| {
        [
            "status-added",
            "status-removed",
            "media-type-added",
            "media-type-removed",
        ]
        .iter()
        .any(|rule| finding.rule.ends_with(rule))
    };
    let reasons: Vec<&Finding> = findings.iter().filter(is_reason).copied().collect();
    draft.sentences.extend(sentences(sides, &reasons));
    // The one response, if all is in one.
    let mut places = findings.iter().map(|finding| place(finding));
    if let Some((old, new)) = places.next()
        && places.all(|place| place == (old, new))
    {
        draft.old = old.map(str::to_owned).or(draft.old.take());
        draft.new = new.map(str::to_owned).or(draft.new.take());
    }
}

/// Where a finding is shown: the reference to another component, if that is why the values differ.
fn place(finding: &Finding) -> (Option<&str>, Option<&str>) {
    match &finding.via {
        Some((old, new)) => (Some(old), Some(new)),
        None => (finding.old.as_deref(), finding.new.as_deref()),
    }
}

/// The line of the configuration that keeps an old name.
fn pin(sides: &Sides<'_>, draft: &Draft, ident: &str) -> Option<String> {
    let pointer = sides.new.tree.origins.source_of(draft.new.as_ref()?);
    let pointer = serde_json::Value::from(pointer).to_string();
    Some(format!("names: {{{pointer}: {ident}}}"))
}
