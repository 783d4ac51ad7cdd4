//! Things that are kept as they were told: collections, described and not programmed.

use std::borrow::Cow;

use http::StatusCode;
use serde_json::Value;

use super::{
    organization, organization_mut,
    paging::{NumberedPage, OffsetPage},
    references,
    times::utc,
};
use crate::{
    dialect::Refusal,
    spec::{Checked, Operation, Shown, snake_case, spec},
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
    /// The path's parameter that says what it belongs to, such as a domain, and whether the organisation has that. Each
    /// record keeps it in the field of this name.
    pub(super) within: Option<(&'static str, Has)>,
    /// Whether ids are numbers; else they are UUIDs.
    pub(super) is_numbered: bool,
    pub(super) operations: &'static [(&'static str, Verb)],
    /// The list's parameters that keep records whose field is one of the values, each with its field.
    pub(super) filters: &'static [(&'static str, &'static str)],
    /// The field that is the local part of an address: no other thing has it, and the list's `email` finds it.
    pub(super) label: Option<&'static str>,
    /// Fields that no two records share.
    pub(super) unique: &'static [&'static str],
    /// Fields that hold the id of a record of another collection, or a list of ids, each with that. They are emptied when
    /// that record goes.
    pub(super) refers: &'static [(&'static str, &'static str)],
    /// What follows from a record and is not kept in it, by the field's name.
    pub(super) derive: Derive,
    /// What a new record holds, where nobody says it.
    pub(super) begin: fn(&mut Record),
    /// What speaks against the fields of a record. The number is its own, if it has one.
    pub(super) fit: Fit,
    /// What speaks against a body, or stands there for what it leaves out. The number is that of the record that changes.
    pub(super) settle: Settle,
    /// What speaks against a deletion, and what else goes with the record.
    pub(super) leave: Leave,
}

pub(super) type Derive = for<'a> fn(&'a Organization, &'a Record, &str) -> Option<Shown<'a>>;
type Has = fn(&Organization, &str) -> bool;
type Settle = fn(&Organization, &Checked, Option<u64>, &mut Record) -> Result<(), Refusal>;
type Fit = fn(&Organization, &Record, Option<u64>) -> Result<(), Refusal>;
type Leave = fn(&mut Organization, u64) -> Result<(), Refusal>;
type Do = for<'a> fn(&'a mut Organization, &Checked) -> Answer<'a>;

/// What an answer shows, or why not.
pub(super) type Answer<'a> = Result<Shown<'a>, Refusal>;

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
        within: None,
        is_numbered: false,
        operations: &[],
        filters: &[],
        label: None,
        unique: &[],
        refers: &[],
        derive: |_, _, _| None,
        begin: |_| {},
        fit: |_, _, _| Ok(()),
        settle: |_, _, _, _| Ok(()),
        leave: |_, _| Ok(()),
    };

    /// The records that the answer shows.
    pub(crate) fn read<'a>(&self, store: &'a Store, call: &Checked, verb: Verb) -> Answer<'a> {
        let org = organization(store, call, call.spelt("org_id"))?;
        self.is_there(org, call)?;
        if let Verb::List = verb {
            return self.list(org, call);
        }
        Ok(shown(org, self.wanted(org, call)?.1, self.derive))
    }

    /// Whether there is what the collection belongs to.
    fn is_there(&self, org: &Organization, call: &Checked) -> Result<(), Refusal> {
        match self.within {
            Some((name, has)) if !has(org, &call.shown(name)) => Err(not_found(name, call.shown(name))),
            _ => Ok(()),
        }
    }

    /// Whether a record belongs where the path says.
    fn belongs(&self, record: &Record, call: &Checked) -> bool {
        self.within.is_none_or(|(name, _)| record.text(name) == call.shown(name))
    }

    /// The number and the record that are meant.
    fn wanted<'a>(&self, org: &'a Organization, call: &Checked) -> Result<(u64, &'a Record), Refusal> {
        let name = call.spelt(self.id);
        let number = match self.is_numbered {
            true => Some(call.id(name)?),
            false => org.records.number(self.name, call.text(name).unwrap_or_default()),
        };
        let found = number.and_then(|number| Some((number, org.records.get(self.name, number)?)));
        let found = found.filter(|(_, record)| self.belongs(record, call));
        found.ok_or_else(|| not_found(self.name, call.shown(name)))
    }

    /// A record that is there for certain, shown.
    fn one<'a>(&self, org: &'a Organization, number: u64) -> Answer<'a> {
        let found = org.records.get(self.name, number).ok_or_else(|| not_found(self.name, number))?;
        Ok(shown(org, found, self.derive))
    }

    fn list<'a>(&self, org: &'a Organization, call: &Checked) -> Answer<'a> {
        let filters = self.filters.iter();
        let filters: Vec<_> =
            filters.filter_map(|(parameter, field)| Some((call.value(parameter)?, *field))).collect();
        let fits = |record: &&Record| {
            self.belongs(record, call)
                && filters.iter().all(|(wanted, field)| fits(record.get(field), wanted))
        };
        let mut found: Vec<_> = match self.label.and_then(|_| call.text("email")) {
            Some(address) => {
                let holder = org.holder(self.name, address).into_iter();
                holder.filter_map(|number| org.records.get(self.name, number)).filter(fits).collect()
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
    pub(crate) fn write<'a>(&self, store: &'a mut Store, call: &Checked, verb: Verb) -> Answer<'a> {
        let org = organization_mut(store, call, call.spelt("org_id"))?;
        self.is_there(org, call)?;
        // What was begun before is done, if its time has come.
        org.mail.settle(call.now.since_start);
        let number = match verb {
            Verb::Do(act) => return act(org, call),
            Verb::Create => {
                let mut record = Record::default();
                record.change(self.told(org, call, None)?);
                if let Some((name, _)) = self.within {
                    record.insert(name, call.shown(name));
                }
                let number = self.keep(org, record, &now(call));
                return self.one(org, number);
            }
            _ => self.wanted(org, call)?.0,
        };
        match verb {
            Verb::Update => {
                let changes = self.told(org, call, Some(number))?;
                self.touch(org, call, number, |record| record.change(changes));
            }
            Verb::Clear(field) => self.touch(org, call, number, |record| record.remove(field)),
            Verb::AddAlias => self.add_alias(org, call, number)?,
            Verb::RemoveAlias => return self.remove_alias(org, call, number),
            Verb::Delete => {
                (self.leave)(org, number)?;
                let id = org.records.get(self.name, number).map(|record| record["id"].clone());
                org.records.remove(self.name, number);
                references::forget(org, self.name, &id.unwrap_or_default());
                return Ok(gone(number));
            }
            _ => {}
        }
        self.one(org, number)
    }

    /// Only what has an address already gets another one.
    fn add_alias(&self, org: &mut Organization, call: &Checked, number: u64) -> Result<(), Refusal> {
        let (alias, label) = (call.body_text("alias").unwrap_or_default(), self.label.unwrap_or_default());
        let (_, record) = self.wanted(org, call)?;
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

    fn remove_alias<'a>(&self, org: &'a mut Organization, call: &Checked, number: u64) -> Answer<'a> {
        let alias = call.shown("alias");
        let aliases = self.wanted(org, call)?.1.items("aliases");
        let kept: Vec<_> = aliases.iter().filter(|known| **known != alias).cloned().collect();
        if kept.len() == aliases.len() {
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
        self.fits(org, &told, own).map_err(|refusal| match refusal.status {
            StatusCode::UNPROCESSABLE_ENTITY if !call.knows("422") => Refusal::invalid(refusal.text()),
            _ => refusal,
        })?;
        (self.settle)(org, call, own, &mut told)?;
        Ok(told)
    }

    /// Whether the fields of a record, all or some, go together with what is there. Its own number is given if it has one.
    pub(super) fn fits(&self, org: &Organization, record: &Record, own: Option<u64>) -> Result<(), Refusal> {
        let labels = self.label.map(|field| (field, record.text(field)));
        let aliases =
            record.items("aliases").iter().filter_map(Value::as_str).map(|alias| ("aliases", alias));
        let but = own.map(|own| (self.name, own));
        let is_taken = |label: &str| !label.is_empty() && org.is_taken(&org.address(label), but);
        if let Some((field, _)) = labels.into_iter().chain(aliases).find(|(_, label)| is_taken(label)) {
            return Err(Refusal::conflict(format!("{field}: taken")));
        }
        let own_id = own.and_then(|number| org.records.get(self.name, number)).map(|own| &own["id"]);
        for (field, value) in self.unique.iter().filter_map(|field| Some((field, record.get(field)?))) {
            let mut others = org.records.of(self.name).filter(|other| Some(&other["id"]) != own_id);
            if others.any(|other| other.get(field) == Some(value)) {
                return Err(Refusal::conflict(format!("{field}: taken")));
            }
        }
        for (field, collection) in self.refers {
            if references::ids(&record[*field]).any(|id| org.records.number(collection, &plain(id)).is_none())
            {
                return Err(Refusal::unprocessable(format!("{field}: no such thing in {collection}")));
            }
        }
        (self.fit)(org, record, own)
    }

    /// The operations of this kind.
    pub(super) fn operations_of(&self, verb: Verb) -> impl Iterator<Item = &'static Operation> {
        let same = move |other: &Verb| std::mem::discriminant(other) == std::mem::discriminant(&verb);
        let ids = self.operations.iter().filter(move |(_, other)| same(other)).map(|(id, _)| *id);
        ids.filter_map(|id| spec().operations().find(|operation| operation.id == id))
    }

    /// Takes out of a record what is not kept, because it follows from the rest.
    pub(super) fn forget_what_follows(&self, org: &Organization, record: &mut Record) {
        let written = self.operations_of(Verb::Create).chain(self.operations_of(Verb::Update));
        let written: Vec<_> = written.flat_map(Operation::takes_in_body).collect();
        let empty = Record::default();
        record.retain(|name, _| {
            written.iter().any(|field| field == name) || (self.derive)(org, &empty, name).is_none()
        });
    }

    /// Keeps a record under the id that it says, or under a new one, and gives its number.
    pub(super) fn keep(&self, org: &mut Organization, mut record: Record, created: &str) -> u64 {
        record.begin("created_at", created);
        (self.begin)(&mut record);
        match (self.is_numbered, record["id"].as_u64()) {
            (true, Some(number)) => {
                org.records.put_numbered(self.name, number, record);
                number
            }
            (true, None) => org.records.add_numbered(self.name, record),
            (false, _) => org.records.add(self.name, record),
        }
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
pub(super) fn plain(value: &Value) -> Cow<'_, str> {
    value.as_str().map_or_else(|| value.to_string().into(), Cow::Borrowed)
}

pub(super) fn now(call: &Checked) -> String {
    utc(call.now.milliseconds() / 1000)
}
