//! The contacts of an employee that somebody entered, on both hosts.

use serde_json::Value;

use super::{Writers, organization_mut, users};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Contact, Store},
};

pub(super) const WRITERS: Writers = &[
    ("UserService_UpdateContacts", replace_legacy),
    ("UserService_DeleteContacts", delete_legacy),
    ("put-user-contacts", replace),
    ("delete-user-contacts", delete),
];

fn replace_legacy(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let contacts = contacts(call)?;
    set(store, call, "orgId", "userId", contacts)
}

fn delete_legacy(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    set(store, call, "orgId", "userId", Vec::new())
}

fn replace(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let contacts = contacts(call)?;
    set(store, call, "org_id", "user_id", contacts)
}

fn delete(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    set(store, call, "org_id", "user_id", Vec::new())
}

/// Both hosts answer with the employee, in the same spelling.
fn set(
    store: &mut Store,
    call: &Checked,
    org: &str,
    user: &str,
    contacts: Vec<Contact>,
) -> Result<Value, Refusal> {
    let org = organization_mut(store, call, org)?;
    let uid = call.id(user)?;
    let person = org.people.get_mut(&uid);
    let person = person.ok_or_else(|| Refusal::not_found(format!("User {uid} not found")))?;
    person.contacts = contacts;
    person.updated = call.now.milliseconds() / 1000;
    let person = person.clone();
    Ok(users::shown(org, &person))
}

/// The contacts of the body. A generated one can be neither changed nor removed: it must not be there.
fn contacts(call: &Checked) -> Result<Vec<Contact>, Refusal> {
    let given = call.body["contacts"].as_array().into_iter().flatten();
    given.map(contact).collect()
}

fn contact(given: &Value) -> Result<Contact, Refusal> {
    let text = |name: &str| given[name].as_str().unwrap_or_default().to_owned();
    if given["synthetic"] == true {
        return Err(Refusal::invalid("contacts: a generated contact cannot be changed"));
    }
    let contact = Contact { kind: text("type"), value: text("value"), label: text("label") };
    if contact.value.is_empty() {
        return Err(Refusal::invalid("contacts: value is empty"));
    }
    Ok(contact)
}
