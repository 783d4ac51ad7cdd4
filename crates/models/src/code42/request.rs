//! What is sent to make or change an organisation.

use orglib_macros::request;

use super::{OrgGuid, OrgReference, Organization};
use crate::Patch;

/// A new organisation.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct NewOrganization {
    name: String,
    external_reference: Option<String>,
    notes: Option<String>,
    parent: Option<OrgReference>,
}

impl NewOrganization {
    /// An organisation of this name, below the top organisation.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), external_reference: None, notes: None, parent: None }
    }

    /// Sets the organisation above, by any of its ids.
    pub fn parent(mut self, parent: impl Into<OrgReference>) -> Self {
        self.parent = Some(parent.into());
        self
    }

    /// Sets a reference of the customer's own: a serial number, an asset tag.
    pub fn external_reference(mut self, reference: impl Into<String>) -> Self {
        self.external_reference = Some(reference.into());
        self
    }

    /// Sets free notes.
    pub fn notes(mut self, notes: impl Into<String>) -> Self {
        self.notes = Some(notes.into());
        self
    }

    /// The organisation above, where one was given.
    pub fn parent_reference(&self) -> Option<&OrgReference> {
        self.parent.as_ref()
    }

    /// What is sent.
    pub fn record(&self, parent: OrgGuid) -> OrganizationRecord {
        OrganizationRecord {
            org_name: self.name.clone(),
            org_ext_ref: set_or_null(self.external_reference.clone()),
            notes: set_or_null(self.notes.clone()),
            parent_org_guid: Some(parent),
        }
    }
}

/// A change of an organisation: what is not set stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct OrganizationChange {
    name: Option<String>,
    external_reference: Patch<String>,
    notes: Patch<String>,
}

impl OrganizationChange {
    /// A change of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets or clears the reference of the customer's own.
    pub fn external_reference(mut self, reference: impl Into<Patch<String>>) -> Self {
        self.external_reference = reference.into();
        self
    }

    /// Sets or clears the notes.
    pub fn notes(mut self, notes: impl Into<Patch<String>>) -> Self {
        self.notes = notes.into();
        self
    }

    /// What is sent for an organisation that reads so at the moment.
    ///
    /// Nobody has published what the service makes of a key that is missing or null, so that all are sent, with what
    /// they hold already. A cleared text is sent as an empty one.
    pub fn record(&self, current: &Organization) -> OrganizationRecord {
        let text = |patch: &Patch<String>, current: &Option<String>| match patch {
            Patch::Keep => set_or_null(current.clone()),
            Patch::Clear => Patch::Set(String::new()),
            Patch::Set(text) => Patch::Set(text.clone()),
        };
        OrganizationRecord {
            org_name: self.name.clone().unwrap_or_else(|| current.org_name.clone()),
            org_ext_ref: text(&self.external_reference, &current.org_ext_ref),
            notes: text(&self.notes, &current.notes),
            parent_org_guid: None,
        }
    }
}

/// A text that is sent in any case: as null where there is none.
fn set_or_null(text: Option<String>) -> Patch<String> {
    text.map_or(Patch::Clear, Patch::Set)
}

/// An organisation as it is sent. Made by [`NewOrganization::record`] and [`OrganizationChange::record`].
#[request(spelling = camel)]
pub struct OrganizationRecord {
    /// The name.
    pub org_name: String,
    /// The reference of the customer's own.
    pub org_ext_ref: Patch<String>,
    /// Free notes.
    pub notes: Patch<String>,
    /// The organisation above; only a new one has it.
    pub parent_org_guid: Option<OrgGuid>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_keeps_what_is_not_given() {
        let current: Organization = serde_json::from_str(
            r#"{"orgId":1,"orgUid":"1","orgName":"Old","orgExtRef":"REF","notes":"kept"}"#,
        )
        .unwrap();
        for (change, json) in [
            (OrganizationChange::new(), r#"{"orgName":"Old","orgExtRef":"REF","notes":"kept"}"#),
            (OrganizationChange::new().name("New"), r#"{"orgName":"New","orgExtRef":"REF","notes":"kept"}"#),
            (
                OrganizationChange::new().external_reference(Patch::Clear).notes("x".to_owned()),
                r#"{"orgName":"Old","orgExtRef":"","notes":"x"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&change.record(&current)).unwrap(), json);
        }
    }
}
