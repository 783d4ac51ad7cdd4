//! Events of an organisation.

use serde_json::{Map, Value, json};

use super::{Handlers, organization, times::greenwich};
use crate::{
    dialect::Refusal,
    spec::{Checked, spec},
    store::{Entry, Organization, Place, Store, full_name},
};

pub(super) const HANDLERS: Handlers = &[("get-logs", list)];

fn list(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let filter = Filter::of(call)?;
    let place = call.text("iteration_key").unwrap_or_default();
    let place = Place::read(place).ok_or_else(|| Refusal::invalid("iteration_key: not from this list"))?;
    let log = store.audit.logs(org.id).map(|logs| &logs.events);
    let found = log.into_iter().flat_map(|log| log.below(place));
    let mut found = found.filter(|entry| filter.keeps(entry)).peekable();
    let count = usize::try_from(call.id("count")?).unwrap_or(usize::MAX);
    let page: Vec<_> = found.by_ref().take(count).collect();
    let more = found.peek().and(page.last()).map(|last| last.token());
    let items: Vec<_> = page.into_iter().map(|entry| show(org, entry)).collect();
    Ok(json!({"items": items, "iteration_key": more}))
}

/// What of the log is asked for.
struct Filter<'a> {
    from: i64,
    to: i64,
    types: Vec<&'a str>,
    included: Option<Vec<u64>>,
    excluded: Vec<u64>,
    ip: Option<&'a str>,
    service: Option<&'a str>,
}

impl<'a> Filter<'a> {
    fn of(call: &'a Checked) -> Result<Self, Refusal> {
        let (from, to) = (moment(call, "started_at")?, moment(call, "ended_at")?);
        let (from, to) = (from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX));
        if from > to {
            return Err(Refusal::invalid("started_at: later than ended_at"));
        }
        if call.has("include_uids") && call.has("exclude_uids") {
            return Err(Refusal::invalid("include_uids: not together with exclude_uids"));
        }
        let words = |text: &'a str| text.split(',').filter(|word| !word.is_empty()).collect();
        Ok(Self {
            from,
            to,
            types: call.text("types").map(words).unwrap_or_default(),
            included: ids(call, "include_uids")?,
            excluded: ids(call, "exclude_uids")?.unwrap_or_default(),
            ip: call.text("ip"),
            service: call.text("service"),
        })
    }

    fn keeps(&self, entry: &Entry) -> bool {
        (self.from..=self.to).contains(&entry.at)
            && (self.types.is_empty() || self.types.contains(&entry.kind))
            && self.included.as_ref().is_none_or(|ids| ids.contains(&entry.uid))
            && !self.excluded.contains(&entry.uid)
            && self.ip.is_none_or(|wanted| is_address(&address(entry), wanted))
            && self.service.is_none_or(|wanted| service(entry) == wanted)
    }
}

/// A time of the query, in milliseconds. Its form has been checked.
pub(super) fn moment(call: &Checked, name: &str) -> Result<Option<i64>, Refusal> {
    let Some(text) = call.text(name) else { return Ok(None) };
    let time: jiff::Timestamp = text.parse().map_err(|_| Refusal::invalid(format!("{name}: not a time")))?;
    Ok(Some(time.as_millisecond()))
}

fn ids(call: &Checked, name: &str) -> Result<Option<Vec<u64>>, Refusal> {
    let Some(text) = call.text(name) else { return Ok(None) };
    let ids = text.split(',').map(|id| id.trim().parse()).collect::<Result<_, _>>();
    ids.map(Some).map_err(|_| Refusal::invalid(format!("{name}: not ids")))
}

/// The address is shown with the length of a prefix at times, and asked for without it.
fn is_address(shown: &str, wanted: &str) -> bool {
    shown == wanted || shown.strip_suffix("/128") == Some(wanted)
}

fn address(entry: &Entry) -> String {
    match entry.uid {
        0 => "localhost".to_owned(),
        _ if entry.roll(1, 3) == 0 => format!("2001:db8::{:x}/128", entry.roll(2, 200) + 1),
        _ => format!("192.0.2.{}", entry.roll(2, 200) + 1),
    }
}

/// Things that happen by themselves come from within, sign-ins from the service of that name.
fn service(entry: &Entry) -> &'static str {
    let words = spec().words("yandex360-cloud", "AuditService");
    let word = |wanted: &str| words.iter().find(|word| **word == wanted).copied().unwrap_or_default();
    match entry.uid {
        0 => word("Internal"),
        _ if entry.kind.starts_with("id_") => word("ID"),
        _ => words.get(entry.roll(3, words.len() as u64) as usize).copied().unwrap_or_default(),
    }
}

fn show(org: &Organization, entry: &Entry) -> Value {
    let person = org.person(entry.uid);
    let mut event = json!({
        "type": entry.kind,
        "status": if entry.has_failed() { "Error" } else { "Success" },
        "idempotency_id": format!("{:016x}{:016x}", entry.at, entry.number),
        "uid": entry.uid,
        "service": service(entry),
        "ip": address(entry),
        "occurred_at": greenwich(entry.at),
        "org_id": org.id,
        "is_system": false,
        "request_id": format!("{:016x}", entry.roll(5, u64::MAX)),
        "meta": meta(org, entry),
    });
    if entry.uid == 0 {
        event["uid"] = Value::Null;
    }
    json!({
        "user_login": person.map(|person| person.text("nickname")).unwrap_or_default(),
        "user_name": person.map(|person| full_name(person, ["last", "first"])).unwrap_or_default(),
        "event": event,
    })
}

/// What the documents know of each group of types; of the others nothing is known.
fn meta(org: &Organization, entry: &Entry) -> Value {
    let mut meta = Map::new();
    let mut put = |name: &str, value: Value| _ = meta.insert(name.to_owned(), value);
    let id = format!("{:016x}", entry.roll(6, u64::MAX));
    if entry.kind == "id_cookie.set" {
        put("device_id", if entry.roll(7, 2) == 0 { Value::Null } else { "".into() });
        put("revision", "1".into());
    } else if entry.kind.starts_with("disk_") {
        put("unixtime", (entry.at / 1000).into());
        put("tgt_rawaddress", format!("{}:/disk/Отчёты/{id}.xlsx", entry.other).into());
        put("resource_name", format!("{id}.xlsx").into());
        put("resource_type", "file".into());
        put("resource_media_type", "spreadsheet".into());
        put("owner_uid", entry.other.to_string().into());
        put("uid", entry.uid.to_string().into());
        if entry.kind == "disk_fs-set-public" {
            put("public_rights", json!({"macros": "employees", "rights": "read"}));
        }
    } else if entry.kind.starts_with("telemost_") {
        put("conference_id", id.clone().into());
        put("conference_start", (entry.at - 60_000).into());
        if entry.kind.contains("live_stream") {
            put("live_stream_id", id.into());
        }
        if entry.kind.contains("peer") {
            put("role", "participant".into());
        }
        if entry.kind.ends_with("access_level_changed") {
            put("access_level", "organization".into());
        }
    } else if entry.kind.starts_with("messenger_chat") {
        put("chat_id", format!("0/0/{id}").into());
        put("chat_info", json!({"type": "group", "name": format!("Чат «{}»", org.name)}));
    }
    Value::Object(meta)
}
