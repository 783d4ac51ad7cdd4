//! What a Code42 tenant remembers: organisations, their settings and devices, and who signed in.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use serde_json::Value;

use crate::exchange::mix;

/// A Code42 tenant.
#[derive(Debug, Default)]
pub(crate) struct Tenant {
    pub(crate) organizations: BTreeMap<u64, Branch>,
    pub(crate) access: Access,
    pub(crate) sessions: HashMap<String, Session>,
    pub(crate) seed: u64,
    pub(crate) issued: u64,
}

/// One organisation of the tenant. Times are in seconds of the Unix era.
#[derive(Clone, Debug, Default)]
pub(crate) struct Branch {
    pub(crate) id: u64,
    pub(crate) uid: String,
    pub(crate) guid: String,
    pub(crate) name: String,
    pub(crate) external_reference: Option<String>,
    pub(crate) notes: Option<String>,
    /// 0 for the top one.
    pub(crate) parent: u64,
    pub(crate) active: bool,
    pub(crate) blocked: bool,
    pub(crate) created: i64,
    pub(crate) modified: i64,
    pub(crate) deactivated: Option<i64>,
    pub(crate) registration_key: String,
    pub(crate) settings: Value,
    pub(crate) device_defaults: Value,
    /// Own T-settings; the others come from above.
    pub(crate) t_settings: BTreeMap<String, TSetting>,
    /// Devices, and whether their agents may read the disk.
    pub(crate) devices: Vec<(String, bool)>,
}

#[derive(Clone, Debug)]
pub(crate) struct TSetting {
    pub(crate) value: String,
    pub(crate) locked: bool,
}

/// Who may sign in.
#[derive(Debug, Default)]
pub(crate) struct Access {
    pub(crate) user: String,
    pub(crate) password: String,
    /// The one-time code that the user has to give, if any.
    pub(crate) totp: Option<String>,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

/// Who asks the tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Principal {
    /// Somebody who signs in, with what they gave.
    Stranger {
        name: String,
        password: String,
    },
    User,
    ApiClient,
    /// An API client at the gateway.
    Gateway,
}

/// Somebody who signed in, until a moment on the sandbox's clock.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) principal: Principal,
    pub(crate) ends: Duration,
}

impl Tenant {
    pub(crate) fn by_uid(&self, uid: &str) -> Option<&Branch> {
        self.organizations.values().find(|branch| branch.uid == uid)
    }

    pub(crate) fn id_of_guid(&self, guid: &str) -> Option<u64> {
        let mut branches = self.organizations.values();
        branches.find(|branch| branch.guid.eq_ignore_ascii_case(guid)).map(|branch| branch.id)
    }

    /// The top organisation, which is the user's.
    pub(crate) fn top(&self) -> Option<&Branch> {
        self.organizations.values().find(|branch| branch.parent == 0)
    }

    /// An organisation, and those below it.
    pub(crate) fn with_descendants(&self, id: u64) -> Vec<u64> {
        let mut found = vec![id];
        let mut next = 0;
        while let Some(parent) = found.get(next).copied() {
            let children = self.organizations.values().filter(|branch| branch.parent == parent);
            found.extend(children.map(|branch| branch.id));
            next += 1;
        }
        found
    }

    /// The T-settings in force, each with the organisation that it comes from.
    pub(crate) fn t_settings(&self, id: u64) -> BTreeMap<&str, (&TSetting, u64)> {
        let mut settings = BTreeMap::new();
        let mut branch = self.organizations.get(&id);
        while let Some(from) = branch {
            for (key, setting) in &from.t_settings {
                settings.entry(key.as_str()).or_insert((setting, from.id));
            }
            branch = self.organizations.get(&from.parent);
        }
        settings
    }

    /// A number that nobody guesses, and that follows from the seed.
    pub(crate) fn draw(&mut self) -> u64 {
        self.issued += 1;
        mix(mix(self.seed ^ 0x00c0_de42) ^ mix(self.issued))
    }

    /// A new organisation below another one, with ids of its own.
    pub(crate) fn found(&mut self, name: &str, parent: u64, now: i64) -> Branch {
        let last = self.organizations.keys().next_back().copied();
        let (high, low, uid, key) = (self.draw(), self.draw(), self.draw(), self.draw());
        Branch {
            id: last.map_or(4200, |last| last + 1),
            uid: format!("9{:017}", uid % 100_000_000_000_000_000),
            guid: format!(
                "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
                high >> 32,
                high >> 16 & 0xffff,
                high & 0xfff,
                low >> 52,
                low & 0xffff_ffff_ffff
            ),
            name: name.to_owned(),
            parent,
            active: true,
            created: now,
            modified: now,
            registration_key: registration_key(key),
            ..Branch::default()
        }
    }
}

fn registration_key(number: u64) -> String {
    let group = |shift: u32| format!("{:04X}", number >> shift & 0xffff);
    [48, 32, 16, 0].map(group).join("-")
}
