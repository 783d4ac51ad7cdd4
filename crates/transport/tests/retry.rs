//! What is repeated, when, how often, and what comes back.

#![allow(clippy::unwrap_used, reason = "a test that unwraps what is not there is to fail")]

mod support;

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use http::Method;
use orglib_testkit::{Answer, Fault, FaultTransport, ManualClock, MockTransport, When};
use orglib_transport::{
    Clock, Expect, Request, Response, RetryPolicy, Stack, TransportError, TransportErrorKind,
};
use support::{Server, get, request, stack};

const HTML: &str = "<html><body>Please log in</body></html>";

/// Sends through a stack whose transport gives these answers, and then 200.
async fn send_over(
    request: Request,
    answers: &[Answer],
) -> (Result<Response, TransportError>, MockTransport) {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    for answer in answers {
        mock.expect(When::any(), answer.clone());
    }
    mock.always(When::any(), Answer::json("{}"));
    let outcome = stack(mock.shared(), &clock).build().transport().send(request).await;
    (outcome, mock)
}

#[tokio::test]
async fn the_matrix_of_what_is_repeated_holds() {
    use TransportErrorKind::{AttemptTimeout, BodyTooLarge, Broken, Connect, Credentials, Refused};
    let delayed = |status| Answer::status(status).header("retry-after", "1");
    // outcome, repeated for an idempotent operation, repeated for another
    let matrix = [
        ("connect", Answer::failure(Connect, false), true, true),
        ("reset after sending", Answer::failure(Broken, true), true, false),
        ("timeout after sending", Answer::failure(AttemptTimeout, true), true, false),
        ("cut-off body", Answer::json(r#"{"items": []}"#).cut_off(), true, false),
        ("body over the cap", Answer::failure(BodyTooLarge, true), false, false),
        ("no credentials", Answer::failure(Credentials, false), false, false),
        ("refused", Answer::failure(Refused, false), false, false),
        ("429", Answer::status(429), true, true),
        ("429 with a delay", delayed(429), true, true),
        ("408", Answer::status(408), true, false),
        ("502", Answer::status(502), true, false),
        ("503", Answer::status(503), true, false),
        ("504", Answer::status(504), true, false),
        ("408 with a delay", delayed(408), true, false),
        ("502 with a delay", delayed(502), true, false),
        ("503 with a delay", delayed(503), true, true),
        (
            "503 with a delay that cannot be read",
            Answer::status(503).header("retry-after", "soon"),
            true,
            false,
        ),
        ("504 with a delay", delayed(504), true, false),
        ("500", Answer::status(500), true, false),
        ("500 with a delay", delayed(500), true, false),
        ("501", Answer::status(501), false, false),
        ("200 with HTML", Answer::status(200).body(HTML), true, false),
        ("200 with half a document", Answer::json(r#"{"items": ["#), true, false),
        ("200 with two documents", Answer::json("{} {}"), true, false),
        ("200 with nothing", Answer::status(200), true, false),
        ("204", Answer::status(204), false, false),
        ("301", Answer::status(301), false, false),
        ("400", Answer::status(400), false, false),
        ("401", Answer::status(401), false, false),
        ("403", Answer::status(403), false, false),
        ("404", Answer::status(404), false, false),
        ("409", Answer::status(409), false, false),
        ("422", Answer::status(422), false, false),
    ];
    for (name, answer, if_idempotent, otherwise) in matrix {
        for (idempotent, repeated) in [(true, if_idempotent), (false, otherwise)] {
            let (outcome, mock) =
                send_over(request(Method::POST, idempotent), std::slice::from_ref(&answer)).await;
            let attempts = if repeated { 2 } else { 1 };
            assert_eq!(mock.requests().len(), attempts, "{name}, idempotent: {idempotent}");
            match outcome {
                Ok(response) => assert_eq!(response.attempts as usize, attempts, "{name}"),
                Err(error) => assert_eq!(error.attempts() as usize, attempts, "{name}"),
            }
        }
    }
}

#[tokio::test]
async fn the_last_failure_comes_back_with_the_number_of_attempts() {
    for answer in [Answer::status(429), Answer::status(500), Answer::status(200).body(HTML)] {
        let (outcome, mock) = send_over(get(), &vec![answer.clone(); 9]).await;
        let response = outcome.unwrap();
        assert_ne!(response.body.as_bytes().unwrap().as_ref(), b"{}");
        assert_eq!((response.attempts, mock.requests().len()), (5, 5), "{answer:?}");
    }
    let broken = Answer::failure(TransportErrorKind::Broken, true);
    let error = send_over(get(), &vec![broken; 9]).await.0.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.was_sent()), (TransportErrorKind::Broken, 5, true));
}

#[tokio::test]
async fn a_call_that_may_have_arrived_says_so_though_its_last_attempt_did_not() {
    let mut answers = vec![Answer::failure(TransportErrorKind::Broken, true)];
    answers.resize(9, Answer::failure(TransportErrorKind::Connect, false));
    let error = send_over(get(), &answers).await.0.unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Connect, true));
}

#[tokio::test]
async fn the_delay_that_the_server_names_is_waited_for() {
    // The clock starts on 2026-01-01 at 00:00 UTC.
    let ordinary = 0.5 * ManualClock::new().random();
    assert!(ordinary > 0.0);
    for (delay, seconds) in [
        ("7", 7.0),
        ("Thu, 01 Jan 2026 00:00:12 GMT", 12.0),
        ("30", 30.0),
        // No time at all is no delay to wait for: the ordinary back-off stands.
        ("0", ordinary),
        ("Wed, 31 Dec 2025 23:59:00 GMT", ordinary),
    ] {
        let clock = ManualClock::auto();
        let mock = MockTransport::new();
        mock.expect(When::any(), Answer::status(503).header("retry-after", delay));
        mock.expect(When::any(), Answer::json("{}"));
        let response = stack(mock.shared(), &clock).build().transport().send(get()).await.unwrap();
        assert_eq!((response.status.as_u16(), response.attempts), (200, 2));
        assert!((clock.monotonic().as_secs_f64() - seconds).abs() < 0.001, "{delay}");
    }
}

#[tokio::test]
async fn a_delay_beyond_the_cap_or_the_deadline_ends_the_call_at_once() {
    for (delay, deadline) in
        [("31", 120), ("20", 20), ("99999999999", 120), ("Fri, 02 Jan 2026 00:00:00 GMT", 120)]
    {
        let clock = ManualClock::auto();
        let mock = MockTransport::new();
        mock.expect(When::any(), Answer::status(429).header("retry-after", delay));
        let stack = stack(mock.shared(), &clock).deadline(Duration::from_secs(deadline)).build();
        let response = stack.transport().send(get()).await.unwrap();
        assert_eq!((response.status.as_u16(), response.attempts), (429, 1), "{delay}");
        assert_eq!(response.headers["retry-after"], delay);
        assert_eq!(clock.monotonic(), Duration::ZERO);
        mock.verify();
    }
}

#[tokio::test]
async fn waits_without_a_named_delay_are_random_shares_of_a_doubling_bound() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(500));
    let attempts = NonZeroU32::new(10).unwrap();
    let policy = RetryPolicy::new().attempts(attempts);
    let stack = stack(mock.shared(), &clock).retry(policy).deadline(Duration::from_secs(1_000)).build();
    stack.transport().send(get()).await.unwrap();
    let bounds = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0];
    let same_random = ManualClock::new();
    let expected: f64 = bounds.iter().map(|bound| bound * same_random.random()).sum();
    assert!((clock.monotonic().as_secs_f64() - expected).abs() < 0.001);
}

#[tokio::test]
async fn a_delete_repeated_after_a_lost_answer_finds_nothing_and_has_worked() {
    let lost = Answer::failure(TransportErrorKind::Broken, true);
    let unreached = Answer::failure(TransportErrorKind::Connect, false);
    for (first, status) in [
        (lost.clone(), 204),
        (Answer::status(500), 204),
        (Answer::status(504), 204),
        (Answer::status(429), 404),
        (unreached, 404),
    ] {
        let delete = request(Method::DELETE, true);
        let (outcome, mock) = send_over(delete, &[first.clone(), Answer::status(404).body("gone")]).await;
        let response = outcome.unwrap();
        assert_eq!((response.status.as_u16(), mock.requests().len()), (status, 2), "{first:?}");
        assert_eq!(response.body.as_bytes().unwrap().is_empty(), status == 204);
        assert_eq!(response.attempts, 2);
    }
    let (outcome, _) = send_over(request(Method::DELETE, true), &[Answer::status(404)]).await;
    assert_eq!(outcome.unwrap().status, 404, "nothing was there to begin with");
    let (outcome, _) = send_over(get(), &[lost, Answer::status(404)]).await;
    assert_eq!(outcome.unwrap().status, 404, "only a DELETE wants it gone");
}

#[tokio::test]
async fn an_empty_answer_to_a_delete_is_an_answer() {
    let (outcome, mock) = send_over(request(Method::DELETE, true), &[Answer::status(200)]).await;
    assert_eq!((outcome.unwrap().status.as_u16(), mock.requests().len()), (200, 1));
}

#[tokio::test]
async fn what_gives_nothing_is_answered_with_nothing_or_json() {
    for (answer, attempts) in [
        (Answer::status(200), 1),
        (Answer::status(200).body("\r\n"), 1),
        (Answer::json("{}"), 1),
        (Answer::status(200).body(HTML), 2),
    ] {
        let mut put = request(Method::PUT, true);
        put.meta = put.meta.with_expect(Expect::JsonOrNothing);
        let (outcome, mock) = send_over(put, std::slice::from_ref(&answer)).await;
        assert_eq!(
            (outcome.unwrap().attempts, mock.requests().len()),
            (attempts, attempts as usize),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn what_is_not_expected_to_be_json_is_taken_as_it_is() {
    let mut request = get();
    request.meta = request.meta.with_expect(Expect::Anything);
    let (outcome, mock) = send_over(request, &[Answer::status(200).body(HTML)]).await;
    assert_eq!(outcome.unwrap().body.as_bytes().unwrap(), HTML);
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn a_repeated_attempt_sends_the_whole_body_again() {
    let mut post = request(Method::POST, true);
    post.body = orglib_transport::Body::replay(|| {
        Box::pin(futures::stream::iter(["{\"a\":", "1}"].map(|piece| Ok(bytes::Bytes::from(piece)))))
    });
    let (_, mock) = send_over(post, &[Answer::status(502)]).await;
    let bodies: Vec<_> = mock.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, [r#"{"a":1}"#; 2]);
}

#[tokio::test]
async fn a_dead_server_soon_gets_each_call_once() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(503));
    let stack = stack(mock.shared(), &clock).build();
    for _ in 0..1_000 {
        stack.transport().send(get()).await.unwrap();
    }
    assert_eq!(stack.stats().retries, 100, "the budget");
    assert_eq!(stack.stats().attempts, 1_100);
}

#[tokio::test]
async fn no_call_fails_for_want_of_budget_while_two_in_five_answers_are_failures() {
    let clock = ManualClock::auto();
    let server = Server::new(&clock, |_| 1e6, 1e6);
    let faults = FaultTransport::new(Arc::new(server), 0.4, 3).only([
        Fault::Internal,
        Fault::BadGateway,
        Fault::Unavailable,
        Fault::Connect,
        Fault::Lost,
        Fault::CutOff,
        Fault::Html,
    ]);
    let patient = RetryPolicy::new().attempts(NonZeroU32::new(16).unwrap());
    let stack = stack(faults.shared(), &clock).retry(patient).deadline(Duration::from_secs(600)).build();
    let failed = failures(&stack, 4_000).await;
    assert_eq!(failed, 0);
    assert!(stack.stats().retries > 2_000, "{:?}", stack.stats());
}

async fn failures(stack: &Stack, calls: usize) -> usize {
    let mut failed = 0;
    for _ in 0..calls {
        let answer = stack.transport().send(get()).await;
        let whole = answer.is_ok_and(|answer| answer.body.as_bytes().is_some_and(|body| body == "{}"));
        failed += usize::from(!whole);
    }
    failed
}

#[tokio::test]
async fn a_call_of_more_rounds_goes_on_with_a_service_that_answers_and_not_with_one_that_is_away() {
    let asked = async |answer: Answer| {
        let mut request = get();
        request.meta.rounds = NonZeroU32::new(3).unwrap();
        let (outcome, mock) = send_over(request, &vec![answer; 14]).await;
        (outcome.is_ok_and(|response| response.status.is_success()), mock.requests().len())
    };
    assert_eq!(asked(Answer::status(500)).await, (true, 15));
    assert_eq!(asked(Answer::failure(TransportErrorKind::Broken, true)).await, (true, 15));
    assert_eq!(asked(Answer::failure(TransportErrorKind::Connect, false)).await, (false, 5));
    assert_eq!(asked(Answer::failure(TransportErrorKind::AttemptTimeout, true)).await, (false, 5));
}

#[tokio::test]
async fn a_round_that_goes_on_is_finished_after_one_answer_in_time_too_late() {
    let mut request = get();
    request.meta.rounds = NonZeroU32::new(3).unwrap();
    let mut answers = vec![Answer::status(500); 5];
    answers.extend(vec![Answer::failure(TransportErrorKind::AttemptTimeout, true); 3]);
    let (outcome, mock) = send_over(request.clone(), &answers).await;
    assert!(outcome.is_ok_and(|response| response.status.is_success()));
    assert_eq!(mock.requests().len(), 9);

    answers.extend(vec![Answer::failure(TransportErrorKind::AttemptTimeout, true); 9]);
    let (outcome, mock) = send_over(request, &answers).await;
    assert!(outcome.is_err());
    assert_eq!(mock.requests().len(), 10, "no further round is begun");
}

#[tokio::test]
async fn each_round_has_a_deadline_and_a_first_attempt_of_its_own() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(503).header("retry-after", "7"));
    let stack = stack(mock.shared(), &clock).deadline(Duration::from_secs(30)).build();
    let mut request = get();
    stack.transport().send(request.clone()).await.unwrap();
    assert_eq!((mock.requests().len(), clock.monotonic().as_secs()), (5, 28), "one round");
    request.meta.rounds = NonZeroU32::new(3).unwrap();
    stack.transport().send(request.clone()).await.unwrap();
    assert_eq!((mock.requests().len() - 5, clock.monotonic().as_secs() - 28), (13, 84), "three");

    // What an empty budget refuses are repeated attempts, and no rounds.
    for _ in 0..100 {
        stack.transport().send(request.clone()).await.unwrap();
    }
    let before = mock.requests().len();
    stack.transport().send(request).await.unwrap();
    assert_eq!(mock.requests().len() - before, 3);
}
