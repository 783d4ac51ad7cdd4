//! What people share from Disk.

use std::{collections::HashMap, time::Duration};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};

use super::files::{File, Files, is_below};
use crate::exchange::mix;

/// Public resources, by number and by owner.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    resources: HashMap<u64, Resource>,
    owned: HashMap<u64, Vec<u64>>,
    pub(crate) files: Files,
}

/// One public resource. Its key, id and link are all made from its number, and lead back to it.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// Random, so that neither keys nor ids show an order.
    pub(crate) number: u64,
    pub(crate) owner: u64,
    /// From the root of the owner's Disk: `/Folder/name`.
    pub(crate) path: Box<str>,
    pub(crate) is_folder: bool,
    pub(crate) size: u64,
    /// In milliseconds of the Unix era, as `modified`.
    pub(crate) created: i64,
    pub(crate) modified: i64,
    pub(crate) accesses: Vec<Access>,
    pub(crate) until: Until,
    /// Whether the link has a password.
    pub(crate) has_password: bool,
    /// Whether ids in the accesses come as text.
    pub(crate) ids_as_text: bool,
    /// Whether the settings are found by path; else only by key.
    pub(crate) found_by_path: bool,
}

/// Until when a link lives, in seconds of the Unix era, and in which form the service tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Until {
    Endless,
    Number(i64),
    Text(i64),
}

/// Who may do what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) subject: Subject,
    /// The subject's organisation, where it has one.
    pub(crate) org: Option<u64>,
    pub(crate) rights: Rights,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Everybody who has the link.
    All,
    /// All employees of an organisation.
    Employees,
    /// Both macros in one access.
    EmployeesAndAll,
    User(u64),
    OuterUser(u64),
    Group(u64),
    Department(u64),
    Owner,
}

/// A set of rights, in the order of [`Right::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rights(u8);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    Write,
    Read,
    ReadWithoutDownload,
    ReadWithPassword,
    ReadWithPasswordWithoutDownload,
}

impl Right {
    pub(crate) const ALL: [Self; 5] = [
        Self::Write,
        Self::Read,
        Self::ReadWithoutDownload,
        Self::ReadWithPassword,
        Self::ReadWithPasswordWithoutDownload,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Read => "read",
            Self::ReadWithoutDownload => "read_without_download",
            Self::ReadWithPassword => "read_with_password",
            Self::ReadWithPasswordWithoutDownload => "read_with_password_without_download",
        }
    }
}

impl Rights {
    pub(crate) fn of(rights: &[Right]) -> Self {
        Self(rights.iter().fold(0, |bits, right| bits | 1 << *right as u8))
    }

    pub(crate) fn has(self, right: Right) -> bool {
        self.0 & 1 << right as u8 != 0
    }

    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        Right::ALL.into_iter().filter(move |right| self.has(*right)).map(Right::word)
    }
}

impl Disk {
    /// Takes a resource in. Its number must be new.
    pub(crate) fn add(&mut self, resource: Resource) {
        self.owned.entry(resource.owner).or_default().push(resource.number);
        self.resources.insert(resource.number, resource);
    }

    /// Shares no longer what a person has at this path and beneath it.
    pub(crate) fn forget(&mut self, uid: u64, path: &str) {
        let Self { resources, owned, .. } = self;
        if let Some(numbers) = owned.get_mut(&uid) {
            numbers.retain(|number| {
                let is_gone = resources.get(number).is_some_and(|resource| is_below(&resource.path, path));
                if is_gone {
                    resources.remove(number);
                }
                !is_gone
            });
        }
    }

    /// Shares no longer what a person has at this path itself, and keeps it all the same.
    pub(crate) fn unpublish(&mut self, uid: u64, path: &str, now: Duration) {
        let Some(number) = self.by_path(uid, path).map(|resource| resource.number) else { return };
        let file = self.nodes(uid, now).get(path).map(|node| node.file.clone());
        self.resources.remove(&number);
        if let Some(numbers) = self.owned.get_mut(&uid) {
            numbers.retain(|known| *known != number);
        }
        if let Some(file) = file {
            self.files.put(uid, path.to_owned(), file);
        }
    }

    /// A public resource, to be changed.
    pub(crate) fn shared_mut(&mut self, number: u64) -> Option<&mut Resource> {
        self.resources.get_mut(&number)
    }

    /// Gives what a person shares at this path and beneath it another one.
    pub(super) fn rename_shared(&mut self, uid: u64, from: &str, to: &str) {
        for number in self.owned.get(&uid).into_iter().flatten() {
            if let Some(resource) = self.resources.get_mut(number)
                && is_below(&resource.path, from)
            {
                resource.path = format!("{to}{}", &resource.path[from.len()..]).into();
            }
        }
    }

    /// Shares what a person has at this path with everybody who has the link, unless it is shared already.
    pub(crate) fn publish(&mut self, uid: u64, path: &str, file: &File, now: i64) {
        if self.by_path(uid, path).is_some() {
            return;
        }
        let seed = path.bytes().fold(uid, |seed, byte| mix(seed ^ u64::from(byte)));
        let mut numbers =
            std::iter::successors(Some(mix(seed ^ now.unsigned_abs())), |number| Some(mix(*number)));
        let Some(number) = numbers.find(|number| !self.has_number(*number)) else { return };
        let everybody = Access { subject: Subject::All, org: None, rights: Rights::of(&[Right::Read]) };
        let owner = Access { subject: Subject::Owner, org: None, rights: Rights::of(&[Right::Write]) };
        self.add(Resource {
            number,
            owner: uid,
            path: path.into(),
            is_folder: file.is_folder,
            size: file.size,
            created: file.created,
            modified: file.created,
            accesses: vec![everybody, owner],
            until: Until::Endless,
            has_password: false,
            ids_as_text: false,
            found_by_path: true,
        });
    }

    pub(crate) fn has_number(&self, number: u64) -> bool {
        self.resources.contains_key(&number)
    }

    /// What a person shares, in the order in which it is listed.
    pub(crate) fn owned_by(&self, uid: u64) -> impl Iterator<Item = &Resource> {
        let numbers = self.owned.get(&uid).into_iter().flatten();
        numbers.filter_map(|number| self.resources.get(number))
    }

    /// All resources, in no order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Resource> {
        self.resources.values()
    }

    /// The resource of this owner at this path.
    pub(crate) fn by_path(&self, uid: u64, path: &str) -> Option<&Resource> {
        self.owned_by(uid).find(|resource| &*resource.path == path)
    }

    /// The resource with this key, or behind this link.
    pub(crate) fn by_key(&self, key: &str) -> Option<&Resource> {
        let number = match key.rsplit_once("/d/") {
            Some((_, short)) if key.starts_with("http") => head(&URL_SAFE_NO_PAD.decode(short).ok()?)?,
            _ => head(&STANDARD.decode(key).ok()?)?,
        };
        let found = self.resources.get(&number)?;
        (found.public_key() == key || found.public_url() == key).then_some(found)
    }

    /// The resource with this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Resource> {
        let (_, hex) = id.split_once(':')?;
        let number = u64::from_str_radix(hex.get(..16)?, 16).ok()? ^ ID_MASK;
        self.resources.get(&number).filter(|resource| resource.id() == id)
    }
}

/// Keeps an id from beginning like the key.
const ID_MASK: u64 = 0x5eed_0f1d_5eed_0f1d;

fn head(bytes: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(..8)?.try_into().ok()?))
}

impl Resource {
    /// What everybody who has the link may do; nothing where only some may do anything, or the link has ended. `now` is in
    /// seconds of the Unix era.
    pub(crate) fn open_rights(&self, now: i64) -> Option<Rights> {
        let has_ended = matches!(self.until, Until::Number(end) | Until::Text(end) if end <= now);
        let to_all = |access: &&Access| matches!(access.subject, Subject::All | Subject::EmployeesAndAll);
        self.accesses.iter().find(to_all).map(|access| access.rights).filter(|_| !has_ended)
    }

    /// The last part of the path.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// The public key: 88 characters, `+ / =` among them.
    pub(crate) fn public_key(&self) -> String {
        STANDARD.encode(self.bytes::<8>(self.number))
    }

    /// The short link.
    pub(crate) fn public_url(&self) -> String {
        let bytes = self.bytes::<2>(self.number);
        format!("https://disk.yandex.ru/d/{}", URL_SAFE_NO_PAD.encode(&bytes[..10]))
    }

    /// The owner's id, a colon and 64 hexadecimal digits.
    pub(crate) fn id(&self) -> String {
        let bytes = self.bytes::<4>(self.number ^ ID_MASK);
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}:{hex}", self.owner)
    }

    /// `N` times eight bytes, the first eight of which are `first`.
    fn bytes<const N: usize>(&self, first: u64) -> Vec<u8> {
        let words = std::iter::successors(Some(first), |word| Some(mix(*word))).take(N);
        words.flat_map(u64::to_be_bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(number: u64) -> Resource {
        Resource {
            number,
            owner: 1_130_000_000_000_001,
            path: "/Папка/a%2Fb.txt".into(),
            is_folder: false,
            size: 1,
            created: 0,
            modified: 0,
            accesses: Vec::new(),
            until: Until::Endless,
            has_password: false,
            ids_as_text: false,
            found_by_path: true,
        }
    }

    #[test]
    fn key_link_and_id_lead_back_to_the_resource() {
        let mut disk = Disk::default();
        (0..500).map(mix).for_each(|number| disk.add(resource(number)));
        for number in (0..500).map(mix) {
            let found = resource(number);
            for way in
                [disk.by_key(&found.public_key()), disk.by_key(&found.public_url()), disk.by_id(&found.id())]
            {
                assert_eq!(way.map(|found| found.number), Some(number));
            }
        }
        assert_eq!(resource(5).public_key().len(), 88);
        assert_eq!(resource(5).id().len(), 17 + 64);
    }

    #[test]
    fn what_is_no_key_leads_nowhere() {
        let mut disk = Disk::default();
        disk.add(resource(5));
        for key in ["", "x", "AAAA", "https://disk.yandex.ru/d/", "https://disk.yandex.ru/d/AAAAAAAAAAUxxx"] {
            assert!(disk.by_key(key).is_none(), "{key}");
        }
        for id in ["", ":", "1:00", "1130000000000001:zz"] {
            assert!(disk.by_id(id).is_none(), "{id}");
        }
    }

    #[test]
    fn rights_keep_their_order() {
        let rights = Rights::of(&[Right::ReadWithPassword, Right::Write]);
        assert_eq!(rights.words().collect::<Vec<_>>(), ["write", "read_with_password"]);
    }

    #[test]
    fn the_name_is_the_last_part_of_the_path() {
        assert_eq!(resource(1).name(), "a%2Fb.txt");
    }
}
