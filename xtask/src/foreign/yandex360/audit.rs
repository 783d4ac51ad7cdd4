//! `AuditEvents`, `AuditMail` and `ServiceAppClient`.

use std::path::Path;

use serde_json::{Value, json};

use super::{Both, directory::Before, list};
use crate::workspace::Result;

/// The types that the script asks for.
const TYPES: [&str; 4] = [
    "telemost_conference.started",
    "telemost_conference.ended",
    "messenger_chat.created",
    "messenger_chat.file_sent",
];

pub(super) fn check(both: &mut Both<'_>, python: &Path, before: &Before) -> Result {
    // Ours first: the tokens that they ask for afterwards are events too.
    let mail = both.ours(&["audit", "mail", "list"])?;
    let events = both.ours(&["audit", "events", "list"])?;
    let newest = events.pointer("/0/event/occurred_at").and_then(Value::as_str);
    let oldest = list(&events).last().and_then(|event| event["event"]["occurred_at"].as_str());
    let (until, since) = newest.zip(oldest).ok_or("audit events list: no events")?;
    let period = ["--since", since, "--until", until];
    let in_period = both.ours(&[&["audit", "events", "list"], &period[..]].concat())?;
    let types = TYPES.iter().flat_map(|kind| ["--type", kind]).collect::<Vec<_>>();
    let by_type = both.ours(&[&["audit", "events", "list"], &period[..], &types].concat())?;

    let person =
        list(&before.users).iter().find(|user| user["is_enabled"] == true && user["is_robot"] == false);
    let email =
        person.and_then(|user| user["email"].as_str()).ok_or("users list: nobody who is not blocked")?;
    let theirs = both.script(python, "xtask/foreign/y360_audit.py", &[email, since, until])?;

    both.equal("audit mail list", &mail, &theirs["mail"])?;
    let ids = |events: &Value| list(events).iter().map(|event| event["uniq_id"].clone()).collect();
    both.equal("audit mail list", &ids(&mail), &theirs["mail_by_page"])?;
    both.equal("audit events list", &in_period, &theirs["events"])?;
    let ids =
        |events: &Value| list(events).iter().map(|event| event["event"]["idempotency_id"].clone()).collect();
    both.equal("audit events list --type", &ids(&by_type), &theirs["events_by_type"])?;
    if list(&theirs["events_by_type"]).is_empty() {
        return Err("audit events list --type: nothing to compare".into());
    }

    let id = person.and_then(|user| user["id"].as_str()).unwrap_or_default();
    for (who, token) in [(email, "token_by_email"), (id, "token_by_uid")] {
        let mut ours = both.ours(&["auth", "token", "--user", who])?;
        ours["length"] = ours["access_token"].as_str().unwrap_or_default().len().into();
        both.equal(&format!("auth token --user {who}"), &ours, &theirs[token])?;
    }
    both.equal("Disk with the tokens", &json!([200, 200]), &theirs["disk_status"])
}
