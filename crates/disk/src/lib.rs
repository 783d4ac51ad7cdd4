#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod own;
mod public;
mod resources;

/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
use orglib_core::{handle, operations};
pub use orglib_models::{OrgId, UserId, disk as model};

pub use crate::{
    own::{GetAvailableSettings, GetOwnSettings, ListOwnPublicResources, OwnPublic},
    public::{
        GetSettingsByKey, GetSettingsByPath, GetSettingsByResourceId, ListAccessibleResources,
        ListOwnedResources, Public,
    },
    resources::{CopyResource, GetOperationStatus, Resources},
};

/// The setters of optional arguments, for calls and lists.
pub mod prelude {
    pub use crate::{
        own::{GetOwnSettingsOptions, ListOwnPublicResourcesOptions},
        public::ListAccessibleResourcesOptions,
        resources::CopyResourceOptions,
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
    CopyResource,
    GetOperationStatus,
}

handle! {
    /// Yandex Disk, as an organisation's administrator and as the token's owner see it.
    Disk(org: OrgId) {
        /// What the employees of the organisation share. Needs an administrator's token.
        fn public() -> Public;
    }
}

impl Disk {
    /// Files and folders of the token's owner.
    pub fn resources(&self) -> Resources {
        Resources::new(self.client.clone())
    }

    /// What the token's owner shares.
    pub fn own_public(&self) -> OwnPublic {
        OwnPublic::new(self.client.clone())
    }
}
