//! Calls: what they give, and how they fail.
#![allow(missing_docs, unreachable_pub, dead_code, clippy::unwrap_used, reason = "tests")]

mod common;

use std::{sync::Arc, time::Duration};

use common::{GetThing, PostThing, PostThingOptions, client};
use http::{HeaderMap, Method};
use orglib_core::{
    Client, Endpoints, Error, ErrorKind, Host, Operation, Scopes,
    transport::{
        Clock, CredentialContext, Credentials, Request, Response, SharedTransport, Transport, TransportError,
        TransportErrorKind,
    },
};
use orglib_testkit::{Answer, ManualClock, MockTransport, When};

async fn failure(answer: Answer) -> Error {
    let mock = MockTransport::new();
    mock.always(When::any(), answer);
    client(&mock).call(GetThing::new("7")).send().await.unwrap_err()
}

#[tokio::test]
async fn a_call_gives_its_answer_and_what_surrounds_it() {
    let mock = MockTransport::new();
    mock.expect(When::request("GET", "/v1/things/a%2Fb"), Answer::json("7").header("x-request-id", "r-1"));
    let full = client(&mock).call(GetThing::new("a/b")).send_full().await.unwrap();
    assert_eq!((full.output, full.status.as_u16(), full.attempts), (7, 200, 1));
    assert_eq!(full.headers["x-request-id"], "r-1");
    mock.verify();
}

#[tokio::test]
async fn what_is_not_given_is_left_out_of_the_body() {
    let mock = MockTransport::new();
    mock.expect(When::operation("post-thing").json(serde_json::json!({"name": "стол"})), Answer::status(204));
    mock.expect(When::operation("post-thing"), Answer::status(200));
    let client = client(&mock);
    client.call(PostThing::new()).name("стол").send().await.unwrap();
    client.call(PostThing::new()).send().await.unwrap();
    assert_eq!(mock.requests()[1].body, "{}");
    mock.verify();
}

#[tokio::test]
async fn find_gives_none_for_not_found_and_fails_otherwise() {
    for (status, found) in [(404, Some(None)), (403, None), (500, None)] {
        let mock = MockTransport::new();
        mock.expect(When::any(), Answer::status(status));
        let got = client(&mock).call(GetThing::new("7")).find().await;
        assert_eq!(got.ok(), found, "{status}");
    }
}

#[tokio::test]
async fn a_call_is_sent_by_awaiting_it_and_carries_its_headers() {
    let mock = MockTransport::new();
    mock.expect(When::operation("get-thing").header("X-Trace", "t"), Answer::json("7"));
    mock.expect(
        When::operation("get-things").header("x-trace", "t"),
        Answer::json(r#"{"items":[1],"total":1}"#),
    );
    let (name, value) = (http::HeaderName::from_static("x-trace"), http::HeaderValue::from_static("t"));
    let client = client(&mock);
    assert_eq!(client.call(GetThing::new("7")).header(name.clone(), value.clone()).await.unwrap(), 7);
    let list = client.list(common::ListThings::new()).header(name, value);
    assert_eq!(list.try_collect().await.unwrap(), [1]);
    mock.verify();
}

#[tokio::test]
async fn the_debug_of_an_error_begins_with_its_line() {
    let error = failure(Answer::status(404)).await;
    let debug = format!("{error:?}");
    assert_eq!(debug.lines().next(), Some(error.to_string().as_str()));
    assert!(debug.contains("attempts: 1"), "{debug}");
}

#[tokio::test]
async fn what_is_there_already_is_known_by_each_services_way_of_saying_it() {
    let is_there = |host, status, body: &'static str| async move {
        let mock = MockTransport::new();
        mock.always(When::any(), Answer::status(status).body(body));
        let raw = client(&mock).raw(Method::PUT, host, "/x").send().await.unwrap_err();
        raw.is_already_exists()
    };
    assert!(is_there(Host::Cloud, 409, r#"{"error":"DiskResourceAlreadyExistsError"}"#).await);
    assert!(is_there(Host::Code42, 500, r#"[{"name":"SYSTEM","description":"USER_DUPLICATE"}]"#).await);
    assert!(is_there(Host::Api360, 409, r#"{"code":6,"message":"There is one","details":[]}"#).await);
    for body in [r#"{"error":"MD5DifferError"}"#, "", r#"{"code":6,"message":"x"}"#] {
        assert!(!is_there(Host::Cloud, 409, body).await, "{body}");
    }
}

#[tokio::test]
async fn a_failure_names_operation_status_code_message_and_the_way_out() {
    for (answer, kind, expected) in [
        (
            Answer::status(401).body(
                r#"{"error":"UnauthorizedError","description":"Unauthorized","message":"Не авторизован."}"#,
            ),
            ErrorKind::Auth,
            "get-thing: 401 Unauthorized, UnauthorizedError: Не авторизован (Unauthorized); check the token: it may be mistyped, expired or revoked",
        ),
        (
            Answer::status(403).body(r#"{"code":7,"message":"No required scope","details":[]}"#),
            ErrorKind::Api,
            "get-thing: 403 Forbidden, code 7 of cloud: No required scope; the operation needs any of things:read, things:write; check the token's scopes, its owner's role and the organisation id",
        ),
        (Answer::status(404), ErrorKind::Api, "get-thing: 404 Not Found: no reason given; check the id"),
        (
            Answer::status(429).header("retry-after", "7"),
            ErrorKind::Throttled,
            "get-thing: 429 Too Many Requests: no reason given; try again in 7 s",
        ),
        (
            Answer::status(502).body("<html><body><h1>Bad Gateway</h1></body></html>"),
            ErrorKind::Api,
            "get-thing: 502 Bad Gateway: Bad Gateway; try again later",
        ),
        (
            Answer::json(r#""seven""#),
            ErrorKind::Decode,
            "get-thing: 200 OK: the answer was not understood: invalid type: string …, expected u32; please report it, with the operation",
        ),
        (
            Answer::failure(TransportErrorKind::Connect, false),
            ErrorKind::Connect,
            "get-thing: Connect, as the test wants it; check the network, the proxy and the base URL",
        ),
        (
            Answer::failure(TransportErrorKind::Broken, true),
            ErrorKind::Io,
            "get-thing: Broken, as the test wants it (the request may have reached the service); try again later",
        ),
    ] {
        let error = failure(answer).await;
        assert_eq!((error.kind(), error.to_string().as_str()), (kind, expected));
        assert_eq!(error.operation(), Some("get-thing"));
    }
}

#[tokio::test]
async fn predicates_say_what_the_failure_is() {
    for (status, is) in [
        (400, [false, false, false, false, false, false]),
        (401, [false, false, false, false, true, false]),
        (403, [false, false, false, true, false, false]),
        (404, [false, true, false, false, false, false]),
        (409, [false, false, true, false, false, false]),
        (429, [true, false, false, false, false, true]),
        (503, [true, false, false, false, false, false]),
    ] {
        let error = failure(Answer::status(status)).await;
        let got = [
            error.is_retryable(),
            error.is_not_found(),
            error.is_conflict(),
            error.is_permission_denied(),
            error.is_unauthenticated(),
            error.is_throttled(),
        ];
        assert_eq!(got, is, "{status}");
    }
}

#[tokio::test]
async fn a_failure_never_shows_the_body() {
    let error = failure(Answer::json(r#"{"name":"Анна","token":"s3cret"}"#)).await;
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("s3cret") && !shown.contains("Анна"), "{shown}");
    assert!(error.raw_body().is_some_and(|body| body.len() > 10));
}

/// Credentials whose token service fails after several attempts.
#[derive(Debug)]
struct NoToken(Client);

#[async_trait::async_trait]
impl Credentials for NoToken {
    async fn headers(&self, _: &CredentialContext<'_>) -> Result<HeaderMap, TransportError> {
        let failure = self.0.call(GetThing::new("token")).send().await.unwrap_err();
        Err(orglib_core::credentials_error(Arc::new(failure)))
    }

    async fn invalidate(&self, _: &CredentialContext<'_>, _: &HeaderMap) -> bool {
        false
    }
}

#[tokio::test]
async fn attempts_are_told_once_and_the_status_is_the_one_that_the_message_names() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(503));
    let clock = ManualClock::auto();
    let service = Client::builder(mock.shared()).clock(clock.shared()).build();
    let client = Client::builder(mock.shared())
        .credentials(Arc::new(NoToken(service)))
        .endpoints(Endpoints::all_at("http://localhost:1").unwrap())
        .clock(clock.shared())
        .build();
    let error = client.call(GetThing::new("7")).send().await.unwrap_err();
    let text = error.to_string();
    assert_eq!(text.matches("(after 5 attempts)").count(), 1, "{text}");
    assert!(text.contains("503"), "{text}");
    assert_eq!((error.status(), error.latest_status().unwrap().as_u16()), (None, 503));
}

#[tokio::test]
async fn a_call_that_ran_out_of_time_names_the_status_of_its_latest_attempt() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(503));
    let clock = ManualClock::auto();
    let client = Client::builder(Arc::new(Slow(mock.shared(), clock.clone()))).clock(clock.shared()).build();
    let error = client.call(GetThing::new("7")).timeout(Duration::from_secs(30)).send().await.unwrap_err();
    assert!(error.to_string().contains("the latest attempt: status 503"), "{error}");
    assert_eq!(error.latest_status().unwrap().as_u16(), 503);
}

/// Takes 20 s for each answer.
#[derive(Debug)]
struct Slow(SharedTransport, ManualClock);

#[async_trait::async_trait]
impl Transport for Slow {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.1.sleep(Duration::from_secs(20)).await;
        self.0.send(request).await
    }
}

#[tokio::test]
async fn an_error_does_not_keep_a_large_answer_alive() {
    let mut body = vec![b' '; 8 * 1024 * 1024];
    body.extend_from_slice(b"[]");
    for answer in [Answer::status(500).body(body.clone()), Answer::json(body)] {
        let error = failure(answer).await;
        assert_eq!(error.raw_body().map(<[u8]>::len), Some(64 * 1024));
        let kept = bytes::Bytes::from(error.raw_body().unwrap().to_vec());
        assert!(kept.is_unique());
    }
}

#[tokio::test]
async fn the_debug_of_answers_and_raw_calls_shows_neither_bodies_nor_headers() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::json(r#""geheim""#).header("set-cookie", "geheim"));
    let call =
        client(&mock).raw(Method::POST, Host::Cloud, "/v1/things?email=geheim").json("geheim").unwrap();
    let shown = format!("{call:?} {:?}", call.clone().send().await.unwrap());
    assert!(!shown.contains("geheim") && shown.contains("200"), "{shown}");
}

#[tokio::test]
async fn a_raw_call_keeps_its_path_and_encodes_its_query() {
    let mock = MockTransport::new();
    mock.expect(
        When::request("GET", "/v1/things/a%2Fb").query("x", "1").query("q", "a b&c"),
        Answer::json("no json at all").header("content-type", "text/plain"),
    );
    let call = client(&mock).raw(Method::GET, Host::Cloud, "/v1/things/a%2Fb?x=1").query("q", "a b&c");
    assert_eq!(call.send().await.unwrap().body, "no json at all");
    mock.verify();

    let error = client(&mock).raw(Method::GET, Host::Cloud, "v1/things").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
}

#[test]
fn the_attribute_writes_down_what_the_documents_say() {
    let meta = GetThing::META;
    assert_eq!(
        (meta.id, meta.host, &meta.method, meta.path),
        ("get-thing", Host::Cloud, &Method::GET, "/v1/things/{thing_id}")
    );
    assert_eq!(meta.scopes, Scopes::Any(&["things:read", "things:write"]));
    assert!(meta.idempotent && !PostThing::META.idempotent);
    assert_eq!(PostThing::META.scopes, Scopes::All(&["things:write"]));
    let request = GetThing::new("7").request(&Endpoints::new()).unwrap();
    assert_eq!(request.meta.operation, "get-thing");
}
