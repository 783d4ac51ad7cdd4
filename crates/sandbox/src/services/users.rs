//! Employees, on both hosts.

use serde_json::{Map, Value, json};

use super::{
    Handlers, organization,
    paging::{NumberedPage, OffsetPage},
    times::{moscow, utc},
};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Member, Organization, Person, Store},
};

pub(super) const HANDLERS: Handlers = &[
    ("UserService_List", list_legacy),
    ("UserService_Get", get_legacy),
    ("UserService_Get2fa", two_factor),
    ("get-users", list),
];

fn list_legacy(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "orgId")?;
    let page = NumberedPage::of(call)?;
    let groups = org.groups_of_people();
    let people: Vec<_> = org.people.values().collect();
    Ok(page.cut("users", &people, |person| legacy(org, person, groups_in(&groups, person))))
}

fn get_legacy(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "orgId")?;
    Ok(shown(org, find(org, call.id("userId")?)?))
}

fn two_factor(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let person = find(organization(store, call, "orgId")?, call.id("userId")?)?;
    let has_phone = person.has_two_factor || person.contacts.iter().any(|contact| contact.kind == "phone");
    Ok(
        json!({"userId": person.uid.to_string(), "has2fa": person.has_two_factor, "hasSecurityPhone": has_phone}),
    )
}

fn find(org: &Organization, uid: u64) -> Result<&Person, Refusal> {
    org.people.get(&uid).ok_or_else(|| Refusal::not_found(format!("User {uid} not found")))
}

/// An employee as the legacy host shows one by itself.
pub(super) fn shown(org: &Organization, person: &Person) -> Value {
    legacy(org, person, &org.groups_with(&Member::User(person.uid)))
}

fn list(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let page = OffsetPage::of(call)?;
    let groups = org.groups_of_people();
    let email = call.text("email");
    let matching = |person: &&Person| email.is_none_or(|email| has_address(org, person, email));
    let people: Vec<_> = org.people.values().filter(matching).collect();
    Ok(page.cut(&people, |person| current(org, person, groups_in(&groups, person))))
}

fn groups_in<'a>(groups: &'a std::collections::HashMap<u64, Vec<u64>>, person: &Person) -> &'a [u64] {
    groups.get(&person.uid).map_or(&[], Vec::as_slice)
}

fn has_address(org: &Organization, person: &Person, email: &str) -> bool {
    let mut labels = std::iter::once(&person.nickname).chain(&person.aliases);
    labels.any(|label| org.address(label).eq_ignore_ascii_case(email))
}

/// An employee as the legacy host shows one: camelCase, the id as text, what is not set as `""`, `[]`.
fn legacy(org: &Organization, person: &Person, groups: &[u64]) -> Value {
    let mut shown = json!({
        "id": person.uid.to_string(),
        "nickname": person.nickname,
        "departmentId": person.department,
        "email": org.address(&person.nickname),
        "name": {"first": person.name.first, "last": person.name.last, "middle": person.name.middle},
        "gender": person.gender,
        "position": person.position,
        "avatarId": "",
        "about": person.about,
        "birthday": person.birthday,
        "contacts": contacts(org, person),
        "aliases": person.aliases,
        "groups": groups,
        "externalId": person.external_id,
        "isAdmin": person.is_admin,
        "isRobot": person.is_robot,
        "isDismissed": person.is_dismissed,
        "isEnabled": person.is_enabled,
        "timezone": person.timezone,
        "language": person.language,
        "createdAt": utc(person.created),
        "updatedAt": utc(person.updated),
    });
    set(&mut shown, "isEnabledUpdatedAt", person.enabled_at.map(utc));
    set(&mut shown, "displayName", person.display_name.clone());
    shown
}

/// An employee as the current host shows one: snake_case, the id as a number.
fn current(org: &Organization, person: &Person, groups: &[u64]) -> Value {
    let mut shown = json!({
        "id": person.uid,
        "nickname": person.nickname,
        "department_id": person.department,
        "email": org.address(&person.nickname),
        "default_email": org.address(&person.nickname),
        "name": {"first": person.name.first, "last": person.name.last, "middle": person.name.middle},
        "gender": person.gender,
        "position": person.position,
        "avatar_id": "",
        "about": person.about,
        "birthday": person.birthday,
        "contacts": contacts(org, person),
        "aliases": person.aliases,
        "groups": groups,
        "external_id": person.external_id,
        "is_admin": person.is_admin,
        "is_robot": person.is_robot,
        "is_dismissed": person.is_dismissed,
        "is_2fa_enabled": person.has_two_factor,
        "is_enabled": person.is_enabled,
        "timezone": person.timezone,
        "language": person.language,
        "created_at": utc(person.created),
        "updated_at": moscow(person.updated),
    });
    set(&mut shown, "is_enabled_updated_at", person.enabled_at.map(utc));
    set(&mut shown, "display_name", person.display_name.clone());
    shown
}

/// Addresses, which the service makes itself, and what somebody entered.
fn contacts(org: &Organization, person: &Person) -> Value {
    let address = |label: &String, main: bool| {
        json!({"type": "email", "value": org.address(label), "main": main, "alias": !main, "synthetic": true,
               "label": ""})
    };
    let mut contacts = vec![address(&person.nickname, true)];
    contacts.extend(person.aliases.iter().map(|alias| address(alias, false)));
    let mut kinds = vec!["email"];
    contacts.extend(person.contacts.iter().map(|contact| {
        let main = !kinds.contains(&contact.kind.as_str());
        kinds.push(&contact.kind);
        json!({"type": contact.kind, "value": contact.value, "main": main, "alias": false, "synthetic": false,
               "label": contact.label})
    }));
    contacts.into()
}

/// An employee in brief, as the members of a group are shown on the legacy host.
pub(super) fn brief_legacy(org: &Organization, person: &Person) -> Value {
    Value::Object(brief(org, person))
}

/// An employee in brief, as the members of a group are shown on the current host.
pub(super) fn brief_current(org: &Organization, person: &Person) -> Value {
    let mut shown = brief(org, person);
    shown.insert("defaultEmail".to_owned(), org.address(&person.nickname).into());
    Value::Object(shown)
}

fn brief(org: &Organization, person: &Person) -> Map<String, Value> {
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("id", person.uid.to_string().into());
    put("nickname", person.nickname.as_str().into());
    put("departmentId", person.department.into());
    put("email", org.address(&person.nickname).into());
    put("name", json!({"first": person.name.first, "last": person.name.last, "middle": person.name.middle}));
    put("gender", person.gender.into());
    put("position", person.position.into());
    put("avatarId", "".into());
    shown
}

fn set(object: &mut Value, name: &str, value: Option<String>) {
    if let Some(value) = value {
        object[name] = value.into();
    }
}
