//! Files and folders of the token's owner.

use orglib_core::{Page, Started, TaskProgress, handle, operation};
use orglib_models::{
    OtherFields, TaskId,
    disk::{Link, OperationState, OperationStatus, Resource},
    words,
};

use crate::{children::Children, new_path::new_path, transfer::UploadFromAddress};

handle! {
    /// Files and folders on the Disk of the token's owner. Made by [`Disk::resources`](crate::Disk::resources).
    ///
    /// Paths are absolute: `disk:/name` or `/name`. A name with a colon in it needs the form `disk:/name`.
    Resources() {
        /// Reads a file or a folder, with a page of what is in it; [`Call::find`](orglib_core::Call::find) gives `None`
        /// where there is none.
        fn get(path: impl Into<String>) -> Call<GetResource>;
        /// Lists every file of the Disk, whatever folder it is in.
        fn files() -> List<ListFiles>;
        /// Lists the files that were uploaded last, the latest first; as many as are asked for, and no more.
        fn last_uploaded() -> Call<ListLastUploaded>;
        /// Makes a folder. The one above must be there.
        fn create(path: impl Into<String>) -> Call<CreateFolder>;
        /// Sets or removes properties of a program's own.
        fn update(path: impl Into<String>, properties: impl Into<OtherFields>) -> Call<UpdateResource>;
        /// Deletes a file or a folder: into the trash, or for good where that is said.
        fn delete(path: impl Into<String>) -> Start<DeleteResource>;
        /// Moves a file or a folder, or gives it another name.
        fn r#move(from: impl Into<String>, path: impl Into<String>) -> Start<MoveResource>;
        /// Copies a file or a folder. A file is copied at once; a folder, for which there is a task to be waited for.
        fn copy(from: impl Into<String>, path: impl Into<String>) -> Start<CopyResource>;
        /// Lets the service fetch a file from an address of the web.
        fn upload_from(url: impl Into<String>, path: impl Into<String>) -> Start<UploadFromAddress>;
        /// An operation that was started before, also by another program.
        fn operation(id: TaskId) -> Poller<GetOperationStatus>;
    }
}

impl Resources {
    /// What is in a folder, one after another, page by page.
    pub fn list(&self, path: impl Into<String>) -> Children<GetResource> {
        Children::new(self.client.clone(), GetResource::new(path))
    }
}

words! {
    /// What resources are sorted by; with a minus the other way round.
    ResourceSort {
        /// By name.
        Name = "name",
        /// By path.
        Path = "path",
        /// By when they were made.
        Created = "created",
        /// By when they were last changed.
        Modified = "modified",
        /// By size.
        Size = "size",
        /// By name, from the end.
        NameDown = "-name",
        /// By path, from the end.
        PathDown = "-path",
        /// The newest first.
        CreatedDown = "-created",
        /// The last changed first.
        ModifiedDown = "-modified",
        /// The largest first.
        SizeDown = "-size",
    }
}

/// Show a file or a folder of the token's owner.
///
/// Of a folder a page comes of what is in it; the service gives 20 where nobody says.
#[operation(
    id = "GetResource", get = "/v1/disk/resources", host = Cloud, scopes = any("cloud_api:disk.read"), rate = "disk",
    output = Resource
)]
pub struct GetResource {
    /// The path, in the form `/name` or `disk:/name`.
    #[query]
    path: String,
    /// How many of those in the folder come.
    #[query]
    limit: Option<u32>,
    /// How many of them are left out before.
    #[query]
    offset: Option<u64>,
    /// What they are sorted by.
    #[query]
    sort: Option<ResourceSort>,
    /// The keys that the answer holds, dots reaching into nested ones (`_embedded.items.name`); by default all.
    #[query]
    fields: Vec<String>,
}

/// List every file of the token's owner, whatever folder it is in. The service gives no total: the list ends with a page
/// that is not full.
#[operation(
    id = "GetFlatFilesList", get = "/v1/disk/resources/files", host = Cloud, scopes = any("cloud_api:disk.read"),
    rate = "disk", list = "items", paging = offset(1000), output = Page<Resource>
)]
pub struct ListFiles {
    /// Keeps only files of these kinds, for instance `document` or `image`.
    #[query]
    media_type: Vec<String>,
    /// What they are sorted by.
    #[query]
    sort: Option<ResourceSort>,
    /// The keys that the answer holds, dots reaching into nested ones (`items.name`); by default all.
    #[query]
    fields: Vec<String>,
}

/// List the files of the token's owner that were uploaded last, the latest first. The service has no further pages.
#[operation(
    id = "GetLastUploadedFilesList", get = "/v1/disk/resources/last-uploaded", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk", within = "items", output = Vec<Resource>
)]
pub struct ListLastUploaded {
    /// How many; the service gives 20 where nobody says.
    #[query]
    limit: Option<u32>,
    /// Keeps only files of these kinds, for instance `document` or `image`.
    #[query]
    media_type: Vec<String>,
}

/// Create a folder of the token's owner. The one above must be there.
#[operation(
    id = "CreateResource", put = "/v1/disk/resources", host = Cloud, scopes = any("cloud_api:disk.write"),
    rate = "disk", idempotent = false, check = Self::check, output = Link
)]
pub struct CreateFolder {
    /// The path of the folder: its name has at most 255 characters, the whole path 32,760.
    #[query]
    path: String,
}

/// Set or remove properties of a program's own. They are merged with those that are there; null removes one.
#[operation(
    id = "UpdateResource", patch = "/v1/disk/resources", host = Cloud, scopes = any("cloud_api:disk.write"),
    rate = "disk", idempotent = true, output = Resource
)]
pub struct UpdateResource {
    /// The path, in the form `/name` or `disk:/name`.
    #[query]
    path: String,
    /// The properties, as a JSON object.
    #[body]
    custom_properties: OtherFields,
}

/// Delete a file or a folder of the token's owner: into the trash, unless it is for good.
///
/// A file and an empty folder are gone at once; with another folder the service goes on.
#[operation(
    id = "DeleteResource", delete = "/v1/disk/resources", host = Cloud, scopes = any("cloud_api:disk.write"),
    rate = "disk", output = Started<Link>, starts = GetOperationStatus
)]
pub struct DeleteResource {
    /// The path, in the form `/name` or `disk:/name`.
    #[query]
    path: String,
    /// Whether it is deleted for good, past the trash; by default not.
    #[query]
    permanently: Option<bool>,
    /// The MD5 that the file must have to be deleted.
    #[query]
    md5: Option<String>,
    /// Whether it goes on after the answer though it could be done at once; by default not.
    #[query]
    force_async: Option<bool>,
}

/// Move a file or a folder of the token's owner, or give it another name.
#[operation(
    id = "MoveResource", post = "/v1/disk/resources/move", host = Cloud,
    scopes = all("cloud_api:disk.read", "cloud_api:disk.write"), rate = "disk",
    check = Self::check, output = Started<Link>, starts = GetOperationStatus
)]
pub struct MoveResource {
    /// What is moved: its path.
    #[query]
    from: String,
    /// The path that it gets, its name included.
    #[query]
    path: String,
    /// Whether what is there already is replaced; by default not, and the move is refused.
    #[query]
    overwrite: Option<bool>,
    /// Whether it goes on after the answer though it could be done at once; by default not.
    #[query]
    force_async: Option<bool>,
}

/// Copy a file or a folder of the token's owner.
///
/// The service copies a file at once and goes on with a folder, whose end is asked for by the operation's id.
#[operation(
    id = "CopyResource", post = "/v1/disk/resources/copy", host = Cloud,
    scopes = all("cloud_api:disk.read", "cloud_api:disk.write"), rate = "disk",
    check = Self::check, output = Started<Link>, starts = GetOperationStatus
)]
pub struct CopyResource {
    /// What is copied: its path.
    #[query]
    from: String,
    /// The path of the copy, its name included.
    #[query]
    path: String,
    /// Whether what is there already is replaced; by default not, and the copy is refused.
    #[query]
    overwrite: Option<bool>,
    /// Whether it goes on after the answer though it could be done at once; by default not.
    #[query]
    force_async: Option<bool>,
}

/// Show how far an operation of Disk is. Any token may ask.
#[operation(
    id = "GetOperationStatus", get = "/v1/disk/operations/{operation_id}", host = Cloud, rate = "disk",
    output = OperationStatus, progress = progress
)]
pub struct GetOperationStatus {
    /// The operation's id.
    #[path]
    operation_id: TaskId,
}

fn progress(operation: &OperationStatus) -> TaskProgress {
    match operation.status {
        OperationState::Success => TaskProgress::Done,
        OperationState::Failed => TaskProgress::Failed,
        _ => TaskProgress::Running,
    }
}

new_path! { CreateFolder, MoveResource, CopyResource }
