//! What people keep on Disk without sharing it, and what is done to it meanwhile.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use crate::exchange::mix;

/// Files and folders by owner and path, and operations that go on.
#[derive(Debug, Default)]
pub(crate) struct Files {
    files: BTreeMap<(u64, String), File>,
    operations: HashMap<String, (u64, Duration)>,
}

#[derive(Clone, Copy, Debug)]
struct File {
    is_folder: bool,
    /// When it is there, on the sandbox's clock.
    since: Duration,
}

impl Files {
    /// Takes a file or folder in, which is there from this moment on.
    pub(crate) fn put(&mut self, uid: u64, path: String, is_folder: bool, since: Duration) {
        self.files.insert((uid, path), File { is_folder, since });
    }

    /// What a person has at this path and beneath it: each path, and whether it is a folder.
    pub(crate) fn below(&self, uid: u64, path: &str, now: Duration) -> impl Iterator<Item = (&str, bool)> {
        let there = self.files.iter().filter(move |((owner, _), file)| *owner == uid && file.since <= now);
        there
            .filter_map(move |((_, known), file)| is_below(known, path).then_some((&**known, file.is_folder)))
    }

    /// Forgets what a person has at this path and beneath it.
    pub(crate) fn remove(&mut self, uid: u64, path: &str) {
        self.files.retain(|(owner, known), _| *owner != uid || !is_below(known, path));
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

/// Whether a path is this one, or leads into it.
pub(crate) fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
