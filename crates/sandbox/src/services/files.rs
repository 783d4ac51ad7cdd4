//! Files and folders of the token's owner, one by one and in lists.

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::{Value, json};

use super::{
    Answerers, Handlers, fields,
    mounts::{Need, Spot},
    resources::{exists, nothing_there, path},
    times::greenwich,
};
use crate::{
    dialect::Refusal,
    exchange::{Answer, mix},
    spec::Checked,
    store::{File, Node, Store},
};

pub(super) const HANDLERS: Handlers = &[
    ("GetDisk", capacity),
    ("GetResource", get),
    ("meta_shd", get),
    ("GetFlatFilesList", files),
    ("GetLastUploadedFilesList", last_uploaded),
];

pub(super) const ANSWERERS: Answerers =
    &[("CreateResource", create), ("create-folder_shd", create), ("UpdateResource", update)];

/// How many come where nobody says.
const LIMIT: u64 = 20;

/// How many bytes everybody has: 10 GiB.
const SPACE: u64 = 10 * 1024 * 1024 * 1024;

fn capacity(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let uid = call.caller.uid;
    let kept: u64 = store.disk.nodes(uid, call.now.since_start).values().map(|node| node.file.size).sum();
    let in_trash = store.disk.files.trash(uid).flat_map(|(_, thing)| &thing.files);
    let in_trash: u64 = in_trash.map(|(_, file)| file.size).sum();
    let person = store.organizations.values().find_map(|org| org.person(uid));
    let mut answer = json!({
        "total_space": SPACE, "used_space": kept + in_trash, "trash_size": in_trash,
        "max_file_size": 50_u64 * 1024 * 1024 * 1024, "is_paid": true, "revision": mix(kept) >> 12,
        "user": {
            "uid": uid.to_string(), "login": person.map_or("", |person| person.text("nickname")),
            "display_name": person.map_or("", |person| person.text("display_name")), "country": "ru",
        },
        "system_folders": {"downloads": "disk:/Загрузки/", "applications": "disk:/Приложения"},
    });
    fields::keep(&mut answer, call.text("fields"));
    Ok(answer)
}

fn get(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let spot = Spot::of(store, call, "path", "disk", Need::Read)?;
    let nodes = store.disk.nodes(spot.holder, call.now.since_start);
    let mut answer = folder(call, &nodes, &spot.path, &|path, node| spot.mount.show(path, node))?;
    fields::keep(&mut answer, call.text("fields"));
    Ok(answer)
}

/// What there is at a path; of a folder with a page of what is in it.
pub(super) fn folder(
    call: &Checked,
    nodes: &BTreeMap<String, Node<'_>>,
    path: &str,
    show: &dyn Fn(&str, &Node<'_>) -> Value,
) -> Result<Value, Refusal> {
    let node = nodes.get(path).ok_or_else(nothing_there)?;
    let mut answer = show(path, node);
    if node.file.is_folder {
        let is_in =
            |known: &str| known.rsplit_once('/').is_some_and(|(parent, _)| parent == path && known != path);
        let children = nodes.iter().filter(|(known, _)| is_in(known));
        let mut items: Vec<_> = children.map(|(path, node)| show(path, node)).collect();
        sort(&mut items, call.text("sort"));
        let (limit, offset) = page(call)?;
        let total = items.len();
        answer["_embedded"] = json!({
            "items": cut(items, limit, offset), "limit": limit, "offset": offset, "total": total,
            "sort": call.text("sort").unwrap_or(""), "path": answer["path"],
        });
    }
    Ok(answer)
}

fn files(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let (limit, offset) = page(call)?;
    let mut items = all(store, call);
    sort(&mut items, call.text("sort"));
    let mut answer = json!({"items": cut(items, limit, offset), "limit": limit, "offset": offset});
    fields::keep(&mut answer, call.text("fields"));
    Ok(answer)
}

fn last_uploaded(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let (limit, _) = page(call)?;
    let mut items = all(store, call);
    sort(&mut items, Some("-created"));
    let mut answer = json!({"items": cut(items, limit, 0), "limit": limit});
    fields::keep(&mut answer, call.text("fields"));
    Ok(answer)
}

/// Every file, of the kinds that are asked for.
fn all(store: &Store, call: &Checked) -> Vec<Value> {
    let kinds: Option<Vec<_>> = call.text("media_type").map(|kinds| kinds.split(',').collect());
    let nodes = store.disk.nodes(call.caller.uid, call.now.since_start);
    let files = nodes.iter().filter(|(_, node)| !node.file.is_folder).map(|(path, node)| show(path, node));
    let is_meant = |file: &Value| {
        kinds.as_ref().is_none_or(|kinds| kinds.iter().any(|kind| file["media_type"] == *kind))
    };
    files.filter(is_meant).collect()
}

pub(super) fn page(call: &Checked) -> Result<(u64, u64), Refusal> {
    Ok((call.number("limit")?.unwrap_or(LIMIT), call.number("offset")?.unwrap_or_default()))
}

pub(super) fn cut(items: Vec<Value>, limit: u64, offset: u64) -> Vec<Value> {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    items.into_iter().skip(number(offset)).take(number(limit)).collect()
}

fn sort(items: &mut [Value], by: Option<&str>) {
    let Some(by) = by else { return };
    let key = by.trim_start_matches('-');
    items.sort_by(|one, other| {
        let (one, other) = (&one[key], &other[key]);
        match (one.as_u64(), other.as_u64()) {
            (Some(one), Some(other)) => one.cmp(&other),
            _ => one.as_str().unwrap_or_default().cmp(other.as_str().unwrap_or_default()),
        }
    });
    if by.starts_with('-') {
        items.reverse();
    }
}

fn create(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let spot = Spot::of(store, call, "path", "disk", Need::Write)?;
    free(store, call, &spot, "DiskPathPointsToExistentDirectoryError")?;
    let folder = File { is_folder: true, created: call.now.milliseconds(), ..File::default() };
    let created = spot.link(StatusCode::CREATED);
    store.disk.files.put(spot.holder, spot.path, folder);
    Ok(created)
}

/// Whether a place may be taken: its folder is there, and it is not, or may be replaced.
pub(super) fn free(store: &Store, call: &Checked, spot: &Spot, code: &'static str) -> Result<(), Refusal> {
    let nodes = store.disk.nodes(spot.holder, call.now.since_start);
    let path = &spot.path;
    if !nodes.get(spot.parent()).is_some_and(|node| node.file.is_folder) {
        let text = format!("Specified path \"{path}\" doesn't exist.");
        return Err(Refusal::conflict(text).with_code("DiskPathDoesntExistsError"));
    }
    if nodes.contains_key(path) && !call.flag("overwrite") {
        return Err(exists(path, code));
    }
    Ok(())
}

/// Properties are merged with those that are there; null removes one.
fn update(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let (path, uid) = (path(call, "path")?, call.caller.uid);
    let nodes = store.disk.nodes(uid, call.now.since_start);
    let file = nodes.get(path).ok_or_else(nothing_there)?.file.clone();
    if store.disk.files.get_mut(uid, path).is_none() {
        store.disk.files.put(uid, path.to_owned(), file);
    }
    if let Some(file) = store.disk.files.get_mut(uid, path) {
        for (name, value) in call.body["custom_properties"].as_object().into_iter().flatten() {
            match value {
                Value::Null => _ = file.custom.remove(name),
                value => _ = file.custom.insert(name.clone(), value.clone()),
            }
        }
    }
    let nodes = store.disk.nodes(uid, call.now.since_start);
    let mut answer = nodes.get(path).map(|node| show(path, node)).unwrap_or_default();
    fields::keep(&mut answer, call.text("fields"));
    Ok(Answer::ok(answer))
}

/// A file or folder as its owner sees it.
pub(super) fn show(path: &str, node: &Node<'_>) -> Value {
    let Node { file, shared } = node;
    let name = path.rsplit('/').next().unwrap_or_default();
    let modified = shared.map_or(file.created, |shared| shared.modified.max(file.created));
    let number = path.bytes().fold(7, |seed, byte| mix(seed ^ u64::from(byte)));
    let mut shown = json!({
        "name": if path.is_empty() { "disk" } else { name },
        "path": format!("disk:{}", if path.is_empty() { "/" } else { path }),
        "type": if file.is_folder { "dir" } else { "file" },
        "created": greenwich(file.created), "modified": greenwich(modified),
        "resource_id": format!("1:{number:016x}{:016x}{:016x}{:016x}", mix(number), number >> 7, mix(number + 1)),
        "revision": modified, "exif": {}, "comment_ids": {},
    });
    if let Some(shared) = shared {
        shown["public_key"] = shared.public_key().into();
        shown["public_url"] = shared.public_url().into();
        shown["resource_id"] = shared.id().into();
    }
    if !file.custom.is_empty() {
        shown["custom_properties"] = file.custom.clone().into();
    }
    if !file.is_folder {
        shown["size"] = file.size.into();
        shown["mime_type"] = "application/octet-stream".into();
        shown["media_type"] = media(name).into();
        shown["antivirus_status"] = "clean".into();
        // What the sandbox made up has no content.
        if let Some((md5, sha256)) = &file.digests {
            shown["md5"] = md5.as_str().into();
            shown["sha256"] = sha256.as_str().into();
        }
    }
    shown
}

/// The kind of a file, by the end of its name.
fn media(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
        "png" | "jpg" | "jpeg" | "gif" => "image",
        "docx" | "doc" | "pdf" | "odt" => "document",
        "xlsx" | "xls" | "csv" => "spreadsheet",
        "txt" | "md" => "text",
        "zip" | "gz" => "compressed",
        "mp4" | "mov" => "video",
        _ => "unknown",
    }
}
