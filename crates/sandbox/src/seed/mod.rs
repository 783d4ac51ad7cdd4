//! Grows an organisation from a seed. The same seed gives the same organisation, to the last letter.

mod audit;
mod code42;
mod mailboxes;
mod names;
mod people;
mod places;
mod resources;
mod structure;

use fastrand::Rng;

pub(crate) use self::code42::{furnished, grow as grow_code42};

use crate::{
    builder::{Resources, SandboxBuilder, Scenario},
    exchange::mix,
    services::{domains::connect, shared_disks},
    store::{Mail, Organization, Record, Records, Store},
};

/// When the organisation was founded: 2019-01-14, in seconds of the Unix era.
const FOUNDED: i64 = 1_547_424_000;

/// The time from then to the last change.
const HISTORY: i64 = 6 * 365 * 24 * 3600;

/// The first id of the employees of the organisation, and of the other one.
const FIRST_UID: u64 = 1_130_000_060_000_000;
const FIRST_FOREIGN_UID: u64 = 1_130_000_020_000_000;

/// Where the ids of shared mailboxes begin.
const FIRST_MAILBOX: u64 = 1_130_000_091_000_000;

/// The id of the organisation that the token may not see.
pub(crate) fn foreign_org_id(org_id: u64) -> u64 {
    if org_id == FOREIGN_ORG { FOREIGN_ORG + 1 } else { FOREIGN_ORG }
}

/// Tells the sequence of the audit logs from the others.
const AUDIT: u64 = 0xa0d1;

const FOREIGN_ORG: u64 = 5_550_123;

/// What a builder asks for. The first employee is the administrator.
pub(crate) fn grow(builder: &SandboxBuilder) -> Store {
    let mut rng = Rng::with_seed(mix(builder.seed));
    let mut store = Store { most_statistics_rows: builder.most_statistics_rows, ..Store::default() };
    let mut org = bare(builder.org_id, "ООО «Северный мост»", &builder.domain);
    match builder.scenario {
        Scenario::Bare => found(&mut rng, &mut org),
        _ => furnish(&mut rng, &mut org, builder.users),
    }
    let foreign = foreign(&mut rng, foreign_org_id(builder.org_id));
    let total = match (builder.scenario, builder.resources) {
        (Scenario::Quiet | Scenario::Bare, _) => 0,
        (_, Resources::Total(total)) => total,
        (_, Resources::PerUser(average)) => (average * f64::from(builder.users)).round() as u32,
    };
    let by_key = builder.scenario == Scenario::ByKey;
    resources::share(&mut rng, &mut store.disk, &org, &foreign, total, by_key);
    resources::share(&mut rng, &mut store.disk, &foreign, &org, 5, false);
    // A sequence of its own, so that what was grown before stays as it is.
    let mut rng = Rng::with_seed(mix(builder.seed ^ AUDIT));
    *store.audit.logs_mut(org.id) = audit::remember(&mut rng, &org, builder.clock.now());
    for further in further(&org, builder.organizations) {
        store.organizations.insert(further.id, further);
    }
    if builder.scenario != Scenario::Bare {
        shared_disks::furnish(&mut store, org.id, org.administrator);
    }
    store.organizations.insert(org.id, org);
    store.organizations.insert(foreign.id, foreign);
    store
}

/// A company of this many people behind the token.
fn furnish(rng: &mut Rng, org: &mut Organization, users: u32) {
    structure::add_departments(rng, org, users);
    people::hire(rng, org, users, FIRST_UID);
    structure::add_groups(rng, org);
    mailboxes::open(org);
    places::furnish(org);
}

/// Nothing but an administrator.
fn found(rng: &mut Rng, org: &mut Organization) {
    structure::add_root(org);
    people::hire(rng, org, 1, FIRST_UID);
    structure::add_first_groups(org);
}

/// The organisation that the token may not see.
fn foreign(rng: &mut Rng, id: u64) -> Organization {
    let mut org = bare(id, "АО «Чужая гавань»", "chuzhaya-gavan.example");
    structure::add_departments(rng, &mut org, 5);
    people::hire(rng, &mut org, 5, FIRST_FOREIGN_UID);
    mailboxes::open(&mut org);
    org
}

/// Further organisations of the same administrator, with nobody else in them.
fn further(org: &Organization, organizations: u32) -> impl Iterator<Item = Organization> {
    (1..u64::from(organizations)).map(|number| {
        let mut further = bare(
            org.id + number * 10,
            &format!("ООО «Северный мост — {number}»"),
            &format!("most-{number}.example"),
        );
        further.administrator = org.administrator;
        for collection in ["departments", "users"] {
            for first in org.records.of(collection).take(1) {
                further.records.put_numbered(collection, first.number("id"), first.clone());
            }
        }
        further
    })
}

fn bare(id: u64, name: &str, domain: &str) -> Organization {
    let (mut records, mut main) = (Records::default(), Record::default());
    connect(&mut main, &domain.to_ascii_lowercase(), true);
    records.add("domains", main);
    Organization {
        id,
        name: name.to_owned(),
        domain: domain.to_owned(),
        administrator: 0,
        phone: "+7 495 000-00-00".to_owned(),
        records,
        mail: Mail::with_ids_after(FIRST_MAILBOX + id % 1000 * 1000),
    }
}

/// A moment in the organisation's history, in seconds of the Unix era.
fn moment(rng: &mut Rng) -> i64 {
    FOUNDED + rng.i64(0..HISTORY)
}

/// True in one of `n` cases.
fn one_in(rng: &mut Rng, n: u32) -> bool {
    rng.u32(0..n) == 0
}

fn pick<T: Copy>(rng: &mut Rng, from: &[T]) -> T {
    from[rng.usize(0..from.len())]
}
