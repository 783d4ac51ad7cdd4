//! What is moved, deleted, and had back.

use http::StatusCode;
use serde_json::{Value, json};

use super::{
    Answerers, Handlers, fields,
    files::{cut, free, page, show},
    resources::{TASK_TIME, goes_on, link_to, nothing_there, path},
    times::greenwich,
};
use crate::{
    dialect::Refusal,
    exchange::{Answer, Payload},
    spec::Checked,
    store::{File, Node, Store, Trashed, is_below},
};

pub(super) const HANDLERS: Handlers = &[("GetTrashResource", get)];

pub(super) const ANSWERERS: Answerers = &[
    ("MoveResource", rename),
    ("DeleteResource", delete),
    ("RestoreFromTrash", restore),
    ("ClearTrash", clear),
];

/// A file is moved at once; a folder, and what is wanted so, in an operation.
fn rename(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let (uid, now) = (call.caller.uid, call.now.since_start);
    let (from, to) = (path(call, "from")?, path(call, "path")?);
    let nodes = store.disk.nodes(uid, now);
    let is_folder = nodes.get(from).ok_or_else(nothing_there)?.file.is_folder;
    if is_below(to, from) || is_below(from, to) {
        return Err(Refusal::invalid("path: it leads into what is moved, or above it"));
    }
    free(store, call, to, "DiskResourceAlreadyExistsError")?;
    store.disk.take(uid, to);
    let later = is_folder || call.flag("force_async");
    store.disk.rename(uid, from, to, if later { now + TASK_TIME } else { now });
    Ok(if later { goes_on(store, call) } else { link_to(StatusCode::CREATED, to) })
}

/// A file and an empty folder go at once.
fn delete(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let (uid, path) = (call.caller.uid, path(call, "path")?);
    let nodes = store.disk.nodes(uid, call.now.since_start);
    let node = nodes.get(path).filter(|_| !path.is_empty()).ok_or_else(nothing_there)?;
    if call.has("md5") && call.text("md5") != node.file.digests.as_ref().map(|(md5, _)| md5.as_str()) {
        return Err(Refusal::conflict("MD5 differs.").with_code("MD5DifferError"));
    }
    let is_full = nodes.keys().any(|known| known != path && is_below(known, path));
    let thing = Trashed {
        origin: path.to_owned(),
        deleted: call.now.milliseconds(),
        files: vec![(String::new(), node.file.clone())],
    };
    let mut files = store.disk.take(uid, path);
    if !call.flag("permanently") {
        if !files.iter().any(|(rest, _)| rest.is_empty()) {
            files.insert(0, thing.files[0].clone());
        }
        store.disk.files.throw_away(uid, Trashed { files, ..thing });
    }
    Ok(if is_full || call.flag("force_async") { goes_on(store, call) } else { nothing() })
}

fn nothing() -> Answer {
    Answer { status: StatusCode::NO_CONTENT, content: Payload::Nothing }
}

/// The name in the trash that a path means; nothing for all of it.
fn name<'a>(call: &'a Checked, name: &str) -> Option<&'a str> {
    let path = call.text(name).unwrap_or_default();
    let path = path.strip_prefix("trash:").unwrap_or(path).trim_matches('/');
    (!path.is_empty()).then_some(path)
}

fn get(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let things = || store.disk.files.trash(call.caller.uid);
    let mut answer = match name(call, "path") {
        Some(wanted) => {
            let thing = things().find(|(id, _)| *id == wanted).ok_or_else(nothing_there)?;
            shown(thing.0, thing.1)
        }
        None => {
            let (limit, offset) = page(call)?;
            let items: Vec<_> = things().map(|(id, thing)| shown(id, thing)).collect();
            let total = items.len();
            json!({
                "name": "trash", "path": "trash:/", "type": "dir", "created": greenwich(0), "modified": greenwich(0),
                "resource_id": "1:trash", "revision": 1, "exif": {}, "comment_ids": {},
                "_embedded": {"items": cut(items, limit, offset), "limit": limit, "offset": offset, "total": total,
                    "sort": "", "path": "trash:/"},
            })
        }
    };
    fields::keep(&mut answer, call.text("fields"));
    Ok(answer)
}

fn shown(id: &str, thing: &Trashed) -> Value {
    let own = thing.files.iter().find(|(rest, _)| rest.is_empty()).map(|(_, file)| file.clone());
    let file = own.unwrap_or(File { is_folder: true, ..File::default() });
    let mut shown = show(&thing.origin, &Node { file, shared: None });
    shown["path"] = format!("trash:/{id}").into();
    shown["origin_path"] = format!("disk:{}", thing.origin).into();
    shown["deleted"] = greenwich(thing.deleted).into();
    shown
}

fn restore(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let (uid, now) = (call.caller.uid, call.now.since_start);
    let wanted = name(call, "path").ok_or_else(nothing_there)?;
    let thing =
        store.disk.files.trash(uid).find(|(id, _)| *id == wanted).ok_or_else(nothing_there)?.1.clone();
    let parent = thing.origin.rsplit_once('/').map_or("", |(parent, _)| parent);
    let to = match call.text("name") {
        Some(name) if name.contains('/') => name.strip_prefix("disk:").unwrap_or(name).to_owned(),
        Some(name) => format!("{parent}/{name}"),
        None => thing.origin.clone(),
    };
    free(store, call, &to, "DiskResourceAlreadyExistsError")?;
    store.disk.take(uid, &to);
    let later = thing.files.len() > 1 || call.flag("force_async");
    let since = if later { now + TASK_TIME } else { now };
    for (rest, file) in thing.files {
        store.disk.files.put(uid, format!("{to}{rest}"), File { since, ..file });
    }
    store.disk.files.take_from_trash(uid, wanted);
    Ok(if later { goes_on(store, call) } else { link_to(StatusCode::CREATED, &to) })
}

fn clear(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let uid = call.caller.uid;
    match name(call, "path") {
        Some(id) => _ = store.disk.files.take_from_trash(uid, id).ok_or_else(nothing_there)?,
        None => store.disk.files.empty_trash(uid),
    }
    let later = call.flag("force_async") || name(call, "path").is_none();
    Ok(if later { goes_on(store, call) } else { nothing() })
}
