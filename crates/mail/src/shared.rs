//! Mailboxes without an owner.

use std::num::NonZeroUsize;

use futures::{StreamExt, TryStreamExt, stream};
use orglib_core::{Change, Error, Page, handle, operation};
use orglib_models::{
    Email, MailboxId, OrgId,
    mail::{MailboxRef, MailboxSummary, SharedMailbox, SharedMailboxUpdate},
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
        fn create(
            email: impl Into<String>,
            name: impl Into<String>,
            description: impl Into<String>,
        ) -> Call<CreateSharedMailbox>;
        /// Replaces the name and the description of a shared mailbox.
        fn update(id: MailboxId, update: SharedMailboxUpdate) -> Call<UpdateSharedMailbox>;
        /// Deletes a shared mailbox, with everything in it.
        fn delete(id: MailboxId) -> Call<DeleteSharedMailbox>;
    }
}

impl SharedMailboxes {
    /// Changes the name or the description, and leaves what is not edited as it is.
    pub fn change(
        &self,
        id: MailboxId,
    ) -> Change<GetSharedMailbox, UpdateSharedMailbox, SharedMailboxUpdate> {
        let (org, read) = (self.org, GetSharedMailbox::new(self.org, id));
        let view = |mailbox: SharedMailbox| {
            SharedMailboxUpdate::new(mailbox.name, mailbox.description.unwrap_or_default())
        };
        Change::new(self.client.clone(), read, view, move |update| UpdateSharedMailbox::new(org, id, update))
    }

    /// Looks for a shared mailbox by its address. The list tells no addresses, so that mailboxes are read one by one,
    /// as many at a time as `concurrency` says.
    ///
    /// # Errors
    /// As [`Client::execute`](orglib_core::Client::execute).
    pub async fn find_by_email(
        &self,
        email: &Email,
        concurrency: NonZeroUsize,
    ) -> Result<Option<SharedMailbox>, Error> {
        let listed = self.list().try_collect().await?;
        let reads = listed.into_iter().map(|mailbox| self.get(mailbox.resource_id).find());
        let mut read = stream::iter(reads).buffer_unordered(concurrency.get());
        while let Some(found) = read.try_next().await? {
            let answers = |found: &SharedMailbox| found.email.as_deref().is_some_and(|found| email.is(found));
            if let Some(found) = found.filter(answers) {
                return Ok(Some(found));
            }
        }
        Ok(None)
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
    /// The whole address, in a domain that is connected to the organisation.
    #[body]
    email: String,
    /// The name: at least two characters, and no other shared mailbox has it.
    #[body]
    name: String,
    /// A free description; may be empty.
    #[body]
    description: String,
}

impl CreateSharedMailbox {
    fn check(&self) -> Result<(), String> {
        self.email.parse::<Email>().map_err(|error| format!("`{}`: {error}", self.email))?;
        check_name(&self.name)
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
