#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod facts;
mod page;
mod workbook;

pub use crate::{
    facts::{Column, Facts, Kind},
    page::Page,
    workbook::{Workbook, WorkbookError},
};
