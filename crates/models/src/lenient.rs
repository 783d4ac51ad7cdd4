//! Reading what the services really send: nothing, `null`, `""`, `0`, numbers as text and text as numbers.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Deserializer, de, de::Visitor};

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

/// Text; nothing for null. A number gives its digits.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Scalar::deserialize(deserializer).map(Scalar::into_text)
}

/// Text that may be unset, which is null or empty.
pub(crate) fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    text(deserializer).map(|text| Some(text).filter(|text| !text.is_empty()))
}

/// A value that may be null, for which its default stands.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A list that may be null; entries that are null are left out.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let entries = Option::<Vec<Option<T>>>::deserialize(deserializer)?;
    Ok(entries.unwrap_or_default().into_iter().flatten().collect())
}

/// True or false; false for null and for the empty text. `"True"` and `1` are true.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    optional_flag(deserializer).map(Option::unwrap_or_default)
}

/// True, false, or unset.
pub(crate) fn optional_flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let scalar = Scalar::deserialize(deserializer)?;
    match scalar.text().as_ref() {
        "" => Ok(None),
        "true" | "True" | "1" => Ok(Some(true)),
        "false" | "False" | "0" => Ok(Some(false)),
        _ => Err(de::Error::custom("expected true or false")),
    }
}

/// A count; nothing where it is null, empty or negative.
pub(crate) fn optional_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.text().trim().parse().ok())
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
    use super::*;

    #[derive(Deserialize, Debug, PartialEq)]
    struct Everything {
        #[serde(default, deserialize_with = "text")]
        text: String,
        #[serde(default, deserialize_with = "optional_text")]
        optional: Option<String>,
        #[serde(default, deserialize_with = "flag")]
        flag: bool,
        #[serde(default, deserialize_with = "list")]
        list: Vec<u8>,
        #[serde(default, deserialize_with = "optional_count")]
        count: Option<u64>,
        #[serde(default, deserialize_with = "optional_id")]
        id: Option<crate::GroupId>,
    }

    const NOTHING: Everything = Everything {
        text: String::new(),
        optional: None,
        flag: false,
        list: Vec::new(),
        count: None,
        id: None,
    };

    #[test]
    fn missing_null_and_empty_read_the_same() {
        for json in [
            "{}",
            r#"{"text":null,"optional":null,"flag":null,"list":null,"count":null,"id":null}"#,
            r#"{"text":"","optional":"","flag":"","list":[],"count":"","id":""}"#,
            r#"{"id":0,"list":[null]}"#,
            r#"{"id":"0","count":-1}"#,
        ] {
            assert_eq!(serde_json::from_str::<Everything>(json).unwrap(), NOTHING, "{json}");
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
        assert!(everything.flag);
        assert_eq!(everything.list, [1, 2]);
        assert_eq!(everything.count, Some(7));
        assert_eq!(everything.id, crate::GroupId::new(3));
    }
}
