#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod access;
mod delegated;
mod mailboxes;
mod shared;

use orglib_core::operations;
/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
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

/// The mail of one organisation.
#[derive(Clone, Debug)]
pub struct Mail {
    client: Client,
    org: OrgId,
}

impl Mail {
    /// The mail of the organisation with this id.
    pub fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// Shared and delegated mailboxes.
    pub fn mailboxes(&self) -> Mailboxes {
        Mailboxes::new(self.client.clone(), self.org)
    }
}
