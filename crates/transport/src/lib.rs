#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod clock;
mod credentials;
mod error;
#[cfg(feature = "reqwest")]
mod http_transport;
mod layers;
mod limiter;
mod policy;
mod progress;
mod request;
mod response;
mod retry_after;
mod stack;
mod stats;
#[cfg(feature = "tower")]
mod tower_service;

use std::{fmt, sync::Arc};

/// What a transport of one's own is written with.
pub use async_trait::async_trait;
pub use bytes;
pub use http;
pub use url;

pub use crate::{
    body::{Body, ByteStream, ResponseBody},
    clock::{Clock, SharedClock, Sleep, SystemClock},
    credentials::{
        CredentialContext, Credentials, InvalidToken, SecretString, SharedCredentials, StaticToken,
    },
    error::{TransportError, TransportErrorKind},
    policy::{InvalidRate, Rate, RatePolicy, RetryPolicy},
    request::{Expect, RateClass, Request, RequestMeta},
    response::Response,
    retry_after::retry_after,
    stack::{Layer, Stack, StackBuilder},
    stats::{Activity, Stats},
};

#[cfg(feature = "reqwest")]
pub use crate::http_transport::{HttpTransport, HttpTransportBuilder, HttpTransportError};
#[cfg(feature = "tower")]
pub use crate::tower_service::{ServiceTransport, TransportService};

/// A transport that is shared by all clones of a client.
pub type SharedTransport = Arc<dyn Transport>;

/// Sends one request once. No retry, no redirect to another host, no interpretation of the status.
#[async_trait]
pub trait Transport: Send + Sync + fmt::Debug + 'static {
    /// Sends the request and gives the answer, whatever its status. Fails only where no answer came.
    async fn send(&self, request: Request) -> Result<Response, TransportError>;
}
