//! What a property is, and how its value stands in the service's documents.

use serde_json::Value;

use super::{
    DEVICE_DEFAULTS, SettingError, json,
    value::{PropertyValue, Quota},
};

/// Minutes of a day: the service counts spans of device defaults in minutes.
const DAY: f64 = 1440.0;

/// One setting that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Property {
    /// The name; that of a device default begins with `device_defaults.`.
    pub name: &'static str,
    /// What it takes.
    pub kind: PropertyKind,
    /// Where the service keeps it.
    pub place: PropertyPlace,
    pub(super) effect: Effect,
}

/// What a property takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PropertyKind {
    /// A switch.
    Flag,
    /// A number.
    Number,
    /// A text.
    Text,
    /// Several texts.
    List,
    /// An amount of data.
    Quota,
    /// A span in days.
    Days,
}

/// Where the service keeps a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PropertyPlace {
    /// In the organisation's document, at this path.
    Organization(&'static [&'static str]),
    /// In the device defaults of the organisation's document, at this path.
    DeviceDefaults(&'static [&'static str]),
    /// In the T-setting with this key.
    TSetting(&'static str),
}

/// What else happens when a property is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Nothing,
    /// It says itself whether a group is inherited.
    Inheritance,
    /// It ends the inheritance of the quota.
    Quota,
    /// It ends the inheritance of reporting.
    Reporting,
    /// It is the switch of endpoint monitoring.
    Monitoring,
    /// It is one of the switches below it.
    PartOfMonitoring,
}

impl Effect {
    /// Whether this property says if the group is inherited.
    pub(super) fn is_of_group(self, name: &str) -> bool {
        match self {
            Self::Quota => name == "quota_settings_inherited",
            Self::Reporting => name == "reporting_settings_inherited",
            _ => false,
        }
    }
}

impl Property {
    /// Reads a value as people type it.
    ///
    /// # Errors
    /// [`SettingError::Malformed`], with what is taken.
    pub fn parse(&self, text: &str) -> Result<PropertyValue, SettingError> {
        let value = match self.kind {
            PropertyKind::Text => Some(PropertyValue::Text(text.to_owned())),
            kind => kind.of_typed(text.trim()),
        };
        value.ok_or_else(|| SettingError::malformed(self))
    }

    /// The path in the organisation's document.
    fn path(&self) -> Vec<&'static str> {
        match self.place {
            PropertyPlace::Organization(path) => path.to_vec(),
            PropertyPlace::DeviceDefaults(path) => [&[DEVICE_DEFAULTS], path].concat(),
            PropertyPlace::TSetting(_) => Vec::new(),
        }
    }

    pub(super) fn of_document(&self, document: &Value) -> Option<PropertyValue> {
        let value = json::at(document, &self.path())?;
        match self.place {
            PropertyPlace::DeviceDefaults(_) => self.kind.of_text(&json::lockable(value)?),
            _ => self.kind.of_json(value),
        }
    }

    /// Puts a value into a document. One that was read before is put back as it stood, so that it is no change.
    pub(super) fn put(&self, document: &mut Value, original: &Value, value: &PropertyValue) {
        let path = self.path();
        if self.of_document(original).as_ref() == Some(value) {
            match json::at(original, &path) {
                Some(node) => *json::place(document, &path) = node.clone(),
                None => json::remove(document, &path),
            }
            return;
        }
        let place = json::place(document, &path);
        match self.place {
            PropertyPlace::DeviceDefaults(_) => json::set_lockable(place, self.kind.to_text(value)),
            _ => *place = to_json(value),
        }
    }
}

impl PropertyKind {
    /// What is taken, in words.
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Flag => "true or false",
            Self::Number => "a whole number; -1 stands for no limit where there can be one",
            Self::Text => "a text",
            Self::List => "texts with commas between them",
            Self::Quota => "gigabytes, for instance 250 or 1.5, or `unlimited`",
            Self::Days => "days, for instance 3 or 0.5",
        }
    }

    pub(super) fn takes(self, value: &PropertyValue) -> bool {
        matches!(
            (self, value),
            (Self::Flag, PropertyValue::Flag(_))
                | (Self::Number, PropertyValue::Number(_))
                | (Self::Text, PropertyValue::Text(_))
                | (Self::List, PropertyValue::List(_))
                | (Self::Quota, PropertyValue::Quota(_))
        ) || matches!((self, value), (Self::Days, PropertyValue::Days(days)) if *days >= 0.0 && *days < 1e9)
    }

    fn of_typed(self, text: &str) -> Option<PropertyValue> {
        Some(match self {
            Self::Quota if text == "unlimited" || text == "-1" => PropertyValue::Quota(Quota::Unlimited),
            Self::Quota => PropertyValue::Quota(Quota::gigabytes(text.parse().ok()?)?),
            Self::Days => PropertyValue::Days(text.parse().ok().filter(|days| *days >= 0.0 && *days < 1e9)?),
            _ => return self.of_text(text),
        })
    }

    /// Reads a value as the service writes it as text: spans in minutes.
    pub(super) fn of_text(self, text: &str) -> Option<PropertyValue> {
        Some(match self {
            Self::Flag if text.eq_ignore_ascii_case("true") => PropertyValue::Flag(true),
            Self::Flag if text.eq_ignore_ascii_case("false") => PropertyValue::Flag(false),
            Self::Flag => return None,
            Self::Number => PropertyValue::Number(text.parse().ok()?),
            Self::Text => PropertyValue::Text(text.to_owned()),
            Self::List => {
                let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
                PropertyValue::List(words.map(str::to_owned).collect())
            }
            Self::Quota => PropertyValue::Quota(Quota::of_number(text.parse().ok()?)),
            Self::Days => PropertyValue::Days(text.parse::<f64>().ok()? / DAY),
        })
    }

    pub(super) fn to_text(self, value: &PropertyValue) -> String {
        match value {
            PropertyValue::Days(days) => format!("{}", (days * DAY).trunc()),
            PropertyValue::Quota(quota) => quota.to_number().to_string(),
            other => other.to_string(),
        }
    }

    fn of_json(self, value: &Value) -> Option<PropertyValue> {
        match (self, value) {
            (_, Value::Null) => None,
            (Self::Flag, Value::Bool(flag)) => Some(PropertyValue::Flag(*flag)),
            (Self::List, Value::Array(list)) => {
                Some(PropertyValue::List(list.iter().filter_map(json::scalar).collect()))
            }
            (Self::Number | Self::Quota, Value::Number(number)) => {
                let whole =
                    number.as_i64().or_else(|| number.as_f64().map(|number| number.round() as i64))?;
                self.of_text(&whole.to_string())
            }
            _ => self.of_text(&json::scalar(value)?),
        }
    }
}

fn to_json(value: &PropertyValue) -> Value {
    match value {
        PropertyValue::Flag(flag) => Value::from(*flag),
        PropertyValue::Number(number) => Value::from(*number),
        PropertyValue::Text(text) => Value::from(text.as_str()),
        PropertyValue::List(list) => Value::from(list.as_slice()),
        PropertyValue::Quota(quota) => Value::from(quota.to_number()),
        PropertyValue::Days(days) => Value::from(*days),
    }
}
