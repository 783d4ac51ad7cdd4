//! Shared and delegated mailboxes, and who may do what with them.

use orglib_core::{Call, Client, Poller, Start};
use orglib_models::{
    MailboxId, OrgId, TaskId, UserId,
    mail::{Role, RoleList},
};

use crate::{
    access::{GetAccessTask, ListActors, ListReachable, SetAccess},
    delegated::DelegatedMailboxes,
    shared::SharedMailboxes,
};

/// Shared and delegated mailboxes of one organisation. Made by [`Mail::mailboxes`](crate::Mail::mailboxes).
#[derive(Clone, Debug)]
pub struct Mailboxes {
    client: Client,
    org: OrgId,
}

impl Mailboxes {
    pub(crate) fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// Mailboxes without an owner.
    pub fn shared(&self) -> SharedMailboxes {
        SharedMailboxes::new(self.client.clone(), self.org)
    }

    /// Mailboxes that their owners let others use.
    pub fn delegated(&self) -> DelegatedMailboxes {
        DelegatedMailboxes::new(self.client.clone(), self.org)
    }

    /// Lists the people with access to a mailbox. All come in one answer.
    pub fn actors(&self, mailbox: impl Into<MailboxId>) -> Call<ListActors> {
        self.client.call(ListActors::new(self.org, mailbox))
    }

    /// Lists the shared and delegated mailboxes that a person reaches. All come in one answer.
    pub fn reachable_by(&self, user: UserId) -> Call<ListReachable> {
        self.client.call(ListReachable::new(self.org, user))
    }

    /// Gives a person these roles on a mailbox, in place of those that the person has there. A delegated mailbox must
    /// be opened first: [`DelegatedMailboxes::enable`].
    pub fn grant(
        &self,
        mailbox: impl Into<MailboxId>,
        actor: UserId,
        roles: impl IntoIterator<Item = Role>,
    ) -> Start<SetAccess> {
        self.client.start(SetAccess::new(self.org, mailbox, actor, RoleList::new(roles)))
    }

    /// Takes all roles on a mailbox from a person.
    pub fn revoke(&self, mailbox: impl Into<MailboxId>, actor: UserId) -> Start<SetAccess> {
        self.client.start(SetAccess::new(self.org, mailbox, actor, RoleList::none()))
    }

    /// The task of a change of rights that was started before.
    pub fn task(&self, id: TaskId) -> Poller<GetAccessTask> {
        self.client.poller(GetAccessTask::new(self.org, id))
    }
}
