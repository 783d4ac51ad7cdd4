//! What people share from Disk.

use std::collections::HashSet;

use fastrand::Rng;

use super::{moment, one_in, pick};
use crate::store::{Access, Disk, Organization, Resource, Right, Rights, Subject, Until};

/// Names that a client must encode, quote or neutralise with care.
const TRICKY: [&str; 18] = [
    "план + факт.xlsx",
    "R&D отчёт.docx",
    "скидка 50%.pdf",
    "задача #42.txt",
    "a%2Fb.txt",
    "100%25.txt",
    "договор \"Ромашка\".docx",
    "it's done.md",
    "таблица\tс табуляцией.csv",
    "🎉 праздник 🎂.jpg",
    "=СУММ(A1:A9).xlsx",
    "+7 495 контакты.txt",
    "-удалить-.tmp",
    "@черновик.docx",
    "имя, с запятой; и точкой.csv",
    "пробел в конце .txt",
    "вопрос?=да&нет.txt",
    "naïve café Übergröße.pdf",
];

const FILES: [&str; 20] = [
    "Отчёт.xlsx",
    "Договор.docx",
    "Презентация.pptx",
    "Смета.xlsx",
    "budget.xlsx",
    "Протокол встречи.docx",
    "logo.svg",
    "Счёт на оплату.pdf",
    "Фото с конференции.jpg",
    "readme.md",
    "Прайс-лист.xlsx",
    "roadmap.pdf",
    "Акт сверки.pdf",
    "backup.zip",
    "Инструкция.pdf",
    "video.mp4",
    "Список сотрудников.xlsx",
    "contract_signed.pdf",
    "Макет.fig",
    "Техническое задание.docx",
];

const FOLDERS: [&str; 10] = [
    "Проекты",
    "Для подрядчиков",
    "Shared",
    "Фото",
    "Бухгалтерия 2025",
    "Releases",
    "Архив",
    "Юристы",
    "Маркетинг",
    "Обмен",
];

/// The first resources of all have these kinds of access, one each, so that no kind is missing.
const EVERY_KIND: u32 = 14;

/// Shares exactly `total` resources, a few for most people, none for some, many for one or two.
pub(super) fn share(
    rng: &mut Rng,
    disk: &mut Disk,
    org: &Organization,
    other: &Organization,
    total: u32,
    by_key: bool,
) {
    let people: Vec<_> = org.records.numbers("users").collect();
    let mut sharer = Sharer {
        org_id: org.id,
        other_id: other.id,
        people: &people,
        outsiders: other.records.numbers("users").take(50).collect(),
        groups: org.records.numbers("groups").collect(),
        departments: org.records.numbers("departments").collect(),
        by_key,
        done: 0,
    };
    for (uid, count) in people.iter().zip(counts(rng, people.len(), total)) {
        let mut names = HashSet::new();
        for _ in 0..count {
            let resource = sharer.resource(rng, disk, *uid, &mut names);
            disk.add(resource);
        }
    }
}

/// How many resources each person has; the sum is `total`. In an organisation of 200 people and 600 resources or
/// more, one person has 250 and another 100, so that lists have several pages and a last one that is full.
fn counts(rng: &mut Rng, people: usize, total: u32) -> Vec<u32> {
    let mut counts = vec![0; people];
    let mut rest = total;
    if people >= 200 && total >= 600 {
        counts[12] = 250;
        counts[13] = 100;
        rest -= 350;
    }
    let weights: Vec<u64> = (0..people).map(|person| weight(rng, person, counts[person] > 0)).collect();
    let sum = weights.iter().sum::<u64>().max(1);
    let before = rest;
    for (count, weight) in counts.iter_mut().zip(&weights) {
        let part = (u64::from(before) * weight / sum) as u32;
        *count += part;
        rest -= part;
    }
    let mut takers = (0..people).filter(|person| weights[*person] > 0).cycle();
    while rest > 0 {
        let taker = takers.next().unwrap_or_default();
        counts[taker] += 1;
        rest -= 1;
    }
    counts
}

fn weight(rng: &mut Rng, person: usize, has_many: bool) -> u64 {
    match rng.u32(0..100) {
        _ if has_many => 0,
        _ if person == 0 => 8,
        0..25 => 0,
        25..80 => rng.u64(1..6),
        80..97 => rng.u64(6..12),
        _ => rng.u64(20..30),
    }
}

struct Sharer<'a> {
    org_id: u64,
    other_id: u64,
    people: &'a [u64],
    outsiders: Vec<u64>,
    groups: Vec<u64>,
    departments: Vec<u64>,
    by_key: bool,
    done: u32,
}

impl Sharer<'_> {
    fn resource(&mut self, rng: &mut Rng, disk: &Disk, owner: u64, names: &mut HashSet<String>) -> Resource {
        let number = loop {
            let number = rng.u64(..);
            if !disk.has_number(number) {
                break number;
            }
        };
        let is_folder = one_in(rng, 5);
        let path = self.path(rng, is_folder, names);
        let created = moment(rng) * 1000 + rng.i64(0..1000);
        let kind = self.done;
        self.done += 1;
        Resource {
            number,
            owner,
            path: path.into(),
            is_folder,
            size: if is_folder { 0 } else { rng.u64(1..50_000_000) },
            created,
            modified: created + rng.i64(0..20_000_000_000),
            accesses: self.accesses(rng, owner, kind),
            until: until(rng),
            has_password: false,
            ids_as_text: rng.bool(),
            found_by_path: !(self.by_key && kind % 10 == 3),
        }
    }

    /// A path that the owner does not have yet.
    fn path(&self, rng: &mut Rng, is_folder: bool, names: &mut HashSet<String>) -> String {
        let tricky = self.done as usize;
        let name = if tricky < TRICKY.len() {
            TRICKY[tricky]
        } else if one_in(rng, 12) {
            pick(rng, &TRICKY)
        } else if is_folder {
            pick(rng, &FOLDERS)
        } else {
            pick(rng, &FILES)
        };
        let folder = if one_in(rng, 3) { format!("/{}", pick(rng, &FOLDERS)) } else { String::new() };
        let mut path = format!("{folder}/{name}");
        for copy in 2.. {
            if names.insert(path.clone()) {
                break;
            }
            path = match name.rsplit_once('.') {
                Some((stem, end)) if !is_folder => format!("{folder}/{stem} ({copy}).{end}"),
                _ => format!("{folder}/{name} ({copy})"),
            };
        }
        path
    }

    /// The owner, and those whom the resource is shared with. The owner stands anywhere.
    fn accesses(&self, rng: &mut Rng, owner: u64, kind: u32) -> Vec<Access> {
        let mut accesses = Vec::new();
        if kind < EVERY_KIND {
            accesses.extend(self.access_of_kind(rng, owner, kind));
        } else {
            for kind in 0..EVERY_KIND {
                if rng.u32(0..100) < CHANCES[kind as usize] {
                    accesses.extend(self.access_of_kind(rng, owner, kind));
                }
            }
            if accesses.is_empty() && !one_in(rng, 10) {
                // Some people always let everybody write.
                let right = if owner.is_multiple_of(5) { Right::Write } else { Right::Read };
                accesses.push(access(Subject::All, None, &[right]));
            }
        }
        let own = access(Subject::Owner, Some(self.org_id), &[Right::Write]);
        let place = if one_in(rng, 4) { rng.usize(0..=accesses.len()) } else { accesses.len() };
        accesses.insert(place, own);
        accesses.shrink_to_fit();
        accesses
    }

    fn access_of_kind(&self, rng: &mut Rng, owner: u64, kind: u32) -> Option<Access> {
        use Right::{Read, ReadWithPassword, ReadWithPasswordWithoutDownload, ReadWithoutDownload, Write};
        let ours = Some(self.org_id);
        let theirs = Some(self.other_id);
        Some(match kind {
            0 => access(Subject::All, None, &[Read]),
            1 => access(Subject::Employees, ours, &[Read]),
            2 => access(Subject::All, None, &[pick(rng, &[ReadWithoutDownload, ReadWithPassword])]),
            3 => access(Subject::Employees, ours, &[pick(rng, &[Write, ReadWithPasswordWithoutDownload])]),
            4 => access(Subject::User(self.colleague(rng, owner)?), ours, &[Read]),
            5 => access(Subject::User(self.colleague(rng, owner)?), ours, &[Write]),
            6 => access(Subject::User(self.colleague(rng, owner)?), ours, &[Write, Read]),
            7 => access(Subject::User(any(rng, &self.outsiders)?), theirs, &[Read]),
            8 => access(Subject::User(rng.u64(20_000_000..900_000_000)), None, &[Read]),
            9 => access(Subject::OuterUser(rng.u64(20_000_000..900_000_000)), None, &[Read]),
            10 => access(Subject::Group(any(rng, &self.groups)?), ours, &[pick(rng, &[Read, Write])]),
            11 => {
                access(Subject::Department(any(rng, &self.departments)?), ours, &[pick(rng, &[Read, Write])])
            }
            12 => access(Subject::EmployeesAndAll, ours, &[Read]),
            _ => access(Subject::Group(any(rng, &self.groups)?), ours, &[Write, Read]),
        })
    }

    /// Somebody else of the organisation, if there is anybody.
    fn colleague(&self, rng: &mut Rng, owner: u64) -> Option<u64> {
        let found = pick(rng, self.people);
        if found != owner { Some(found) } else { self.people.iter().copied().find(|uid| *uid != owner) }
    }
}

/// One of them, if there is any.
fn any(rng: &mut Rng, of: &[u64]) -> Option<u64> {
    rng.choice(of).copied()
}

/// How many of a hundred resources have an access of each kind.
const CHANCES: [u32; EVERY_KIND as usize] = [28, 22, 6, 6, 22, 14, 3, 8, 7, 2, 9, 7, 1, 2];

fn access(subject: Subject, org: Option<u64>, rights: &[Right]) -> Access {
    Access { subject, org, rights: Rights::of(rights) }
}

/// Most links are endless; the rest end between 2027 and 2030, told as a number or as text.
fn until(rng: &mut Rng) -> Until {
    let end = rng.i64(1_800_000_000..1_890_000_000);
    match rng.u32(0..10) {
        0..7 => Until::Endless,
        7..9 => Until::Number(end),
        _ => Until::Text(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_wished_number_is_shared() {
        for (people, total) in [(1, 0), (1, 5), (10, 30), (200, 600), (300, 900), (2000, 10_000)] {
            let counts = counts(&mut Rng::with_seed(7), people, total);
            assert_eq!(counts.iter().sum::<u32>(), total, "{people} people");
        }
    }

    #[test]
    fn a_large_organisation_has_lists_of_several_pages_and_empty_ones() {
        let counts = counts(&mut Rng::with_seed(7), 300, 900);
        assert!(counts.contains(&250) && counts.contains(&100) && counts.contains(&0));
    }
}
