//! Tasks: how their end is waited for.
#![allow(missing_docs, unreachable_pub, dead_code, reason = "tests")]

mod common;

use std::time::Duration;

use common::{GetTask, PostTask, PostTaskOptions};
use orglib_core::{
    Client, ErrorKind, Poller,
    transport::{Clock, RetryPolicy},
};
use orglib_testkit::{Answer, ManualClock, MockTransport, When};

fn poller(answers: impl IntoIterator<Item = Answer>) -> (Poller<GetTask>, MockTransport, ManualClock) {
    let (mock, clock) = (MockTransport::new(), ManualClock::auto());
    for answer in answers {
        mock.expect(When::operation("get-task"), answer);
    }
    (client(&mock, &clock).poller(GetTask::new("t-1")), mock, clock)
}

fn client(mock: &MockTransport, clock: &ManualClock) -> Client {
    Client::builder(mock.shared())
        .clock(clock.shared())
        .stack(|stack| stack.retry(RetryPolicy::never()))
        .build()
}

fn says(word: &str) -> Answer {
    Answer::json(format!("\"{word}\""))
}

#[tokio::test]
async fn a_task_is_waited_for_ever_more_patiently_until_it_is_done() {
    let (poller, mock, clock) =
        poller(["running", "queued", "", "running", "running", "running", "running", "done"].map(says));
    assert_eq!(poller.until_done().await.unwrap(), "done");
    mock.verify();
    assert_eq!(clock.monotonic(), Duration::from_millis(500 + 1000 + 2000 + 4000 + 8000 + 10_000 + 10_000));
}

#[tokio::test]
async fn a_failed_poll_is_not_a_failed_task() {
    let (poller, mock, _) = poller([
        Answer::status(503),
        Answer::status(500),
        Answer::status(429).header("retry-after", "30"),
        says("done"),
    ]);
    assert_eq!(poller.until_done().await.unwrap(), "done");
    mock.verify();
}

#[tokio::test]
async fn a_task_that_ends_in_an_error_says_so_and_which() {
    let (poller, _, _) = poller([says("running"), says("error")]);
    let error = poller.until_done().await.unwrap_err();
    assert_eq!((error.kind(), error.task_id()), (ErrorKind::Task, Some("t-1")));
    assert!(error.was_sent() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        "get-task: the task ended in an error, of which the service says no more; read what is there, then start it \
         again (task t-1)"
    );
}

#[tokio::test]
async fn a_task_that_never_ends_gives_the_id_to_wait_again() {
    let (mock, clock) = (MockTransport::new(), ManualClock::auto());
    mock.always(When::any(), says("running"));
    let poller = client(&mock, &clock).poller(GetTask::new("t-1")).deadline(Duration::from_secs(60));
    let error = poller.until_done().await.unwrap_err();
    assert_eq!((error.kind(), error.task_id()), (ErrorKind::Timeout, Some("t-1")));
    assert_eq!(
        error.to_string(),
        "get-task: the task has not ended after 60 s; it may still go on: wait for the task t-1 again"
    );
    assert_eq!(clock.monotonic(), Duration::from_secs(60), "it waits until its deadline, and no longer");
}

#[tokio::test]
async fn a_poll_that_would_fail_again_ends_the_wait_and_the_error_names_the_task() {
    let (poller, _, clock) = poller([says("running"), Answer::status(404)]);
    let error = poller.until_done().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.task_id(), Some("t-1"));
    assert!(error.to_string().ends_with("check the id; the task t-1 may still go on"), "{error}");
    assert_eq!(clock.monotonic(), Duration::from_millis(500));
}

#[tokio::test]
async fn a_service_that_stays_out_of_order_is_told_of_at_the_deadline() {
    let (mock, clock) = (MockTransport::new(), ManualClock::auto());
    mock.always(When::any(), Answer::status(503));
    let poller = client(&mock, &clock).poller(GetTask::new("t-1")).deadline(Duration::from_secs(5));
    let error = poller.until_done().await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), error.task_id()), (Some(503), Some("t-1")));
}

#[tokio::test]
async fn a_call_that_starts_a_task_gives_its_poller() {
    let (mock, clock) = (MockTransport::new(), ManualClock::auto());
    mock.expect(When::operation("post-task").query("effort", "3"), says("t-7"));
    mock.expect(When::request("GET", "/v1/tasks/t-7"), says("running"));
    let start = client(&mock, &clock).start(PostTask::new()).effort(3_u32).timeout(Duration::from_secs(9));
    let poller = start.send().await.unwrap();
    assert_eq!(poller.id(), "t-7");
    assert_eq!(poller.poll().await.unwrap(), "running");
    mock.verify();
}

#[tokio::test]
async fn what_an_operation_checks_is_refused_before_sending() {
    let (mock, clock) = (MockTransport::new(), ManualClock::auto());
    let error = client(&mock, &clock).start(PostTask::new()).effort(0_u32).send().await.unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Build, false));
    assert_eq!(error.to_string(), "post-task: give an effort above 0");
    assert!(mock.requests().is_empty());
}
