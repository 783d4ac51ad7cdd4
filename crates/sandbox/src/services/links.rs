//! What others share with everybody who has the link.

use http::StatusCode;
use serde_json::{Value, json};

use super::{
    Answerers, Handlers, files,
    mounts::Spot,
    public_admin,
    resources::{TASK_TIME, exists, goes_on, nothing_there},
    transfers,
};
use crate::{
    dialect::Refusal,
    exchange::{Answer, mix},
    spec::Checked,
    store::{File, Node, Resource, Right, Store, is_below},
};

pub(super) const HANDLERS: Handlers = &[("GetPublicResource", get)];

pub(super) const ANSWERERS: Answerers =
    &[("GetPublicResourceDownloadLink", download_link), ("SaveToDiskPublicResource", save)];

/// The folder for downloads, which is made where it is not there.
const DOWNLOADS: &str = "/Загрузки";

fn get(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let (shared, path) = opened(store, call)?;
    let nodes = store.disk.nodes(shared.owner, call.now.since_start);
    let mut answer = files::folder(call, &nodes, &path, &|path, node| show(store, shared, path, node))?;
    if let Some(page) = answer.get_mut("_embedded") {
        page["public_key"] = shared.public_key().into();
    }
    Ok(answer)
}

/// What a link leads to, and the path on its owner's Disk that is meant. A link that is not for everybody is not there, nor
/// one that has ended; a password cannot be given.
fn opened<'a>(store: &'a Store, call: &Checked) -> Result<(&'a Resource, String), Refusal> {
    let shared = public_admin::by_key(store, call).ok_or_else(nothing_there)?;
    let rights = shared.open_rights(call.now.milliseconds() / 1000).ok_or_else(nothing_there)?;
    let without = [Right::Write, Right::Read, Right::ReadWithoutDownload];
    if shared.has_password || !without.into_iter().any(|right| rights.has(right)) {
        let refusal = Refusal::forbidden("The link has a password.");
        return Err(refusal.with_code("DiskSymlinkPasswordRequiredError"));
    }
    let inside = call.text("path").unwrap_or("/");
    if !inside.starts_with('/') {
        return Err(Refusal::invalid("path: it does not begin with a slash"));
    }
    Ok((shared, format!("{}{}", shared.path, inside.trim_end_matches('/'))))
}

/// The same, where its content may be had.
fn opened_to_keep<'a>(store: &'a Store, call: &Checked) -> Result<(&'a Resource, String), Refusal> {
    let (shared, path) = opened(store, call)?;
    let rights = shared.open_rights(call.now.milliseconds() / 1000);
    if rights.is_some_and(|rights| rights.has(Right::Read) || rights.has(Right::Write)) {
        return Ok((shared, path));
    }
    Err(Refusal::forbidden("The owner does not let it be downloaded."))
}

fn show(store: &Store, shared: &Resource, path: &str, node: &Node<'_>) -> Value {
    let mut shown = files::show(path, node);
    let inside = path.get(shared.path.len()..).filter(|inside| !inside.is_empty());
    shown["path"] = inside.unwrap_or("/").into();
    shown["public_key"] = shared.public_key().into();
    shown["public_url"] = shared.public_url().into();
    shown["views_count"] = (mix(shared.number) % 100).into();
    let person = store.organizations.values().find_map(|org| org.person(shared.owner));
    shown["owner"] = json!({
        "uid": shared.owner.to_string(),
        "login": person.map_or("", |person| person.text("nickname")),
        "display_name": person.map_or("", |person| person.text("display_name")),
    });
    if let Some(shown) = shown.as_object_mut() {
        shown.remove("custom_properties");
    }
    shown
}

fn download_link(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let (shared, path) = opened_to_keep(store, call)?;
    let owner = shared.owner;
    if !store.disk.nodes(owner, call.now.since_start).contains_key(&path) {
        return Err(nothing_there());
    }
    Ok(Answer::ok(transfers::link(store, call, owner, &path, "GET")))
}

/// A file is saved at once; a folder, and what is wanted so, in an operation.
fn save(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let (shared, from) = opened_to_keep(store, call)?;
    let now = call.now.since_start;
    let nodes = store.disk.nodes(shared.owner, now);
    let is_folder = nodes.get(&from).ok_or_else(nothing_there)?.file.is_folder;
    let later = is_folder || call.flag("force_async");
    let since = if later { now + TASK_TIME } else { now };
    let name = call.text("name").or_else(|| from.rsplit('/').next()).unwrap_or_default();
    let folder = match call.text("save_path") {
        Some(path) => path.strip_prefix("disk:").unwrap_or(path).trim_end_matches('/').to_owned(),
        None => DOWNLOADS.to_owned(),
    };
    let to = Spot::own(call, format!("{folder}/{name}"));
    let source = nodes.iter().filter(|(known, _)| is_below(known, &from));
    let saved = source.map(|(known, node)| {
        let file = File { since, created: call.now.milliseconds(), ..node.file.clone() };
        (format!("{}{}", to.path, &known[from.len()..]), file)
    });
    let saved: Vec<_> = saved.collect();
    if folder != DOWNLOADS {
        files::free(store, call, &to, "DiskResourceAlreadyExistsError")?;
    } else if store.disk.nodes(to.holder, now).contains_key(&to.path) {
        return Err(exists(&to.path, "DiskResourceAlreadyExistsError"));
    }
    saved.into_iter().for_each(|(path, file)| store.disk.files.put(to.holder, path, file));
    Ok(if later { goes_on(store, call) } else { to.link(StatusCode::CREATED) })
}
