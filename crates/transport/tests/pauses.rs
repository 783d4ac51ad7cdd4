//! Pauses that are longer than a call may wait, waiting that does not count, and what requests do meanwhile.

#![allow(clippy::unwrap_used, reason = "a test that unwraps what is not there is to fail")]

mod support;

use std::{num::NonZeroUsize, sync::Arc, time::Duration};

use futures::future::{join, join_all};
use orglib_testkit::{Answer, ManualClock, MockTransport, SilentTransport, When};
use orglib_transport::{
    Clock, Rate, RateClass, RatePolicy, Request, Response, RetryPolicy, SharedClock, Stack, Transport,
    TransportError, TransportErrorKind,
};
use support::{Server, get, stack};

async fn ask(stack: &Stack) -> Result<Response, TransportError> {
    stack.transport().send(get()).await
}

#[tokio::test]
async fn a_pause_longer_than_the_cap_fails_all_that_come_while_it_lasts() {
    for delay in ["3600", "18446744073709551615", "Thu, 01 Jan 2026 01:00:00 GMT"] {
        let clock = ManualClock::auto();
        let mock = MockTransport::new();
        mock.expect(When::any(), Answer::status(429).header("retry-after", delay));
        mock.always(When::any(), Answer::json("{}"));
        let stack = stack(mock.shared(), &clock).build();
        assert_eq!(ask(&stack).await.unwrap().status, 429, "{delay}");
        clock.advance(Duration::from_secs(600));
        for _ in 0..3 {
            let error = ask(&stack).await.unwrap_err();
            assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Paused, false), "{delay}");
            assert!(error.retry_after().unwrap() >= Duration::from_secs(3000), "{delay}");
            let text = error.to_string();
            assert!(text.contains("s of it are left; nothing was sent"), "{text}");
        }
        assert_eq!(mock.requests().len(), 1, "nothing is sent during the pause");
        assert_eq!(clock.monotonic(), Duration::from_secs(600), "and nobody waits for its end");
        if delay == "3600" {
            clock.advance(Duration::from_secs(3000));
            assert_eq!(ask(&stack).await.unwrap().status, 200);
        }
    }
}

#[tokio::test]
async fn a_long_pause_fails_those_who_wait_already_and_says_what_is_left() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.expect(When::any(), Answer::status(429).header("retry-after", "20"));
    mock.expect(When::any(), Answer::status(429).header("retry-after", "3600"));
    mock.always(When::any(), Answer::json("{}"));
    let places = NonZeroUsize::new(2).unwrap();
    let stack = stack(mock.shared(), &clock).concurrency(places).build();
    let outcomes = join_all((0..8).map(|_| ask(&stack))).await;
    let left: Vec<_> =
        outcomes.into_iter().filter_map(Result::err).filter_map(|error| error.retry_after()).collect();
    let at_once = left.iter().filter(|left| **left == Duration::from_secs(3600)).count();
    assert!(at_once >= 6, "nobody waits for the first pause to end, to learn of the second: {left:?}");
}

#[tokio::test]
async fn a_pause_longer_than_what_is_left_of_the_call_fails_it_at_once() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.expect(When::any(), Answer::status(429).header("retry-after", "20"));
    mock.always(When::any(), Answer::json("{}"));
    let stack = stack(mock.shared(), &clock).deadline(Duration::from_secs(10)).build();
    assert_eq!(ask(&stack).await.unwrap().status, 429);
    let error = ask(&stack).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(20)));
    assert_eq!(clock.monotonic(), Duration::ZERO);
}

#[tokio::test]
async fn a_pause_fails_at_once_those_who_have_less_time_than_the_one_before_them() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.expect(When::any(), Answer::status(429).header("retry-after", "20"));
    mock.always(When::any(), Answer::json("{}"));
    let stack = stack(mock.shared(), &clock).retry(RetryPolicy::never()).build();
    assert_eq!(ask(&stack).await.unwrap().status, 429);
    let mut hasty = get();
    hasty.meta.timeout = Some(Duration::from_secs(10));
    let transport = stack.transport();
    let hasty = async {
        let error = transport.send(hasty).await.unwrap_err();
        (error.kind(), error.retry_after(), clock.monotonic())
    };
    let (first, behind) = join(ask(&stack), hasty).await;
    assert_eq!(first.unwrap().status, 200);
    assert_eq!(behind, (TransportErrorKind::Paused, Some(Duration::from_secs(20)), Duration::ZERO));
}

/// Answers the class of most requests with 429 and a long delay after 1 s, and others never.
#[derive(Debug)]
struct Tired(SharedClock);

#[async_trait::async_trait]
impl Transport for Tired {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        if request.meta.rate_class != RateClass::DEFAULT {
            return std::future::pending().await;
        }
        self.0.sleep(Duration::from_secs(1)).await;
        let headers = http::HeaderMap::from_iter([(http::header::RETRY_AFTER, 3600.into())]);
        Ok(Response::new(http::StatusCode::TOO_MANY_REQUESTS, headers, bytes::Bytes::new()))
    }
}

#[tokio::test]
async fn a_long_pause_fails_at_once_those_who_wait_for_a_place() {
    let clock = ManualClock::auto();
    let places = NonZeroUsize::new(2).unwrap();
    let stack = stack(Arc::new(Tired(clock.shared())), &clock).concurrency(places).build();
    let transport = stack.transport();
    // One place is taken for long, and who stands in line for the other one takes it for long too.
    let send = |class| {
        let mut request = get();
        request.meta = request.meta.with_rate_class(class);
        let (transport, clock) = (transport.clone(), clock.clone());
        async move {
            let outcome = transport.send(request).await;
            (outcome.err().map(|error| error.kind()), clock.monotonic())
        }
    };
    let slow = RateClass::new("slow");
    let calls = [send(slow), send(RateClass::DEFAULT), send(slow), send(RateClass::DEFAULT)];
    let outcomes = join_all(calls).await;
    assert_eq!(outcomes[3], (Some(TransportErrorKind::Paused), Duration::from_secs(1)));
}

#[tokio::test]
async fn a_service_that_is_away_for_longer_than_is_waited_for_stops_its_class_too() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.expect(When::any(), Answer::status(503).header("retry-after", "3600"));
    mock.always(When::any(), Answer::json("{}"));
    let stack = stack(mock.shared(), &clock).build();
    assert_eq!(ask(&stack).await.unwrap().status, 503);
    let error = ask(&stack).await.unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Paused, false));
    assert_eq!(mock.requests().len(), 1);
    clock.advance(Duration::from_secs(3600));
    assert_eq!(ask(&stack).await.unwrap().status, 200);
    assert_eq!(stack.activity().rate, None, "it says nothing of the rate");
}

#[tokio::test]
async fn a_short_absence_is_waited_for_by_the_call_that_was_told_only() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.expect(When::any(), Answer::status(503).header("retry-after", "20"));
    mock.always(When::any(), Answer::json("{}"));
    let stack = stack(mock.shared(), &clock).build();
    let other = async { (ask(&stack).await.unwrap().status, clock.monotonic()) };
    let (told, other) = join(ask(&stack), other).await;
    assert_eq!(told.unwrap().status, 200);
    assert_eq!((other.0.as_u16(), other.1), (200, Duration::ZERO));
}

#[tokio::test]
async fn a_pause_that_can_be_waited_for_is_no_part_of_a_patient_calls_deadline() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.expect(When::any(), Answer::status(429).header("retry-after", "5"));
    mock.always(When::any(), Answer::json("{}"));
    let stack = stack(mock.shared(), &clock).deadline(Duration::from_secs(3)).build();
    let calls = (0..4).map(|_| {
        let mut request = get();
        request.meta.patient = true;
        let transport = stack.transport();
        async move { transport.send(request).await }
    });
    for outcome in join_all(calls.collect::<Vec<_>>()).await {
        assert_eq!(outcome.unwrap().status, 200);
    }
    assert_eq!(mock.requests().len(), 5);
}

/// Sixteen calls of 3 s each at 2 requests a second, from a healthy server.
async fn failures_in_a_queue(patient: bool) -> usize {
    let clock = ManualClock::auto();
    let server = Server::new(&clock, |_| 1e6, 1e6);
    let rate = RatePolicy::Fixed(Rate::per_second(2.0).unwrap());
    let stack = stack(Arc::new(server), &clock).rate(rate).deadline(Duration::from_secs(3)).build();
    let calls = (0..16).map(|_| {
        let mut request = get();
        request.meta.patient = patient;
        let transport = stack.transport();
        async move { transport.send(request).await }
    });
    join_all(calls.collect::<Vec<_>>()).await.into_iter().filter(Result::is_err).count()
}

#[tokio::test]
async fn waiting_for_the_rate_is_no_part_of_a_patient_calls_deadline() {
    assert_eq!(failures_in_a_queue(true).await, 0);
    assert!(failures_in_a_queue(false).await > 0, "of an ordinary call it is");
}

#[tokio::test]
async fn a_patient_call_has_a_deadline_from_its_admission() {
    let clock = ManualClock::auto();
    let stack = stack(SilentTransport::shared(), &clock).attempt_timeout(Duration::from_secs(1_000)).build();
    let mut request = get();
    request.meta.patient = true;
    let error = stack.transport().send(request).await.unwrap_err();
    assert_eq!((error.kind(), clock.monotonic()), (TransportErrorKind::Deadline, Duration::from_secs(120)));
}

#[tokio::test]
async fn what_requests_do_at_the_moment_is_told() {
    let clock = ManualClock::new();
    let rate = RatePolicy::Fixed(Rate::per_second(1.0).unwrap());
    let stack = stack(SilentTransport::shared(), &clock).rate(rate).build();
    assert_eq!(stack.activity(), orglib_transport::Activity::default());
    let mut calls = Box::pin(join_all((0..3).map(|_| ask(&stack))));
    assert!(futures::poll!(&mut calls).is_pending());
    let activity = stack.activity();
    assert_eq!((activity.in_flight, activity.waiting, activity.rate), (1, 2, Some(1.0)));
    drop(calls);
    let activity = stack.activity();
    assert_eq!((activity.in_flight, activity.waiting), (0, 0), "those that go away leave no trace");
}

#[tokio::test]
async fn a_pause_is_told_while_it_lasts() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(429).header("retry-after", "3600"));
    let stack = stack(mock.shared(), &clock).build();
    ask(&stack).await.unwrap();
    clock.advance(Duration::from_secs(60));
    assert_eq!(stack.activity().pause, Some(Duration::from_secs(3540)));
}

#[tokio::test]
async fn the_slowest_rate_and_any_concurrency_make_a_stack_that_works() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::json("{}"));
    let rate = RatePolicy::Fixed(Rate::per_second(Rate::LEAST).unwrap());
    let stack = stack(mock.shared(), &clock).rate(rate).concurrency(NonZeroUsize::MAX).build();
    assert_eq!(ask(&stack).await.unwrap().status, 200);
    assert_eq!(stack.activity().in_flight, 0);
}
