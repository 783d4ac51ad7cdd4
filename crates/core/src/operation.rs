//! What an operation is.

use std::{collections::HashMap, fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use orglib_models::value::Values;
use orglib_transport::Request;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::{
    Endpoints, Error, Full, Generation, NamedTask, OperationMeta, PageRequest, Paging, RequestBuilder,
    TaskRole, download::Open, strict,
};

/// One operation of an API: pure data that makes a request and reads its answer. It does no I/O.
///
/// Most operations are structs with the [`operation`](crate::operation) attribute.
pub trait Operation: Send + Sync + 'static {
    /// What is fixed about the operation.
    const META: &'static OperationMeta;
    /// The same operation on the legacy host, where it lives on both.
    const LEGACY: Option<&'static OperationMeta> = None;
    /// What a successful answer gives.
    type Output: Send + 'static;

    /// Puts the fields into the request.
    ///
    /// # Errors
    /// `Build`, where a field cannot be sent.
    fn encode(&self, request: &mut RequestBuilder<'_>) -> Result<(), Error>;

    /// Reads a successful answer.
    ///
    /// # Errors
    /// `Decode`, with the path of the field that could not be read.
    fn decode(&self, response: RawResponse) -> Result<Self::Output, Error>;

    /// What is fixed about the operation on the host that `endpoints` choose.
    fn meta(endpoints: &Endpoints) -> &'static OperationMeta {
        match (endpoints.generation(), Self::LEGACY) {
            (Generation::Legacy, Some(legacy)) => legacy,
            _ => Self::META,
        }
    }

    /// The request.
    ///
    /// # Errors
    /// `Build`, where a field cannot be sent.
    fn request(&self, endpoints: &Endpoints) -> Result<Request, Error> {
        let mut builder = RequestBuilder::new(Self::meta(endpoints), endpoints)?;
        self.encode(&mut builder)?;
        builder.finish()
    }
}

/// An operation that can be made of values that somebody gave by name.
pub trait FromValues: Operation + Sized {
    /// Makes it. The names are those of [`OperationMeta::parameters`].
    ///
    /// # Errors
    /// `Build`, where a name is not known, a value is missing or cannot be taken; the message says what is accepted.
    fn from_values(values: Values) -> Result<Self, Error>;

    /// What it has to do with tasks.
    const TASK: TaskRole = TaskRole::None;

    /// The task that goes on behind an answer.
    fn started(&self, _output: &Self::Output) -> Option<NamedTask> {
        None
    }

    /// The task that it tells of.
    fn told(&self) -> Option<NamedTask> {
        None
    }
}

/// An operation as it is on its own host, and as it is on the legacy one where it lives on both.
pub type OperationHomes = (&'static OperationMeta, Option<&'static OperationMeta>);

/// The homes of several operations. After `pub:`, the two tables of a service's crate: `OPERATIONS`, which facts can be
/// looked up in, and `NAMED_OPERATIONS`, which hold the code of every operation, so that a program that calls none of
/// them by name is none the larger. What stands behind a semicolon signs somebody in: its answer is a secret, cannot be
/// written as JSON, and so cannot be asked for by name.
#[macro_export]
macro_rules! operations {
    (pub: $($operation:ty),+ $(,)? $(; $($secret:ty),+ $(,)?)?) => {
        /// Every operation of the service: as it is on its own host, and on the legacy one where it lives on both.
        pub const OPERATIONS: &[$crate::OperationHomes] =
            $crate::operations![$($operation),+ $($(, $secret)+)?];

        /// The same operations, to be called by name; but for those that sign somebody in.
        pub const NAMED_OPERATIONS: &[$crate::NamedOperation] =
            &[$($crate::NamedOperation::of::<$operation>()),+];
    };
    ($($operation:ty),+ $(,)?) => {
        &[$((<$operation as $crate::Operation>::META, <$operation as $crate::Operation>::LEGACY)),+]
    };
}

/// An operation that answers a page at a time.
pub trait PagedOperation: Operation<Output = crate::Page<Self::Item>> + Clone {
    /// What the pages hold.
    type Item: DeserializeOwned + Send + 'static;

    /// Which page is asked for.
    fn page_request_mut(&mut self) -> &mut PageRequest;
}

/// A successful answer, before it is decoded.
#[non_exhaustive]
pub struct RawResponse {
    /// What was asked.
    pub operation: OperationName,
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
    /// How many attempts it took.
    pub attempts: u32,
    /// How long it took, waits included.
    pub elapsed: Duration,
    /// How pages are made, where the answer is one.
    pub paging: Option<Paging>,
    /// The key of the list in a page.
    pub list: &'static str,
    /// Whether asking twice has the effect of asking once.
    pub(crate) idempotent: bool,
    /// The body, where it is handed on as it comes.
    pub(crate) open: Option<Open>,
}

/// Shows the status and the size; headers and body may hold secrets and people's data.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("body", &self.body.len())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// The name of what was asked, in errors and logs.
pub type OperationName = std::borrow::Cow<'static, str>;

impl RawResponse {
    /// The body as JSON.
    ///
    /// # Errors
    /// `Decode`, with the path of the field that could not be read.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        strict::from_slice(&self.body).map_err(|error| Error::decode(self, &error.path, &error.cause))
    }

    /// Nothing of the answer, which must be one of the service all the same: no body, or JSON. A page that something
    /// on the way wrote says nothing of whether the change was made.
    ///
    /// # Errors
    /// `Decode`, where the answer is no such thing.
    pub fn nothing(&self) -> Result<(), Error> {
        if self.body.trim_ascii().is_empty() {
            return Ok(());
        }
        self.json::<serde::de::IgnoredAny>().map(drop)
    }

    /// The answer without the envelope around it: what stands under `key`. An answer that has no such key, or null
    /// there, stays as it is, for some services leave the envelope out where they please.
    #[must_use]
    pub fn within(mut self, key: &str) -> Self {
        let envelope: Option<HashMap<&str, &RawValue>> = serde_json::from_slice(&self.body).ok();
        let inner = envelope.as_ref().and_then(|envelope| envelope.get(key)).map(|inner| inner.get());
        if let Some(inner) = inner.filter(|inner| *inner != "null") {
            self.body = self.body.slice_ref(inner.as_bytes());
        }
        self
    }

    pub(crate) fn full<T>(self, decode: impl FnOnce(Self) -> Result<T, Error>) -> Result<Full<T>, Error> {
        let (status, headers) = (self.status, self.headers.clone());
        let (attempts, elapsed) = (self.attempts, self.elapsed);
        Ok(Full { status, headers, attempts, elapsed, output: decode(self)? })
    }

    #[cfg(test)]
    pub(crate) fn for_tests(paging: Paging, list: &'static str, body: &str) -> Self {
        Self {
            operation: "test".into(),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::copy_from_slice(body.as_bytes()),
            attempts: 1,
            elapsed: Duration::ZERO,
            paging: Some(paging),
            list,
            idempotent: true,
            open: None,
        }
    }

    /// The id that the service gave the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        crate::error::request_id(&self.headers)
    }
}

/// What can be made of a successful answer.
pub trait FromResponse: Sized {
    /// Reads a successful answer.
    ///
    /// # Errors
    /// `Decode`, with the path of the field that could not be read.
    fn from_response(response: RawResponse) -> Result<Self, Error>;
}

impl<T: DeserializeOwned> FromResponse for T {
    fn from_response(response: RawResponse) -> Result<Self, Error> {
        response.json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_taken_off_where_there_is_one() {
        for (body, inner) in [
            (r#"{"metadata":{"data":1},"data":{"a":[1, 2]}}"#, r#"{"a":[1, 2]}"#),
            (r#"{"a":1}"#, r#"{"a":1}"#),
            (r#"{"data":null,"error":null}"#, r#"{"data":null,"error":null}"#),
            ("[1]", "[1]"),
            ("<html>", "<html>"),
        ] {
            let response = RawResponse::for_tests(Paging::offset(9), "items", body).within("data");
            assert_eq!(response.body, inner, "{body}");
        }
    }
}
