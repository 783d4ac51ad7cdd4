//! Where in a JSON text a reader stopped.
//!
//! A deserializer that keeps the path as it goes costs seven kilobytes of program for each answer, and time for each field
//! that is read without fault. The text is walked once more in place of that, where something is wrong with it.

use std::fmt::Write;

/// One step into a text.
enum Step {
    Key(String),
    Item(usize),
}

/// The path of the value that a reader could not take, as `users[3].name`; empty for the whole.
pub(crate) fn path_of(json: &[u8], error: &serde_json::Error) -> String {
    let lines_before = error.line().saturating_sub(1);
    let newlines = json.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let line = std::iter::once(0).chain(newlines).nth(lines_before).unwrap_or(json.len());
    walk(json, line + error.column()).iter().fold(String::new(), |mut path, step| {
        // Writing into a text does not fail.
        let _ = match step {
            Step::Item(index) => write!(path, "[{index}]"),
            Step::Key(key) if path.is_empty() => write!(path, "{key}"),
            Step::Key(key) => write!(path, ".{key}"),
        };
        path
    })
}

/// The innermost value that ends at this place or holds it.
fn walk(json: &[u8], place: usize) -> Vec<Step> {
    let mut path: Vec<Option<Step>> = Vec::new();
    let mut at = 0;
    while at < json.len() {
        let end = match json[at] {
            b'{' | b'[' => {
                if at + 1 >= place {
                    return path.into_iter().flatten().collect();
                }
                path.push((json[at] == b'[').then_some(Step::Item(0)));
                at += 1;
                continue;
            }
            b'}' | b']' => {
                path.pop();
                at + 1
            }
            b',' => {
                match path.last_mut() {
                    Some(Some(Step::Item(index))) => *index += 1,
                    Some(key) => *key = None,
                    None => {}
                }
                at += 1;
                continue;
            }
            b':' | b' ' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            b'"' => end_of_text(json, at),
            _ => json[at..]
                .iter()
                .position(|byte| b",]} \t\r\n".contains(byte))
                .map_or(json.len(), |len| at + len),
        };
        if let (b'"', Some(key @ None)) = (json[at], path.last_mut()) {
            let text = serde_json::from_slice(&json[at..end]);
            *key = Some(Step::Key(
                text.unwrap_or_else(|_| String::from_utf8_lossy(&json[at..end]).into_owned()),
            ));
        } else if end >= place {
            return path.into_iter().flatten().collect();
        }
        // What is no JSON is not walked backwards.
        at = end.max(at + 1);
    }
    Vec::new()
}

/// Behind the quote that ends a text.
fn end_of_text(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < json.len() {
        match json[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "it is only read")]
    struct Thing {
        id: u32,
        name: Option<String>,
        inner: Option<Box<Thing>>,
        #[serde(default)]
        list: Vec<Thing>,
        #[serde(default)]
        map: BTreeMap<String, bool>,
    }

    /// The path as the crate tells it that keeps it while reading.
    fn expected(text: &str) -> Option<String> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let error = serde_path_to_error::deserialize::<_, Thing>(&mut deserializer).err()?;
        let path = error.path().to_string();
        Some(if path == "." { String::new() } else { path })
    }

    fn told(text: &str) -> Option<String> {
        let error = serde_json::from_str::<Thing>(text).err()?;
        Some(path_of(text.as_bytes(), &error))
    }

    #[test]
    fn the_path_leads_to_what_is_wrong() {
        for (text, path) in [
            (r#"{"id":"x"}"#, "id"),
            (r#"{"name":"x"}"#, ""),
            (r#"{}"#, ""),
            (r#"{"id":1,"inner":{}}"#, "inner"),
            (r#"{"id":1,"inner":{"name":null}}"#, "inner"),
            (r#"{"id":1,"inner":{"list":[{"id":2}]}}"#, "inner"),
            (r#"{"id":1,"list":[{"id":2},{"id":3,"name":7}]}"#, "list[1].name"),
            (r#"{"id":1,"list":[{"id":2},{"na\"me":3}]}"#, "list[1]"),
            (r#"{"id":1,"map":{"a,b":true,"c}":"x"}}"#, "map.c}"),
            (r#"{"id":1,"inner":[]}"#, "inner"),
            ("{\n  \"id\": 1,\n  \"inner\": {\n    \"name\": \"x\"\n  }\n}", "inner"),
            ("{\n  \"id\": 1,\n  \"list\": [\n    {\n      \"id\": true\n    }\n  ]\n}", "list[0].id"),
        ] {
            assert_eq!(told(text).as_deref(), Some(path), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_walked_without_fail() {
        for text in [
            "",
            "{",
            "[",
            "}",
            "\"",
            "\\",
            "{\"a",
            "<html>",
            "{\"id\":1,}",
            "[1 2",
            "{\"id\" 1}",
            "\u{fffd}{",
        ] {
            let _ = told(text);
        }
    }

    fn thing() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            any::<u32>().prop_map(Value::from),
            "[a-c\"\\\\{}:,]{0,3}".prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(Value::Null),
        ];
        let leaf = scalar.clone().prop_map(|id| json!({"id": id}));
        leaf.prop_recursive(4, 24, 4, move |inner| {
            let fields = (
                prop::option::weighted(0.9, scalar.clone()),
                prop::option::of(scalar.clone()),
                prop::option::of(inner.clone()),
                prop::collection::vec(inner, 0..3),
                prop::collection::btree_map(
                    "[a-c,:]{0,2}",
                    prop_oneof![Just(json!(true)), scalar.clone()],
                    0..3,
                ),
            );
            fields.prop_map(|(id, name, inner, list, map)| {
                let mut thing = serde_json::Map::new();
                thing.extend(name.map(|name| ("name".to_owned(), name)));
                thing.extend(inner.map(|inner| ("inner".to_owned(), inner)));
                thing.insert("list".to_owned(), list.into());
                thing.insert("map".to_owned(), map.into_iter().collect::<serde_json::Map<_, _>>().into());
                thing.extend(id.map(|id| ("id".to_owned(), id)));
                Value::Object(thing)
            })
        })
    }

    proptest! {
        #[test]
        fn the_path_is_that_of_a_reader_that_keeps_it(thing in thing(), pretty: bool) {
            let text = if pretty { serde_json::to_string_pretty(&thing) } else { serde_json::to_string(&thing) };
            let text = text.unwrap();
            prop_assert_eq!(told(&text), expected(&text), "{}", text);
        }

        #[test]
        fn any_bytes_are_walked(json: Vec<u8>, place in 0_usize..64) {
            let _ = walk(&json, place);
        }
    }
}
