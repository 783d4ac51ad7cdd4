//! Answers altered after they were made: unknown words, null fields, ids as text.

use serde_json::Value;

use super::Faults;
use crate::exchange::mix;

/// Fields that hold one of a list of words, but for the owner of a resource, whom no report counts.
const WORDS: [&str; 8] =
    ["type", "rights", "macros", "language", "gender", "subscriptionPlan", "media_type", "permissions"];

/// Fields without which an item is no item, or a page cannot be followed. They are never null or missing.
const ESSENTIAL: [&str; 22] = [
    "id",
    "org_id",
    "email",
    "path",
    "public_hash",
    "public_key",
    "resource_id",
    "type",
    "macros",
    "is_robot",
    "isRobot",
    "nickname",
    "items",
    "accesses",
    "pages",
    "page",
    "limit",
    "perPage",
    "nextPageToken",
    "iteration_key",
    "organizations",
    "users",
];

/// Alters an answer as the faults say. The same answer is altered in the same way each time.
pub(crate) fn garble(answer: &mut Value, faults: &Faults, seed: u64) {
    Garbler { faults, state: mix(seed) }.value(answer);
}

struct Garbler<'a> {
    faults: &'a Faults,
    state: u64,
}

impl Garbler<'_> {
    fn value(&mut self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                if self.faults.nulls {
                    fields.retain(|name, value| is_essential(name, value) || !self.one_in(6));
                }
                for (name, value) in fields.iter_mut() {
                    self.field(name, value);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            _ => {}
        }
    }

    fn field(&mut self, name: &str, value: &mut Value) {
        if self.faults.nulls && !is_essential(name, value) && self.one_in(3) {
            *value = Value::Null;
        }
        if self.faults.unknown_words && WORDS.contains(&name) {
            self.word(name, value);
        }
        if self.faults.ids_as_text && is_id(name) {
            id_as_text(value);
        }
        self.value(value);
    }

    fn word(&mut self, name: &str, value: &mut Value) {
        match value {
            Value::String(word) if word != "owner" && self.one_in(3) => *word = format!("new_{name}"),
            Value::Array(words) => words.iter_mut().for_each(|word| self.word(name, word)),
            _ => {}
        }
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.state = mix(self.state);
        self.state.is_multiple_of(n)
    }
}

/// A list of objects holds the items of the answer; a list of words or ids does not.
fn is_essential(name: &str, value: &Value) -> bool {
    let holds_items = value.as_array().is_some_and(|items| items.iter().any(Value::is_object));
    let empty_list = value.as_array().is_some_and(Vec::is_empty);
    holds_items || (ESSENTIAL.contains(&name) && !empty_list)
}

fn is_id(name: &str) -> bool {
    matches!(name, "id" | "groups" | "member_of" | "memberOf")
        || name.ends_with("_id")
        || name.ends_with("Id")
}

fn id_as_text(value: &mut Value) {
    match value {
        Value::Number(number) => *value = Value::String(number.to_string()),
        Value::Array(ids) => ids.iter_mut().for_each(id_as_text),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn listing() -> Value {
        let item = |n: u64| {
            json!({"id": n, "email": "a@example.org", "about": "", "language": "ru", "department_id": 7,
                   "aliases": [], "groups": [1, 2], "rights": ["read", "write"], "type": "user"})
        };
        json!({"items": (0..50).map(item).collect::<Vec<_>>(), "limit": 50, "offset": 0, "total": 50})
    }

    fn garbled(faults: &str) -> Value {
        let mut answer = listing();
        garble(&mut answer, &faults.parse().unwrap(), 7);
        answer
    }

    #[test]
    fn no_item_is_lost_and_its_ids_stay() {
        let answer = garbled("all");
        let items = answer["items"].as_array().unwrap();
        assert_eq!(items.len(), 50);
        for (n, item) in items.iter().enumerate() {
            assert_eq!(item["id"], n.to_string());
            assert_eq!(item["email"], "a@example.org");
        }
    }

    #[test]
    fn fields_become_null_and_go_missing() {
        let items = garbled("nulls")["items"].as_array().unwrap().clone();
        assert!(items.iter().any(|item| item["rights"].is_null() && item.get("rights").is_some()));
        assert!(items.iter().any(|item| item.get("about").is_none()));
        assert!(items.iter().any(|item| item["rights"].is_array()));
    }

    #[test]
    fn words_that_nobody_knows_appear_beside_known_ones() {
        let items = garbled("unknown")["items"].as_array().unwrap().clone();
        assert!(items.iter().any(|item| item["type"] == "new_type"));
        assert!(items.iter().any(|item| item["type"] == "user"));
        assert!(items.iter().any(|item| item["rights"][0] == "new_rights"));
    }

    #[test]
    fn garbling_is_repeatable() {
        assert_eq!(garbled("all"), garbled("all"));
    }
}
