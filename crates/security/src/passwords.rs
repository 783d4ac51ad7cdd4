//! What passwords must keep to.

use orglib_core::{handle, operation};
use orglib_models::{OrgId, security::PasswordPolicy};

handle! {
    /// The password policy of one organisation. Made by [`Security::passwords`](crate::Security::passwords).
    Passwords(org: OrgId) {
        /// Reads the password policy.
        fn get() -> Call<GetPasswordPolicy>;
        /// Changes the password policy; what is not given stays as it is.
        fn update() -> Call<UpdatePasswordPolicy>;
    }
}

/// Show what passwords must keep to.
#[operation(
    id = "DomainPasswordsService_Get", get = "/security/v1/org/{orgId}/domain_passwords", host = Api360,
    scopes = any("ya360_security:domain_passwords_read"), output = PasswordPolicy
)]
pub struct GetPasswordPolicy {
    #[path]
    org_id: OrgId,
}

/// Change what passwords must keep to. What is not given stays as it is.
#[operation(
    id = "DomainPasswordsService_Update", put = "/security/v1/org/{orgId}/domain_passwords", host = Api360,
    scopes = any("ya360_security:domain_passwords_write"), check = Self::check, output = PasswordPolicy
)]
pub struct UpdatePasswordPolicy {
    #[path]
    org_id: OrgId,
    /// Whether employees may change their passwords.
    #[body]
    enabled: Option<bool>,
    /// How long a password lives, in days. It says too how strictly a new password is checked.
    #[body]
    change_frequency: Option<u32>,
}

impl UpdatePasswordPolicy {
    fn check(&self) -> Result<(), String> {
        match (self.enabled, self.change_frequency) {
            (None, None) => Err("nothing to change; give `enabled` or `change_frequency`".to_owned()),
            _ => Ok(()),
        }
    }
}
