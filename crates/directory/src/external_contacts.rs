//! Shared contacts of an organisation.

use orglib_core::{Page, handle, operation};
use orglib_models::{
    Created, ExternalContactId, OrgId,
    directory::{ExternalContact, NewExternalContactEmail, NewExternalContactPhone},
};

handle! {
    /// Shared contacts of one organisation. Made by [`Directory::external_contacts`](crate::Directory::external_contacts).
    ExternalContacts(org: OrgId) {
        /// Lists shared contacts.
        fn list() -> List<ListExternalContacts>;
        /// Reads one shared contact; [`Call::find`] gives `None` where there is none.
        fn get(id: ExternalContactId) -> Call<GetExternalContact>;
        /// Adds a shared contact. It needs an address at least, and exactly one of them is the main one.
        fn create(
            first_name: impl Into<String>,
            last_name: impl Into<String>,
            emails: impl IntoIterator<Item = impl Into<NewExternalContactEmail>>,
        ) -> Call<CreateExternalContact>;
        /// Changes the texts of a shared contact; what is not given stays as it is.
        fn update(id: ExternalContactId) -> Call<UpdateExternalContact>;
        /// Replaces the addresses of a shared contact, exactly one of which is the main one.
        fn replace_emails(
            id: ExternalContactId,
            emails: impl IntoIterator<Item = impl Into<NewExternalContactEmail>>,
        ) -> Call<ReplaceExternalContactEmails>;
        /// Replaces the phones of a shared contact; none removes all.
        fn replace_phones(
            id: ExternalContactId,
            phones: impl IntoIterator<Item = impl Into<NewExternalContactPhone>>,
        ) -> Call<ReplaceExternalContactPhones>;
        /// Deletes a shared contact.
        fn delete(id: ExternalContactId) -> Call<DeleteExternalContact>;
    }
}

/// List shared contacts.
#[operation(
    id = "ExternalContactService_List", get = "/directory/v1/org/{orgId}/external_contacts", host = Api360,
    scopes = any("directory:read_external_contacts", "directory:write_external_contacts"),
    list = "contacts", paging = number(100), output = Page<ExternalContact>
)]
pub struct ListExternalContacts {
    #[path]
    org_id: OrgId,
}

/// Show one shared contact.
#[operation(
    id = "ExternalContactService_Get", get = "/directory/v1/org/{orgId}/external_contacts/{contactId}",
    host = Api360, scopes = any("directory:read_external_contacts", "directory:write_external_contacts"),
    output = ExternalContact
)]
pub struct GetExternalContact {
    #[path]
    org_id: OrgId,
    /// The shared contact.
    #[path]
    contact_id: ExternalContactId,
}

/// Add a shared contact. It needs an address at least, and exactly one of them is the main one.
#[operation(
    id = "ExternalContactService_Create", post = "/directory/v1/org/{orgId}/external_contacts", host = Api360,
    scopes = all("directory:write_external_contacts"), check = Self::check, output = Created<ExternalContactId>
)]
pub struct CreateExternalContact {
    #[path]
    org_id: OrgId,
    /// The first name.
    #[body]
    first_name: String,
    /// The last name.
    #[body]
    last_name: String,
    /// The middle name.
    #[body]
    middle_name: Option<String>,
    /// The job title.
    #[body]
    title: Option<String>,
    /// The company.
    #[body]
    company: Option<String>,
    /// The department.
    #[body]
    department: Option<String>,
    /// The postal address.
    #[body]
    address: Option<String>,
    /// The organisation's own id of the contact. It cannot be changed later.
    #[body]
    external_id: Option<String>,
    /// The addresses, exactly one of which is the main one.
    #[body]
    emails: Vec<NewExternalContactEmail>,
    /// The phones.
    #[body]
    phones: Option<Vec<NewExternalContactPhone>>,
}

/// Change the texts of a shared contact. What is not given stays as it is.
#[operation(
    id = "ExternalContactService_Update", patch = "/directory/v1/org/{orgId}/external_contacts/{contactId}",
    host = Api360, scopes = all("directory:write_external_contacts"), idempotent = true,
    output = Created<ExternalContactId>
)]
pub struct UpdateExternalContact {
    #[path]
    org_id: OrgId,
    /// The shared contact.
    #[path]
    contact_id: ExternalContactId,
    /// The first name.
    #[body]
    first_name: Option<String>,
    /// The last name.
    #[body]
    last_name: Option<String>,
    /// The middle name.
    #[body]
    middle_name: Option<String>,
    /// The job title.
    #[body]
    title: Option<String>,
    /// The company.
    #[body]
    company: Option<String>,
    /// The department.
    #[body]
    department: Option<String>,
    /// The postal address.
    #[body]
    address: Option<String>,
}

/// Replace the addresses of a shared contact.
#[operation(
    id = "ExternalContactService_UpdateEmails",
    put = "/directory/v1/org/{orgId}/external_contacts/{contactId}/emails", host = Api360,
    scopes = all("directory:write_external_contacts"), check = Self::check, output = Created<ExternalContactId>
)]
pub struct ReplaceExternalContactEmails {
    #[path]
    org_id: OrgId,
    /// The shared contact.
    #[path]
    contact_id: ExternalContactId,
    /// The addresses, exactly one of which is the main one.
    #[body]
    emails: Vec<NewExternalContactEmail>,
}

/// Replace the phones of a shared contact.
#[operation(
    id = "ExternalContactService_UpdatePhones",
    put = "/directory/v1/org/{orgId}/external_contacts/{contactId}/phones", host = Api360,
    scopes = all("directory:write_external_contacts"), check = Self::check, output = Created<ExternalContactId>
)]
pub struct ReplaceExternalContactPhones {
    #[path]
    org_id: OrgId,
    /// The shared contact.
    #[path]
    contact_id: ExternalContactId,
    /// The phones, at most one of which is the main one; none removes all.
    #[body]
    phones: Vec<NewExternalContactPhone>,
}

/// Delete a shared contact.
#[operation(
    id = "ExternalContactService_Delete",
    delete = "/directory/v1/org/{orgId}/external_contacts/{contactId}", host = Api360,
    scopes = all("directory:write_external_contacts"), output = ()
)]
pub struct DeleteExternalContact {
    #[path]
    org_id: OrgId,
    /// The shared contact.
    #[path]
    contact_id: ExternalContactId,
}

impl CreateExternalContact {
    fn check(&self) -> Result<(), String> {
        one_main(&self.emails)?;
        self.phones.as_deref().map_or(Ok(()), at_most_one_main)
    }
}

impl ReplaceExternalContactEmails {
    fn check(&self) -> Result<(), String> {
        one_main(&self.emails)
    }
}

impl ReplaceExternalContactPhones {
    fn check(&self) -> Result<(), String> {
        at_most_one_main(&self.phones)
    }
}

fn one_main(emails: &[NewExternalContactEmail]) -> Result<(), String> {
    match emails.iter().filter(|email| email.main == Some(true)).count() {
        1 => Ok(()),
        count => Err(format!(
            "`emails`: exactly one address of a shared contact is the main one (main=true), and of these {count} are"
        )),
    }
}

fn at_most_one_main(phones: &[NewExternalContactPhone]) -> Result<(), String> {
    match phones.iter().filter(|phone| phone.main == Some(true)).count() {
        0 | 1 => Ok(()),
        count => Err(format!(
            "`phones`: at most one phone of a shared contact is the main one (main=true), and of these {count} are"
        )),
    }
}
