#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// The attribute names this crate by its name, here as everywhere.
extern crate self as orglib_core;

mod address;
mod call;
mod change;
mod client;
mod course;
mod download;
mod endpoints;
mod error;
mod error_kind;
mod half_letters;
mod handle;
mod json_pages;
mod json_path;
mod meta;
mod named;
mod named_task;
mod operation;
mod page;
mod pager;
mod paging;
mod poller;
mod renewal;
mod request;
mod service_error;
mod strict;

pub use orglib_macros::operation;
pub use orglib_transport as transport;

pub use crate::{
    address::AddressCall,
    call::{Call, List, RawCall, WithOperation},
    change::{Change, Changed},
    client::{Client, ClientBuilder, Full},
    download::Download,
    endpoints::{Endpoints, Generation, Host},
    error::Error,
    error_kind::ErrorKind,
    json_pages::JsonPages,
    meta::{OperationMeta, Parameter, Place, Scopes},
    named::{IntoJson, Json, NamedCall, NamedOperation},
    named_task::{NamedPoller, NamedTask, TaskRole},
    operation::{
        FromResponse, FromValues, Operation, OperationHomes, OperationName, PagedOperation, RawResponse,
    },
    page::Page,
    pager::{Pager, Pages},
    paging::{Continuation, InvalidContinuation, PageRequest, Paging, PagingStyle},
    poller::{Poller, Start, Started, StartsTask, TaskOperation, TaskProgress},
    renewal::{Lease, Renewal, credentials_error},
    request::RequestBuilder,
};

/// What the [`operation`] attribute writes code with. Not for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use http::Method;
    pub use orglib_models as models;
    pub use orglib_transport::{Expect, RateClass};

    pub use crate::meta::spelt_as_it_is;
}
