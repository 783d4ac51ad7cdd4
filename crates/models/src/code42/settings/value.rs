//! Values of properties.

use std::fmt;

use serde::{Serialize, Serializer};

/// The value of a property.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PropertyValue {
    /// A switch.
    Flag(bool),
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
    /// Several texts.
    List(Vec<String>),
    /// An amount of data.
    Quota(Quota),
    /// A span in days.
    Days(f64),
}

/// How much data may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quota {
    /// As much as there is.
    Unlimited,
    /// So many bytes.
    Bytes(i64),
}

/// The service's gigabyte.
const GIGABYTE: f64 = 1e9;

/// The service's way of writing that there is no limit.
const UNLIMITED: i64 = -1;

impl Quota {
    /// So many gigabytes of 1000³ bytes; nothing for what is no amount.
    pub fn gigabytes(amount: f64) -> Option<Self> {
        let bytes = (amount * GIGABYTE).round();
        (amount >= 0.0 && bytes < i64::MAX as f64).then_some(Self::Bytes(bytes as i64))
    }

    /// How many gigabytes; nothing where there is no limit.
    pub fn to_gigabytes(self) -> Option<f64> {
        match self {
            Self::Unlimited => None,
            Self::Bytes(bytes) => Some(bytes as f64 / GIGABYTE),
        }
    }

    pub(super) fn of_number(number: i64) -> Self {
        if number == UNLIMITED { Self::Unlimited } else { Self::Bytes(number) }
    }

    pub(super) fn to_number(self) -> i64 {
        match self {
            Self::Unlimited => UNLIMITED,
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// A number without a fraction where it has none.
fn serialize_amount<S: Serializer>(amount: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if amount.fract() == 0.0 && amount.abs() < 9e15 {
        serializer.serialize_i64(amount as i64)
    } else {
        serializer.serialize_f64(amount)
    }
}

/// In gigabytes; -1 where there is no limit.
impl Serialize for Quota {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_gigabytes() {
            Some(amount) => serialize_amount(amount, serializer),
            None => serializer.serialize_i64(UNLIMITED),
        }
    }
}

impl Serialize for PropertyValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(flag) => flag.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => text.serialize(serializer),
            Self::List(list) => list.serialize(serializer),
            Self::Quota(quota) => quota.serialize(serializer),
            Self::Days(days) => serialize_amount(*days, serializer),
        }
    }
}

/// As it is typed: lists with commas, amounts in gigabytes.
impl fmt::Display for PropertyValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => flag.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
            Self::List(list) => f.write_str(&list.join(",")),
            Self::Quota(Quota::Unlimited) => f.write_str("unlimited"),
            Self::Quota(Quota::Bytes(bytes)) => (*bytes as f64 / GIGABYTE).fmt(f),
            Self::Days(days) => days.fmt(f),
        }
    }
}

/// A type that stands for one kind of value.
pub(super) trait Kind: Sized {
    fn of(value: PropertyValue) -> Option<Self>;
    fn value(self) -> PropertyValue;
}

macro_rules! kinds {
    ($($type:ty => $variant:ident),+ $(,)?) => {
        $(impl Kind for $type {
            fn of(value: PropertyValue) -> Option<Self> {
                match value {
                    PropertyValue::$variant(value) => Some(value),
                    _ => None,
                }
            }

            fn value(self) -> PropertyValue {
                PropertyValue::$variant(self)
            }
        })+
    };
}

kinds!(bool => Flag, i64 => Number, String => Text, Vec<String> => List, Quota => Quota, f64 => Days);
