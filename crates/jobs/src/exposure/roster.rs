//! Whom the report is about.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    str::FromStr,
};

use orglib_core::Error;
use orglib_directory::Directory;
use orglib_models::{
    DepartmentId, GroupId, UserId,
    directory::{ContactType, User},
};

use super::row::Failure;
use crate::again::{self, PersistentPages};

/// Whom the report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum People {
    /// Everybody.
    All,
    /// These employees, in this order.
    Listed(Vec<Who>),
    /// The employees of a department and of the departments in it.
    Department(DepartmentId),
    /// The members of a group, and of the groups and departments in it.
    Group(GroupId),
}

impl fmt::Display for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("everybody"),
            Self::Listed(list) => f.debug_list().entries(list.iter().map(ToString::to_string)).finish(),
            Self::Department(id) => write!(f, "department {id}"),
            Self::Group(id) => write!(f, "group {id}"),
        }
    }
}

/// An employee, by id or by address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Who {
    /// By id (uid).
    Id(UserId),
    /// By address: the main one, the default one or an alias.
    Email(String),
}

/// A text that is neither an id nor an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an employee is given by id (digits) or by e-mail address")]
pub struct InvalidWho;

impl FromStr for Who {
    type Err = InvalidWho;

    fn from_str(text: &str) -> Result<Self, InvalidWho> {
        let text = text.trim();
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        match text.split_once('@') {
            Some((name, domain)) if !name.is_empty() && !domain.is_empty() && !domain.contains('@') => {
                Ok(Self::Email(text.to_lowercase()))
            }
            _ => Err(InvalidWho),
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Email(email) => f.write_str(email),
        }
    }
}

/// Whom the report is about, in order, with the addresses of all employees.
#[derive(Debug)]
pub struct Roster {
    entries: Vec<Entry>,
    unknown: Vec<Who>,
    employees: Employees,
}

/// One place in the report.
#[derive(Debug)]
pub(super) enum Entry {
    Person(UserId),
    Failed(Failure),
}

/// The addresses of all employees.
#[derive(Debug, Default)]
pub(super) struct Employees(HashMap<UserId, Box<str>>);

impl Employees {
    pub(super) fn email(&self, id: UserId) -> Option<&str> {
        self.0.get(&id).map(AsRef::as_ref)
    }

    #[cfg(test)]
    pub(super) fn for_tests<const N: usize>(employees: [(u64, &str); N]) -> Self {
        let employees = employees.into_iter().map(|(id, email)| (UserId::new(id).unwrap(), email.into()));
        Self(employees.collect())
    }
}

impl Roster {
    /// How many places the report has: people, and failures to know them.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the report is about nobody.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Listed people whom the organisation does not have. Each is a failure in the report.
    pub fn unknown(&self) -> &[Who] {
        &self.unknown
    }

    pub(super) fn into_parts(self) -> (Vec<Entry>, Employees) {
        (self.entries, self.employees)
    }

    pub(super) async fn read(directory: &Directory, people: People, robots: bool) -> Result<Self, Error> {
        let chosen = Choice::of(directory, people, robots).await?;
        let mut builder = Builder::new(chosen);
        let mut pages = PersistentPages::of(directory.users().list());
        while let Some(page) = pages.next().await? {
            for user in page.items {
                match user {
                    Ok(user) => builder.add(&user),
                    Err(error) if error.operation().is_some() => builder.failed(&error),
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(builder.finish())
    }
}

/// Who is chosen, in terms of what a user object tells.
enum Choice {
    All { robots: bool },
    Listed { wanted: Vec<Who>, found: HashMap<Who, UserId> },
    Members { users: HashSet<UserId>, departments: HashSet<DepartmentId>, robots: bool },
}

impl Choice {
    async fn of(directory: &Directory, people: People, robots: bool) -> Result<Self, Error> {
        match people {
            People::All => Ok(Self::All { robots }),
            People::Listed(wanted) => Ok(Self::Listed { wanted, found: HashMap::new() }),
            People::Department(id) => {
                again::send(directory.departments().get(id)).await?;
                let departments = with_children(directory, HashSet::from([id])).await?;
                Ok(Self::Members { users: HashSet::new(), departments, robots })
            }
            People::Group(id) => Self::of_group(directory, id, robots).await,
        }
    }

    async fn of_group(directory: &Directory, id: GroupId, robots: bool) -> Result<Self, Error> {
        let (mut users, mut departments) = (HashSet::new(), HashSet::new());
        let mut seen = HashSet::from([id]);
        let mut waiting = vec![id];
        while let Some(group) = waiting.pop() {
            let members = again::send(directory.groups().members(group).list()).await?;
            users.extend(members.users.iter().map(|user| user.id));
            departments.extend(members.departments.iter().map(|department| department.id));
            waiting.extend(members.groups.iter().map(|group| group.id).filter(|id| seen.insert(*id)));
        }
        if !departments.is_empty() {
            departments = with_children(directory, departments).await?;
        }
        Ok(Self::Members { users, departments, robots })
    }
}

/// The departments and all departments in them.
async fn with_children(
    directory: &Directory,
    mut departments: HashSet<DepartmentId>,
) -> Result<HashSet<DepartmentId>, Error> {
    let mut all = Vec::new();
    let mut pages = PersistentPages::of(directory.departments().list());
    while let Some(page) = pages.next().await? {
        all.extend(page.items.into_iter().collect::<Result<Vec<_>, _>>()?);
    }
    loop {
        let before = departments.len();
        let children =
            all.iter().filter(|child| child.parent_id.is_some_and(|parent| departments.contains(&parent)));
        let children: Vec<_> = children.map(|child| child.id).collect();
        departments.extend(children);
        if departments.len() == before {
            return Ok(departments);
        }
    }
}

struct Builder {
    choice: Choice,
    entries: Vec<Entry>,
    employees: Employees,
}

impl Builder {
    fn new(choice: Choice) -> Self {
        Self { choice, entries: Vec::new(), employees: Employees::default() }
    }

    fn add(&mut self, user: &User) {
        // Pages may shift while they are read: whoever comes twice is reported once.
        if self.employees.0.insert(user.id, address(user).into()).is_some() {
            return;
        }
        let is_chosen = match &mut self.choice {
            Choice::All { robots } => *robots || !user.is_robot,
            Choice::Members { users, departments, robots } => {
                let is_member = users.contains(&user.id)
                    || user.department_id.is_some_and(|department| departments.contains(&department));
                is_member && (*robots || !user.is_robot)
            }
            Choice::Listed { wanted, found } => {
                for who in wanted.iter().filter(|who| is(user, who)) {
                    found.entry(who.clone()).or_insert(user.id);
                }
                false
            }
        };
        if is_chosen {
            self.entries.push(Entry::Person(user.id));
        }
    }

    fn failed(&mut self, error: &Error) {
        self.entries.push(Entry::Failed(Failure::new("", "", error)));
    }

    fn finish(mut self) -> Roster {
        let mut unknown = Vec::new();
        if let Choice::Listed { wanted, found } = self.choice {
            let mut seen = HashSet::new();
            for who in wanted {
                match found.get(&who) {
                    Some(id) if seen.insert(*id) => self.entries.push(Entry::Person(*id)),
                    Some(_) => {}
                    None => {
                        self.entries.push(Entry::Failed(Failure::unknown(&who.to_string())));
                        unknown.push(who);
                    }
                }
            }
        }
        Roster { entries: self.entries, unknown, employees: self.employees }
    }
}

/// The address by which the report names an employee.
fn address(user: &User) -> String {
    let addresses = [Some(user.email.as_str()), user.default_email.as_deref(), Some(user.nickname.as_str())];
    match addresses.into_iter().flatten().find(|address| !address.is_empty()) {
        Some(address) => address.to_owned(),
        None => user.id.to_string(),
    }
}

fn is(user: &User, who: &Who) -> bool {
    let email = match who {
        Who::Id(id) => return user.id == *id,
        Who::Email(email) => email,
    };
    let same = |address: &str| address.to_lowercase() == *email;
    let contacts = user.contacts.iter().filter(|contact| contact.kind == ContactType::Email);
    let domain = user.email.split_once('@').map(|(_, domain)| domain).unwrap_or_default();
    same(&user.email)
        || user.default_email.as_deref().is_some_and(same)
        || contacts.map(|contact| contact.value.as_str()).any(same)
        || user.aliases.iter().any(|alias| same(alias) || same(&format!("{alias}@{domain}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_employee_is_an_id_or_an_address() {
        assert_eq!("1130000000000001".parse(), Ok(Who::Id(UserId::new(1_130_000_000_000_001).unwrap())));
        assert_eq!(" Anna@Example.ru ".parse(), Ok(Who::Email("anna@example.ru".into())));
        for text in ["", "anna", "@example.ru", "anna@", "a@b@c", "0", "-1"] {
            assert_eq!(text.parse::<Who>(), Err(InvalidWho), "{text:?}");
        }
    }

    #[test]
    fn an_employee_is_found_by_every_address() {
        let user: User = serde_json::from_str(
            r#"{"id":1,"email":"Anna@example.ru","default_email":"a.kim@example.com","aliases":["ann"],
                "contacts":[{"type":"email","value":"kim@example.ru"},{"type":"phone","value":"1@example.ru"}]}"#,
        )
        .unwrap();
        for (email, expected) in [
            ("anna@example.ru", true),
            ("a.kim@example.com", true),
            ("ann@example.ru", true),
            ("kim@example.ru", true),
            ("1@example.ru", false),
            ("ann@example.com", false),
        ] {
            assert_eq!(is(&user, &email.parse().unwrap()), expected, "{email}");
        }
    }
}
