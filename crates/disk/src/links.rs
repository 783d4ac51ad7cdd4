//! What others share by link.

use http::Method;
use orglib_core::{Call, Download, Error, Started, handle, operation};
use orglib_models::disk::{Link, LinkedResource};

use crate::{
    children::Children,
    resources::{GetOperationStatus, ResourceSort},
    transfer::FETCH,
};

handle! {
    /// What others share with everybody who has the link. Made by [`Disk::links`](crate::Disk::links).
    ///
    /// A link is told by its public key or its public address. One that has ended, and one for employees only, are not
    /// found, not even with an employee's token; one with a password is refused, and nothing here takes a password.
    Links() {
        /// Reads what a link leads to, or something in the folder that it leads to, with a page of what is in it.
        fn get(public_key: impl Into<String>) -> Call<GetLinkedResource>;
        /// Saves what a link leads to on the Disk of the token's owner.
        fn save(public_key: impl Into<String>) -> Start<SaveLinkedResource>;
    }
}

impl Links {
    /// What is in a folder that a link leads to, one after another, page by page; `path` leads from there to another one in
    /// it, and is `/` for that itself.
    pub fn list(
        &self,
        public_key: impl Into<String>,
        path: impl Into<String>,
    ) -> Children<GetLinkedResource> {
        Children::new(self.client.clone(), GetLinkedResource::new(public_key).path(path))
    }

    /// Downloads a file that a link leads to, or what stands in it behind this many bytes; a folder comes as an archive.
    /// `path` leads to a file in the folder of the link.
    ///
    /// # Errors
    /// As [`Client::execute`](crate::Client::execute).
    pub async fn download(
        &self,
        public_key: impl Into<String>,
        path: Option<&str>,
        position: u64,
    ) -> Result<Download, Error> {
        let mut from = GetLinkedDownloadLink::new(public_key);
        from.path = path.map(str::to_owned);
        let from = self.client.call(from).await?;
        self.client.address(FETCH, Method::GET, &from.href)?.beginning_at(position).download().await
    }

    /// Names the address that a file of a link is fetched from.
    pub fn download_link(&self, public_key: impl Into<String>) -> Call<GetLinkedDownloadLink> {
        self.client.call(GetLinkedDownloadLink::new(public_key))
    }
}

/// Show what a link leads to, or something in the folder that it leads to.
///
/// Of a folder a page comes of what is in it; the service gives 20 where nobody says. A link for employees only, and one
/// that has ended, are not found; a link with a password is refused.
#[operation(
    id = "GetPublicResource", get = "/v1/disk/public/resources", host = Cloud, rate = "disk",
    output = LinkedResource
)]
pub struct GetLinkedResource {
    /// The public key or the public address.
    #[query]
    public_key: String,
    /// The path inside the folder that the link leads to, beginning with a slash.
    #[query]
    path: Option<String>,
    /// How many of those in it come; the service gives 20 where nobody says.
    #[query]
    limit: Option<u32>,
    /// How many of them are left out before.
    #[query]
    offset: Option<u64>,
    /// What they are sorted by.
    #[query]
    sort: Option<ResourceSort>,
}

/// Name the address that what a link leads to is fetched from; a folder comes as an archive.
#[operation(
    id = "GetPublicResourceDownloadLink", get = "/v1/disk/public/resources/download", host = Cloud, rate = "disk",
    output = Link
)]
pub struct GetLinkedDownloadLink {
    /// The public key or the public address.
    #[query]
    public_key: String,
    /// The path inside the folder that the link leads to, beginning with a slash.
    #[query]
    path: Option<String>,
}

/// Save what a link leads to on the Disk of the token's owner.
#[operation(
    id = "SaveToDiskPublicResource", post = "/v1/disk/public/resources/save-to-disk", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", output = Started<Link>, starts = GetOperationStatus
)]
pub struct SaveLinkedResource {
    /// The public key or the public address.
    #[query]
    public_key: String,
    /// The path inside the folder that the link leads to, beginning with a slash.
    #[query]
    path: Option<String>,
    /// Another name than it has.
    #[query]
    name: Option<String>,
    /// The folder that it is saved in; the one for downloads where nobody says.
    #[query]
    save_path: Option<String>,
    /// Whether it goes on after the answer though it could be done at once; by default not.
    #[query]
    force_async: Option<bool>,
}
