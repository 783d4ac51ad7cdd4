//! How one employee signs in.

use orglib_macros::model;

use crate::{UserId, open_enum::open_enum};

/// Whether a second factor is forced on an employee.
#[model]
pub struct UserTwoFactorEnforcement {
    /// The employee's id (uid).
    pub id: Option<UserId>,
    /// Whether it is forced on this very employee.
    #[model(name = "is_2fa_enabled")]
    pub is_two_factor_enabled: Option<bool>,
}

/// How an employee signs in.
#[model]
pub struct UserAuthType {
    /// The way of signing in.
    pub auth_type: AuthType,
}

open_enum! {
    /// A way of signing in.
    AuthType {
        /// With a login and a password.
        Portal = "portal",
        /// By an identity provider (SSO).
        Idp = "idp",
    }
}
