//! How one employee signs in.

use orglib_core::{handle, operation, transport::SecretString};
use orglib_models::{
    OrgId, UserId,
    directory::{AuthType, UserAuthType, UserTwoFactorEnforcement},
};

use crate::users::Users;

handle! {
    /// How one employee signs in. Made by [`Users::security`]. What holds for all employees is in `orglib-security`.
    UserSecurity(org: OrgId, user: UserId) {
        /// Drops the security phone, so that another one can be set up. Without one, the service refuses.
        fn drop_phone() -> Call<DropSecurityPhone>;
        /// Tells whether a second factor is forced on this very employee.
        fn two_factor_enforcement() -> Call<GetTwoFactorEnforcement>;
        /// Forces a second factor on this employee, or lifts that.
        fn enforce_two_factor(enforced: bool) -> Call<UpdateTwoFactorEnforcement>;
        /// Tells whether the employee signs in with a password or by an identity provider.
        fn auth_type() -> Call<GetAuthType>;
        /// Changes whether the employee signs in with a password or by an identity provider.
        fn change_auth_type(auth_type: AuthType) -> Call<ChangeAuthType>;
    }
}

impl Users {
    /// How one employee signs in.
    pub fn security(&self, id: UserId) -> UserSecurity {
        UserSecurity::new(self.client.clone(), self.org, id)
    }
}

/// Drop the security phone of an employee. The service refuses with 400 where there is none: see `users two-factor get`.
#[operation(
    id = "UserService_Delete2fa", delete = "/directory/v1/org/{orgId}/users/{userId}/2fa", host = Api360,
    scopes = all("directory:write_users"), output = ()
)]
pub struct DropSecurityPhone {
    #[path]
    org_id: OrgId,
    /// Whose.
    #[path]
    user_id: UserId,
}

/// Show whether a second factor is forced on an employee. It says something only where two-factor sign-in is forced on
/// chosen employees (`per_user`); it is `false` where it is forced on all, and where the employee set it up personally.
#[operation(
    id = "UserService_GetDomain2fa", get = "/directory/v1/org/{orgId}/users/{userId}/domain_2fa", host = Api360,
    scopes = any("directory:read_users", "directory:write_users"), output = UserTwoFactorEnforcement
)]
pub struct GetTwoFactorEnforcement {
    #[path]
    org_id: OrgId,
    /// Whom.
    #[path]
    user_id: UserId,
}

/// Force a second factor on an employee, or lift that. It works only where two-factor sign-in is forced on chosen
/// employees (`per_user`).
#[operation(
    id = "UserService_UpdateDomain2fa", patch = "/directory/v1/org/{orgId}/users/{userId}/domain_2fa",
    host = Api360, scopes = all("directory:write_users"), idempotent = true, output = ()
)]
pub struct UpdateTwoFactorEnforcement {
    #[path]
    org_id: OrgId,
    /// Whom.
    #[path]
    user_id: UserId,
    /// Whether it is forced.
    #[query(name = "is2faEnabled")]
    is_two_factor_enabled: bool,
}

/// Show whether an employee signs in with a password or by an identity provider. The service calls it a preview.
#[operation(
    id = "UserService_GetUserAuthType", get = "/directory/v1/org/{orgId}/users/{userId}/auth_type", host = Api360,
    scopes = any("directory:read_users", "directory:write_users"), output = UserAuthType
)]
pub struct GetAuthType {
    #[path]
    org_id: OrgId,
    /// Who.
    #[path]
    user_id: UserId,
}

/// Change whether an employee signs in with a password or by an identity provider. The service calls it a preview.
#[operation(
    id = "UserService_ChangeUserAuthType", patch = "/directory/v1/org/{orgId}/users/{userId}/auth_type",
    host = Api360, scopes = all("directory:write_users"), idempotent = true, output = ()
)]
pub struct ChangeAuthType {
    #[path]
    org_id: OrgId,
    /// Who.
    #[path]
    user_id: UserId,
    /// The way of signing in.
    #[body]
    auth_type: AuthType,
    /// The new password; needed by who signed in by an identity provider before.
    #[body(secret)]
    password: Option<SecretString>,
    /// Resets one-time passwords; for who goes over to an identity provider. By default they stay.
    #[body]
    drop_otp: Option<bool>,
    /// Whether the password must be changed.
    #[body]
    password_change_required: Option<bool>,
}
