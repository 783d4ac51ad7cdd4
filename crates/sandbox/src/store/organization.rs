//! Organisations: people, departments, groups.

use std::collections::{BTreeMap, HashMap};

use super::{Mail, Records};

/// The id of the root department of every organisation.
pub(crate) const ROOT: u64 = 1;

/// One organisation. Times are in seconds of the Unix era.
#[derive(Clone, Debug)]
pub(crate) struct Organization {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) phone: String,
    pub(crate) people: BTreeMap<u64, Person>,
    pub(crate) departments: BTreeMap<u64, Department>,
    pub(crate) groups: BTreeMap<u64, Group>,
    pub(crate) mail: Mail,
    /// What is kept as it was told.
    pub(crate) records: Records,
}

#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) uid: u64,
    pub(crate) nickname: String,
    pub(crate) name: Name,
    pub(crate) display_name: Option<String>,
    pub(crate) gender: &'static str,
    pub(crate) position: &'static str,
    pub(crate) about: &'static str,
    pub(crate) birthday: String,
    /// What somebody entered; the service makes further ones of the addresses.
    pub(crate) contacts: Vec<Contact>,
    pub(crate) aliases: Vec<String>,
    pub(crate) external_id: String,
    pub(crate) department: u64,
    pub(crate) language: &'static str,
    pub(crate) timezone: &'static str,
    pub(crate) is_admin: bool,
    pub(crate) is_robot: bool,
    pub(crate) is_dismissed: bool,
    pub(crate) is_enabled: bool,
    pub(crate) has_two_factor: bool,
    pub(crate) enabled_at: Option<i64>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// A way to reach a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    pub(crate) kind: String,
    pub(crate) value: String,
    pub(crate) label: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) first: String,
    pub(crate) last: String,
    /// Empty where there is none.
    pub(crate) middle: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Department {
    pub(crate) id: u64,
    /// 0 for the root.
    pub(crate) parent: u64,
    pub(crate) name: String,
    pub(crate) description: String,
    /// The mailing list's name; empty where there is none.
    pub(crate) label: String,
    pub(crate) created: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) description: String,
    /// The mailing list's name; empty where there is none.
    pub(crate) label: String,
    pub(crate) members: Vec<Member>,
    pub(crate) created: i64,
}

/// Who or what is in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    User(u64),
    Group(u64),
    Department(u64),
    /// A shared contact, which only version 2 of the members shows.
    Contact {
        id: String,
        name: Name,
    },
    /// A shared mailbox, which only version 2 of the members shows.
    Mailbox {
        id: u64,
        name: String,
    },
}

impl Organization {
    /// The address with this local part, or nothing for none.
    pub(crate) fn address(&self, label: &str) -> String {
        if label.is_empty() { String::new() } else { format!("{label}@{}", self.domain) }
    }

    /// Whether somebody or something has this address already.
    pub(crate) fn has_address(&self, address: &str) -> bool {
        let labels =
            self.people.values().flat_map(|person| std::iter::once(&person.nickname).chain(&person.aliases));
        let lists = self.groups.values().map(|group| &group.label);
        let lists = lists.chain(self.departments.values().map(|department| &department.label));
        labels.chain(lists).any(|label| self.address(label).eq_ignore_ascii_case(address))
            || self.mail.shared().any(|mailbox| mailbox.email.eq_ignore_ascii_case(address))
    }

    /// How many people each department has, those of its departments too.
    pub(crate) fn department_sizes(&self) -> HashMap<u64, u64> {
        let mut sizes = HashMap::new();
        for person in self.people.values().filter(|person| !person.is_dismissed) {
            let mut department = person.department;
            while let Some(found) = self.departments.get(&department) {
                *sizes.entry(department).or_default() += 1;
                department = found.parent;
            }
        }
        sizes
    }

    /// The groups that hold this member, in the order of their ids.
    pub(crate) fn groups_with(&self, member: &Member) -> Vec<u64> {
        let holding = self.groups.values().filter(|group| group.members.contains(member));
        holding.map(|group| group.id).collect()
    }

    /// The groups of every person, in the order of their ids.
    pub(crate) fn groups_of_people(&self) -> HashMap<u64, Vec<u64>> {
        let mut groups: HashMap<u64, Vec<u64>> = HashMap::new();
        for group in self.groups.values() {
            for member in &group.members {
                if let Member::User(uid) = member {
                    groups.entry(*uid).or_default().push(group.id);
                }
            }
        }
        groups
    }
}
