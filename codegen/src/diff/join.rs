//! One change for one thing: what the surface and HTTP say of it, side by side.

use std::collections::BTreeMap;

use super::{
    draft::Draft,
    http::Finding,
    items::by_weight,
    labels,
    pairs::Pairs,
    rules,
    sides::Sides,
    verdict::{Category, Change, Http, Rust, Spot},
};

/// A change with what HTTP says of it.
struct Joined<'f> {
    draft: Draft,
    findings: Vec<&'f Finding>,
}

/// Joins the changes of the surface with those that HTTP sees.
pub(super) fn changes(sides: &Sides<'_>, drafts: Vec<Draft>, findings: &[Finding]) -> Vec<Change> {
    let mut joined: Vec<Joined<'_>> = merged(drafts)
        .into_iter()
        .map(|draft| Joined {
            draft,
            findings: Vec::new(),
        })
        .collect();
    let mut alone: Vec<&Finding> = Vec::new();
    for finding in findings {
        match nearest(&joined, finding) {
            Some(index) => joined[index].findings.push(finding),
            None => alone.push(finding),
        }
    }
    let is_all = joined.is_empty();
    joined.extend(unnoticed(sides, alone, is_all));
    let mut changes: Vec<Change> = joined.into_iter().map(|joined| change(sides, joined)).collect();
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
        first
    })?;
    if count > 1 {
        folded.sentences = vec![format!("{count} items need a cargo feature that they did not need.")];
        folded.advice = vec!["Turn on the cargo features of the groups that you use.".to_owned()];
    }
    Some(folded)
}

/// The change that a finding belongs to: of the same thing, or of the nearest schema, body or response around it.
fn nearest(joined: &[Joined<'_>], finding: &Finding) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (index, Joined { draft, .. }) in joined.iter().enumerate() {
        let length = match (&draft.old, &draft.new, &finding.old, &finding.new) {
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
fn unnoticed<'f>(sides: &Sides<'_>, findings: Vec<&'f Finding>, is_all: bool) -> Vec<Joined<'f>> {
    let mut by_place: BTreeMap<(Option<&str>, Option<&str>), Vec<&'f Finding>> = BTreeMap::new();
    for finding in findings {
        by_place
            .entry((finding.old.as_deref(), finding.new.as_deref()))
            .or_default()
            .push(finding);
    }
    let joined = by_place.into_iter().map(|((old, new), findings)| {
        let sentences = findings
            .iter()
            .map(|finding| labels::sentence(&sides.old.tree, &sides.new.tree, finding));
        let mut sentences: Vec<String> = sentences.collect();
        sentences.dedup();
        // Beside other changes it is left open which of them change the code.
        let code = if is_all {
            " The generated code does not change."
        } else {
            ""
        };
        let text = format!("{}{code}", sentences.join(" "));
        Joined {
            draft: Draft::new("document", text, (old.map(str::to_owned), new.map(str::to_owned))),
            findings,
        }
    });
    joined.collect()
}

fn change(sides: &Sides<'_>, Joined { draft, findings }: Joined<'_>) -> Change {
    let is_breaking = findings.iter().any(|finding| finding.is_breaking);
    let mut rules: Vec<&'static str> = draft.rules.clone();
    rules.extend(findings.iter().map(|finding| finding.rule));
    let mut known = std::collections::BTreeSet::new();
    rules.retain(|rule| known.insert(*rule));
    let pin = draft.pin.as_ref().and_then(|ident| pin(sides, &draft, ident));
    let first = draft.rules.first().copied().unwrap_or_default();
    let mut sentences = draft.sentences.clone();
    sentences.dedup();
    Change {
        rust: draft.rust(),
        http: if is_breaking { Http::Breaking } else { Http::Compatible },
        silent: draft.is_silent(),
        guess: draft.is_guess,
        sentence: sentences.join(" ").replace(['\n', '\r'], " "),
        advice: draft.advice.clone(),
        pin,
        old: sides.old.tree.spot(draft.old.as_deref()),
        new: sides.new.tree.spot(draft.new.as_deref()),
        items: draft.items,
        rules,
        category: rules::by_id(first).category,
    }
}

/// The line of the configuration that keeps an old name.
fn pin(sides: &Sides<'_>, draft: &Draft, ident: &str) -> Option<String> {
    let pointer = sides.new.tree.origins.source_of(draft.new.as_ref()?);
    let pointer = serde_json::Value::from(pointer).to_string();
    Some(format!("names: {{{pointer}: {ident}}}"))
}

/// Adds one change for all documentation that differs.
pub(super) fn with_documentation(sides: &Sides<'_>, pairs: &Pairs<'_>, mut changes: Vec<Change>) -> Vec<Change> {
    let mut items = Vec::new();
    let mut place = (None, None);
    let told: std::collections::BTreeSet<Spot> = changes.iter().filter_map(|change| change.new.clone()).collect();
    let is_told = |anchor: &crate::surface::Anchor| {
        let pointer = sides.new.tree.find(anchor);
        sides
            .new
            .tree
            .spot(Some(&pointer))
            .is_some_and(|spot| told.contains(&spot))
    };
    for pair in &pairs.same {
        let (old, new) = (pair.old, pair.new);
        let mut differ = (old.content.docs != new.content.docs && !is_told(&new.content.anchor))
            .then_some((&old.content.anchor, &new.content.anchor));
        for member in &new.members {
            let other = old.member(member.kind, &member.name);
            let differs = |other: &&crate::surface::Member| {
                other.content.docs != member.content.docs && !is_told(&member.content.anchor)
            };
            if let Some(other) = other.filter(differs) {
                differ = differ.or(Some((&other.content.anchor, &member.content.anchor)));
            }
        }
        if let Some((old, new)) = differ {
            if items.is_empty() {
                place = sides.at(Some(old), Some(new));
            }
            items.push(('=', pair.new.path.clone()));
        }
    }
    if !items.is_empty() {
        let what = match items.len() {
            1 => "one item".to_owned(),
            count => format!("{count} items"),
        };
        changes.push(Change {
            rust: Rust::Patch,
            http: Http::Compatible,
            silent: false,
            guess: false,
            sentence: format!("The documentation of {what} changes."),
            advice: Vec::new(),
            pin: None,
            items,
            old: sides.old.tree.spot(place.0.as_deref()),
            new: sides.new.tree.spot(place.1.as_deref()),
            rules: vec!["documentation"],
            category: Category::Changed,
        });
    }
    changes
}
