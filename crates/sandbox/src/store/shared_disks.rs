//! Disks that an organisation shares. What is in them is kept with all other files, under their numbers.

use std::time::Duration;

use super::{Organization, Store};
use crate::exchange::mix;

/// A disk that an organisation shares.
#[derive(Clone, Debug)]
pub(crate) struct SharedDisk {
    /// Under which its files are kept; no person has such an id.
    pub(crate) number: u64,
    pub(crate) org: u64,
    pub(crate) name: String,
    /// When it is there, on the sandbox's clock.
    pub(crate) since: Duration,
    pub(crate) accesses: Vec<SharedDiskAccess>,
}

/// What somebody may do on a shared disk.
#[derive(Clone, Debug)]
pub(crate) struct SharedDiskAccess {
    pub(crate) org: u64,
    /// `user`, `group` or `department`.
    pub(crate) kind: String,
    pub(crate) id: u64,
    pub(crate) rights: Vec<String>,
}

/// Numbers of shared disks have this bit, which no person's id has.
const MARK: u64 = 1 << 62;

impl SharedDisk {
    /// A new one, which nobody may use yet. `count` is how many were made before.
    pub(crate) fn new(org: u64, count: usize, name: String, since: Duration) -> Self {
        let number = mix(org ^ mix(count as u64)) >> 2 | MARK;
        Self { number, org, name, since, accesses: Vec::new() }
    }

    /// The label that paths name it by.
    pub(crate) fn label(&self) -> String {
        const SIGNS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let numbers = std::iter::successors(Some(mix(self.number)), |number| Some(mix(*number)));
        numbers.take(14).map(|number| char::from(SIGNS[(number % 62) as usize])).collect()
    }

    /// The id that it is made under: a UUID.
    pub(crate) fn resource_id(&self) -> String {
        let (high, low) = (mix(self.number ^ 1), mix(self.number ^ 2));
        let (a, b, c) = (high >> 32, high >> 16 & 0xffff, high & 0x0fff | 0x4000);
        format!("{a:08x}-{b:04x}-{c:04x}-{:04x}-{:012x}", low >> 48 & 0x3fff | 0x8000, low & 0xffff_ffff_ffff)
    }

    /// What somebody may do on it, by name or as a member, each right once.
    pub(crate) fn rights_of(&self, org: &Organization, uid: u64) -> Vec<&str> {
        let department = org.person(uid).map(|person| person.number("department_id")).unwrap_or_default();
        let is_meant = |access: &&SharedDiskAccess| match access.kind.as_str() {
            "group" => org.groups_with("user", uid).contains(&access.id),
            "department" => org.departments_above(department).any(|above| above == access.id),
            _ => access.id == uid,
        };
        let mut rights = Vec::new();
        for right in self.accesses.iter().filter(is_meant).flat_map(|access| &access.rights) {
            if !rights.contains(&right.as_str()) {
                rights.push(right.as_str());
            }
        }
        rights
    }
}

impl Store {
    /// The shared disk of this label, once it is there.
    pub(crate) fn shared_disk(&self, label: &str, now: Duration) -> Option<&SharedDisk> {
        self.shared_disks.iter().find(|disk| disk.since <= now && disk.label() == label)
    }

    /// The shared disks of an organisation that are there.
    pub(crate) fn shared_disks_of(&self, org: u64, now: Duration) -> impl Iterator<Item = &SharedDisk> {
        self.shared_disks.iter().filter(move |disk| disk.org == org && disk.since <= now)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_has_a_number_a_label_and_an_id_of_its_own() {
        let disks: Vec<_> =
            (0..200).map(|count| SharedDisk::new(7, count, String::new(), Duration::ZERO)).collect();
        assert_eq!(disks.iter().map(|disk| disk.number).collect::<HashSet<_>>().len(), 200);
        assert_eq!(disks.iter().map(SharedDisk::label).collect::<HashSet<_>>().len(), 200);
        assert_eq!(disks.iter().map(SharedDisk::resource_id).collect::<HashSet<_>>().len(), 200);
        assert!(disks.iter().all(|disk| disk.label().len() == 14 && disk.resource_id().len() == 36));
    }
}
