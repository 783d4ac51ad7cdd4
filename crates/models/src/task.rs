//! Answers that name a task.

use crate::TaskId;

/// An answer that may name a task, which goes on behind it.
pub trait NamesTask {
    /// The task's id, where the answer names one.
    fn names_task(&self) -> Option<TaskId>;
}
