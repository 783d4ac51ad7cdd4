#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod clock;
mod credentials;
mod error;
mod policy;
mod request;
mod response;
mod stack;
mod stats;

use std::{fmt, sync::Arc};

use async_trait::async_trait;

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
    stack::{Layer, Stack, StackBuilder},
    stats::Stats,
};

/// A transport that is shared by all clones of a client.
pub type SharedTransport = Arc<dyn Transport>;

/// Sends one request once. No retry, no redirect to another host, no interpretation of the status.
#[async_trait]
pub trait Transport: Send + Sync + fmt::Debug + 'static {
    /// Sends the request and gives the answer, whatever its status. Fails only where no answer came.
    async fn send(&self, request: Request) -> Result<Response, TransportError>;
}
