//! Service applications: which ones may act as employees, and what each of them may do.

use serde_json::{Value, json};

use super::settings;
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Organization, Record},
};

/// The name of the setting.
pub(super) const NAME: &str = "service_applications";

/// How many an organisation may have.
const MOST: usize = 20;

/// What the first service application of an organisation may do.
const SCOPES: [&str; 9] = [
    "cloud_api:disk.app_folder",
    "cloud_api:disk.read",
    "cloud_api:disk.write",
    "cloud_api:disk.info",
    "yadisk:disk",
    "calendar:all",
    "mail:imap_full",
    "mail:smtp",
    "telemost-api:conferences.read",
];

/// Makes an application the only one of an organisation.
pub(crate) fn register(org: &mut Organization, id: &str) {
    let mut record = Record::default();
    record.insert("applications", json!([{"id": id, "scopes": SCOPES}]));
    record.insert("is_active", true);
    settings::put(org, NAME, record);
}

/// What an application may do as an employee; nothing where it may not act as one.
pub(super) fn scopes(org: &Organization, id: &str) -> Option<Vec<String>> {
    let record = settings::of_organization(org, NAME);
    let mut registered = record.items("applications").iter().filter(|_| record.flag("is_active"));
    let scopes = registered.find(|application| application["id"] == id)?["scopes"].as_array()?;
    Some(scopes.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// Only the owner of the organisation may ask.
pub(super) fn admit(org: &Organization, call: &Checked) -> Result<(), Refusal> {
    if call.caller.uid == org.administrator {
        return Ok(());
    }
    Err(Refusal::forbidden("Only the owner of the organization may do this"))
}

/// A list is taken only while service applications are activated, of so many at most, and of none twice.
pub(super) fn settle(
    _: &Organization,
    call: &Checked,
    before: &Record,
    _: &mut Record,
) -> Result<(), Refusal> {
    let Some(told) = call.body["applications"].as_array() else { return Ok(()) };
    if !before.flag("is_active") {
        return Err(Refusal::invalid("Service applications are not activated"));
    }
    if told.len() > MOST {
        return Err(Refusal::invalid(format!("applications: more than {MOST}")));
    }
    let is_twice = |place: usize| told[..place].iter().any(|other| other["id"] == told[place]["id"]);
    match (0..told.len()).find(|place| is_twice(*place)) {
        Some(place) => {
            Err(Refusal::invalid(format!("applications: {} stands there twice", told[place]["id"])))
        }
        None => Ok(()),
    }
}
