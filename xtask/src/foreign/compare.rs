//! Whether two clients read the same.

use jiff::Timestamp;
use serde_json::Value;

/// Where what we read differs from what they read; nothing where it does not. Keys may be spelt in two ways, an empty
/// text, an empty object and null are one, numbers may be text, and one moment may be written in two time zones. Keys
/// that one side leaves out count as null.
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
        _ if moment(ours).is_some() && moment(ours) == moment(theirs) => None,
        _ => Some(format!(": we read {ours}, they read {theirs}")),
    }
}

/// As [`difference`], where they have no place for everything that we read: what they leave out is not compared.
pub(super) fn difference_in_theirs(ours: &Value, theirs: &Value) -> Option<String> {
    difference(&what_they_have(ours, theirs), theirs)
}

fn what_they_have(ours: &Value, theirs: &Value) -> Value {
    match (ours, theirs) {
        (Value::Object(fields), Value::Object(known)) => {
            let has = |key: &str| known.keys().any(|name| letters(name) == letters(key));
            let fields = fields.iter().filter(|(key, _)| has(key));
            fields.map(|(key, value)| (key.clone(), what_they_have(value, find(theirs, key)))).collect()
        }
        (Value::Array(one), Value::Array(other)) => {
            let pairs = one.iter().enumerate();
            pairs.map(|(at, value)| what_they_have(value, other.get(at).unwrap_or(&Value::Null))).collect()
        }
        _ => ours.clone(),
    }
}

fn within(key: &str, difference: Option<String>) -> Option<String> {
    difference.map(|difference| format!("/{key}{difference}"))
}

/// What is under this key, however it is spelt.
fn find<'a>(value: &'a Value, key: &str) -> &'a Value {
    let mut fields = value.as_object().into_iter().flatten();
    fields.find(|(name, _)| letters(name) == letters(key)).map_or(&Value::Null, |(_, value)| value)
}

/// Something that they read and we do not.
fn unknown(ours: &Value, theirs: &Value) -> Option<String> {
    let mut fields = theirs.as_object().into_iter().flatten();
    let missing = fields.find(|(name, value)| is_nothing(find(ours, name)) && !is_nothing(value));
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

fn moment(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

/// A key without what two spellings differ in: `isEnabled` and `is_enabled`, `has2fa` and `has_2fa` are one.
fn letters(key: &str) -> String {
    key.chars().filter(|letter| *letter != '_').map(|letter| letter.to_ascii_lowercase()).collect()
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
    fn one_moment_in_two_zones_is_no_difference() {
        let (ours, theirs) = (json!("2021-09-17T22:42:01+03:00"), json!("2021-09-17T19:42:01Z"));
        assert_eq!(difference(&ours, &theirs), None);
        assert!(difference(&ours, &json!("2021-09-17T19:42:02Z")).is_some());
    }

    #[test]
    fn what_they_have_no_place_for_is_not_compared() {
        let ours = json!([{"has_2fa": true, "more": 1, "name": {"first": "A", "middle": "B"}}]);
        assert_eq!(difference_in_theirs(&ours, &json!([{"has2fa": true, "name": {"first": "A"}}])), None);
        for theirs in [
            json!([{"has2fa": false}]),
            json!([{"has2fa": true, "other": 1}]),
            json!([]),
            json!([{"name": {"first": "C"}}]),
        ] {
            assert!(difference_in_theirs(&ours, &theirs).is_some(), "{theirs}");
        }
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
