//! What is sent to make or change an organisation.

use orglib_macros::request;
use serde::Serialize;

use super::{OrgGuid, Organization};
use crate::Patch;

/// An organisation as it is sent.
#[request(spelling = camel)]
pub struct OrganizationRecord {
    /// The name.
    pub org_name: String,
    /// A reference of the customer's own: a serial number, an asset tag.
    pub org_ext_ref: Patch<String>,
    /// Free notes.
    pub notes: Patch<String>,
    /// The organisation above; only a new one has it.
    pub parent_org_guid: Option<OrgGuid>,
}

/// What can be changed of an organisation. A text that is empty and one that is not there are the same.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct OrganizationTexts {
    /// The name.
    pub name: String,
    /// The reference of the customer's own; an empty one clears it.
    pub external_reference: Option<String>,
    /// Free notes; empty ones clear them.
    pub notes: Option<String>,
}

impl PartialEq for OrganizationTexts {
    fn eq(&self, other: &Self) -> bool {
        let texts = |these: &Self| {
            [&these.external_reference, &these.notes].map(|text| text.clone().unwrap_or_default())
        };
        self.name == other.name && texts(self) == texts(other)
    }
}

impl From<Organization> for OrganizationTexts {
    fn from(organization: Organization) -> Self {
        let Organization { org_name, org_ext_ref, notes, .. } = organization;
        Self { name: org_name, external_reference: org_ext_ref, notes }
    }
}

/// Nobody has published what the service makes of a key that is missing, or of null where there is a text: it may well
/// keep that. So all keys are sent: null where there is nothing, and an empty text where one is cleared.
impl From<OrganizationTexts> for OrganizationRecord {
    fn from(texts: OrganizationTexts) -> Self {
        let sent = |text: Option<String>| text.map_or(Patch::Clear, Patch::Set);
        Self::new(texts.name).org_ext_ref(sent(texts.external_reference)).notes(sent(texts.notes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_keeps_what_is_not_edited() {
        let current: Organization = serde_json::from_str(
            r#"{"orgId":1,"orgUid":"1","orgName":"Old","orgExtRef":"REF","notes":null}"#,
        )
        .unwrap();
        let sent = |edit: fn(&mut OrganizationTexts)| {
            let mut texts = OrganizationTexts::from(current.clone());
            edit(&mut texts);
            serde_json::to_string(&OrganizationRecord::from(texts)).unwrap()
        };
        assert_eq!(sent(|_| {}), r#"{"orgName":"Old","orgExtRef":"REF","notes":null}"#);
        assert_eq!(
            sent(|texts| texts.name = "New".to_owned()),
            r#"{"orgName":"New","orgExtRef":"REF","notes":null}"#
        );
        assert_eq!(
            sent(|texts| texts.external_reference = Some(String::new())),
            r#"{"orgName":"Old","orgExtRef":"","notes":null}"#
        );
    }
}
