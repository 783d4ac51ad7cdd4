#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod children;
mod links;
mod new_path;
mod own;
mod public;
mod resources;
mod shared_disks;
mod shared_files;
mod sharing;
mod transfer;
mod trash;

use orglib_core::{Call, handle, operations};
/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
pub use orglib_models::{OrgId, UserId, disk as model};

pub use crate::{
    children::{Children, Folder},
    links::{GetLinkedDownloadLink, GetLinkedResource, Links, SaveLinkedResource},
    own::{
        GetAvailableSettings, GetDisk, GetOwnSettings, ListOwnPublicResources, OwnPublic, PublishResource,
        UnpublishResource, UpdateOwnSettings,
    },
    public::{
        GetSettingsByKey, GetSettingsByPath, GetSettingsByResourceId, ListAccessibleResources,
        ListOwnedResources, Public,
    },
    resources::{
        CopyResource, CreateFolder, DeleteResource, GetOperationStatus, GetResource, ListFiles,
        ListLastUploaded, MoveResource, ResourceSort, Resources, UpdateResource,
    },
    shared_disks::{
        CreateSharedDisk, DeleteSharedDisk, GetSharedDisk, GetSharedDiskCreation, ListReachableSharedDisks,
        ListSharedDiskAccesses, ListSharedDisks, SharedDisks, UpdateSharedDiskAccesses,
    },
    shared_files::{
        CopySharedResource, CreateSharedFolder, DeleteFromSharedTrash, DeleteSharedResource,
        GetSharedDownloadLink, GetSharedResource, GetSharedTrash, GetSharedUploadLink, MoveSharedResource,
        SharedFiles, UploadSharedFromAddress,
    },
    sharing::{UnpublishByKey, UpdateSettings},
    transfer::{Digester, Digests, Expected, GetDownloadLink, GetUploadLink, Upload, UploadFromAddress},
    trash::{DeleteFromTrash, GetTrashResource, RestoreFromTrash, Trash},
};

/// The setters of optional arguments, for calls and lists.
pub mod prelude {
    pub use crate::{
        links::{GetLinkedDownloadLinkOptions, GetLinkedResourceOptions, SaveLinkedResourceOptions},
        own::{GetOwnSettingsOptions, ListOwnPublicResourcesOptions, UpdateOwnSettingsOptions},
        public::ListAccessibleResourcesOptions,
        resources::{
            CopyResourceOptions, DeleteResourceOptions, GetResourceOptions, ListFilesOptions,
            ListLastUploadedOptions, MoveResourceOptions,
        },
        shared_files::{GetSharedResourceOptions, GetSharedUploadLinkOptions},
        sharing::UpdateSettingsOptions,
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
    UpdateSettings,
    UnpublishByKey,
    UpdateOwnSettings,
    GetLinkedResource,
    GetLinkedDownloadLink,
    SaveLinkedResource,
    ListSharedDisks,
    ListReachableSharedDisks,
    GetSharedDisk,
    CreateSharedDisk,
    GetSharedDiskCreation,
    DeleteSharedDisk,
    ListSharedDiskAccesses,
    UpdateSharedDiskAccesses,
    GetSharedResource,
    CreateSharedFolder,
    DeleteSharedResource,
    CopySharedResource,
    MoveSharedResource,
    GetSharedDownloadLink,
    GetSharedUploadLink,
    UploadSharedFromAddress,
    GetSharedTrash,
    DeleteFromSharedTrash,
}

handle! {
    /// Yandex Disk, as an organisation's administrator and as the token's owner see it.
    Disk(org: OrgId) {
        /// What the employees of the organisation share. Needs an administrator's token.
        fn public() -> Public;
        /// The disks that the organisation shares.
        fn shared_disks() -> SharedDisks;
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

    /// What others share with everybody who has the link.
    pub fn links(&self) -> Links {
        Links::new(self.client.clone())
    }

    /// What the token's owner shares.
    pub fn own_public(&self) -> OwnPublic {
        OwnPublic::new(self.client.clone())
    }
}
