//! Files and folders of the token's owner.

use orglib_macros::model;

use super::ResourceType;
use crate::{OtherFields, Timestamp};

/// A file or folder on the token owner's own Disk. Everything is optional: folders lack the keys of files, and
/// `fields` trims at will.
#[model]
pub struct Resource {
    /// The name of the file or folder.
    pub name: String,
    /// The path, in the form `disk:/name`.
    pub path: String,
    /// Whether it is a file or a folder.
    #[model(name = "type")]
    pub kind: ResourceType,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// The size in bytes; files only.
    pub size: Option<u64>,
    /// The MIME type; files only.
    pub mime_type: Option<String>,
    /// The kind of file as Disk sees it, for instance `document`.
    pub media_type: Option<String>,
    /// The MD5 of the content; files only.
    pub md5: Option<String>,
    /// The SHA-256 of the content; files only.
    pub sha256: Option<String>,
    /// The public key; only where the resource is published.
    pub public_key: Option<String>,
    /// The public address; only where the resource is published.
    pub public_url: Option<String>,
    /// The id, `<owner uid>:<hash>`; it survives moves.
    pub resource_id: Option<String>,
    /// The revision of the Disk that last changed it.
    pub revision: Option<u64>,
    /// Properties that programs have set.
    pub custom_properties: Option<OtherFields>,
    /// What is in the folder, a page of it; only where one folder was read.
    #[model(name = "_embedded")]
    pub embedded: Option<ResourceItems>,
}

/// A page of what is in a folder.
#[model]
pub struct ResourceItems {
    /// The files and folders.
    pub items: Vec<Resource>,
    /// How many were asked for.
    pub limit: Option<u64>,
    /// How many stand before them.
    pub offset: Option<u64>,
    /// How many there are in the folder.
    pub total: Option<u64>,
    /// What they are sorted by.
    pub sort: Option<String>,
    /// The folder.
    pub path: Option<String>,
}
