//! What the gateway answers.

use orglib_macros::model;

use super::OrgGuid;
use crate::Timestamp;

/// An organisation as the gateway shows it: it has a GUID there, and neither number nor uid.
#[model]
pub struct GatewayOrganization {
    /// The GUID.
    #[model(required)]
    pub org_guid: OrgGuid,
    /// The name.
    pub org_name: String,
    /// A reference of the customer's own: a serial number, an asset tag.
    pub org_ext_ref: Option<String>,
    /// Free notes.
    pub notes: Option<String>,
    /// The organisation above; nothing for the top one.
    pub parent_org_guid: Option<OrgGuid>,
    /// Whether it is active, which a deactivated one is not.
    pub active: Option<bool>,
    /// When it was made, in whichever form the server writes it.
    pub creation_date: Option<Timestamp>,
    /// When it was last changed.
    pub modification_date: Option<Timestamp>,
    /// When it was deactivated.
    pub deactivation_date: Option<Timestamp>,
    /// The key with which devices join: four groups of four characters.
    pub registration_key: Option<String>,
    /// How many users it has.
    pub user_count: Option<u64>,
    /// How many devices it has.
    pub computer_count: Option<u64>,
    /// How many organisations are below it.
    pub org_count: Option<u64>,
}
