//! Obligatory two-factor sign-in.

use orglib_core::{handle, operation};
use orglib_models::{
    OrgId,
    security::{TwoFactorScope, TwoFactorSettings, TwoFactorStatus, TwoFactorValidationMethod},
};

/// How long the set-up may be put off at most, on the current host: six months.
const LONGEST: u32 = 16_070_400;

handle! {
    /// Obligatory two-factor sign-in of one organisation. Made by [`Security::two_factor`](crate::Security::two_factor).
    ///
    /// Both hosts tell of the same thing and speak of it in other words: `get`, `enable` and `disable` ask the legacy
    /// one, `settings` and `update_settings` the current one. It is not there on small plans.
    TwoFactor(org: OrgId) {
        /// Tells whether a second factor is obligatory.
        fn get() -> Call<GetTwoFactorStatus>;
        /// Makes a second factor obligatory. An employee may put its set-up off for so many seconds.
        fn enable(duration: u32) -> Call<EnableTwoFactor>;
        /// Makes a second factor a matter of choice again.
        fn disable() -> Call<DisableTwoFactor>;
        /// Tells how a second factor is obligatory, on the current host.
        fn settings() -> Call<GetTwoFactorSettings>;
        /// Makes a second factor obligatory or not, on the current host.
        fn update_settings(enabled: bool) -> Call<UpdateTwoFactorSettings>;
    }
}

/// Show whether a second factor is obligatory, as the legacy host tells it. It counts as on only where it is forced on
/// all; where it is forced on chosen employees, ask for each of them.
#[operation(
    id = "Domain2FAV2Service_Get", get = "/security/v2/org/{orgId}/domain_2fa", host = Api360,
    scopes = any("ya360_security:domain_2fa_write"), output = TwoFactorStatus
)]
pub struct GetTwoFactorStatus {
    #[path]
    org_id: OrgId,
}

/// Make a second factor obligatory. Going from all employees to chosen ones leaves it to those who had set it up
/// themselves, and takes it from the others.
#[operation(
    id = "Domain2FAV2Service_Enable", post = "/security/v2/org/{orgId}/domain_2fa", host = Api360,
    scopes = any("ya360_security:domain_2fa_write"), output = TwoFactorStatus
)]
pub struct EnableTwoFactor {
    #[path]
    org_id: OrgId,
    /// How long an employee may put the set-up off, in seconds.
    #[body]
    duration: u32,
    /// Signs all employees out once. Their app passwords stop working too, and must be made anew.
    #[body]
    logout_users: Option<bool>,
    /// How the second factor is checked.
    #[body]
    validation_method: Option<TwoFactorValidationMethod>,
    /// Whom it covers; by default all employees.
    #[body]
    scope: Option<TwoFactorScope>,
}

/// Make a second factor a matter of choice again.
#[operation(
    id = "Domain2FAV2Service_Disable", delete = "/security/v2/org/{orgId}/domain_2fa", host = Api360,
    scopes = any("ya360_security:domain_2fa_write"), output = TwoFactorStatus
)]
pub struct DisableTwoFactor {
    #[path]
    org_id: OrgId,
}

/// Show how a second factor is obligatory, as the current host tells it. It counts as on only where it is forced on all.
#[operation(
    id = "get-2fa", get = "/v1/directory/organizations/{org_id}/settings/2fa", host = Cloud,
    scopes = any("ya360_security:domain_2fa_write"), output = TwoFactorSettings
)]
pub struct GetTwoFactorSettings {
    #[path]
    org_id: OrgId,
}

/// Make a second factor obligatory or not, on the current host. Going from all employees to chosen ones leaves it to
/// those who had set it up themselves, and takes it from the others.
#[operation(
    id = "put-2fa", put = "/v1/directory/organizations/{org_id}/settings/2fa", host = Cloud,
    scopes = any("ya360_security:domain_2fa_write"), check = Self::check, output = TwoFactorSettings
)]
pub struct UpdateTwoFactorSettings {
    #[path]
    org_id: OrgId,
    /// Whether it is obligatory.
    #[body]
    enabled: bool,
    /// How long an employee may put the set-up off, in seconds; at most 16070400, six months.
    #[body]
    setup_grace_period_seconds: Option<u32>,
    /// Whom it covers.
    #[body]
    enforcement_mode: Option<TwoFactorScope>,
    /// The second factor, `totp` for one.
    #[body]
    second_factor_type: Option<String>,
    /// How the phone is checked, `default` for one.
    #[body]
    preferred_phone_validation_method: Option<String>,
}

impl UpdateTwoFactorSettings {
    fn check(&self) -> Result<(), String> {
        match self.setup_grace_period_seconds {
            Some(seconds) if seconds > LONGEST => Err(format!(
                "the set-up is put off for {LONGEST} seconds (six months) at most, not for {seconds}"
            )),
            _ => Ok(()),
        }
    }
}
