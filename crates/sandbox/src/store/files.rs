//! What people keep on Disk, in the trash, and what is done to it meanwhile.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use bytes::Bytes;
use serde_json::{Map, Value};

use super::{Disk, Resource};
use crate::exchange::mix;

/// Files and folders by owner and path, the trash, and operations that go on.
#[derive(Debug, Default)]
pub(crate) struct Files {
    files: BTreeMap<(u64, String), File>,
    trash: BTreeMap<(u64, String), Trashed>,
    operations: HashMap<String, (u64, Duration)>,
    transfers: HashMap<String, Transfer>,
}

/// An address that a content is put to, once, or fetched from.
#[derive(Clone, Debug)]
pub(crate) struct Transfer {
    pub(crate) uid: u64,
    pub(crate) path: String,
    pub(crate) puts: bool,
    /// Until when it lives, on the sandbox's clock.
    pub(crate) ends: Duration,
    /// When what is put there was made, in milliseconds of the Unix era.
    pub(crate) created: i64,
}

/// A file or a folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct File {
    pub(crate) is_folder: bool,
    /// When it is there, on the sandbox's clock.
    pub(crate) since: Duration,
    /// In milliseconds of the Unix era.
    pub(crate) created: i64,
    pub(crate) size: u64,
    pub(crate) content: Bytes,
    /// MD5 and SHA-256, where there is a content.
    pub(crate) digests: Option<(String, String)>,
    pub(crate) custom: Map<String, Value>,
}

/// What was deleted and can be had back.
#[derive(Clone, Debug)]
pub(crate) struct Trashed {
    pub(crate) origin: String,
    /// In milliseconds of the Unix era.
    pub(crate) deleted: i64,
    /// What it holds, by the rest of the path behind its own.
    pub(crate) files: Vec<(String, File)>,
}

/// What there is at a path: kept, shared, or both.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) file: File,
    pub(crate) shared: Option<&'a Resource>,
}

impl Files {
    /// Takes a file or folder in.
    pub(crate) fn put(&mut self, uid: u64, path: String, file: File) {
        self.files.insert((uid, path), file);
    }

    pub(crate) fn get_mut(&mut self, uid: u64, path: &str) -> Option<&mut File> {
        self.files.get_mut(&(uid, path.to_owned()))
    }

    /// Takes out what a person has at this path and beneath it, by the rest of each path.
    fn take(&mut self, uid: u64, path: &str) -> Vec<(String, File)> {
        let is_gone = |(owner, known): &&(u64, String)| *owner == uid && is_below(known, path);
        let gone: Vec<_> = self.files.keys().filter(is_gone).cloned().collect();
        let taken = gone.into_iter().filter_map(|key| {
            let file = self.files.remove(&key)?;
            Some((key.1[path.len()..].to_owned(), file))
        });
        taken.collect()
    }

    /// Puts something into the trash, and gives its name there.
    pub(crate) fn throw_away(&mut self, uid: u64, thing: Trashed) -> String {
        let number = mix(uid ^ mix(self.trash.len() as u64) ^ mix(thing.deleted.unsigned_abs()));
        let name = thing.origin.rsplit('/').next().unwrap_or_default();
        let id = format!("{name}_{number:016x}{:016x}{:08x}", mix(number), number >> 32);
        self.trash.insert((uid, id.clone()), thing);
        id
    }

    /// What a person has in the trash, by name.
    pub(crate) fn trash(&self, uid: u64) -> impl Iterator<Item = (&str, &Trashed)> {
        self.trash.iter().filter(move |((owner, _), _)| *owner == uid).map(|((_, id), thing)| (&**id, thing))
    }

    pub(crate) fn take_from_trash(&mut self, uid: u64, id: &str) -> Option<Trashed> {
        self.trash.remove(&(uid, id.to_owned()))
    }

    pub(crate) fn empty_trash(&mut self, uid: u64) {
        self.trash.retain(|(owner, _), _| *owner != uid);
    }

    /// Opens an address, and gives its secret part.
    pub(crate) fn open_transfer(&mut self, transfer: Transfer) -> String {
        let number = mix(transfer.uid ^ mix(self.operations.len() as u64 ^ mix(self.transfers.len() as u64)));
        let id = format!("{number:016x}{:016x}", mix(number ^ mix(transfer.ends.as_millis() as u64)));
        self.transfers.insert(id.clone(), transfer);
        id
    }

    pub(crate) fn transfer(&self, id: &str) -> Option<&Transfer> {
        self.transfers.get(id)
    }

    pub(crate) fn close_transfer(&mut self, id: &str) {
        self.transfers.remove(id);
    }

    /// Begins an operation of a person that ends at this moment, and gives its id.
    pub(crate) fn begin(&mut self, uid: u64, ends: Duration) -> String {
        let number = self.operations.len() as u64;
        let id = format!("{:016x}{:016x}", mix(uid ^ mix(number)), mix(number));
        self.operations.insert(id.clone(), (uid, ends));
        id
    }

    /// Whether an operation of a person has ended; nothing where there is none.
    pub(crate) fn has_ended(&self, uid: u64, id: &str, now: Duration) -> Option<bool> {
        let (owner, ends) = self.operations.get(id)?;
        (*owner == uid).then_some(*ends <= now)
    }
}

impl Disk {
    /// All that a person has at this moment, by path: what is kept, what is shared, and the folders that lead there. The
    /// root is the empty path.
    pub(crate) fn nodes(&self, uid: u64, now: Duration) -> BTreeMap<String, Node<'_>> {
        let mut nodes = BTreeMap::new();
        for ((_, path), file) in self.files.files.range((uid, String::new())..(uid + 1, String::new())) {
            if file.since <= now {
                nodes.insert(path.clone(), Node { file: file.clone(), shared: None });
            }
        }
        for shared in self.owned_by(uid) {
            let file = || File {
                is_folder: shared.is_folder,
                created: shared.created,
                size: shared.size,
                ..File::default()
            };
            let node =
                nodes.entry(shared.path.to_string()).or_insert_with(|| Node { file: file(), shared: None });
            node.shared = Some(shared);
        }
        for path in nodes.keys().cloned().collect::<Vec<_>>() {
            let mut above = path.as_str();
            while let Some((parent, _)) = above.rsplit_once('/') {
                let folder = || Node { file: File { is_folder: true, ..File::default() }, shared: None };
                nodes.entry(parent.to_owned()).or_insert_with(folder).file.is_folder = true;
                above = parent;
            }
        }
        let root = || Node { file: File { is_folder: true, ..File::default() }, shared: None };
        nodes.entry(String::new()).or_insert_with(root);
        nodes
    }

    /// Takes out what a person has at this path and beneath it, by the rest of each path; it is shared no longer.
    pub(crate) fn take(&mut self, uid: u64, path: &str) -> Vec<(String, File)> {
        let shared = self.owned_by(uid).filter(|resource| is_below(&resource.path, path));
        let shared = shared.map(|shared| {
            let file = File {
                is_folder: shared.is_folder,
                created: shared.created,
                size: shared.size,
                ..File::default()
            };
            (shared.path[path.len()..].to_owned(), file)
        });
        let mut taken: BTreeMap<_, _> = shared.collect();
        taken.extend(self.files.take(uid, path));
        self.forget(uid, path);
        taken.into_iter().collect()
    }

    /// Gives what a person has at this path and beneath it another one; what is shared stays so.
    pub(crate) fn rename(&mut self, uid: u64, from: &str, to: &str, since: Duration) {
        for (rest, file) in self.files.take(uid, from) {
            self.files.put(uid, format!("{to}{rest}"), File { since, ..file });
        }
        self.rename_shared(uid, from, to);
    }
}

/// Whether a path is this one, or leads into it.
pub(crate) fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
