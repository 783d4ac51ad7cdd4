//! Operations by themselves: what one asks, and what it makes of an answer.

use orglib_core::{Client, Endpoints, Error, Operation, PagedOperation};
use orglib_transport::RetryPolicy;

use crate::{Answer, ManualClock, MockTransport, When, request_line};

/// A client over a mock, which repeats nothing and does not wait.
pub fn client(mock: &MockTransport) -> Client {
    Client::builder(mock.shared())
        .clock(ManualClock::auto().shared())
        .stack(|stack| stack.retry(RetryPolicy::never()))
        .build()
}

/// What an operation asks at the public addresses: the method with the address as it is sent, and the body.
///
/// # Errors
/// `Build`, where the operation refuses its own arguments.
pub fn encode(operation: &impl Operation) -> Result<(String, String), Error> {
    let request = operation.request(&Endpoints::new())?;
    let body = request.body.as_bytes().unwrap_or_default();
    Ok((request_line(&request), String::from_utf8_lossy(body).into_owned()))
}

/// What an operation makes of this answer to it.
///
/// # Errors
/// Whatever a call of the operation fails with.
pub async fn decode<O: Operation>(operation: O, body: impl ToString) -> Result<O::Output, Error> {
    client(&answering(body)).call(operation).send().await
}

/// What a paged operation makes of this answer to each of its pages.
///
/// # Errors
/// Whatever a page of the operation fails with.
pub async fn decode_list<O: PagedOperation>(
    operation: O,
    body: impl ToString,
) -> Result<Vec<O::Item>, Error> {
    client(&answering(body)).list(operation).try_collect().await
}

fn answering(body: impl ToString) -> MockTransport {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::json(body.to_string()));
    mock
}
