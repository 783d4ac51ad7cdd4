//! Organisations: people, departments, groups.

use std::{collections::HashMap, sync::OnceLock};

use super::{Mail, Record, Records};

/// The id of the root department of every organisation.
pub(crate) const ROOT: u64 = 1;

/// One organisation. Who works there and all else that is kept as it was told are records.
#[derive(Clone, Debug)]
pub(crate) struct Organization {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) domain: String,
    /// The employee behind the administrator's token.
    pub(crate) administrator: u64,
    pub(crate) phone: String,
    pub(crate) mail: Mail,
    pub(crate) records: Records,
}

/// What follows from records and is asked for often. Worked out when it is asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Views {
    sizes: OnceLock<HashMap<u64, u64>>,
    /// Groups by the kind and the id of a member.
    memberships: OnceLock<HashMap<(&'static str, u64), Vec<u64>>>,
}

impl Views {
    /// Forgets what may be otherwise once this collection has changed.
    pub(super) fn forget(&mut self, collection: &str) {
        match collection {
            "groups" => _ = self.memberships.take(),
            "users" | "departments" => _ = self.sizes.take(),
            _ => {}
        }
    }
}

impl Organization {
    /// The employee with this id.
    pub(crate) fn person(&self, uid: u64) -> Option<&Record> {
        self.records.get("users", uid)
    }

    /// The employees, in the order of their ids.
    pub(crate) fn people(&self) -> impl Iterator<Item = &Record> {
        self.records.of("users")
    }

    /// The address with this local part, or nothing for none.
    pub(crate) fn address(&self, label: &str) -> String {
        if label.is_empty() { String::new() } else { format!("{label}@{}", self.domain) }
    }

    /// The address of an employee.
    pub(crate) fn address_of(&self, person: &Record) -> String {
        self.address(person.text("nickname"))
    }

    /// The number of the record of a collection that has this address.
    pub(crate) fn holder(&self, collection: &str, address: &str) -> Option<u64> {
        let (label, domain) = address.split_once('@')?;
        self.records.labelled(collection, label).filter(|_| domain.eq_ignore_ascii_case(&self.domain))
    }

    /// Whether somebody or something has this address already, but for the record of this collection and number.
    pub(crate) fn is_taken(&self, address: &str, but: Option<(&str, u64)>) -> bool {
        let mut collections = ["users", "groups", "departments"].into_iter();
        collections.any(|collection| {
            self.holder(collection, address).is_some_and(|number| but != Some((collection, number)))
        }) || self.mail.shared().any(|mailbox| mailbox.email.eq_ignore_ascii_case(address))
    }

    /// How many people a department has, those of its departments too.
    pub(crate) fn department_size(&self, id: u64) -> u64 {
        let sizes = self.records.views.sizes.get_or_init(|| {
            let mut sizes = HashMap::new();
            for person in self.people().filter(|person| !person.flag("is_dismissed")) {
                for department in self.departments_above(person.number("department_id")) {
                    *sizes.entry(department).or_default() += 1;
                }
            }
            sizes
        });
        sizes.get(&id).copied().unwrap_or_default()
    }

    /// A department and those above it, up to the root.
    pub(crate) fn departments_above(&self, id: u64) -> impl Iterator<Item = u64> {
        let known = move |id: u64| self.records.get("departments", id);
        let first = known(id).map(|_| id);
        let all = std::iter::successors(first, move |id| {
            let above = known(*id)?.number("parent_id");
            known(above).map(|_| above)
        });
        // No circle is without an end.
        all.take(self.records.count("departments"))
    }

    /// The groups that hold this member, in the order of their ids.
    pub(crate) fn groups_with(&self, kind: &'static str, id: u64) -> &[u64] {
        let memberships = self.records.views.memberships.get_or_init(|| {
            let mut memberships: HashMap<_, Vec<_>> = HashMap::new();
            for group in self.records.of("groups") {
                for member in group.items("members") {
                    let kind =
                        ["user", "group", "department"].into_iter().find(|kind| member["type"] == *kind);
                    if let Some(key) = kind.zip(member["id"].as_u64()) {
                        memberships.entry(key).or_default().push(group.number("id"));
                    }
                }
            }
            memberships
        });
        memberships.get(&(kind, id)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Parts of an employee's name, in this order.
pub(crate) fn full_name(person: &Record, parts: [&str; 2]) -> String {
    parts.map(|part| person["name"][part].as_str().unwrap_or_default()).join(" ")
}
