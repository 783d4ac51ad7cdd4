//! Organisations.

use orglib_macros::model;

use super::{OrgGuid, OrgNumber, OrgUid};
use crate::{Timestamp, open_enum::open_enum};

/// An organisation of a Code42 tenant, as lists and single reads show it.
#[model]
pub struct Organization {
    /// The number.
    #[model(required)]
    pub org_id: OrgNumber,
    /// The uid.
    #[model(required)]
    pub org_uid: OrgUid,
    /// The GUID; servers of before 2022 leave it out.
    pub org_guid: Option<OrgGuid>,
    /// The name.
    pub org_name: String,
    /// A reference of the customer's own: a serial number, an asset tag.
    pub org_ext_ref: Option<String>,
    /// Free notes.
    pub notes: Option<String>,
    /// The state in a word.
    pub status: OrganizationStatus,
    /// Whether it is active, which a deactivated one is not.
    pub active: Option<bool>,
    /// Whether its users and devices are kept from signing in.
    pub blocked: Option<bool>,
    /// The number of the organisation above; nothing for the top one.
    pub parent_org_id: Option<OrgNumber>,
    /// The uid of the organisation above.
    pub parent_org_uid: Option<OrgUid>,
    /// The GUID of the organisation above.
    pub parent_org_guid: Option<OrgGuid>,
    /// The kind.
    #[model(name = "type")]
    pub kind: OrganizationType,
    /// The class.
    pub classification: OrganizationClass,
    /// A second writing of the uid.
    pub external_id: Option<String>,
    /// What is below it, itself included; often nothing is told.
    pub hierarchy_counts: OrgCounts,
    /// What takes its settings from it; often nothing is told.
    pub config_inheritance_counts: OrgCounts,
    /// When it was made, in whichever form the server writes it.
    pub creation_date: Option<Timestamp>,
    /// When it was last changed.
    pub modification_date: Option<Timestamp>,
    /// When it was deactivated.
    pub deactivation_date: Option<Timestamp>,
    /// The key with which devices join: four groups of four characters.
    pub registration_key: Option<String>,
    /// Who gets its reports.
    pub reporting: OrgReporting,
    /// Whether it has settings of its own.
    pub custom_config: Option<bool>,
    /// Its own quota.
    pub settings: OrgQuota,
    /// The quota of the organisation above.
    pub settings_inherited: OrgQuota,
    /// The quota in force.
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
#[model]
pub struct OrgCounts {
    /// Organisations in all.
    pub all_org_count: Option<u64>,
    /// Devices in all.
    pub all_device_count: Option<u64>,
    /// Organisations that inherit.
    pub inherited_org_count: Option<u64>,
    /// Devices that inherit.
    pub inherited_device_count: Option<u64>,
}

/// Who gets an organisation's reports.
#[model]
pub struct OrgReporting {
    /// Its managers.
    pub org_managers: Vec<OrgManager>,
}

/// A manager of an organisation.
#[model]
pub struct OrgManager {
    /// The user's uid.
    #[model(alias = "userUid")]
    pub uid: String,
    /// The user's name for signing in.
    pub username: String,
    /// The given name.
    pub first_name: String,
    /// The family name.
    pub last_name: String,
}

/// How much an organisation may use. -1 stands for no limit; nothing is told where it inherits.
#[model]
pub struct OrgQuota {
    /// How many users.
    pub max_seats: Option<i64>,
    /// How many bytes.
    pub max_bytes: Option<i64>,
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
