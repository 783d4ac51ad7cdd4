//! What the services keep: records, in collections.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    ops::Index,
};

use serde_json::{Map, Value};

use super::organization::Views;
use crate::exchange::mix;

/// The fields of one thing, with names in snake_case. What is unset is not there, whatever a host shows of it.
///
/// There may be a hundred thousand of them, with a few fields each: a list is smaller and faster than a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Record(Vec<(Cow<'static, str>, Value)>);

impl Record {
    /// Of no fields.
    pub(crate) const EMPTY: Self = Self(Vec::new());

    /// Room for this many fields, so that a hundred thousand do not move while they grow.
    pub(crate) fn of_fields(fields: usize) -> Self {
        Self(Vec::with_capacity(fields))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// A text; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self[name].as_str().unwrap_or_default()
    }

    /// A number; 0 where there is none.
    pub(crate) fn number(&self, name: &str) -> u64 {
        self[name].as_u64().unwrap_or_default()
    }

    /// Whether it is so.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self[name].as_bool().unwrap_or_default()
    }

    /// The items of a list; none where there is no list.
    pub(crate) fn items(&self, name: &str) -> &[Value] {
        self[name].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// Puts a value there.
    pub(crate) fn insert(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Value>) {
        let (name, value) = (name.into(), value.into());
        match self.get_mut(&name) {
            Some(there) => *there = value,
            None => self.0.push((name, value)),
        }
    }

    /// Puts a value there, if it is not an empty one.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        let value = value.into();
        if value.is_null() || value == "" || value.as_array().is_some_and(Vec::is_empty) {
            self.remove(name);
        } else {
            self.insert(name, value);
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.retain(|known, _| known != name);
    }

    /// Puts a value there, if there is none.
    pub(crate) fn begin(&mut self, name: &'static str, value: impl Into<Value>) {
        if self[name].is_null() {
            self.insert(name, value);
        }
    }

    pub(crate) fn retain(&mut self, keeps: impl Fn(&str, &Value) -> bool) {
        self.0.retain(|(name, value)| keeps(name, value));
    }

    /// Puts the fields of another one there; null takes a field away.
    pub(crate) fn change(&mut self, changes: Record) {
        changes.0.into_iter().for_each(|(name, value)| self.insert(name, value));
        self.retain(|_, value| !value.is_null());
    }
}

/// The field's value, null where there is none.
impl Index<&str> for Record {
    type Output = Value;

    fn index(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&Value::Null)
    }
}

impl From<Map<String, Value>> for Record {
    fn from(fields: Map<String, Value>) -> Self {
        Self(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

/// Collections of records, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Records {
    shelves: BTreeMap<&'static str, Shelf>,
    /// What follows from records, until they change.
    pub(super) views: Views,
}

/// One collection. Each record has a number: its id, or the place of a UUID in the order in which things were made.
#[derive(Clone, Debug, Default)]
struct Shelf {
    /// The number of the next record. Numbers never come again.
    next: u64,
    records: BTreeMap<u64, Record>,
    /// The numbers of UUIDs.
    uuids: HashMap<String, u64>,
    /// The numbers of those who have mail under these local parts of an address, in small letters.
    labels: HashMap<String, u64>,
}

impl Records {
    /// The records of a collection, in the order of their numbers.
    pub(crate) fn of(&self, collection: &str) -> impl Iterator<Item = &Record> {
        self.shelves.get(collection).into_iter().flat_map(|shelf| shelf.records.values())
    }

    /// The numbers of a collection's records, in their order.
    pub(crate) fn numbers(&self, collection: &str) -> impl Iterator<Item = u64> {
        self.shelves.get(collection).into_iter().flat_map(|shelf| shelf.records.keys().copied())
    }

    /// How many records a collection has.
    pub(crate) fn count(&self, collection: &str) -> usize {
        self.shelves.get(collection).map_or(0, |shelf| shelf.records.len())
    }

    /// The record with this number.
    pub(crate) fn get(&self, collection: &str, number: u64) -> Option<&Record> {
        self.shelves.get(collection)?.records.get(&number)
    }

    /// The number of the record with this id.
    pub(crate) fn number(&self, collection: &str, id: &str) -> Option<u64> {
        let shelf = self.shelves.get(collection)?;
        let by_itself = || id.parse().ok().filter(|number| is_numbered(shelf.records.get(number)));
        shelf.uuids.get(&id.to_lowercase()).copied().or_else(by_itself)
    }

    /// The number of the record that has mail under this local part of an address.
    pub(crate) fn labelled(&self, collection: &str, label: &str) -> Option<u64> {
        self.shelves.get(collection)?.labels.get(&label.to_lowercase()).copied()
    }

    /// Keeps a record under the id that it says, or under a UUID of its own, and gives its number.
    pub(crate) fn add(&mut self, collection: &'static str, mut record: Record) -> u64 {
        let number = self.number(collection, record.text("id")).unwrap_or_else(|| self.next(collection));
        if record.text("id").is_empty() {
            record.insert("id", uuid(collection, number));
        }
        self.shelf(collection).uuids.insert(record.text("id").to_lowercase(), number);
        self.put(collection, number, record);
        number
    }

    /// Keeps a new record under the next number, and gives that.
    pub(crate) fn add_numbered(&mut self, collection: &'static str, record: Record) -> u64 {
        let number = self.next(collection).max(1);
        self.put_numbered(collection, number, record);
        number
    }

    /// Keeps a record under this number, which is its id.
    pub(crate) fn put_numbered(&mut self, collection: &'static str, number: u64, mut record: Record) {
        record.insert("id", number);
        self.put(collection, number, record);
    }

    /// Replaces a record. Its id must be the same.
    pub(crate) fn put(&mut self, collection: &'static str, number: u64, record: Record) {
        let shelf = self.shelf(collection);
        shelf.take(number);
        labels(&record).for_each(|label| _ = shelf.labels.entry(label).or_insert(number));
        shelf.next = shelf.next.max(number + 1);
        shelf.records.insert(number, record);
    }

    /// Changes the record with this number, if there is one.
    pub(crate) fn change(&mut self, collection: &'static str, number: u64, change: impl FnOnce(&mut Record)) {
        if let Some(mut record) = self.shelf(collection).take(number) {
            change(&mut record);
            self.put(collection, number, record);
        }
    }

    /// Forgets the record with this number.
    pub(crate) fn remove(&mut self, collection: &'static str, number: u64) {
        let shelf = self.shelf(collection);
        if let Some(before) = shelf.take(number) {
            shelf.uuids.remove(&before.text("id").to_lowercase());
        }
    }

    fn next(&self, collection: &str) -> u64 {
        self.shelves.get(collection).map_or(0, |shelf| shelf.next)
    }

    fn shelf(&mut self, collection: &'static str) -> &mut Shelf {
        self.views.forget(collection);
        self.shelves.entry(collection).or_default()
    }
}

impl Shelf {
    fn take(&mut self, number: u64) -> Option<Record> {
        let taken = self.records.remove(&number)?;
        for label in labels(&taken) {
            if self.labels.get(&label) == Some(&number) {
                self.labels.remove(&label);
            }
        }
        Some(taken)
    }
}

fn is_numbered(record: Option<&Record>) -> bool {
    record.is_some_and(|record| record["id"].is_number())
}

/// The local parts of a record's addresses.
fn labels(record: &Record) -> impl Iterator<Item = String> {
    let names = ["nickname", "label"].into_iter().map(|name| record.text(name));
    let aliases = record.items("aliases").iter().filter_map(Value::as_str);
    names.chain(aliases).filter(|label| !label.is_empty()).map(str::to_lowercase)
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_id_of_a_deleted_record_never_comes_again() {
        let mut records = Records::default();
        let first = records.add("rooms", Record::default());
        let id = records.get("rooms", first).unwrap().text("id").to_owned();
        records.remove("rooms", first);
        assert_eq!(records.number("rooms", &id), None);
        let second = records.add("rooms", Record::default());
        assert_ne!(records.get("rooms", second).unwrap().text("id"), id);

        let number = records.add_numbered("groups", Record::default());
        records.remove("groups", number);
        assert_eq!(records.add_numbered("groups", Record::default()), number + 1);
    }

    #[test]
    fn a_record_is_found_by_its_id_and_by_its_addresses() {
        let mut records = Records::default();
        records.put_numbered(
            "users",
            7,
            json!({"nickname": "Anna", "aliases": ["a.b"]}).as_object().cloned().unwrap().into(),
        );
        records.add("rooms", Record::default());
        let room = records.get("rooms", 0).unwrap().text("id").to_uppercase();
        assert_eq!(records.number("rooms", &room), Some(0));
        assert_eq!((records.number("rooms", "0"), records.number("users", "7")), (None, Some(7)));
        assert_eq!((records.labelled("users", "anna"), records.labelled("users", "A.B")), (Some(7), Some(7)));
        records.change("users", 7, |record| record.set("aliases", Vec::<String>::new()));
        assert_eq!((records.labelled("users", "anna"), records.labelled("users", "a.b")), (Some(7), None));
    }
}
