//! Organisations: lists, single ones, and what changes them.

use http::StatusCode;
use serde_json::{Value, json};

use super::{
    Handlers, Writers, branch_mut, by_guid, by_id,
    shown::{Blocks, organization},
    v1, v3,
};
use crate::{
    dialect::Refusal,
    seed,
    spec::Checked,
    store::{Principal, Store, Tenant},
};

pub(in crate::services) const HANDLERS: Handlers = &[
    ("OrgV1_List", list),
    ("OrgV1_Get", get_v1),
    ("OrgV1_GetMy", current),
    ("OrgV3_List", list_v3),
    ("OrgV3_Get", get),
    ("AgentStateV14_ViewByOrganizationId", agent_states),
    ("AgentStateV38_ViewByOrganizationId", agent_states),
];

pub(in crate::services) const WRITERS: Writers = &[
    ("OrgV3_Create", create),
    ("OrgV3_Update", update),
    ("OrgV3_Block", block),
    ("OrgV3_Unblock", unblock),
    ("OrgV3_Deactivate", deactivate),
    ("OrgV3_Activate", activate),
    ("OrgV1_Create", create_v1),
    ("OrgBlockV1_Put", block),
    ("OrgBlockV1_Delete", unblock),
    ("OrgDeactivationV1_Put", deactivate),
    ("OrgDeactivationV1_Delete", activate),
];

/// The most that one page and the list of the current call hold.
const PAGE: u64 = 500;
const PAGE_V3: usize = 100;

/// Without `active`, only active organisations.
fn list(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let size = call.number("pgSize")?.unwrap_or(100).min(PAGE);
    let page = call.number("pgNum")?.unwrap_or(1).max(1);
    let active = !call.has("active") || call.flag("active");
    let text = call.text("q").unwrap_or_default().to_lowercase();
    let tenant = &store.code42;
    let found: Vec<_> = tenant
        .organizations
        .values()
        .filter(|branch| branch.active == active)
        .filter(|branch| {
            branch.name.to_lowercase().contains(&text) || branch.registration_key.to_lowercase() == text
        })
        .collect();
    let index = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let shown = found.iter().skip(index((page - 1).saturating_mul(size))).take(index(size));
    let shown: Vec<_> = shown.map(|branch| organization(tenant, branch, Blocks::of(call))).collect();
    Ok(v1(json!({"totalCount": found.len(), "orgs": shown})))
}

fn list_v3(store: &Store, _call: &Checked) -> Result<Value, Refusal> {
    let tenant = &store.code42;
    let shown = tenant.organizations.values().filter(|branch| branch.active).take(PAGE_V3);
    let shown: Vec<_> = shown.map(|branch| organization(tenant, branch, Blocks::default())).collect();
    Ok(v3(json!({"totalCount": shown.len(), "orgs": shown})))
}

fn get_v1(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let tenant = &store.code42;
    let branch = if call.text("idType") == Some("orgUid") {
        let uid = call.text("orgId").unwrap_or_default();
        tenant.by_uid(uid).ok_or_else(|| Refusal::not_found("No such organization"))?
    } else {
        by_id(tenant, call)?
    };
    Ok(v1(organization(tenant, branch, Blocks::of(call))))
}

fn get(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let tenant = &store.code42;
    Ok(v3(shown(tenant, by_guid(tenant, call)?, Blocks::of(call))))
}

fn current(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let tenant = &store.code42;
    match (tenant.top(), &call.caller.code42) {
        (Some(top), Some(Principal::User)) => Ok(v1(organization(tenant, top, Blocks::of(call)))),
        _ => Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "java.lang.NullPointerException")),
    }
}

/// The older call names the organisation above by its uid, and wants none for the top one.
fn create_v1(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let tenant = &mut store.code42;
    let name = call.body_text("orgName").unwrap_or_default().trim();
    if name.is_empty() {
        return Err(Refusal::invalid("ORG_NAME_MISSING"));
    }
    let parent = match call.body_text("parentOrgUid") {
        Some(uid) => tenant.by_uid(uid).map(|parent| parent.id),
        None => tenant.top().map(|parent| parent.id),
    };
    let parent = parent.ok_or_else(|| Refusal::invalid("No such parent organization"))?;
    let mut branch = tenant.found(name, parent, seconds(call));
    branch.external_reference = call.body_text("orgExtRef").map(str::to_owned);
    branch.notes = call.body_text("notes").map(str::to_owned);
    let id = branch.id;
    tenant.organizations.insert(id, seed::furnished(branch));
    let tenant = &store.code42;
    Ok(v1(shown(tenant, id, Blocks::default())))
}

fn shown(tenant: &Tenant, id: u64, blocks: Blocks) -> Value {
    tenant.organizations.get(&id).map_or(Value::Null, |branch| organization(tenant, branch, blocks))
}

fn create(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let id = founded(store, call)?;
    Ok(v3(shown(&store.code42, id, Blocks::default())))
}

/// Makes the organisation that a body describes, below the one that it names by its GUID.
pub(super) fn founded(store: &mut Store, call: &Checked) -> Result<u64, Refusal> {
    let tenant = &mut store.code42;
    let name = call.body_text("orgName").unwrap_or_default().trim();
    if name.is_empty() {
        return Err(Refusal::invalid("ORG_NAME_MISSING"));
    }
    let guid = call.body_text("parentOrgGuid").unwrap_or_default();
    let parent = tenant.id_of_guid(guid).ok_or_else(|| Refusal::invalid("No such parent organization"))?;
    let above = branch_mut(tenant, parent)?;
    if !above.active {
        return Err(Refusal::invalid("PARENT_ORG_NOT_ACTIVE"));
    }
    if above.blocked {
        return Err(Refusal::invalid("PARENT_ORG_BLOCKED"));
    }
    let mut branch = tenant.found(name, parent, seconds(call));
    branch.external_reference = call.body_text("orgExtRef").map(str::to_owned);
    branch.notes = call.body_text("notes").map(str::to_owned);
    let id = branch.id;
    tenant.organizations.insert(id, seed::furnished(branch));
    Ok(id)
}

/// A key that is null or missing leaves its field as it is.
fn update(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let tenant = &mut store.code42;
    let id = by_guid(tenant, call)?;
    let branch = branch_mut(tenant, id)?;
    let given = |key: &str| call.body_text(key).map(str::to_owned);
    if given("orgName").is_some_and(|name| name.trim().is_empty()) {
        return Err(Refusal::invalid("ORG_NAME_MISSING"));
    }
    if let Some(name) = given("orgName") {
        branch.name = name;
    }
    if let Some(reference) = given("orgExtRef") {
        branch.external_reference = Some(reference).filter(|text| !text.is_empty());
    }
    if let Some(notes) = given("notes") {
        branch.notes = Some(notes).filter(|text| !text.is_empty());
    }
    branch.modified = seconds(call);
    Ok(v3(shown(tenant, id, Blocks::default())))
}

fn block(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    set_blocked(store, call, true)
}

fn unblock(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    set_blocked(store, call, false)
}

fn set_blocked(store: &mut Store, call: &Checked, blocked: bool) -> Result<Value, Refusal> {
    let tenant = &mut store.code42;
    for id in tenant.with_descendants(meant(tenant, call)?) {
        branch_mut(tenant, id)?.blocked = blocked;
    }
    Ok(v3(Value::Null))
}

pub(super) fn deactivate(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let tenant = &mut store.code42;
    for id in tenant.with_descendants(meant(tenant, call)?) {
        let branch = branch_mut(tenant, id)?;
        if branch.active {
            branch.active = false;
            branch.deactivated = Some(seconds(call));
        }
    }
    Ok(v3(Value::Null))
}

/// The organisation that is meant: by its number, as the older calls have it, or by its GUID.
fn meant(tenant: &Tenant, call: &Checked) -> Result<u64, Refusal> {
    if call.has("orgId") { Ok(by_id(tenant, call)?.id) } else { by_guid(tenant, call) }
}

/// Those below stay as they are.
pub(super) fn activate(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let tenant = &mut store.code42;
    let id = meant(tenant, call)?;
    let parent = tenant.organizations.get(&id).map_or(0, |branch| branch.parent);
    if tenant.organizations.get(&parent).is_some_and(|parent| !parent.active) {
        return Err(Refusal::invalid("PARENT_ORG_NOT_ACTIVE"));
    }
    let branch = branch_mut(tenant, id)?;
    (branch.active, branch.deactivated) = (true, None);
    Ok(v3(Value::Null))
}

fn agent_states(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let branch = by_id(&store.code42, call)?;
    let name = call.text("propertyName").unwrap_or_default();
    let known = name == "fullDiskAccess";
    let states = branch.devices.iter().filter(|_| known);
    let states =
        states.map(|(guid, value)| json!({"deviceGuid": guid, "name": name, "value": value.to_string()}));
    Ok(json!({"metadata": {"licenseStatus": "active"}, "data": states.collect::<Vec<_>>()}))
}

pub(super) fn seconds(call: &Checked) -> i64 {
    call.now.milliseconds() / 1000
}
