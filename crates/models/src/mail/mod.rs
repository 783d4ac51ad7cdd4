//! Mail of an organisation: shared and delegated mailboxes.

mod mailbox;
mod request;

pub use self::{
    mailbox::{
        Actor, Actors, MailboxAccess, MailboxKind, MailboxRef, MailboxSummary, Reachable, Role,
        SharedMailbox, Task, TaskRef, TaskStatus,
    },
    request::{Notify, RoleList, SharedMailboxUpdate},
};
