//! Tasks of operations whose types are not known.

use std::{fmt, time::Duration};

use orglib_transport::Request;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::{
    Client, Endpoints, Error, OperationMeta, RawResponse, TaskOperation, TaskProgress,
    poller::{DEADLINE, Waiting},
};

/// What an operation has to do with tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TaskRole {
    /// Nothing: its answer is the end of it.
    None,
    /// It may go on after its answer.
    Starts,
    /// It tells how far a task is.
    Tells,
}

/// The operation that tells how far a task is, of whatever type.
pub struct NamedTask(Box<dyn AnyTask>);

impl NamedTask {
    /// The task that this operation tells of.
    pub fn of<O: TaskOperation>(operation: O) -> Self
    where
        O::Output: Serialize,
    {
        Self(Box::new(operation))
    }
}

impl fmt::Debug for NamedTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NamedTask").field(&self.0.id()).finish()
    }
}

trait AnyTask: Send + Sync {
    fn meta(&self, endpoints: &Endpoints) -> &'static OperationMeta;
    fn id(&self) -> &str;
    fn request(&self, endpoints: &Endpoints) -> Result<Request, Error>;
    fn read(&self, response: RawResponse) -> Result<(TaskProgress, Box<RawValue>), Error>;
}

impl<O: TaskOperation> AnyTask for O
where
    O::Output: Serialize,
{
    fn meta(&self, endpoints: &Endpoints) -> &'static OperationMeta {
        O::meta(endpoints)
    }

    fn id(&self) -> &str {
        self.task_id()
    }

    fn request(&self, endpoints: &Endpoints) -> Result<Request, Error> {
        crate::Operation::request(self, endpoints)
    }

    fn read(&self, response: RawResponse) -> Result<(TaskProgress, Box<RawValue>), Error> {
        let operation = response.operation.clone();
        let output = self.decode(response)?;
        let answer = to_raw_value(&output).map_err(|error| Error::unwritten(operation, &error))?;
        Ok((O::progress(&output), answer))
    }
}

/// A task that goes on at the service, of an operation that was called by name. As [`Poller`](crate::Poller).
#[must_use = "the task's end is not waited for until `until_done`"]
pub struct NamedPoller {
    client: Client,
    task: NamedTask,
    deadline: Duration,
}

impl NamedPoller {
    pub(crate) fn new(client: Client, task: NamedTask) -> Self {
        Self { client, task, deadline: DEADLINE }
    }

    /// The task's id.
    pub fn id(&self) -> &str {
        self.task.0.id()
    }

    /// Replaces how long [`until_done`](Self::until_done) waits: 10 minutes.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Waits for the end of the task and gives the last answer as JSON.
    ///
    /// # Errors
    /// As [`Poller::until_done`](crate::Poller::until_done).
    pub async fn until_done(self) -> Result<Box<RawValue>, Error> {
        let Self { client, task: NamedTask(task), deadline } = &self;
        let meta = task.meta(client.endpoints());
        let ask = async || task.read(client.exchange(task.request(client.endpoints())?, meta).await?);
        Waiting { client, meta, id: task.id(), deadline: *deadline }.until_done(ask).await
    }
}

impl fmt::Debug for NamedPoller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedPoller").field("task", &self.task).finish_non_exhaustive()
    }
}
