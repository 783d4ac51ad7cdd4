//! Whether people may sign in to services of others with their accounts.

use orglib_core::{handle, operation};
use orglib_models::{OrgId, security};

handle! {
    /// The restriction of sign-in to external OAuth services. Made by
    /// [`Security::oauth_restriction`](crate::Security::oauth_restriction).
    OauthRestriction(org: OrgId) {
        /// Tells whether sign-in to external services is forbidden.
        fn get() -> Call<GetOauthRestriction>;
        /// Forbids sign-in to external services.
        fn enable() -> Call<EnableOauthRestriction>;
        /// Allows sign-in to external services again.
        fn disable() -> Call<DisableOauthRestriction>;
    }
}

/// Show whether employees are forbidden to sign in to external services by OAuth.
#[operation(
    id = "OauthAccessRestrictionsService_Get", get = "/security/v1/org/{orgId}/oauth_access_restriction",
    host = Api360, scopes = any("ya360_security:domain_settings_read"), output = security::OauthRestriction
)]
pub struct GetOauthRestriction {
    #[path]
    org_id: OrgId,
}

/// Forbid employees to sign in to external services by OAuth.
#[operation(
    id = "OauthAccessRestrictionsService_Enable", post = "/security/v1/org/{orgId}/oauth_access_restriction",
    host = Api360, scopes = any("ya360_security:domain_settings_write"), idempotent = true, output = ()
)]
pub struct EnableOauthRestriction {
    #[path]
    org_id: OrgId,
}

/// Allow employees again to sign in to external services by OAuth.
#[operation(
    id = "OauthAccessRestrictionsService_Disable", delete = "/security/v1/org/{orgId}/oauth_access_restriction",
    host = Api360, scopes = any("ya360_security:domain_settings_write"), output = ()
)]
pub struct DisableOauthRestriction {
    #[path]
    org_id: OrgId,
}
