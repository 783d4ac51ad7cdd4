//! Disks that an organisation shares, and who may do what on them.

use orglib_core::{Call, Page, handle, operation};
use orglib_models::{
    OrgId,
    disk::{NewSharedDiskAccess, SharedDisk, SharedDiskAccess, SharedDiskCreation},
};

use crate::shared_files::SharedFiles;

handle! {
    /// The disks that an organisation shares. Made by [`Disk::shared_disks`](crate::Disk::shared_disks).
    ///
    /// The service names each by a label, `vd_hash`.
    SharedDisks(org: OrgId) {
        /// Lists all shared disks of the organisation. Needs an administrator's token.
        fn list() -> List<ListSharedDisks>;
        /// Lists the shared disks that the token's owner may use.
        fn reachable() -> List<ListReachableSharedDisks>;
        /// Makes a shared disk, which takes a paid place. Needs an administrator's token.
        ///
        /// It goes on after the answer, whose id [`creation`](Self::creation) takes.
        fn create() -> Call<CreateSharedDisk>;
        /// How far the making of a shared disk is: its label is told once it is there.
        fn creation(resource_id: impl Into<String>) -> Call<GetSharedDiskCreation>;
    }
}

impl SharedDisks {
    /// Reads one shared disk: an administrator any, others those that they may use.
    pub fn get(&self, vd_hash: impl Into<String>) -> Call<GetSharedDisk> {
        self.client.call(GetSharedDisk::new(vd_hash))
    }

    /// Deletes a shared disk with everything on it. Needs an administrator's token.
    pub fn delete(&self, vd_hash: impl Into<String>) -> Call<DeleteSharedDisk> {
        self.client.call(DeleteSharedDisk::new(vd_hash))
    }

    /// Lists who may do what on a shared disk.
    pub fn accesses(&self, vd_hash: impl Into<String>) -> Call<ListSharedDiskAccesses> {
        self.client.call(ListSharedDiskAccesses::new(vd_hash))
    }

    /// Sets what somebody may do on a shared disk. Needs an administrator's token.
    pub fn update_accesses(
        &self,
        vd_hash: impl Into<String>,
        items: impl IntoIterator<Item = NewSharedDiskAccess>,
    ) -> Call<UpdateSharedDiskAccesses> {
        self.client.call(UpdateSharedDiskAccesses::new(vd_hash, items))
    }

    /// Files and folders on a shared disk.
    pub fn files(&self, vd_hash: impl Into<String>) -> SharedFiles {
        SharedFiles::new(self.client.clone(), vd_hash)
    }
}

/// Show one shared disk: how large it is, and what the token's owner may do there.
#[operation(
    id = "shd-info", get = "/v1/disk/virtual-disks", host = Cloud,
    scopes = any("cloud_api:disk.info", "cloud_api:disk.read"), rate = "disk", output = SharedDisk
)]
pub struct GetSharedDisk {
    /// The label of the shared disk.
    #[query]
    vd_hash: String,
}

/// Create a shared disk of 1 TB, which takes a paid place of the organisation. It is there after a while.
#[operation(
    id = "shd-create", post = "/v1/disk/virtual-disks", host = Cloud,
    scopes = all("cloud_api:disk.read", "cloud_api:disk.write"), rate = "disk", output = SharedDiskCreation
)]
pub struct CreateSharedDisk {
    #[query]
    org_id: OrgId,
}

/// Delete a shared disk with everything on it.
#[operation(
    id = "shd-del", delete = "/v1/disk/virtual-disks", host = Cloud,
    scopes = all("cloud_api:disk.read", "cloud_api:disk.write"), rate = "disk", output = ()
)]
pub struct DeleteSharedDisk {
    /// The label of the shared disk.
    #[query]
    vd_hash: String,
}

/// Show how far the making of a shared disk is. Its label is told once it is there.
#[operation(
    id = "shd-create-state", get = "/v1/disk/virtual-disks/manage/org-resources", host = Cloud,
    scopes = any("cloud_api:disk.info", "cloud_api:disk.read"), rate = "disk", output = SharedDiskCreation
)]
pub struct GetSharedDiskCreation {
    #[query]
    org_id: OrgId,
    /// The id that the making of it was answered with.
    #[query]
    resource_id: String,
}

/// List all shared disks of the organisation, a page of 100 at a time. The list ends with a page that is not full.
#[operation(
    id = "shd-list-for-org", get = "/v1/disk/virtual-disks/manage/org-resources/list", host = Cloud,
    scopes = any("cloud_api:disk.info", "cloud_api:disk.read"), rate = "disk", list = "items",
    paging = offset(100), output = Page<SharedDisk>
)]
pub struct ListSharedDisks {
    #[query]
    org_id: OrgId,
}

/// List the shared disks that the token's owner may use, a page of 100 at a time. The list ends with a page that is not full.
#[operation(
    id = "shd-list-for-user", get = "/v1/disk/virtual-disks/discovery", host = Cloud,
    scopes = any("cloud_api:disk.info", "cloud_api:disk.read"), rate = "disk", list = "items",
    paging = offset(100), output = Page<SharedDisk>
)]
pub struct ListReachableSharedDisks {
    #[query]
    org_id: OrgId,
}

/// List who may do what on a shared disk.
#[operation(
    id = "shd-permisinfo", get = "/v1/disk/virtual-disks/permissions", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk", within = "items", output = Vec<SharedDiskAccess>
)]
pub struct ListSharedDiskAccesses {
    /// The label of the shared disk.
    #[query]
    vd_hash: String,
}

/// Set what people, groups and departments may do on a shared disk.
///
/// How access is taken away was not seen: where no rights do not do it, read the accesses again and see.
#[operation(
    id = "shd-permisedit", patch = "/v1/disk/virtual-disks/permissions", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", idempotent = true, check = Self::check, output = ()
)]
pub struct UpdateSharedDiskAccesses {
    /// The label of the shared disk.
    #[query]
    vd_hash: String,
    /// Whom, and what they may do.
    #[body]
    items: Vec<NewSharedDiskAccess>,
}

impl UpdateSharedDiskAccesses {
    fn check(&self) -> Result<(), String> {
        if self.items.is_empty() { Err("`items`: name at least one access".to_owned()) } else { Ok(()) }
    }
}
