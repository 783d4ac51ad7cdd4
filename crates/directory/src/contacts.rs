//! Contacts of an employee: phones, addresses, sites.

use orglib_core::{Change, handle, operation};
use orglib_models::{
    OrgId, UserId,
    directory::{ContactsByMaker, NewContact, User},
};

use crate::users::GetUser;

handle! {
    /// Contacts of one employee. Made by [`Users::contacts`](crate::Users::contacts), and read with the employee.
    ///
    /// Those that the service makes itself, of addresses and aliases, can be neither changed nor removed; they are never
    /// sent.
    Contacts(org: OrgId, user: UserId) {
        /// Replaces all contacts but those that the service made.
        fn replace(contacts: impl IntoIterator<Item = NewContact>) -> Call<ReplaceContacts>;
        /// Removes all contacts but those that the service made.
        fn delete() -> Call<DeleteContacts>;
    }
}

impl Contacts {
    /// Changes the contacts that people entered. The service can only replace all of them.
    pub fn change(&self) -> Change<GetUser, ReplaceContacts, ContactsByMaker> {
        let (org, user) = (self.org, self.user);
        Change::new(
            self.client.clone(),
            GetUser::new(org, user),
            |user: User| ContactsByMaker::from(user.contacts.as_slice()),
            move |contacts: ContactsByMaker| ReplaceContacts::new(org, user, contacts.entered),
        )
    }

    /// Adds contacts; what is there already is not added again.
    pub fn add(
        &self,
        contacts: impl IntoIterator<Item = NewContact>,
    ) -> Change<GetUser, ReplaceContacts, ContactsByMaker> {
        let new: Vec<_> = contacts.into_iter().collect();
        self.change().edit(|contacts| new.into_iter().for_each(|contact| contacts.add(contact)))
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
    /// The contacts.
    #[body]
    contacts: Vec<NewContact>,
}

impl ReplaceContacts {
    fn check(&self) -> Result<(), String> {
        let length = |contact: &NewContact| contact.value.chars().count();
        match self.contacts.iter().find(|contact| !(1..=255).contains(&length(contact))) {
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
