//! The employees of an organisation, as reports name them.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    fmt,
    sync::Arc,
};

use orglib_core::Error;
use orglib_directory::Directory;
use orglib_models::{Addressed, Email, Timestamp, UserId, directory::User};
use serde::{Deserialize, Serialize};

/// Whether a person still works here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AccountStatus {
    /// The account is active.
    Active,
    /// The account is blocked.
    Blocked,
    /// The person was dismissed.
    Dismissed,
    /// The service does not say.
    #[default]
    Unknown,
}

impl AccountStatus {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Blocked => "blocked",
            Self::Dismissed => "dismissed",
            Self::Unknown => "unknown",
        }
    }

    pub(crate) fn of_word(word: &str) -> Self {
        let known = [Self::Active, Self::Blocked, Self::Dismissed];
        known.into_iter().find(|status| status.as_str() == word).unwrap_or(Self::Unknown)
    }

    pub(crate) fn of(user: &User) -> Self {
        match (user.is_dismissed, user.is_enabled) {
            (Some(true), _) => Self::Dismissed,
            (_, Some(false)) => Self::Blocked,
            (Some(false), Some(true)) => Self::Active,
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for AccountStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What reports tell of an employee: an organisation may have a hundred thousand.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: UserId,
    pub(crate) email: Box<str>,
    pub(crate) status: AccountStatus,
    pub(crate) is_admin: Option<bool>,
    pub(crate) is_two_factor_enabled: Option<bool>,
    pub(crate) created_at: Option<Timestamp>,
    is_robot: Option<bool>,
}

impl From<&User> for Person {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            email: address(user).into(),
            status: AccountStatus::of(user),
            is_admin: user.is_admin,
            is_two_factor_enabled: user.is_two_factor_enabled,
            created_at: user.created_at.clone(),
            is_robot: user.is_robot,
        }
    }
}

/// All employees that the list holds, robots too, in its order.
#[derive(Debug, Default)]
pub(crate) struct Staff {
    people: Vec<Arc<Person>>,
    places: HashMap<UserId, usize>,
    /// Every address that one of them answers to, where they are kept.
    pub(crate) addresses: HashSet<Email>,
    /// What of the list could not be understood.
    pub(crate) unread: Vec<Error>,
}

impl Staff {
    /// Reads the list of employees; their addresses are kept where they are wanted.
    pub(crate) async fn read(directory: &Directory, with_addresses: bool) -> Result<Self, Error> {
        let mut staff = Self::default();
        let mut pages = directory.users().list().patient().pages();
        while let Some(page) = pages.next().await.transpose()? {
            for user in page.items {
                match user {
                    Ok(user) => {
                        staff
                            .addresses
                            .extend(with_addresses.then(|| user.addresses()).into_iter().flatten());
                        staff.add(&user);
                    }
                    Err(error) if error.is_of_item() => staff.unread.push(error),
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(staff)
    }

    fn add(&mut self, user: &User) {
        // Pages may shift while they are read: whoever comes twice is reported once.
        if let Entry::Vacant(place) = self.places.entry(user.id) {
            place.insert(self.people.len());
            self.people.push(Arc::new(user.into()));
        }
    }

    /// Everybody, robots too.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<Person>> {
        self.people.iter()
    }

    /// Everybody but the robots: whoever may be a person is among them.
    pub(crate) fn persons(&self) -> impl Iterator<Item = &Arc<Person>> {
        self.people.iter().filter(|person| person.is_robot != Some(true))
    }

    /// How many robots there are.
    pub(crate) fn robots(&self) -> usize {
        self.people.len() - self.persons().count()
    }

    /// One of them.
    pub(crate) fn get(&self, id: UserId) -> Option<&Person> {
        self.places.get(&id).map(|place| &*self.people[*place])
    }
}

/// The address by which reports name an employee.
pub(crate) fn address(user: &User) -> String {
    let addresses = [user.email.as_deref(), user.default_email.as_deref(), Some(user.nickname.as_str())];
    match addresses.into_iter().flatten().find(|address| !address.is_empty()) {
        Some(address) => address.to_owned(),
        None => user.id.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_of_an_account_is_never_made_up() {
        for (user, status) in [
            (r#"{"id":1,"is_enabled":true,"is_dismissed":false}"#, AccountStatus::Active),
            (r#"{"id":1,"is_enabled":false}"#, AccountStatus::Blocked),
            (r#"{"id":1,"is_enabled":true,"is_dismissed":true}"#, AccountStatus::Dismissed),
            (r#"{"id":1,"is_enabled":true}"#, AccountStatus::Unknown),
            (r#"{"id":1}"#, AccountStatus::Unknown),
        ] {
            assert_eq!(AccountStatus::of(&serde_json::from_str(user).unwrap()), status, "{user}");
        }
    }

    #[test]
    fn whoever_comes_twice_is_there_once() {
        let mut staff = Staff::default();
        for id in [1, 2, 1] {
            let user = format!(r#"{{"id":{id},"email":"p{id}@example.ru","is_robot":{}}}"#, id == 2);
            staff.add(&serde_json::from_str(&user).unwrap());
        }
        assert_eq!((staff.people.len(), staff.robots(), staff.persons().count()), (2, 1, 1));
        assert_eq!(&*staff.get(UserId::new(1).unwrap()).unwrap().email, "p1@example.ru");
    }
}
