//! Employees.

use std::collections::HashMap;

use fastrand::Rng;

use super::{
    moment,
    names::{LAST, LATIN, MEN, POSITIONS, WOMEN, login},
    one_in, pick,
};
use crate::store::{Contact, Name, Organization, Person};

/// Hires this many people into an organisation with departments. The first is the administrator.
pub(super) fn hire(rng: &mut Rng, org: &mut Organization, users: u32, first_uid: u64) {
    let departments: Vec<_> = org.departments.keys().copied().collect();
    let mut logins = Logins::default();
    let mut uid = first_uid;
    for number in 0..users {
        uid += rng.u64(1..60);
        let mut person = match number {
            0 => administrator(rng),
            _ if is_robot(number, users) => robot(rng, number),
            _ => employee(rng),
        };
        person.uid = uid;
        person.nickname = logins.unique(&person);
        person.department = if number == 0 { departments[0] } else { pick(rng, &departments) };
        if !person.is_robot && one_in(rng, 6) {
            person.aliases = vec![format!("{}.{}", person.nickname, rng.u32(10..100))];
        }
        if number == 1 && users >= 20 {
            person.is_admin = true;
        }
        if number > 1 {
            leave(rng, &mut person, number);
        }
        org.people.insert(uid, person);
    }
}

/// Every 33rd employee of a company of some size is a program.
fn is_robot(number: u32, users: u32) -> bool {
    users >= 10 && number % 33 == 5
}

/// Some are blocked, some dismissed (and blocked); a company of some size has both for certain.
fn leave(rng: &mut Rng, person: &mut Person, number: u32) {
    person.is_dismissed = number == 7 || one_in(rng, 30);
    person.is_enabled = !(person.is_dismissed || number == 8 || one_in(rng, 30));
    if !person.is_enabled {
        person.enabled_at = Some(person.updated);
    }
}

fn administrator(rng: &mut Rng) -> Person {
    let mut person = employee(rng);
    person.name = name("Ольга", "Орлова", "Дмитриевна");
    person.gender = "female";
    person.position = "Системный администратор";
    person.is_admin = true;
    person.has_two_factor = true;
    person
}

fn employee(rng: &mut Rng) -> Person {
    let mut person = blank(rng);
    if one_in(rng, 8) {
        let (first, last, gender) = pick(rng, &LATIN);
        person.name = name(first, last, "");
        person.gender = gender;
        person.language = "en";
    } else {
        let (_, son, daughter) = pick(rng, &MEN);
        let (his, hers) = pick(rng, &LAST);
        let is_man = rng.bool();
        person.name =
            if is_man { name(pick(rng, &MEN).0, his, son) } else { name(pick(rng, &WOMEN), hers, daughter) };
        person.gender = if is_man { "male" } else { "female" };
        if one_in(rng, 7) {
            person.name.middle.clear();
        }
    }
    person.position = pick(rng, &POSITIONS);
    if one_in(rng, 3) {
        person.birthday = format!("{}-{:02}-{:02}", rng.u32(1960..2004), rng.u32(1..=12), rng.u32(1..=28));
    }
    if one_in(rng, 4) {
        person.contacts.push(Contact {
            kind: "phone".to_owned(),
            value: format!("+7 9{:02} {:03}-{:02}-{:02}", r(rng), r(rng), r(rng), r(rng)),
            label: "рабочий".to_owned(),
        });
    }
    if one_in(rng, 5) {
        person.display_name = Some(format!("{} {}", person.name.first, person.name.last));
    }
    if one_in(rng, 10) {
        person.external_id = format!("1C-{:06}", rng.u32(0..1_000_000));
    }
    person.has_two_factor = one_in(rng, 3);
    person
}

fn r(rng: &mut Rng) -> u32 {
    rng.u32(10..100)
}

fn robot(rng: &mut Rng, number: u32) -> Person {
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
    person.name = name(task, "Робот", "");
    person.nickname = nickname.to_owned();
    person.is_robot = true;
    person.about = "Служебная учётная запись";
    person
}

fn blank(rng: &mut Rng) -> Person {
    let created = moment(rng);
    Person {
        uid: 0,
        nickname: String::new(),
        name: Name::default(),
        display_name: None,
        gender: "",
        position: "",
        about: "",
        birthday: String::new(),
        contacts: Vec::new(),
        aliases: Vec::new(),
        external_id: String::new(),
        department: 0,
        language: "ru",
        timezone: "Europe/Moscow",
        is_admin: false,
        is_robot: false,
        is_dismissed: false,
        is_enabled: true,
        has_two_factor: false,
        enabled_at: None,
        created,
        updated: created + rng.i64(60..30_000_000),
    }
}

fn name(first: &str, last: &str, middle: &str) -> Name {
    Name { first: first.to_owned(), last: last.to_owned(), middle: middle.to_owned() }
}

/// Gives each login once.
#[derive(Default)]
struct Logins(HashMap<String, u32>);

impl Logins {
    fn unique(&mut self, person: &Person) -> String {
        let plain = if person.nickname.is_empty() {
            let initial = login(&person.name.first).chars().next().unwrap_or('x');
            format!("{initial}.{}", login(&person.name.last))
        } else {
            person.nickname.clone()
        };
        let times = self.0.entry(plain.clone()).or_default();
        *times += 1;
        if *times == 1 { plain } else { format!("{plain}{times}") }
    }
}
