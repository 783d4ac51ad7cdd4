//! Changing and closing what is shared.

use http::StatusCode;
use serde_json::Value;

use super::{Answerers, public_admin, resources};
use crate::{
    dialect::Refusal,
    exchange::{Answer, Payload},
    spec::Checked,
    store::{Access, Resource, Right, Rights, Store, Subject, Until},
};

pub(super) const ANSWERERS: Answerers = &[
    ("UpdatePublicSettings", update_own),
    ("public-settings-change-admin", update),
    ("unpublish-admin-phash", unpublish),
];

fn update_own(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let path = resources::path(call, "path")?;
    let found = store.disk.by_path(call.caller.uid, path).ok_or_else(resources::nothing_there)?;
    let number = found.number;
    change(store, call, number)
}

/// The resource is named in exactly one of three ways.
fn update(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let is_given = ["user_id", "path", "public_key", "resource_id"].map(|name| call.has(name));
    let found = match is_given {
        [true, true, false, false] => public_admin::by_path(store, call)?,
        [false, false, true, false] => public_admin::by_key(store, call),
        [false, false, false, true] => store.disk.by_id(call.text("resource_id").unwrap_or_default()),
        _ => {
            return Err(Refusal::invalid(
                "Exactly one of user_id with path, public_key, resource_id is expected",
            ));
        }
    };
    let number = public_admin::ours(store, call, found)?.number;
    change(store, call, number)
}

fn unpublish(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let found = public_admin::ours(store, call, public_admin::by_key(store, call))?;
    let (owner, path) = (found.owner, found.path.to_string());
    store.disk.unpublish(owner, &path, call.now.since_start);
    Ok(resources::link_to(StatusCode::OK, &path))
}

/// Changes what the body says, all or nothing.
fn change(store: &mut Store, call: &Checked, number: u64) -> Result<Answer, Refusal> {
    let until = match call.body.get("available_until") {
        None => None,
        Some(end) => Some(end_of(end)?),
    };
    let has_password = match call.body.get("password") {
        None => None,
        Some(Value::String(password)) => Some(!password.is_empty()),
        Some(password) if *password == false || *password == 0 => Some(false),
        Some(_) => return Err(Refusal::invalid("password: a text, or false to clear it")),
    };
    let accesses = match call.body.get("accesses").and_then(Value::as_array) {
        None => None,
        Some(given) => Some(accesses_of(store, given)?),
    };
    let Some(resource) = store.disk.shared_mut(number) else { return Err(resources::nothing_there()) };
    resource.until = until.unwrap_or(resource.until);
    resource.has_password = has_password.unwrap_or(resource.has_password);
    if let Some(accesses) = accesses {
        replace(resource, accesses);
    }
    Ok(Answer { status: StatusCode::OK, content: Payload::Nothing })
}

/// The owner keeps the access that the owner has.
fn replace(resource: &mut Resource, accesses: Vec<Access>) {
    let owner = resource.accesses.iter().copied().filter(|access| access.subject == Subject::Owner);
    let owner: Vec<_> = owner.collect();
    resource.accesses = accesses.into_iter().chain(owner).collect();
}

fn end_of(end: &Value) -> Result<Until, Refusal> {
    match end {
        Value::Null => Some(Until::Endless),
        Value::String(text) if text.is_empty() => Some(Until::Endless),
        Value::String(text) => text.parse().ok().map(Until::Text),
        end => end.as_i64().map(Until::Number),
    }
    .ok_or_else(|| Refusal::invalid("available_until: not a number of seconds"))
}

fn accesses_of(store: &Store, given: &[Value]) -> Result<Vec<Access>, Refusal> {
    let mut accesses = Vec::new();
    for (index, access) in given.iter().enumerate() {
        let read = access_of(store, access);
        accesses.extend(read.map_err(|wrong| Refusal::invalid(format!("accesses[{index}]: {wrong}")))?);
    }
    Ok(accesses)
}

/// An access in either of its forms: for a macro or lists of ids, or for one that `type` and `id` name.
fn access_of(store: &Store, access: &Value) -> Result<Vec<Access>, &'static str> {
    let word = access["rights"][0].as_str().ok_or("rights is empty")?;
    let right = Right::ALL.into_iter().find(|right| right.word() == word).ok_or("no such right")?;
    let rights = Rights::of(&[right]);
    let given_org = access["org_id"].as_u64();
    let number = |id: &Value| id.as_u64().or_else(|| id.as_str()?.parse().ok()).filter(|id| *id != 0);
    let listed = |name: &str, kind: fn(u64) -> Subject| {
        let ids = access[name].as_array().into_iter().flatten();
        ids.map(|id| number(id).map(kind).ok_or("an id is not a number")).collect::<Result<Vec<_>, _>>()
    };
    let mut subjects = Vec::new();
    match access["macros"][0].as_str() {
        Some("all") => subjects.push(Subject::All),
        Some(_) if given_org.is_none() => return Err("org_id is needed with employees"),
        Some(_) => subjects.push(Subject::Employees),
        None => {}
    }
    subjects.extend(listed("user_ids", Subject::User)?);
    subjects.extend(listed("group_ids", Subject::Group)?);
    subjects.extend(listed("department_ids", Subject::Department)?);
    let named = number(&access["id"]).zip(access["type"].as_str());
    subjects.extend(named.and_then(|(id, kind)| match kind {
        "user" => Some(Subject::User(id)),
        "outer_user" => Some(Subject::OuterUser(id)),
        "group" => Some(Subject::Group(id)),
        "department" => Some(Subject::Department(id)),
        _ => None,
    }));
    if subjects.is_empty() {
        return Err("it is for nobody");
    }
    let of_whom = |subject: Subject| match subject {
        Subject::All => None,
        Subject::User(id) | Subject::OuterUser(id) => {
            let home = store.organizations.values().find(|org| org.person(id).is_some());
            home.map(|org| org.id).or(given_org)
        }
        _ => given_org,
    };
    Ok(subjects.into_iter().map(|subject| Access { subject, org: of_whom(subject), rights }).collect())
}
