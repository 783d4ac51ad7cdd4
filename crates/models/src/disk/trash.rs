//! What was deleted and is kept in the trash.

use orglib_macros::model;

use super::ResourceType;
use crate::Timestamp;

/// A file or folder in the trash.
#[model]
pub struct TrashResource {
    /// The name that it had.
    pub name: String,
    /// The path in the trash, in the form `trash:/name_hash`: by this it is restored or deleted.
    pub path: String,
    /// Whether it is a file or a folder.
    #[model(name = "type")]
    pub kind: ResourceType,
    /// Where it was, in the form `disk:/name`.
    pub origin_path: Option<String>,
    /// When it was deleted.
    pub deleted: Option<Timestamp>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// The size in bytes; files only.
    pub size: Option<u64>,
    /// The MD5 of the content; files only.
    pub md5: Option<String>,
    /// The id, `<owner uid>:<hash>`.
    pub resource_id: Option<String>,
    /// What is in the trash, or in a folder there, a page of it.
    #[model(name = "_embedded")]
    pub embedded: Option<TrashItems>,
}

/// A page of what is in the trash.
#[model]
pub struct TrashItems {
    /// The files and folders.
    pub items: Vec<TrashResource>,
    /// How many were asked for.
    pub limit: Option<u64>,
    /// How many stand before them.
    pub offset: Option<u64>,
    /// How many there are.
    pub total: Option<u64>,
}
