//! Departments, on both hosts.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{
    Handlers, organization,
    paging::{NumberedPage, OffsetPage},
    shared::{DEPARTMENT_LISTS, email_id},
    times::utc,
};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Department, Organization, Store},
};

pub(super) const HANDLERS: Handlers = &[
    ("DepartmentService_List", list_legacy),
    ("DepartmentService_Get", get_legacy),
    ("get-departments", list),
    ("get-department-info", get),
];

fn list_legacy(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "orgId")?;
    let page = NumberedPage::of(call)?;
    let parent = call.number("parentId")?;
    let matching = |department: &&Department| parent.is_none_or(|parent| department.parent == parent);
    let mut departments: Vec<_> = org.departments.values().filter(matching).collect();
    if call.text("orderBy") == Some("name") {
        departments.sort_by(|one, other| one.name.cmp(&other.name));
    }
    let sizes = org.department_sizes();
    Ok(page.cut("departments", &departments, |department| legacy(org, department, &sizes)))
}

fn get_legacy(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "orgId")?;
    Ok(legacy(org, find(org, call.id("departmentId")?)?, &org.department_sizes()))
}

/// The list shows the parent as an object, the single department as an id: the documents' example and table.
fn list(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let page = OffsetPage::of(call)?;
    let email = call.text("email");
    let of_two_factor = !call.has("is_2fa_enabled") || !call.flag("is_2fa_enabled");
    let matching = |department: &&Department| {
        of_two_factor && email.is_none_or(|email| org.address(&department.label).eq_ignore_ascii_case(email))
    };
    let departments: Vec<_> = org.departments.values().filter(matching).collect();
    let sizes = org.department_sizes();
    Ok(page.cut(&departments, |department| {
        let mut shown = current(org, department, &sizes);
        shown["parent"] = json!({"id": department.parent});
        shown
    }))
}

fn get(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let department = find(org, call.id("department_id")?)?;
    let mut shown = current(org, department, &org.department_sizes());
    shown["parent_id"] = department.parent.into();
    Ok(shown)
}

fn find(org: &Organization, id: u64) -> Result<&Department, Refusal> {
    org.departments.get(&id).ok_or_else(|| Refusal::not_found(format!("Department {id} not found")))
}

fn legacy(org: &Organization, department: &Department, sizes: &HashMap<u64, u64>) -> Value {
    json!({
        "id": department.id,
        "name": department.name,
        "parentId": department.parent,
        "description": department.description,
        "createdAt": utc(department.created),
        "externalId": "",
        "label": department.label,
        "email": org.address(&department.label),
        "emailId": email_id(&department.label, DEPARTMENT_LISTS, department.id),
        "membersCount": sizes.get(&department.id).copied().unwrap_or_default(),
        "aliases": [],
    })
}

/// A department of the current host, without its parent.
fn current(org: &Organization, department: &Department, sizes: &HashMap<u64, u64>) -> Value {
    json!({
        "id": department.id,
        "name": department.name,
        "description": department.description,
        "label": department.label,
        "email": org.address(&department.label),
        "aliases": [],
        "members_count": sizes.get(&department.id).copied().unwrap_or_default(),
        "removed": false,
        "created_at": utc(department.created),
        "is_2fa_enabled": false,
    })
}
