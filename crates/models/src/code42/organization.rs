//! Organisations.

use serde::{Deserialize, Deserializer, Serialize};

use super::{OrgGuid, OrgId, OrgUid, id};
use crate::{
    Timestamp,
    lenient::{self, Scalar},
    open_enum::open_enum,
    timestamp,
};

/// An organisation of a Code42 tenant, as lists and single reads show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Organization {
    /// The number.
    #[serde(alias = "orgId")]
    pub org_id: OrgId,
    /// The uid.
    #[serde(alias = "orgUid")]
    pub org_uid: OrgUid,
    /// The GUID; servers of before 2022 leave it out.
    #[serde(default, alias = "orgGuid", deserialize_with = "id::optional_guid")]
    pub org_guid: Option<OrgGuid>,
    /// The name.
    #[serde(default, alias = "orgName", deserialize_with = "lenient::text")]
    pub org_name: String,
    /// A reference of the customer's own: a serial number, an asset tag.
    #[serde(default, alias = "orgExtRef", deserialize_with = "lenient::optional_text")]
    pub org_ext_ref: Option<String>,
    /// Free notes.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub notes: Option<String>,
    /// The state in a word.
    #[serde(default)]
    pub status: OrganizationStatus,
    /// Whether it is active, which a deactivated one is not.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub active: bool,
    /// Whether its users and devices are kept from signing in.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub blocked: bool,
    /// The number of the organisation above; nothing for the top one.
    #[serde(default, alias = "parentOrgId", deserialize_with = "lenient::optional_id")]
    pub parent_org_id: Option<OrgId>,
    /// The uid of the organisation above.
    #[serde(default, alias = "parentOrgUid", deserialize_with = "id::optional_uid")]
    pub parent_org_uid: Option<OrgUid>,
    /// The GUID of the organisation above.
    #[serde(default, alias = "parentOrgGuid", deserialize_with = "id::optional_guid")]
    pub parent_org_guid: Option<OrgGuid>,
    /// The kind.
    #[serde(default, rename = "type")]
    pub kind: OrganizationType,
    /// The class.
    #[serde(default)]
    pub classification: OrganizationClass,
    /// A second writing of the uid.
    #[serde(default, alias = "externalId", deserialize_with = "lenient::optional_text")]
    pub external_id: Option<String>,
    /// What is below it, itself included; often nothing is told.
    #[serde(default, alias = "hierarchyCounts", deserialize_with = "lenient::or_default")]
    pub hierarchy_counts: OrgCounts,
    /// What takes its settings from it; often nothing is told.
    #[serde(default, alias = "configInheritanceCounts", deserialize_with = "lenient::or_default")]
    pub config_inheritance_counts: OrgCounts,
    /// When it was made, in whichever form the server writes it.
    #[serde(default, alias = "creationDate", deserialize_with = "timestamp::optional")]
    pub creation_date: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, alias = "modificationDate", deserialize_with = "timestamp::optional")]
    pub modification_date: Option<Timestamp>,
    /// When it was deactivated.
    #[serde(default, alias = "deactivationDate", deserialize_with = "timestamp::optional")]
    pub deactivation_date: Option<Timestamp>,
    /// The key with which devices join: four groups of four characters.
    #[serde(default, alias = "registrationKey", deserialize_with = "lenient::optional_text")]
    pub registration_key: Option<String>,
    /// Who gets its reports.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub reporting: OrgReporting,
    /// Whether it has settings of its own.
    #[serde(default, alias = "customConfig", deserialize_with = "lenient::optional_flag")]
    pub custom_config: Option<bool>,
    /// Its own quota.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub settings: OrgQuota,
    /// The quota of the organisation above.
    #[serde(default, alias = "settingsInherited", deserialize_with = "lenient::or_default")]
    pub settings_inherited: OrgQuota,
    /// The quota in force.
    #[serde(default, alias = "settingsSummary", deserialize_with = "lenient::or_default")]
    pub settings_summary: OrgQuota,
}

open_enum! {
    /// The state of an organisation. Other words than these have not been seen in public.
    OrganizationStatus {
        /// In use.
        Active = "Active",
    }
}

open_enum! {
    /// The kind of an organisation. Other words than these have not been seen in public.
    OrganizationType {
        /// An enterprise.
        Enterprise = "ENTERPRISE",
    }
}

open_enum! {
    /// The class of an organisation. Other words than these have not been seen in public.
    OrganizationClass {
        /// The usual one.
        Basic = "BASIC",
    }
}

/// How many organisations and devices there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct OrgCounts {
    /// Organisations in all.
    #[serde(alias = "allOrgCount", deserialize_with = "lenient::optional_count")]
    pub all_org_count: Option<u64>,
    /// Devices in all.
    #[serde(alias = "allDeviceCount", deserialize_with = "lenient::optional_count")]
    pub all_device_count: Option<u64>,
    /// Organisations that inherit.
    #[serde(alias = "inheritedOrgCount", deserialize_with = "lenient::optional_count")]
    pub inherited_org_count: Option<u64>,
    /// Devices that inherit.
    #[serde(alias = "inheritedDeviceCount", deserialize_with = "lenient::optional_count")]
    pub inherited_device_count: Option<u64>,
}

/// Who gets an organisation's reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct OrgReporting {
    /// Its managers.
    #[serde(alias = "orgManagers", deserialize_with = "lenient::list")]
    pub org_managers: Vec<OrgManager>,
}

/// A manager of an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct OrgManager {
    /// The user's uid.
    #[serde(alias = "userUid", deserialize_with = "lenient::text")]
    pub uid: String,
    /// The user's name for signing in.
    #[serde(deserialize_with = "lenient::text")]
    pub username: String,
    /// The given name.
    #[serde(alias = "firstName", deserialize_with = "lenient::text")]
    pub first_name: String,
    /// The family name.
    #[serde(alias = "lastName", deserialize_with = "lenient::text")]
    pub last_name: String,
}

/// How much an organisation may use. -1 stands for no limit; nothing is told where it inherits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct OrgQuota {
    /// How many users.
    #[serde(alias = "maxSeats", deserialize_with = "optional_number")]
    pub max_seats: Option<i64>,
    /// How many bytes.
    #[serde(alias = "maxBytes", deserialize_with = "optional_number")]
    pub max_bytes: Option<i64>,
}

fn optional_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.text().trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organization_is_read_however_bare() {
        for json in [
            r#"{"orgId":4200,"orgUid":"944755074379520217"}"#,
            r#"{"orgId":"4200","orgUid":944755074379520217,"orgGuid":null,"orgName":null,"settings":null,
                "parentOrgId":null,"parentOrgUid":"","reporting":{},"hierarchyCounts":null,"status":null}"#,
            r#"{"orgId":4200,"orgUid":"944755074379520217","settings":{"maxSeats":"","maxBytes":null}}"#,
        ] {
            let org: Organization = serde_json::from_str(json).unwrap();
            assert_eq!((org.org_id.get(), org.org_uid.as_str()), (4200, "944755074379520217"), "{json}");
            assert_eq!((org.org_guid, org.parent_org_id, org.settings), (None, None, OrgQuota::default()));
        }
    }

    #[test]
    fn both_ways_of_writing_a_date_are_kept() {
        for date in ["2021-02-22T08:40:43.000Z", "Mon Feb 22 08:40:43 UTC 2021"] {
            let json =
                format!(r#"{{"orgId":1,"orgUid":"1","creationDate":"{date}","deactivationDate":null}}"#);
            let org: Organization = serde_json::from_str(&json).unwrap();
            assert_eq!(org.creation_date.unwrap().as_str(), date);
            assert_eq!(org.deactivation_date, None);
        }
    }
}
