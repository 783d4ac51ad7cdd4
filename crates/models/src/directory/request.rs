//! What is sent about people and groups: the wire's own names.

use serde::Serialize;

use super::{Contact, ContactType, MemberType};
use crate::{DepartmentId, GroupId, UserId};

/// A contact to be entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NewContact {
    /// The kind of contact.
    #[serde(rename = "type")]
    pub kind: ContactType,
    /// The value, of 1 to 255 characters.
    pub value: String,
    /// A free label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

impl NewContact {
    /// A contact without a label.
    #[must_use]
    pub fn new(kind: ContactType, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), label: None }
    }

    /// Sets the label.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

/// What is sent to keep a contact that is there.
impl From<&Contact> for NewContact {
    fn from(contact: &Contact) -> Self {
        Self { kind: contact.kind.clone(), value: contact.value.clone(), label: contact.label.clone() }
    }
}

/// All contacts that an employee is to have, but those that the service makes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ContactList {
    /// The contacts.
    pub contacts: Vec<NewContact>,
}

impl ContactList {
    /// These contacts.
    #[must_use]
    pub fn new(contacts: impl IntoIterator<Item = NewContact>) -> Self {
        Self { contacts: contacts.into_iter().collect() }
    }
}

/// Who or what is to become a member of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NewMember {
    /// The kind of member.
    #[serde(rename = "type")]
    pub kind: MemberType,
    /// The member's id, as text for every kind.
    pub id: String,
}

impl From<UserId> for NewMember {
    fn from(id: UserId) -> Self {
        Self { kind: MemberType::User, id: id.to_string() }
    }
}

impl From<GroupId> for NewMember {
    fn from(id: GroupId) -> Self {
        Self { kind: MemberType::Group, id: id.to_string() }
    }
}

impl From<DepartmentId> for NewMember {
    fn from(id: DepartmentId) -> Self {
        Self { kind: MemberType::Department, id: id.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_request_takes_is_sent_of_a_contact() {
        let contact: Contact = serde_json::from_str(
            r#"{"type":"icq","value":"7","main":true,"alias":false,"synthetic":false,"label":""}"#,
        )
        .unwrap();
        assert_eq!(
            serde_json::to_string(&NewContact::from(&contact)).unwrap(),
            r#"{"type":"icq","value":"7"}"#
        );
    }
}
