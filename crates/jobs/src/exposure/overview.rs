//! What a report comes to: what a manager reads first.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::{Duration, SystemTime},
};

use serde::Serialize;

use super::{ExposureRow, PersonReport, Reach, Right};
use crate::AccountStatus;

/// So many owners, departments and recipients are told by name.
const MOST: usize = 50;

/// What was not changed for so long is stale.
const STALE: Duration = Duration::from_secs(365 * 24 * 3600);

/// What a report comes to, of the organisation, whichever rows are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Overview {
    /// Resources that everybody with the link can open.
    pub open_to_everybody: OpenToEverybody,
    /// Accesses by reach and by the strongest right, those of most risk first. What has none is not here.
    pub tiles: Vec<Tile>,
    /// The owners with the most that is public or reaches outside.
    pub owners: Vec<OwnerShare>,
    /// The departments with the most that is public or reaches outside.
    pub departments: Vec<DepartmentShare>,
    /// The people, domains and organisations outside with the most accesses.
    pub outside: Vec<OutsideShare>,
    /// What nobody looks after.
    pub stale: Stale,
}

/// Resources that everybody with the link can open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OpenToEverybody {
    /// How many.
    pub resources: u64,
    /// How many of them everybody can change.
    pub for_writing: u64,
}

/// How many accesses have this reach and this right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Tile {
    /// How far they reach.
    pub reach: Reach,
    /// The strongest of what they allow.
    pub right: Right,
    /// How many.
    pub accesses: u64,
}

/// What one owner shares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OwnerShare {
    /// The owner's address.
    pub email: String,
    /// The owner's department.
    pub department: Option<String>,
    /// Whether the owner is active, blocked or dismissed.
    pub status: AccountStatus,
    /// Accesses by everybody who has the link.
    pub public: u64,
    /// Accesses by somebody outside.
    pub external: u64,
    /// All accesses.
    pub accesses: u64,
}

/// What the owners of one department share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DepartmentShare {
    /// The name; nothing where the department of an owner is not known.
    pub name: Option<String>,
    /// How many owners share anything.
    pub owners: u64,
    /// Accesses by everybody who has the link.
    pub public: u64,
    /// Accesses by somebody outside.
    pub external: u64,
    /// All accesses.
    pub accesses: u64,
}

/// What somebody outside reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OutsideShare {
    /// The organisation outside, where the service names it, else the person.
    pub who: String,
    /// How many accesses.
    pub accesses: u64,
    /// By how many owners.
    pub owners: u64,
}

/// What nobody looks after, among the accesses by everybody who has the link or by somebody outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stale {
    /// Accesses whose owner is blocked.
    pub owner_blocked: u64,
    /// Accesses whose owner was dismissed.
    pub owner_dismissed: u64,
    /// Accesses to what was not changed for a year. When a link was made the service does not tell.
    pub unchanged_for_a_year: u64,
    /// Links for everybody that have no end.
    pub without_end: u64,
}

/// Counts reports into an [`Overview`].
#[derive(Clone, Debug)]
pub struct OverviewBuilder {
    stale_before: Option<SystemTime>,
    overview: Overview,
    tiles: BTreeMap<(u8, Reach, Right), u64>,
    owners: Vec<OwnerShare>,
    departments: HashMap<Option<String>, DepartmentShare>,
    outside: HashMap<String, OutsideShare>,
}

impl OverviewBuilder {
    /// Begins to count, at this time.
    pub fn new(now: SystemTime) -> Self {
        Self {
            stale_before: now.checked_sub(STALE),
            overview: Overview::default(),
            tiles: BTreeMap::new(),
            owners: Vec::new(),
            departments: HashMap::new(),
            outside: HashMap::new(),
        }
    }

    /// Counts a report in.
    pub fn add(&mut self, report: &PersonReport) {
        let Some(first) = report.rows.first() else { return };
        let mut owner = OwnerShare {
            email: report.email.clone(),
            department: first.department.clone(),
            status: first.owner_status,
            public: 0,
            external: 0,
            accesses: 0,
        };
        let (mut open, mut for_writing, mut outside) = (HashSet::new(), HashSet::new(), HashSet::new());
        for row in &report.rows {
            let right = Right::of(row);
            *self.tiles.entry((row.risk(), row.reach, right)).or_default() += 1;
            owner.accesses += 1;
            match row.reach {
                Reach::Public => {
                    owner.public += 1;
                    open.insert(&*row.path);
                    if right == Right::Write {
                        for_writing.insert(&*row.path);
                    }
                }
                Reach::External => {
                    owner.external += 1;
                    let who = outsider(row);
                    let share = self.outside.entry(who.clone());
                    let share =
                        share.or_insert_with(|| OutsideShare { who: who.clone(), accesses: 0, owners: 0 });
                    share.accesses += 1;
                    share.owners += u64::from(outside.insert(who));
                }
                _ => continue,
            }
            self.count_stale(row);
        }
        self.overview.open_to_everybody.resources += open.len() as u64;
        self.overview.open_to_everybody.for_writing += for_writing.len() as u64;
        self.count_department(&owner);
        if owner.public + owner.external > 0 {
            self.owners.push(owner);
        }
        if self.owners.len() > MOST * 20 {
            most(&mut self.owners, |owner| (owner.public + owner.external, owner.public));
        }
    }

    fn count_stale(&mut self, row: &ExposureRow) {
        let stale = &mut self.overview.stale;
        stale.owner_blocked += u64::from(row.owner_status == AccountStatus::Blocked);
        stale.owner_dismissed += u64::from(row.owner_status == AccountStatus::Dismissed);
        let changed = row.modified_at.as_ref().and_then(|time| time.to_system_time());
        stale.unchanged_for_a_year +=
            u64::from(changed.zip(self.stale_before).is_some_and(|(changed, before)| changed < before));
        stale.without_end += u64::from(row.reach == Reach::Public && row.available_until.is_none());
    }

    fn count_department(&mut self, owner: &OwnerShare) {
        let name = owner.department.clone();
        let share = self.departments.entry(name.clone()).or_insert(DepartmentShare {
            name,
            owners: 0,
            public: 0,
            external: 0,
            accesses: 0,
        });
        share.owners += 1;
        share.public += owner.public;
        share.external += owner.external;
        share.accesses += owner.accesses;
    }

    /// What the reports come to.
    pub fn finish(self) -> Overview {
        let tiles = self.tiles.into_iter();
        let tiles = tiles.map(|((_, reach, right), accesses)| Tile { reach, right, accesses }).collect();
        let mut owners = self.owners;
        most(&mut owners, |owner| (owner.public + owner.external, owner.public));
        let mut departments: Vec<_> = self.departments.into_values().collect();
        departments.sort_by(|one, other| one.name.cmp(&other.name));
        most(&mut departments, |one| (one.public + one.external, one.public));
        let mut outside: Vec<_> = self.outside.into_values().collect();
        outside.sort_by(|one, other| one.who.cmp(&other.who));
        most(&mut outside, |share| (share.accesses, share.owners));
        Overview { tiles, owners, departments, outside, ..self.overview }
    }
}

/// Leaves those with the most, the first ones first.
fn most<T>(shares: &mut Vec<T>, of: impl Fn(&T) -> (u64, u64)) {
    shares.sort_by_key(|share| std::cmp::Reverse(of(share)));
    shares.truncate(MOST);
}

/// The organisation outside, where the service names it, else the person.
fn outsider(row: &ExposureRow) -> String {
    match row.org_id {
        Some(id) => format!("organization {id}"),
        None => row.recipient.clone(),
    }
}
