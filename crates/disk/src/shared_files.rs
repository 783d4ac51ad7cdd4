//! Files and folders on a shared disk.

use http::Method;
use orglib_core::{
    Call, Client, Download, Error, Start, Started, operation,
    transport::{Body, bytes::Bytes},
};
use orglib_models::disk::{Link, Resource, SharedPath, TrashResource, UploadLink};

use crate::{
    children::Children,
    new_path::new_path,
    resources::GetOperationStatus,
    transfer::{Digests, Expected, FETCH, Upload},
};

/// Files and folders on one shared disk. Made by [`SharedDisks::files`](crate::SharedDisks::files).
///
/// Paths begin at the root of that disk: `/Plans`. The answers have longer ones; [`SharedPath`] reads them.
#[derive(Clone, Debug)]
pub struct SharedFiles {
    client: Client,
    vd_hash: String,
}

impl SharedFiles {
    /// Makes it of a client, and of the hash by which the shared disk is named.
    pub fn new(client: Client, vd_hash: impl Into<String>) -> Self {
        Self { client, vd_hash: vd_hash.into() }
    }

    fn at(&self, path: &str) -> SharedPath {
        SharedPath::on_disk(&self.vd_hash, path)
    }

    /// Reads a file or a folder, with a page of what is in it.
    pub fn get(&self, path: &str) -> Call<GetSharedResource> {
        self.client.call(GetSharedResource::new(self.at(path)))
    }

    /// What is in a folder, one after another, page by page.
    pub fn list(&self, path: &str) -> Children<GetSharedResource> {
        Children::new(self.client.clone(), GetSharedResource::new(self.at(path)))
    }

    /// Makes a folder. The one above must be there.
    pub fn create(&self, path: &str) -> Call<CreateSharedFolder> {
        self.client.call(CreateSharedFolder::new(self.at(path)))
    }

    /// Deletes a file or a folder, into the trash of that disk.
    pub fn delete(&self, path: &str) -> Start<DeleteSharedResource> {
        self.client.start(DeleteSharedResource::new(self.at(path)))
    }

    /// Copies a file or a folder on that disk.
    pub fn copy(&self, from: &str, path: &str) -> Start<CopySharedResource> {
        self.client.start(CopySharedResource::new(self.at(from), self.at(path)))
    }

    /// Moves a file or a folder on that disk, or gives it another name.
    pub fn r#move(&self, from: &str, path: &str) -> Start<MoveSharedResource> {
        self.client.start(MoveSharedResource::new(self.at(from), self.at(path)))
    }

    /// Lets the service fetch a file from an address of the web.
    pub fn upload_from(&self, url: impl Into<String>, path: &str) -> Start<UploadSharedFromAddress> {
        self.client.start(UploadSharedFromAddress::new(url, self.at(path)))
    }

    /// Uploads a content of these digests, which are compared with what the service has then.
    pub fn upload(&self, path: &str, body: impl Into<Body>, digests: impl Into<Expected>) -> Upload {
        Upload::to_shared(self.client.clone(), self.at(path), body.into(), digests.into())
    }

    /// Uploads a content that is in memory.
    pub fn upload_bytes(&self, path: &str, content: impl Into<Bytes>) -> Upload {
        let content = content.into();
        let digests = Digests::of(&content);
        self.upload(path, content, digests)
    }

    /// Downloads a file, or what stands in it behind this many bytes.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn download(&self, path: &str, position: u64) -> Result<Download, Error> {
        let from = self.client.call(GetSharedDownloadLink::new(self.at(path))).await?;
        self.client.address(FETCH, Method::GET, &from.href)?.beginning_at(position).download().await
    }

    /// Reads the trash of that disk. Further pages cannot be asked for, as far as is known.
    pub fn trash(&self) -> Call<GetSharedTrash> {
        self.client.call(GetSharedTrash::new(SharedPath::in_trash(&self.vd_hash, "/")))
    }

    /// Deletes something in the trash of that disk for good, by its name there.
    pub fn delete_from_trash(&self, name: &str) -> Start<DeleteFromSharedTrash> {
        self.client.start(DeleteFromSharedTrash::new(SharedPath::in_trash(&self.vd_hash, name)))
    }
}

/// Show a file or a folder on a shared disk, with a page of what is in it; the service gives 20 where nobody says.
#[operation(
    id = "meta_shd", get = "/v1/disk/virtual-disks/resources", host = Cloud, scopes = any("cloud_api:disk.read"),
    rate = "disk", output = Resource
)]
pub struct GetSharedResource {
    /// The path, in the form `vd:LABEL:disk:/path`.
    #[query]
    path: SharedPath,
    /// How many of those in it come; the service gives 20 where nobody says.
    #[query]
    limit: Option<u32>,
    /// How many of them are left out before.
    #[query]
    offset: Option<u64>,
}

/// Create a folder on a shared disk. The one above must be there.
#[operation(
    id = "create-folder_shd", put = "/v1/disk/virtual-disks/resources", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", idempotent = false, check = Self::check, output = Link
)]
pub struct CreateSharedFolder {
    /// The path of the folder, in the form `vd:LABEL:disk:/path`.
    #[query]
    path: SharedPath,
}

/// Delete a file or a folder on a shared disk, into the trash of that disk.
#[operation(
    id = "delete_shd", delete = "/v1/disk/virtual-disks/resources", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", output = Started<Link>, starts = GetOperationStatus
)]
pub struct DeleteSharedResource {
    /// The path, in the form `vd:LABEL:disk:/path`.
    #[query]
    path: SharedPath,
}

/// Copy a file or a folder on shared disks.
#[operation(
    id = "copy_shd", post = "/v1/disk/virtual-disks/resources/copy", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", check = Self::check, output = Started<Link>, starts = GetOperationStatus
)]
pub struct CopySharedResource {
    /// What is copied: its path, in the form `vd:LABEL:disk:/path`.
    #[query]
    from: SharedPath,
    /// The path of the copy, its name included.
    #[query]
    path: SharedPath,
}

/// Move a file or a folder on shared disks, or give it another name.
#[operation(
    id = "move_shd", post = "/v1/disk/virtual-disks/resources/move", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", check = Self::check, output = Started<Link>, starts = GetOperationStatus
)]
pub struct MoveSharedResource {
    /// What is moved: its path, in the form `vd:LABEL:disk:/path`.
    #[query]
    from: SharedPath,
    /// The path that it gets, its name included.
    #[query]
    path: SharedPath,
}

/// Name the address that a file on a shared disk is fetched from.
#[operation(
    id = "content_shd", get = "/v1/disk/virtual-disks/resources/download", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk", output = Link
)]
pub struct GetSharedDownloadLink {
    /// The path, in the form `vd:LABEL:disk:/path`.
    #[query]
    path: SharedPath,
}

/// Name the address that a file's content is put to, once, for a shared disk.
#[operation(
    id = "upload_shd", get = "/v1/disk/virtual-disks/resources/upload", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", check = Self::check, output = UploadLink
)]
pub struct GetSharedUploadLink {
    /// The path of the file, in the form `vd:LABEL:disk:/path`.
    #[query]
    path: SharedPath,
    /// Whether what is there already is replaced; by default not, and it is refused.
    #[query]
    overwrite: Option<bool>,
}

impl GetSharedUploadLink {
    /// What reads the file that comes of it.
    pub(crate) fn uploaded(self) -> GetSharedResource {
        GetSharedResource::new(self.path)
    }
}

/// Let the service fetch a file from an address of the web onto a shared disk.
#[operation(
    id = "upload-ext_shd", post = "/v1/disk/virtual-disks/resources/upload", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", check = Self::check, output = Started<Link>, starts = GetOperationStatus
)]
pub struct UploadSharedFromAddress {
    /// The address of the file itself.
    #[query]
    url: String,
    /// The path of the file, in the form `vd:LABEL:disk:/path`.
    #[query]
    path: SharedPath,
}

/// Show the trash of a shared disk, or something in it.
#[operation(
    id = "meta_shd-trash", get = "/v1/disk/virtual-disks/trash/resources", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk", output = TrashResource
)]
pub struct GetSharedTrash {
    /// The path in the trash, in the form `vd:LABEL:trash:/name`; `/` for all of it. The form was not seen.
    #[query]
    path: SharedPath,
}

/// Delete something in the trash of a shared disk for good. It cannot be had back.
#[operation(
    id = "trash-delete_shd", delete = "/v1/disk/virtual-disks/trash/resources", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", output = Started<Link>, starts = GetOperationStatus
)]
pub struct DeleteFromSharedTrash {
    /// The path in the trash, in the form `vd:LABEL:trash:/name`. The form was not seen.
    #[query]
    path: SharedPath,
}

new_path! { CreateSharedFolder, CopySharedResource, MoveSharedResource, GetSharedUploadLink, UploadSharedFromAddress }
