//! Files and folders of the token's owner.

use orglib_core::{Started, TaskProgress, handle, operation};
use orglib_models::{
    TaskId,
    disk::{Link, OperationState, OperationStatus},
};

handle! {
    /// Files and folders on the Disk of the token's owner. Made by [`Disk::resources`](crate::Disk::resources).
    ///
    /// Paths are absolute: `disk:/name` or `/name`. A name with a colon in it needs the form `disk:/name`.
    Resources() {
        /// Copies a file or a folder. A file is copied at once; a folder, for which there is a task to be waited for.
        fn copy(from: impl Into<String>, path: impl Into<String>) -> Start<CopyResource>;
        /// An operation that was started before, also by another program.
        fn operation(id: TaskId) -> Poller<GetOperationStatus>;
    }
}

/// Copy a file or a folder of the token's owner.
///
/// The service copies a file at once and goes on with a folder, whose end is asked for by the operation's id.
#[operation(
    id = "CopyResource", post = "/v1/disk/resources/copy", host = Cloud,
    scopes = all("cloud_api:disk.read", "cloud_api:disk.write"), rate = "disk",
    output = Started<Link>, starts = GetOperationStatus
)]
pub struct CopyResource {
    /// What is copied: its path.
    #[query]
    from: String,
    /// The path of the copy, its name included.
    #[query]
    path: String,
    /// Whether what is there already is replaced; by default not, and the copy is refused.
    #[query]
    overwrite: Option<bool>,
    /// Whether it goes on after the answer though it could be done at once; by default not.
    #[query]
    force_async: Option<bool>,
}

/// Show how far an operation of Disk is. Any token may ask.
#[operation(
    id = "GetOperationStatus", get = "/v1/disk/operations/{operation_id}", host = Cloud, rate = "disk",
    output = OperationStatus, progress = progress
)]
pub struct GetOperationStatus {
    /// The operation's id.
    #[path]
    operation_id: TaskId,
}

fn progress(operation: &OperationStatus) -> TaskProgress {
    match operation.status {
        OperationState::Success => TaskProgress::Done,
        OperationState::Failed => TaskProgress::Failed,
        _ => TaskProgress::Running,
    }
}
