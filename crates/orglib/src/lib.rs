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
/// What operations are made of, for one of your own; see the attribute [`operation`].
pub use orglib_core as core;
pub use orglib_core::{
    Call, Client, ClientBuilder, Continuation, Endpoints, Error, ErrorKind, FromValues, Full, Generation,
    Host, JsonPages, List, NamedCall, NamedOperation, NamedPoller, Operation, OperationHomes, OperationMeta,
    Page, PagedOperation, Pager, Pages, Paging, PagingStyle, Parameter, Place, Poller, RawCall, RawResponse,
    Scopes, Start, Started, TaskProgress, TaskRole, handle, operation,
};
#[cfg(feature = "directory")]
pub use orglib_directory as directory;
#[cfg(feature = "disk")]
pub use orglib_disk as disk;
#[cfg(feature = "domains")]
pub use orglib_domains as domains;
#[cfg(feature = "jobs")]
pub use orglib_jobs as jobs;
#[cfg(feature = "mail")]
pub use orglib_mail as mail;
pub use orglib_models as models;
#[cfg(feature = "oauth")]
pub use orglib_oauth as oauth;
#[cfg(feature = "security")]
pub use orglib_security as security;
pub use orglib_transport as transport;

#[cfg(feature = "code42")]
pub use crate::tenant::{Code42, Code42Builder};
pub use crate::yandex360::{Yandex360, Yandex360Builder};

/// A constant of each service that is built in.
macro_rules! of_services {
    ($table:ident) => {
        &[
            #[cfg(feature = "directory")]
            directory::$table,
            #[cfg(feature = "mail")]
            mail::$table,
            #[cfg(feature = "disk")]
            disk::$table,
            #[cfg(feature = "domains")]
            domains::$table,
            #[cfg(feature = "security")]
            security::$table,
            #[cfg(feature = "audit")]
            audit::$table,
            #[cfg(feature = "oauth")]
            oauth::$table,
            #[cfg(feature = "code42")]
            code42::$table,
        ]
    };
}

/// Every declared operation of the services that are built in, a table for each crate.
pub const OPERATIONS: &[&[OperationHomes]] = of_services!(OPERATIONS);

/// The same operations, to be called by name; but for those that sign somebody in.
pub const NAMED_OPERATIONS: &[&[NamedOperation]] = of_services!(NAMED_OPERATIONS);

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
    #[cfg(feature = "security")]
    pub use orglib_security::prelude::*;
}

/// The README of the workspace and the guide, whose samples are compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
#[doc = include_str!("../../../guide/src/getting-started.md")]
#[doc = include_str!("../../../guide/src/security.md")]
#[doc = include_str!("../../../guide/src/own-operations.md")]
struct Documents;
