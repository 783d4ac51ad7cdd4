//! Addresses of contents: where they are put, and fetched from. No document describes what happens there.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, header};
use serde_json::{Value, json};

use super::{
    Answerers,
    digests::{md5, sha256},
    files::free,
    mounts::{Need, Spot},
    resources::{goes_on, nothing_there},
};
use crate::{
    Sandbox,
    dialect::Refusal,
    exchange::{Answer, Incoming, Reply},
    spec::Checked,
    store::{File, Store, Transfer},
};

pub(super) const ANSWERERS: Answerers = &[
    ("GetResourceUploadLink", upload_link),
    ("upload_shd", upload_link),
    ("GetResourceDownloadLink", download_link),
    ("content_shd", download_link),
    ("UploadExternalResource", fetch),
    ("upload-ext_shd", fetch),
];

/// How long an address lives, on the sandbox's clock: half an hour, as is documented for uploads.
const LIFE: Duration = Duration::from_secs(30 * 60);

/// Where the paths of these addresses begin; no service has such paths.
const BEGINNING: &str = "/-/contents/";

fn upload_link(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let spot = Spot::of(store, call, "path", "disk", Need::Write)?;
    free(store, call, &spot, "DiskResourceAlreadyExistsError")?;
    let operation = store.disk.files.begin(call.caller.uid, call.now.since_start);
    let mut answer = link(store, call, spot.holder, &spot.path, "PUT");
    answer["operation_id"] = operation.into();
    Ok(Answer::ok(answer))
}

fn download_link(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let spot = Spot::of(store, call, "path", "disk", Need::Read)?;
    let nodes = store.disk.nodes(spot.holder, call.now.since_start);
    nodes.get(&spot.path).ok_or_else(nothing_there)?;
    Ok(Answer::ok(link(store, call, spot.holder, &spot.path, "GET")))
}

/// An address that a content is put to or fetched from.
pub(super) fn link(store: &mut Store, call: &Checked, holder: u64, path: &str, method: &str) -> Value {
    let ends = call.now.since_start + LIFE;
    let created = call.now.milliseconds();
    let transfer = Transfer { uid: holder, path: path.to_owned(), puts: method == "PUT", ends, created };
    let id = store.disk.files.open_transfer(transfer);
    json!({"href": format!("{}{BEGINNING}{id}", call.origin), "method": method, "templated": false})
}

/// The sandbox fetches nothing from anywhere: what comes is the address itself.
fn fetch(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let spot = Spot::of(store, call, "path", "disk", Need::Write)?;
    free(store, call, &spot, "DiskResourceAlreadyExistsError")?;
    let content = Bytes::from(call.text("url").unwrap_or_default().to_owned());
    let file = File {
        since: call.now.since_start,
        created: call.now.milliseconds(),
        size: content.len() as u64,
        content,
        ..File::default()
    };
    store.disk.files.put(spot.holder, spot.path, file);
    Ok(goes_on(store, call))
}

/// The answer of an address of a content; nothing for any other address.
pub(crate) fn answer(sandbox: &Sandbox, incoming: &Incoming) -> Option<Reply> {
    let id = incoming.path.strip_prefix(BEGINNING)?;
    let now = sandbox.clock().monotonic();
    let mut store = sandbox.store_mut();
    let found = store.disk.files.transfer(id).filter(|transfer| transfer.ends > now).cloned();
    let Some(transfer) = found else { return Some(Reply::empty(StatusCode::NOT_FOUND)) };
    Some(match (transfer.puts, &incoming.method) {
        (true, &Method::PUT) => {
            store.disk.take(transfer.uid, &transfer.path);
            let content = incoming.body.clone();
            let (size, created) = (content.len() as u64, transfer.created);
            let digests = (md5(&content), sha256(&content));
            let file = File { since: now, created, size, content, digests: Some(digests), ..File::default() };
            store.disk.files.put(transfer.uid, transfer.path, file);
            store.disk.files.close_transfer(id);
            Reply::empty(StatusCode::CREATED)
        }
        (false, &Method::GET) => {
            let nodes = store.disk.nodes(transfer.uid, now);
            match nodes.get(&transfer.path) {
                Some(node) => content(&made_up(&node.file), incoming),
                None => Reply::empty(StatusCode::NOT_FOUND),
            }
        }
        _ => Reply::empty(StatusCode::METHOD_NOT_ALLOWED),
    })
}

/// What the sandbox made up has a length and no content: as many zeros come.
fn made_up(file: &File) -> Bytes {
    match usize::try_from(file.size) {
        Ok(size) if file.content.len() != size => vec![0; size].into(),
        _ => file.content.clone(),
    }
}

/// A content, or the part that is asked for.
fn content(whole: &Bytes, incoming: &Incoming) -> Reply {
    let range = incoming.headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let from = range.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
    let (status, part) = match from {
        Some(from) if from >= whole.len() => return Reply::empty(StatusCode::RANGE_NOT_SATISFIABLE),
        Some(from) => (StatusCode::PARTIAL_CONTENT, whole.slice(from..)),
        None => (StatusCode::OK, whole.clone()),
    };
    let mut reply = Reply::empty(status);
    reply.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    reply = reply.with_header(header::CONTENT_LENGTH, &part.len().to_string());
    if let Some(from) = from {
        let range = format!("bytes {from}-{}/{}", whole.len().saturating_sub(1), whole.len());
        reply = reply.with_header(header::CONTENT_RANGE, &range);
    }
    reply.body = part;
    reply
}
