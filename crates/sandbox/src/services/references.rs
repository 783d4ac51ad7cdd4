//! What records say of each other.

use serde_json::Value;

use super::{collections::plain, descriptions::COLLECTIONS, setting_descriptions::SETTINGS};
use crate::store::Organization;

/// The ids that a field holds: one, a list of them, or none.
pub(super) fn ids(field: &Value) -> impl Iterator<Item = &Value> {
    let one = std::slice::from_ref(field);
    field.as_array().map_or(one, Vec::as_slice).iter().filter(|id| !id.is_null())
}

/// Empties every field that is described to refer to a record that is no more, and forgets what that had set.
pub(super) fn forget(org: &mut Organization, collection: &str, id: &Value) {
    let id = plain(id);
    for setting in SETTINGS.iter().filter(|setting| setting.of.is_some_and(|(_, owner)| owner == collection))
    {
        if let Ok(number) = id.parse() {
            org.records.remove(setting.name, number);
        }
    }
    for other in COLLECTIONS {
        for (field, _) in other.refers.iter().filter(|(_, wanted)| *wanted == collection) {
            let numbers = org.records.numbers(other.name);
            let held = |number: &u64| {
                let record = org.records.get(other.name, *number);
                record.is_some_and(|record| ids(&record[*field]).any(|held| plain(held) == id))
            };
            for number in numbers.filter(held).collect::<Vec<_>>() {
                org.records.change(other.name, number, |record| match record.get_mut(field) {
                    Some(Value::Array(list)) => list.retain(|held| plain(held) != id),
                    _ => record.remove(field),
                });
            }
        }
    }
}
