//! What the audit logs hold.

use std::collections::HashMap;

use crate::exchange::mix;

/// The audit logs of all organisations.
#[derive(Debug, Default)]
pub(crate) struct Audit(HashMap<u64, Logs>);

/// The three logs of one organisation.
#[derive(Debug, Default)]
pub(crate) struct Logs {
    pub(crate) events: Log,
    pub(crate) mail: Log,
    pub(crate) disk: Log,
}

/// One log, the newest entry last.
#[derive(Debug, Default)]
pub(crate) struct Log(Vec<Entry>);

/// One event. What is not told here follows from its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// In milliseconds of the Unix era.
    pub(crate) at: i64,
    /// Unlike that of any other entry of the log.
    pub(crate) number: u64,
    /// The word for its type.
    pub(crate) kind: &'static str,
    /// Who did it; 0 for nobody.
    pub(crate) uid: u64,
    /// Whom it was done to, or whose thing it is; 0 for nobody.
    pub(crate) other: u64,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// After so many of the newest entries.
    Skipped(usize),
    /// Below the entry with this time and number, whatever has come since.
    Below(i64, u64),
}

impl Audit {
    /// The logs of an organisation; those of one that has none are empty.
    pub(crate) fn logs(&self, org: u64) -> Option<&Logs> {
        self.0.get(&org)
    }

    pub(crate) fn logs_mut(&mut self, org: u64) -> &mut Logs {
        self.0.entry(org).or_default()
    }
}

impl Log {
    /// A log of these entries, in any order.
    pub(crate) fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(Entry::key);
        Self(entries)
    }

    /// Adds an event that happens now.
    pub(crate) fn add(&mut self, at: i64, kind: &'static str, uid: u64) {
        self.add_of(at, kind, uid, 0);
    }

    /// Adds an event that happens now to somebody, or to somebody's thing.
    pub(crate) fn add_of(&mut self, at: i64, kind: &'static str, uid: u64, other: u64) {
        let numbers = std::iter::successors(Some(self.0.len() as u64 ^ mix(at.unsigned_abs())), |last| {
            Some(mix(*last))
        });
        let entries = numbers.skip(1).map(|number| Entry { at, number, kind, uid, other });
        // What was done has not failed.
        let Some(entry) = entries.into_iter().find(|entry| !entry.has_failed()) else { return };
        let place = self.0.partition_point(|earlier| earlier.key() < entry.key());
        self.0.insert(place, entry);
    }

    /// The entries below a place, the newest first.
    pub(crate) fn below(&self, place: Place) -> impl Iterator<Item = &Entry> {
        let end = match place {
            Place::Skipped(count) => self.0.len().saturating_sub(count),
            Place::Below(at, number) => self.0.partition_point(|entry| entry.key() < (at, number)),
        };
        self.0[..end].iter().rev()
    }
}

impl Entry {
    /// Whether it tells of something that did not come off.
    pub(crate) fn has_failed(&self) -> bool {
        self.roll(4, 25) == 0
    }

    fn key(&self) -> (i64, u64) {
        (self.at, self.number)
    }

    /// The token of the page that begins below this entry.
    pub(crate) fn token(&self) -> String {
        format!("{:x}.{:x}", self.at, self.number)
    }

    /// A number below `n` that follows from the entry, another one for each `aspect`.
    pub(crate) fn roll(&self, aspect: u64, n: u64) -> u64 {
        mix(self.number ^ mix(aspect)) % n.max(1)
    }
}

impl Place {
    /// Reads a token: one that a page gave, or a plain number of entries to skip, which clients of the real service
    /// make up. `0_0` is the beginning, too.
    pub(crate) fn read(token: &str) -> Option<Self> {
        if matches!(token, "" | "0_0") {
            return Some(Self::Skipped(0));
        }
        if let Ok(skipped) = token.parse() {
            return Some(Self::Skipped(skipped));
        }
        let (at, number) = token.split_once('.')?;
        Some(Self::Below(i64::from_str_radix(at, 16).ok()?, u64::from_str_radix(number, 16).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> Log {
        let entry = |number| Entry { at: 5, number, kind: "x", uid: 1, other: 0 };
        Log::new(vec![entry(3), entry(1), entry(2)])
    }

    #[test]
    fn a_token_leads_below_its_entry_whatever_has_come_since() {
        let mut log = log();
        let first = *log.below(Place::Skipped(0)).next().unwrap();
        assert_eq!(first.number, 3);
        log.add(9, "y", 1);
        let place = Place::read(&first.token()).unwrap();
        assert_eq!(log.below(place).map(|entry| entry.number).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(log.below(Place::read("1").unwrap()).next().map(|entry| entry.number), Some(3));
    }

    #[test]
    fn what_no_page_gave_is_no_token() {
        for token in ["x", "-1", "1.2.3", "zz.1", ".", "1_1"] {
            assert_eq!(Place::read(token), None, "{token}");
        }
    }
}
