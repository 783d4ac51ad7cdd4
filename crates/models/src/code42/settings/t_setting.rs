//! T-settings: keys with texts.

use std::collections::BTreeMap;

use orglib_macros::model;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// One T-setting as the service reads it out.
#[model]
pub struct TSetting {
    /// Whom it is for, for instance `ORG`.
    pub scope: String,
    /// The value, always as text: `true`, a number, a list with commas, JSON.
    #[serde(default, deserialize_with = "text")]
    pub value: Option<String>,
    /// Whether it is locked.
    pub locked: Option<bool>,
    /// The number of the organisation that the value comes from: an organisation above where it is inherited.
    pub id: Option<u64>,
}

/// All T-settings of an organisation by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct TSettings(BTreeMap<String, TSetting>);

impl TSettings {
    /// The setting with this key.
    pub fn get(&self, key: &str) -> Option<&TSetting> {
        self.0.get(key)
    }

    /// All settings, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &TSetting)> {
        self.0.iter().map(|(key, setting)| (key.as_str(), setting))
    }
}

impl<'de> Deserialize<'de> for TSettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let settings = BTreeMap::<String, Option<TSetting>>::deserialize(deserializer)?;
        let settings = settings.into_iter().filter_map(|(key, setting)| Some((key, setting?)));
        Ok(Self(settings.collect()))
    }
}

/// One T-setting as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SettingPacket {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
    /// Whether it is locked, as it was; a setting of which the service does not tell it is sent as one that is not.
    pub locked: bool,
}

/// A text; of anything else, the JSON.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    })
}
