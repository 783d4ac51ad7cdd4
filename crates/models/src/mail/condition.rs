//! What a letter must be like for a processing rule to take it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::{
    lenient,
    shape::{Kind, Shape, Shaped},
    value::{FromValue, InvalidValue},
};

/// What a letter must be like for a processing rule to take it; see `x-condition-grammar` in `spec/`.
///
/// It is read of the service's JSON and written as that: `{"from": {"$contains": "@example.com"}}`. What this version does
/// not know is kept as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Condition {
    /// Every letter.
    #[default]
    Always,
    /// A part of the letter is compared.
    Compare {
        /// The part: `from`, `to`, `cc`, `tocc`, the same behind `address:`, `subject`, `body`, `attach:filename`, or
        /// `header:NAME`.
        key: String,
        /// How.
        operator: Operator,
        /// With what.
        values: ConditionValues,
    },
    /// There is a header of this name, or there is none.
    Exists {
        /// The header's name, without `header:`.
        header: String,
        /// Whether it is there.
        exists: bool,
    },
    /// All of these.
    All(Vec<Self>),
    /// One of these at least.
    Any(Vec<Self>),
    /// What this version does not know.
    Other(Value),
}

/// How a part of a letter is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operator {
    /// It is the same.
    Equals,
    /// It is another.
    Differs,
    /// It holds the text.
    Contains,
    /// It does not hold the text.
    Lacks,
}

impl Operator {
    const ALL: [Self; 4] = [Self::Equals, Self::Differs, Self::Contains, Self::Lacks];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Equals => "$eq",
            Self::Differs => "$ne",
            Self::Contains => "$contains",
            Self::Lacks => "$not-contains",
        }
    }

    const fn in_words(self) -> &'static str {
        match self {
            Self::Equals => "is",
            Self::Differs => "is not",
            Self::Contains => "contains",
            Self::Lacks => "does not contain",
        }
    }
}

/// What a part of a letter is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConditionValues {
    /// One text.
    One(ConditionText),
    /// One of these texts at least.
    Any(Vec<ConditionText>),
    /// All of these texts.
    All(Vec<ConditionText>),
}

/// A text that a part of a letter is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConditionText {
    /// The text itself.
    Plain(String),
    /// The text in Base64, as the service holds what is no text in UTF-8.
    Base64(String),
}

impl From<String> for ConditionText {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

impl From<&str> for ConditionText {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl fmt::Display for ConditionText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => write!(f, "{text:?}"),
            Self::Base64(encoded) => write!(f, "base64 {encoded:?}"),
        }
    }
}

/// Parts of a letter, but for its headers.
const KEYS: [&str; 11] = [
    "from",
    "to",
    "cc",
    "tocc",
    "address:from",
    "address:to",
    "address:cc",
    "address:tocc",
    "subject",
    "body",
    "attach:filename",
];

impl Condition {
    /// A comparison of a part of the letter.
    pub fn compare(key: impl Into<String>, operator: Operator, value: impl Into<ConditionText>) -> Self {
        Self::Compare { key: key.into(), operator, values: ConditionValues::One(value.into()) }
    }

    /// Whether the service can be expected to take it: its parts are known, and nothing is empty.
    ///
    /// # Errors
    /// What is wrong, and what would be right.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::Always => Ok(()),
            Self::Compare { key, values, .. } => {
                let is_header = key.strip_prefix("header:").is_some_and(is_header_name);
                if !is_header && !KEYS.contains(&key.as_str()) {
                    return Err(format!(
                        "`{key}` is no part of a letter: {}, or header:NAME",
                        KEYS.join(", ")
                    ));
                }
                match values {
                    ConditionValues::Any(values) | ConditionValues::All(values) if values.is_empty() => {
                        Err(format!("`{key}` is compared with nothing"))
                    }
                    _ => Ok(()),
                }
            }
            Self::Exists { header, .. } if is_header_name(header) => Ok(()),
            Self::Exists { header, .. } => Err(format!("`{header}` is no name of a header")),
            Self::All(parts) | Self::Any(parts) if parts.is_empty() => {
                Err("$and and $or join one condition at least".to_owned())
            }
            Self::All(parts) | Self::Any(parts) => parts.iter().try_for_each(Self::check),
            Self::Other(value) => {
                Err(format!("this condition is not understood, and not put back as it may mean: {value}"))
            }
        }
    }

    /// As the service writes it.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Always => json!({}),
            Self::Compare { key, operator: Operator::Equals, values: ConditionValues::One(value) } => {
                json!({ key: written(value) })
            }
            Self::Compare { key, operator, values } => {
                let values = match values {
                    ConditionValues::One(value) => written(value),
                    ConditionValues::Any(values) => json!({"$any": all_written(values)}),
                    ConditionValues::All(values) => json!({"$all": all_written(values)}),
                };
                json!({ key: { operator.as_str(): values } })
            }
            Self::Exists { header, exists } => json!({ format!("header:{header}"): { "$exists": exists } }),
            Self::All(parts) => json!({"$and": parts.iter().map(Self::to_json).collect::<Vec<_>>()}),
            Self::Any(parts) => json!({"$or": parts.iter().map(Self::to_json).collect::<Vec<_>>()}),
            Self::Other(value) => value.clone(),
        }
    }

    /// Of what the service writes; several pairs in one object are joined by "and".
    pub fn of_json(value: &Value) -> Self {
        let Some(pairs) = value.as_object() else {
            return if value.is_null() { Self::Always } else { Self::Other(value.clone()) };
        };
        let mut parts: Vec<_> = pairs.iter().map(|(key, value)| Self::pair(key, value)).collect();
        match parts.len() {
            0 => Self::Always,
            1 => parts.remove(0),
            _ => Self::All(parts),
        }
    }

    fn pair(key: &str, value: &Value) -> Self {
        let other = || Self::Other(Value::Object(Map::from_iter([(key.to_owned(), value.clone())])));
        let parts = || value.as_array().map(|parts| parts.iter().map(Self::of_json).collect());
        match key {
            "$and" => return parts().map_or_else(other, Self::All),
            "$or" => return parts().map_or_else(other, Self::Any),
            _ => {}
        }
        let compare = |operator, values| Self::Compare { key: key.to_owned(), operator, values };
        if let Some(values) = ConditionValues::read(value) {
            return compare(Operator::Equals, values);
        }
        let Some((word, value)) =
            value.as_object().filter(|pairs| pairs.len() == 1).and_then(|pairs| pairs.iter().next())
        else {
            return other();
        };
        if let (Some(header), "$exists", Some(exists)) =
            (key.strip_prefix("header:"), word.as_str(), value.as_bool())
        {
            return Self::Exists { header: header.to_owned(), exists };
        }
        let operator = Operator::ALL.into_iter().find(|operator| operator.as_str() == word);
        match (operator, ConditionValues::read(value)) {
            (Some(operator), Some(values)) => compare(operator, values),
            _ => other(),
        }
    }
}

impl ConditionValues {
    fn read(value: &Value) -> Option<Self> {
        let list = |value: &Value| value.as_array()?.iter().map(read).collect::<Option<Vec<_>>>();
        if let Some(list) = list(value) {
            return Some(Self::Any(list));
        }
        if let Some(one) = read(value) {
            return Some(Self::One(one));
        }
        let pairs = value.as_object().filter(|pairs| pairs.len() == 1)?;
        match pairs.iter().next()? {
            (word, value) if word == "$any" => list(value).map(Self::Any),
            (word, value) if word == "$all" => list(value).map(Self::All),
            _ => None,
        }
    }
}

fn read(value: &Value) -> Option<ConditionText> {
    match value {
        Value::String(text) => Some(ConditionText::Plain(text.clone())),
        Value::Object(pairs) if pairs.len() == 1 => {
            Some(ConditionText::Base64(pairs.get("$base64")?.as_str()?.to_owned()))
        }
        _ => None,
    }
}

fn written(text: &ConditionText) -> Value {
    match text {
        ConditionText::Plain(text) => text.as_str().into(),
        ConditionText::Base64(encoded) => json!({ "$base64": encoded }),
    }
}

fn all_written(texts: &[ConditionText]) -> Vec<Value> {
    texts.iter().map(written).collect()
}

fn is_header_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !name.is_empty() && name.bytes().all(is_part)
}

/// In words: `from contains "@example.com" and subject is "a"`.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, parts: &[Self], word: &str| {
            for (place, part) in parts.iter().enumerate() {
                if place > 0 {
                    write!(f, " {word} ")?;
                }
                match part {
                    Self::All(_) | Self::Any(_) => write!(f, "({part})")?,
                    _ => part.fmt(f)?,
                }
            }
            Ok(())
        };
        match self {
            Self::Always => f.write_str("every letter"),
            Self::Compare { key, operator, values } => {
                let (values, word) = match values {
                    ConditionValues::One(value) => (std::slice::from_ref(value), ""),
                    ConditionValues::Any(values) => (values.as_slice(), "any of "),
                    ConditionValues::All(values) => (values.as_slice(), "all of "),
                };
                let values: Vec<_> = values.iter().map(ToString::to_string).collect();
                write!(f, "{key} {} {word}{}", operator.in_words(), values.join(", "))
            }
            Self::Exists { header, exists: true } => write!(f, "there is a header {header}"),
            Self::Exists { header, exists: false } => write!(f, "there is no header {header}"),
            Self::All(parts) => joined(f, parts, "and"),
            Self::Any(parts) => joined(f, parts, "or"),
            Self::Other(value) => value.fmt(f),
        }
    }
}

/// Of JSON.
impl FromStr for Condition {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        Ok(Self::of_json(&serde_json::from_str(text)?))
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::of_json(&Value::deserialize(deserializer)?))
    }
}

impl lenient::Read for Condition {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

impl FromValue for Condition {
    fn from_value(value: &Value) -> Result<Self, InvalidValue> {
        Ok(Self::of_json(value))
    }
}

impl Shaped for Condition {
    const SHAPE: Shape = Shape::of(Kind::Json);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The examples of the grammar, in words.
    #[test]
    fn conditions_are_read_and_told_in_words() {
        for (json, words) in [
            ("null", "every letter"),
            ("{}", "every letter"),
            (r#"{"address:from":"friend@example.com"}"#, r#"address:from is "friend@example.com""#),
            (r#"{"from":["Alice","Bob"]}"#, r#"from is any of "Alice", "Bob""#),
            (
                r#"{"subject":{"$contains":{"$any":["hello","bye"]}}}"#,
                r#"subject contains any of "hello", "bye""#,
            ),
            (
                r#"{"header:return-path":{"$not-contains":"@example.com"}}"#,
                r#"header:return-path does not contain "@example.com""#,
            ),
            (r#"{"header:x-spam-flag":{"$exists":true}}"#, "there is a header x-spam-flag"),
            (r#"{"body":{"$base64":"YQ=="}}"#, r#"body is base64 "YQ==""#),
            (r#"{"body":"base64:hi"}"#, r#"body is "base64:hi""#),
            (
                r#"{"$and":[{"from":{"$contains":"@example.com"}},{"$or":[{"subject":{"$contains":"a"}},
                    {"body":{"$contains":"b"}}]}]}"#,
                r#"from contains "@example.com" and (subject contains "a" or body contains "b")"#,
            ),
            (r#"{"body":"a","subject":"b"}"#, r#"body is "a" and subject is "b""#),
        ] {
            let condition: Condition = json.parse().unwrap();
            assert_eq!(condition.to_string(), words);
            condition.check().unwrap();
            assert_eq!(Condition::of_json(&condition.to_json()), condition, "{json}");
        }
    }

    #[test]
    fn a_text_is_put_back_as_it_was() {
        for json in [
            r#"{"body":"base64:hi"}"#,
            r#"{"body":{"$base64":"YQ=="}}"#,
            r#"{"subject":{"$contains":{"$any":["hello","bye"]}}}"#,
            r#"{"header:x-spam-flag":{"$exists":true}}"#,
        ] {
            let condition: Condition = json.parse().unwrap();
            assert_eq!(condition.to_json(), serde_json::from_str::<Value>(json).unwrap());
        }
    }

    #[test]
    fn what_is_not_known_is_kept_and_refused_and_what_is_wrong_is_named() {
        for (json, said) in [
            (r#"{"from":{"$matches":".*"}}"#, "not understood"),
            (r#"{"size":"7"}"#, "`size` is no part of a letter"),
            (r#"{"header:":"7"}"#, "`header:` is no part of a letter"),
            (r#"{"$and":[]}"#, "join one condition at least"),
            (r#"{"from":{"$eq":[]}}"#, "compared with nothing"),
            (r#"{"header:a b":{"$exists":true}}"#, "no name of a header"),
            ("7", "not understood"),
        ] {
            let condition: Condition = json.parse().unwrap();
            assert!(condition.check().unwrap_err().contains(said), "{json}");
            if let Condition::Other(kept) = &condition {
                assert_eq!(*kept, serde_json::from_str::<Value>(json).unwrap());
            }
        }
    }

    fn any_condition() -> impl Strategy<Value = Condition> {
        let text = || {
            let plain = any::<String>().prop_map(ConditionText::Plain);
            prop_oneof![plain, "[A-Za-z0-9+/=:]{1,8}".prop_map(ConditionText::Base64)]
        };
        let key = prop::sample::select(KEYS.to_vec()).prop_map(str::to_owned);
        let key = prop_oneof![key, "header:[a-z-]{1,8}"];
        let operator = prop::sample::select(Operator::ALL.to_vec());
        let values = prop_oneof![
            text().prop_map(ConditionValues::One),
            prop::collection::vec(text(), 1..3).prop_map(ConditionValues::Any),
            prop::collection::vec(text(), 1..3).prop_map(ConditionValues::All),
        ];
        let leaf = prop_oneof![
            (key, operator, values).prop_map(|(key, operator, values)| Condition::Compare {
                key,
                operator,
                values
            }),
            ("[a-z-]{1,8}", any::<bool>()).prop_map(|(header, exists)| Condition::Exists { header, exists }),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            let parts = prop::collection::vec(inner, 1..3);
            prop_oneof![parts.clone().prop_map(Condition::All), parts.prop_map(Condition::Any)]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(condition in any_condition()) {
            condition.check().unwrap();
            prop_assert_eq!(Condition::of_json(&condition.to_json()), condition);
        }
    }
}
