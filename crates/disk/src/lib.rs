#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod own;
mod public;

use orglib_core::operations;
/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
pub use orglib_models::{OrgId, UserId, disk as model};

pub use crate::{
    own::{GetAvailableSettings, GetOwnSettings, ListOwnPublicResources, OwnPublic},
    public::{
        GetSettingsByKey, GetSettingsByPath, GetSettingsByResourceId, ListAccessibleResources,
        ListOwnedResources, Public,
    },
};

/// The setters of optional arguments, for calls and lists.
pub mod prelude {
    pub use crate::{
        own::{GetOwnSettingsOptions, ListOwnPublicResourcesOptions},
        public::ListAccessibleResourcesOptions,
    };
}

operations! { pub:
    ListOwnedResources,
    ListAccessibleResources,
    GetSettingsByKey,
    GetSettingsByPath,
    GetSettingsByResourceId,
    ListOwnPublicResources,
    GetOwnSettings,
    GetAvailableSettings,
}

/// Yandex Disk, as an organisation's administrator and as the token's owner see it.
#[derive(Clone, Debug)]
pub struct Disk {
    client: Client,
    org: OrgId,
}

impl Disk {
    /// Disk of the organisation with this id.
    pub fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// What the employees of the organisation share. Needs an administrator's token.
    pub fn public(&self) -> Public {
        Public::new(self.client.clone(), self.org)
    }

    /// What the token's owner shares.
    pub fn own_public(&self) -> OwnPublic {
        OwnPublic::new(self.client.clone())
    }
}
