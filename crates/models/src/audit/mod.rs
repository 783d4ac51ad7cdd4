//! Audit logs: what the people of an organisation did.
//!
//! Nothing of an event is lost: a word that nobody has seen yet is kept, and so is every field that is not known here.

mod disk;
mod event;
mod event_type;
mod mail;
mod meta;

pub use self::{
    disk::{DiskEvent, DiskEventType},
    event::{AuditEvent, AuditEventStatus, AuditService, EnrichedEvent},
    event_type::AuditEventType,
    mail::{MailEvent, MailEventType, MailFolderType},
    meta::AuditEventMeta,
};
