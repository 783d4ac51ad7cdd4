//! What the token's owner shares from Disk.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Answerers, Handlers, fields, resources, shared, times::greenwich};
use crate::{
    dialect::Refusal,
    exchange::Answer,
    spec::Checked,
    store::{Resource, Right, Store},
};

pub(super) const HANDLERS: Handlers = &[
    ("ListPublicResources", list),
    ("public-settings-get", settings),
    ("public-settings-get-available", available),
];

pub(super) const ANSWERERS: Answerers = &[("PublishResource", publish), ("UnpublishResource", unpublish)];

fn publish(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let path = resources::path(call, "path")?;
    let nodes = store.disk.nodes(call.caller.uid, call.now.since_start);
    let file =
        nodes.get(path).filter(|_| !path.is_empty()).ok_or_else(resources::nothing_there)?.file.clone();
    store.disk.publish(call.caller.uid, path, &file, call.now.milliseconds());
    Ok(resources::link_to(StatusCode::OK, path))
}

fn unpublish(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let (path, uid) = (resources::path(call, "path")?, call.caller.uid);
    if !store.disk.nodes(uid, call.now.since_start).contains_key(path) {
        return Err(resources::nothing_there());
    }
    store.disk.unpublish(uid, path, call.now.since_start);
    Ok(resources::link_to(StatusCode::OK, path))
}

fn list(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let limit = call.number("limit")?.unwrap_or(20);
    let offset = call.number("offset")?.unwrap_or_default();
    let kind = call.text("type");
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let of_kind = |resource: &&Resource| kind.is_none_or(|kind| shared::kind(resource) == kind);
    let found = store.disk.owned_by(call.caller.uid).filter(of_kind);
    let items: Vec<_> = found.skip(number(offset)).take(number(limit)).map(show).collect();
    let mut answer = json!({"items": items, "limit": limit, "offset": offset});
    if let Some(kind) = kind {
        answer["type"] = kind.into();
    }
    fields::keep(&mut answer, call.text("fields"));
    Ok(answer)
}

/// The accesses are shown only to a caller who says that it knows them.
fn settings(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let resource = find(store, call)?;
    let mut answer = match call.flag("allow_address_access") {
        true => shared::settings(store, resource),
        false => json!({"available_until": shared::until(resource)}),
    };
    fields::keep(&mut answer, call.text("fields"));
    Ok(answer)
}

fn available(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    find(store, call)?;
    let org = call.caller.organizations.first();
    let everything: Vec<_> = Right::ALL.into_iter().map(Right::word).collect();
    let default = org.map(|org| json!({"macros": ["employees"], "org_id": org, "rights": ["read"]}));
    Ok(json!({
        "permissions": everything,
        "use_sharing": true,
        "address_access_sharing": "all",
        "macro_sharing": "all",
        "default": default.into_iter().collect::<Vec<_>>(),
    }))
}

fn find<'a>(store: &'a Store, call: &Checked) -> Result<&'a Resource, Refusal> {
    let found = store.disk.by_path(call.caller.uid, resources::path(call, "path")?);
    found.ok_or_else(|| Refusal::not_found("Resource not found."))
}

fn show(resource: &Resource) -> Value {
    let mut shown = json!({
        "name": resource.name(),
        "path": format!("disk:{}", resource.path),
        "type": shared::kind(resource),
        "created": greenwich(resource.created),
        "modified": greenwich(resource.modified),
        "public_key": resource.public_key(),
        "public_url": resource.public_url(),
        "resource_id": resource.id(),
        "revision": resource.modified,
        "exif": {},
        "comment_ids": {},
    });
    if !resource.is_folder {
        shown["size"] = resource.size.into();
        shown["mime_type"] = "application/octet-stream".into();
        shown["media_type"] = "unknown".into();
        shown["antivirus_status"] = "clean".into();
    }
    shown
}
