//! Operations and clients for the tests.

use orglib_core::{Client, Page, operation, transport::RetryPolicy};
use orglib_testkit::{ManualClock, MockTransport};

/// Reads a thing.
#[operation(id = "get-thing", get = "/v1/things/{thing_id}", host = Cloud, scopes = any("things:read", "things:write"), output = u32)]
pub struct GetThing {
    #[path]
    thing_id: String,
}

/// Changes a thing.
#[operation(id = "post-thing", post = "/v1/things", host = Cloud, scopes = all("things:write"))]
pub struct PostThing {
    /// The name.
    #[body]
    name: Option<String>,
}

/// Lists things by offset.
#[operation(
    id = "get-things", get = "/v1/things", host = Cloud,
    legacy(id = "Things_List", get = "/things/v1", list = "things", paging = number(3)),
    list = "items", paging = offset(3), output = Page<u32>
)]
pub struct ListThings {
    /// Only things of this colour.
    #[query(only = Current)]
    colour: Option<String>,
}

/// Lists events by token.
#[operation(id = "get-events", get = "/v1/events", host = Cloud, list = "events", paging = token(100), output = Page<u32>)]
pub struct ListEvents {}

/// A client without waits and without repeated attempts.
pub fn client(mock: &MockTransport) -> Client {
    Client::builder(mock.shared())
        .clock(ManualClock::auto().shared())
        .stack(|stack| stack.retry(RetryPolicy::never()))
        .build()
}
