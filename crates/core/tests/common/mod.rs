//! Operations and clients for the tests.

use orglib_core::{Client, Page, StartsTask, TaskOperation, TaskProgress, operation, transport::RetryPolicy};
use orglib_testkit::{ManualClock, MockTransport};

/// Reads a thing.
#[operation(id = "get-thing", get = "/v1/things/{thing_id}", host = Cloud, scopes = any("things:read", "things:write"), output = u32)]
pub struct GetThing {
    #[path]
    thing_id: String,
}

/// Changes a thing.
#[operation(id = "post-thing", post = "/v1/things", host = Cloud, scopes = all("things:write"))]
pub struct PostThing {
    /// The name.
    #[body]
    name: Option<String>,
}

/// Makes a thing, and answers with its name.
#[operation(id = "make-thing", post = "/v1/things/new", host = Cloud, output = String)]
pub struct MakeThing {}

/// Makes a thing, though it is a PUT.
#[operation(id = "put-thing", put = "/v1/things", host = Cloud, idempotent = false)]
pub struct PutThing {}

/// Lists things by offset.
#[operation(
    id = "get-things", get = "/v1/things", host = Cloud,
    legacy(id = "Things_List", get = "/things/v1", list = "things", paging = number(3)),
    list = "items", paging = offset(3), output = Page<u32>
)]
pub struct ListThings {
    /// Only things of this colour.
    #[query(only = Current)]
    colour: Option<String>,
}

/// Lists events by token.
#[operation(id = "get-events", get = "/v1/events", host = Cloud, list = "events", paging = token(100), output = Page<u32>)]
pub struct ListEvents {}

/// A client without waits and without repeated attempts.
pub fn client(mock: &MockTransport) -> Client {
    Client::builder(mock.shared())
        .clock(ManualClock::auto().shared())
        .stack(|stack| stack.retry(RetryPolicy::never()))
        .build()
}

/// Tells how far a task is.
#[operation(id = "get-task", get = "/v1/tasks/{task_id}", host = Cloud, output = String)]
pub struct GetTask {
    #[path]
    task_id: String,
}

impl TaskOperation for GetTask {
    fn task_id(&self) -> &str {
        &self.task_id
    }

    fn progress(output: &String) -> TaskProgress {
        match output.as_str() {
            "done" => TaskProgress::Done,
            "error" => TaskProgress::Failed,
            _ => TaskProgress::Running,
        }
    }
}

/// Starts a task.
#[operation(id = "post-task", post = "/v1/tasks", host = Cloud, check = Self::check, output = String)]
pub struct PostTask {
    /// How hard.
    #[query]
    effort: Option<u32>,
}

impl PostTask {
    fn check(&self) -> Result<(), String> {
        if self.effort == Some(0) { Err("give an effort above 0".to_owned()) } else { Ok(()) }
    }
}

impl StartsTask for PostTask {
    type Task = GetTask;

    fn task(&self, id: &String) -> Option<GetTask> {
        Some(GetTask::new(id))
    }
}
