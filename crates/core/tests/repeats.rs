//! What is repeated, and what an error says of something that may have been done.
#![allow(missing_docs, unreachable_pub, dead_code, clippy::unwrap_used, reason = "tests")]

mod common;

use common::{GetThing, MakeThing, PostThing, PutThing};
use http::Method;
use orglib_core::{
    Client, Error, ErrorKind, Host, OperationHomes, operations,
    transport::{RetryPolicy, TransportErrorKind},
};
use orglib_testkit::{Answer, ManualClock, MockTransport, When};

const OPERATIONS: &[OperationHomes] = operations![GetThing, PostThing, PutThing];

/// A client that repeats as usual and knows the operations of the tests.
fn client(mock: &MockTransport) -> Client {
    Client::builder(mock.shared()).operations(OPERATIONS).clock(ManualClock::auto().shared()).build()
}

/// What comes of a create that is answered so, and how often it was sent.
async fn created(answer: Answer) -> (Error, usize) {
    let mock = MockTransport::new();
    mock.always(When::any(), answer);
    let error = client(&mock).call(PostThing::new()).send().await.unwrap_err();
    (error, mock.requests().len())
}

#[tokio::test]
async fn a_create_that_may_have_been_done_is_sent_once_and_the_error_says_so() {
    let delayed = |status| Answer::status(status).header("retry-after", "1");
    for answer in [
        delayed(502),
        delayed(504),
        delayed(408),
        Answer::status(500),
        Answer::status(503),
        Answer::status(503).header("retry-after", "soon"),
        Answer::failure(TransportErrorKind::Broken, true),
        Answer::failure(TransportErrorKind::AttemptTimeout, true),
    ] {
        let (error, sent) = created(answer.clone()).await;
        assert_eq!(sent, 1, "{answer:?}");
        assert!(error.may_be_done() && !error.is_retryable(), "{error}");
        let text = error.to_string();
        assert!(text.contains("(it may have been done all the same); read what is there"), "{text}");
    }
}

#[tokio::test]
async fn a_create_that_is_answered_with_success_and_no_json_may_have_been_done() {
    for body in ["<html><body>Please wait</body></html>", r#""ma"#, ""] {
        let mock = MockTransport::new();
        mock.always(When::any(), Answer::status(200).body(body));
        let error = client(&mock).call(MakeThing::new()).send().await.unwrap_err();
        assert_eq!((error.kind(), mock.requests().len()), (ErrorKind::Decode, 1), "{body}");
        assert!(error.may_be_done() && !error.is_retryable(), "{error}");
        assert!(error.to_string().contains("read what is there"), "{error}");
    }
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(200).body("<html></html>"));
    let error = client(&mock).call(GetThing::new("7")).send().await.unwrap_err();
    assert!(!error.may_be_done() && error.is_retryable(), "reading does nothing: {error}");
}

#[tokio::test]
async fn a_page_of_something_on_the_way_is_no_change() {
    for body in ["", "\n", "{}", "null"] {
        let mock = MockTransport::new();
        mock.always(When::any(), Answer::status(200).body(body));
        client(&mock).call(PostThing::new()).send().await.unwrap();
    }
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(200).body("<html><body>Please log in</body></html>"));
    let error = client(&mock).call(PostThing::new()).send().await.unwrap_err();
    assert_eq!((error.kind(), mock.requests().len()), (ErrorKind::Decode, 1));
    assert!(error.may_be_done() && error.to_string().contains("read what is there"), "{error}");
}

#[tokio::test]
async fn a_create_that_was_not_begun_is_sent_again() {
    for answer in [
        Answer::status(429),
        Answer::status(503).header("retry-after", "1"),
        Answer::failure(TransportErrorKind::Connect, false),
    ] {
        let (_, sent) = created(answer.clone()).await;
        assert_eq!(sent, 5, "{answer:?}");
    }
    let (error, _) = created(Answer::status(503).header("retry-after", "1")).await;
    assert!(!error.may_be_done() && error.is_retryable(), "who names a delay has not begun: {error}");
    let (error, _) = created(Answer::status(400)).await;
    assert!(!error.may_be_done(), "a refusal is one");
}

#[tokio::test]
async fn a_raw_call_is_repeated_as_the_declared_operation_says() {
    for (method, path, sent) in [
        (Method::GET, "/v1/unknown", 5),
        (Method::PUT, "/v1/unknown", 1),
        (Method::DELETE, "/v1/unknown/7", 1),
        (Method::POST, "/v1/things", 1),
        // The one PUT that makes something new.
        (Method::PUT, "/v1/things", 1),
        (Method::PUT, "/v1/things/?notify=none", 1),
        (Method::GET, "/v1/things/7", 5),
    ] {
        let mock = MockTransport::new();
        mock.always(When::any(), Answer::failure(TransportErrorKind::Broken, true));
        let error = client(&mock).raw(method.clone(), Host::Cloud, path).send().await.unwrap_err();
        assert_eq!(mock.requests().len(), sent, "{method} {path}");
        assert_eq!(error.may_be_done(), sent == 1, "{method} {path}");
    }
}

#[tokio::test]
async fn a_raw_call_names_the_scopes_of_the_declared_operation() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(403));
    let error = client(&mock).raw(Method::GET, Host::Cloud, "/v1/things/7").send().await.unwrap_err();
    assert!(error.to_string().starts_with("get-thing: 403"), "{error}");
    assert!(error.to_string().contains("any of things:read, things:write"), "{error}");
}

#[tokio::test]
async fn a_list_is_read_to_its_end_by_its_path() {
    const LISTS: &[OperationHomes] = operations![common::ListThings];
    let mock = MockTransport::new();
    mock.expect(
        When::request("GET", "/v1/things").query("limit", "3").no_query("offset"),
        Answer::json(r#"{"items":[1,2,3],"total":4}"#),
    );
    mock.expect(
        When::request("GET", "/v1/things").query("offset", "3"),
        Answer::json(r#"{"items":[{"b":1, "a":2}],"total":4}"#),
    );
    let client = Client::builder(mock.shared()).operations(LISTS).clock(ManualClock::auto().shared()).build();
    let raw = |path: &str| client.raw(Method::GET, Host::Cloud, path);
    let mut pages = raw("/v1/things?colour=red").pages().unwrap();
    let mut items = Vec::new();
    while let Some(page) = pages.next().await {
        items.extend(page.unwrap().items.into_iter().map(|item| item.unwrap().get().to_owned()));
    }
    assert_eq!(items, ["1", "2", "3", r#"{"b":1, "a":2}"#]);
    for path in ["/v1/unknown", "/v1/things?limit=5"] {
        assert_eq!(raw(path).pages().unwrap_err().kind(), ErrorKind::Build, "{path}");
    }
}

#[tokio::test]
async fn an_answer_larger_than_is_read_is_not_asked_for_again() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::json("[1,2,3,4,5,6,7,8,9]"));
    let client = Client::builder(mock.shared())
        .clock(ManualClock::auto().shared())
        .stack(|stack| stack.max_body(10).retry(RetryPolicy::new()))
        .build();
    let error = client.call(GetThing::new("7")).send().await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::TooLarge, false));
    assert_eq!(mock.requests().len(), 1);
    assert!(error.to_string().contains("larger than 10 bytes"), "{error}");
}

#[tokio::test]
async fn a_pause_of_the_service_is_told_apart_from_one_refused_call() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(429).header("retry-after", "3600"));
    let client = client(&mock);
    let refused = client.call(GetThing::new("7")).send().await.unwrap_err();
    assert!(refused.is_throttled() && !refused.is_paused());
    let paused = client.call(GetThing::new("7")).send().await.unwrap_err();
    assert!(paused.is_paused() && paused.is_throttled() && !paused.was_sent());
    assert_eq!(
        paused.to_string(),
        "get-thing: the service asked all callers to wait, and 3600 s of it are left; nothing was sent; try again in 3600 s"
    );
}

#[tokio::test]
async fn a_pause_that_begins_between_two_attempts_is_one_all_the_same() {
    let mock = MockTransport::new();
    mock.expect(When::any(), Answer::status(500));
    mock.expect(When::any(), Answer::status(429).header("retry-after", "3600"));
    let client = client(&mock);
    // The first call waits to repeat its attempt while the second one is told to wait.
    let (first, second) = (client.call(GetThing::new("7")).send(), client.call(GetThing::new("8")).send());
    let (first, _) = futures::future::join(first, second).await;
    let error = first.unwrap_err();
    assert!(error.is_paused() && error.was_sent(), "{error}");
    assert!(error.to_string().contains("it was not sent again"), "{error}");
}
