//! Things of one's own: what somebody puts into an organisation, in the words of the documents.

use std::collections::HashMap;

use serde_json::Value;

use super::{Collection, Verb, collections::plain, descriptions::COLLECTIONS};
use crate::{
    spec::Operation,
    store::{Organization, Record},
};

/// Puts lists of things into an organisation, all or none; says what does not fit. `created` is when they were made, where
/// they do not say it. The organisation is copied for it: many things are put at once, and not one by one.
pub(crate) fn put(org: &mut Organization, things: &Value, created: &str) -> Result<(), String> {
    let lists = things.as_object().ok_or("not an object with lists of things")?;
    let mut changed = org.clone();
    let (mut new, mut places) = (Vec::new(), HashMap::new());
    // The numbers of a page are of no account.
    for (name, items) in lists.iter().filter(|(_, items)| !items.is_number()) {
        let collection = find(name)?;
        for (index, item) in items.as_array().ok_or_else(|| format!("{name}: not a list"))?.iter().enumerate()
        {
            let place = format!("{name}[{index}]");
            let record = record(collection, &changed, item).map_err(|reason| format!("{place}: {reason}"))?;
            let number = collection.keep(&mut changed, record, created);
            if let Some(first) = places.insert((collection.name, number), place.clone()) {
                return Err(format!("{place}: has the id of {first}, {}", plain(&item["id"])));
            }
            new.push((place, collection, number));
        }
    }
    // Things of one list refer to those of another.
    for (place, collection, number) in new {
        let mut record = changed.records.get(collection.name, number).cloned().unwrap_or_default();
        // Unset references come as 0.
        record.retain(|_, value| *value != 0);
        let fits = collection.fits(&changed, &record, Some(number));
        fits.map_err(|refusal| format!("{place}: {}", refusal.text()))?;
    }
    *org = changed;
    Ok(())
}

/// What belongs to something that a path names cannot be put in.
fn find(name: &str) -> Result<&'static Collection, String> {
    let is_known = |one: &&Collection| one.within.is_none() && one.operations_of(Verb::List).next().is_some();
    let mut known = COLLECTIONS.iter().filter(is_known);
    known.clone().find(|collection| collection.name == name).ok_or_else(|| {
        let names: Vec<_> = known.by_ref().map(|collection| collection.name).collect();
        format!("{name}: no such list; known are {}", names.join(", "))
    })
}

/// The record of a thing that some list of its collection could hold; without what only follows from it.
fn record(collection: &Collection, org: &Organization, item: &Value) -> Result<Record, String> {
    let mut record = told(collection, item)?;
    if let Some(label) = collection.label
        && let Some((local, domain)) = record.text("email").split_once('@')
    {
        if !domain.eq_ignore_ascii_case(&org.domain) {
            return Err(format!("email: not an address of {}", org.domain));
        }
        if record.text(label).is_empty() {
            let local = local.to_owned();
            record.set(label, local);
        }
    }
    collection.forget_what_follows(org, &mut record);
    // The service makes its own contacts again.
    if let Some(Value::Array(contacts)) = record.get_mut("contacts") {
        contacts.retain(|contact| contact["synthetic"] != true);
    }
    let required = collection.operations_of(Verb::Create).flat_map(Operation::requires);
    // A password is not kept.
    match required.into_iter().find(|name| name != "password" && record[name.as_str()].is_null()) {
        Some(missing) => Err(format!("{missing}: is missing")),
        None => Ok(record),
    }
}

fn told(collection: &Collection, item: &Value) -> Result<Record, String> {
    let mut reasons = Vec::new();
    for operation in collection.operations_of(Verb::List) {
        match operation.told_item(item) {
            Ok(record) => return Ok(record),
            Err(reason) => reasons.push(format!("{reason} ({})", operation.id)),
        }
    }
    Err(reasons.join("; "))
}
