//! Deadlines, layers of one's own, credentials and counters.

#![allow(clippy::unwrap_used, reason = "a test that unwraps what is not there is to fail")]

mod support;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use http::{HeaderMap, HeaderValue, Method, header::AUTHORIZATION};
use orglib_testkit::{Answer, ManualClock, MockTransport, SilentTransport, When};
use orglib_transport::{
    Clock, CredentialContext, Credentials, Expect, Request, Response, RetryPolicy, SecretString,
    SharedTransport, StaticToken, Transport, TransportError, TransportErrorKind,
};
use support::{Server, get, request, stack};

const TOKEN: &str = "y0_AgAAAAAsecret";

#[tokio::test]
async fn a_call_that_is_never_answered_ends_at_its_deadline() {
    for (of_call, seconds) in [(None, 120), (Some(Duration::from_secs(3)), 3)] {
        let clock = ManualClock::auto();
        let stack =
            stack(SilentTransport::shared(), &clock).attempt_timeout(Duration::from_secs(1_000)).build();
        let mut request = get();
        request.meta.timeout = of_call;
        let error = stack.transport().send(request).await.unwrap_err();
        assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Deadline, true));
        assert_eq!(clock.monotonic(), Duration::from_secs(seconds));
    }
}

#[tokio::test]
async fn the_error_of_a_deadline_says_what_the_latest_attempt_came_to() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.expect(When::any(), Answer::status(503).header("retry-after", "8"));
    let first = mock.shared();
    let stack = stack(Arc::new(ThenSilent(first, AtomicUsize::new(0))), &clock)
        .deadline(Duration::from_secs(20))
        .build();
    let error = stack.transport().send(get()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no answer within 20 s, the limit of one call; the latest attempt: status 503"
    );
    assert_eq!((error.attempts(), clock.monotonic()), (2, Duration::from_secs(20)));
}

/// Answers one request, and then no more.
#[derive(Debug)]
struct ThenSilent(SharedTransport, AtomicUsize);

#[async_trait]
impl Transport for ThenSilent {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        match self.1.fetch_add(1, Ordering::Relaxed) {
            0 => self.0.send(request).await,
            _ => std::future::pending().await,
        }
    }
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_repeated_if_it_may_be() {
    for (idempotent, attempts) in [(true, 3), (false, 1)] {
        let clock = ManualClock::auto();
        let stack = stack(SilentTransport::shared(), &clock)
            .attempt_timeout(Duration::from_secs(10))
            .retry(RetryPolicy::new().attempts(3.try_into().unwrap()))
            .build();
        let error = stack.transport().send(request(Method::POST, idempotent)).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::AttemptTimeout, attempts));
        assert!(error.was_sent());
    }
}

#[tokio::test]
async fn a_body_that_never_ends_is_a_failed_attempt() {
    #[derive(Debug)]
    struct Trickle;
    #[async_trait]
    impl Transport for Trickle {
        async fn send(&self, _request: Request) -> Result<Response, TransportError> {
            let body = orglib_transport::ResponseBody::Stream(Box::pin(futures::stream::pending()));
            Ok(Response::new(http::StatusCode::OK, HeaderMap::new(), body))
        }
    }
    let clock = ManualClock::auto();
    let stack = stack(Arc::new(Trickle), &clock).retry(RetryPolicy::never()).build();
    let error = stack.transport().send(get()).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::AttemptTimeout);
    assert_eq!(clock.monotonic(), Duration::from_secs(30));

    let mut request = get();
    request.meta = request.meta.with_expect(Expect::Stream);
    assert!(
        stack.transport().send(request).await.unwrap().body.as_bytes().is_none(),
        "handed on as it comes"
    );
}

#[tokio::test]
async fn a_body_over_the_cap_is_an_error_that_is_not_repeated() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.expect(When::any(), Answer::json("[1,2,3,4,5]"));
    let stack = stack(mock.shared(), &clock).max_body(10).build();
    let error = stack.transport().send(get()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::BodyTooLarge, 1));
}

/// Notes each request that passes.
#[derive(Debug)]
struct Note(&'static str, SharedTransport, Arc<Mutex<Vec<String>>>);

#[async_trait]
impl Transport for Note {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let authorized = request.headers.contains_key(AUTHORIZATION);
        self.2.lock().unwrap().push(format!("{} {} {authorized}", self.0, request.meta.attempt));
        self.1.send(request).await
    }
}

#[tokio::test]
async fn layers_of_ones_own_stand_where_the_builder_says() {
    let clock = ManualClock::auto();
    let notes = Arc::new(Mutex::new(Vec::new()));
    let note = |name: &'static str| {
        let notes = Arc::clone(&notes);
        Arc::new(move |inner: SharedTransport| -> SharedTransport {
            Arc::new(Note(name, inner, Arc::clone(&notes)))
        })
    };
    let mock = MockTransport::new();
    mock.expect(When::any(), Answer::status(500));
    mock.expect(When::any(), Answer::json("{}"));
    let transport = note("transport")(mock.shared());
    let stack = stack(transport, &clock)
        .credentials(StaticToken::oauth(TOKEN.into()).unwrap().shared())
        .per_call_layer(note("outer"))
        .per_call_layer(note("inner"))
        .per_attempt_layer(note("attempt"))
        .build();
    stack.transport().send(https(get())).await.unwrap();
    assert_eq!(
        *notes.lock().unwrap(),
        [
            "outer 1 false",
            "inner 1 false",
            "attempt 1 false",
            "transport 1 true",
            "attempt 2 false",
            "transport 2 true"
        ]
    );
    let stats = stack.stats();
    assert_eq!((stats.calls, stats.attempts, stats.retries, stats.throttled), (1, 2, 1, 0));
}

fn https(mut request: Request) -> Request {
    request.url.set_scheme("https").unwrap();
    request
}

/// Gives `token-0`, and after each rejection the next one, up to a last one.
#[derive(Debug)]
struct Renewable {
    current: AtomicUsize,
    last: usize,
}

#[async_trait]
impl Credentials for Renewable {
    async fn headers(&self, _context: &CredentialContext<'_>) -> Result<HeaderMap, TransportError> {
        let token = format!("token-{}", self.current.load(Ordering::Relaxed));
        Ok(HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_str(&token).unwrap())]))
    }

    async fn invalidate(&self, _context: &CredentialContext<'_>, rejected: &HeaderMap) -> bool {
        let current = self.current.load(Ordering::Relaxed);
        assert_eq!(rejected[AUTHORIZATION], format!("token-{current}"));
        current < self.last && self.current.fetch_add(1, Ordering::Relaxed) < self.last
    }
}

#[derive(Clone, Debug, Default)]
struct Gate {
    accepted: &'static str,
    seen: Arc<Mutex<Vec<HeaderValue>>>,
}

#[async_trait]
impl Transport for Gate {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let header = request.headers[AUTHORIZATION].clone();
        let status = if header == self.accepted { 200 } else { 401 };
        self.seen.lock().unwrap().push(header);
        let status = http::StatusCode::from_u16(status).unwrap();
        Ok(Response::new(status, HeaderMap::new(), bytes::Bytes::from_static(b"{}")))
    }
}

#[tokio::test]
async fn after_a_401_the_request_is_sent_once_more_with_other_credentials_if_there_are_any() {
    for (last, accepted, status, sent) in
        [(0, "token-1", 401, 1), (1, "token-1", 200, 2), (5, "token-2", 401, 2), (5, "token-0", 200, 1)]
    {
        let clock = ManualClock::auto();
        let gate = Gate { accepted, ..Gate::default() };
        let credentials = Arc::new(Renewable { current: AtomicUsize::new(0), last });
        let stack = stack(Arc::new(gate.clone()), &clock).credentials(credentials).build();
        let response = stack.transport().send(request(Method::POST, false)).await.unwrap();
        assert_eq!((response.status.as_u16(), gate.seen.lock().unwrap().len()), (status, sent));
        assert!(gate.seen.lock().unwrap().iter().all(HeaderValue::is_sensitive));
    }
}

#[tokio::test]
async fn credentials_go_over_plain_http_to_this_machine_only() {
    for (url, goes) in [
        ("https://api.example.net/", true),
        ("http://localhost:8360/", true),
        ("http://api.localhost/", true),
        ("http://127.0.0.1:1/", true),
        ("http://127.9.9.9/", true),
        ("http://[::1]:1/", true),
        ("http://api.example.net/", false),
        ("http://localhost.example.net/", false),
        ("http://192.168.1.1/", false),
        ("http://[::2]/", false),
    ] {
        let clock = ManualClock::auto();
        let mock = MockTransport::new();
        mock.always(When::any(), Answer::json("{}"));
        let token = StaticToken::bearer(TOKEN.into()).unwrap();
        let stack = stack(mock.shared(), &clock).credentials(token.shared()).build();
        let mut request = get();
        request.url = url.parse().unwrap();
        let outcome = stack.transport().send(request).await;
        assert_eq!(outcome.is_ok(), goes, "{url}");
        assert_eq!(mock.requests().len(), usize::from(goes), "{url}");
        if let Err(error) = outcome {
            assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Refused, false));
            assert!(error.to_string().contains("use https"), "{error}");
        }
    }
}

#[test]
fn a_token_that_no_header_can_hold_is_refused_without_showing_it() {
    for token in ["", "secret\nsecret", "secret secret", "sécret", "secret\u{7f}", "secret\0"] {
        for error in [StaticToken::oauth(token.into()), StaticToken::bearer(token.into())] {
            let error = error.unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(shown.contains("check how it was copied"), "{shown}");
            assert!(!shown.contains("secret") && !shown.contains("sécret"), "{shown}");
        }
    }
    let shown = format!("{:?}", StaticToken::oauth(SecretString::from(TOKEN)).unwrap());
    assert_eq!(shown, "StaticToken([secret])");
}

#[tokio::test]
async fn clones_share_what_was_counted() {
    let clock = ManualClock::auto();
    let server = Server::new(&clock, |_| 100.0, 100.0);
    let stack = stack(Arc::new(server), &clock).build();
    stack.clone().transport().send(get()).await.unwrap();
    assert_eq!(stack.stats().calls, 1);
    assert!(format!("{stack:?}").contains("calls: 1"));
}

/// Says who was the most at once.
#[derive(Debug, Default)]
struct Crowd {
    inside: AtomicUsize,
    most: AtomicUsize,
}

#[derive(Debug)]
struct Counting(Arc<Crowd>, ManualClock);

#[async_trait]
impl Transport for Counting {
    async fn send(&self, _request: Request) -> Result<Response, TransportError> {
        let inside = self.0.inside.fetch_add(1, Ordering::Relaxed) + 1;
        self.0.most.fetch_max(inside, Ordering::Relaxed);
        self.1.sleep(Duration::from_secs(1)).await;
        self.0.inside.fetch_sub(1, Ordering::Relaxed);
        Ok(Response::new(http::StatusCode::OK, HeaderMap::new(), bytes::Bytes::from_static(b"{}")))
    }
}

#[tokio::test]
async fn whoever_asks_shares_the_places_the_fixed_rate_and_the_counters() {
    for (rate, seconds) in [(None, 4), (Some(2.0), 8)] {
        let (clock, crowd) = (ManualClock::auto(), Arc::new(Crowd::default()));
        let builder = stack(Arc::new(Counting(Arc::clone(&crowd), clock.clone())), &clock)
            .concurrency(4.try_into().unwrap());
        let first = match rate {
            Some(rate) => {
                let rate = orglib_transport::Rate::per_second(rate).unwrap();
                builder.rate(orglib_transport::RatePolicy::Fixed(rate)).build()
            }
            None => builder.build(),
        };
        let token = |text: &str| StaticToken::oauth(SecretString::from(text)).unwrap().shared();
        let second = first.with_credentials(Some(token("another")));
        let calls = (0..16).map(|number| {
            let transport = if number % 2 == 0 { first.transport() } else { second.transport() };
            async move { transport.send(get()).await.unwrap() }
        });
        futures::future::join_all(calls).await;
        assert!(crowd.most.load(Ordering::Relaxed) <= 4);
        let took = clock.monotonic();
        assert!((seconds..=seconds + 1).contains(&took.as_secs()), "{rate:?}: {took:?}");
        assert_eq!((first.stats().attempts, second.stats().attempts), (16, 16));
    }
}

#[test]
fn the_debug_of_requests_and_answers_shows_no_secret() {
    let headers = HeaderMap::from_iter([(http::header::SET_COOKIE, "session=geheim".parse().unwrap())]);
    let response = Response::new(http::StatusCode::OK, headers, bytes::Bytes::from_static(b"geheim"));
    let shown = format!("{response:?}");
    assert!(shown.contains("200") && !shown.contains("geheim"), "{shown}");

    let mut asked: Request = request(Method::POST, false).with_body("geheim".to_owned());
    asked.headers.insert(AUTHORIZATION, "OAuth geheim".parse().unwrap());
    let shown = format!("{asked:?}");
    assert!(!shown.contains("geheim") && !shown.contains("anna"), "{shown}");
}
