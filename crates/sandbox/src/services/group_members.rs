//! Changes of a group's members, on both hosts.

use serde_json::{Value, json};

use super::{Writers, organization_mut};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Member, Organization, Store},
};

pub(super) const WRITERS: Writers =
    &[("GroupService_AddMember", add_legacy), ("post-group-members", add_current)];

fn add_legacy(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    add(organization_mut(store, call, "orgId")?, call, "groupId")
}

fn add_current(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    add(organization_mut(store, call, "org_id")?, call, "group_id")
}

/// A member that is there already is no refusal: the answer says that nothing was added.
fn add(org: &mut Organization, call: &Checked, group: &str) -> Result<Value, Refusal> {
    let group = call.id(group)?;
    let (kind, id) = (call.body_text("type").unwrap_or("user"), call.body_id("id")?);
    let member = match kind {
        "user" if org.people.contains_key(&id) => Member::User(id),
        "group" if id == group => return Err(Refusal::invalid("id: a group cannot hold itself")),
        "group" if org.groups.contains_key(&id) => Member::Group(id),
        "department" if org.departments.contains_key(&id) => Member::Department(id),
        _ => return Err(Refusal::not_found(format!("Member {kind} {id} not found"))),
    };
    let found = org.groups.get_mut(&group);
    let found = found.ok_or_else(|| Refusal::not_found(format!("Group {group} not found")))?;
    let is_new = !found.members.contains(&member);
    if is_new {
        found.members.push(member);
    }
    Ok(json!({"type": kind, "id": id.to_string(), "added": is_new}))
}
