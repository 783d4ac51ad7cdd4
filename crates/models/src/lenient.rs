//! Reading what the services really send: nothing, `null`, `""`, `0`, numbers as text and text as numbers.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, SeqAccess, Visitor},
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

/// Reads a scalar by its number, where it is one that is not negative, else by its text, which is empty for null. Nothing
/// is copied on the way.
pub(crate) fn by_number_or_text<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    number: impl FnOnce(u64) -> T,
    text: impl FnOnce(&str) -> T,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(By { number, text })
}

/// Reads a scalar by its text, which is empty for null.
pub(crate) fn by_text<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    text: impl Fn(&str) -> T,
) -> Result<T, D::Error> {
    by_number_or_text(deserializer, |number| text(&number.to_string()), &text)
}

struct By<N, F> {
    number: N,
    text: F,
}

impl<'de, T, N: FnOnce(u64) -> T, F: FnOnce(&str) -> T> Visitor<'de> for By<N, F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ScalarVisitor.expecting(f)
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok((self.text)(""))
    }

    fn visit_none<E>(self) -> Result<T, E> {
        Ok((self.text)(""))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<T, E> {
        Ok((self.text)(if value { "true" } else { "false" }))
    }

    fn visit_u64<E>(self, value: u64) -> Result<T, E> {
        Ok((self.number)(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<T, E> {
        Ok((self.text)(&value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<T, E> {
        Ok((self.text)(&value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<T, E> {
        Ok((self.text)(value))
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
        deserializer.deserialize_any(Entries(PhantomData))
    }
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Entries<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or null")
    }

    fn visit_unit<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_none<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element::<Option<T>>()? {
            entries.extend(entry);
        }
        Ok(entries)
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
        by_text(deserializer, |text| Some(text).filter(|text| !text.is_empty()).map(str::to_owned))
    }
}

/// True or false; nothing for null and for the empty text. `"True"` and `1` are true.
///
/// There is no `Read` for it: whether somebody has a second factor or is blocked is never made up where the service does
/// not say, so that models have no `bool`, only `Option<bool>`.
impl Unset for bool {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let flag = by_text(deserializer, |text| match text {
            "" => Some(None),
            "true" | "True" | "1" => Some(Some(true)),
            "false" | "False" | "0" => Some(Some(false)),
            _ => None,
        })?;
        flag.ok_or_else(|| de::Error::custom("expected true or false"))
    }
}

/// A count; nothing where it is null, empty or negative.
impl Unset for u64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        by_number_or_text(deserializer, Some, |text| text.trim().parse().ok())
    }
}

/// An amount; nothing where it is null or empty. -1 is how some say "no limit".
impl Unset for i64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        by_text(deserializer, |text| text.trim().parse().ok())
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
pub(crate) fn optional_id<'de, D: Deserializer<'de>, T: std::str::FromStr + TryFrom<u64>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let id = by_number_or_text(
        deserializer,
        |number| Some(T::try_from(number).ok()),
        |text| match text.trim() {
            "" | "0" => Some(None),
            id => id.parse().ok().map(Some),
        },
    )?;
    id.ok_or_else(|| de::Error::custom("an id must be a decimal number"))
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
