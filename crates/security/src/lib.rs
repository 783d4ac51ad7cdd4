#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod oauth_restriction;
mod passwords;
mod service_applications;
mod sessions;
mod two_factor;

/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
use orglib_core::{handle, operations};
pub use orglib_models::{OrgId, ServiceApplicationId, UserId, security as model};

pub use crate::{
    oauth_restriction::{
        DisableOauthRestriction, EnableOauthRestriction, GetOauthRestriction, OauthRestriction,
    },
    passwords::{GetPasswordPolicy, Passwords, UpdatePasswordPolicy},
    service_applications::{
        ActivateServiceApplications, DeactivateServiceApplications, DeleteServiceApplications,
        GetServiceApplications, ReplaceServiceApplications, ServiceApplications,
    },
    sessions::{GetSessionSettings, Sessions, SignOutAll, SignOutUser, UpdateSessionSettings},
    two_factor::{
        DisableTwoFactor, EnableTwoFactor, GetTwoFactorSettings, GetTwoFactorStatus, TwoFactor,
        UpdateTwoFactorSettings,
    },
};

/// The setters of optional arguments, for calls.
pub mod prelude {
    pub use crate::{
        passwords::UpdatePasswordPolicyOptions,
        two_factor::{EnableTwoFactorOptions, UpdateTwoFactorSettingsOptions},
    };
}

operations! { pub:
    GetTwoFactorStatus,
    EnableTwoFactor,
    DisableTwoFactor,
    GetTwoFactorSettings,
    UpdateTwoFactorSettings,
    GetPasswordPolicy,
    UpdatePasswordPolicy,
    GetSessionSettings,
    UpdateSessionSettings,
    SignOutUser,
    SignOutAll,
    GetOauthRestriction,
    EnableOauthRestriction,
    DisableOauthRestriction,
    GetServiceApplications,
    ReplaceServiceApplications,
    DeleteServiceApplications,
    ActivateServiceApplications,
    DeactivateServiceApplications,
}

handle! {
    /// How people sign in to one organisation.
    Security(org: OrgId) {
        /// Obligatory two-factor sign-in.
        fn two_factor() -> TwoFactor;
        /// What passwords must keep to.
        fn passwords() -> Passwords;
        /// How long people stay signed in; signing them out.
        fn sessions() -> Sessions;
        /// Whether people may sign in to services of others with their accounts.
        fn oauth_restriction() -> OauthRestriction;
        /// Applications that act as any employee.
        fn service_applications() -> ServiceApplications;
    }
}
