#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod gate;
mod journal;
mod staff;

pub mod exposure;
pub mod reports;

pub use crate::{
    gate::JobError,
    journal::{JobKey, Journal, JournalError, Past},
    staff::AccountStatus,
};
