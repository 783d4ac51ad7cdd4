//! Contacts of an employee: phones, addresses, sites.

use orglib_core::{Call, Error, handle, operation};
use orglib_models::{
    OrgId, UserId,
    directory::{Contact, ContactList, NewContact, User},
};

use crate::users::GetUser;

handle! {
    /// Contacts of one employee. Made by [`Users::contacts`](crate::Users::contacts).
    ///
    /// Those that the service makes itself, of addresses and aliases, can be neither changed nor removed; they are never
    /// sent.
    Contacts(org: OrgId, user: UserId) {
        /// Removes all contacts but those that the service made.
        fn delete() -> Call<DeleteContacts>;
    }
}

impl Contacts {
    /// Reads the contacts, those that the service made too.
    ///
    /// # Errors
    /// As reading the employee.
    pub async fn list(&self) -> Result<Vec<Contact>, Error> {
        let user = self.client.call(GetUser::new(self.org, self.user)).send().await?;
        Ok(user.contacts)
    }

    /// Adds contacts to those that are there. What is there already is not added again.
    ///
    /// The service can only replace all of them, so they are read first: what somebody else changes between is lost.
    ///
    /// # Errors
    /// As reading the employee and replacing the contacts.
    pub async fn add(&self, contacts: impl IntoIterator<Item = NewContact>) -> Result<User, Error> {
        let there = self.list().await?;
        let mut all: Vec<_> =
            there.iter().filter(|contact| contact.synthetic != Some(true)).map(NewContact::from).collect();
        for contact in contacts {
            let is_there = |other: &Contact| other.kind == contact.kind && other.value == contact.value;
            if !there.iter().any(is_there) && !all.contains(&contact) {
                all.push(contact);
            }
        }
        self.replace(all).send().await
    }

    /// Replaces all contacts but those that the service made.
    pub fn replace(&self, contacts: impl IntoIterator<Item = NewContact>) -> Call<ReplaceContacts> {
        self.client.call(ReplaceContacts::new(self.org, self.user, ContactList::new(contacts)))
    }
}

/// Replace all contacts of an employee but those that the service made.
#[operation(
    id = "put-user-contacts", put = "/v1/api360/directory/org/{org_id}/users/{user_id}/contacts", host = Cloud,
    legacy(id = "UserService_UpdateContacts", put = "/directory/v1/org/{orgId}/users/{userId}/contacts"),
    scopes = all("directory:write_users"),
    check = Self::check, output = User
)]
pub struct ReplaceContacts {
    #[path]
    org_id: OrgId,
    #[path]
    user_id: UserId,
    #[body(whole)]
    contacts: ContactList,
}

impl ReplaceContacts {
    fn check(&self) -> Result<(), String> {
        let length = |contact: &NewContact| contact.value.chars().count();
        match self.contacts.contacts.iter().find(|contact| !(1..=255).contains(&length(contact))) {
            Some(contact) => Err(format!(
                "the value of a contact (here a {}) has 1 to 255 characters, not {}",
                contact.kind,
                length(contact)
            )),
            None => Ok(()),
        }
    }
}

/// Remove all contacts of an employee but those that the service made.
#[operation(
    id = "delete-user-contacts", delete = "/v1/api360/directory/org/{org_id}/users/{user_id}/contacts", host = Cloud,
    legacy(id = "UserService_DeleteContacts", delete = "/directory/v1/org/{orgId}/users/{userId}/contacts"),
    scopes = all("directory:write_users")
)]
pub struct DeleteContacts {
    #[path]
    org_id: OrgId,
    #[path]
    user_id: UserId,
}
