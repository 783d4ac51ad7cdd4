//! The names of those who have access: groups, departments and the organisation. Read once, where one is asked for.

use std::{collections::HashMap, fmt::Display, hash::Hash};

use orglib_core::{Error, PagedOperation};
use orglib_directory::Directory;
use orglib_models::{
    DepartmentId, GroupId, OrgId,
    disk::{AccessMacro, AccessType, PublicAccess},
};
use tokio::sync::OnceCell;

use super::{
    reach::Reach,
    row::{Failure, is_macro},
};

/// The names of an organisation's groups and departments, and its own.
#[derive(Debug)]
pub(super) struct Names {
    directory: Option<Directory>,
    org: OrgId,
    groups: OnceCell<HashMap<GroupId, String>>,
    departments: OnceCell<HashMap<DepartmentId, (String, Option<String>)>>,
    organization: OnceCell<Option<String>>,
}

impl Names {
    pub(super) fn new(directory: Directory, org: OrgId) -> Self {
        Self { directory: Some(directory), ..Self::unread(org) }
    }

    fn unread(org: OrgId) -> Self {
        Self {
            directory: None,
            org,
            groups: OnceCell::new(),
            departments: OnceCell::new(),
            organization: OnceCell::new(),
        }
    }

    #[cfg(test)]
    pub(super) fn for_tests() -> Self {
        Self::unread(OrgId::new(100).unwrap())
    }

    /// Who has an access that is no employee's. Where names cannot be read, that is added to `gaps`, once, and the id
    /// stands for the name.
    pub(super) async fn recipient(
        &self,
        access: &PublicAccess,
        word: &str,
        reach: Reach,
        gaps: &mut Vec<Failure>,
    ) -> String {
        let id = access.id.as_deref().unwrap_or_default();
        if is_macro(access) {
            return match (AccessMacro::from(word), reach) {
                (AccessMacro::All, _) => "everybody with the link".to_owned(),
                (AccessMacro::Employees, Reach::Organization) => match self.organization(gaps).await {
                    Some(name) => format!("all employees of {name}"),
                    None => "all employees".to_owned(),
                },
                (AccessMacro::Employees, _) => format!("all employees of organization {}", other(access)),
                _ => format!("{word} (a word that is not known)"),
            };
        }
        match (&access.kind, reach) {
            (AccessType::Group, Reach::Internal) => {
                let name = self.group(id, gaps).await;
                name.unwrap_or_else(|| format!("group {id}"))
            }
            (AccessType::Department, Reach::Internal) => {
                let read = self.departments(gaps).await;
                let found = id.parse().ok().and_then(|id| read?.get(&id));
                found
                    .map_or_else(|| format!("department {id}"), |(name, email)| named(name, email.as_deref()))
            }
            (_, Reach::External) if id.is_empty() => format!("somebody outside{}", of_organization(access)),
            (_, Reach::External) => format!("{id} (outside{})", of_organization(access)),
            (_, Reach::Unknown) if id.is_empty() => "nobody knows".to_owned(),
            _ => id.to_owned(),
        }
    }

    /// The name of a department.
    pub(super) async fn department(&self, id: DepartmentId, gaps: &mut Vec<Failure>) -> Option<String> {
        self.departments(gaps).await?.get(&id).map(|(name, _)| name.clone())
    }

    /// Names and addresses of departments.
    async fn departments(
        &self,
        gaps: &mut Vec<Failure>,
    ) -> Option<&HashMap<DepartmentId, (String, Option<String>)>> {
        let directory = self.directory.as_ref()?;
        let read = self.departments.get_or_init(async || {
            let list = directory.departments().list();
            all(list, |one| (one.id, (one.name.clone(), one.email.clone())), gaps).await
        });
        Some(read.await)
    }

    async fn group(&self, id: &str, gaps: &mut Vec<Failure>) -> Option<String> {
        let directory = self.directory.as_ref()?;
        let read = self.groups.get_or_init(async || {
            let list = directory.groups().list();
            all(list, |one| (one.id, named(&one.name, one.email.as_deref())), gaps).await
        });
        read.await.get(&id.parse().ok()?).cloned()
    }

    async fn organization(&self, gaps: &mut Vec<Failure>) -> Option<&str> {
        let directory = self.directory.as_ref()?;
        let read = self.organization.get_or_init(async || {
            let list = directory.organizations().list();
            let names = all(list, |one| (one.id, one.name.clone()), gaps).await;
            names.get(&self.org).filter(|name| !name.is_empty()).cloned()
        });
        read.await.as_deref()
    }
}

/// Every item of a list as a pair. What cannot be read is a gap: the report says so, and shows ids.
async fn all<O: PagedOperation, K: Eq + Hash, V>(
    list: orglib_core::List<O>,
    pair: impl Fn(&O::Item) -> (K, V),
    gaps: &mut Vec<Failure>,
) -> HashMap<K, V> {
    let mut names = HashMap::new();
    let mut pages = list.patient().pages();
    loop {
        match pages.next().await.transpose() {
            Ok(None) => return names,
            Ok(Some(page)) => {
                for item in page.items {
                    match item {
                        Ok(item) => names.extend([pair(&item)]),
                        Err(error) => gaps.push(gap(&error)),
                    }
                }
            }
            Err(error) => {
                gaps.push(gap(&error));
                return names;
            }
        }
    }
}

fn gap(error: &Error) -> Failure {
    let mut failure = Failure::new("", "", error);
    failure.message = format!("names are missing, ids stand for them: {}", failure.message);
    failure
}

fn named(name: &str, email: Option<&str>) -> String {
    match email {
        Some(email) => format!("{name} <{email}>"),
        None => name.to_owned(),
    }
}

fn other(access: &PublicAccess) -> impl Display {
    access.org_id.map(|id| id.to_string()).unwrap_or_default()
}

fn of_organization(access: &PublicAccess) -> String {
    access.org_id.map(|id| format!(", organization {id}")).unwrap_or_default()
}
