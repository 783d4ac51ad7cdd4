//! Files and folders of the token's owner.

use std::time::Duration;

use http::StatusCode;
use serde_json::json;

use super::{
    Answerers, files,
    mounts::{Need, Spot},
};
use crate::{
    dialect::Refusal,
    exchange::Answer,
    spec::Checked,
    store::{File, Node, Store, is_below},
};

pub(super) const ANSWERERS: Answerers =
    &[("CopyResource", copy), ("copy_shd", copy), ("GetOperationStatus", status)];

/// How long a folder is copied, on the sandbox's clock.
pub(super) const TASK_TIME: Duration = Duration::from_millis(300);

/// A file is copied at once; a folder, and what is wanted so, in an operation.
fn copy(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let now = call.now.since_start;
    let from = Spot::of(store, call, "from", "disk", Need::Read)?;
    let to = Spot::of(store, call, "path", "disk", Need::Write)?;
    let nodes = store.disk.nodes(from.holder, now);
    let is_folder = nodes.get(&from.path).ok_or_else(nothing_there)?.file.is_folder;
    if from.holder == to.holder && is_below(&to.path, &from.path) {
        return Err(Refusal::invalid("path: it leads into what is copied"));
    }
    if from.holder == to.holder && is_below(&from.path, &to.path) {
        return Err(Refusal::invalid("path: what is copied is in it, and would be replaced with it"));
    }
    let later = is_folder || call.flag("force_async");
    let since = if later { now + TASK_TIME } else { now };
    let source = nodes.iter().filter(|(known, _)| is_below(known, &from.path));
    let copied = |node: &Node<'_>| File { since, created: call.now.milliseconds(), ..node.file.clone() };
    let source: Vec<_> = source
        .map(|(known, node)| (format!("{}{}", to.path, &known[from.path.len()..]), copied(node)))
        .collect();
    files::free(store, call, &to, "DiskResourceAlreadyExistsError")?;
    store.disk.take(to.holder, &to.path);
    source.into_iter().for_each(|(path, file)| store.disk.files.put(to.holder, path, file));
    Ok(if later { goes_on(store, call) } else { to.link(StatusCode::CREATED) })
}

/// What is answered where it goes on: a link to the operation.
pub(super) fn goes_on(store: &mut Store, call: &Checked) -> Answer {
    let id = store.disk.files.begin(call.caller.uid, call.now.since_start + TASK_TIME);
    link(StatusCode::ACCEPTED, &format!("operations/{id}"))
}

fn status(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let id = call.text("operation_id").unwrap_or_default();
    match store.disk.files.has_ended(call.caller.uid, id, call.now.since_start) {
        Some(ended) => Ok(Answer::ok(json!({"status": if ended { "success" } else { "in-progress" }}))),
        None => Err(Refusal::not_found("Operation not found.").with_code("DiskOperationNotFoundError")),
    }
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

/// A link to a resource that is there now.
pub(super) fn link_to(status: StatusCode, path: &str) -> Answer {
    link(status, &format!("resources?path={}", escaped(path)))
}

pub(super) fn link(status: StatusCode, to: &str) -> Answer {
    let href = format!("https://cloud-api.yandex.net/v1/disk/{to}");
    Answer::json(status, json!({"href": href, "method": "GET", "templated": false}))
}

/// A path as it stands in an address.
pub(super) fn escaped(path: &str) -> String {
    url::form_urlencoded::byte_serialize(format!("disk:{path}").as_bytes()).collect()
}

pub(super) fn nothing_there() -> Refusal {
    Refusal::not_found("Resource not found.").with_code("DiskNotFoundError")
}

pub(super) fn exists(path: &str, code: &'static str) -> Refusal {
    Refusal::conflict(format!("Resource \"{path}\" already exists.")).with_code(code)
}
