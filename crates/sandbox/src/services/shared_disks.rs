//! Disks that an organisation shares: which there are, and who may do what on them.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};

use super::{Answerers, Handlers, Writers, mounts::Need, organization, resources::TASK_TIME};
use crate::{
    dialect::Refusal,
    exchange::{Answer, Payload},
    spec::Checked,
    store::{Organization, ROOT, SharedDisk, SharedDiskAccess, Store},
};

pub(super) const HANDLERS: Handlers = &[
    ("shd-info", info),
    ("shd-create-state", state),
    ("shd-list-for-org", list_all),
    ("shd-list-for-user", list_reached),
    ("shd-permisinfo", permissions),
];

pub(super) const WRITERS: Writers = &[("shd-create", create), ("shd-permisedit", change)];

pub(super) const ANSWERERS: Answerers = &[("shd-del", delete)];

/// How many bytes each has: 1 TiB.
const SPACE: u64 = 1 << 40;

/// How many are listed where nobody says; no document tells.
const LIMIT: u64 = 20;

/// The shared disk of this label, if the caller may do that there: an administrator may do anything.
pub(super) fn reached<'a>(
    store: &'a Store,
    call: &Checked,
    label: &str,
    need: Need,
) -> Result<&'a SharedDisk, Refusal> {
    let disk = store.shared_disk(label, call.now.since_start).ok_or_else(no_disk)?;
    if call.caller.organizations.contains(&disk.org) {
        return Ok(disk);
    }
    let rights = rights(store, call, disk);
    match need {
        // To whom it is not shared it is not there.
        _ if rights.is_empty() => Err(no_disk()),
        Need::Write if !rights.contains(&"write") => Err(Refusal::forbidden("No right to write here")),
        _ => Ok(disk),
    }
}

/// The same, for those who administer it.
fn administered<'a>(store: &'a Store, call: &Checked) -> Result<&'a SharedDisk, Refusal> {
    let label = call.text("vd_hash").unwrap_or_default();
    let disk = store.shared_disk(label, call.now.since_start).ok_or_else(no_disk)?;
    let is_ours = call.caller.organizations.contains(&disk.org);
    if is_ours {
        Ok(disk)
    } else {
        Err(Refusal::forbidden("The caller does not administer the organization"))
    }
}

fn no_disk() -> Refusal {
    Refusal::not_found("Shared disk not found.")
}

fn rights<'a>(store: &Store, call: &Checked, disk: &'a SharedDisk) -> Vec<&'a str> {
    let org = store.organizations.get(&disk.org);
    org.map(|org| disk.rights_of(org, call.caller.uid)).unwrap_or_default()
}

fn show(store: &Store, call: &Checked, disk: &SharedDisk) -> Value {
    let nodes = store.disk.nodes(disk.number, call.now.since_start);
    let kept: u64 = nodes.values().map(|node| node.file.size).sum();
    let in_trash = store.disk.files.trash(disk.number).flat_map(|(_, thing)| &thing.files);
    let in_trash: u64 = in_trash.map(|(_, file)| file.size).sum();
    json!({
        "name": disk.name, "resource_id": disk.resource_id(), "vd_hash": disk.label(), "total_space": SPACE,
        "used_space": kept + in_trash, "trash_size": in_trash, "permissions": rights(store, call, disk),
    })
}

fn info(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let disk = reached(store, call, call.text("vd_hash").unwrap_or_default(), Need::Read)?;
    Ok(show(store, call, disk))
}

fn list_all(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?.id;
    page(store, call, store.shared_disks_of(org, call.now.since_start).collect())
}

/// Those that are shared with the caller; an administrator is no exception.
fn list_reached(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let id = call.id("org_id")?;
    let org = store.organizations.get(&id).filter(|org| org.person(call.caller.uid).is_some());
    let org = org.ok_or_else(|| Refusal::forbidden(format!("No permission for organization {id}")))?;
    let disks = store.shared_disks_of(org.id, call.now.since_start);
    page(store, call, disks.filter(|disk| !disk.rights_of(org, call.caller.uid).is_empty()).collect())
}

/// As scripts read it, the total counts what is on the page.
fn page(store: &Store, call: &Checked, disks: Vec<&SharedDisk>) -> Result<Value, Refusal> {
    let limit = call.number("limit")?.unwrap_or(LIMIT);
    if limit == 0 {
        return Err(Refusal::invalid("limit: less than 1"));
    }
    let offset = call.number("offset")?.unwrap_or_default();
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let page = disks.into_iter().skip(number(offset)).take(number(limit));
    let items: Vec<_> = page.map(|disk| show(store, call, disk)).collect();
    Ok(json!({"total": items.len(), "items": items, "limit": limit, "offset": offset}))
}

/// It is there after a while. What was deleted leaves its number to nobody.
fn create(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?.id;
    let id = add(store, org, Vec::new(), call.now.since_start + TASK_TIME);
    Ok(json!({"resource_id": id}))
}

/// Makes a shared disk, and gives its id.
fn add(store: &mut Store, org: u64, accesses: Vec<SharedDiskAccess>, since: Duration) -> String {
    let count = store.shared_disks_made;
    store.shared_disks_made += 1;
    let name = format!("Общий диск {}", store.shared_disks_made);
    let disk = SharedDisk { accesses, ..SharedDisk::new(org, count, name, since) };
    let id = disk.resource_id();
    store.shared_disks.push(disk);
    id
}

fn state(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?.id;
    let id = call.text("resource_id").unwrap_or_default();
    let mut disks = store.shared_disks.iter().filter(|disk| disk.org == org);
    let disk = disks.find(|disk| disk.resource_id() == id).ok_or_else(no_disk)?;
    let mut answer = json!({"resource_id": id});
    if disk.since <= call.now.since_start {
        answer["vd_hash"] = disk.label().into();
    }
    Ok(answer)
}

fn delete(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let number = administered(store, call)?.number;
    store.shared_disks.retain(|disk| disk.number != number);
    store.disk.take(number, "");
    store.disk.files.empty_trash(number);
    Ok(Answer { status: StatusCode::NO_CONTENT, content: Payload::Nothing })
}

fn permissions(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let disk = reached(store, call, call.text("vd_hash").unwrap_or_default(), Need::Read)?;
    let org = store.organizations.get(&disk.org).ok_or_else(no_disk)?;
    let known = disk.accesses.iter().filter(|access| is_known(org, &access.kind, access.id));
    let show = |access: &SharedDiskAccess| json!({"org_id": access.org, "id": access.id, "type": access.kind, "rights": access.rights});
    Ok(json!({"items": known.map(show).collect::<Vec<_>>()}))
}

/// Whether there is such a person, group or department; what is gone has no access.
fn is_known(org: &Organization, kind: &str, id: u64) -> bool {
    let collection = match kind {
        "group" => "groups",
        "department" => "departments",
        _ => "users",
    };
    org.records.get(collection, id).is_some()
}

/// Whoever is named gets these rights in place of those that they had; none take the access away.
fn change(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let disk = administered(store, call)?;
    let org = store.organizations.get(&disk.org).ok_or_else(no_disk)?;
    let mut new = Vec::new();
    for item in call.body["items"].as_array().into_iter().flatten() {
        let kind = item["type"].as_str().unwrap_or_default();
        let id = item["id"].as_u64().unwrap_or_default();
        if !is_known(org, kind, id) {
            return Err(Refusal::not_found(format!("No {kind} {id} in the organization")));
        }
        let rights = item["rights"].as_array().into_iter().flatten();
        new.push(SharedDiskAccess {
            org: org.id,
            kind: kind.to_owned(),
            id,
            rights: rights.filter_map(Value::as_str).map(str::to_owned).collect(),
        });
    }
    let number = disk.number;
    if let Some(disk) = store.shared_disks.iter_mut().find(|disk| disk.number == number) {
        for access in new {
            disk.accesses.retain(|known| (&known.kind, known.id) != (&access.kind, access.id));
            if !access.rights.is_empty() {
                disk.accesses.push(access);
            }
        }
    }
    Ok(json!({}))
}

/// Shares a disk with everybody; the administrator may write on it.
pub(crate) fn furnish(store: &mut Store, org: u64, administrator: u64) {
    let access = |kind: &str, id, rights: &[&str]| SharedDiskAccess {
        org,
        kind: kind.to_owned(),
        id,
        rights: rights.iter().map(|right| (*right).to_owned()).collect(),
    };
    let everybody = access("department", ROOT, &["read"]);
    let administrator = access("user", administrator, &["read", "write"]);
    add(store, org, vec![everybody, administrator], Duration::ZERO);
}
