//! Offices and meeting rooms.

use serde_json::{Value, json};

use crate::store::Organization;

/// Two offices with rooms in them.
pub(super) fn furnish(org: &mut Organization) {
    let north = json!({"name": "Северный", "city": "Санкт-Петербург", "address": "Невский проспект, 1"});
    let south = json!({"name": "Южный", "city": "Ростов-на-Дону"});
    let (north, south) = (add(org, "offices", north), add(org, "offices", south));
    for (office, name, label, floor, capacity) in
        [(&north, "Ладога", "ladoga", 2, 12), (&north, "Онега", "onega", 3, 6), (&south, "Дон", "don", 1, 20)]
    {
        let room = json!({
            "name": name, "email": org.address(label), "office_id": office, "floor": floor, "capacity": capacity,
            "can_book": true,
        });
        add(org, "rooms", room);
    }
}

fn add(org: &mut Organization, collection: &'static str, record: Value) -> Value {
    let Value::Object(record) = record else { return Value::Null };
    org.records.add(collection, record)["id"].clone()
}
