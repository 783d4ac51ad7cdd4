//! Employees of an organisation.

use orglib_core::transport::bytes::Bytes;
use orglib_core::{Error, Page, handle, operation};
use orglib_models::{
    OrgId, UserId,
    directory::{Avatar, TwoFactorState, User},
};

use crate::{contacts::Contacts, resolver::find};

handle! {
    /// Employees of one organisation. Made by [`Directory::users`](crate::Directory::users).
    Users(org: OrgId) {
        /// Lists employees: people, robots, blocked and dismissed ones.
        fn list() -> List<ListUsers>;
        /// Reads one employee; [`Call::find`] gives `None` where there is none.
        fn get(id: UserId) -> Call<GetUser>;
        /// Tells whether an employee has set up 2FA and a security phone.
        fn two_factor(id: UserId) -> Call<GetTwoFactorState>;
        /// Replaces an employee's portrait: PNG, JPEG, GIF or WebP.
        fn replace_avatar(id: UserId, avatar: impl Into<Bytes>) -> Call<ReplaceAvatar>;
        /// Contacts of one employee.
        fn contacts(id: UserId) -> Contacts;
    }
}

impl Users {
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

    /// Looks for one employee by an address: the main one, the default one or an alias.
    ///
    /// The current host searches itself; the legacy one cannot, so all employees are read there. What comes is compared
    /// with what was asked for.
    ///
    /// # Errors
    /// `Build`, where the text is no address, or several employees answer to it; else as a list of users.
    pub async fn find_by_email(&self, email: &str) -> Result<Option<User>, Error> {
        find::<ListUsers>(&self.client, self.org, email).await
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

/// Replace an employee's portrait. Only accounts of the organisation's own domain have one.
///
/// No limit of size or form is documented. What is neither PNG, JPEG, GIF nor WebP is refused unsent.
#[operation(
    id = "UserService_UpdateAvatar", put = "/directory/v1/org/{orgId}/users/{userId}/avatar", host = Api360,
    scopes = all("directory:write_users"), output = Avatar
)]
pub struct ReplaceAvatar {
    #[path]
    org_id: OrgId,
    /// Whose.
    #[path]
    user_id: UserId,
    /// The picture: PNG, JPEG, GIF or WebP.
    #[body(bytes = "image/*")]
    avatar: Bytes,
}
