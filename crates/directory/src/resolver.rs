//! Who is meant: by id, or by an address.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use orglib_core::{Client, Error, Generation, List, PagedOperation};
use orglib_models::{Addressed, DepartmentId, Email, GroupId, OrgId, Reference, UserId};

use crate::{ListDepartments, ListGroups, ListUsers};

/// Finds the ids of those who are named by address. Made by [`Directory::resolver`](crate::Directory::resolver).
///
/// One address is looked up; several are found in one reading of the whole list. What comes is compared with what was
/// asked for, and an address that two answer to is refused. What was found once is not asked for again.
#[derive(Clone, Debug)]
pub struct Resolver {
    client: Client,
    org: OrgId,
    users: Names<UserId>,
    groups: Names<GroupId>,
    departments: Names<DepartmentId>,
}

type Names<Id> = Arc<Mutex<HashMap<Email, Id>>>;

impl Resolver {
    /// Makes it of a client, for one organisation.
    pub fn new(client: Client, org: OrgId) -> Self {
        Self { client, org, users: Names::default(), groups: Names::default(), departments: Names::default() }
    }

    /// The id of an employee.
    ///
    /// # Errors
    /// As [`Client::execute`]; `NotFound`, where nobody answers to the address, `Ambiguous`, where two do.
    pub async fn user(&self, who: &Reference<UserId>) -> Result<UserId, Error> {
        self.only::<ListUsers>(&self.users, who).await
    }

    /// The ids of employees, in the order of their names.
    ///
    /// # Errors
    /// As [`user`](Self::user), of the first that cannot be found.
    pub async fn users(&self, who: &[Reference<UserId>]) -> Result<Vec<UserId>, Error> {
        self.ids::<ListUsers>(&self.users, who).await
    }

    /// The id of a group.
    ///
    /// # Errors
    /// As [`user`](Self::user).
    pub async fn group(&self, group: &Reference<GroupId>) -> Result<GroupId, Error> {
        self.only::<ListGroups>(&self.groups, group).await
    }

    /// The ids of groups, in the order of their names.
    ///
    /// # Errors
    /// As [`users`](Self::users).
    pub async fn groups(&self, groups: &[Reference<GroupId>]) -> Result<Vec<GroupId>, Error> {
        self.ids::<ListGroups>(&self.groups, groups).await
    }

    /// The id of a department.
    ///
    /// # Errors
    /// As [`user`](Self::user).
    pub async fn department(&self, department: &Reference<DepartmentId>) -> Result<DepartmentId, Error> {
        self.only::<ListDepartments>(&self.departments, department).await
    }

    /// The ids of departments, in the order of their names.
    ///
    /// # Errors
    /// As [`users`](Self::users).
    pub async fn departments(
        &self,
        departments: &[Reference<DepartmentId>],
    ) -> Result<Vec<DepartmentId>, Error> {
        self.ids::<ListDepartments>(&self.departments, departments).await
    }

    async fn only<O: Searched>(
        &self,
        names: &Names<IdOf<O>>,
        wanted: &Reference<IdOf<O>>,
    ) -> Result<IdOf<O>, Error> {
        let email = match wanted {
            Reference::Id(id) => return Ok(*id),
            Reference::Email(email) => email,
        };
        if let Some(id) = known(names, email) {
            return Ok(id);
        }
        let found = look_up::<O>(&self.client, self.org, email).await?.ok_or_else(|| unknown::<O>(email))?;
        keep(names, email, found.id());
        Ok(found.id())
    }

    async fn ids<O: Searched>(
        &self,
        names: &Names<IdOf<O>>,
        wanted: &[Reference<IdOf<O>>],
    ) -> Result<Vec<IdOf<O>>, Error> {
        let emails = wanted.iter().filter_map(|wanted| match wanted {
            Reference::Email(email) if known(names, email).is_none() => Some((email, Found::default())),
            _ => None,
        });
        let mut missing: HashMap<_, _> = emails.collect();
        if missing.len() > 1 {
            self.read_all::<O>(names, &mut missing).await?;
        }
        let mut ids = Vec::with_capacity(wanted.len());
        for wanted in wanted {
            match wanted {
                // Who was not in the whole list is not looked up again.
                Reference::Email(email) if missing.len() > 1 && known(names, email).is_none() => {
                    return Err(not_one::<O>(email, missing.get(email)));
                }
                _ => ids.push(self.only::<O>(names, wanted).await?),
            }
        }
        Ok(ids)
    }

    /// Finds several in one reading of the list. Who is found stays known, though others are not.
    async fn read_all<O: Searched>(
        &self,
        names: &Names<IdOf<O>>,
        missing: &mut HashMap<&Email, Found<IdOf<O>>>,
    ) -> Result<(), Error> {
        let mut items = self.client.list(O::of(self.org, None)).stream();
        while let Some(item) = items.next().await {
            let item = item?;
            for email in item.addresses() {
                if let Some(found) = missing.get_mut(&email) {
                    found.add(item.id());
                }
            }
        }
        for (email, found) in missing {
            if let Found { first: Some(id), second: None } = found {
                keep(names, email, *id);
            }
        }
        Ok(())
    }
}

/// Who answers to an address: nobody, one, or more, of whom two are named.
struct Found<Id> {
    first: Option<Id>,
    second: Option<Id>,
}

impl<Id> Default for Found<Id> {
    fn default() -> Self {
        Self { first: None, second: None }
    }
}

impl<Id: Copy + Eq> Found<Id> {
    /// Pages may shift while they are read: one that comes twice is one.
    fn add(&mut self, id: Id) {
        match self.first {
            Some(first) if first != id => self.second = Some(id),
            _ => self.first = Some(id),
        }
    }
}

fn known<Id: Copy>(names: &Names<Id>, email: &Email) -> Option<Id> {
    names.lock().unwrap_or_else(PoisonError::into_inner).get(email).copied()
}

fn keep<Id>(names: &Names<Id>, email: &Email, id: Id) {
    names.lock().unwrap_or_else(PoisonError::into_inner).insert(email.clone(), id);
}

fn unknown<O: Searched>(email: &Email) -> Error {
    let what = <O::Item as Addressed>::WHAT;
    Error::not_found(O::META.id, format!("the organisation has no {what} {email}; check the address"))
}

/// Why an address is not that of one.
fn not_one<O: Searched>(email: &Email, found: Option<&Found<IdOf<O>>>) -> Error {
    let what = <O::Item as Addressed>::WHAT;
    match found {
        Some(Found { first: Some(first), second: Some(second) }) => {
            let message = format!("several {what}s answer to {email}: {first} and {second}; give the id");
            Error::ambiguous(O::META.id, message)
        }
        _ => unknown::<O>(email),
    }
}

/// A list of what has addresses, which the current host searches by one.
pub(crate) trait Searched: PagedOperation<Item: Addressed> {
    /// The whole list, or what answers to an address.
    fn of(org: OrgId, email: Option<&Email>) -> Self;
}

type IdOf<O> = <<O as PagedOperation>::Item as Addressed>::Id;

macro_rules! searched {
    ($($operation:ty),+) => {
        $(impl Searched for $operation {
            fn of(org: OrgId, email: Option<&Email>) -> Self {
                match email {
                    Some(email) => Self::new(org).email(email.as_str()),
                    None => Self::new(org),
                }
            }
        })+
    };
}

searched!(ListUsers, ListGroups, ListDepartments);

/// The one that answers to an address, given as text.
pub(crate) async fn find<O: Searched>(
    client: &Client,
    org: OrgId,
    email: &str,
) -> Result<Option<O::Item>, Error> {
    let email = email
        .parse()
        .map_err(|error: orglib_models::InvalidEmail| Error::build(O::META.id, error.to_string()))?;
    look_up::<O>(client, org, &email).await
}

/// The one that answers to an address. A service that does not search sends whatever it has: each is compared, and two
/// that answer are refused, since one of them is not the one that is meant.
async fn look_up<O: Searched>(client: &Client, org: OrgId, email: &Email) -> Result<Option<O::Item>, Error> {
    let searches = client.endpoints().generation() == Generation::Current;
    let list: List<O> = client.list(O::of(org, searches.then_some(email)));
    let mut items = list.stream();
    let mut found = Found::default();
    let mut one = None;
    while let Some(item) = items.next().await {
        let item = item?;
        if item.answers_to(email) {
            found.add(item.id());
            one = Some(item);
        }
    }
    if found.second.is_some() {
        return Err(not_one::<O>(email, Some(&found)));
    }
    Ok(one)
}
