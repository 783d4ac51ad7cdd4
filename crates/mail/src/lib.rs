#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod access;
mod delegated;
mod mailboxes;
mod shared;

/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
use orglib_core::{handle, operations};
pub use orglib_models::{MailboxId, OrgId, TaskId, UserId, mail as model};

pub use crate::{
    access::{GetAccessTask, ListActors, ListReachable, SetAccess},
    delegated::{DelegatedMailboxes, DisableDelegation, EnableDelegation, ListDelegatedMailboxes},
    mailboxes::Mailboxes,
    shared::{
        CreateSharedMailbox, DeleteSharedMailbox, GetSharedMailbox, ListSharedMailboxes, SharedMailboxes,
        UpdateSharedMailbox,
    },
};

/// The setters of optional arguments, for calls and lists.
pub mod prelude {
    pub use crate::access::SetAccessOptions;
}

operations! { pub:
    ListSharedMailboxes,
    GetSharedMailbox,
    CreateSharedMailbox,
    UpdateSharedMailbox,
    DeleteSharedMailbox,
    ListDelegatedMailboxes,
    EnableDelegation,
    DisableDelegation,
    ListActors,
    ListReachable,
    SetAccess,
    GetAccessTask,
}

handle! {
    /// The mail of one organisation.
    Mail(org: OrgId) {
        /// Shared and delegated mailboxes.
        fn mailboxes() -> Mailboxes;
    }
}
