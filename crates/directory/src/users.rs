//! Employees of an organisation.

use orglib_core::{
    Error, Page, handle, operation,
    transport::{SecretString, bytes::Bytes},
};
use orglib_models::{
    Date, DepartmentId, OrgId, UserId,
    directory::{
        AliasRemoved, Avatar, Gender, NewContact, NewUserName, TwoFactorState, User, UserDeleted,
        UserNameChange,
    },
};

use crate::{contacts::Contacts, resolver::find};

handle! {
    /// Employees of one organisation. Made by [`Directory::users`](crate::Directory::users).
    Users(org: OrgId) {
        /// Lists employees: people, robots, blocked and dismissed ones.
        fn list() -> List<ListUsers>;
        /// Reads one employee; [`Call::find`] gives `None` where there is none.
        fn get(id: UserId) -> Call<GetUser>;
        /// Makes an account on the organisation's own domain. A call that is lost may have made it: read before it is
        /// repeated.
        fn create(
            nickname: impl Into<String>,
            department: DepartmentId,
            name: impl Into<NewUserName>,
            password: impl Into<SecretString>,
        ) -> Call<CreateUser>;
        /// Changes an employee; what is not given stays as it is.
        fn update(id: UserId) -> Call<UpdateUser>;
        /// Changes the default address and the name that is shown, which the current host alone can.
        fn update_default(id: UserId) -> Call<UpdateUserDefault>;
        /// Deletes an employee with mailbox and files. It cannot be undone.
        fn delete(id: UserId) -> Call<DeleteUser>;
        /// Adds an alias: another name before the `@`.
        fn create_alias(id: UserId, alias: impl Into<String>) -> Call<CreateUserAlias>;
        /// Removes an alias.
        fn delete_alias(id: UserId, alias: impl Into<String>) -> Call<DeleteUserAlias>;
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
    /// `Build`, where the text is no address, `Ambiguous`, where several employees answer to it; else as a list of users.
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

/// Create an employee's account on the organisation's own domain.
#[operation(
    id = "UserService_Create", post = "/directory/v1/org/{orgId}/users", host = Api360,
    scopes = all("directory:write_users"), check = Self::check, output = User
)]
pub struct CreateUser {
    #[path]
    org_id: OrgId,
    /// The login, the part of the address before `@`.
    #[body]
    nickname: String,
    /// The department; 1 is the one above all.
    #[body]
    department_id: DepartmentId,
    /// The name.
    #[body]
    name: NewUserName,
    /// The first password.
    #[body(secret)]
    password: SecretString,
    /// Whether another password has to be chosen at the first sign-in.
    #[body]
    password_change_required: Option<bool>,
    /// The name that is shown to others.
    #[body]
    display_name: Option<String>,
    /// The gender.
    #[body]
    gender: Option<Gender>,
    /// The job title.
    #[body]
    position: Option<String>,
    /// A free description.
    #[body]
    about: Option<String>,
    /// The birthday.
    #[body]
    birthday: Option<Date>,
    /// Contacts, but those that the service makes of addresses.
    #[body]
    contacts: Option<Vec<NewContact>>,
    /// The organisation's own id of the employee.
    #[body]
    external_id: Option<String>,
    /// The time zone, for instance `Europe/Moscow`.
    #[body]
    timezone: Option<String>,
    /// The language, for instance `ru`.
    #[body]
    language: Option<String>,
}

impl CreateUser {
    fn check(&self) -> Result<(), String> {
        local_part("nickname", &self.nickname)
    }
}

/// Change an employee. What is not given stays as it is.
#[operation(
    id = "UserService_Update", patch = "/directory/v1/org/{orgId}/users/{userId}", host = Api360,
    scopes = all("directory:write_users"), idempotent = true, output = User
)]
pub struct UpdateUser {
    #[path]
    org_id: OrgId,
    /// Whom.
    #[path]
    user_id: UserId,
    /// A new login, the part of the address before `@`.
    #[body]
    nickname: Option<String>,
    /// The department that the employee moves to.
    #[body]
    department_id: Option<DepartmentId>,
    /// The name, in parts.
    #[body]
    name: Option<UserNameChange>,
    /// Whether the account is active; `false` blocks it.
    #[body]
    is_enabled: Option<bool>,
    /// Whether the employee administers the organisation.
    #[body]
    is_admin: Option<bool>,
    /// A new password.
    #[body(secret)]
    password: Option<SecretString>,
    /// Whether another password has to be chosen at the next sign-in.
    #[body]
    password_change_required: Option<bool>,
    /// The name that is shown to others.
    #[body]
    display_name: Option<String>,
    /// The gender.
    #[body]
    gender: Option<Gender>,
    /// The job title.
    #[body]
    position: Option<String>,
    /// A free description.
    #[body]
    about: Option<String>,
    /// The birthday.
    #[body]
    birthday: Option<Date>,
    /// Contacts, in place of all that people entered.
    #[body]
    contacts: Option<Vec<NewContact>>,
    /// The organisation's own id of the employee.
    #[body]
    external_id: Option<String>,
    /// The time zone, for instance `Europe/Moscow`.
    #[body]
    timezone: Option<String>,
    /// The language, for instance `ru`.
    #[body]
    language: Option<String>,
}

/// Change an employee's default address and the name that is shown. It lives on the current host only.
#[operation(
    id = "patch-user", patch = "/v1/directory/organizations/{org_id}/users/{user_id}", host = Cloud,
    scopes = any("directory:write_users"), idempotent = true, output = User
)]
pub struct UpdateUserDefault {
    #[path]
    org_id: OrgId,
    /// Whom.
    #[path]
    user_id: UserId,
    /// The default address for work mail.
    #[body]
    default_email: Option<String>,
    /// The name that is shown to others.
    #[body]
    display_name: Option<String>,
}

/// Delete an employee, with mailbox and files. It cannot be undone.
#[operation(
    id = "UserService_Delete", delete = "/directory/v1/org/{orgId}/users/{userId}", host = Api360,
    scopes = all("directory:write_users"), output = UserDeleted
)]
pub struct DeleteUser {
    #[path]
    org_id: OrgId,
    /// Whom.
    #[path]
    user_id: UserId,
}

/// Add an alias to an employee: another name before the `@`.
#[operation(
    id = "post-user-alias", post = "/v1/api360/directory/org/{org_id}/users/{user_id}/aliases", host = Cloud,
    legacy(id = "UserService_CreateUserAlias", post = "/directory/v1/org/{orgId}/users/{userId}/aliases"),
    scopes = all("directory:write_users"), check = Self::check, output = User
)]
pub struct CreateUserAlias {
    #[path]
    org_id: OrgId,
    /// Whose.
    #[path]
    user_id: UserId,
    /// The alias, without `@` and domain.
    #[body]
    alias: String,
}

impl CreateUserAlias {
    fn check(&self) -> Result<(), String> {
        local_part("alias", &self.alias)
    }
}

/// Remove an alias of an employee.
#[operation(
    id = "delete-user-alias", delete = "/v1/api360/directory/org/{org_id}/users/{user_id}/aliases/{alias}",
    host = Cloud,
    legacy(
        id = "UserService_DeleteUserAlias", delete = "/directory/v1/org/{orgId}/users/{userId}/aliases/{alias}"
    ),
    scopes = all("directory:write_users"), output = AliasRemoved
)]
pub struct DeleteUserAlias {
    #[path]
    org_id: OrgId,
    /// Whose.
    #[path]
    user_id: UserId,
    /// The alias, without `@` and domain.
    #[path]
    alias: String,
}

/// Refuses a whole address where the part before the `@` is meant: the domain is the organisation's own.
pub(crate) fn local_part(name: &str, text: &str) -> Result<(), String> {
    if text.is_empty() || text.contains('@') {
        return Err(format!("`{name}` is the part of the address before the @; give that alone"));
    }
    Ok(())
}
