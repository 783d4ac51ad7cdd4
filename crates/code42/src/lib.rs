#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod account;
mod credentials;
mod gateway;
mod lookup;
mod organizations;
mod settings;
mod sign_in;

/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
use orglib_core::{handle, operations};
pub use orglib_models::code42 as model;
pub use orglib_models::code42::{OrgGuid, OrgNumber, OrgReference, OrgUid};

pub use crate::{
    account::{GetCurrentUser, GetCustomer},
    credentials::{SignIn, TokenSource, Totp},
    gateway::{
        ActivateGatewayOrganization, CreateGatewayOrganization, DeactivateGatewayOrganization, Gateway,
        GetGatewayOrganization, ListGatewayOrganizations, SignInAtGateway, UpdateGatewayOrganization,
    },
    organizations::{
        ActivateOrganization, BlockOrganization, CreateOrganization, DeactivateOrganization,
        FULL_DISK_ACCESS, GetAgentStates, GetCurrentOrganization, GetOrganization, ListOrganizations,
        Organizations, ReadOrganization, UnblockOrganization, UpdateOrganization,
    },
    settings::{GetTSettings, PutOrganization, PutTSettings, ReadDocument, Sent, SettingsUpdate},
    sign_in::{GetLoginConfiguration, SignInAsApiClient, SignInAsUser},
};

/// The setters of optional arguments, for calls and lists.
pub mod prelude {
    pub use crate::gateway::{ListGatewayOrganizationsOptions, UpdateGatewayOrganizationOptions};
    pub use crate::organizations::{ListOrganizationsOptions, ReadOrganizationOptions};
}

operations! { pub:
    ListOrganizations,
    GetOrganization,
    ReadOrganization,
    GetCurrentOrganization,
    CreateOrganization,
    UpdateOrganization,
    BlockOrganization,
    UnblockOrganization,
    DeactivateOrganization,
    ActivateOrganization,
    GetAgentStates,
    GetCurrentUser,
    GetCustomer,
    GetTSettings,
    PutTSettings,
    PutOrganization,
    GetLoginConfiguration,
    ListGatewayOrganizations,
    GetGatewayOrganization,
    CreateGatewayOrganization,
    UpdateGatewayOrganization,
    ActivateGatewayOrganization,
    DeactivateGatewayOrganization;
    SignInAsUser,
    SignInAsApiClient,
    SignInAtGateway,
}

handle! {
    /// A Code42 tenant, as its administrator sees it.
    Tenant() {
        /// Organisations and their settings.
        fn organizations() -> Organizations;
        /// Reads the user who has signed in; [`Call::find`](orglib_core::Call::find) gives `None` for an API client, which
        /// is none.
        fn current_user() -> Call<GetCurrentUser>;
        /// Reads the tenant.
        fn customer() -> Call<GetCustomer>;
    }
}
