//! Who may do what with shared and delegated mailboxes.

use serde_json::{Value, json};

use super::{
    collections::{Answer, not_found},
    mailboxes::{missing, wanted},
};
use crate::{
    dialect::Refusal,
    spec::{Checked, Shown},
    store::{MailboxKind, Organization, Task, TaskState},
};

/// The role that gives no reading. A list of no other is refused.
const SENDS_ONLY: &str = "shared_mailbox_half_sender";

pub(super) fn actors<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let id = wanted(call)?;
    org.mail.kind(id).ok_or_else(|| missing(call))?;
    let show = |(actor, roles): (u64, &[String])| json!({"actor_id": actor, "roles": roles});
    Ok(list("actors", org.mail.actors(id).map(show)))
}

pub(super) fn resources<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let actor = actor(org, call)?;
    let show = |(mailbox, kind, roles): (u64, MailboxKind, &[String])| {
        let kind = if kind == MailboxKind::Shared { "shared" } else { "delegated" };
        json!({"resource_id": mailbox, "type": kind, "roles": roles})
    };
    Ok(list("resources", org.mail.reachable(actor).map(show)))
}

fn list<'a>(name: &'static str, items: impl Iterator<Item = Value>) -> Shown<'a> {
    Shown::Fields(vec![(name, items.collect::<Vec<_>>().into())])
}

pub(super) fn set<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let mailbox = wanted(call)?;
    org.mail.kind(mailbox).ok_or_else(|| missing(call))?;
    let actor = actor(org, call)?;
    let roles = call.body["roles"].as_array().into_iter().flatten();
    let roles: Vec<_> = roles.filter_map(Value::as_str).map(str::to_owned).collect();
    if !roles.is_empty() && roles.iter().all(|role| role == SENDS_ONLY) {
        return Err(Refusal::invalid("roles: none gives the right to read"));
    }
    let task = org.mail.change(mailbox, actor, roles, call.now.since_start);
    Ok(Shown::Fields(vec![("task_id", task.into())]))
}

pub(super) fn status<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let id = call.text("taskId").unwrap_or_default();
    let Some(Task { state, .. }) = org.mail.task(id) else {
        return Err(Refusal::not_found("Task not found"));
    };
    let status = match state {
        TaskState::Running => "running",
        TaskState::Complete => "complete",
        TaskState::Error => "error",
    };
    Ok(Shown::Fields(vec![("status", status.into())]))
}

/// The employee that is meant.
fn actor(org: &Organization, call: &Checked) -> Result<u64, Refusal> {
    let actor = call.id("actorId")?;
    org.person(actor).map(|_| actor).ok_or_else(|| not_found("users", actor))
}
