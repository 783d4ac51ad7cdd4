//! How long people stay signed in.

use orglib_core::{handle, operation};
use orglib_models::{OrgId, UserId, security::SessionSettings};

handle! {
    /// Sessions of one organisation's employees. Made by [`Security::sessions`](crate::Security::sessions).
    Sessions(org: OrgId) {
        /// Tells how long the cookie of a session lives.
        fn get() -> Call<GetSessionSettings>;
        /// Sets how long the cookie of a session lives, in seconds; 0 is without an end.
        fn update(auth_ttl: u32) -> Call<UpdateSessionSettings>;
        /// Signs an employee out on all devices. Their app passwords stop working too.
        fn sign_out(user: UserId) -> Call<SignOutUser>;
        /// Signs all employees out on all devices. Their app passwords stop working too.
        fn sign_out_all() -> Call<SignOutAll>;
    }
}

/// Show how long the cookie of a session lives.
#[operation(
    id = "DomainSessionsService_Get", get = "/security/v1/org/{orgId}/domain_sessions", host = Api360,
    scopes = any("ya360_security:domain_sessions_read"), output = SessionSettings
)]
pub struct GetSessionSettings {
    #[path]
    org_id: OrgId,
}

/// Set how long the cookie of a session lives.
#[operation(
    id = "DomainSessionsService_Update", post = "/security/v1/org/{orgId}/domain_sessions", host = Api360,
    scopes = any("ya360_security:domain_sessions_write"), idempotent = true, output = SessionSettings
)]
pub struct UpdateSessionSettings {
    #[path]
    org_id: OrgId,
    /// For so many seconds; 0 is without an end.
    #[body(name = "authTTL")]
    auth_ttl: u32,
}

/// Sign an employee out on all devices. Their app passwords stop working too, and must be made anew; so may tokens
/// that they gave to applications.
#[operation(
    id = "DomainSessionsService_UserLogout", put = "/security/v1/org/{orgId}/domain_sessions/users/{userId}/logout",
    host = Api360, scopes = any("ya360_security:domain_sessions_write"), output = ()
)]
pub struct SignOutUser {
    #[path]
    org_id: OrgId,
    /// Whom.
    #[path]
    user_id: UserId,
}

/// Sign all employees out on all devices. Their app passwords stop working too, and must be made anew; so may tokens
/// that they gave to applications, your own too.
#[operation(
    id = "post-2fa", post = "/v1/directory/organizations/{org_id}/sessions/revoke-all", host = Cloud,
    scopes = any("ya360_security:domain_2fa_write"), idempotent = true, output = ()
)]
pub struct SignOutAll {
    #[path]
    org_id: OrgId,
}
