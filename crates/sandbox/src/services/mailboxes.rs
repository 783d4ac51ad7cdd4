//! Shared mailboxes, and mailboxes that their owners let others use.

use serde_json::{Value, json};

use super::{Writers, organization_mut, paging::NumberedPage, times::utc_exact};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{MailboxKind, Organization, SharedMailbox, Store},
};

pub(super) const WRITERS: Writers = &[
    ("MailboxService_ListShared", list_shared),
    ("MailboxService_GetShared", get_shared),
    ("MailboxService_CreateShared", create_shared),
    ("MailboxService_UpdateShared", update_shared),
    ("MailboxService_DeleteShared", delete_shared),
    ("MailboxService_ListDelegated", list_delegated),
    ("MailboxService_CreateDelegated", enable),
    ("MailboxService_DeleteDelegated", disable),
];

/// The organisation, with the changes of rights carried out whose time has come.
pub(super) fn settled<'a>(store: &'a mut Store, call: &Checked) -> Result<&'a mut Organization, Refusal> {
    let org = organization_mut(store, call, "orgId")?;
    org.mail.settle(call.now.since_start);
    Ok(org)
}

fn list_shared(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = settled(store, call)?;
    let ids: Vec<_> = org.mail.shared().map(|mailbox| mailbox.id).collect();
    list(org, call, &ids)
}

fn list_delegated(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = settled(store, call)?;
    let ids: Vec<_> = org.mail.delegated().collect();
    list(org, call, &ids)
}

/// A page without the number of pages, which these lists do not tell.
fn list(org: &Organization, call: &Checked, ids: &[u64]) -> Result<Value, Refusal> {
    let show = |id: &u64| json!({"resourceId": id.to_string(), "count": org.mail.actors(*id).count()});
    let mut page = NumberedPage::of(call)?.cut("resources", ids, show);
    if let Some(page) = page.as_object_mut() {
        page.remove("pages");
    }
    Ok(page)
}

fn get_shared(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = settled(store, call)?;
    let id = call.id("resourceId")?;
    let mailbox = org.mail.shared_by_id(id).ok_or_else(|| not_found(id))?;
    Ok(json!({
        "id": mailbox.id.to_string(),
        "email": mailbox.email,
        "name": mailbox.name,
        "description": mailbox.description,
        "createdAt": utc_exact(mailbox.created),
        "updatedAt": utc_exact(mailbox.updated),
    }))
}

fn create_shared(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = settled(store, call)?;
    let text = |name| call.body_text(name).unwrap_or_default().to_owned();
    let email = text("email");
    let (label, domain) = email.split_once('@').unwrap_or_default();
    if label.is_empty() || !domain.eq_ignore_ascii_case(&org.domain) {
        return Err(Refusal::invalid("email: not an address of a connected domain"));
    }
    if org.has_address(&email) {
        return Err(Refusal::invalid("email: taken already"));
    }
    let name = free_name(org, call, None)?;
    let now = call.now.milliseconds();
    let mailbox =
        SharedMailbox { id: 0, email, name, description: text("description"), created: now, updated: now };
    Ok(reference(org.mail.add_shared(mailbox)))
}

fn update_shared(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = settled(store, call)?;
    let id = call.id("resourceId")?;
    org.mail.shared_by_id(id).ok_or_else(|| not_found(id))?;
    let name = call.body_text("name").map(|_| free_name(org, call, Some(id))).transpose()?;
    let mailbox = org.mail.shared_mut(id).ok_or_else(|| not_found(id))?;
    mailbox.name = name.unwrap_or_else(|| mailbox.name.clone());
    mailbox.description = call.body_text("description").unwrap_or(&mailbox.description).to_owned();
    mailbox.updated = call.now.milliseconds();
    Ok(reference(id))
}

/// The name in the body: two characters at least, and no other mailbox has it.
fn free_name(org: &Organization, call: &Checked, own: Option<u64>) -> Result<String, Refusal> {
    let name = call.body_text("name").unwrap_or_default().trim();
    if name.chars().count() < 2 {
        return Err(Refusal::invalid("name: shorter than 2 characters"));
    }
    let is_taken = |mailbox: &SharedMailbox| mailbox.name == name && Some(mailbox.id) != own;
    if org.mail.shared().any(is_taken) {
        return Err(Refusal::invalid("name: taken already"));
    }
    Ok(name.to_owned())
}

fn delete_shared(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    remove(store, call, MailboxKind::Shared)
}

fn enable(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = settled(store, call)?;
    let owner = call.body_id("resourceId")?;
    if !org.people.contains_key(&owner) {
        return Err(Refusal::not_found(format!("User {owner} not found")));
    }
    org.mail.delegate(owner);
    Ok(reference(owner))
}

fn disable(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    remove(store, call, MailboxKind::Delegated)
}

fn remove(store: &mut Store, call: &Checked, kind: MailboxKind) -> Result<Value, Refusal> {
    let id = call.id("resourceId")?;
    if settled(store, call)?.mail.remove(kind, id) { Ok(json!({})) } else { Err(not_found(id)) }
}

fn reference(id: u64) -> Value {
    json!({"resourceId": id.to_string()})
}

pub(super) fn not_found(id: u64) -> Refusal {
    Refusal::not_found(format!("Mailbox {id} not found"))
}
