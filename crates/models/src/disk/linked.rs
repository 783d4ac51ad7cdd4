//! What others share by link.

use orglib_macros::model;

use super::{Resource, ResourceType};
use crate::Timestamp;

/// A file or folder that somebody shares with everybody who has its link.
#[model]
pub struct LinkedResource {
    /// The name of the file or folder.
    pub name: String,
    /// The path inside what is shared: `/` for that itself.
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
    /// The public key.
    pub public_key: Option<String>,
    /// The public address.
    pub public_url: Option<String>,
    /// The id, `<owner uid>:<hash>`.
    pub resource_id: Option<String>,
    /// How often it was looked at.
    pub views_count: Option<u64>,
    /// Whose it is.
    pub owner: Option<LinkOwner>,
    /// What is in the folder, a page of it.
    #[model(name = "_embedded")]
    pub embedded: Option<LinkedItems>,
}

/// What both tell. The path stays one inside what is shared.
impl From<LinkedResource> for Resource {
    fn from(linked: LinkedResource) -> Self {
        Self {
            name: linked.name,
            path: linked.path,
            kind: linked.kind,
            created: linked.created,
            modified: linked.modified,
            size: linked.size,
            mime_type: linked.mime_type,
            media_type: linked.media_type,
            md5: linked.md5,
            sha256: linked.sha256,
            public_key: linked.public_key,
            public_url: linked.public_url,
            resource_id: linked.resource_id,
            ..Self::default()
        }
    }
}

/// Whose a public resource is.
#[model]
pub struct LinkOwner {
    /// The person's id.
    pub uid: Option<String>,
    /// The login.
    pub login: Option<String>,
    /// The name that is shown.
    pub display_name: Option<String>,
}

/// A page of what is in a public folder.
#[model]
pub struct LinkedItems {
    /// The files and folders.
    pub items: Vec<LinkedResource>,
    /// How many were asked for.
    pub limit: Option<u64>,
    /// How many stand before them.
    pub offset: Option<u64>,
    /// How many there are in the folder.
    pub total: Option<u64>,
}
