//! Shared and delegated mailboxes, and who may do what with them.

use orglib_core::{Start, handle};
use orglib_models::{
    MailboxId, OrgId, TaskId, UserId,
    mail::{Role, RoleList},
};

use crate::{
    access::{GetAccessTask, ListActors, ListReachable, SetAccess},
    delegated::DelegatedMailboxes,
    shared::SharedMailboxes,
};

handle! {
    /// Shared and delegated mailboxes of one organisation. Made by [`Mail::mailboxes`](crate::Mail::mailboxes).
    Mailboxes(org: OrgId) {
        /// Mailboxes without an owner.
        fn shared() -> SharedMailboxes;
        /// Mailboxes that their owners let others use.
        fn delegated() -> DelegatedMailboxes;
        /// Lists the people with access to a mailbox. All come in one answer.
        fn actors(mailbox: impl Into<MailboxId>) -> Call<ListActors>;
        /// Lists the shared and delegated mailboxes that a person reaches. All come in one answer.
        fn reachable_by(user: UserId) -> Call<ListReachable>;
        /// The task of a change of rights that was started before.
        fn task(id: TaskId) -> Poller<GetAccessTask>;
    }
}

impl Mailboxes {
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
}
