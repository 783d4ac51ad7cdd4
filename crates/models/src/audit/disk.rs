//! Events of Disk, as the log tells them that organisation events have taken the place of.

use orglib_macros::model;

use crate::{OrgId, OtherFields, Timestamp, UserId, open_enum::open_enum};

/// What happened on Disk.
#[model]
pub struct DiskEvent {
    /// The event's own id, by which one that comes twice is known.
    pub uniq_id: String,
    /// What kind of event it is.
    pub event_type: DiskEventType,
    /// When it happened.
    pub date: Option<Timestamp>,
    /// The organisation.
    pub org_id: Option<OrgId>,
    /// Who acted.
    pub user_uid: Option<UserId>,
    /// The login of who acted.
    pub user_login: String,
    /// The name of who acted.
    pub user_name: String,
    /// The address that the request came from.
    #[model(alias = "clientIP")]
    pub client_ip: Option<String>,
    /// The id of the request, which several events may share.
    pub request_id: Option<String>,
    /// The owner of the file or folder; nothing where the trash was emptied.
    pub owner_uid: Option<UserId>,
    /// The owner's login.
    pub owner_login: Option<String>,
    /// The owner's name.
    pub owner_name: Option<String>,
    /// The path of the file or folder.
    pub path: String,
    /// The id of the file.
    pub resource_file_id: Option<String>,
    /// The size in bytes; 0 for folders.
    pub size: Option<u64>,
    /// The rights that were given.
    pub rights: Option<String>,
    /// When the file was last changed.
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
