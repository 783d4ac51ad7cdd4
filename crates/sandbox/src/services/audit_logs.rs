//! The mail log and the Disk log.

use serde_json::{Map, Value, json};

use super::{Handlers, audit_events::moment, organization, times::utc};
use crate::{
    dialect::Refusal,
    spec::{Checked, spec},
    store::{Entry, Log, Logs, Organization, Place, Store, full_name},
};

pub(super) const HANDLERS: Handlers = &[("AuditLogService_Mail", mail), ("AuditLogService_Disk", disk)];

fn mail(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    page(store, call, |logs| &logs.mail, show_mail)
}

fn disk(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    page(store, call, |logs| &logs.disk, show_disk)
}

fn page(
    store: &Store,
    call: &Checked,
    log: fn(&Logs) -> &Log,
    show: fn(&Organization, &Entry) -> Value,
) -> Result<Value, Refusal> {
    let org = organization(store, call, "orgId")?;
    let (from, to) = (moment(call, "afterDate")?, moment(call, "beforeDate")?);
    let (from, to) = (from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX));
    if from > to {
        return Err(Refusal::invalid("afterDate: later than beforeDate"));
    }
    let (types, included, excluded) =
        (call.texts("types"), ids(call, "includeUids")?, ids(call, "excludeUids")?);
    let place = Place::read(call.text("pageToken").unwrap_or_default());
    let place = place.ok_or_else(|| Refusal::invalid("pageToken: not from this list"))?;
    let keeps = |entry: &&Entry| {
        (from..=to).contains(&entry.at)
            && (types.is_empty() || types.contains(&entry.kind))
            && (included.is_empty() || included.contains(&entry.uid))
            && !excluded.contains(&entry.uid)
    };
    let entries = store.audit.logs(org.id).into_iter().flat_map(|logs| log(logs).below(place));
    let mut entries = entries.filter(keeps).peekable();
    let size = usize::try_from(call.id("pageSize")?).unwrap_or(usize::MAX);
    let page: Vec<_> = entries.by_ref().take(size).collect();
    let more = entries.peek().and(page.last()).map(|last| last.token());
    let events: Vec<_> = page.into_iter().map(|entry| show(org, entry)).collect();
    Ok(json!({"events": events, "nextPageToken": more.unwrap_or_default()}))
}

fn ids(call: &Checked, name: &str) -> Result<Vec<u64>, Refusal> {
    let ids = call.texts(name).into_iter().map(str::parse).collect::<Result<_, _>>();
    ids.map_err(|_| Refusal::invalid(format!("{name}: not ids")))
}

/// What both logs tell of an event.
fn common(org: &Organization, entry: &Entry) -> Map<String, Value> {
    let person = org.person(entry.uid);
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| _ = shown.insert(name.to_owned(), value);
    put("eventType", entry.kind.into());
    put("date", utc(entry.at / 1000).into());
    put("orgId", org.id.into());
    put("requestId", format!("{:016x}", entry.roll(1, u64::MAX)).into());
    put("uniqId", format!("{:016x}{:016x}", entry.at, entry.number).into());
    put("userUid", entry.uid.to_string().into());
    put("userLogin", person.map(|person| org.address_of(person)).unwrap_or_default().into());
    put("userName", person.map(|person| full_name(person, ["first", "last"])).unwrap_or_default().into());
    put("clientIp", format!("192.0.2.{}", entry.roll(2, 200) + 1).into());
    shown
}

fn show_mail(org: &Organization, entry: &Entry) -> Value {
    const SOURCES: [&str; 4] = ["server", "imap", "pop3", "native"];
    let folders = spec().words_of_property("yandex360-api360", "MailEvent", "folderType");
    let to = org.person(entry.other).map(|person| org.address_of(person)).unwrap_or_default();
    let folder = folders.get(entry.roll(3, folders.len() as u64) as usize).copied().unwrap_or_default();
    let mut shown = common(org, entry);
    let from = shown["userLogin"].clone();
    let mut put = |name: &str, value: Value| _ = shown.insert(name.to_owned(), value);
    put("source", SOURCES[entry.roll(4, 4) as usize].into());
    put("mid", entry.roll(5, 1 << 60).to_string().into());
    put("msgId", format!("<{:x}@{}>", entry.roll(6, u64::MAX), org.domain).into());
    put("subject", format!("Отчёт № {}", entry.roll(7, 1000)).into());
    put("from", from);
    put("to", to.into());
    put("cc", "".into());
    put("bcc", "".into());
    put("folderType", folder.into());
    put("folderName", if folder == "user" { "Проекты" } else { folder }.into());
    put("labels", if entry.roll(8, 2) == 0 { json!(["seen", "attached"]) } else { json!([]) });
    if entry.kind == "message_copy" {
        put("destMid", entry.roll(9, 1 << 60).to_string().into());
    }
    // Delegates act in every fifth one.
    if entry.roll(10, 5) == 0 {
        put("actorUid", entry.other.to_string().into());
    }
    Value::Object(shown)
}

fn show_disk(org: &Organization, entry: &Entry) -> Value {
    let owner = org.person(entry.other).filter(|_| entry.kind != "fs-trash-drop-all");
    let is_folder = matches!(entry.kind, "fs-mkdir" | "share-create-group" | "share-invite-user");
    let id = entry.roll(3, u64::MAX);
    let mut shown = common(org, entry);
    let mut put = |name: &str, value: Value| _ = shown.insert(name.to_owned(), value);
    put("ownerUid", owner.map(|_| entry.other.to_string()).unwrap_or_default().into());
    put("ownerLogin", owner.map(|owner| org.address_of(owner)).unwrap_or_default().into());
    put("ownerName", owner.map(|person| full_name(person, ["first", "last"])).unwrap_or_default().into());
    put("path", owner.map(|_| format!("/disk/Отчёты/{id:x}.xlsx")).unwrap_or_default().into());
    put("resourceFileId", owner.map(|_| format!("{id:016x}")).unwrap_or_default().into());
    put("size", if is_folder { "0".to_owned() } else { entry.roll(4, 1 << 30).to_string() }.into());
    put("rights", if entry.kind.starts_with("share-") { "660" } else { "" }.into());
    put("lastModificationDate", utc(entry.at / 1000 - 3600).into());
    Value::Object(shown)
}
