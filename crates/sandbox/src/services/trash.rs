//! What is moved, deleted, and had back.

use http::StatusCode;
use serde_json::{Value, json};

use super::{
    Answerers, Handlers, fields,
    files::{cut, free, page},
    mounts::{Mount, Need, Spot},
    resources::{TASK_TIME, goes_on, nothing_there},
    times::greenwich,
};
use crate::{
    dialect::Refusal,
    exchange::{Answer, Payload},
    spec::Checked,
    store::{File, Node, Store, Trashed, is_below},
};

pub(super) const HANDLERS: Handlers = &[("GetTrashResource", get), ("meta_shd-trash", get)];

pub(super) const ANSWERERS: Answerers = &[
    ("MoveResource", rename),
    ("move_shd", rename),
    ("DeleteResource", delete),
    ("delete_shd", delete),
    ("RestoreFromTrash", restore),
    ("ClearTrash", clear),
    ("trash-delete_shd", clear),
];

/// A file is moved at once; a folder, and what is wanted so, in an operation.
fn rename(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let now = call.now.since_start;
    let from = Spot::of(store, call, "from", "disk", Need::Write)?;
    let to = Spot::of(store, call, "path", "disk", Need::Write)?;
    let nodes = store.disk.nodes(from.holder, now);
    let is_folder = nodes.get(&from.path).ok_or_else(nothing_there)?.file.is_folder;
    let is_one = from.holder == to.holder;
    if is_one && (is_below(&to.path, &from.path) || is_below(&from.path, &to.path)) {
        return Err(Refusal::invalid("path: it leads into what is moved, or above it"));
    }
    free(store, call, &to, "DiskResourceAlreadyExistsError")?;
    store.disk.take(to.holder, &to.path);
    let later = is_folder || call.flag("force_async");
    let since = if later { now + TASK_TIME } else { now };
    if is_one {
        store.disk.rename(from.holder, &from.path, &to.path, since);
    } else {
        for (rest, file) in store.disk.take(from.holder, &from.path) {
            store.disk.files.put(to.holder, format!("{}{rest}", to.path), File { since, ..file });
        }
    }
    Ok(if later { goes_on(store, call) } else { to.link(StatusCode::CREATED) })
}

/// A file and an empty folder go at once.
fn delete(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let Spot { holder, path, .. } = Spot::of(store, call, "path", "disk", Need::Write)?;
    let nodes = store.disk.nodes(holder, call.now.since_start);
    let node = nodes.get(&path).filter(|_| !path.is_empty()).ok_or_else(nothing_there)?;
    if call.has("md5") && call.text("md5") != node.file.digests.as_ref().map(|(md5, _)| md5.as_str()) {
        return Err(Refusal::conflict("MD5 differs.").with_code("MD5DifferError"));
    }
    let is_full = nodes.keys().any(|known| **known != path && is_below(known, &path));
    let thing = Trashed {
        origin: path.clone(),
        deleted: call.now.milliseconds(),
        files: vec![(String::new(), node.file.clone())],
    };
    let mut files = store.disk.take(holder, &path);
    if !call.flag("permanently") {
        if !files.iter().any(|(rest, _)| rest.is_empty()) {
            files.insert(0, thing.files[0].clone());
        }
        store.disk.files.throw_away(holder, Trashed { files, ..thing });
    }
    Ok(if is_full || call.flag("force_async") { goes_on(store, call) } else { nothing() })
}

fn nothing() -> Answer {
    Answer { status: StatusCode::NO_CONTENT, content: Payload::Nothing }
}

/// Whose trash is meant, and the name in it; nothing for all of it.
fn thing(store: &Store, call: &Checked, need: Need) -> Result<(Spot, Option<String>), Refusal> {
    let given = call.text("path").unwrap_or_default();
    let spot = if given.starts_with("vd:") {
        Spot::of(store, call, "path", "trash", need)?
    } else if call.is_under("/v1/disk/virtual-disks") {
        return Err(Refusal::invalid("path: not of the form vd:<vd_hash>:trash:/<name>"));
    } else {
        Spot::own(call, given.strip_prefix("trash:").unwrap_or(given).to_owned())
    };
    let name = spot.path.trim_matches('/').to_owned();
    Ok((spot, Some(name).filter(|name| !name.is_empty())))
}

fn find<'a>(store: &'a Store, holder: u64, name: &str) -> Result<&'a Trashed, Refusal> {
    let mut things = store.disk.files.trash(holder);
    things.find(|(id, _)| *id == name).map(|(_, thing)| thing).ok_or_else(nothing_there)
}

fn get(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let (Spot { mount, holder, .. }, wanted) = thing(store, call, Need::Read)?;
    let mut answer = match wanted {
        Some(wanted) => shown(&mount, &wanted, find(store, holder, &wanted)?),
        None => {
            let (limit, offset) = page(call)?;
            let things = store.disk.files.trash(holder);
            let items: Vec<_> = things.map(|(id, thing)| shown(&mount, id, thing)).collect();
            let total = items.len();
            let path = mount.shown("trash", "");
            json!({
                "name": "trash", "path": path, "type": "dir", "created": greenwich(0), "modified": greenwich(0),
                "resource_id": "1:trash", "revision": 1, "exif": {}, "comment_ids": {},
                "_embedded": {"items": cut(items, limit, offset), "limit": limit, "offset": offset, "total": total,
                    "sort": "", "path": path},
            })
        }
    };
    fields::keep(&mut answer, call.text("fields"));
    Ok(answer)
}

fn shown(mount: &Mount, id: &str, thing: &Trashed) -> Value {
    let own = thing.files.iter().find(|(rest, _)| rest.is_empty()).map(|(_, file)| file.clone());
    let file = own.unwrap_or(File { is_folder: true, ..File::default() });
    let mut shown = mount.show(&thing.origin, &Node { file, shared: None });
    shown["origin_path"] = shown["path"].take();
    shown["path"] = mount.shown("trash", &format!("/{id}")).into();
    shown["deleted"] = greenwich(thing.deleted).into();
    shown
}

fn restore(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let now = call.now.since_start;
    let (spot, wanted) = thing(store, call, Need::Write)?;
    let wanted = wanted.ok_or_else(nothing_there)?;
    let thing = find(store, spot.holder, &wanted)?.clone();
    let origin = spot.at(thing.origin.clone());
    let to = match call.text("name") {
        Some(name) if name.contains('/') => origin.at(name.strip_prefix("disk:").unwrap_or(name).to_owned()),
        Some(name) => origin.at(format!("{}/{name}", origin.parent())),
        None => origin,
    };
    free(store, call, &to, "DiskResourceAlreadyExistsError")?;
    store.disk.take(to.holder, &to.path);
    let later = thing.files.len() > 1 || call.flag("force_async");
    let since = if later { now + TASK_TIME } else { now };
    for (rest, file) in thing.files {
        store.disk.files.put(to.holder, format!("{}{rest}", to.path), File { since, ..file });
    }
    store.disk.files.take_from_trash(to.holder, &wanted);
    Ok(if later { goes_on(store, call) } else { to.link(StatusCode::CREATED) })
}

fn clear(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let (Spot { holder, .. }, wanted) = thing(store, call, Need::Write)?;
    match &wanted {
        Some(id) => _ = store.disk.files.take_from_trash(holder, id).ok_or_else(nothing_there)?,
        None => store.disk.files.empty_trash(holder),
    }
    let later = call.flag("force_async") || wanted.is_none();
    Ok(if later { goes_on(store, call) } else { nothing() })
}
