//! Things that are there once: settings, described and not programmed.

use serde_json::Value;

use super::{
    collections::{Answer, Derive, not_found},
    organization, organization_mut,
};
use crate::{
    dialect::Refusal,
    spec::{Checked, Shown},
    store::{Organization, Record, Store},
};

/// A setting: one record that is there from the beginning and never goes, of an organisation or of each of its
/// employees. Names of operations are those of `spec/`, which says also what a request may hold and how the record is
/// shown. Three kinds of things are settings, and differ in what is done to them only:
///
/// - a **singleton** is read and changed field by field: `Get` and `Update`;
/// - a **toggle** is read, switched on and switched off: `Get`, `Enable` and `Disable` of a field;
/// - **values** are a list that is read, replaced and emptied: `Get`, `Update` and `Clear` of a field.
///
/// What several hosts show in their own words is one record: `names` tells which words mean which field, and `derive`
/// what is not kept but follows. What speaks against a change, or follows from it, stands in `settle`; who may ask at
/// all, in `admit`. Nothing is kept until somebody changes something: before that a field is what `begin` says.
#[derive(Debug)]
pub(crate) struct Setting {
    /// The name under which it is kept.
    pub(super) name: &'static str,
    /// Whose it is, if not the organisation's: the path's parameter, in snake_case, and the collection.
    pub(super) of: Option<(&'static str, &'static str)>,
    pub(super) operations: &'static [(&'static str, Act)],
    /// What fields are called elsewhere, in snake_case, each with its own name.
    pub(super) names: &'static [(&'static str, &'static str)],
    /// What a field is that nobody has set, by its name.
    pub(super) begin: fn(&str) -> Value,
    /// What follows from the record and is not kept in it, by the field's name.
    pub(super) derive: Derive,
    /// Whether the caller may ask.
    pub(super) admit: fn(&Organization, &Checked) -> Result<(), Refusal>,
    /// What speaks against a change, or stands there for what it leaves out: what there was, and what shall be.
    pub(super) settle: Settle,
}

type Settle = fn(&Organization, &Checked, &Record, &mut Record) -> Result<(), Refusal>;

/// What is done to a setting.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    Get,
    /// Puts what the body says into the record, field by field.
    Update,
    /// Sets a field to true, and puts there what the body says besides.
    Enable(&'static str),
    /// Sets a field to false.
    Disable(&'static str),
    /// Empties a field.
    Clear(&'static str),
}

/// The number of the organisation's own record, beside those of its employees.
const OWN: u64 = 0;

/// What was never set.
static UNSET: Record = Record::EMPTY;

impl Setting {
    /// A setting of nothing, with no rules.
    pub(super) const PLAIN: Self = Self {
        name: "",
        of: None,
        operations: &[],
        names: &[],
        begin: |_| Value::Null,
        derive: |_, _, _| None,
        admit: |_, _| Ok(()),
        settle: |_, _, _, _| Ok(()),
    };

    /// What the answer shows.
    pub(crate) fn read<'a>(&'static self, store: &'a Store, call: &Checked) -> Answer<'a> {
        let org = organization(store, call, call.spelt("org_id"))?;
        (self.admit)(org, call)?;
        let number = self.number(org, call)?;
        Ok(self.shown(org, number))
    }

    /// Changes the setting, and gives what the answer shows.
    pub(crate) fn write<'a>(&'static self, store: &'a mut Store, call: &Checked, act: Act) -> Answer<'a> {
        let org = organization_mut(store, call, call.spelt("org_id"))?;
        (self.admit)(org, call)?;
        let number = self.number(org, call)?;
        let before = kept(org, self.name, number);
        let mut after = before.clone();
        if let Act::Update | Act::Enable(_) = act {
            after.change(self.told(call));
        }
        match act {
            Act::Enable(field) => after.insert(field, true),
            Act::Disable(field) => after.insert(field, false),
            Act::Clear(field) => after.remove(field),
            Act::Get | Act::Update => {}
        }
        (self.settle)(org, call, before, &mut after)?;
        org.records.put(self.name, number, after);
        Ok(self.shown(org, number))
    }

    /// The number of the record that is meant.
    fn number(&self, org: &Organization, call: &Checked) -> Result<u64, Refusal> {
        let Some((parameter, collection)) = self.of else { return Ok(OWN) };
        let number = call.id(call.spelt(parameter))?;
        let found = org.records.get(collection, number).map(|_| number);
        found.ok_or_else(|| not_found(collection, number))
    }

    /// What a body says, under the fields' own names.
    fn told(&self, call: &Checked) -> Record {
        let mut told = call.told();
        for (elsewhere, name) in self.names {
            if let Some(value) = told.get_mut(elsewhere).map(Value::take) {
                told.insert(*name, value);
                told.remove(elsewhere);
            }
        }
        told
    }

    fn shown<'a>(&'static self, org: &'a Organization, number: u64) -> Shown<'a> {
        let record = kept(org, self.name, number);
        Shown::Record(
            record,
            Box::new(move |field| {
                let own = self.names.iter().find(|(elsewhere, _)| *elsewhere == field);
                let name = own.map_or(field, |(_, name)| *name);
                let follows = (self.derive)(org, record, name);
                let set = || record.get(name).map(Shown::of);
                follows.or_else(set).or_else(|| Some((self.begin)(name).into()))
            }),
        )
    }
}

/// What an organisation has set; nothing of it may be there yet.
pub(super) fn of_organization<'a>(org: &'a Organization, setting: &str) -> &'a Record {
    kept(org, setting, OWN)
}

/// Replaces what an organisation has set.
pub(super) fn put(org: &mut Organization, setting: &'static str, record: Record) {
    org.records.put(setting, OWN, record);
}

fn kept<'a>(org: &'a Organization, setting: &str, number: u64) -> &'a Record {
    org.records.get(setting, number).unwrap_or(&UNSET)
}
