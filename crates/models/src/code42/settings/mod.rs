//! Settings of an organisation: two stores of the service, read as one and changed as one.

mod backup_set;
mod json;
mod properties;
mod property;
mod t_setting;
mod value;
mod view;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde_json::Value;

use self::property::Effect;
pub use self::{
    backup_set::{BackupDestination, BackupSet},
    property::{Property, PropertyKind, PropertyPlace},
    t_setting::{SettingPacket, TSetting, TSettings},
    value::{PropertyValue, Quota},
};
use super::OrgNumber;

/// Where the device defaults stand in the organisation's document.
const DEVICE_DEFAULTS: &str = "deviceDefaults";

/// The settings of one organisation, and what has been changed of them.
///
/// The service keeps them in two places: the organisation's own document (names, quota, reporting, device defaults),
/// and the T-settings (endpoint monitoring, web restore). Both are kept whole: what has no property here goes back as it
/// came. Changes are counted against what was read, by each object for itself: a value set back is no change.
///
/// ```
/// use orglib_models::code42::OrgSettings;
///
/// let document = serde_json::from_str(r#"{"orgId": 4200, "settings": {"isUsingQuotaDefaults": true, "maxSeats": -1}}"#)?;
/// let mut settings = OrgSettings::new(document, Default::default())?;
/// settings.set_maximum_user_subscriptions(25)?;
/// assert_eq!(settings.quota_settings_inherited(), Some(false));
/// assert!(settings.packets().is_empty() && settings.changed_organization().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct OrgSettings {
    org_id: OrgNumber,
    /// The organisation's document as it was read.
    original: Value,
    /// The document with its changes.
    current: Value,
    t_settings: TSettings,
    /// The new values of T-settings that differ from what was read.
    t_changes: BTreeMap<String, String>,
    /// Properties about inheritance that were set by themselves, and do not follow their group.
    explicit: BTreeSet<&'static str>,
}

impl OrgSettings {
    /// The settings that an organisation's document, with settings and device defaults, and its T-settings make.
    ///
    /// # Errors
    /// [`SettingError::NoOrganization`] where the document has no `orgId`.
    pub fn new(organization: Value, t_settings: TSettings) -> Result<Self, SettingError> {
        let org_id = organization.get("orgId").and_then(json::scalar).and_then(|id| id.parse().ok());
        Ok(Self {
            org_id: org_id.ok_or(SettingError::NoOrganization)?,
            current: organization.clone(),
            original: organization,
            t_settings,
            t_changes: BTreeMap::new(),
            explicit: BTreeSet::new(),
        })
    }

    /// The organisation's number.
    pub fn org_id(&self) -> OrgNumber {
        self.org_id
    }

    /// The key with which devices join.
    pub fn registration_key(&self) -> Option<&str> {
        self.original.get("registrationKey").and_then(Value::as_str)
    }

    /// The property of this name.
    ///
    /// # Errors
    /// [`SettingError::UnknownProperty`].
    pub fn property(name: &str) -> Result<&'static Property, SettingError> {
        let property = Self::PROPERTIES.iter().find(|property| property.name == name);
        property.ok_or_else(|| SettingError::UnknownProperty(name.to_owned()))
    }

    /// The value of a property; nothing where the service sent none, or none that can be read.
    pub fn get(&self, property: &Property) -> Option<PropertyValue> {
        match property.place {
            PropertyPlace::TSetting(key) => property.kind.of_text(self.t_text(key)?),
            _ => property.of_document(&self.current),
        }
    }

    /// Changes a property, and what goes with it: writing a quota or a reporting property ends the inheritance of its
    /// group, switching a part of endpoint monitoring on switches the whole on, and switching the whole off switches
    /// its parts off.
    ///
    /// # Errors
    /// Where the value is of another kind, or there are no device defaults.
    pub fn set(&mut self, property: &'static Property, value: PropertyValue) -> Result<(), SettingError> {
        if !property.kind.takes(&value) {
            return Err(SettingError::malformed(property));
        }
        match property.place {
            PropertyPlace::TSetting(key) => {
                let read = self.t_settings.get(key).and_then(|setting| setting.value.clone());
                let same = read.filter(|text| property.kind.of_text(text).as_ref() == Some(&value));
                self.set_t_setting(key, same.unwrap_or_else(|| property.kind.to_text(&value)));
                self.follow_monitoring(property.effect, value == PropertyValue::Flag(true));
            }
            PropertyPlace::DeviceDefaults(_) if !self.has_device_defaults() => {
                return Err(SettingError::NoDeviceDefaults);
            }
            _ => {
                property.put(&mut self.current, &self.original, &value);
                self.follow_inheritance(property);
            }
        }
        Ok(())
    }

    /// Whether the service sent device defaults.
    pub fn has_device_defaults(&self) -> bool {
        self.original.get(DEVICE_DEFAULTS).is_some_and(Value::is_object)
    }

    /// A T-setting as it was read.
    pub fn t_setting(&self, key: &str) -> Option<&TSetting> {
        self.t_settings.get(key)
    }

    /// Changes the text of a T-setting, whether or not it has a property. A lock on it stays as it is.
    pub fn set_t_setting(&mut self, key: &str, text: impl Into<String>) {
        let text = text.into();
        let read = self.t_settings.get(key).and_then(|setting| setting.value.as_deref());
        if read == Some(text.as_str()) {
            self.t_changes.remove(key);
        } else {
            self.t_changes.insert(key.to_owned(), text);
        }
    }

    /// The T-settings that have changed, as they are sent; empty where none has.
    pub fn packets(&self) -> Vec<SettingPacket> {
        let packet = |(key, value): (&String, &String)| SettingPacket {
            key: key.clone(),
            value: value.clone(),
            locked: self.t_settings.get(key).is_some_and(|setting| setting.locked == Some(true)),
        };
        self.t_changes.iter().map(packet).collect()
    }

    /// The organisation's document, if it has changed. The service replaces the document by what is sent, so that it is
    /// whole.
    pub fn changed_organization(&self) -> Option<&Value> {
        (self.current != self.original).then_some(&self.current)
    }

    /// Whether anything has changed.
    pub fn is_changed(&self) -> bool {
        !self.t_changes.is_empty() || self.current != self.original
    }

    fn t_text(&self, key: &str) -> Option<&str> {
        let changed = self.t_changes.get(key).map(String::as_str);
        changed.or_else(|| self.t_settings.get(key)?.value.as_deref())
    }

    fn follow_monitoring(&mut self, effect: Effect, on: bool) {
        match (effect, on) {
            (Effect::Monitoring, _) => {
                self.set_t_setting(properties::EXFILTRATION_DETECTION, on.to_string());
                for key in properties::MONITORED.into_iter().filter(|_| !on) {
                    self.set_t_setting(key, "false");
                }
            }
            (Effect::PartOfMonitoring, true) => {
                self.set_t_setting(properties::MONITORING, "true");
                self.set_t_setting(properties::EXFILTRATION_DETECTION, "true");
            }
            _ => {}
        }
    }

    /// Ends the inheritance of the group whose property differs from what was read, unless somebody decided about it
    /// by itself.
    fn follow_inheritance(&mut self, property: &'static Property) {
        if property.effect == Effect::Inheritance {
            self.explicit.insert(property.name);
            return;
        }
        let Some(flag) = Self::PROPERTIES.iter().find(|flag| property.effect.is_of_group(flag.name)) else {
            return;
        };
        self.explicit.remove(flag.name);
        let mut group = Self::PROPERTIES.iter().filter(|other| other.effect == property.effect);
        let differs = group.any(|one| one.of_document(&self.current) != one.of_document(&self.original));
        let read = flag.of_document(&self.original);
        let value = if differs && read == Some(PropertyValue::Flag(true)) {
            Some(PropertyValue::Flag(false))
        } else {
            read
        };
        if let Some(value) = value {
            flag.put(&mut self.current, &self.original, &value);
        }
    }
}

/// Why a setting cannot be changed so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SettingError {
    /// The document is not an organisation's.
    NoOrganization,
    /// No property has this name.
    UnknownProperty(String),
    /// The value is not of the property's kind.
    Malformed {
        /// The property.
        property: &'static str,
        /// What it takes.
        expected: &'static str,
    },
    /// The service sent no device defaults.
    NoDeviceDefaults,
    /// The organisation has no backup set with this id.
    UnknownBackupSet(String),
    /// The backup set with this id is locked: its files cannot be chosen.
    LockedBackupSet(String),
    /// The organisation does not offer the destination with this guid.
    UnknownDestination(String),
}

impl SettingError {
    fn malformed(property: &Property) -> Self {
        Self::Malformed { property: property.name, expected: property.kind.expected() }
    }
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOrganization => f.write_str("the settings have no orgId: they are not an organisation's"),
            Self::UnknownProperty(name) => write!(f, "there is no setting `{name}`"),
            Self::Malformed { property, expected } => write!(f, "`{property}` takes {expected}"),
            Self::NoDeviceDefaults => {
                f.write_str("the service sent no device defaults for this organisation")
            }
            Self::UnknownBackupSet(id) => write!(f, "there is no backup set `{id}`"),
            Self::LockedBackupSet(id) => {
                write!(
                    f,
                    "the backup set `{id}` is locked; unlock it in the console before choosing its files"
                )
            }
            Self::UnknownDestination(guid) => {
                write!(f, "the organisation does not offer the destination `{guid}`")
            }
        }
    }
}

impl std::error::Error for SettingError {}

#[cfg(test)]
mod tests;
