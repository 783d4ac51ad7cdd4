//! Tasks: how their end is waited for.
#![allow(missing_docs, unreachable_pub, dead_code, reason = "tests")]

mod common;

use std::time::Duration;

use common::{GetTask, PostTask, PostTaskOptions};
use orglib_core::{
    Client, ErrorKind, NamedOperation, Poller, Started, TaskProgress, TaskRole, operation,
    transport::{Clock, RetryPolicy},
};
use orglib_models::{
    NamesTask, TaskId,
    shape::{Kind, Shape, Shaped},
    value::Values,
};
use orglib_testkit::{Answer, ManualClock, MockTransport, When};
use serde::{Deserialize, Serialize};

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
    assert_eq!(poller.until_done().await.unwrap().as_deref(), Some("done"));
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
    assert_eq!(poller.until_done().await.unwrap().as_deref(), Some("done"));
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
    let (poller, _, clock) = poller([says("running"), Answer::status(403)]);
    let error = poller.until_done().await.unwrap_err();
    assert!(error.is_permission_denied());
    assert_eq!(error.task_id(), Some("t-1"));
    assert!(error.to_string().ends_with("role; the task t-1 may still go on"), "{error}");
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
    assert_eq!(poller.id(), Some("t-7"));
    assert_eq!(poller.poll().await.unwrap().as_deref(), Some("running"));
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

/// What names a task: `{"id": …}`.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Named {
    #[serde(default)]
    id: String,
}

impl NamesTask for Named {
    fn names_task(&self) -> Option<TaskId> {
        TaskId::new(&self.id).ok()
    }
}

impl Shaped for Named {
    const SHAPE: Shape = Shape::of(Kind::Json);
}

/// Copy something.
#[operation(id = "copy", post = "/v1/copy", host = Cloud, output = Started<Named>, starts = GetCopy)]
pub struct Copy {}

/// Tell how far a copy is.
#[operation(id = "get-copy", get = "/v1/copies/{id}", host = Cloud, output = String, progress = progress)]
pub struct GetCopy {
    #[path]
    id: TaskId,
}

fn progress(output: &String) -> TaskProgress {
    if output == "done" { TaskProgress::Done } else { TaskProgress::Running }
}

fn copying(answer: Answer) -> (Client, MockTransport) {
    let (mock, clock) = (MockTransport::new(), ManualClock::auto());
    mock.expect(When::operation("copy"), answer);
    (client(&mock, &clock), mock)
}

#[tokio::test]
async fn what_is_done_at_once_has_no_task_and_what_goes_on_has() {
    for answer in [Answer::status(201).body(r#"{"id":"x"}"#), Answer::status(204), Answer::status(200)] {
        let (client, mock) = copying(answer);
        let poller = client.start(Copy::new()).send().await.unwrap();
        assert_eq!((poller.id(), poller.poll().await.unwrap()), (None, None));
        assert_eq!(poller.until_done().await.unwrap(), None);
        mock.verify();
    }
    let (client, mock) = copying(Answer::status(202).body(r#"{"id":"x"}"#));
    mock.expect(When::request("GET", "/v1/copies/x"), says("running"));
    mock.expect(When::request("GET", "/v1/copies/x"), says("done"));
    let poller = client.start(Copy::new()).send().await.unwrap();
    assert_eq!(poller.id(), Some("x"));
    assert_eq!(poller.until_done().await.unwrap().as_deref(), Some("done"));
    mock.verify();
}

#[tokio::test]
async fn a_task_without_a_name_is_an_error_and_may_have_been_done() {
    for (body, says) in [("{}", "names no task"), ("[]", "not understood"), ("<html>", "not understood")] {
        let (client, _) = copying(Answer::status(202).body(body));
        let error = client.start(Copy::new()).send().await.unwrap_err();
        assert_eq!((error.kind(), error.may_be_done()), (ErrorKind::Decode, true), "{error}");
        assert!(!error.is_retryable() && error.to_string().contains(says), "{error}");
    }
}

#[tokio::test]
async fn a_task_is_waited_for_by_name_too() {
    const COPY: NamedOperation = NamedOperation::of::<Copy>();
    const TELLS: NamedOperation = NamedOperation::of::<GetCopy>();
    assert_eq!((COPY.task_role(), TELLS.task_role()), (TaskRole::Starts, TaskRole::Tells));
    let (client, mock) = copying(Answer::status(202).body(r#"{"id":"x"}"#));
    mock.always(When::operation("get-copy"), says("done"));
    let (answer, poller) = client.named(COPY, Values::new()).unwrap().start().await.unwrap();
    assert_eq!(answer.get(), r#"{"id":"x"}"#);
    assert_eq!(poller.unwrap().until_done().await.unwrap().get(), "\"done\"");

    let mut values = Values::new();
    values.set("id", "x").unwrap();
    let poller = client.named(TELLS, values).unwrap().poller().unwrap();
    assert_eq!(poller.until_done().await.unwrap().get(), "\"done\"");

    let (client, _) = copying(Answer::status(201).body("{}"));
    let call = client.named(COPY, Values::new()).unwrap();
    assert!(call.start().await.unwrap().1.is_none());
    let refused = client.named(COPY, Values::new()).unwrap().poller().unwrap_err();
    assert!(refused.to_string().contains("does not tell"), "{refused}");

    let (client, mock) = copying(Answer::status(202).body(r#"{"id":"x"}"#));
    let refused = client.named(COPY, Values::new()).unwrap().send().await.unwrap_err();
    assert_eq!(
        (refused.kind(), mock.requests().len()),
        (ErrorKind::Build, 0),
        "a task is not lost: {refused}"
    );
}
