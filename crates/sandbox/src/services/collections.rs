//! Things that are kept as they were told: collections, described and not programmed.

use serde_json::{Map, Value};

use super::{
    organization, organization_mut,
    paging::{NumberedPage, OffsetPage},
    times::utc,
};
use crate::{
    dialect::Refusal,
    spec::{Checked, snake_case},
    store::{Record, Records, Store},
};

/// A collection of an organisation's things. Names of operations are those of `spec/`, which says also what a request
/// may hold, with which status it is answered and how a record is shown.
#[derive(Debug)]
pub(crate) struct Collection {
    /// The name of the collection.
    pub(super) name: &'static str,
    /// The path's parameter that says which one is meant.
    pub(super) id: &'static str,
    pub(super) operations: &'static [(&'static str, Verb)],
    /// The list's parameters that keep records whose field is one of the values, each with its field.
    pub(super) filters: &'static [(&'static str, &'static str)],
    /// Fields that no two records share.
    pub(super) unique: &'static [&'static str],
    /// Fields that hold the id of a record of another collection, each with that.
    pub(super) refers: &'static [(&'static str, &'static str)],
}

/// What is done to a collection.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verb {
    List,
    Get,
    Create,
    /// Puts what the body says into the record, field by field.
    Update,
    Delete,
}

impl Verb {
    /// Whether it leaves everything as it is.
    pub(crate) fn reads(self) -> bool {
        matches!(self, Self::List | Self::Get)
    }
}

impl Collection {
    /// The records that the answer shows.
    pub(crate) fn read(&self, store: &Store, call: &Checked, verb: Verb) -> Result<Value, Refusal> {
        let records = &organization(store, call, organization_of(call))?.records;
        if let Verb::List = verb {
            return self.list(records.of(self.name), call);
        }
        let found = records.find(self.name, self.wanted(call));
        found.map(|record| Value::Object(record.clone())).ok_or_else(|| self.missing(call))
    }

    fn wanted<'a>(&self, call: &'a Checked) -> &'a str {
        call.text(self.id).unwrap_or_default()
    }

    fn missing(&self, call: &Checked) -> Refusal {
        Refusal::not_found(format!("No {} in {}", self.wanted(call), self.name))
    }

    fn list(&self, records: &[Record], call: &Checked) -> Result<Value, Refusal> {
        let wanted: Vec<_> = records.iter().filter(|record| self.is_wanted(record, call)).collect();
        let show = |record: &&Record| Value::Object((*record).clone());
        if call.takes("perPage") {
            return Ok(NumberedPage::of(call)?.cut(self.name, &wanted, show));
        }
        Ok(OffsetPage::of(call)?.cut(&wanted, show))
    }

    fn is_wanted(&self, record: &Record, call: &Checked) -> bool {
        self.filters.iter().all(|(parameter, field)| {
            let Some(wanted) = call.text(parameter) else { return true };
            let value = record.get(*field).and_then(Value::as_str);
            wanted.split(',').any(|wanted| value == Some(wanted.trim()))
        })
    }

    /// Changes the collection, and gives the record that the answer shows.
    pub(crate) fn write(&self, store: &mut Store, call: &Checked, verb: Verb) -> Result<Value, Refusal> {
        let records = &mut organization_mut(store, call, organization_of(call))?.records;
        if let Verb::Create = verb {
            let mut record = self.told(call, records, None)?;
            record.insert("created_at".to_owned(), now(call));
            return Ok(Value::Object(records.add(self.name, record).clone()));
        }
        let id = self.wanted(call);
        records.find(self.name, id).ok_or_else(|| self.missing(call))?;
        if let Verb::Delete = verb {
            records.remove(self.name, id);
            return Ok(Value::Object(Record::new()));
        }
        let changes = self.told(call, records, Some(id))?;
        let record = records.find_mut(self.name, id).ok_or_else(|| self.missing(call))?;
        record.extend(changes);
        record.insert("updated_at".to_owned(), now(call));
        record.retain(|_, value| !value.is_null());
        Ok(Value::Object(record.clone()))
    }

    /// What a body says, if nothing there speaks against it.
    fn told(&self, call: &Checked, records: &Records, own: Option<&str>) -> Result<Record, Refusal> {
        // An id is the service's to give.
        let body = call.body.as_object().into_iter().flatten().filter(|(name, _)| *name != "id");
        let told: Map<_, _> = body.map(|(name, value)| (snake_case(name), value.clone())).collect();
        for field in self.unique {
            let Some(value) = told.get(*field) else { continue };
            let mut others = records.of(self.name).iter();
            let others = others
                .any(|other| other.get(*field) == Some(value) && other.get("id") != own_id(own).as_ref());
            if others {
                return Err(Refusal::conflict(format!("{field}: taken")));
            }
        }
        for (field, collection) in self.refers {
            let id = told.get(*field).and_then(Value::as_str);
            if id.is_some_and(|id| records.find(collection, id).is_none()) {
                return Err(Refusal::unprocessable(format!("{field}: no such thing in {collection}")));
            }
        }
        Ok(told)
    }
}

fn now(call: &Checked) -> Value {
    utc(call.now.milliseconds() / 1000).into()
}

fn own_id(id: Option<&str>) -> Option<Value> {
    id.map(Value::from)
}

/// The name of the organisation's parameter, which each host spells in its own way.
fn organization_of(call: &Checked) -> &'static str {
    if call.has("orgId") { "orgId" } else { "org_id" }
}
