//! How large a Disk is, and whose.

use orglib_macros::model;

use crate::{OtherFields, Timestamp};

/// How large a Disk is, how much of it is used, and whose it is.
#[model]
pub struct Capacity {
    /// How many bytes there are.
    pub total_space: Option<u64>,
    /// How many bytes are used, those in the trash too.
    pub used_space: Option<u64>,
    /// How many bytes are in the trash.
    pub trash_size: Option<u64>,
    /// The largest file that may be uploaded, in bytes.
    pub max_file_size: Option<u64>,
    /// Whether the Disk is paid for.
    pub is_paid: Option<bool>,
    /// When the Disk was opened.
    pub reg_time: Option<Timestamp>,
    /// The present revision, which each change raises.
    pub revision: Option<u64>,
    /// Whose Disk it is.
    pub user: Option<DiskOwner>,
    /// The paths of the folders that the service makes itself, by their purpose.
    pub system_folders: OtherFields,
}

/// Whose Disk it is.
#[model]
pub struct DiskOwner {
    /// The person's id.
    pub uid: String,
    /// The login.
    pub login: String,
    /// The name that is shown.
    pub display_name: Option<String>,
    /// The country, in two letters.
    pub country: Option<String>,
}
