//! Things of which the services only keep what they were told.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::exchange::mix;

/// The fields of one thing, with names in snake_case.
pub(crate) type Record = Map<String, Value>;

/// Collections of records, by name. Records stand in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Records(BTreeMap<&'static str, Vec<Record>>);

impl Records {
    /// The records of a collection.
    pub(crate) fn of(&self, collection: &str) -> &[Record] {
        self.0.get(collection).map(Vec::as_slice).unwrap_or_default()
    }

    /// The record with this id.
    pub(crate) fn find(&self, collection: &str, id: &str) -> Option<&Record> {
        self.of(collection).iter().find(|record| has_id(record, id))
    }

    /// The record with this id, to be changed.
    pub(crate) fn find_mut(&mut self, collection: &str, id: &str) -> Option<&mut Record> {
        self.0.get_mut(collection)?.iter_mut().find(|record| has_id(record, id))
    }

    /// Keeps a new record under an id of its own, and gives it.
    pub(crate) fn add(&mut self, collection: &'static str, record: Record) -> &Record {
        let records = self.0.entry(collection).or_default();
        // Ids follow from the order in which things are made, so that a seed gives the same ones.
        let number =
            (0..).find(|number| !records.iter().any(|there| has_id(there, &uuid(collection, *number))));
        let mut kept = Record::new();
        kept.insert("id".to_owned(), uuid(collection, number.unwrap_or_default()).into());
        kept.extend(record);
        records.push(kept);
        &records[records.len() - 1]
    }

    /// Forgets the record with this id; false where there is none.
    pub(crate) fn remove(&mut self, collection: &str, id: &str) -> bool {
        let Some(records) = self.0.get_mut(collection) else { return false };
        let before = records.len();
        records.retain(|record| !has_id(record, id));
        records.len() < before
    }
}

fn has_id(record: &Record, id: &str) -> bool {
    record.get("id").and_then(Value::as_str).is_some_and(|own| own.eq_ignore_ascii_case(id))
}

/// A random-looking UUID (version 4) that follows from a name and a number.
fn uuid(collection: &str, number: u64) -> String {
    let name = collection.bytes().fold(0_u64, |hash, byte| mix(hash ^ u64::from(byte)));
    let (high, low) = (mix(name ^ number), mix(name.rotate_left(32) ^ number));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        (low >> 48) & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}
