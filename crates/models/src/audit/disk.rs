//! Events of Disk, as the log tells them that organisation events have taken the place of.

use serde::{Deserialize, Serialize};

use super::OtherFields;
use crate::{OrgId, Timestamp, UserId, lenient, open_enum::open_enum, timestamp};

/// What happened on Disk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct DiskEvent {
    /// The event's own id, by which one that comes twice is known.
    #[serde(alias = "uniqId", deserialize_with = "lenient::text")]
    pub uniq_id: String,
    /// What kind of event it is.
    #[serde(alias = "eventType")]
    pub event_type: DiskEventType,
    /// When it happened.
    #[serde(deserialize_with = "timestamp::optional")]
    pub date: Option<Timestamp>,
    /// The organisation.
    #[serde(alias = "orgId", deserialize_with = "lenient::optional_id")]
    pub org_id: Option<OrgId>,
    /// Who acted.
    #[serde(alias = "userUid", deserialize_with = "lenient::optional_id")]
    pub user_uid: Option<UserId>,
    /// The login of who acted.
    #[serde(alias = "userLogin", deserialize_with = "lenient::text")]
    pub user_login: String,
    /// The name of who acted.
    #[serde(alias = "userName", deserialize_with = "lenient::text")]
    pub user_name: String,
    /// The address that the request came from.
    #[serde(alias = "clientIp", alias = "clientIP", deserialize_with = "lenient::optional_text")]
    pub client_ip: Option<String>,
    /// The id of the request, which several events may share.
    #[serde(alias = "requestId", deserialize_with = "lenient::optional_text")]
    pub request_id: Option<String>,
    /// The owner of the file or folder; nothing where the trash was emptied.
    #[serde(alias = "ownerUid", deserialize_with = "lenient::optional_id")]
    pub owner_uid: Option<UserId>,
    /// The owner's login.
    #[serde(alias = "ownerLogin", deserialize_with = "lenient::optional_text")]
    pub owner_login: Option<String>,
    /// The owner's name.
    #[serde(alias = "ownerName", deserialize_with = "lenient::optional_text")]
    pub owner_name: Option<String>,
    /// The path of the file or folder.
    #[serde(deserialize_with = "lenient::text")]
    pub path: String,
    /// The id of the file.
    #[serde(alias = "resourceFileId", deserialize_with = "lenient::optional_text")]
    pub resource_file_id: Option<String>,
    /// The size in bytes; 0 for folders.
    #[serde(deserialize_with = "lenient::optional_count")]
    pub size: Option<u64>,
    /// The rights that were given.
    #[serde(deserialize_with = "lenient::optional_text")]
    pub rights: Option<String>,
    /// When the file was last changed.
    #[serde(alias = "lastModificationDate", deserialize_with = "timestamp::optional")]
    pub last_modification_date: Option<Timestamp>,
    /// Fields that this version does not know, as they came.
    #[serde(flatten)]
    pub other: OtherFields,
}

open_enum! {
    /// The type of an event of Disk.
    DiskEventType {
        /// Something was copied to one's own Disk.
        Copy = "fs-copy",
        /// A folder was made.
        Mkdir = "fs-mkdir",
        /// Something was moved or renamed.
        Move = "fs-move",
        /// Something was removed past the trash.
        Rm = "fs-rm",
        /// Something was published.
        SetPublic = "fs-set-public",
        /// The settings of a link were changed.
        SetPublicSettings = "fs-set-public-settings",
        /// A file was uploaded.
        Store = "fs-store",
        /// Something was moved to the trash.
        TrashAppend = "fs-trash-append",
        /// Something was removed from the trash.
        TrashDrop = "fs-trash-drop",
        /// The trash was emptied.
        TrashDropAll = "fs-trash-drop-all",
        /// An invitation to a folder was accepted.
        ShareActivateInvite = "share-activate-invite",
        /// The rights of an invitation were changed.
        ShareChangeInviteRights = "share-change-invite-rights",
        /// The rights on a shared folder were changed.
        ShareChangeRights = "share-change-rights",
        /// A folder was shared.
        ShareCreateGroup = "share-create-group",
        /// Somebody was invited to a folder.
        ShareInviteUser = "share-invite-user",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_trash_has_no_owner() {
        let event: DiskEvent = serde_json::from_str(
            r#"{"eventType":"fs-trash-drop-all","ownerUid":"","ownerLogin":"","resourceFileId":"","size":"0","rights":"",
                "userUid":"1130000000000001","lastModificationDate":"","new":{"a":1}}"#,
        )
        .unwrap();
        assert_eq!((event.owner_uid, event.owner_login.as_deref(), event.size), (None, None, Some(0)));
        assert_eq!(event.event_type, DiskEventType::TrashDropAll);
        assert_eq!(serde_json::to_value(&event).unwrap()["new"], serde_json::json!({"a": 1}));
    }
}
