//! Things that are kept as they were told: collections, described and not programmed.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    organization, organization_mut,
    paging::{NumberedPage, OffsetPage},
    times::utc,
};
use crate::{
    dialect::Refusal,
    spec::{Checked, Shown, snake_case},
    store::{Organization, Record, Store},
};

/// A collection of an organisation's things. Names of operations are those of `spec/`, which says also what a request
/// may hold, with which status it is answered and how a record is shown.
#[derive(Debug)]
pub(crate) struct Collection {
    /// The name of the collection.
    pub(super) name: &'static str,
    /// The path's parameter that says which one is meant, in snake_case.
    pub(super) id: &'static str,
    /// Whether ids are numbers; else they are UUIDs.
    pub(super) is_numbered: bool,
    pub(super) operations: &'static [(&'static str, Verb)],
    /// The list's parameters that keep records whose field is one of the values, each with its field.
    pub(super) filters: &'static [(&'static str, &'static str)],
    /// The field that is the local part of an address: no other thing has it, and the list's `email` finds it.
    pub(super) label: Option<&'static str>,
    /// Fields that no two records share.
    pub(super) unique: &'static [&'static str],
    /// Fields that hold the id of a record of another collection, each with that.
    pub(super) refers: &'static [(&'static str, &'static str)],
    /// What follows from a record and is not kept in it, by the field's name.
    pub(super) derive: Derive,
    /// What speaks against a body, or stands there for what it leaves out. The number is that of the record that changes.
    pub(super) settle: Settle,
    /// What speaks against a deletion, and what else goes with the record.
    pub(super) leave: Leave,
}

pub(super) type Derive = for<'a> fn(&'a Organization, &'a Record, &str) -> Option<Shown<'a>>;
type Settle = fn(&Organization, &Checked, Option<u64>, &mut Record) -> Result<(), Refusal>;
type Leave = fn(&mut Organization, u64) -> Result<(), Refusal>;
type Do = for<'a> fn(&'a mut Organization, &Checked) -> Result<Shown<'a>, Refusal>;

/// What is done to a collection.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verb {
    List,
    Get,
    Create,
    /// Puts what the body says into the record, field by field.
    Update,
    /// Empties a field.
    Clear(&'static str),
    /// Gives the record one more address, or takes one away.
    AddAlias,
    RemoveAlias,
    Delete,
    /// Does more than keep: gives what the answer shows.
    Do(Do),
}

impl Verb {
    /// Whether it leaves everything as it is.
    pub(crate) fn reads(self) -> bool {
        matches!(self, Self::List | Self::Get)
    }
}

impl Collection {
    /// A collection of nothing, with no rules.
    pub(super) const PLAIN: Self = Self {
        name: "",
        id: "",
        is_numbered: false,
        operations: &[],
        filters: &[],
        label: None,
        unique: &[],
        refers: &[],
        derive: |_, _, _| None,
        settle: |_, _, _, _| Ok(()),
        leave: |_, _| Ok(()),
    };

    /// The records that the answer shows.
    pub(crate) fn read<'a>(
        &self,
        store: &'a Store,
        call: &Checked,
        verb: Verb,
    ) -> Result<Shown<'a>, Refusal> {
        let org = organization(store, call, call.spelt("org_id"))?;
        if let Verb::List = verb {
            return self.list(org, call);
        }
        let record = self.found(org, self.wanted(org, call)?, call)?;
        Ok(shown(org, record, self.derive))
    }

    /// The number of the record that is meant, if there is one.
    fn wanted(&self, org: &Organization, call: &Checked) -> Result<Option<u64>, Refusal> {
        let name = call.spelt(self.id);
        if self.is_numbered {
            let number = call.id(name)?;
            return Ok(org.records.get(self.name, number).map(|_| number));
        }
        Ok(org.records.number(self.name, call.text(name).unwrap_or_default()))
    }

    fn found<'a>(
        &self,
        org: &'a Organization,
        number: Option<u64>,
        call: &Checked,
    ) -> Result<&'a Record, Refusal> {
        let found = number.and_then(|number| org.records.get(self.name, number));
        found.ok_or_else(|| not_found(self.name, call.shown(call.spelt(self.id))))
    }

    fn list<'a>(&self, org: &'a Organization, call: &Checked) -> Result<Shown<'a>, Refusal> {
        let filters = self.filters.iter();
        let filters: Vec<_> =
            filters.filter_map(|(parameter, field)| Some((call.value(parameter)?, *field))).collect();
        let fits = |record: &&Record| filters.iter().all(|(wanted, field)| fits(record.get(field), wanted));
        let mut found: Vec<_> = match self.label.and_then(|_| call.text("email")) {
            Some(address) => {
                let holder = org.holder(self.name, address);
                holder
                    .and_then(|number| org.records.get(self.name, number))
                    .filter(fits)
                    .into_iter()
                    .collect()
            }
            None => org.records.of(self.name).filter(fits).collect(),
        };
        if let Some(order) = call.text("orderBy").map(snake_case) {
            found.sort_by_key(|record| record.text(&order));
        }
        let show = |record: &&'a Record| shown(org, record, self.derive);
        if call.takes("perPage") {
            return Ok(NumberedPage::of(call)?.cut(self.name, &found, show));
        }
        Ok(OffsetPage::of(call)?.cut(&found, show))
    }

    /// Changes the collection, and gives what the answer shows.
    pub(crate) fn write<'a>(
        &self,
        store: &'a mut Store,
        call: &Checked,
        verb: Verb,
    ) -> Result<Shown<'a>, Refusal> {
        let org = organization_mut(store, call, call.spelt("org_id"))?;
        // What was begun before is done, if its time has come.
        org.mail.settle(call.now.since_start);
        let number = match verb {
            Verb::Do(act) => return act(org, call),
            Verb::Create => self.create(org, call)?,
            _ => {
                let number = self.wanted(org, call)?;
                self.found(org, number, call)?;
                number.unwrap_or_default()
            }
        };
        match verb {
            Verb::Update => self.change(org, call, number)?,
            Verb::Clear(field) => self.touch(org, call, number, |record| record.remove(field)),
            Verb::AddAlias => self.add_alias(org, call, number)?,
            Verb::RemoveAlias => return self.remove_alias(org, call, number),
            Verb::Delete => {
                (self.leave)(org, number)?;
                org.records.remove(self.name, number);
                return Ok(gone(number));
            }
            _ => {}
        }
        let record = self.found(org, Some(number), call)?;
        Ok(shown(org, record, self.derive))
    }

    fn create(&self, org: &mut Organization, call: &Checked) -> Result<u64, Refusal> {
        let mut record = Record::default();
        record.change(self.told(org, call, None)?);
        record.insert("created_at", now(call));
        if self.is_numbered {
            return Ok(org.records.add_numbered(self.name, record));
        }
        let id = org.records.add(self.name, record).text("id").to_owned();
        Ok(org.records.number(self.name, &id).unwrap_or_default())
    }

    fn change(&self, org: &mut Organization, call: &Checked, number: u64) -> Result<(), Refusal> {
        let changes = self.told(org, call, Some(number))?;
        self.touch(org, call, number, |record| record.change(changes));
        Ok(())
    }

    /// Only what has an address already gets another one.
    fn add_alias(&self, org: &mut Organization, call: &Checked, number: u64) -> Result<(), Refusal> {
        let alias = call.body_text("alias").unwrap_or_default();
        let record = self.found(org, Some(number), call)?;
        let label = self.label.unwrap_or_default();
        if alias.is_empty() || record.text(label).is_empty() {
            return Err(Refusal::invalid(format!("alias: is empty, or there is no {label}")));
        }
        if org.is_taken(&org.address(alias), None) {
            return Err(Refusal::conflict("alias: taken"));
        }
        let aliases: Vec<_> = record.items("aliases").iter().cloned().chain([alias.into()]).collect();
        self.touch(org, call, number, |record| record.set("aliases", aliases));
        Ok(())
    }

    fn remove_alias<'a>(
        &self,
        org: &'a mut Organization,
        call: &Checked,
        number: u64,
    ) -> Result<Shown<'a>, Refusal> {
        let alias = call.shown("alias");
        let (gone, kept): (Vec<_>, Vec<_>) = {
            let aliases = self.found(org, Some(number), call)?.items("aliases").iter().cloned();
            aliases.partition(|known| known.as_str() == Some(&alias))
        };
        if gone.is_empty() {
            return Err(not_found("aliases", alias));
        }
        self.touch(org, call, number, |record| record.set("aliases", kept));
        Ok(Shown::Fields(vec![("alias", alias.into()), ("removed", true.into())]))
    }

    fn touch(&self, org: &mut Organization, call: &Checked, number: u64, change: impl FnOnce(&mut Record)) {
        org.records.change(self.name, number, |record| {
            change(record);
            record.insert("updated_at", now(call));
        });
    }

    /// What a body says, if nothing there speaks against it.
    fn told(&self, org: &Organization, call: &Checked, own: Option<u64>) -> Result<Record, Refusal> {
        let mut told = call.told();
        // An id is the service's to give.
        told.remove("id");
        let label = self.label.map(|label| (label, told.text(label))).filter(|(_, text)| !text.is_empty());
        if let Some((field, text)) = label
            && org.is_taken(&org.address(text), own.map(|own| (self.name, own)))
        {
            return Err(Refusal::conflict(format!("{field}: taken")));
        }
        let own_id = own.and_then(|number| org.records.get(self.name, number)).map(|own| &own["id"]);
        for field in self.unique {
            let Some(value) = told.get(field) else { continue };
            let mut others = org.records.of(self.name).filter(|other| Some(&other["id"]) != own_id);
            if others.any(|other| other.get(field) == Some(value)) {
                return Err(Refusal::conflict(format!("{field}: taken")));
            }
        }
        for (field, collection) in self.refers {
            let id = told.get(field).filter(|id| !id.is_null()).map(plain);
            if id.is_some_and(|id| org.records.number(collection, &id).is_none()) {
                let text = format!("{field}: no such thing in {collection}");
                return Err(if call.knows("422") {
                    Refusal::unprocessable(text)
                } else {
                    Refusal::invalid(text)
                });
            }
        }
        (self.settle)(org, call, own, &mut told)?;
        Ok(told)
    }
}

/// A record as an answer shows it, with what follows from it.
pub(super) fn shown<'a>(org: &'a Organization, record: &'a Record, derive: Derive) -> Shown<'a> {
    Shown::Record(record, Box::new(move |field| derive(org, record, field)))
}

/// What an answer says of a record that is no more, in the words of all documents.
fn gone<'a>(number: u64) -> Shown<'a> {
    let is_so = || Shown::from(true);
    let id = || Shown::from(number);
    Shown::Fields(vec![("id", id()), ("user_id", id()), ("removed", is_so()), ("deleted", is_so())])
}

/// The refusal for something that is not there: `User 7 not found`.
pub(super) fn not_found(collection: &str, id: impl std::fmt::Display) -> Refusal {
    let one = if collection == "aliases" { "alias" } else { collection.trim_end_matches('s') };
    let (first, rest) = one.split_at(one.len().min(1));
    Refusal::not_found(format!("{}{rest} {id} not found", first.to_uppercase()))
}

/// Whether a record's value is what a list's parameter asks for, or one of that.
fn fits(value: Option<&Value>, wanted: &Value) -> bool {
    match (value, wanted) {
        (Some(value), Value::String(words)) => {
            let value = plain(value);
            words.split(',').any(|word| word.trim() == value)
        }
        (None, Value::Bool(wanted)) => !wanted,
        (value, wanted) => value == Some(wanted),
    }
}

/// A value as text, whether it is one or a number.
fn plain(value: &Value) -> Cow<'_, str> {
    value.as_str().map_or_else(|| value.to_string().into(), Cow::Borrowed)
}

pub(super) fn now(call: &Checked) -> Value {
    utc(call.now.milliseconds() / 1000).into()
}
