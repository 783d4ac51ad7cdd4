//! What the token's owner shares.

use orglib_core::{Call, Page, handle, operation};
use orglib_models::disk::{AvailableSettings, PublicSettings, Resource, ResourceType};

handle! {
    /// What the token's owner shares. Made by [`Disk::own_public`](crate::Disk::own_public).
    OwnPublic() {
        /// Lists the token owner's public resources.
        fn list() -> List<ListOwnPublicResources>;
        /// Reads what the token's owner may choose when sharing a resource.
        fn available_settings(path: impl Into<String>) -> Call<GetAvailableSettings>;
    }
}

impl OwnPublic {
    /// Reads who may do what with a resource of the token's owner. The path is absolute: `disk:/name` or `/name`.
    pub fn settings(&self, path: impl Into<String>) -> Call<GetOwnSettings> {
        self.client.call(GetOwnSettings::new(path).allow_address_access(true))
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
