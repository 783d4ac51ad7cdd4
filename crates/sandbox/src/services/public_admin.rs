//! What employees share from Disk, for the administrator.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{Handlers, organization, shared};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Organization, Record, Resource, Store, Subject},
};

pub(super) const HANDLERS: Handlers = &[
    ("public-owned-by-user", owned),
    ("public-accessed-by-user", accessible),
    ("public-settings-get-admin-pkey", settings_by_key),
    ("public-settings-get-admin-path", settings_by_path),
    ("public-settings-get-admin-resid", settings_by_id),
];

/// The largest page; a larger limit is taken as this one, and the answer says so.
const LIMIT_MAX: u64 = 1000;

fn owned(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let person = employee(organization(store, call, "org_id")?, call.id("user_id")?)?;
    let limit = limit(call, 100)?;
    let offset = call.number("offset")?.unwrap_or_default();
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let page = store.disk.owned_by(person.number("id")).skip(number(offset)).take(number(limit));
    let items: Vec<_> = page.map(shared::short).collect();
    Ok(json!({"items": items, "limit": limit, "offset": offset}))
}

/// The documents do not show this answer; it is shaped after its neighbour, with the key to go on.
fn accessible(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let person = employee(org, call.id("user_id")?)?;
    let limit = limit(call, 20)?;
    let after = match call.text("iteration_key").filter(|key| !key.is_empty()) {
        Some(key) => {
            u64::from_str_radix(key, 16).map_err(|_| Refusal::invalid("iteration_key: not from this list"))?
        }
        None => 0,
    };
    let reach = Reach::of(org, person, call.flag("include_group_access"));
    let mut found: Vec<_> = store
        .disk
        .all()
        .filter(|resource| {
            resource.number > after && resource.owner != person.number("id") && reach.has(resource)
        })
        .collect();
    found.sort_by_key(|resource| resource.number);
    let more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|resource| format!("{:016x}", resource.number));
    let items: Vec<_> = found.into_iter().map(|resource| with_owner(org, resource)).collect();
    Ok(json!({"items": items, "limit": limit, "iteration_key": next.unwrap_or_default()}))
}

fn with_owner(org: &Organization, resource: &Resource) -> Value {
    let mut shown = shared::short(resource);
    shown["owner"] = json!({"id": resource.owner, "org_id": org.id});
    shown
}

/// What a person reaches, by name and, if wished, as a member.
struct Reach {
    user: u64,
    groups: Vec<u64>,
    departments: Vec<u64>,
    employees_of: Option<u64>,
}

impl Reach {
    fn of(org: &Organization, person: &Record, as_member: bool) -> Self {
        let user = person.number("id");
        let mut reach = Self { user, groups: Vec::new(), departments: Vec::new(), employees_of: None };
        if as_member {
            reach.groups = org.groups_with("user", user).to_vec();
            reach.departments = org.departments_above(person.number("department_id")).collect();
            reach.employees_of = Some(org.id);
        }
        reach
    }

    fn has(&self, resource: &Resource) -> bool {
        resource.accesses.iter().any(|access| match access.subject {
            Subject::User(id) => id == self.user,
            Subject::Group(id) => self.groups.contains(&id),
            Subject::Department(id) => self.departments.contains(&id),
            Subject::Employees => self.employees_of.is_some() && access.org == self.employees_of,
            _ => false,
        })
    }
}

fn settings_by_key(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    ours(store, call, by_key(store, call)).map(|found| shared::settings(store, found))
}

fn settings_by_path(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    ours(store, call, by_path(store, call)?).map(|found| shared::settings(store, found))
}

fn settings_by_id(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let found = store.disk.by_id(call.text("resource_id").unwrap_or_default());
    ours(store, call, found).map(|found| shared::settings(store, found))
}

/// What a key leads to. A key that was percent-encoded once more than needed is taken as well: clients in use send it so.
pub(super) fn by_key<'a>(store: &'a Store, call: &Checked) -> Option<&'a Resource> {
    let key = call.text("public_key").unwrap_or_default();
    let once_more = percent_decode_str(key).decode_utf8_lossy();
    store.disk.by_key(key).or_else(|| store.disk.by_key(&once_more))
}

/// What is at a path of somebody's. The path is one without `/disk`, though the listing has it.
pub(super) fn by_path<'a>(store: &'a Store, call: &Checked) -> Result<Option<&'a Resource>, Refusal> {
    let uid = call.id("user_id")?;
    let path = call.text("path").unwrap_or_default();
    let path = path.strip_prefix("disk:").unwrap_or(path);
    Ok(store.disk.by_path(uid, path).filter(|resource| resource.found_by_path))
}

/// A resource, if its owner belongs to an organisation that the caller administers.
pub(super) fn ours<'a>(
    store: &Store,
    call: &Checked,
    found: Option<&'a Resource>,
) -> Result<&'a Resource, Refusal> {
    if call.caller.organizations.is_empty() {
        return Err(Refusal::forbidden("The caller does not administer an organization"));
    }
    let is_ours = |resource: &&Resource| {
        let mut ours = call.caller.organizations.iter().filter_map(|id| store.organizations.get(id));
        ours.any(|org| org.person(resource.owner).is_some())
    };
    found.filter(is_ours).ok_or_else(|| Refusal::not_found("Resource not found."))
}

fn employee(org: &Organization, uid: u64) -> Result<&Record, Refusal> {
    let found = org.person(uid);
    found.ok_or_else(|| Refusal::not_found("User not found.").with_code("DiskUserNotFoundError"))
}

fn limit(call: &Checked, default: u64) -> Result<u64, Refusal> {
    Ok(call.number("limit")?.unwrap_or(default).min(LIMIT_MAX))
}
