//! Tasks: what a service goes on doing after it has answered.

use std::{fmt, time::Duration};

use crate::{Call, Client, Error, Operation, WithOperation};

/// The first wait between two polls, and the longest.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// How long [`Poller::until_done`] waits for a task.
const DEADLINE: Duration = Duration::from_secs(600);

/// An operation that tells how far a task is.
pub trait TaskOperation: Operation + Clone {
    /// The task's id, by which it can be asked for again.
    fn task_id(&self) -> &str;

    /// How far the task is, from an answer.
    fn progress(output: &Self::Output) -> TaskProgress;
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TaskProgress {
    /// It goes on, or it says something that nobody has seen yet.
    Running,
    /// It has ended, and did what it should.
    Done,
    /// It has ended in an error.
    Failed,
}

/// An operation whose answer names a task.
pub trait StartsTask: Operation {
    /// The operation that tells how far that task is.
    type Task: TaskOperation;

    /// The operation that tells how far the task is, from the answer that names it.
    fn task(&self, output: Self::Output) -> Self::Task;
}

/// A call that starts a task, ready to be sent. Optional arguments are set as on a [`Call`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Start<O> {
    call: Call<O>,
    client: Client,
}

impl<O: StartsTask + Clone> Start<O> {
    pub(crate) fn new(client: Client, operation: O) -> Self {
        Self { call: client.call(operation), client }
    }

    /// Replaces the deadline of the call. That of the task is [`Poller::deadline`].
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { call: self.call.timeout(timeout), ..self }
    }

    /// Sends the call. The task it starts goes on by itself, whether the poller is used or not.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn send(self) -> Result<Poller<O::Task>, Error> {
        let operation = self.call.operation().clone();
        let output = self.call.send().await?;
        Ok(self.client.poller(operation.task(output)))
    }
}

impl<O> WithOperation<O> for Start<O> {
    fn map_operation(self, change: impl FnOnce(O) -> O) -> Self {
        Self { call: self.call.map_operation(change), ..self }
    }
}

/// A task that goes on at the service. Dropping it does not stop the task.
#[derive(Clone)]
#[must_use = "the task's end is not waited for until `until_done`"]
pub struct Poller<O> {
    client: Client,
    operation: O,
    deadline: Duration,
}

impl<O: TaskOperation> Poller<O> {
    pub(crate) fn new(client: Client, operation: O) -> Self {
        Self { client, operation, deadline: DEADLINE }
    }

    /// The task's id. A poller made of it later, also by another program, goes on where this one ends.
    pub fn id(&self) -> &str {
        self.operation.task_id()
    }

    /// Replaces how long [`until_done`](Self::until_done) waits: 10 minutes.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Asks once how far the task is.
    ///
    /// # Errors
    /// As [`Client::execute`]. The task may go on all the same; [`Error::task_id`] tells its id.
    pub async fn poll(&self) -> Result<O::Output, Error> {
        self.client.execute(&self.operation).await.map_err(|error| error.with_task(self.id()))
    }

    /// Waits for the end of the task, asking ever more seldom: after half a second first, and every 10 seconds at
    /// last. A poll that fails for now (a timeout, a service out of order) is no failed task: it is asked again.
    ///
    /// # Errors
    /// `Task`, where the task ended in an error. `Timeout`, where it had not ended at the [`deadline`](Self::deadline):
    /// it may go on, and [`Error::task_id`] tells the id to wait for it again. Else the first error of a poll that
    /// the same poll would meet again.
    pub async fn until_done(self) -> Result<O::Output, Error> {
        let clock = self.client.clock().clone();
        let start = clock.monotonic();
        let mut wait = FIRST_WAIT;
        loop {
            let failed = match self.poll().await {
                Ok(output) => match O::progress(&output) {
                    TaskProgress::Done => return Ok(output),
                    TaskProgress::Failed => return Err(self.failed()),
                    TaskProgress::Running => None,
                },
                Err(error) if error.is_retryable() => Some(error),
                Err(error) => return Err(error),
            };
            let asked = failed.as_ref().and_then(Error::retry_after).unwrap_or_default();
            let left = self.deadline.saturating_sub(clock.monotonic().saturating_sub(start));
            if left.is_zero() || asked > left {
                return Err(failed.unwrap_or_else(|| self.endless()));
            }
            clock.sleep(wait.max(asked).min(left)).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    fn failed(&self) -> Error {
        let message = "the task ended in an error, of which the service says no more";
        Error::task(O::META.id, message).with_task(self.id())
    }

    fn endless(&self) -> Error {
        let message = format!("the task has not ended after {} s", self.deadline.as_secs());
        Error::task_timeout(O::META.id, message).with_task(self.id())
    }
}

impl<O: TaskOperation> fmt::Debug for Poller<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller")
            .field("id", &self.id())
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
