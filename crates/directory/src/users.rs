//! Employees of an organisation.

use orglib_core::{Call, Client, Error, Generation, List, Page, operation};
use orglib_models::{
    OrgId, UserId,
    directory::{TwoFactorState, User},
};

use crate::{
    contacts::Contacts,
    search::{address, the_only},
};

/// Employees of one organisation. Made by [`Directory::users`](crate::Directory::users).
#[derive(Clone, Debug)]
pub struct Users {
    client: Client,
    org: OrgId,
}

impl Users {
    pub(crate) fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// Lists employees: people, robots, blocked and dismissed ones.
    pub fn list(&self) -> List<ListUsers> {
        self.client.list(ListUsers::new(self.org))
    }

    /// Reads one employee; [`Call::find`] gives `None` where there is none.
    pub fn get(&self, id: UserId) -> Call<GetUser> {
        self.client.call(GetUser::new(self.org, id))
    }

    /// Counts employees: people, robots, blocked and dismissed ones. It asks for one of them only, unless the service does
    /// not tell how many there are.
    ///
    /// # Errors
    /// As a list of users.
    pub async fn count(&self) -> Result<u64, Error> {
        let mut pages = self.list().page_size(1).pages();
        match pages.next().await.transpose()?.and_then(|page| page.total()) {
            Some(total) => Ok(total),
            None => Ok(self.list().try_collect().await?.len() as u64),
        }
    }

    /// Tells whether an employee has set up 2FA and a security phone.
    pub fn two_factor(&self, id: UserId) -> Call<GetTwoFactorState> {
        self.client.call(GetTwoFactorState::new(self.org, id))
    }

    /// Contacts of one employee.
    pub fn contacts(&self, id: UserId) -> Contacts {
        Contacts::new(self.client.clone(), self.org, id)
    }

    /// Looks for one employee by an address: the main one, the default one or an alias.
    ///
    /// The current host searches itself; the legacy one cannot, so all employees are read there. What comes is compared
    /// with what was asked for.
    ///
    /// # Errors
    /// `Build`, where the text is no address, or several employees answer to it; else as a list of users.
    pub async fn find_by_email(&self, email: &str) -> Result<Option<User>, Error> {
        let email = address("get-users", email)?;
        let operation = ListUsers::new(self.org);
        let searches = self.client.endpoints().generation() == Generation::Current;
        let operation = if searches { operation.email(email.as_str()) } else { operation };
        the_only("employees", &email, self.client.list(operation), |user| {
            user.answers_to(&email).then_some(user.id)
        })
        .await
    }
}

/// List employees.
#[operation(
    id = "get-users", get = "/v1/directory/organizations/{org_id}/users", host = Cloud,
    legacy(
        id = "UserService_List", get = "/directory/v1/org/{orgId}/users", list = "users", paging = number(1000)
    ),
    scopes = any("directory:read_users", "directory:write_users"),
    list = "items", paging = offset(1000), output = Page<User>
)]
pub struct ListUsers {
    #[path]
    org_id: OrgId,
    /// Keeps only the employee with this address. The legacy host cannot.
    #[query(only = Current)]
    email: Option<String>,
}

/// Show one employee. It lives on the legacy host only.
#[operation(
    id = "UserService_Get", get = "/directory/v1/org/{orgId}/users/{userId}", host = Api360,
    scopes = any("directory:read_users", "directory:write_users"),
    output = User
)]
pub struct GetUser {
    #[path]
    org_id: OrgId,
    #[path]
    user_id: UserId,
}

/// Tell whether an employee has set up 2FA and a security phone. It lives on the legacy host only.
#[operation(
    id = "UserService_Get2fa", get = "/directory/v1/org/{orgId}/users/{userId}/2fa", host = Api360,
    scopes = any("directory:read_users", "directory:write_users"),
    output = TwoFactorState
)]
pub struct GetTwoFactorState {
    #[path]
    org_id: OrgId,
    #[path]
    user_id: UserId,
}
