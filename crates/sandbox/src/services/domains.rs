//! Domains: how they are connected, and DKIM.

use serde_json::{Value, json};

use super::collections::{Answer, not_found, now};
use crate::{
    dialect::Refusal,
    exchange::mix,
    spec::{Checked, Shown},
    store::{Organization, Record},
};

/// A domain's name is its id.
pub(super) fn settle(
    org: &Organization,
    call: &Checked,
    _: Option<u64>,
    told: &mut Record,
) -> Result<(), Refusal> {
    let name = call.body_text("domain").unwrap_or_default().to_ascii_lowercase();
    let labels = || name.split('.');
    let is_label = |label: &str| (1..=63).contains(&label.len()) && !label.contains(char::is_whitespace);
    if labels().count() < 2 || name.len() > 253 || !labels().all(is_label) {
        return Err(Refusal::invalid("domain: not a full domain name"));
    }
    if org.records.number("domains", &name).is_some() {
        return Err(Refusal::conflict("domain: connected already"));
    }
    told.remove("domain");
    connect(told, &name, false);
    told.insert("added", now(call));
    Ok(())
}

/// A domain as it begins: the main one is confirmed, others wait for that.
pub(crate) fn connect(record: &mut Record, name: &str, is_main: bool) {
    record.insert("id", name);
    record.insert("name", name);
    for field in ["master", "verified", "mx", "delegated", "dkim"] {
        record.insert(field, is_main);
    }
}

pub(super) fn derive<'a>(_: &'a Organization, domain: &'a Record, field: &str) -> Option<Shown<'a>> {
    Some(match field {
        "country" => "ru".into(),
        "status" => checks(domain).into(),
        "enabled" => domain.flag("dkim").into(),
        "public_key" => format!("v=DKIM1; k=rsa; t=s; p={}", code(domain)).into(),
        _ => return None,
    })
}

fn checks(domain: &Record) -> Value {
    let is_connected = domain.flag("verified");
    let check = |value: &str| json!({"match": is_connected, "value": if is_connected { value } else { "" }});
    let added =
        Some(domain.text("added")).filter(|added| !added.is_empty()).unwrap_or("2024-01-15T09:00:00Z");
    json!({
        "name": domain.text("name"), "last_check": added, "last_added": added,
        "spf": check("v=spf1 redirect=_spf.yandex.net"), "mx": check("mx.yandex.net"),
        "ns": check("dns1.yandex.net"), "dkim": check("v=DKIM1"),
    })
}

/// What belongs into a record or a file to confirm who owns the domain.
fn code(domain: &Record) -> String {
    let seed = domain.text("name").bytes().fold(7, |seed, byte| mix(seed ^ u64::from(byte)));
    format!("{seed:016x}{:016x}", mix(seed))
}

/// How far a domain is connected. Which words there are is not documented.
pub(super) fn status<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let (_, domain) = wanted(org, call)?;
    let word = if domain.flag("verified") { "verified" } else { "wait-for-verify" };
    let ways = ["dns", "meta", "file"].into_iter();
    let ways: Vec<_> = ways.map(|way| json!({"method": way, "code": code(domain)})).collect();
    Ok(Shown::Fields(vec![("status", word.into()), ("methods", Value::from(ways).into())]))
}

pub(super) fn enable_dkim<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    sign(org, call, true)
}

pub(super) fn disable_dkim<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    sign(org, call, false)
}

fn sign<'a>(org: &'a mut Organization, call: &Checked, is_signed: bool) -> Answer<'a> {
    let (number, _) = wanted(org, call)?;
    org.records.change("domains", number, |domain| domain.insert("dkim", is_signed));
    Ok(Shown::Fields(Vec::new()))
}

fn wanted<'a>(org: &'a Organization, call: &Checked) -> Result<(u64, &'a Record), Refusal> {
    let name = call.shown("domain");
    let number = org.records.number("domains", &name);
    let found = number.and_then(|number| Some((number, org.records.get("domains", number)?)));
    found.ok_or_else(|| not_found("domains", name))
}

/// Whether the organisation has a domain.
pub(super) fn is_known(org: &Organization, domain: &str) -> bool {
    org.records.number("domains", &domain.to_ascii_lowercase()).is_some()
}

/// The main domain stays; the records of another one go with it.
pub(super) fn leave(org: &mut Organization, number: u64) -> Result<(), Refusal> {
    let domain = org.records.get("domains", number).map(|domain| domain.text("name").to_owned());
    let domain = domain.unwrap_or_default();
    if domain.eq_ignore_ascii_case(&org.domain) {
        return Err(Refusal::invalid("domain: the technical domain cannot be removed"));
    }
    let gone =
        |number: &u64| org.records.get("records", *number).is_some_and(|record| record["domain"] == domain);
    let records: Vec<_> = org.records.numbers("records").filter(gone).collect();
    records.into_iter().for_each(|number| org.records.remove("records", number));
    Ok(())
}
