//! Shared mailboxes, and mailboxes that their owners let others use.

use super::{
    collections::{Answer, not_found},
    groups,
    paging::NumberedPage,
    times::utc_exact,
};
use crate::{
    dialect::Refusal,
    spec::{Checked, Shown},
    store::{MailboxKind, Organization, SharedMailbox},
};

pub(super) fn list_shared<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let ids: Vec<_> = org.mail.shared().map(|mailbox| mailbox.id).collect();
    list(org, call, &ids)
}

pub(super) fn list_delegated<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let ids: Vec<_> = org.mail.delegated().collect();
    list(org, call, &ids)
}

fn list<'a>(org: &Organization, call: &Checked, ids: &[u64]) -> Answer<'a> {
    Ok(NumberedPage::of(call)?.cut("resources", ids, |id| {
        Shown::Fields(vec![("resource_id", (*id).into()), ("count", org.mail.actors(*id).count().into())])
    }))
}

pub(super) fn get_shared<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let mailbox = org.mail.shared_by_id(wanted(call)?).ok_or_else(|| missing(call))?;
    Ok(Shown::Fields(vec![
        ("id", mailbox.id.into()),
        ("email", mailbox.email.as_str().into()),
        ("name", mailbox.name.as_str().into()),
        ("description", mailbox.description.as_str().into()),
        ("created_at", utc_exact(mailbox.created).into()),
        ("updated_at", utc_exact(mailbox.updated).into()),
    ]))
}

pub(super) fn create_shared<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let text = |name| call.body_text(name).unwrap_or_default().to_owned();
    let email = text("email");
    let (label, domain) = email.split_once('@').unwrap_or_default();
    if label.is_empty() || !domain.eq_ignore_ascii_case(&org.domain) {
        return Err(Refusal::invalid("email: not an address of a connected domain"));
    }
    if org.is_taken(&email, None) {
        return Err(Refusal::conflict("email: taken already"));
    }
    let name = free_name(org, call, None)?;
    let now = call.now.milliseconds();
    let mailbox =
        SharedMailbox { id: 0, email, name, description: text("description"), created: now, updated: now };
    Ok(reference(org.mail.add_shared(mailbox)))
}

pub(super) fn update_shared<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let id = wanted(call)?;
    org.mail.shared_by_id(id).ok_or_else(|| missing(call))?;
    let name = call.body_text("name").map(|_| free_name(org, call, Some(id))).transpose()?;
    let mailbox = org.mail.shared_mut(id).ok_or_else(|| missing(call))?;
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
        return Err(Refusal::conflict("name: taken already"));
    }
    Ok(name.to_owned())
}

pub(super) fn delete_shared<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    remove(org, call, MailboxKind::Shared)
}

pub(super) fn enable<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let owner = call.body_id("resourceId")?;
    org.person(owner).ok_or_else(|| not_found("users", owner))?;
    org.mail.delegate(owner);
    Ok(reference(owner))
}

pub(super) fn disable<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    remove(org, call, MailboxKind::Delegated)
}

fn remove<'a>(org: &mut Organization, call: &Checked, kind: MailboxKind) -> Answer<'a> {
    let id = wanted(call)?;
    if !org.mail.remove(kind, id) {
        return Err(missing(call));
    }
    if kind == MailboxKind::Shared {
        groups::forget_guest(org, "shared_mailbox", &id.to_string());
    }
    Ok(Shown::Fields(Vec::new()))
}

fn reference<'a>(id: u64) -> Shown<'a> {
    Shown::Fields(vec![("resource_id", id.into())])
}

pub(super) fn wanted(call: &Checked) -> Result<u64, Refusal> {
    call.id("resourceId")
}

pub(super) fn missing(call: &Checked) -> Refusal {
    not_found("mailbox", call.shown("resourceId"))
}
