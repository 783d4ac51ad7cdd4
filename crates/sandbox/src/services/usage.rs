//! How much people use the services, page by page.

use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};

use super::{Handlers, organization, statistics::period};
use crate::{
    dialect::Refusal,
    exchange::mix,
    spec::Checked,
    store::{Record, Store},
};

pub(super) const HANDLERS: Handlers = &[("get-user-statistics", users), ("get-org-statistics", whole)];

/// How many rows come where nobody says, and the most that come at once. Neither is documented.
const LIMIT: u64 = 100;
const LIMIT_MAX: u64 = 1000;

/// A row for each day and person. The key of the next portion is the number of rows before it.
fn users(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let (first, last) = period(call)?;
    let limit = call.number("limit")?.unwrap_or(LIMIT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(Refusal::invalid(format!("limit: not from 1 to {LIMIT_MAX}")));
    }
    let key = call.text("iteration_key").filter(|key| !key.is_empty()).map(str::parse::<u64>);
    let skipped = key.transpose().map_err(|_| Refusal::invalid("iteration_key: not one of ours"))?;
    let people: Vec<_> = org.people().collect();
    let days: Vec<_> = first.series(1.day()).take_while(|day| *day <= last).collect();
    let (total, skipped) = ((people.len() * days.len()) as u64, skipped.unwrap_or_default());
    let numbers = (skipped..total).take(usize::try_from(limit).unwrap_or(usize::MAX));
    let rows = numbers.filter_map(|number| {
        let number = usize::try_from(number).ok()?;
        Some(row(*days.get(number / people.len())?, people.get(number % people.len())?))
    });
    let rows: Vec<_> = rows.collect();
    let next = skipped + rows.len() as u64;
    let key = (next < total).then(|| next.to_string());
    Ok(json!({"items": rows, "iteration_key": key}))
}

fn row(day: Date, person: &Record) -> Value {
    json!({
        "date": day.to_string(), "user_id": person["id"], "nickname": person["nickname"], "account_type": "user",
        "name": format!("{} {}", person["name"]["first"].as_str().unwrap_or_default(),
            person["name"]["last"].as_str().unwrap_or_default()),
        "is_admin": person.flag("is_admin"), "is_manager": mix(person.number("id") ^ MANAGER).is_multiple_of(40), "is_enabled": person.flag("is_enabled"),
        "mail_received_letters_count": letters(day, person.number("id")),
        "mail_last_usage_date": last_use(day, person, MAIL), "disk_last_usage_date": last_use(day, person, DISK),
        "messenger_last_usage_date": Value::Null, "telemost_last_usage_date": "",
    })
}

/// Tell the uses of one service from those of another.
const MAIL: u64 = 0xa11;
const DISK: u64 = 0xd15;

/// Tells who has a manager's role.
const MANAGER: u64 = 0x9a6;

/// The day on which somebody last used a service. Most did on the day itself; every twelfth person did so long before, and
/// every fiftieth never, which the service shows as null.
fn last_use(day: Date, person: &Record, service: u64) -> Value {
    let uid = person.number("id");
    let (lot, service) = (mix(uid), mix(uid ^ service));
    let before = match (lot % 50, lot % 12) {
        (0, _) => return Value::Null,
        (_, 0) => 40 + service % 400,
        _ => (service % 20).saturating_sub(16),
    };
    day.checked_sub(i64::try_from(before).unwrap_or_default().days()).unwrap_or(day).to_string().into()
}

/// How many letters somebody got on a day.
pub(super) fn letters(day: Date, uid: u64) -> u64 {
    mix(uid ^ mix(day.day_of_year() as u64)) % 60
}

fn whole(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let (first, last) = period(call)?;
    let days = first.series(1.day()).take_while(|day| *day <= last);
    let count = org.people().count();
    Ok(
        json!({"data": days.map(|day| json!({"date": day.to_string(), "users_count": count})).collect::<Vec<_>>()}),
    )
}
