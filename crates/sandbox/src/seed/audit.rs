//! Fills the audit logs.

use std::time::{Duration, SystemTime};

use fastrand::Rng;

use super::pick;
use crate::{
    spec,
    store::{Entry, Log, Logs, Organization},
};

/// How far back the logs go.
const KEPT: Duration = Duration::from_secs(180 * 24 * 3600);

/// The most that one log holds at the beginning.
const MOST: usize = 20_000;

/// What has happened in an organisation until now: every type of event that the documents know, and more of each the more
/// people there are. The times follow from the present, everything else from the seed.
pub(super) fn remember(rng: &mut Rng, org: &Organization, now: SystemTime) -> Logs {
    let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let now = i64::try_from(now).unwrap_or_default() * 1000;
    let people: Vec<_> = org.records.numbers("users").collect();
    let mut log = |document, schema, least: usize, per_person: usize| {
        let words = spec::spec().words(document, schema);
        let count = (words.len() * least + people.len() * per_person).min(MOST);
        let entries = (0..count).map(|number| entry(rng, &words, &people, number, now));
        let mut entries: Vec<_> = entries.collect();
        if schema == "AuditEventType" {
            happen_by_themselves(&mut entries);
        }
        coincide(&mut entries);
        Log::new(entries)
    };
    Logs {
        events: log("yandex360-cloud", "AuditEventType", 2, 4),
        mail: log("yandex360-api360", "MailEventType", 3, 6),
        disk: log("yandex360-api360", "DiskEventType", 2, 2),
    }
}

fn entry(rng: &mut Rng, words: &[&'static str], people: &[u64], number: usize, now: i64) -> Entry {
    // The first ones have each type once.
    let kind = if number < words.len() { words[number] } else { pick(rng, words) };
    let back = rng.i64(1_000..i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX));
    Entry { at: now - back, number: rng.u64(..), kind, uid: pick(rng, people), other: pick(rng, people) }
}

/// Now and then nobody is behind an event.
fn happen_by_themselves(entries: &mut [Entry]) {
    entries.iter_mut().skip(39).step_by(40).for_each(|entry| entry.uid = 0);
}

/// Gives every tenth event the time of the one before it: several events in one millisecond do occur.
fn coincide(entries: &mut [Entry]) {
    for index in (10..entries.len()).step_by(10) {
        entries[index].at = entries[index - 1].at;
    }
}
