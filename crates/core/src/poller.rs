//! Tasks: what a service goes on doing after it has answered.

use std::{fmt, time::Duration};

use http::StatusCode;
use orglib_models::{
    NamesTask,
    shape::{Shape, Shaped},
};
use serde::de::DeserializeOwned;

use crate::{
    Call, Client, Error, ErrorKind, FromResponse, Operation, OperationMeta, RawResponse, WithOperation,
};

/// The first wait between two polls, and the longest.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

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

/// An operation that may go on after its answer, as a task.
pub trait StartsTask: Operation {
    /// The operation that tells how far that task is.
    type Task: TaskOperation;

    /// The operation that tells how far the task is, from the answer that names it. `None` where there is no task, for
    /// all was done with the answer.
    fn task(&self, output: &Self::Output) -> Option<Self::Task>;
}

/// What an operation came to that a service does at once (201, 204) or goes on with (202), as it pleases.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Started<T> {
    /// It is done; with what the service says of it, if anything.
    Done(Option<T>),
    /// It goes on; with what names the task.
    Running(T),
}

impl<T: DeserializeOwned + NamesTask> FromResponse for Started<T> {
    fn from_response(response: RawResponse) -> Result<Self, Error> {
        if response.status != StatusCode::ACCEPTED {
            let says_nothing = response.body.trim_ascii().is_empty();
            return Ok(Self::Done(if says_nothing { None } else { Some(response.json()?) }));
        }
        let answer: T = response.json().map_err(Error::of_accepted)?;
        match answer.names_task() {
            Some(_) => Ok(Self::Running(answer)),
            None => Err(Error::nameless_task(&response)),
        }
    }
}

impl<T: NamesTask> NamesTask for Started<T> {
    fn names_task(&self) -> Option<orglib_models::TaskId> {
        match self {
            Self::Running(answer) => answer.names_task(),
            Self::Done(_) => None,
        }
    }
}

impl<T: Shaped> Shaped for Started<T> {
    const SHAPE: Shape = T::SHAPE;
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

    /// Sends the call. The task that it starts goes on by itself, whether the poller is used or not.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn send(self) -> Result<Poller<O::Task>, Error> {
        let operation = self.call.operation().clone();
        let output = self.call.send().await?;
        Ok(Poller { task: operation.task(&output), client: self.client, deadline: DEADLINE })
    }
}

impl<O> WithOperation<O> for Start<O> {
    fn map_operation(self, change: impl FnOnce(O) -> O) -> Self {
        Self { call: self.call.map_operation(change), ..self }
    }
}

/// A task that goes on at the service, or was done with the answer that would have named it. Dropping it does not stop
/// the task.
#[derive(Clone)]
#[must_use = "the task's end is not waited for until `until_done`"]
pub struct Poller<O> {
    client: Client,
    task: Option<O>,
    deadline: Duration,
}

impl<O: TaskOperation> Poller<O> {
    pub(crate) fn new(client: Client, operation: O) -> Self {
        Self { client, task: Some(operation), deadline: DEADLINE }
    }

    /// The task's id; none where all was done at once. A poller made of it later, also by another program, goes on
    /// where this one ends.
    pub fn id(&self) -> Option<&str> {
        self.task.as_ref().map(TaskOperation::task_id)
    }

    /// Replaces how long [`until_done`](Self::until_done) waits: 10 minutes.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Asks once how far the task is; nothing is asked where all was done at once.
    ///
    /// # Errors
    /// As [`Client::execute`]. The task may go on all the same; [`Error::task_id`] tells its id.
    pub async fn poll(&self) -> Result<Option<O::Output>, Error> {
        let Some(task) = &self.task else { return Ok(None) };
        let answer = self.client.execute(task).await;
        answer.map(Some).map_err(|error| error.with_task(task.task_id()))
    }

    /// Waits for the end of the task, asking ever more seldom: after half a second first, and every 10 seconds at
    /// last. A poll that fails for now (a timeout, a service out of order) is no failed task: it is asked again. Gives
    /// the last answer; none where all was done at once.
    ///
    /// # Errors
    /// `Task`, where the task ended in an error. `Timeout`, where it had not ended at the [`deadline`](Self::deadline);
    /// the error of the latest poll, where that one failed. It may go on then, and [`Error::task_id`] tells the id to wait
    /// for it again. Else the first error of a poll that the same poll would meet again.
    pub async fn until_done(self) -> Result<Option<O::Output>, Error> {
        let Some(task) = &self.task else { return Ok(None) };
        let ask = async || {
            let output = self.client.execute(task).await?;
            Ok((O::progress(&output), output))
        };
        Waiting { client: &self.client, meta: O::META, id: task.task_id(), deadline: self.deadline }
            .until_done(ask)
            .await
            .map(Some)
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

/// Who waits for which task, and how long.
pub(crate) struct Waiting<'a> {
    pub(crate) client: &'a Client,
    pub(crate) meta: &'static OperationMeta,
    pub(crate) id: &'a str,
    pub(crate) deadline: Duration,
}

impl Waiting<'_> {
    /// Asks until the task has ended, and gives the last answer; see [`Poller::until_done`].
    pub(crate) async fn until_done<T>(
        &self,
        ask: impl AsyncFn() -> Result<(TaskProgress, T), Error>,
    ) -> Result<T, Error> {
        let clock = self.client.clock();
        let start = clock.monotonic();
        let mut wait = FIRST_WAIT;
        loop {
            let failed = match ask().await {
                Ok((TaskProgress::Done, answer)) => return Ok(answer),
                Ok((TaskProgress::Failed, _)) => return Err(self.failed()),
                Ok((TaskProgress::Running, _)) => None,
                Err(error) if error.is_retryable() => Some(error.with_task(self.id)),
                Err(error) => return Err(error.with_task(self.id)),
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
        Error::task(ErrorKind::Task, self.meta.id, message).with_task(self.id)
    }

    fn endless(&self) -> Error {
        let message = format!("the task has not ended after {} s", self.deadline.as_secs());
        Error::task(ErrorKind::Timeout, self.meta.id, message).with_task(self.id)
    }
}

/// How long a task is waited for, where nobody says.
pub(crate) const DEADLINE: Duration = Duration::from_secs(600);
