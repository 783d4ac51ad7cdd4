//! Groups and their members: what follows from their records, and what a change of one must keep to.

use serde_json::{Value, json};

use super::{
    collections::{Answer, Derive, not_found, plain, shown},
    departments, users,
};
use crate::{
    dialect::Refusal,
    spec::{Checked, Shown},
    store::{Organization, Record, SharedMailbox},
};

/// Where the ids of the mailing lists of groups begin.
const LISTS: u64 = 1_130_000_080_000_000;

/// The members that are records: their kind, their collection, and what follows from a record of that.
const RECORDS: [(&str, &str, Derive); 3] = [
    ("user", "users", users::derive),
    ("group", "groups", derive),
    ("department", "departments", departments::derive),
];

/// The lists of members by their kinds follow too: the answers of members show nothing else.
pub(super) fn derive<'a>(org: &'a Organization, group: &'a Record, field: &str) -> Option<Shown<'a>> {
    let of_kind =
        |kind: &'static str| group.items("members").iter().filter(move |member| member["type"] == kind);
    if let Some((kind, _, derive)) = RECORDS.iter().find(|(_, collection, _)| *collection == field) {
        let found = of_kind(kind).filter_map(|member| find(org, member));
        return Some(Shown::List(found.map(|record| shown(org, record, *derive)).collect()));
    }
    Some(match field {
        "members_count" => group.items("members").len().into(),
        "member_of" => org.groups_with("group", group.number("id")).into(),
        // Shared contacts and mailboxes are told by version 2 of the members only.
        "members" => {
            let members = group.items("members").iter().filter(|member| collection(member).is_some());
            Shown::List(members.map(Shown::of).collect())
        }
        "external_contacts" => {
            let contact = |member| match contact(org, member) {
                Some(contact) => shown(org, contact, |_, _, _| None),
                None => Shown::of(member),
            };
            Shown::List(of_kind("external_contact").map(contact).collect())
        }
        "shared_mailboxes" => {
            let mailbox = |member| match mailbox(org, member) {
                Some(mailbox) => {
                    Shown::Fields(vec![("id", mailbox.id.into()), ("name", mailbox.name.as_str().into())])
                }
                None => Shown::of(member),
            };
            Shown::List(of_kind("shared_mailbox").map(mailbox).collect())
        }
        _ => return list(org, group, field, LISTS),
    })
}

/// What follows from a mailing list; its id follows from where such ids begin.
pub(super) fn list<'a>(org: &Organization, list: &Record, field: &str, ids: u64) -> Option<Shown<'a>> {
    let label = list.text("label");
    match field {
        "email" | "default_email" => Some(org.address(label).into()),
        "email_id" if !label.is_empty() => Some((ids + list.number("id")).into()),
        _ => None,
    }
}

/// Whether a group or a department has a mailing list of this id.
pub(super) fn has_list(org: &Organization, id: u64) -> bool {
    let mut kinds = [("groups", LISTS), ("departments", super::departments::LISTS)].into_iter();
    kinds.any(|(collection, ids)| {
        let number = id.checked_sub(ids);
        let list = number.and_then(|number| org.records.get(collection, number));
        list.is_some_and(|list| !list.text("label").is_empty())
    })
}

fn collection(member: &Value) -> Option<&'static str> {
    RECORDS.iter().find(|(kind, ..)| member["type"] == *kind).map(|(_, collection, _)| *collection)
}

fn find<'a>(org: &'a Organization, member: &Value) -> Option<&'a Record> {
    org.records.get(collection(member)?, member["id"].as_u64()?)
}

fn contact<'a>(org: &'a Organization, member: &Value) -> Option<&'a Record> {
    org.records.get("contacts", org.records.number("contacts", member["id"].as_str()?)?)
}

fn mailbox<'a>(org: &'a Organization, member: &Value) -> Option<&'a SharedMailbox> {
    org.mail.shared_by_id(member["id"].as_u64()?)
}

/// A member that is there already is no refusal: the answer says that nothing was added.
pub(super) fn add_member<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let group = wanted(org, call)?;
    let (kind, id) = (call.body_text("type").unwrap_or("user"), call.body_id("id")?);
    let member = json!({"type": kind, "id": id});
    check(org, &member, Some(group))?;
    let added = put(org, group, &[member], &[]) > 0;
    Ok(Shown::Fields(vec![("type", kind.into()), ("id", id.into()), ("added", added.into())]))
}

/// Nor is one that is not there.
pub(super) fn delete_member<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let group = wanted(org, call)?;
    let (kind, id) = (call.shown("type"), call.id("id")?);
    let deleted = put(org, group, &[], &[json!({"type": kind, "id": id})]) > 0;
    Ok(Shown::Fields(vec![("type", kind.into()), ("id", id.into()), ("deleted", deleted.into())]))
}

pub(super) fn add_members<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let group = wanted(org, call)?;
    let members = told(call);
    members.iter().try_for_each(|member| check(org, member, Some(group)))?;
    put(org, group, &members, &[]);
    Ok(Shown::Fields(Vec::new()))
}

pub(super) fn delete_members<'a>(org: &'a mut Organization, call: &Checked) -> Answer<'a> {
    let group = wanted(org, call)?;
    put(org, group, &[], &told(call));
    Ok(Shown::Fields(Vec::new()))
}

/// The group that is meant.
fn wanted(org: &Organization, call: &Checked) -> Result<u64, Refusal> {
    let group = call.id(call.spelt("group_id"))?;
    org.records.get("groups", group).map(|_| group).ok_or_else(|| not_found("groups", group))
}

/// The members that a body of version 2 lists by their kinds.
fn told(call: &Checked) -> Vec<Value> {
    let told = call.told();
    let kinds = ["user", "group", "department", "external_contact", "shared_mailbox"];
    let members = kinds.into_iter().flat_map(|kind| {
        let ids = told.items(&format!("{kind}_ids")).to_vec();
        ids.into_iter().map(move |id| json!({"type": kind, "id": id}))
    });
    members.collect()
}

/// Puts members into a group that are not there yet, takes others out, and gives how many that were.
fn put(org: &mut Organization, group: u64, new: &[Value], gone: &[Value]) -> usize {
    let is = |one: &Value, other: &Value| one["type"] == other["type"] && one["id"] == other["id"];
    let mut changed = 0;
    org.records.change("groups", group, |group| {
        let before = group.items("members");
        let stays = |member: &&Value| !gone.iter().any(|gone| is(gone, member));
        let mut members: Vec<_> = before.iter().filter(stays).cloned().collect();
        changed = before.len() - members.len();
        for member in new {
            if !members.iter().any(|there| is(there, member)) {
                members.push(member.clone());
                changed += 1;
            }
        }
        group.set("members", members);
    });
    changed
}

/// Whether somebody or something may be in a group.
fn check(org: &Organization, member: &Value, group: Option<u64>) -> Result<(), Refusal> {
    let (kind, id) = (member["type"].as_str().unwrap_or_default(), &member["id"]);
    if kind == "group" && id.as_u64() == group {
        return Err(Refusal::invalid("id: a group cannot hold itself"));
    }
    let is_there = match kind {
        "external_contact" => contact(org, member).is_some(),
        "shared_mailbox" => mailbox(org, member).is_some(),
        _ => find(org, member).is_some(),
    };
    if is_there { Ok(()) } else { Err(Refusal::not_found(format!("Member {kind} {id} not found"))) }
}

/// Members exist.
pub(super) fn fit(org: &Organization, group: &Record, own: Option<u64>) -> Result<(), Refusal> {
    group.items("members").iter().try_for_each(|member| check(org, member, own))
}

/// A group that goes leaves the others.
pub(super) fn leave(org: &mut Organization, id: u64) -> Result<(), Refusal> {
    forget_member(org, "group", id);
    Ok(())
}

/// Takes a shared contact or mailbox, whose ids are of any form, out of all groups.
pub(super) fn forget_guest(org: &mut Organization, kind: &'static str, id: &str) {
    let is_meant = |member: &&Value| member["type"] == kind && plain(&member["id"]) == id;
    let held = org.records.of("groups").flat_map(|group| {
        let members = group.items("members").iter().filter(is_meant);
        members.map(|member| (group.number("id"), member.clone()))
    });
    for (group, member) in held.collect::<Vec<_>>() {
        put(org, group, &[], &[member]);
    }
}

/// Of a shared contact's addresses exactly one is the main one, and of its phones one at most.
pub(super) fn fit_as_contact(_: &Organization, contact: &Record, _: Option<u64>) -> Result<(), Refusal> {
    let main = |field: &str| contact.items(field).iter().filter(|item| item["main"] == true).count();
    // A change says some of the fields only.
    if contact.get("emails").is_some() && main("emails") != 1 {
        return Err(Refusal::invalid("emails: exactly one is the main one"));
    }
    match main("phones") {
        0 | 1 => Ok(()),
        _ => Err(Refusal::invalid("phones: more than one is the main one")),
    }
}

/// A shared contact that goes leaves the groups.
pub(super) fn leave_as_contact(org: &mut Organization, number: u64) -> Result<(), Refusal> {
    let id = org.records.get("contacts", number).map(|contact| contact.text("id").to_owned());
    forget_guest(org, "external_contact", &id.unwrap_or_default());
    Ok(())
}

/// Takes a member out of all groups.
pub(super) fn forget_member(org: &mut Organization, kind: &'static str, id: u64) {
    for group in org.groups_with(kind, id).to_vec() {
        put(org, group, &[], &[json!({"type": kind, "id": id})]);
    }
}
