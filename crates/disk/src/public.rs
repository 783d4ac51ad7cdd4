//! What the employees of an organisation share.

use orglib_core::{Call, Client, List, Page, operation};
use orglib_models::{
    OrgId, UserId,
    disk::{PublicResource, PublicSettings},
};

use crate::sharing::{UnpublishByKey, UpdateSettings};

/// What the employees of one organisation share. Made by [`Disk::public`](crate::Disk::public).
#[derive(Clone, Debug)]
pub struct Public {
    client: Client,
    org: OrgId,
}

impl Public {
    pub(crate) fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// Lists the public resources that an employee owns.
    pub fn owned_by(&self, user: UserId) -> List<ListOwnedResources> {
        self.client.list(ListOwnedResources::new(user, self.org))
    }

    /// Lists the public resources that an employee was given access to by name.
    pub fn accessible_to(&self, user: UserId) -> Call<ListAccessibleResources> {
        self.client.call(ListAccessibleResources::new(user, self.org))
    }

    /// Reads who may do what with a resource, by its owner and its path.
    ///
    /// The path is the one on the owner's Disk, without the `/disk` that a listing puts before it:
    /// [`PublicResource::settings_path`] gives it.
    pub fn settings_by_path(&self, owner: UserId, path: impl Into<String>) -> Call<GetSettingsByPath> {
        self.client.call(GetSettingsByPath::new(owner, path))
    }

    /// Reads who may do what with a resource, by its public key or its public address.
    pub fn settings_by_key(&self, key: impl Into<String>) -> Call<GetSettingsByKey> {
        self.client.call(GetSettingsByKey::new(key))
    }

    /// Reads who may do what with a resource, by its id (`<owner uid>:<hash>`).
    pub fn settings_by_resource_id(&self, id: impl Into<String>) -> Call<GetSettingsByResourceId> {
        self.client.call(GetSettingsByResourceId::new(id))
    }

    /// Changes who may do what with a resource, by its owner and its path: [`PublicResource::settings_path`].
    pub fn update_by_path(&self, owner: UserId, path: impl Into<String>) -> Call<UpdateSettings> {
        self.update(UpdateSettings::new().user_id(owner).path(path))
    }

    /// Changes who may do what with a resource, by its public key or its public address.
    pub fn update_by_key(&self, key: impl Into<String>) -> Call<UpdateSettings> {
        self.update(UpdateSettings::new().public_key(key))
    }

    /// Changes who may do what with a resource, by its id (`<owner uid>:<hash>`).
    pub fn update_by_resource_id(&self, id: impl Into<String>) -> Call<UpdateSettings> {
        self.update(UpdateSettings::new().resource_id(id))
    }

    fn update(&self, which: UpdateSettings) -> Call<UpdateSettings> {
        self.client.call(which.allow_address_access(true))
    }

    /// Closes all access to a resource, by link and by name. Its key and its link are gone then: closed once more, or
    /// where the answer of an attempt was lost, it is not found.
    pub fn unpublish(&self, key: impl Into<String>) -> Call<UnpublishByKey> {
        self.client.call(UnpublishByKey::new(key))
    }
}

/// List the public resources that an employee owns, a page of 100 at a time. The service gives no total: the list
/// ends with a page that is not full.
#[operation(
    id = "public-owned-by-user", get = "/v1/disk/public/resources/admin/public-resources", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk",
    list = "items", paging = offset(100), output = Page<PublicResource>
)]
pub struct ListOwnedResources {
    #[query]
    user_id: UserId,
    #[query]
    org_id: OrgId,
}

/// List the public resources that an employee was given access to by name.
///
/// The answer's shape is not published, nor has it been seen, so it is given as it comes; which of its keys carries the
/// next `iteration_key` is not known either.
#[operation(
    id = "public-accessed-by-user", get = "/v1/disk/public/resources/admin/accessible-resources", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk",
    output = serde_json::Value
)]
pub struct ListAccessibleResources {
    #[query]
    user_id: UserId,
    #[query]
    org_id: OrgId,
    /// Also lists what the employee reaches through groups, departments and the organisation; by default not.
    #[query]
    include_group_access: Option<bool>,
    /// How many to list at once.
    #[query]
    limit: Option<u32>,
    /// Where to go on, from the answer before.
    #[query]
    iteration_key: Option<String>,
}

/// Show who may do what with an employee's public resource, by its public key or its public address.
#[operation(
    id = "public-settings-get-admin-pkey", get = "/v1/disk/public/resources/admin/public-settings", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk",
    output = PublicSettings
)]
pub struct GetSettingsByKey {
    /// The public key of the resource, or its public address.
    #[query]
    public_key: String,
}

/// Show who may do what with an employee's public resource, by its owner and its path.
#[operation(
    id = "public-settings-get-admin-path", get = "/v1/disk/public/resources/admin/public-settings-by-path", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk",
    output = PublicSettings
)]
pub struct GetSettingsByPath {
    #[query]
    user_id: UserId,
    /// The path of the resource, in the form `/name`.
    #[query]
    path: String,
}

/// Show who may do what with an employee's public resource, by its id.
#[operation(
    id = "public-settings-get-admin-resid", get = "/v1/disk/public/resources/admin/public-settings-by-resource-id",
    host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk",
    output = PublicSettings
)]
pub struct GetSettingsByResourceId {
    /// The id of the resource.
    #[query]
    resource_id: String,
}
