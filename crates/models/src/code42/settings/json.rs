//! Finding one's way in a document.

use serde_json::{Map, Value};

/// Text or a number, as text.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What stands at a path.
pub(super) fn at<'a>(document: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(document, |value, key| value.get(key))
}

/// The place at a path; objects on the way there are made.
pub(super) fn place<'a>(document: &'a mut Value, path: &[&str]) -> &'a mut Value {
    path.iter().fold(document, |value, key| {
        if !value.is_object() {
            *value = Value::Object(Map::new());
        }
        &mut value[*key]
    })
}

/// Removes what stands at a path.
pub(super) fn remove(document: &mut Value, path: &[&str]) {
    let Some((last, way)) = path.split_last() else { return };
    let object = way.iter().try_fold(document, |value, key| value.get_mut(*key));
    if let Some(object) = object.and_then(Value::as_object_mut) {
        object.remove(*last);
    }
}

/// The text of a value that somebody may have locked: plain, or in `#text`. Nothing for `{"@nil": "true"}`.
pub(super) fn lockable(value: &Value) -> Option<String> {
    scalar(value).or_else(|| value.get("#text").and_then(scalar))
}

/// Replaces the text of a value that somebody may have locked; the lock stays.
pub(super) fn set_lockable(value: &mut Value, text: String) {
    match value.get_mut("#text") {
        Some(inner) => *inner = Value::String(text),
        None => *value = Value::String(text),
    }
}

/// A list; one object stands for a list of one.
pub(super) fn list(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(list)) => list,
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        _ => &[],
    }
}
