//! What is sent about people and groups: the wire's own names.

use orglib_macros::request;

use super::{Contact, ContactType, MemberType};
use crate::{DepartmentId, GroupId, UserId};

/// A contact to be entered.
#[request]
pub struct NewContact {
    /// The kind of contact.
    #[request(name = "type")]
    pub kind: ContactType,
    /// The value, of 1 to 255 characters.
    pub value: String,
    /// A free label.
    pub label: Option<String>,
}

/// What is sent to keep a contact that is there.
impl From<&Contact> for NewContact {
    fn from(contact: &Contact) -> Self {
        Self { kind: contact.kind.clone(), value: contact.value.clone(), label: contact.label.clone() }
    }
}

/// The contacts of an employee, by who made them. Two are equal where people entered the same ones, in whichever order:
/// nothing else is ever sent.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ContactsByMaker {
    /// Those that people entered, and may change.
    pub entered: Vec<NewContact>,
    /// Those that the service makes of addresses and aliases, which nobody can change.
    pub synthetic: Vec<NewContact>,
}

impl PartialEq for ContactsByMaker {
    fn eq(&self, other: &Self) -> bool {
        let count = |these: &[NewContact], contact| these.iter().filter(|this| *this == contact).count();
        self.entered.len() == other.entered.len()
            && self.entered.iter().all(|one| count(&self.entered, one) == count(&other.entered, one))
    }
}

impl ContactsByMaker {
    /// Enters a contact, unless one of the same kind and value is there, whoever made it.
    pub fn add(&mut self, contact: NewContact) {
        let mut there = self.entered.iter().chain(&self.synthetic);
        if !there.any(|there| there.kind == contact.kind && there.value == contact.value) {
            self.entered.push(contact);
        }
    }
}

impl From<&[Contact]> for ContactsByMaker {
    fn from(contacts: &[Contact]) -> Self {
        let (synthetic, entered): (Vec<_>, Vec<_>) =
            contacts.iter().partition(|contact| contact.synthetic == Some(true));
        let sent = |contacts: Vec<&Contact>| contacts.into_iter().map(NewContact::from).collect();
        Self { entered: sent(entered), synthetic: sent(synthetic) }
    }
}

/// The name of a new employee.
#[request]
pub struct NewUserName {
    /// The given name.
    pub first: String,
    /// The family name.
    pub last: String,
    /// The patronymic or middle name.
    pub middle: Option<String>,
}

/// A change of a name; what is not given stays as it is.
#[request]
pub struct UserNameChange {
    /// The given name.
    pub first: Option<String>,
    /// The family name.
    pub last: Option<String>,
    /// The patronymic or middle name.
    pub middle: Option<String>,
}

/// Who or what is to become a member of a group.
#[request]
pub struct NewMember {
    /// The kind of member.
    #[request(name = "type")]
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
    fn contacts_are_the_same_in_any_order_and_whatever_the_service_makes() {
        let contacts = |entered: &[&str], synthetic: &[&str]| {
            let made = |values: &[&str]| {
                values.iter().map(|value| NewContact::new(ContactType::Phone, *value)).collect()
            };
            ContactsByMaker { entered: made(entered), synthetic: made(synthetic) }
        };
        assert_eq!(contacts(&["1", "2"], &[]), contacts(&["2", "1"], &["3"]));
        assert_ne!(contacts(&["1", "2"], &[]), contacts(&["1", "1"], &[]));
        assert_ne!(contacts(&["1", "1", "2"], &[]), contacts(&["1", "2", "2"], &[]));
        assert_ne!(contacts(&["1"], &[]), contacts(&[], &[]));
    }

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
