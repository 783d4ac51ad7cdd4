//! Departments and groups.

use fastrand::Rng;

use super::{
    FOUNDED, moment,
    names::{DEPARTMENTS, GROUPS},
    one_in, pick,
};
use crate::store::{Department, Group, Member, Name, Organization, ROOT};

/// The groups that every organisation has.
const ADMINISTRATORS: u64 = 2;
const ROBOTS: u64 = 3;
const DEPUTIES: u64 = 4;

/// Adds the root, departments below it, and parts of these.
pub(super) fn add_departments(rng: &mut Rng, org: &mut Organization, users: u32) {
    let root = Department {
        id: ROOT,
        parent: 0,
        name: "Все сотрудники".to_owned(),
        description: String::new(),
        label: String::new(),
        created: FOUNDED,
    };
    org.departments.insert(ROOT, root);
    for number in 0..u64::from((users / 12).clamp(2, 250)) {
        let id = ROOT + 1 + number;
        let round = number as usize / DEPARTMENTS.len();
        let (name, label) = DEPARTMENTS[number as usize % DEPARTMENTS.len()];
        let parent = if number < 6 { ROOT } else { rng.u64(ROOT + 1..id) };
        let department = Department {
            id,
            parent,
            name: if round == 0 { name.to_owned() } else { format!("{name}, группа {round}") },
            description: if one_in(rng, 3) {
                format!("Подразделение № {id}")
            } else {
                String::new()
            },
            label: match round {
                _ if label.is_empty() => String::new(),
                0 => label.to_owned(),
                _ => format!("{label}-{round}"),
            },
            created: moment(rng),
        };
        org.departments.insert(id, department);
    }
}

/// Adds the groups that every organisation has, and its own ones. Call after the people.
pub(super) fn add_groups(rng: &mut Rng, org: &mut Organization) {
    let of = |is: fn(&crate::store::Person) -> bool| -> Vec<Member> {
        org.people.values().filter(|person| is(person)).map(|person| Member::User(person.uid)).collect()
    };
    let administrators = of(|person| person.is_admin);
    let robots = of(|person| person.is_robot);
    let mut groups = vec![
        group(ADMINISTRATORS, "Администраторы организации", "organization_admin", administrators),
        group(ROBOTS, "Роботы организации", "robots", robots),
        group(DEPUTIES, "Заместители администратора", "organization_deputy_admin", Vec::new()),
    ];
    let people: Vec<_> = org.people.keys().copied().collect();
    let own = (people.len() / 15).clamp(4, 400) as u64;
    for number in 0..own {
        groups.push(own_group(rng, org, &people, number));
    }
    org.groups.extend(groups.into_iter().map(|group| (group.id, group)));
}

fn own_group(rng: &mut Rng, org: &Organization, people: &[u64], number: u64) -> Group {
    let round = number as usize / GROUPS.len();
    let (name, label) = GROUPS[number as usize % GROUPS.len()];
    let suffix = |text: &str| if round == 0 { text.to_owned() } else { format!("{text}-{round}") };
    let id = DEPUTIES + 1 + number;
    let mut own = group(id, &suffix(name), "generic", members(rng, org, people, number, id));
    own.label = if label.is_empty() { String::new() } else { suffix(label) };
    own.created = moment(rng);
    if one_in(rng, 2) {
        own.description = "Рабочая группа".to_owned();
    }
    own
}

/// The first group is large, the second nests the first, the third the second and a department, the fourth is
/// for people from outside.
fn members(rng: &mut Rng, org: &Organization, people: &[u64], number: u64, id: u64) -> Vec<Member> {
    let share = if number == 0 { people.len() / 3 } else { rng.usize(1..15) };
    let mut users: Vec<_> = (0..share.max(1)).map(|_| pick(rng, people)).collect();
    users.sort_unstable();
    users.dedup();
    let mut members: Vec<_> = users.into_iter().map(Member::User).collect();
    let department = org.departments.keys().last().copied().unwrap_or(ROOT);
    match number {
        1 => members.push(Member::Group(id - 1)),
        2 => members.extend([Member::Group(id - 1), Member::Department(department)]),
        3 => members.extend(outsiders()),
        4.. if one_in(rng, 6) => members.push(Member::Group(rng.u64(DEPUTIES + 1..id))),
        _ => {}
    }
    members
}

fn outsiders() -> [Member; 2] {
    let name = Name { first: "Wei".to_owned(), last: "Zhang".to_owned(), middle: String::new() };
    [
        Member::Contact { id: "5f0c2b7e9d".to_owned(), name },
        Member::Mailbox {
            id: 1_130_000_090_000_017, name: "Общий ящик подрядчиков".to_owned()
        },
    ]
}

fn group(id: u64, name: &str, kind: &'static str, members: Vec<Member>) -> Group {
    Group {
        id,
        name: name.to_owned(),
        kind,
        description: String::new(),
        label: String::new(),
        members,
        created: FOUNDED,
    }
}
