//! Groups and their members, on both hosts.

use serde_json::{Value, json};

use super::{
    Handlers, organization,
    paging::{NumberedPage, OffsetPage},
    shared::{GROUP_LISTS, email_id},
    times::utc,
    users::{brief_current, brief_legacy},
};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Group, Member, Organization, Store},
};

pub(super) const HANDLERS: Handlers = &[
    ("GroupService_List", list_legacy),
    ("GroupService_Get", get_legacy),
    ("GroupService_ListMembers", members_legacy),
    ("GroupV2Service_ListMembers", all_members_legacy),
    ("get-groups", list),
    ("get-group-info", get),
    ("get-group-members", members),
];

fn list_legacy(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "orgId")?;
    let page = NumberedPage::of(call)?;
    let groups: Vec<_> = org.groups.values().collect();
    Ok(page.cut("groups", &groups, |group| legacy(org, group)))
}

fn get_legacy(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "orgId")?;
    Ok(legacy(org, find(org, call.id("groupId")?)?))
}

fn members_legacy(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "orgId")?;
    let group = find(org, call.id("groupId")?)?;
    let sizes = org.department_sizes();
    let (mut users, mut groups, mut departments) = (Vec::new(), Vec::new(), Vec::new());
    for member in &group.members {
        match member {
            Member::User(uid) => users.extend(org.people.get(uid).map(|person| brief_legacy(org, person))),
            Member::Group(id) => groups.extend(org.groups.get(id).map(
                |group| json!({"id": group.id, "name": group.name, "membersCount": group.members.len()}),
            )),
            Member::Department(id) => departments.extend(org.departments.get(id).map(|department| {
                let size = sizes.get(id).copied().unwrap_or_default();
                json!({"id": department.id, "name": department.name, "membersCount": size})
            })),
            Member::Contact { .. } | Member::Mailbox { .. } => {}
        }
    }
    Ok(json!({"users": users, "groups": groups, "departments": departments}))
}

/// Shared contacts and mailboxes too, which version 1 does not show.
fn all_members_legacy(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let mut shown = members_legacy(store, call)?;
    let org = organization(store, call, "orgId")?;
    let group = find(org, call.id("groupId")?)?;
    let (mut contacts, mut mailboxes) = (Vec::new(), Vec::new());
    for member in &group.members {
        match member {
            Member::Contact { id, name } => contacts.push(json!({
                "id": id, "firstName": name.first, "lastName": name.last, "middleName": name.middle,
            })),
            Member::Mailbox { id, name } => mailboxes.push(json!({"id": id.to_string(), "name": name})),
            _ => {}
        }
    }
    shown["externalContacts"] = contacts.into();
    shown["sharedMailboxes"] = mailboxes.into();
    Ok(shown)
}

fn list(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let page = OffsetPage::of(call)?;
    let email = call.text("email");
    let of_two_factor = !call.has("is_2fa_enabled") || !call.flag("is_2fa_enabled");
    let matching = |group: &&Group| {
        of_two_factor && email.is_none_or(|email| org.address(&group.label).eq_ignore_ascii_case(email))
    };
    let groups: Vec<_> = org.groups.values().filter(matching).collect();
    Ok(page.cut(&groups, |group| current(org, group)))
}

fn get(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    Ok(current(org, find(org, call.id("group_id")?)?))
}

fn members(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let group = find(org, call.id("group_id")?)?;
    let (mut users, mut groups, mut departments) = (Vec::new(), Vec::new(), Vec::new());
    for member in &group.members {
        match member {
            Member::User(uid) => users.extend(org.people.get(uid).map(|person| brief_current(org, person))),
            Member::Group(id) => groups.extend(org.groups.get(id).map(|group| {
                json!({"id": group.id, "name": group.name, "defaultEmail": org.address(&group.label),
                       "membersCount": group.members.len()})
            })),
            Member::Department(id) => departments.extend(org.departments.get(id).map(|department| {
                json!({"id": department.id, "name": department.name,
                       "defaultEmail": org.address(&department.label)})
            })),
            Member::Contact { .. } | Member::Mailbox { .. } => {}
        }
    }
    Ok(json!({"users": users, "groups": groups, "departments": departments}))
}

fn find(org: &Organization, id: u64) -> Result<&Group, Refusal> {
    org.groups.get(&id).ok_or_else(|| Refusal::not_found(format!("Group {id} not found")))
}

fn legacy(org: &Organization, group: &Group) -> Value {
    let members: Vec<_> = group.members.iter().filter_map(reference).collect();
    json!({
        "id": group.id,
        "name": group.name,
        "type": group.kind,
        "description": group.description,
        "membersCount": group.members.len(),
        "label": group.label,
        "email": org.address(&group.label),
        "emailId": email_id(&group.label, GROUP_LISTS, group.id),
        "aliases": [],
        "externalId": "",
        "removed": false,
        "members": members,
        "memberOf": org.groups_with(&Member::Group(group.id)),
        "createdAt": utc(group.created),
    })
}

fn reference(member: &Member) -> Option<Value> {
    let (kind, id) = match member {
        Member::User(id) => ("user", id),
        Member::Group(id) => ("group", id),
        Member::Department(id) => ("department", id),
        Member::Contact { .. } | Member::Mailbox { .. } => return None,
    };
    Some(json!({"type": kind, "id": id.to_string()}))
}

fn current(org: &Organization, group: &Group) -> Value {
    json!({
        "id": group.id,
        "name": group.name,
        "description": group.description,
        "label": group.label,
        "email": org.address(&group.label),
        "aliases": [],
        "member_of": org.groups_with(&Member::Group(group.id)),
        "members_count": group.members.len(),
        "removed": false,
        "created_at": utc(group.created),
        "is_2fa_enabled": false,
    })
}
