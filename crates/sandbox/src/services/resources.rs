//! Files and folders of the token's owner.

use std::time::Duration;

use http::StatusCode;
use serde_json::json;

use super::Answerers;
use crate::{
    dialect::Refusal,
    exchange::Answer,
    spec::Checked,
    store::{Disk, Store, is_below},
};

pub(super) const ANSWERERS: Answerers = &[("CopyResource", copy), ("GetOperationStatus", status)];

/// How long a folder is copied, on the sandbox's clock.
const TASK_TIME: Duration = Duration::from_millis(300);

/// A file is copied at once; a folder, and what is wanted so, in an operation.
fn copy(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let (uid, now, disk) = (call.caller.uid, call.now.since_start, &mut store.disk);
    let (from, to) = (path(call, "from")?.to_owned(), path(call, "path")?.to_owned());
    let source = below(disk, uid, &from, now);
    if source.is_empty() {
        return Err(Refusal::not_found("Resource not found.").with_code("DiskNotFoundError"));
    }
    if is_below(&to, &from) {
        return Err(Refusal::invalid("path: it leads into what is copied"));
    }
    if is_below(&from, &to) {
        return Err(Refusal::invalid("path: what is copied is in it, and would be replaced with it"));
    }
    let parent = to.rsplit_once('/').map_or("", |(parent, _)| parent);
    if !parent.is_empty() && !is_folder(&below(disk, uid, parent, now), parent) {
        let text = format!("Specified path \"{to}\" doesn't exist.");
        return Err(Refusal::conflict(text).with_code("DiskPathDoesntExistsError"));
    }
    if !below(disk, uid, &to, now).is_empty() && !call.flag("overwrite") {
        let text = format!("Resource \"{to}\" already exists.");
        return Err(Refusal::conflict(text).with_code("DiskResourceAlreadyExistsError"));
    }
    let goes_on = call.flag("force_async") || is_folder(&source, &from);
    let since = if goes_on { now + TASK_TIME } else { now };
    disk.files.remove(uid, &to);
    disk.forget(uid, &to);
    for (path, is_folder) in source {
        disk.files.put(uid, format!("{to}{}", &path[from.len()..]), is_folder, since);
    }
    if goes_on {
        let id = disk.files.begin(uid, since);
        return Ok(link(StatusCode::ACCEPTED, &format!("operations/{id}")));
    }
    let path: String = url::form_urlencoded::byte_serialize(format!("disk:{to}").as_bytes()).collect();
    Ok(link(StatusCode::CREATED, &format!("resources?path={path}")))
}

fn status(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let id = call.text("operation_id").unwrap_or_default();
    match store.disk.files.has_ended(call.caller.uid, id, call.now.since_start) {
        Some(ended) => Ok(Answer::ok(json!({"status": if ended { "success" } else { "in-progress" }}))),
        None => Err(Refusal::not_found("Operation not found.").with_code("DiskOperationNotFoundError")),
    }
}

/// What a person has at a path and beneath it, shared or not: each path, and whether it is a folder.
fn below(disk: &Disk, uid: u64, path: &str, now: Duration) -> Vec<(String, bool)> {
    let shared = disk.owned_by(uid).filter(|resource| is_below(&resource.path, path));
    let shared = shared.map(|resource| (resource.path.to_string(), resource.is_folder));
    let kept = disk.files.below(uid, path, now).map(|(path, is_folder)| (path.to_owned(), is_folder));
    shared.chain(kept).collect()
}

/// Whether a path is a folder: one that is known, or one that something is in.
fn is_folder(below: &[(String, bool)], path: &str) -> bool {
    below.iter().any(|(known, is_folder)| *is_folder || known != path)
}

/// A parameter that is a path from the root of a Disk, without the scheme that it may have.
pub(super) fn path<'a>(call: &'a Checked, name: &str) -> Result<&'a str, Refusal> {
    let path = call.text(name).unwrap_or_default();
    let path = path.strip_prefix("disk:").unwrap_or(path);
    if path.starts_with('/') {
        return Ok(path.trim_end_matches('/'));
    }
    Err(Refusal::invalid(format!("{name}: not an absolute path")))
}

fn link(status: StatusCode, to: &str) -> Answer {
    let href = format!("https://cloud-api.yandex.net/v1/disk/{to}");
    Answer::json(status, json!({"href": href, "method": "GET", "templated": false}))
}
