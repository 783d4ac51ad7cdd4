//! Who may do what with shared and delegated mailboxes.

use serde_json::{Value, json};

use super::{
    Writers,
    mailboxes::{not_found, settled},
};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{MailboxKind, Store, Task, TaskState},
};

pub(super) const WRITERS: Writers = &[
    ("MailboxService_ListActors", actors),
    ("MailboxService_ListResources", resources),
    ("MailboxService_Set", set),
    ("MailboxService_TaskStatus", status),
];

/// The role that gives no reading. A list of no other is refused.
const SENDS_ONLY: &str = "shared_mailbox_half_sender";

fn actors(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = settled(store, call)?;
    let id = call.id("resourceId")?;
    org.mail.kind(id).ok_or_else(|| not_found(id))?;
    let show = |(actor, roles): (u64, &[String])| json!({"actorId": actor.to_string(), "roles": roles});
    Ok(json!({"actors": org.mail.actors(id).map(show).collect::<Vec<_>>()}))
}

fn resources(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = settled(store, call)?;
    let actor = call.id("actorId")?;
    org.people.get(&actor).ok_or_else(|| unknown(actor))?;
    let show = |(mailbox, kind, roles): (u64, MailboxKind, &[String])| {
        let kind = if kind == MailboxKind::Shared { "shared" } else { "delegated" };
        json!({"resourceId": mailbox.to_string(), "type": kind, "roles": roles})
    };
    Ok(json!({"resources": org.mail.reachable(actor).map(show).collect::<Vec<_>>()}))
}

fn set(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = settled(store, call)?;
    let (mailbox, actor) = (call.id("resourceId")?, call.id("actorId")?);
    org.mail.kind(mailbox).ok_or_else(|| not_found(mailbox))?;
    org.people.get(&actor).ok_or_else(|| unknown(actor))?;
    let roles = call.body["roles"].as_array().into_iter().flatten();
    let roles: Vec<_> = roles.filter_map(Value::as_str).map(str::to_owned).collect();
    if !roles.is_empty() && roles.iter().all(|role| role == SENDS_ONLY) {
        return Err(Refusal::invalid("roles: none gives the right to read"));
    }
    Ok(json!({"taskId": org.mail.change(mailbox, actor, roles, call.now.since_start)}))
}

fn status(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = settled(store, call)?;
    let id = call.text("taskId").unwrap_or_default();
    let Some(Task { state, .. }) = org.mail.task(id) else {
        return Err(Refusal::not_found("Task not found"));
    };
    let status = match state {
        TaskState::Running => "running",
        TaskState::Complete => "complete",
        TaskState::Error => "error",
    };
    Ok(json!({"status": status}))
}

fn unknown(uid: u64) -> Refusal {
    Refusal::not_found(format!("User {uid} not found"))
}
