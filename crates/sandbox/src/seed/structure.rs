//! Departments and groups.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{
    FOUNDED, moment,
    names::{DEPARTMENTS, GROUPS},
    one_in, pick,
};
use crate::{
    services::times::utc,
    store::{Organization, ROOT, Record},
};

/// The first and the last of the groups that every organisation has.
const ADMINISTRATORS: u64 = 2;
const DEPUTIES: u64 = 4;

/// Adds the root, departments below it, and parts of these.
pub(super) fn add_departments(rng: &mut Rng, org: &mut Organization, users: u32) {
    add_root(org);
    for number in 0..u64::from((users / 12).clamp(2, 250)) {
        let id = ROOT + 1 + number;
        let round = number as usize / DEPARTMENTS.len();
        let (name, label) = DEPARTMENTS[number as usize % DEPARTMENTS.len()];
        let parent = if number < 6 { ROOT } else { rng.u64(ROOT + 1..id) };
        let name = if round == 0 { name.to_owned() } else { format!("{name}, группа {round}") };
        let is_described = one_in(rng, 3);
        let mut department = department(name, parent, moment(rng));
        if is_described {
            department.set("description", format!("Подразделение № {id}"));
        }
        department.set("label", numbered(label, round));
        org.records.put_numbered("departments", id, department);
    }
}

/// Adds the root.
pub(super) fn add_root(org: &mut Organization) {
    let root = department("Все сотрудники".to_owned(), 0, FOUNDED);
    org.records.put_numbered("departments", ROOT, root);
}

fn department(name: String, parent: u64, created: i64) -> Record {
    let mut department = Record::default();
    department.set("name", name);
    department.set("parent_id", parent);
    department.set("created_at", utc(created));
    department
}

/// A text for the second round of names and those after it.
fn numbered(text: &str, round: usize) -> String {
    if round == 0 || text.is_empty() { text.to_owned() } else { format!("{text}-{round}") }
}

/// Adds the groups that every organisation has, and its own ones. Call after the people.
pub(super) fn add_groups(rng: &mut Rng, org: &mut Organization) {
    add_first_groups(org);
    let people: Vec<_> = org.records.numbers("users").collect();
    let own = (people.len() / 15).clamp(4, 400) as u64;
    for number in 0..own {
        let group = own_group(rng, org, &people, number);
        org.records.put_numbered("groups", DEPUTIES + 1 + number, group);
    }
}

/// Adds the groups that every organisation has. Call after the people.
pub(super) fn add_first_groups(org: &mut Organization) {
    let of = |field: &str| -> Vec<Value> {
        let people = org.people().filter(|person| person.flag(field));
        people.map(|person| member("user", person.number("id"))).collect()
    };
    let groups = [
        group("Администраторы организации", "organization_admin", of("is_admin")),
        group("Роботы организации", "robots", of("is_robot")),
        group("Заместители администратора", "organization_deputy_admin", Vec::new()),
    ];
    for (id, group) in (ADMINISTRATORS..=DEPUTIES).zip(groups) {
        org.records.put_numbered("groups", id, group);
    }
}

fn own_group(rng: &mut Rng, org: &Organization, people: &[u64], number: u64) -> Record {
    let round = number as usize / GROUPS.len();
    let (name, label) = GROUPS[number as usize % GROUPS.len()];
    let members = members(rng, org, people, number, DEPUTIES + 1 + number);
    let mut own = group(&numbered(name, round), "generic", members);
    own.set("label", numbered(label, round));
    own.set("created_at", utc(moment(rng)));
    if one_in(rng, 2) {
        own.set("description", "Рабочая группа");
    }
    own
}

/// The first group is large, the second nests the first, the third the second and a department, the fourth is
/// for people from outside.
fn members(rng: &mut Rng, org: &Organization, people: &[u64], number: u64, id: u64) -> Vec<Value> {
    let share = if number == 0 { people.len() / 3 } else { rng.usize(1..15) };
    let mut users: Vec<_> = (0..share.max(1)).map(|_| pick(rng, people)).collect();
    users.sort_unstable();
    users.dedup();
    let mut members: Vec<_> = users.into_iter().map(|uid| member("user", uid)).collect();
    let department = org.records.numbers("departments").last().unwrap_or(ROOT);
    match number {
        1 => members.push(member("group", id - 1)),
        2 => members.extend([member("group", id - 1), member("department", department)]),
        3 => members.extend(outsiders()),
        4.. if one_in(rng, 6) => members.push(member("group", rng.u64(DEPUTIES + 1..id))),
        _ => {}
    }
    members
}

/// A shared contact and a shared mailbox, which only version 2 of the members shows.
fn outsiders() -> [Value; 2] {
    [
        json!({"type": "external_contact", "id": "5f0c2b7e9d", "first_name": "Wei", "last_name": "Zhang"}),
        json!({"type": "shared_mailbox", "id": 1_130_000_090_000_017_u64, "name": "Общий ящик подрядчиков"}),
    ]
}

fn member(kind: &str, id: u64) -> Value {
    json!({"type": kind, "id": id})
}

fn group(name: &str, kind: &str, members: Vec<Value>) -> Record {
    let mut group = Record::default();
    group.set("name", name);
    group.set("type", kind);
    group.set("members", members);
    group.set("created_at", utc(FOUNDED));
    group
}
