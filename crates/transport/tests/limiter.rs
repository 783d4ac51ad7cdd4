//! The learning rate limiter against servers whose limit nobody tells it. All time is simulated.

#![allow(clippy::disallowed_methods, reason = "a test spawns what it watches")]
#![allow(clippy::unwrap_used, reason = "a test that unwraps what is not there is to fail")]

mod support;

use std::{
    num::NonZeroUsize,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{HeaderMap, StatusCode};
use orglib_testkit::{Answer, Fault, FaultTransport, ManualClock, MockTransport, SilentTransport, When};
use orglib_transport::{
    Clock, Rate, RateClass, RatePolicy, Request, RequestMeta, Response, RetryPolicy, SharedTransport, Stack,
    Transport, TransportError,
};
use support::{Server, get, stack};

/// Sends so many requests, as many at a time as the stack lets through, and gives how many failed.
async fn run(stack: &Stack, requests: usize, callers: usize) -> usize {
    let transport = stack.transport();
    let answers = stream::iter(0..requests).map(|_| {
        let transport = Arc::clone(&transport);
        async move { transport.send(get()).await }
    });
    let failed = answers.buffer_unordered(callers).filter(|answer| {
        let failed = !answer.as_ref().is_ok_and(|answer| answer.status.is_success());
        async move { failed }
    });
    failed.count().await
}

struct Case {
    name: &'static str,
    limit: fn(f64) -> f64,
    burst: f64,
    latency: u64,
    callers: usize,
    requests: usize,
    use_at_least: f64,
    refused_at_most: f64,
}

const USUAL: Case = Case {
    name: "40/s, burst 8, 30 ms, 32 callers",
    limit: |_| 40.0,
    burst: 8.0,
    latency: 30,
    callers: 32,
    requests: 3_000,
    use_at_least: 0.93,
    refused_at_most: 0.02,
};

const CASES: &[Case] = &[
    USUAL,
    Case {
        name: "one caller cannot use it up",
        callers: 1,
        use_at_least: 0.82,
        refused_at_most: 0.0,
        ..USUAL
    },
    Case { name: "4 callers", callers: 4, ..USUAL },
    Case { name: "64 callers", callers: 64, refused_at_most: 0.03, ..USUAL },
    Case { name: "near server", latency: 4, ..USUAL },
    Case { name: "far server", latency: 300, use_at_least: 0.80, ..USUAL },
    Case { name: "bucket of 2", burst: 2.0, use_at_least: 0.88, ..USUAL },
    Case { name: "bucket of 40", burst: 40.0, ..USUAL },
    Case { name: "5/s", limit: |_| 5.0, requests: 600, refused_at_most: 0.08, ..USUAL },
    Case { name: "20/s", limit: |_| 20.0, requests: 1_500, refused_at_most: 0.03, ..USUAL },
    Case { name: "200/s", limit: |_| 200.0, requests: 6_000, use_at_least: 0.88, ..USUAL },
    Case {
        name: "falls from 40/s to 20/s",
        limit: |second| if second < 30.0 { 40.0 } else { 20.0 },
        use_at_least: 0.90,
        ..USUAL
    },
    Case {
        name: "rises from 40/s to 80/s",
        limit: |second| if second < 30.0 { 40.0 } else { 80.0 },
        requests: 5_000,
        use_at_least: 0.75,
        ..USUAL
    },
];

#[tokio::test]
async fn the_limit_of_a_server_is_found_and_used_with_few_refusals() {
    for case in CASES {
        let clock = ManualClock::auto();
        let server = Server::new(&clock, case.limit, case.burst).latency(Duration::from_millis(case.latency));
        let stack = stack(Arc::new(server.clone()), &clock)
            .concurrency(NonZeroUsize::new(case.callers).unwrap())
            .build();
        let failed = run(&stack, case.requests, case.callers).await;
        let (used, refused) = (server.use_of_limit(), f64::from(server.refused()) / case.requests as f64);
        println!("{:32} used {:5.1} %  refused {:4.2} %", case.name, used * 100.0, refused * 100.0);
        assert_eq!(failed, 0, "{}", case.name);
        assert!(used >= case.use_at_least, "{}: {used} of the limit was used", case.name);
        assert!(refused <= case.refused_at_most, "{}: {refused} of the requests were refused", case.name);
        assert_eq!(stack.stats().throttled, u64::from(server.refused()));
    }
}

#[tokio::test]
async fn a_server_that_names_no_delay_is_found_out_too() {
    let clock = ManualClock::auto();
    let server = Server::new(&clock, |_| 40.0, 8.0).silent_about_delays();
    let stack = stack(Arc::new(server.clone()), &clock).concurrency(NonZeroUsize::new(32).unwrap()).build();
    assert_eq!(run(&stack, 2_000, 32).await, 0);
    assert!(server.use_of_limit() > 0.9, "{}", server.use_of_limit());
}

#[tokio::test]
async fn refusals_that_no_rate_explains_do_not_keep_the_rate_down() {
    // With a pause of 1 s before every 20th or 100th request, 20 or 100 a second is all that there can be in the end.
    for (share, kind, at_least) in [
        (0.05, Fault::ThrottledRetry, 7.0),
        (0.05, Fault::Throttled, 18.0),
        (0.01, Fault::ThrottledRetry, 20.0),
    ] {
        let clock = ManualClock::auto();
        let server = Server::new(&clock, |_| 10_000.0, 10_000.0);
        let faults = FaultTransport::new(Arc::new(server.clone()), share, 11).only([kind]);
        let stack = stack(faults.shared(), &clock).concurrency(NonZeroUsize::new(32).unwrap()).build();
        assert_eq!(run(&stack, 3_000, 32).await, 0);
        let per_second = 3_000.0 / clock.monotonic().as_secs_f64();
        println!("{share} {kind:?}: {per_second:.1} requests a second");
        assert!(per_second > at_least, "{share} {kind:?}: {per_second} requests a second");
    }
}

/// Refuses every 20th of the first requests, and none of those after.
#[derive(Debug)]
struct Unwell {
    server: Server,
    left: AtomicU32,
}

#[async_trait]
impl Transport for Unwell {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let less = |left: u32| left.checked_sub(1);
        match self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less) {
            Ok(left) if left % 20 == 0 => {
                Ok(Response::new(StatusCode::TOO_MANY_REQUESTS, HeaderMap::new(), Bytes::new()))
            }
            _ => self.server.send(request).await,
        }
    }
}

#[tokio::test]
async fn a_server_that_is_well_again_is_used_to_the_full_again() {
    let clock = ManualClock::auto();
    let server = Server::new(&clock, |_| 10_000.0, 10_000.0);
    let unwell = Arc::new(Unwell { server, left: AtomicU32::new(2_000) });
    let stack = stack(unwell, &clock).concurrency(NonZeroUsize::new(32).unwrap()).build();
    assert_eq!(run(&stack, 2_000, 32).await, 0);
    let well = clock.monotonic();
    assert_eq!(run(&stack, 8_000, 32).await, 0);
    let per_second = 8_000.0 / (clock.monotonic() - well).as_secs_f64();
    // 32 callers and 30 ms allow 1066.
    assert!(per_second > 400.0, "{per_second} requests a second");
}

#[tokio::test]
async fn a_refusal_stops_all_callers_of_its_class_and_no_others() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.expect(When::operation("refused"), Answer::status(429).header("retry-after", "20"));
    mock.always(When::any(), Answer::json("{}"));
    let stack = stack(mock.shared(), &clock).retry(RetryPolicy::never()).build();
    let transport = stack.transport();
    let send = async |class: &'static str, host: &str| {
        let mut request = get();
        request.url.set_host(Some(host)).unwrap();
        request.meta = RequestMeta::new(class, true).with_rate_class(RateClass::new("one"));
        if class == "other" {
            request.meta = request.meta.with_rate_class(RateClass::new("another"));
        }
        transport.send(request).await.unwrap();
        clock.monotonic().as_secs()
    };
    assert_eq!(send("refused", "a.example.net").await, 0);
    assert_eq!(send("other", "a.example.net").await, 0);
    assert_eq!(send("same class, other host", "b.example.net").await, 0);
    assert_eq!(send("same", "a.example.net").await, 20);
}

#[tokio::test]
async fn a_fixed_rate_is_kept_evenly() {
    let clock = ManualClock::auto();
    let server = Server::new(&clock, |_| 1_000.0, 1_000.0);
    let rate = RatePolicy::Fixed(Rate::per_second(10.0).unwrap());
    let stack = stack(Arc::new(server), &clock).rate(rate).build();
    assert_eq!(run(&stack, 101, 16).await, 0);
    let seconds = clock.monotonic().as_secs_f64();
    assert!((9.9..10.2).contains(&seconds), "{seconds}");
}

#[test]
fn rates_that_nothing_can_be_held_to_are_refused() {
    for rate in [0.0, -1.0, 1e-300, 0.0009, 1e300, f64::INFINITY, f64::NAN] {
        assert!(Rate::per_second(rate).is_err(), "{rate}");
    }
    for rate in [Rate::LEAST, 0.5, Rate::MOST] {
        assert_eq!(Rate::per_second(rate).map(Rate::get), Ok(rate));
    }
}

#[tokio::test]
async fn requests_leave_in_the_order_they_came_in_and_one_that_gives_up_holds_nobody_up() {
    let clock = ManualClock::auto();
    let order = Arc::new(Mutex::new(Vec::new()));
    let transport: SharedTransport = Arc::new(Order(Arc::clone(&order)));
    let rate = RatePolicy::Fixed(Rate::per_second(1.0).unwrap());
    let stack = stack(transport, &clock).rate(rate).concurrency(NonZeroUsize::MIN).build();
    let calls: Vec<_> = (0..6)
        .map(|number| {
            let transport = stack.transport();
            tokio::spawn(async move {
                let mut request = get();
                request.url.set_path(&number.to_string());
                transport.send(request).await.unwrap();
            })
        })
        .collect();
    clock.sleep(Duration::from_millis(500)).await;
    calls[1].abort();
    calls[3].abort();
    for call in calls {
        let _ = call.await;
    }
    assert_eq!(*order.lock().unwrap(), ["/0", "/2", "/4", "/5"]);
    assert_eq!(clock.monotonic(), Duration::from_secs(3));
}

#[tokio::test]
async fn no_more_requests_are_on_their_way_than_allowed_even_when_some_are_given_up() {
    let clock = ManualClock::auto();
    let transport = SilentTransport::shared();
    let stack = stack(transport, &clock)
        .concurrency(NonZeroUsize::new(2).unwrap())
        .deadline(Duration::from_secs(10))
        .retry(RetryPolicy::never())
        .build();
    let calls = futures::future::join_all((0..5).map(|_| {
        let transport = stack.transport();
        async move { transport.send(get()).await.unwrap_err().was_sent() }
    }));
    let sent = calls.await;
    assert_eq!(sent, [true, true, false, false, false]);
    assert_eq!(stack.stats().attempts, 2);
    let later = stack.transport().send(get()).await.unwrap_err();
    assert!(later.was_sent(), "the places were given back");
}

/// Answers, and keeps the paths in the order they came.
#[derive(Debug)]
struct Order(Arc<Mutex<Vec<String>>>);

#[async_trait]
impl Transport for Order {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.0.lock().unwrap().push(request.url.path().to_owned());
        Ok(Response::new(http::StatusCode::OK, http::HeaderMap::new(), bytes::Bytes::from_static(b"{}")))
    }
}
