#![doc = include_str!("../README.md")]

mod created;
mod id;
mod lenient;
mod open_enum;
mod patch;
mod reference;
mod timestamp;
mod words;

pub mod audit;
pub mod code42;
pub mod directory;
pub mod disk;
pub mod mail;
pub mod oauth;
pub mod shape;
pub mod text;
pub mod value;

pub use crate::{
    created::Created,
    id::{
        DepartmentId, EmptyId, ExternalContactId, GroupId, InvalidId, MailboxId, OfficeId, OrgId, RoomId,
        TaskId, UserId,
    },
    open_enum::Unknown,
    patch::Patch,
    reference::{Email, InvalidEmail, InvalidReference, Reference},
    timestamp::{InvalidTimestamp, Timestamp},
};
