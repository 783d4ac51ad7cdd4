//! Sign-in of an organisation: second factors, passwords, sessions, and who may act as employees.

use orglib_macros::{model, request};

use crate::{ServiceApplicationId, Timestamp, open_enum::open_enum};

/// Obligatory two-factor sign-in, as the legacy host tells of it.
#[model]
pub struct TwoFactorStatus {
    /// Whether it is forced on all employees. It is `false` where it is forced on chosen ones.
    pub enabled: Option<bool>,
    /// How long an employee may put the set-up off, in seconds.
    pub duration: Option<i64>,
    /// When it was switched on.
    pub enabled_at: Option<Timestamp>,
    /// Whom it covers.
    pub scope: TwoFactorScope,
}

/// Obligatory two-factor sign-in, as the current host tells of it.
#[model]
pub struct TwoFactorSettings {
    /// Whether it is forced on all employees. It is `false` where it is forced on chosen ones.
    pub enabled: Option<bool>,
    /// How long an employee may put the set-up off, in seconds.
    pub setup_grace_period_seconds: Option<i64>,
    /// When it was switched on, where it is forced on all.
    pub enabled_at: Option<Timestamp>,
    /// Whom it covers.
    pub enforcement_mode: TwoFactorScope,
    /// The second factor: `phone` and `totp` were seen.
    pub second_factor_type: Option<String>,
    /// How the phone is checked: `default` was seen.
    pub preferred_phone_validation_method: Option<String>,
}

open_enum! {
    /// Whom obligatory two-factor sign-in covers.
    TwoFactorScope {
        /// All employees.
        PerDomain = "per_domain",
        /// Chosen employees.
        PerUser = "per_user",
    }
}

open_enum! {
    /// How the second factor is checked.
    TwoFactorValidationMethod {
        /// As Yandex ID prefers.
        Default = "default",
        /// As Yandex ID chooses, by a phone call if it can.
        Phone = "phone",
    }
}

/// What passwords must keep to.
#[model]
pub struct PasswordPolicy {
    /// Whether employees may change their passwords.
    pub enabled: Option<bool>,
    /// How long a password lives, in days; 0 is without an end.
    pub change_frequency: Option<i64>,
}

/// How long people stay signed in.
#[model]
pub struct SessionSettings {
    /// How long the cookie of a session lives, in seconds; 0 is without an end.
    #[model(name = "auth_ttl", alias = "authTTL")]
    pub auth_ttl: Option<i64>,
}

/// Whether people may sign in to services of others with their accounts.
#[model]
pub struct OauthRestriction {
    /// Whether that is forbidden.
    pub restricted: Option<bool>,
}

/// The applications that act as any employee.
#[model]
pub struct ServiceApplications {
    /// The applications; none, where the service leaves the list out.
    pub applications: Vec<ServiceApplication>,
}

/// An application that acts as any employee.
#[model]
pub struct ServiceApplication {
    /// The id of the application (ClientID).
    #[model(required)]
    pub id: ServiceApplicationId,
    /// What it may do.
    pub scopes: Vec<String>,
}

/// An application that shall act as any employee.
#[request]
pub struct NewServiceApplication {
    /// The id of the application (ClientID), as it was registered.
    pub id: ServiceApplicationId,
    /// What it may do: `cloud_api:disk.read`, `calendar:all`, `mail:imap_full` and others. The list of them grows.
    pub scopes: Vec<String>,
}

impl From<ServiceApplication> for NewServiceApplication {
    fn from(application: ServiceApplication) -> Self {
        Self::new(application.id, application.scopes)
    }
}
