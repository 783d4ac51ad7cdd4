//! Mailboxes that their owners let others use.

use orglib_core::{Page, handle, operation};
use orglib_models::{
    OrgId, UserId,
    mail::{MailboxRef, MailboxSummary},
};

handle! {
    /// Delegated mailboxes of one organisation. Made by [`Mailboxes::delegated`](crate::Mailboxes::delegated).
    DelegatedMailboxes(org: OrgId) {
        /// Lists the mailboxes that are open for delegation, in brief.
        fn list() -> List<ListDelegatedMailboxes>;
        /// Opens an employee's mailbox for delegation. Nobody has access until it is granted.
        fn enable(owner: UserId) -> Call<EnableDelegation>;
        /// Closes an employee's mailbox for delegation.
        fn disable(owner: UserId) -> Call<DisableDelegation>;
    }
}

/// List the mailboxes that are open for delegation, a page of 100 at a time.
#[operation(
    id = "MailboxService_ListDelegated", get = "/admin/v1/org/{orgId}/mailboxes/delegated", host = Api360,
    scopes = any("ya360_admin:mail_read_shared_mailbox_inventory"),
    list = "resources", paging = number(100), output = Page<MailboxSummary>
)]
pub struct ListDelegatedMailboxes {
    #[path]
    org_id: OrgId,
}

/// Open an employee's mailbox for delegation. Nobody may use it until that is granted.
#[operation(
    id = "MailboxService_CreateDelegated", put = "/admin/v1/org/{orgId}/mailboxes/delegated", host = Api360,
    scopes = any("ya360_admin:mail_write_shared_mailbox_inventory"),
    output = MailboxRef
)]
pub struct EnableDelegation {
    #[path]
    org_id: OrgId,
    /// The owner: a mailbox that an employee lets others use has its owner's id.
    #[body]
    resource_id: UserId,
}

/// Close an employee's mailbox for delegation. Nobody else may use it then.
#[operation(
    id = "MailboxService_DeleteDelegated", delete = "/admin/v1/org/{orgId}/mailboxes/delegated/{resourceId}",
    host = Api360,
    scopes = any("ya360_admin:mail_write_shared_mailbox_inventory")
)]
pub struct DisableDelegation {
    #[path]
    org_id: OrgId,
    /// The owner.
    #[path]
    resource_id: UserId,
}
