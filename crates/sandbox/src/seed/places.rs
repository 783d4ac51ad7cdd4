//! Offices, meeting rooms, shared contacts and DNS records.

use serde_json::{Value, json};

use crate::store::{Organization, Record};

/// Two offices with rooms in them, two shared contacts, and what a domain with mail has in DNS.
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
    for (first, last, company, email) in [
        ("Пётр", "Лоцман", "ООО «Причал»", "lotsman@prichal.example"),
        ("Vera", "Holm", "Nordlys AS", "vera@nordlys.example"),
    ] {
        let contact = json!({
            "first_name": first, "last_name": last, "company": company,
            "emails": [{"email": email, "type": "work", "main": true}], "created_at": "2024-02-01T09:00:00Z",
        });
        add(org, "contacts", contact);
    }
    for record in [
        json!({"type": "MX", "name": "@", "exchange": "mx.yandex.net", "preference": 10}),
        json!({"type": "TXT", "name": "@", "text": "v=spf1 redirect=_spf.yandex.net"}),
        json!({"type": "CNAME", "name": "mail", "target": "domain.mail.yandex.net"}),
    ] {
        let mut record = Record::from(record.as_object().cloned().unwrap_or_default());
        record.insert("ttl", 21_600);
        record.insert("domain", org.domain.as_str());
        org.records.add_numbered("records", record);
    }
}

fn add(org: &mut Organization, collection: &'static str, record: Value) -> Value {
    let Value::Object(record) = record else { return Value::Null };
    let number = org.records.add(collection, record.into());
    org.records.get(collection, number).map(|record| record["id"].clone()).unwrap_or_default()
}
