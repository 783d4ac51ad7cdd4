//! Values that people and files give by name: text of a command line, cells of a sheet, JSON.

use std::{collections::BTreeMap, fmt, str::FromStr};

pub use serde_json::Value;

use crate::{
    Patch, Timestamp,
    shape::{Kind, Shaped},
};

/// A type that can be made of a value that somebody gave: of JSON, or of the text of it.
pub trait FromValue: Shaped + Sized {
    /// Makes it.
    ///
    /// # Errors
    /// Where the value is none of the type; the message says what is accepted.
    fn from_value(value: &Value) -> Result<Self, InvalidValue>;
}

/// Why a value cannot be taken, and which one it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    path: Vec<String>,
    message: String,
}

impl InvalidValue {
    /// A value that cannot be taken; the message says what is accepted. It must not show the value.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: Vec::new(), message: message.into() }
    }

    /// The same, as the value of a field of this name.
    #[must_use]
    pub fn at(mut self, name: impl Into<String>) -> Self {
        self.path.insert(0, name.into());
        self
    }

    /// A field that must be there and is not.
    #[must_use]
    pub fn missing(name: &str) -> Self {
        Self::new("it is missing").at(name)
    }

    /// A word that is none of those there are.
    #[must_use]
    pub fn no_such_word(known: impl Iterator<Item = &'static str>) -> Self {
        Self::new(format!("give one of {}", known.collect::<Vec<_>>().join(", ")))
    }

    /// A name that nothing has.
    #[must_use]
    pub fn unknown(name: &str, known: &[&str]) -> Self {
        Self::new(format!("there is no such name; there are {}", known.join(", "))).at(name)
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path.join("."))?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for InvalidValue {}

/// The values that make one object or one operation, by name. What is left at the end has a name that nobody knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(serde_json::Map<String, Value>, BTreeMap<String, Vec<u8>>);

impl Values {
    /// No values yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a value; dots in the name reach into objects, which are made where there are none.
    ///
    /// # Errors
    /// Where a part of the name before a dot is set already, and is no object.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) -> Result<(), InvalidValue> {
        let mut object = &mut self.0;
        let mut rest = name;
        while let Some((first, other)) = rest.split_once('.') {
            let inner = object.entry(first).or_insert_with(|| Value::Object(serde_json::Map::new()));
            object = inner
                .as_object_mut()
                .ok_or_else(|| InvalidValue::new(format!("`{first}` is set, and is no object")).at(name))?;
            rest = other;
        }
        object.insert(rest.to_owned(), value.into());
        Ok(())
    }

    /// Adds a value to the list of this name, which is made where there is none; dots as in [`set`](Self::set).
    ///
    /// # Errors
    /// Where the name is set already, and is no list.
    pub fn push(&mut self, name: &str, value: impl Into<Value>) -> Result<(), InvalidValue> {
        let mut names = name.split('.');
        let first = names.next().and_then(|first| self.0.get(first));
        let there = names.try_fold(first, |object, name| object.map(|object| object.get(name)));
        let mut list = match there.flatten() {
            None => Vec::new(),
            Some(Value::Array(list)) => list.clone(),
            Some(_) => return Err(InvalidValue::new("it is set, and is no list").at(name)),
        };
        list.push(value.into());
        self.set(name, Value::Array(list))
    }

    /// Sets a value that is bytes.
    pub fn set_bytes(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.1.insert(name.into(), bytes.into());
    }

    /// Takes bytes that must be there.
    ///
    /// # Errors
    /// Where they are missing, or something else is given.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, InvalidValue> {
        match self.1.remove(name) {
            Some(bytes) => Ok(bytes),
            None if self.0.contains_key(name) => Err(InvalidValue::new("give bytes").at(name)),
            None => Err(InvalidValue::missing(name)),
        }
    }

    /// The values as one object, without those that are bytes.
    #[must_use]
    pub fn into_object(self) -> serde_json::Map<String, Value> {
        self.0
    }

    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Takes a value that must be there.
    ///
    /// # Errors
    /// Where it is missing, or cannot be taken.
    pub fn required<T: FromValue>(&mut self, name: &str) -> Result<T, InvalidValue> {
        let value = self.0.remove(name).ok_or_else(|| InvalidValue::missing(name))?;
        T::from_value(&value).map_err(|error| error.at(name))
    }

    /// Takes a value that may be missing.
    ///
    /// # Errors
    /// Where it cannot be taken.
    pub fn optional<T: FromValue + Default>(&mut self, name: &str) -> Result<T, InvalidValue> {
        let Some(value) = self.0.remove(name) else { return Ok(T::default()) };
        T::from_value(&value).map_err(|error| error.at(name))
    }

    /// Fails where a value is left.
    ///
    /// # Errors
    /// Where one is left: its name is none of `known`.
    pub fn finish(self, known: &[&str]) -> Result<(), InvalidValue> {
        match self.0.keys().chain(self.1.keys()).next() {
            Some(name) => Err(InvalidValue::unknown(name, known)),
            None => Ok(()),
        }
    }

    /// The values of an object.
    ///
    /// # Errors
    /// Where the value is no object.
    pub fn of_object(value: &Value) -> Result<Self, InvalidValue> {
        match value {
            Value::Object(object) => Ok(object.clone().into()),
            _ => Err(InvalidValue::new("give an object: its fields by name")),
        }
    }
}

impl From<serde_json::Map<String, Value>> for Values {
    fn from(object: serde_json::Map<String, Value>) -> Self {
        Self(object, BTreeMap::new())
    }
}

/// The text of a value that is text, a number or a flag.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// Makes a value of its text, where the type can be read from text.
///
/// # Errors
/// Where the value is no text, or the text is none of the type.
pub fn parsed<T: FromStr<Err: fmt::Display>>(value: &Value) -> Result<T, InvalidValue> {
    let text = text_of(value).ok_or_else(|| InvalidValue::new("give one value, no list and no object"))?;
    text.trim().parse().map_err(|error: T::Err| InvalidValue::new(error.to_string()))
}

/// Makes a word of its text; an unknown one is refused with the words there are.
pub(crate) fn word<T: Shaped + for<'a> From<&'a str>>(value: &Value) -> Result<T, InvalidValue> {
    let Kind::Words(words) = T::SHAPE.kind else { return Err(InvalidValue::new("it takes no words")) };
    match value {
        Value::String(text) if words.iter().any(|word| word.word == text.trim()) => Ok(T::from(text.trim())),
        _ => Err(InvalidValue::no_such_word(words.iter().map(|word| word.word))),
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Result<Self, InvalidValue> {
        text_of(value).ok_or_else(|| InvalidValue::new("give a text"))
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Result<Self, InvalidValue> {
        match text_of(value).as_deref().map(str::trim) {
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            _ => Err(InvalidValue::new("give true or false")),
        }
    }
}

impl FromValue for Value {
    fn from_value(value: &Value) -> Result<Self, InvalidValue> {
        Ok(value.clone())
    }
}

impl FromValue for crate::OtherFields {
    fn from_value(value: &Value) -> Result<Self, InvalidValue> {
        value.as_object().cloned().ok_or_else(|| InvalidValue::new("give an object"))
    }
}

impl FromValue for Timestamp {
    fn from_value(value: &Value) -> Result<Self, InvalidValue> {
        parsed(value)
    }
}

macro_rules! numbers {
    ($($ty:ty: $what:literal,)+) => {
        $(impl FromValue for $ty {
            fn from_value(value: &Value) -> Result<Self, InvalidValue> {
                let number = text_of(value).and_then(|text| text.trim().parse().ok());
                number.ok_or_else(|| InvalidValue::new($what))
            }
        })+
    };
}

numbers! {
    u8: "give a whole number from 0 to 255",
    u16: "give a whole number from 0 to 65535",
    u32: "give a whole number, 0 or above",
    u64: "give a whole number, 0 or above",
    i32: "give a whole number",
    i64: "give a whole number",
    f64: "give a number",
}

macro_rules! from_text {
    ($($ty:ty,)+) => {
        $(impl FromValue for $ty {
            fn from_value(value: &Value) -> Result<Self, InvalidValue> {
                parsed(value)
            }
        })+
    };
}

from_text! {
    crate::OrgId,
    crate::UserId,
    crate::GroupId,
    crate::DepartmentId,
    crate::MailboxId,
    crate::Date,
    crate::DomainName,
    crate::DnsRecordId,
    crate::MailListId,
    crate::TaskId,
    crate::ExternalContactId,
    crate::OfficeId,
    crate::RoomId,
    crate::disk::SharedPath,
    crate::ServiceApplicationId,
    crate::code42::OrgNumber,
    crate::code42::OrgUid,
    crate::code42::OrgGuid,
}

/// Null is none.
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Result<Self, InvalidValue> {
        if value.is_null() { Ok(None) } else { T::from_value(value).map(Some) }
    }
}

/// Null clears.
impl<T: FromValue> FromValue for Patch<T> {
    fn from_value(value: &Value) -> Result<Self, InvalidValue> {
        if value.is_null() { Ok(Self::Clear) } else { T::from_value(value).map(Self::Set) }
    }
}

/// One value is a list of it.
impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: &Value) -> Result<Self, InvalidValue> {
        let Value::Array(list) = value else { return T::from_value(value).map(|one| vec![one]) };
        let items = list.iter().enumerate();
        items.map(|(index, item)| T::from_value(item).map_err(|error| error.at(index.to_string()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{UserId, disk::ResourceType};

    #[test]
    fn a_value_is_json_or_the_text_of_it() {
        for value in [json!(7), json!("7"), json!(" 7 ")] {
            assert_eq!(UserId::from_value(&value).unwrap().get(), 7);
            assert_eq!(u32::from_value(&value), Ok(7));
        }
        for value in [json!(true), json!("true")] {
            assert_eq!(bool::from_value(&value), Ok(true));
        }
        assert_eq!(Option::<String>::from_value(&Value::Null), Ok(None));
        assert_eq!(Patch::<String>::from_value(&Value::Null), Ok(Patch::Clear));
        assert_eq!(Vec::<u8>::from_value(&json!([1, "2"])), Ok(vec![1, 2]));
        assert_eq!(Vec::<u8>::from_value(&json!("3")), Ok(vec![3]));
    }

    #[test]
    fn what_cannot_be_taken_says_what_can() {
        let message = |outcome: Result<(), InvalidValue>| outcome.unwrap_err().to_string();
        assert_eq!(message(ResourceType::from_value(&json!("fil")).map(drop)), "give one of file, dir");
        assert_eq!(
            message(Vec::<u8>::from_value(&json!([1, 300])).map(drop)),
            "`1`: give a whole number from 0 to 255"
        );
        assert!(message(UserId::from_value(&json!({})).map(drop)).contains("no list and no object"));
        assert!(message(bool::from_value(&json!("yes")).map(drop)).contains("true or false"));
    }

    #[test]
    fn dots_reach_into_objects() {
        let mut values = Values::new();
        values.set("name.first", "Anna").unwrap();
        values.set("name.last", "Kim").unwrap();
        assert_eq!(values.get("name"), Some(&json!({"first": "Anna", "last": "Kim"})));
        values.push("name.others", "Ann").unwrap();
        values.push("name.others", "Nan").unwrap();
        values.push("new.list", 1).unwrap();
        assert_eq!(values.get("name").unwrap()["others"], json!(["Ann", "Nan"]));
        assert_eq!(values.get("new"), Some(&json!({"list": [1]})));
        assert!(values.push("name.first", "x").is_err());
        values.set("about", "x").unwrap();
        assert!(values.set("about.more", "y").is_err());
        assert_eq!(values.clone().required::<String>("about"), Ok("x".to_owned()));
        let left = values.finish(&["position"]).unwrap_err().to_string();
        assert!(left.contains("there are position"), "{left}");
    }
}
