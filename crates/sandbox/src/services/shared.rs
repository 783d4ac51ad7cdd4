//! What several answers hold.

use serde_json::{Map, Value, json};

use super::times::moscow_exact;
use crate::store::{Access, Resource, Store, Subject, Until};

/// A public resource as the administrator's lists show it.
pub(super) fn short(resource: &Resource) -> Value {
    json!({
        "public_hash": resource.public_key(),
        "created_at": moscow_exact(resource.created),
        "modified_at": moscow_exact(resource.modified),
        "name": resource.name(),
        "path": format!("/disk{}", resource.path),
        "type": kind(resource),
    })
}

pub(super) fn kind(resource: &Resource) -> &'static str {
    if resource.is_folder { "dir" } else { "file" }
}

/// Who may do what with a resource, and until when.
pub(super) fn settings(store: &Store, resource: &Resource) -> Value {
    let known = resource.accesses.iter().filter(|access| is_there(store, access));
    let accesses: Vec<_> = known.map(|access| show(resource, access)).collect();
    json!({"accesses": accesses, "available_until": until(resource)})
}

/// A group or department that is gone has no access. People keep theirs: an account may come back.
fn is_there(store: &Store, access: &Access) -> bool {
    let (collection, id) = match access.subject {
        Subject::Group(id) => ("groups", id),
        Subject::Department(id) => ("departments", id),
        _ => return true,
    };
    let org = access.org.and_then(|org| store.organizations.get(&org));
    org.is_none_or(|org| org.records.get(collection, id).is_some())
}

/// The end of a link, in one of the forms seen: nothing, a number, text.
pub(super) fn until(resource: &Resource) -> Value {
    match resource.until {
        Until::Endless => Value::Null,
        Until::Number(seconds) => seconds.into(),
        Until::Text(seconds) => seconds.to_string().into(),
    }
}

fn show(resource: &Resource, access: &Access) -> Value {
    let (kind, id, macros): (_, _, &[&str]) = match access.subject {
        Subject::All => ("macro", None, &["all"]),
        Subject::Employees => ("macro", None, &["employees"]),
        Subject::EmployeesAndAll => ("macro", None, &["employees", "all"]),
        Subject::User(id) => ("user", Some(id), &[]),
        Subject::OuterUser(id) => ("outer_user", Some(id), &[]),
        Subject::Group(id) => ("group", Some(id), &[]),
        Subject::Department(id) => ("department", Some(id), &[]),
        Subject::Owner => ("owner", Some(resource.owner), &[]),
    };
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("type", kind.into());
    put("rights", access.rights.words().collect());
    if let Some(id) = id {
        put("id", if resource.ids_as_text { id.to_string().into() } else { id.into() });
    }
    if !macros.is_empty() {
        put("macros", macros.iter().copied().collect());
    }
    match access.org {
        Some(org) => _ = put("org_id", org.into()),
        // Seen both ways for people without an organisation: null, and no field.
        None if id.is_some_and(|id| id % 2 == 0) => _ = put("org_id", Value::Null),
        None => {}
    }
    Value::Object(shown)
}
