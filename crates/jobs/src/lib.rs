#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod journal;

pub mod exposure;
pub mod forwarding;

pub use crate::journal::{JobKey, Journal, JournalError, Past};
