//! DNS records of a domain.

use serde_json::Value;

use crate::{
    dialect::Refusal,
    spec::{Checked, Shown},
    store::{Organization, Record},
};

/// The fields that a type has of its own.
const OF_TYPES: [&str; 11] = [
    "address",
    "target",
    "exchange",
    "preference",
    "text",
    "port",
    "priority",
    "weight",
    "flag",
    "tag",
    "value",
];

/// A record's id has a name of its own.
pub(super) fn derive<'a>(_: &'a Organization, record: &'a Record, field: &str) -> Option<Shown<'a>> {
    (field == "record_id").then(|| Shown::of(&record["id"]))
}

/// A record is replaced: what belonged to the type that it had goes with it.
pub(super) fn settle(
    _: &Organization,
    _: &Checked,
    own: Option<u64>,
    told: &mut Record,
) -> Result<(), Refusal> {
    if own.is_some() {
        for field in OF_TYPES.into_iter().filter(|field| told[*field].is_null()).collect::<Vec<_>>() {
            told.insert(field, Value::Null);
        }
    }
    Ok(())
}
