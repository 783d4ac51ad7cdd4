//! Whom the report is about.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use orglib_core::Error;
use orglib_directory::Directory;
use orglib_models::{Addressed, DepartmentId, GroupId, Reference, UserId, directory::User};

use super::row::Failure;
use crate::staff::{AccountStatus, address};

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

/// An employee, by id or by address: the main one, the default one or an alias.
pub type Who = Reference<UserId>;

/// Whom the report is about, in order, with the addresses of all employees.
#[derive(Debug)]
pub struct Roster {
    entries: Vec<Entry>,
    unknown: Vec<Who>,
    employees: Employees,
    left_out: LeftOut,
    is_of_all: bool,
}

/// Who is not in the report, and of whom it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// Robots that were left out.
    pub robots: u64,
    /// People in the report of whom the service does not say whether they are robots.
    pub perhaps_robots: u64,
}

/// One place in the report.
#[derive(Debug)]
pub(super) enum Entry {
    Person(UserId),
    Failed(Failure),
}

/// What the report tells of an employee.
#[derive(Debug)]
pub(super) struct Employee {
    pub(super) email: Box<str>,
    pub(super) status: AccountStatus,
    pub(super) department: Option<DepartmentId>,
}

/// All employees.
#[derive(Debug, Default)]
pub(super) struct Employees(HashMap<UserId, Employee>);

impl Employees {
    pub(super) fn get(&self, id: UserId) -> Option<&Employee> {
        self.0.get(&id)
    }

    #[cfg(test)]
    pub(super) fn for_tests<const N: usize>(employees: [(u64, &str); N]) -> Self {
        let employees = employees.into_iter().map(|(id, email)| {
            let employee = Employee { email: email.into(), status: AccountStatus::Active, department: None };
            (UserId::new(id).unwrap(), employee)
        });
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

    /// Who is not in it, and of whom it is not known.
    pub fn left_out(&self) -> LeftOut {
        self.left_out
    }

    /// Whether everybody is meant.
    pub(super) fn is_of_all(&self) -> bool {
        self.is_of_all
    }

    /// Whether the organisation has such an employee, whoever the report is about.
    pub fn has_employee(&self, id: UserId) -> bool {
        self.employees.0.contains_key(&id)
    }

    /// All employees, whoever the report is about.
    pub(super) fn employee_ids(&self) -> impl Iterator<Item = UserId> {
        self.employees.0.keys().copied()
    }

    pub(super) fn into_parts(self) -> (Vec<Entry>, Employees) {
        (self.entries, self.employees)
    }

    pub(super) async fn read(directory: &Directory, people: People, robots: bool) -> Result<Self, Error> {
        let chosen = Choice::of(directory, people, robots).await?;
        let mut builder = Builder::new(chosen);
        let mut pages = directory.users().list().patient().pages();
        while let Some(page) = pages.next().await.transpose()? {
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
    Listed { wanted: Vec<Who>, found: HashMap<Who, Vec<UserId>> },
    Members { users: HashSet<UserId>, departments: HashSet<DepartmentId>, robots: bool },
}

impl Choice {
    async fn of(directory: &Directory, people: People, robots: bool) -> Result<Self, Error> {
        match people {
            People::All => Ok(Self::All { robots }),
            People::Listed(wanted) => Ok(Self::listed(wanted)),
            People::Department(id) => {
                directory.departments().get(id).patient().send().await?;
                let departments = with_children(directory, HashSet::from([id])).await?;
                Ok(Self::Members { users: HashSet::new(), departments, robots })
            }
            People::Group(id) => Self::of_group(directory, id, robots).await,
        }
    }

    fn listed(wanted: Vec<Who>) -> Self {
        let found = wanted.iter().map(|who| (who.clone(), Vec::new())).collect();
        Self::Listed { wanted, found }
    }

    async fn of_group(directory: &Directory, id: GroupId, robots: bool) -> Result<Self, Error> {
        let (mut users, mut departments) = (HashSet::new(), HashSet::new());
        let mut seen = HashSet::from([id]);
        let mut waiting = vec![id];
        while let Some(group) = waiting.pop() {
            let members = directory.groups().members(group).list().patient().send().await?;
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
    let mut pages = directory.departments().list().patient().pages();
    while let Some(page) = pages.next().await.transpose()? {
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
    left_out: LeftOut,
}

impl Builder {
    fn new(choice: Choice) -> Self {
        let left_out = LeftOut::default();
        Self { choice, entries: Vec::new(), employees: Employees::default(), left_out }
    }

    fn add(&mut self, user: &User) {
        let employee = Employee {
            email: address(user).into(),
            status: AccountStatus::of(user),
            department: user.department_id,
        };
        // Pages may shift while they are read: whoever comes twice is reported once.
        if self.employees.0.insert(user.id, employee).is_some() {
            return;
        }
        let (is_meant, takes_robots) = match &mut self.choice {
            Choice::All { robots } => (true, *robots),
            Choice::Members { users, departments, robots } => {
                let is_member = users.contains(&user.id)
                    || user.department_id.is_some_and(|department| departments.contains(&department));
                (is_member, *robots)
            }
            Choice::Listed { found, .. } => {
                let addresses = user.addresses().into_iter().map(Who::Email);
                for who in addresses.chain([Who::Id(user.id)]) {
                    // An address may be there twice.
                    if let Some(ids) = found.get_mut(&who).filter(|ids| !ids.contains(&user.id)) {
                        ids.push(user.id);
                    }
                }
                (false, true)
            }
        };
        if !is_meant {
            return;
        }
        // Whoever may be a person is in the report.
        match user.is_robot {
            Some(true) if !takes_robots => self.left_out.robots += 1,
            is_robot => {
                self.left_out.perhaps_robots += u64::from(is_robot.is_none());
                self.entries.push(Entry::Person(user.id));
            }
        }
    }

    fn failed(&mut self, error: &Error) {
        self.entries.push(Entry::Failed(Failure::new("", "", error)));
    }

    fn finish(mut self) -> Roster {
        let mut unknown = Vec::new();
        let is_of_all = matches!(self.choice, Choice::All { .. });
        if let Choice::Listed { wanted, found } = self.choice {
            let mut seen = HashSet::new();
            for who in wanted {
                match found.get(&who).map_or(&[][..], Vec::as_slice) {
                    [id] if seen.insert(*id) => self.entries.push(Entry::Person(*id)),
                    [_] => {}
                    [] => {
                        self.entries.push(Entry::Failed(Failure::unknown(&who.to_string())));
                        unknown.push(who);
                    }
                    // One of them is not the one that is meant.
                    ids => self.entries.push(Entry::Failed(Failure::ambiguous(&who.to_string(), ids))),
                }
            }
        }
        let Self { entries, employees, left_out, .. } = self;
        Roster { entries, unknown, employees, left_out, is_of_all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(robots: bool, users: &[&str]) -> Roster {
        let mut builder = Builder::new(Choice::All { robots });
        for user in users {
            builder.add(&serde_json::from_str(user).unwrap());
        }
        builder.finish()
    }

    #[test]
    fn robots_are_left_out_with_their_number_and_whoever_may_be_a_person_is_in() {
        let users = [r#"{"id":1,"is_robot":true}"#, r#"{"id":2,"is_robot":false}"#, r#"{"id":3}"#];
        let roster = read(false, &users);
        assert_eq!((roster.len(), roster.left_out()), (2, LeftOut { robots: 1, perhaps_robots: 1 }));
        assert_eq!(read(true, &users).len(), 3);
    }

    #[test]
    fn an_address_that_two_answer_to_is_a_failure_and_neither_of_them() {
        let wanted: Vec<Who> = vec!["anna@example.ru".parse().unwrap(), "2".parse().unwrap()];
        let mut builder = Builder::new(Choice::listed(wanted));
        for id in [1, 2] {
            let user = format!(r#"{{"id":{id},"email":"Anna@example.ru"}}"#);
            builder.add(&serde_json::from_str(&user).unwrap());
        }
        let (entries, _) = builder.finish().into_parts();
        let [Entry::Failed(failure), Entry::Person(second)] = entries.as_slice() else {
            panic!("{entries:?}")
        };
        assert!(failure.message.contains("answer to it: 1, 2"), "{failure:?}");
        assert_eq!(second.get(), 2);
    }
}
