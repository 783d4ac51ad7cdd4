//! Objects are read from objects.
//!
//! serde reads a struct from a list as well, field by field; with the lenient models, in which every field may be
//! missing, `[]` in place of an object would pass for an empty one, in silence.

use std::marker::PhantomData;

use crate::{half_letters, json_path::path_of};

use serde::{
    Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Visitor},
    forward_to_deserialize_any,
};

/// What could not be read, and where.
pub(crate) struct Unreadable {
    /// The path of the field; empty for the whole.
    pub(crate) path: String,
    pub(crate) cause: serde_json::Error,
}

/// Reads JSON. Halves of letters in it are no reason to lose it.
pub(crate) fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, Unreadable> {
    read(json).or_else(|error| half_letters::without(json).map_or(Err(error), |mended| read(&mended)))
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Unreadable> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = T::deserialize(ObjectsFromObjects(&mut deserializer))
        .map_err(|cause| Unreadable { path: path_of(json, &cause), cause })?;
    deserializer.end().map_err(|cause| Unreadable { path: String::new(), cause })?;
    Ok(value)
}

/// Reads one value among others.
pub(crate) struct Strict<T>(PhantomData<T>);

impl<T> Strict<T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Strict<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(ObjectsFromObjects(deserializer))
    }
}

/// Asks for a map where a struct is wanted.
struct ObjectsFromObjects<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for ObjectsFromObjects<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_option(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Thing {
        name: String,
    }

    #[test]
    fn a_list_is_no_object() {
        assert_eq!(from_slice::<Thing>(b"{}").ok(), Some(Thing::default()));
        for json in ["[]", "[\"x\"]", "null", "{} {}", "{\"name\":7}"] {
            assert!(from_slice::<Thing>(json.as_bytes()).is_err(), "{json}");
        }
    }

    #[test]
    fn half_a_letter_costs_itself_only() {
        let thing = from_slice::<Thing>(br#"{"name":"a\ud83d.docx","b":["\ude00"]}"#).ok().unwrap();
        assert_eq!(thing.name, "a\u{fffd}.docx");
        let error = from_slice::<Thing>(br#"{"x":"\ud83d","name":7}"#).err().unwrap();
        assert_eq!(error.path, "name", "what else is wrong is told");
    }

    #[test]
    fn what_is_no_object_is_read_as_ever() {
        assert_eq!(from_slice::<Vec<u8>>(b"[1, 2]").ok(), Some(vec![1, 2]));
        assert_eq!(from_slice::<Option<u8>>(b"null").ok(), Some(None));
        assert_eq!(from_slice::<String>(b"\"x\"").ok().as_deref(), Some("x"));
        let value = from_slice::<serde_json::Value>(b"{\"a\":[1]}").ok().unwrap();
        assert_eq!(value["a"][0], 1);
    }

    #[test]
    fn the_path_of_what_cannot_be_read_is_told() {
        for (json, path) in [("{\"name\":7}", "name"), ("[]", ""), ("{} 7", "")] {
            assert_eq!(from_slice::<Thing>(json.as_bytes()).err().unwrap().path, path, "{json}");
        }
    }
}
