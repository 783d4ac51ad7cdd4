//! Whether two clients read the same.

use serde_json::Value;

/// Where what we read differs from what they read; nothing where it does not. Keys may be spelt in two ways, an empty
/// text, an empty object and null are one, and numbers may be text. Keys that one side leaves out count as null.
pub(super) fn difference(ours: &Value, theirs: &Value) -> Option<String> {
    match (ours, theirs) {
        (Value::Object(fields), _) if theirs.is_object() => {
            let own =
                fields.iter().find_map(|(key, value)| within(key, difference(value, find(theirs, key))));
            own.or_else(|| unknown(ours, theirs))
        }
        (Value::Object(fields), _) if is_nothing(theirs) => {
            fields.iter().find_map(|(key, value)| within(key, difference(value, &Value::Null)))
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(index, (one, other))| within(&index.to_string(), difference(one, other)))
        }
        _ if is_nothing(ours) && is_nothing(theirs) => None,
        _ if text(ours).is_some() && text(ours) == text(theirs) => None,
        _ => Some(format!(": we read {ours}, they read {theirs}")),
    }
}

fn within(key: &str, difference: Option<String>) -> Option<String> {
    difference.map(|difference| format!("/{key}{difference}"))
}

/// What they read under this key, however they spell it.
fn find<'a>(theirs: &'a Value, key: &str) -> &'a Value {
    let mut fields = theirs.as_object().into_iter().flatten();
    fields.find(|(name, _)| snake_case(name) == key).map_or(&Value::Null, |(_, value)| value)
}

/// Something that they read and we do not.
fn unknown(ours: &Value, theirs: &Value) -> Option<String> {
    let mut fields = theirs.as_object().into_iter().flatten();
    let missing = fields.find(|(name, value)| ours.get(snake_case(name)).is_none() && !is_nothing(value));
    missing.map(|(name, _)| format!("/{name}: we do not read it"))
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn spelling_and_emptiness_are_no_difference() {
        let ours =
            json!({"org_id": 1, "org_uid": "9", "notes": null, "counts": {"all": null}, "list": [{"a": 1}]});
        let theirs = json!({"orgId": "1", "orgUid": "9", "notes": "", "counts": {}, "list": [{"a": 1}]});
        assert_eq!(difference(&ours, &theirs), None);
    }

    #[test]
    fn a_difference_is_told_with_its_place() {
        for (ours, theirs, place) in [
            (json!({"a": [{"b": 1}]}), json!({"a": [{"b": 2}]}), "/a/0/b"),
            (json!({"a": 1}), json!({"a": 1, "bC": 2}), "/bC"),
            (json!({"a": 1, "b": 2}), json!({"a": 1}), "/b"),
            (json!([1]), json!([1, 2]), ":"),
        ] {
            assert!(difference(&ours, &theirs).unwrap().starts_with(place), "{ours} {theirs}");
        }
    }
}
