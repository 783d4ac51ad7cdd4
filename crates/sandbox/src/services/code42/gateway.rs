//! The gateway: the same organisations, in another form.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Handlers, Writers, branch_mut, by_guid, organizations};
use crate::{
    dialect::Refusal,
    services::times::utc,
    spec::Checked,
    store::{Branch, Store, Tenant},
};

pub(in crate::services) const HANDLERS: Handlers = &[("GatewayOrgs_List", list), ("GatewayOrgs_Get", get)];

pub(in crate::services) const WRITERS: Writers = &[
    ("GatewayOrgs_Create", create),
    ("GatewayOrgs_Update", update),
    ("GatewayOrgs_Activate", activate),
    ("GatewayOrgs_Deactivate", deactivate),
];

/// Without `active`, those that are deactivated too.
fn list(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let tenant = &store.code42;
    let is_wanted = |branch: &&Branch| !call.has("active") || branch.active == call.flag("active");
    let shown: Vec<_> =
        tenant.organizations.values().filter(is_wanted).map(|one| shown(tenant, one)).collect();
    Ok(json!({"totalCount": shown.len(), "orgs": shown}))
}

fn get(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    by_id(&store.code42, by_guid(&store.code42, call)?)
}

fn create(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let id = organizations::founded(store, call)?;
    by_id(&store.code42, id)
}

/// What is not given stays as it is; null clears.
fn update(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let tenant = &mut store.code42;
    let id = by_guid(tenant, call)?;
    let name = call.body_text("orgName").unwrap_or_default().trim().to_owned();
    if name.is_empty() {
        return Err(Refusal::invalid("ORG_NAME_MISSING"));
    }
    let text = |key: &str| call.body.get(key).map(|text| text.as_str().unwrap_or_default().to_owned());
    let (reference, notes) = (text("orgExtRef"), text("notes"));
    let branch = branch_mut(tenant, id)?;
    branch.name = name;
    let kept = |text: String| Some(text).filter(|text| !text.is_empty());
    branch.external_reference = reference.map_or(branch.external_reference.take(), kept);
    branch.notes = notes.map_or(branch.notes.take(), kept);
    branch.modified = organizations::seconds(call);
    by_id(tenant, id)
}

fn activate(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    organizations::activate(store, call).map(|_| Value::Null)
}

fn deactivate(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    organizations::deactivate(store, call).map(|_| Value::Null)
}

fn by_id(tenant: &Tenant, id: u64) -> Result<Value, Refusal> {
    let branch = tenant.organizations.get(&id);
    let nothing = || Refusal::new(StatusCode::NOT_FOUND, "No such organization");
    branch.map(|branch| shown(tenant, branch)).ok_or_else(nothing)
}

fn shown(tenant: &Tenant, branch: &Branch) -> Value {
    let below = tenant.organizations.values().filter(|other| other.parent == branch.id).count();
    json!({
        "orgGuid": branch.guid,
        "orgName": branch.name,
        "orgExtRef": branch.external_reference,
        "notes": branch.notes,
        "parentOrgGuid": tenant.organizations.get(&branch.parent).map(|parent| &parent.guid),
        "active": branch.active,
        "creationDate": utc(branch.created),
        "modificationDate": utc(branch.modified),
        "deactivationDate": branch.deactivated.map(utc),
        "registrationKey": branch.registration_key,
        "computerCount": branch.devices.len(),
        "orgCount": below,
    })
}
