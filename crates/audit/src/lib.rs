#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod disk;
mod events;
mod mail;
mod period;

/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
use orglib_core::{handle, operations};
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

handle! {
    /// The audit logs of one organisation.
    Audit(org: OrgId) {
        /// Events of the organisation: sign-ins, administration, Telemost, Messenger, Disk.
        fn events() -> Events;
        /// Events of mailboxes.
        fn mail() -> MailLog;
        /// Events of Disk, in the log that the service no longer extends; [`events`](Self::events) has taken its place.
        fn disk() -> DiskLog;
    }
}
