//! Mailboxes without an owner.

use orglib_core::{Page, handle, operation};
use orglib_models::{
    MailboxId, OrgId,
    mail::{MailboxRef, MailboxSummary, NewSharedMailbox, SharedMailbox, SharedMailboxUpdate},
};

handle! {
    /// Shared mailboxes of one organisation. Made by [`Mailboxes::shared`](crate::Mailboxes::shared).
    SharedMailboxes(org: OrgId) {
        /// Lists shared mailboxes, in brief.
        fn list() -> List<ListSharedMailboxes>;
        /// Reads one shared mailbox; [`Call::find`] gives `None` where there is none.
        fn get(id: MailboxId) -> Call<GetSharedMailbox>;
        /// Makes a shared mailbox. It is not repeated after a lost reply, for it might make two: see
        /// [`Error::was_sent`](orglib_core::Error::was_sent).
        fn create(mailbox: NewSharedMailbox) -> Call<CreateSharedMailbox>;
        /// Replaces the name and the description of a shared mailbox.
        fn update(id: MailboxId, update: SharedMailboxUpdate) -> Call<UpdateSharedMailbox>;
        /// Deletes a shared mailbox, with everything in it.
        fn delete(id: MailboxId) -> Call<DeleteSharedMailbox>;
    }
}

/// List shared mailboxes, a page of 100 at a time. No maximum is documented; a server that has a smaller one says so
/// in its answer.
#[operation(
    id = "MailboxService_ListShared", get = "/admin/v1/org/{orgId}/mailboxes/shared", host = Api360,
    scopes = any("ya360_admin:mail_read_shared_mailbox_inventory"),
    list = "resources", paging = number(100), output = Page<MailboxSummary>
)]
pub struct ListSharedMailboxes {
    #[path]
    org_id: OrgId,
}

/// Show one shared mailbox.
#[operation(
    id = "MailboxService_GetShared", get = "/admin/v1/org/{orgId}/mailboxes/shared/{resourceId}", host = Api360,
    scopes = any("ya360_admin:mail_read_shared_mailbox_inventory"),
    output = SharedMailbox
)]
pub struct GetSharedMailbox {
    #[path]
    org_id: OrgId,
    #[path]
    resource_id: MailboxId,
}

/// Create a shared mailbox: the one PUT that does not have the same effect when it is sent twice.
#[operation(
    id = "MailboxService_CreateShared", put = "/admin/v1/org/{orgId}/mailboxes/shared", host = Api360,
    scopes = any("ya360_admin:mail_write_shared_mailbox_inventory"), idempotent = false,
    check = Self::check, output = MailboxRef
)]
pub struct CreateSharedMailbox {
    #[path]
    org_id: OrgId,
    #[body(whole)]
    mailbox: NewSharedMailbox,
}

impl CreateSharedMailbox {
    fn check(&self) -> Result<(), String> {
        let email = &self.mailbox.email;
        let parts = email.split_once('@').filter(|(name, domain)| !name.is_empty() && !domain.is_empty());
        if parts.is_none() || email.contains(char::is_whitespace) {
            return Err(format!("`{email}` is no e-mail address; give a whole one, as in info@example.org"));
        }
        check_name(&self.mailbox.name)
    }
}

fn check_name(name: &str) -> Result<(), String> {
    if name.chars().count() < 2 {
        return Err("the name of a shared mailbox has at least two characters".to_owned());
    }
    Ok(())
}

/// Replace the name and the description of a shared mailbox.
#[operation(
    id = "MailboxService_UpdateShared", put = "/admin/v1/org/{orgId}/mailboxes/shared/{resourceId}", host = Api360,
    scopes = any("ya360_admin:mail_write_shared_mailbox_inventory"),
    check = Self::check, output = MailboxRef
)]
pub struct UpdateSharedMailbox {
    #[path]
    org_id: OrgId,
    #[path]
    resource_id: MailboxId,
    #[body(whole)]
    update: SharedMailboxUpdate,
}

impl UpdateSharedMailbox {
    fn check(&self) -> Result<(), String> {
        check_name(&self.update.name)
    }
}

/// Delete a shared mailbox, with everything in it.
#[operation(
    id = "MailboxService_DeleteShared", delete = "/admin/v1/org/{orgId}/mailboxes/shared/{resourceId}", host = Api360,
    scopes = any("ya360_admin:mail_write_shared_mailbox_inventory")
)]
pub struct DeleteSharedMailbox {
    #[path]
    org_id: OrgId,
    #[path]
    resource_id: MailboxId,
}
