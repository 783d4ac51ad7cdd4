//! How settings show themselves: the properties by name, with their values.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{BackupDestination, BackupSet, OrgSettings, Property, PropertyPlace};

const DEVICE_PREFIX: &str = "device_defaults.";

/// The properties in snake_case, device defaults in an object of their own, and the T-settings that have no property.
impl Serialize for OrgSettings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("org_id", &self.org_id())?;
        map.serialize_entry("registration_key", &self.registration_key())?;
        for property in Self::PROPERTIES.iter().filter(|property| !is_device_default(property)) {
            map.serialize_entry(property.name, &self.get(property))?;
        }
        map.serialize_entry("device_defaults", &self.has_device_defaults().then_some(DeviceDefaults(self)))?;
        map.serialize_entry("other_settings", &self.other_settings())?;
        map.end()
    }
}

/// A T-setting that has no property.
#[derive(Serialize)]
struct OtherSetting<'a> {
    key: &'a str,
    value: Option<&'a str>,
    locked: Option<bool>,
}

impl OrgSettings {
    fn other_settings(&self) -> Vec<OtherSetting<'_>> {
        let has_property = |key: &str| {
            Self::PROPERTIES
                .iter()
                .any(|property| matches!(property.place, PropertyPlace::TSetting(own) if own == key))
        };
        let others = self.t_settings.iter().filter(|(key, _)| !has_property(key));
        others
            .map(|(key, setting)| OtherSetting { key, value: self.t_text(key), locked: setting.locked })
            .collect()
    }
}

struct DeviceDefaults<'a>(&'a OrgSettings);

impl Serialize for DeviceDefaults<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for property in OrgSettings::PROPERTIES.iter().filter(|property| is_device_default(property)) {
            let name = property.name.strip_prefix(DEVICE_PREFIX).unwrap_or(property.name);
            map.serialize_entry(name, &self.0.get(property))?;
        }
        let destinations = self.0.available_destinations();
        map.serialize_entry("available_destinations", &destinations.iter().map(Offer).collect::<Vec<_>>())?;
        map.serialize_entry::<_, Vec<BackupSet>>("backup_sets", &self.0.backup_sets())?;
        map.end()
    }
}

/// A destination that is on offer: nothing about a lock.
struct Offer<'a>(&'a BackupDestination);

impl Serialize for Offer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("guid", &self.0.guid)?;
        map.serialize_entry("name", &self.0.name)?;
        map.end()
    }
}

fn is_device_default(property: &Property) -> bool {
    matches!(property.place, PropertyPlace::DeviceDefaults(_))
}
