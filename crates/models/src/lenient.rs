//! Reading what the services really send: nothing, `null`, `""`, `0`, numbers as text and text as numbers.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, Visitor},
};

/// Any JSON value that is not an object or a list.
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(String),
}

impl Scalar {
    /// The value as text; nothing for null.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Null => "".into(),
            Self::Bool(value) => value.to_string().into(),
            Self::Unsigned(value) => value.to_string().into(),
            Self::Signed(value) => value.to_string().into(),
            Self::Float(value) => value.to_string().into(),
            Self::Text(value) => value.into(),
        }
    }

    fn into_text(self) -> String {
        match self {
            Self::Text(value) => value,
            other => other.text().into_owned(),
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number, true, false or null")
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Null)
    }

    fn visit_none<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        Scalar::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar::Unsigned(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Signed(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Scalar, E> {
        Ok(Scalar::Text(value))
    }
}

/// A type that fields of models have, and how such a field is read.
pub(crate) trait Read: Sized {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// A type whose value may be unset, which each service says in its own way; fields of models are `Option`s of it.
pub(crate) trait Unset: Sized {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error>;
}

/// Reads a field as its type says.
pub(crate) fn read<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

impl<T: Unset> Read for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer)
    }
}

/// A list that may be null; entries that are null are left out.
impl<T: DeserializeOwned> Read for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Option::<Vec<Option<T>>>::deserialize(deserializer)?;
        Ok(entries.unwrap_or_default().into_iter().flatten().collect())
    }
}

/// Text; nothing for null. A number gives its digits.
impl Read for String {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Scalar::deserialize(deserializer).map(Scalar::into_text)
    }
}

/// Unset is null or empty.
impl Unset for String {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        <Self as Read>::read(deserializer).map(|text| Some(text).filter(|text| !text.is_empty()))
    }
}

/// True or false; nothing for null and for the empty text. `"True"` and `1` are true.
///
/// There is no `Read` for it: whether somebody has a second factor or is blocked is never made up where the service does
/// not say, so that models have no `bool`, only `Option<bool>`.
impl Unset for bool {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let scalar = Scalar::deserialize(deserializer)?;
        match scalar.text().as_ref() {
            "" => Ok(None),
            "true" | "True" | "1" => Ok(Some(true)),
            "false" | "False" | "0" => Ok(Some(false)),
            _ => Err(de::Error::custom("expected true or false")),
        }
    }
}

/// A count; nothing where it is null, empty or negative.
impl Unset for u64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(Scalar::deserialize(deserializer)?.text().trim().parse().ok())
    }
}

/// An amount; nothing where it is null or empty. -1 is how some say "no limit".
impl Unset for i64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(Scalar::deserialize(deserializer)?.text().trim().parse().ok())
    }
}

/// An object of any keys; nothing in it for null.
impl Read for crate::OtherFields {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        or_default(deserializer)
    }
}

impl Unset for crate::OtherFields {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Option::deserialize(deserializer)
    }
}

/// A value that may be null, for which its default stands.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// An id that may be unset, which is null, `""`, 0 or `"0"`.
pub(crate) fn optional_id<'de, D: Deserializer<'de>, T: std::str::FromStr>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let scalar = Scalar::deserialize(deserializer)?;
    match scalar.text().trim() {
        "" | "0" => Ok(None),
        id => id.parse().map(Some).map_err(|_| de::Error::custom("an id must be a decimal number")),
    }
}

#[cfg(test)]
mod tests {
    #[orglib_macros::model]
    struct Everything {
        text: String,
        optional: Option<String>,
        flag: Option<bool>,
        list: Vec<u8>,
        count: Option<u64>,
        id: Option<crate::GroupId>,
        #[model(name = "of_type", alias = "form")]
        kind: Option<String>,
        inner: Inner,
    }

    #[orglib_macros::model]
    struct Inner {
        when: Option<crate::Timestamp>,
    }

    #[orglib_macros::model]
    struct Known {
        #[model(required)]
        user_id: crate::UserId,
    }

    #[test]
    fn missing_null_and_empty_read_the_same() {
        for json in [
            "{}",
            r#"{"text":null,"optional":null,"flag":null,"list":null,"count":null,"id":null,"inner":null}"#,
            r#"{"text":"","optional":"","flag":"","list":[],"count":"","id":"","inner":{"when":0}}"#,
            r#"{"id":0,"list":[null]}"#,
            r#"{"id":"0","count":-1}"#,
        ] {
            assert_eq!(serde_json::from_str::<Everything>(json).unwrap(), Everything::default(), "{json}");
        }
    }

    #[test]
    fn numbers_come_as_text_and_text_as_numbers() {
        let everything: Everything = serde_json::from_str(
            r#"{"text":5,"optional":1.5,"flag":"True","list":[1,null,2],"count":"7","id":"3"}"#,
        )
        .unwrap();
        assert_eq!(everything.text, "5");
        assert_eq!(everything.optional.as_deref(), Some("1.5"));
        assert_eq!(everything.flag, Some(true));
        assert_eq!(everything.list, [1, 2]);
        assert_eq!(everything.count, Some(7));
        assert_eq!(everything.id, crate::GroupId::new(3));
    }

    #[test]
    fn a_field_is_known_by_both_spellings_and_its_other_names() {
        for json in [r#"{"of_type":"a"}"#, r#"{"ofType":"a"}"#, r#"{"form":"a"}"#] {
            let everything: Everything = serde_json::from_str(json).unwrap();
            assert_eq!(everything.kind.as_deref(), Some("a"), "{json}");
            assert!(serde_json::to_string(&everything).unwrap().contains(r#""of_type":"a""#));
        }
        for json in [r#"{"user_id":"5"}"#, r#"{"userId":5}"#] {
            assert_eq!(serde_json::from_str::<Known>(json).unwrap().user_id.get(), 5, "{json}");
        }
        for json in ["{}", r#"{"user_id":null}"#, r#"{"user_id":0}"#] {
            assert!(serde_json::from_str::<Known>(json).is_err(), "{json}");
        }
    }
}
