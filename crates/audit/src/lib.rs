#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod disk;
mod events;
mod mail;
mod period;

use orglib_core::operations;
/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
pub use orglib_models::{OrgId, UserId, audit as model};

pub use crate::{
    disk::{DiskLog, ListDiskEvents},
    events::{Events, ListEvents},
    mail::{ListMailEvents, MailLog},
};

/// The setters of optional arguments, for calls and lists.
pub mod prelude {
    pub use crate::{disk::ListDiskEventsOptions, events::ListEventsOptions, mail::ListMailEventsOptions};
}

operations! { pub:
    ListEvents,
    ListMailEvents,
    ListDiskEvents,
}

/// The audit logs of one organisation.
#[derive(Clone, Debug)]
pub struct Audit {
    client: Client,
    org: OrgId,
}

impl Audit {
    /// The audit logs of the organisation with this id.
    pub fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// Events of the organisation: sign-ins, administration, Telemost, Messenger, Disk.
    pub fn events(&self) -> Events {
        Events::new(self.client.clone(), self.org)
    }

    /// Events of mailboxes.
    pub fn mail(&self) -> MailLog {
        MailLog::new(self.client.clone(), self.org)
    }

    /// Events of Disk, in the log that the service no longer extends; [`events`](Self::events) has taken its place.
    pub fn disk(&self) -> DiskLog {
        DiskLog::new(self.client.clone(), self.org)
    }
}
