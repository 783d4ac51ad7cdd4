#![doc = include_str!("../README.md")]

mod created;
mod date;
mod domain_name;
mod id;
mod lenient;
mod open_enum;
mod patch;
mod reference;
mod task;
mod timestamp;
mod words;

pub mod audit;
pub mod code42;
pub mod directory;
pub mod disk;
pub mod domains;
pub mod mail;
pub mod oauth;
pub mod security;
pub mod shape;
pub mod text;
pub mod value;

/// The fields of something that this version does not know, as they came.
pub type OtherFields = serde_json::Map<String, serde_json::Value>;

pub use crate::{
    created::Created,
    date::{Date, InvalidDate},
    domain_name::{DomainName, InvalidDomainName},
    id::{
        DepartmentId, DnsRecordId, EmptyId, ExternalContactId, GroupId, InvalidId, MailListId, MailboxId,
        OfficeId, OrgId, RoomId, ServiceApplicationId, TaskId, UserId,
    },
    open_enum::Unknown,
    patch::Patch,
    reference::{Addressed, Email, InvalidEmail, InvalidReference, Reference},
    task::NamesTask,
    timestamp::{InvalidTimestamp, Timestamp},
};
