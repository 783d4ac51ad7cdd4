//! Employees: what follows from their records, and what a change of one must keep to.

use serde_json::{Value, json};

use super::{
    collections::{Answer, not_found, now},
    groups,
};
use crate::{
    dialect::Refusal,
    exchange::mix,
    spec::{Checked, Shown},
    store::{Organization, Record},
};

pub(super) fn derive<'a>(org: &'a Organization, person: &'a Record, field: &str) -> Option<Shown<'a>> {
    Some(match field {
        "email" => org.address_of(person).into(),
        "default_email" if person[field].is_null() => org.address_of(person).into(),
        "contacts" => contacts(org, person).into(),
        "groups" => org.groups_with("user", person.number("id")).into(),
        "user_id" => Shown::of(&person["id"]),
        "has_2fa" => person.flag("is_2fa_enabled").into(),
        "has_security_phone" => has_security_phone(person).into(),
        _ => return None,
    })
}

/// Whoever has a phone has a security phone, until somebody drops that.
pub(super) fn has_security_phone(person: &Record) -> bool {
    let has_phone = || person.items("contacts").iter().any(|contact| contact["type"] == "phone");
    person["has_security_phone"].as_bool().unwrap_or_else(|| person.flag("is_2fa_enabled") || has_phone())
}

/// Addresses, which the service makes itself, and what somebody entered.
fn contacts(org: &Organization, person: &Record) -> Value {
    let address = |label: &str, main: bool| json!({"type": "email", "value": org.address(label), "main": main, "alias": !main, "synthetic": true});
    let mut contacts = vec![address(person.text("nickname"), true)];
    let aliases = person.items("aliases").iter().filter_map(Value::as_str);
    contacts.extend(aliases.map(|alias| address(alias, false)));
    for entered in person.items("contacts") {
        let is_main = !contacts.iter().any(|contact| contact["type"] == entered["type"]);
        let mut contact = entered.clone();
        contact["main"] = is_main.into();
        contact["alias"] = false.into();
        contact["synthetic"] = false.into();
        contacts.push(contact);
    }
    contacts.into()
}

/// A generated contact is not sent back, and an empty one is none. Parts of a name change one by one. A public name
/// cannot be emptied: the service takes that and keeps the old one. A password is not kept.
pub(super) fn settle(
    org: &Organization,
    call: &Checked,
    own: Option<u64>,
    told: &mut Record,
) -> Result<(), Refusal> {
    for contact in call.body["contacts"].as_array().into_iter().flatten() {
        if contact["synthetic"] == true {
            return Err(Refusal::invalid("contacts: a generated contact cannot be changed"));
        }
        if contact["value"] == "" {
            return Err(Refusal::invalid("contacts: value is empty"));
        }
    }
    if told["display_name"] == "" {
        told.remove("display_name");
    }
    told.remove("password");
    told.remove("password_change_required");
    let Some(person) = own.and_then(|uid| org.person(uid)) else { return Ok(()) };
    if told.get("is_enabled").is_some_and(|is_enabled| *is_enabled != person["is_enabled"]) {
        told.insert("is_enabled_updated_at", now(call));
    }
    if let (Some(Value::Object(told)), Some(Value::Object(name))) = (told.get_mut("name"), person.get("name"))
    {
        name.iter().for_each(|(part, text)| _ = told.entry(part).or_insert(text.clone()));
    }
    Ok(())
}

/// A portrait is kept by its id alone: where the picture is is told, and nobody asks there.
pub(super) fn replace_avatar<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let uid = call.id("userId")?;
    org.person(uid).ok_or_else(|| not_found("users", uid))?;
    let id = format!("{:016x}", mix(uid ^ mix(call.now.milliseconds().unsigned_abs())));
    org.records.change("users", uid, |person| person.insert("avatar_id", id.as_str()));
    let url = format!("https://avatars.mds.yandex.net/get-yapic/{id}/islands-200");
    Ok(Shown::Fields(vec![("url", url.into())]))
}

/// An employee who goes leaves the groups and the mailboxes.
pub(super) fn leave(org: &mut Organization, uid: u64) -> Result<(), Refusal> {
    org.mail.forget(uid);
    groups::forget_member(org, "user", uid);
    Ok(())
}
