//! The operations of a canonical tree.

use std::collections::BTreeMap;

use crate::{
    at::At,
    methods,
    read::{Node, Object},
};

/// An operation in the tree.
pub(super) struct Operation<'a> {
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    pub(super) pointer: String,
    pub(super) node: &'a Node,
    pub(super) item: &'a Node,
}

pub(super) fn operations(root: &Node) -> impl Iterator<Item = Operation<'_>> {
    let items = root.get("paths").and_then(Node::as_object);
    let items = items
        .into_iter()
        .flat_map(Object::iter)
        .filter(|item| item.name.starts_with('/'));
    items.flat_map(|item| {
        let members = item.value.as_object().into_iter().flat_map(Object::iter);
        members.filter_map(|member| {
            let method = methods::by_key(&member.name)?.key;
            Some(Operation {
                path: &item.name,
                method,
                pointer: At::ROOT.key("paths").key(&item.name).key(&member.name).pointer(),
                node: &member.value,
                item: &item.value,
            })
        })
    })
}

/// The method of each operation id: that of the first operation with it.
pub(super) type Methods<'a> = BTreeMap<&'a str, &'a str>;

pub(super) fn methods_by_id(root: &Node) -> Methods<'_> {
    let mut all = Methods::new();
    for operation in operations(root) {
        if let Some(id) = operation.node.get("operationId").and_then(Node::as_str) {
            all.entry(id).or_insert(operation.method);
        }
    }
    all
}
