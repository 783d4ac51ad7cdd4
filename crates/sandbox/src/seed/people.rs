//! Employees.

use std::collections::HashMap;

use fastrand::Rng;

use serde_json::{Value, json};

use super::{
    moment,
    names::{LAST, LATIN, MEN, POSITIONS, WOMEN, login},
    one_in, pick,
};
use crate::{
    services::times::utc,
    store::{Organization, Record, full_name},
};

/// Hires this many people into an organisation with departments. The first is the administrator.
pub(super) fn hire(rng: &mut Rng, org: &mut Organization, users: u32, first_uid: u64) {
    let departments: Vec<_> = org.records.numbers("departments").collect();
    let mut logins = Logins::default();
    let mut uid = first_uid;
    for number in 0..users {
        uid += rng.u64(1..60);
        let mut person = match number {
            0 => administrator(rng),
            _ if is_robot(number, users) => robot(rng, number),
            _ => employee(rng),
        };
        let nickname = logins.unique(&person);
        person.set("department_id", if number == 0 { departments[0] } else { pick(rng, &departments) });
        if !person.flag("is_robot") && one_in(rng, 6) {
            person.set("aliases", vec![format!("{nickname}.{}", rng.u32(10..100))]);
        }
        person.set("nickname", nickname);
        if number == 1 && users >= 20 {
            person.set("is_admin", true);
        }
        if number == 0 {
            org.administrator = uid;
        }
        if number > 1 {
            leave(rng, &mut person, number);
        }
        org.records.put_numbered("users", uid, person);
    }
}

/// Every 33rd employee of a company of some size is a program.
fn is_robot(number: u32, users: u32) -> bool {
    users >= 10 && number % 33 == 5
}

/// Some are blocked, some dismissed (and blocked); a company of some size has both for certain.
fn leave(rng: &mut Rng, person: &mut Record, number: u32) {
    let is_dismissed = number == 7 || one_in(rng, 30);
    if is_dismissed {
        person.set("is_dismissed", true);
    }
    if is_dismissed || number == 8 || one_in(rng, 30) {
        person.set("is_enabled", false);
        person.set("is_enabled_updated_at", person.text("updated_at").to_owned());
    }
}

fn administrator(rng: &mut Rng) -> Record {
    let mut person = employee(rng);
    person.set("name", name("Ольга", "Орлова", "Дмитриевна"));
    person.set("gender", "female");
    person.set("position", "Системный администратор");
    person.set("is_admin", true);
    person.set("is_2fa_enabled", true);
    person
}

fn employee(rng: &mut Rng) -> Record {
    let mut person = blank(rng);
    let full = if one_in(rng, 8) {
        let (first, last, gender) = pick(rng, &LATIN);
        person.set("gender", gender);
        person.set("language", "en");
        name(first, last, "")
    } else {
        let (_, son, daughter) = pick(rng, &MEN);
        let (his, hers) = pick(rng, &LAST);
        let is_man = rng.bool();
        person.set("gender", if is_man { "male" } else { "female" });
        let (first, last, middle) =
            if is_man { (pick(rng, &MEN).0, his, son) } else { (pick(rng, &WOMEN), hers, daughter) };
        name(first, last, if one_in(rng, 7) { "" } else { middle })
    };
    person.set("position", pick(rng, &POSITIONS));
    if one_in(rng, 3) {
        let (year, month, day) = (rng.u32(1960..2004), rng.u32(1..=12), rng.u32(1..=28));
        person.set("birthday", format!("{year}-{month:02}-{day:02}"));
    }
    if one_in(rng, 4) {
        let number = format!("+7 9{:02} {:03}-{:02}-{:02}", r(rng), r(rng), r(rng), r(rng));
        person.set("contacts", vec![json!({"type": "phone", "value": number, "label": "рабочий"})]);
    }
    person.set("name", full);
    if one_in(rng, 5) {
        person.set("display_name", full_name(&person, ["first", "last"]));
    }
    if one_in(rng, 10) {
        person.set("external_id", format!("1C-{:06}", rng.u32(0..1_000_000)));
    }
    if one_in(rng, 3) {
        person.set("is_2fa_enabled", true);
    }
    person
}

fn r(rng: &mut Rng) -> u32 {
    rng.u32(10..100)
}

fn robot(rng: &mut Rng, number: u32) -> Record {
    const TASKS: [(&str, &str); 6] = [
        ("Backup", "robot-backup"),
        ("Сканер", "robot-scan"),
        ("CRM", "robot-crm"),
        ("Мониторинг", "robot-monitoring"),
        ("1С", "robot-1c"),
        ("Jira", "robot-jira"),
    ];
    let (task, nickname) = TASKS[number as usize / 33 % TASKS.len()];
    let mut person = blank(rng);
    person.set("name", name(task, "Робот", ""));
    person.set("nickname", nickname);
    person.set("is_robot", true);
    person.set("about", "Служебная учётная запись");
    person
}

fn blank(rng: &mut Rng) -> Record {
    let created = moment(rng);
    let mut person = Record::of_fields(16);
    // What is asked for most stands first.
    ["id", "nickname", "name", "department_id"].into_iter().for_each(|name| person.insert(name, Value::Null));
    person.set("language", "ru");
    person.set("timezone", "Europe/Moscow");
    person.set("is_enabled", true);
    person.set("created_at", utc(created));
    person.set("updated_at", utc(created + rng.i64(60..30_000_000)));
    person
}

fn name(first: &str, last: &str, middle: &str) -> Value {
    if middle.is_empty() {
        json!({"first": first, "last": last})
    } else {
        json!({"first": first, "last": last, "middle": middle})
    }
}

/// Gives each login once.
#[derive(Default)]
struct Logins(HashMap<String, u32>);

impl Logins {
    fn unique(&mut self, person: &Record) -> String {
        let part = |part| login(person["name"][part].as_str().unwrap_or_default());
        let plain = match person.text("nickname") {
            "" => format!("{}.{}", part("first").chars().next().unwrap_or('x'), part("last")),
            nickname => nickname.to_owned(),
        };
        let times = self.0.entry(plain.clone()).or_default();
        *times += 1;
        if *times == 1 { plain } else { format!("{plain}{times}") }
    }
}
