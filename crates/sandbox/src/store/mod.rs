//! What the services remember: organisations, what people share, what they did, and tokens.

mod audit;
mod code42;
mod disk;
mod files;
mod mail;
mod oauth;
mod organization;
mod records;
mod shared_disks;
mod token;

use std::collections::BTreeMap;

pub(crate) use self::{
    audit::{Audit, Entry, Log, Logs, Place},
    code42::{Access as Code42Ways, Branch, Principal, Session, TSetting, Tenant},
    disk::{Access, Disk, Resource, Right, Rights, Subject, Until},
    files::{File, Node, Transfer, Trashed, is_below},
    mail::{Mail, MailboxKind, SharedMailbox, Task, TaskState},
    oauth::{Code, Device, OAuth},
    organization::{Organization, ROOT, full_name},
    records::{Record, Records},
    shared_disks::{SharedDisk, SharedDiskAccess},
    token::{Caller, Token, Tokens},
};
use crate::Summary;

/// What the services remember.
#[derive(Debug, Default)]
pub(crate) struct Store {
    pub(crate) organizations: BTreeMap<u64, Organization>,
    pub(crate) disk: Disk,
    pub(crate) shared_disks: Vec<SharedDisk>,
    /// How many shared disks were ever made.
    pub(crate) shared_disks_made: usize,
    pub(crate) tokens: Tokens,
    pub(crate) oauth: OAuth,
    pub(crate) audit: Audit,
    pub(crate) code42: Tenant,
    /// How many rows an export of statistics has at most.
    pub(crate) most_statistics_rows: usize,
}

impl Store {
    /// The organisations that a person administers, in the order of their ids.
    pub(crate) fn administered_by(&self, uid: u64) -> impl Iterator<Item = &Organization> {
        let administers =
            move |org: &&Organization| org.person(uid).is_some_and(|person| person.flag("is_admin"));
        self.organizations.values().filter(administers)
    }

    /// The organisation that somebody is an employee of.
    pub(crate) fn organization_of(&self, uid: u64) -> Option<&Organization> {
        self.organizations.values().find(|org| org.person(uid).is_some())
    }

    /// Whether somebody's tokens serve: those of who is blocked, was dismissed or is gone do not.
    pub(crate) fn may_work(&self, uid: u64) -> bool {
        let person = self.organizations.values().find_map(|org| org.person(uid));
        person.is_some_and(|person| person.flag("is_enabled") && !person.flag("is_dismissed"))
    }

    /// What one organisation holds.
    pub(crate) fn summary(&self, org_id: u64) -> Summary {
        let Some(org) = self.organizations.get(&org_id) else { return Summary::default() };
        let resources = || org.records.numbers("users").flat_map(|uid| self.disk.owned_by(uid));
        let count = |collection| org.records.count(collection) as u64;
        let accesses = resources().flat_map(|resource| &resource.accesses);
        Summary {
            users: count("users"),
            robots: org.people().filter(|person| person.flag("is_robot")).count() as u64,
            departments: count("departments"),
            groups: count("groups"),
            resources: resources().count() as u64,
            accesses: accesses.filter(|access| access.subject != Subject::Owner).count() as u64,
        }
    }
}
