//! The parameter `fields`: which keys an answer keeps.

use std::collections::BTreeMap;

use serde_json::Value;

/// Keys to keep, and what to keep of each; nothing to keep of a key means all of it.
#[derive(Default)]
struct Kept(BTreeMap<String, Kept>);

/// Keeps the keys that a list such as `name,items.path` names. Lists keep their items.
pub(super) fn keep(answer: &mut Value, fields: Option<&str>) {
    let Some(fields) = fields.filter(|fields| !fields.is_empty()) else { return };
    let mut kept = Kept::default();
    for path in fields.split(',') {
        let mut node = &mut kept;
        for key in path.trim().split('.') {
            node = node.0.entry(key.to_owned()).or_default();
        }
    }
    prune(answer, &kept);
}

fn prune(value: &mut Value, kept: &Kept) {
    if kept.0.is_empty() {
        return;
    }
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| kept.0.contains_key(name));
            for (name, value) in fields.iter_mut() {
                if let Some(kept) = kept.0.get(name) {
                    prune(value, kept);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| prune(item, kept)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn named_keys_stay_and_dots_reach_into_lists() {
        let mut answer = json!({"items": [{"name": "a", "path": "/a"}], "limit": 1, "offset": 0});
        keep(&mut answer, Some("items.name,limit"));
        assert_eq!(answer, json!({"items": [{"name": "a"}], "limit": 1}));
        let whole = answer.clone();
        keep(&mut answer, None);
        assert_eq!(answer, whole);
    }
}
