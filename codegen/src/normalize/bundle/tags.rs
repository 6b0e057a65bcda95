//! The tags of schemas that a discriminator knows by their names: they stay what they were, whatever a schema is called
//! as a component.

use std::collections::BTreeMap;

use super::{
    Meaning, Names, canonical,
    names::stem,
    trees::{Address, Trees, written},
};
use crate::{
    diagnostic::{Code, Diagnostic, Place},
    read::{Node, Object, Value, push_segment, segments},
};

/// What has to be added to the mapping of a discriminator.
pub(super) struct Tag {
    /// The schema with the discriminator.
    owner: Address,
    value: String,
    /// The pointer of the component that it means.
    name: String,
}

/// Finds the schemas with a component name other than their original name that a discriminator without a mapping for them
/// selects by name. References are still unchanged.
pub(super) fn of_renamed(trees: &Trees<'_>, meanings: &BTreeMap<Address, Meaning>, names: &Names) -> Vec<Tag> {
    let mut tags = Vec::new();
    for (address, meaning) in meanings {
        let Some((schema, keyword)) = around(address) else {
            continue;
        };
        // An arm is selected by its own name; an extension of a schema with a discriminator by that of the extension.
        let (owner, told) = match keyword {
            "oneOf" | "anyOf" => (schema, vec![meaning.target.clone()]),
            "allOf" => (meaning.target.clone(), vec![meaning.target.clone(), schema]),
            _ => continue,
        };
        let is_choice = |node: &Node| node.get("oneOf").is_some() || node.get("anyOf").is_some();
        let node = trees.node(&owner);
        let Some(node) = node.filter(|node| (keyword == "allOf") != is_choice(node)) else {
            continue;
        };
        let Some(discriminator) = node.get("discriminator").and_then(Node::as_object) else {
            continue;
        };
        for told in told.into_iter().filter(|told| told.tree > 0) {
            let Some(name) = names.get(&told) else { continue };
            let tag = own_name(trees, &told);
            let is_renamed = segments(name).last().is_some_and(|name| name != tag);
            if is_renamed && !is_mapped(discriminator, &owner, &told, meanings) {
                tags.push(Tag {
                    owner: owner.clone(),
                    value: tag,
                    name: name.clone(),
                });
            }
        }
    }
    tags
}

/// Returns the schema that contains a reference in one of its lists of schemas, and the keyword of the list.
fn around(address: &Address) -> Option<(Address, &str)> {
    let (list, _) = address.pointer.rsplit_once('/')?;
    let (schema, keyword) = list.rsplit_once('/')?;
    let schema = Address {
        tree: address.tree,
        pointer: schema.to_owned(),
    };
    Some((schema, keyword))
}

/// Writes a tag into its mapping; where that says something else of it, returns the place of the discriminator.
pub(super) fn write(trees: &mut Trees<'_>, Tag { owner, value, name }: &Tag) -> Option<Place> {
    let schema = trees.node_mut(owner)?.as_object_mut()?;
    let discriminator = schema.get_mut("discriminator")?;
    let place = discriminator.place;
    let discriminator = discriminator.as_object_mut()?;
    if !discriminator.contains("mapping") {
        discriminator.insert("mapping", place, Node::new(place, Value::Object(Object::new())));
    }
    let mapping = discriminator.get_mut("mapping")?.as_object_mut()?;
    let target = written(name);
    match mapping.get(value) {
        Some(known) if known.as_str() == Some(&target) => None,
        Some(_) => Some(place),
        None => {
            mapping.insert(value.as_str(), place, Node::new(place, Value::from(target.as_str())));
            None
        }
    }
}

impl Tag {
    /// Returns the diagnostic for a tag that means another schema already.
    pub(super) fn taken(&self, place: Place, names: &Names) -> Diagnostic {
        let pointer = format!("{}/discriminator", canonical(&self.owner, names));
        let message = format!(
            "two schemas have the name `{}`: the discriminator value selects only one of them",
            self.value
        );
        let help = "add a discriminator value for each of the two to `mapping`";
        Diagnostic::warning(Code::Weakened, Some(place), pointer, message).help(help)
    }
}

/// What a schema is called in its own file: by its key, or by the file where it is all of it.
fn own_name(trees: &Trees<'_>, address: &Address) -> String {
    let key = segments(&address.pointer).last();
    key.unwrap_or_else(|| {
        let path = trees.all.get(address.tree).map_or("", |tree| &tree.path);
        stem(path).to_owned()
    })
}

fn is_mapped(discriminator: &Object, owner: &Address, told: &Address, meanings: &BTreeMap<Address, Meaning>) -> bool {
    let mapping = discriminator.get("mapping").and_then(Node::as_object);
    mapping.into_iter().flatten().any(|entry| {
        let mut pointer = format!("{}/discriminator/mapping", owner.pointer);
        push_segment(&mut pointer, &entry.name);
        let entry = Address {
            tree: owner.tree,
            pointer,
        };
        meanings.get(&entry).is_some_and(|meaning| meaning.target == *told)
    })
}
