//! How people sign in: obligatory two-factor sign-in, of all or of chosen employees, and the way of each.

use super::{
    collections::{Answer, not_found, now},
    settings,
};
use crate::{
    dialect::Refusal,
    spec::{Checked, Shown},
    store::{Organization, Record},
};

/// The name of the setting.
pub(super) const NAME: &str = "two_factor";

/// What the hosts say otherwise.
pub(super) const NAMES: &[(&str, &str)] = &[
    ("setup_grace_period_seconds", "duration"),
    ("enforcement_mode", "scope"),
    ("preferred_phone_validation_method", "validation_method"),
];

/// It counts as on only where it is forced on all.
pub(super) fn derive<'a>(_: &'a Organization, record: &'a Record, field: &str) -> Option<Shown<'a>> {
    (field == "enabled").then(|| is_for(record, "per_domain").into())
}

/// It is for all, unless somebody says otherwise; it is told since when that is so. What is off has no mode.
pub(super) fn settle(
    _: &Organization,
    call: &Checked,
    before: &Record,
    after: &mut Record,
) -> Result<(), Refusal> {
    after.remove("logout_users");
    if !after.flag("enabled") {
        after.remove("scope");
    } else if ["scope", "enforcement_mode"].iter().all(|name| call.body[*name].is_null()) {
        after.insert("scope", "per_domain");
    }
    match (is_for(before, "per_domain"), is_for(after, "per_domain")) {
        (_, false) => after.remove("enabled_at"),
        (false, true) => after.insert("enabled_at", now(call)),
        (true, true) => {}
    }
    Ok(())
}

fn is_for(record: &Record, scope: &str) -> bool {
    record.flag("enabled") && record.text("scope") == scope
}

fn is_for_chosen(org: &Organization) -> bool {
    is_for(settings::of_organization(org, NAME), "per_user")
}

/// Whether it is forced on an employee; not so where they have set it up themselves.
pub(super) fn of_user<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let person = person(org, call)?;
    let is_forced = person.flag("is_2fa_forced") && !person.flag("is_2fa_enabled") && is_for_chosen(org);
    Ok(Shown::Fields(vec![("id", Shown::of(&person["id"])), ("is_2fa_enabled", is_forced.into())]))
}

/// Forces it on an employee, or lifts that.
pub(super) fn update_of_user<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let uid = person(org, call)?.number("id");
    if !is_for_chosen(org) {
        return Err(Refusal::invalid("2FA of the organization is not in mode per_user"));
    }
    if let Some(is_forced) = call.value("is2faEnabled").cloned() {
        org.records.change("users", uid, |person| person.insert("is_2fa_forced", is_forced));
    }
    Ok(Shown::Fields(Vec::new()))
}

/// Drops the phone of an employee.
pub(super) fn drop_phone<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let person = person(org, call)?;
    if !super::users::has_security_phone(person) {
        return Err(Refusal::invalid("The user has no security phone"));
    }
    let uid = person.number("id");
    org.records.change("users", uid, |person| person.insert("has_security_phone", false));
    Ok(Shown::Fields(Vec::new()))
}

/// How an employee signs in.
pub(super) fn auth_type<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    Ok(Shown::Fields(vec![("auth_type", auth_type_of(person(org, call)?).into())]))
}

/// Changes how an employee signs in. Who comes back from an identity provider needs a password.
pub(super) fn change_auth_type<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let person = person(org, call)?;
    let (uid, before) = (person.number("id"), auth_type_of(person).to_owned());
    let after = call.body_text("authType").unwrap_or(&before).to_owned();
    if before == "idp" && after == "portal" && call.body_text("password").is_none_or(str::is_empty) {
        return Err(Refusal::invalid("password is required"));
    }
    org.records.change("users", uid, |person| person.insert("auth_type", after));
    Ok(Shown::Fields(Vec::new()))
}

fn auth_type_of(person: &Record) -> &str {
    if person.text("auth_type").is_empty() { "portal" } else { person.text("auth_type") }
}

fn person<'a>(org: &'a Organization, call: &Checked) -> Result<&'a Record, Refusal> {
    let uid = call.id("userId")?;
    org.person(uid).ok_or_else(|| not_found("users", uid))
}
