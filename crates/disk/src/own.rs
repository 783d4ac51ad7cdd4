//! What the token's owner shares.

use orglib_core::{Call, Page, handle, operation, transport::SecretString};
use orglib_models::{
    Patch,
    disk::{AvailableSettings, Capacity, Link, NewPublicAccess, PublicSettings, Resource, ResourceType},
};

use crate::sharing;

handle! {
    /// What the token's owner shares. Made by [`Disk::own_public`](crate::Disk::own_public).
    OwnPublic() {
        /// Lists the token owner's public resources.
        fn list() -> List<ListOwnPublicResources>;
        /// Publishes a file or a folder for everybody who has its link. [`Resources::get`](crate::Resources::get) tells
        /// that then.
        fn publish(path: impl Into<String>) -> Call<PublishResource>;
        /// Closes a file or a folder to everybody but its owner.
        fn unpublish(path: impl Into<String>) -> Call<UnpublishResource>;
        /// Reads what the token's owner may choose when sharing a resource.
        fn available_settings(path: impl Into<String>) -> Call<GetAvailableSettings>;
    }
}

impl OwnPublic {
    /// Reads who may do what with a resource of the token's owner. The path is absolute: `disk:/name` or `/name`.
    pub fn settings(&self, path: impl Into<String>) -> Call<GetOwnSettings> {
        self.client.call(GetOwnSettings::new(path).allow_address_access(true))
    }

    /// Changes who may do what with a published resource of the token's owner, and until when.
    pub fn update(&self, path: impl Into<String>) -> Call<UpdateOwnSettings> {
        self.client.call(UpdateOwnSettings::new(path).allow_address_access(true))
    }
}

/// List the token owner's public resources, a page of 100 at a time. The service gives no total: the list ends with a
/// page that is not full.
#[operation(
    id = "ListPublicResources", get = "/v1/disk/resources/public", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk",
    list = "items", paging = offset(100), output = Page<Resource>
)]
pub struct ListOwnPublicResources {
    /// Keeps only files, or only folders.
    #[query(name = "type")]
    kind: Option<ResourceType>,
    /// The keys that the answer holds, dots reaching into nested ones (`items.name`); by default all.
    #[query]
    fields: Vec<String>,
    /// The size of the preview: a name (S to XXXL) or pixels (120x240).
    #[query]
    preview_size: Option<String>,
    /// Whether the preview is cropped to its size; by default not.
    #[query]
    preview_crop: Option<bool>,
}

/// Show who may do what with a resource of the token's owner.
///
/// On a personal account only the end of the link was seen in answers.
#[operation(
    id = "public-settings-get", get = "/v1/disk/public/resources/public-settings", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk",
    output = PublicSettings
)]
pub struct GetOwnSettings {
    /// The path of the resource, in the form `/name`.
    #[query]
    path: String,
    /// Whether accesses are told one by one; the service's default is not.
    #[query]
    allow_address_access: Option<bool>,
    /// The keys that the answer holds; by default all.
    #[query]
    fields: Vec<String>,
}

/// Show what the token's owner may choose when sharing a resource.
#[operation(
    id = "public-settings-get-available", get = "/v1/disk/public/resources/public-settings/available-settings",
    host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk",
    output = AvailableSettings
)]
pub struct GetAvailableSettings {
    /// The path of the resource, in the form `/name`.
    #[query]
    path: String,
}

/// Change who may do what with a published resource of the token's owner, and until when. What is not given stays as it is.
///
/// On a personal account accesses close the link to everybody.
#[operation(
    id = "UpdatePublicSettings", patch = "/v1/disk/public/resources/public-settings", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", idempotent = true, check = Self::check, output = ()
)]
pub struct UpdateOwnSettings {
    /// The path, in the form `/name` or `disk:/name`.
    #[query]
    path: String,
    /// Whether accesses are told one by one, as they are here; the service's default is not.
    #[query]
    allow_address_access: Option<bool>,
    /// When the link ends, in seconds of the Unix era; null for no end.
    #[body]
    available_until: Patch<u64>,
    /// The password of the link, for the rights that need one. It cannot be read back.
    #[body(secret)]
    password: Option<SecretString>,
    /// All accesses that the resource is to have, but for the owner's, in place of those that are there.
    #[body]
    accesses: Option<Vec<NewPublicAccess>>,
}

impl UpdateOwnSettings {
    fn check(&self) -> Result<(), String> {
        let changes = !self.available_until.is_keep() || self.password.is_some();
        sharing::check(self.accesses.as_deref(), self.allow_address_access, changes)
    }
}

/// Publish a file or a folder of the token's owner, for everybody who has the link.
#[operation(
    id = "PublishResource", put = "/v1/disk/resources/publish", host = Cloud,
    scopes = all("cloud_api:disk.read", "cloud_api:disk.write"), rate = "disk", output = Link
)]
pub struct PublishResource {
    /// The path, in the form `/name` or `disk:/name`.
    #[query]
    path: String,
}

/// Close a file or a folder of the token's owner to everybody else.
#[operation(
    id = "UnpublishResource", put = "/v1/disk/resources/unpublish", host = Cloud,
    scopes = all("cloud_api:disk.read", "cloud_api:disk.write"), rate = "disk", output = Link
)]
pub struct UnpublishResource {
    /// The path, in the form `/name` or `disk:/name`.
    #[query]
    path: String,
}

/// Show how large the Disk of the token's owner is, and how much of it is used.
#[operation(
    id = "GetDisk", get = "/v1/disk", host = Cloud, scopes = any("cloud_api:disk.info", "cloud_api:disk.read"),
    rate = "disk", output = Capacity
)]
pub struct GetDisk {}
