#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod base;
mod environment;
#[cfg(feature = "code42")]
mod tenant;
mod yandex360;

#[cfg(feature = "audit")]
pub use orglib_audit as audit;
#[cfg(feature = "code42")]
pub use orglib_code42 as code42;
pub use orglib_core::{
    Call, Client, Continuation, Endpoints, Error, ErrorKind, Find, FromValues, Full, Generation, Host, List,
    Operation, OperationHomes, OperationMeta, Page, PagedOperation, Pager, Pages, Paging, PagingStyle,
    Parameter, Place, Poller, RawCall, RawPages, RawResponse, Scopes, Start, TaskProgress,
};
#[cfg(feature = "directory")]
pub use orglib_directory as directory;
#[cfg(feature = "disk")]
pub use orglib_disk as disk;
#[cfg(feature = "jobs")]
pub use orglib_jobs as jobs;
#[cfg(feature = "mail")]
pub use orglib_mail as mail;
pub use orglib_models as models;
#[cfg(feature = "oauth")]
pub use orglib_oauth as oauth;
pub use orglib_transport as transport;

#[cfg(feature = "code42")]
pub use crate::tenant::{Code42, Code42Builder};
pub use crate::yandex360::{Yandex360, Yandex360Builder};

/// Every declared operation of the services that are built in, a table for each crate.
pub const OPERATIONS: &[&[OperationHomes]] = &[
    #[cfg(feature = "directory")]
    directory::OPERATIONS,
    #[cfg(feature = "mail")]
    mail::OPERATIONS,
    #[cfg(feature = "disk")]
    disk::OPERATIONS,
    #[cfg(feature = "audit")]
    audit::OPERATIONS,
    #[cfg(feature = "oauth")]
    oauth::OPERATIONS,
    #[cfg(feature = "code42")]
    code42::OPERATIONS,
];

/// The setters of optional arguments, for calls and lists of all services.
pub mod prelude {
    #[cfg(feature = "audit")]
    pub use orglib_audit::prelude::*;
    #[cfg(feature = "code42")]
    pub use orglib_code42::prelude::*;
    #[cfg(feature = "directory")]
    pub use orglib_directory::prelude::*;
    #[cfg(feature = "disk")]
    pub use orglib_disk::prelude::*;
    #[cfg(feature = "mail")]
    pub use orglib_mail::prelude::*;
    #[cfg(feature = "oauth")]
    pub use orglib_oauth::prelude::*;
}

/// The README of the workspace and the guide, whose samples are compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
#[doc = include_str!("../../../guide/src/getting-started.md")]
struct Documents;
