//! What the token's owner has deleted.

use orglib_core::{Started, handle, operation};
use orglib_models::disk::{Link, TrashResource};

use crate::{children::Children, resources::GetOperationStatus};

handle! {
    /// What the token's owner has deleted. Made by [`Disk::trash`](crate::Disk::trash).
    ///
    /// Paths are those of the trash, `trash:/name_hash`, as the list of it has them.
    Trash() {
        /// Reads something in the trash, or the trash itself (`/`), with a page of what is in it.
        fn get(path: impl Into<String>) -> Call<GetTrashResource>;
        /// Puts something back where it was, or under another name.
        fn restore(path: impl Into<String>) -> Start<RestoreFromTrash>;
        /// Deletes for good: one thing, or everything where nothing is said.
        fn delete() -> Start<DeleteFromTrash>;
    }
}

impl Trash {
    /// What is in the trash, one after another, page by page.
    pub fn list(&self) -> Children<GetTrashResource> {
        Children::new(self.client.clone(), GetTrashResource::new("/"))
    }
}

/// Show something in the trash, or the trash itself, with a page of what is in it.
#[operation(
    id = "GetTrashResource", get = "/v1/disk/trash/resources", host = Cloud, scopes = any("cloud_api:disk.read"),
    rate = "disk", output = TrashResource
)]
pub struct GetTrashResource {
    /// The path in the trash: `/` for all of it, `trash:/name_hash` for one thing.
    #[query]
    path: String,
    /// How many of those in it come; the service gives 20 where nobody says.
    #[query]
    limit: Option<u32>,
    /// How many of them are left out before.
    #[query]
    offset: Option<u64>,
}

/// Put something back that is in the trash.
#[operation(
    id = "RestoreFromTrash", put = "/v1/disk/trash/resources/restore", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", idempotent = false, output = Started<Link>,
    starts = GetOperationStatus
)]
pub struct RestoreFromTrash {
    /// The path in the trash, `trash:/name_hash`.
    #[query]
    path: String,
    /// Another name than it had.
    #[query]
    name: Option<String>,
    /// Whether what is there already is replaced; by default not, and it is refused.
    #[query]
    overwrite: Option<bool>,
    /// Whether it goes on after the answer though it could be done at once; by default not.
    #[query]
    force_async: Option<bool>,
}

/// Delete something in the trash for good, or everything there. It cannot be had back.
#[operation(
    id = "ClearTrash", delete = "/v1/disk/trash/resources", host = Cloud, scopes = any("cloud_api:disk.write"),
    rate = "disk", output = Started<Link>, starts = GetOperationStatus
)]
pub struct DeleteFromTrash {
    /// The path in the trash, `trash:/name_hash`; without it everything goes.
    #[query]
    path: Option<String>,
    /// Whether it goes on after the answer though it could be done at once; by default not.
    #[query]
    force_async: Option<bool>,
}
