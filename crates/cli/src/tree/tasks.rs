//! What goes on after its answer.

use clap::{Arg, ArgAction, ArgMatches};
use orglib::{NamedCall, NamedPoller, TaskRole};
use serde::Serialize;

use super::run::value;
use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Rows, Shape},
};

/// The ids of the flags.
const WAIT: &str = "wait";
const NO_WAIT: &str = "no-wait";

/// What a command prints that starts something.
#[derive(Debug, Serialize)]
struct Begun<'a> {
    /// Nothing where all was done at once.
    task_id: Option<&'a str>,
    status: &'static str,
}

/// The columns of that.
pub(super) fn shape() -> Shape {
    Shape::flat(&["task_id", "status"], &[])
}

/// The flag that a command with tasks takes.
pub(super) fn flag(role: TaskRole) -> Option<Arg> {
    let (name, help) = match role {
        TaskRole::Starts => (NO_WAIT, "Do not wait for the end; what is printed names the task"),
        TaskRole::Tells => (WAIT, "Wait for its end"),
        _ => return None,
    };
    Some(Arg::new(name).long(name).action(ArgAction::SetTrue).help(help))
}

/// Whether the flag was given.
pub(super) fn is_given(role: TaskRole, matches: &ArgMatches) -> bool {
    let name = if role == TaskRole::Starts { NO_WAIT } else { WAIT };
    matches.try_get_one(name).ok().flatten() == Some(&true)
}

/// Starts something, and waits for its end unless nobody wants that.
pub(super) async fn start(
    call: NamedCall,
    mut rows: Rows,
    waits: bool,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let (_, task) = call.start().await?;
    let id = task.as_ref().map(|task| task.id().to_owned());
    let mut status = "done";
    match task {
        Some(task) if waits => {
            if !global.quiet {
                console::say(&format!("task {} has begun; waiting for its end", task.id()));
            }
            patient(task, global).until_done().await?;
        }
        Some(_) => status = "running",
        None => {}
    }
    rows.write(&Begun { task_id: id.as_deref(), status })?;
    rows.finish()
}

/// Waits for the end of a task, and writes its last answer.
pub(super) async fn wait(call: NamedCall, mut rows: Rows, global: &GlobalOptions) -> Result<(), Failure> {
    let answer = patient(call.poller()?, global).until_done().await?;
    rows.write(&value(&answer)?)?;
    rows.finish()
}

fn patient(task: NamedPoller, global: &GlobalOptions) -> NamedPoller {
    match global.timeout {
        Some(timeout) => task.deadline(timeout),
        None => task,
    }
}
