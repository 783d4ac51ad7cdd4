#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod children;
mod own;
mod public;
mod resources;
mod transfer;
mod trash;

use orglib_core::{Call, handle, operations};
/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
pub use orglib_models::{OrgId, UserId, disk as model};

pub use crate::{
    children::{Children, Folder},
    own::{
        GetAvailableSettings, GetDisk, GetOwnSettings, ListOwnPublicResources, OwnPublic, PublishResource,
        UnpublishResource,
    },
    public::{
        GetSettingsByKey, GetSettingsByPath, GetSettingsByResourceId, ListAccessibleResources,
        ListOwnedResources, Public,
    },
    resources::{
        CopyResource, CreateFolder, DeleteResource, GetOperationStatus, GetResource, ListFiles,
        ListLastUploaded, MoveResource, ResourceSort, Resources, UpdateResource,
    },
    transfer::{Digester, Digests, GetDownloadLink, GetUploadLink, Upload, UploadFromAddress},
    trash::{DeleteFromTrash, GetTrashResource, RestoreFromTrash, Trash},
};

/// The setters of optional arguments, for calls and lists.
pub mod prelude {
    pub use crate::{
        own::{GetOwnSettingsOptions, ListOwnPublicResourcesOptions},
        public::ListAccessibleResourcesOptions,
        resources::{
            CopyResourceOptions, DeleteResourceOptions, GetResourceOptions, ListFilesOptions,
            ListLastUploadedOptions, MoveResourceOptions,
        },
        transfer::{GetUploadLinkOptions, UploadFromAddressOptions},
        trash::{DeleteFromTrashOptions, GetTrashResourceOptions, RestoreFromTrashOptions},
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
    GetDisk,
    GetResource,
    ListFiles,
    ListLastUploaded,
    CreateFolder,
    UpdateResource,
    DeleteResource,
    MoveResource,
    CopyResource,
    GetOperationStatus,
    PublishResource,
    UnpublishResource,
    GetUploadLink,
    GetDownloadLink,
    UploadFromAddress,
    GetTrashResource,
    RestoreFromTrash,
    DeleteFromTrash,
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

    /// What the token's owner has deleted.
    pub fn trash(&self) -> Trash {
        Trash::new(self.client.clone())
    }

    /// How large the Disk of the token's owner is.
    pub fn capacity(&self) -> Call<GetDisk> {
        self.client.call(GetDisk::new())
    }

    /// What the token's owner shares.
    pub fn own_public(&self) -> OwnPublic {
        OwnPublic::new(self.client.clone())
    }
}
