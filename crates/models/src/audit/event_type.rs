//! The types of organisation events.

use crate::open_enum::open_enum;

open_enum! {
    /// The type of an event. New ones appear without notice.
    AuditEventType {
        /// Signed in with a browser.
        IdCookieSet = "id_cookie.set",
        /// A token was issued to an application.
        IdNondeviceTokenIssued = "id_nondevice_token.issued",
        /// A token was issued for a device.
        IdDeviceTokenIssued = "id_device_token.issued",
        /// Signed in with an application password.
        IdAppPasswordLogin = "id_app_password.login",
        /// Signed out everywhere.
        IdAccountGlogout = "id_account.glogout",
        /// Changed the password.
        IdAccountChangedPassword = "id_account.changed_password",
        /// An employee was made.
        UserCreated = "ya360_b2bplatform_user_created",
        /// An employee was dismissed.
        UserDismissed = "ya360_b2bplatform_user_dismissed",
        /// An employee was blocked.
        UserBlocked = "ya360_b2bplatform_user_blocked",
        /// An employee was unblocked.
        UserUnblocked = "ya360_b2bplatform_user_unblocked",
        /// An employee was changed.
        UserUpdated = "ya360_b2bplatform_user_updated",
        /// An alias of an employee was made.
        UserAliasCreated = "ya360_b2bplatform_user_alias_created",
        /// An alias of an employee was deleted.
        UserAliasDeleted = "ya360_b2bplatform_user_alias_deleted",
        /// The password of an employee was changed.
        UserPasswordUpdated = "ya360_b2bplatform_user_password_updated",
        /// An invitation was made.
        InviteCreated = "ya360_b2bplatform_invite_created",
        /// An invitation was used.
        InviteUsed = "ya360_b2bplatform_invite_used",
        /// The owner of the organisation was changed.
        OrganizationOwnerUpdated = "ya360_b2bplatform_organization_owner_updated",
        /// The organisation was changed.
        OrganizationUpdated = "ya360_b2bplatform_organization_updated",
        /// The settings of single sign-on were changed.
        OrganizationSsoSettingsUpdated = "ya360_b2bplatform_organization_sso_settings_updated",
        /// A domain was made.
        DomainCreated = "ya360_b2bplatform_domain_created",
        /// A domain was deleted.
        DomainDeleted = "ya360_b2bplatform_domain_deleted",
        /// A domain was changed.
        DomainUpdated = "ya360_b2bplatform_domain_updated",
        /// A group was made.
        GroupCreated = "ya360_b2bplatform_group_created",
        /// A group was deleted.
        GroupDeleted = "ya360_b2bplatform_group_deleted",
        /// A group was changed.
        GroupUpdated = "ya360_b2bplatform_group_updated",
        /// Somebody was added to a group.
        GroupMemberCreated = "ya360_b2bplatform_group_member_created",
        /// Somebody was removed from a group.
        GroupMemberDeleted = "ya360_b2bplatform_group_member_deleted",
        /// A department was made.
        DepartmentCreated = "ya360_b2bplatform_department_created",
        /// A department was deleted.
        DepartmentDeleted = "ya360_b2bplatform_department_deleted",
        /// A department was changed.
        DepartmentUpdated = "ya360_b2bplatform_department_updated",
        /// Somebody was added to a department.
        DepartmentMemberCreated = "ya360_b2bplatform_department_member_created",
        /// Somebody was removed from a department.
        DepartmentMemberDeleted = "ya360_b2bplatform_department_member_deleted",
        /// A shared mailbox was made.
        SharedMailboxCreated = "ya360_b2bplatform_resource_shared_mailbox_created",
        /// A shared mailbox was deleted.
        SharedMailboxDeleted = "ya360_b2bplatform_resource_shared_mailbox_deleted",
        /// A shared mailbox was changed.
        SharedMailboxUpdated = "ya360_b2bplatform_resource_shared_mailbox_updated",
        /// A delegated mailbox was made.
        DelegatedMailboxCreated = "ya360_b2bplatform_resource_delegated_mailbox_created",
        /// A delegated mailbox was deleted.
        DelegatedMailboxDeleted = "ya360_b2bplatform_resource_delegated_mailbox_deleted",
        /// A shared disk was made.
        SharedDiskCreated = "ya360_b2bplatform_resource_shared_disk_created",
        /// A shared disk was deleted.
        SharedDiskDeleted = "ya360_b2bplatform_resource_shared_disk_deleted",
        /// An office was made.
        OfficeCreated = "ya360_b2bplatform_resource_office_created",
        /// An office was deleted.
        OfficeDeleted = "ya360_b2bplatform_resource_office_deleted",
        /// An office was changed.
        OfficeUpdated = "ya360_b2bplatform_resource_office_updated",
        /// A room was made.
        RoomCreated = "ya360_b2bplatform_resource_room_created",
        /// A room was deleted.
        RoomDeleted = "ya360_b2bplatform_resource_room_deleted",
        /// A room was changed.
        RoomUpdated = "ya360_b2bplatform_resource_room_updated",
        /// A shared contact was made.
        SharedContactCreated = "ya360_b2bplatform_resource_shared_contact_created",
        /// A shared contact was deleted.
        SharedContactDeleted = "ya360_b2bplatform_resource_shared_contact_deleted",
        /// A shared contact was changed.
        SharedContactUpdated = "ya360_b2bplatform_resource_shared_contact_updated",
        /// A meeting was made.
        TelemostConferenceCreated = "telemost_conference.created",
        /// The access to a meeting was changed.
        TelemostConferenceAccessLevelChanged = "telemost_conference.access_level_changed",
        /// A meeting began.
        TelemostConferenceStarted = "telemost_conference.started",
        /// A meeting ended.
        TelemostConferenceEnded = "telemost_conference.ended",
        /// Somebody joined a meeting.
        TelemostConferencePeerJoined = "telemost_conference.peer.joined",
        /// Somebody was put out of a meeting.
        TelemostConferencePeerKicked = "telemost_conference.peer.kicked",
        /// A participant's role was changed.
        TelemostConferencePeerRoleChanged = "telemost_conference.peer.role_changed",
        /// Somebody came into the waiting room.
        TelemostConferenceWaitingRoomPeerJoined = "telemost_conference.waiting_room.peer.joined",
        /// Somebody was let in from the waiting room.
        TelemostConferenceWaitingRoomPeerAdmitted = "telemost_conference.waiting_room.peer.admitted",
        /// Somebody left the waiting room.
        TelemostConferenceWaitingRoomPeerLeft = "telemost_conference.waiting_room.peer.left",
        /// A broadcast was made.
        TelemostConferenceLiveStreamCreated = "telemost_conference.live_stream.created",
        /// A broadcast began.
        TelemostConferenceLiveStreamStarted = "telemost_conference.live_stream.started",
        /// The access to a broadcast was changed.
        TelemostConferenceLiveStreamAccessLevelChanged = "telemost_conference.live_stream.access_level_changed",
        /// A broadcast ended.
        TelemostConferenceLiveStreamEnded = "telemost_conference.live_stream.ended",
        /// Somebody joined a broadcast.
        TelemostConferenceLiveStreamViewerJoined = "telemost_conference.live_stream.viewer.joined",
        /// A chat was made.
        MessengerChatCreated = "messenger_chat.created",
        /// What a chat says of itself was changed.
        MessengerChatInfoChanged = "messenger_chat.info_changed",
        /// A chat's link of invitation was renewed.
        MessengerChatInviteLinkRenewed = "messenger_chat.invite_link_renewed",
        /// The rights of a chat's members were changed.
        MessengerChatMemberRightsChanged = "messenger_chat.member_rights_changed",
        /// Somebody was added to a chat.
        MessengerChatMemberAdded = "messenger_chat.member.added",
        /// A member's role in a chat was changed.
        MessengerChatMemberRoleChanged = "messenger_chat.member.role_changed",
        /// Somebody was removed from a chat.
        MessengerChatMemberRemoved = "messenger_chat.member.removed",
        /// A group was added to a chat.
        MessengerChatGroupAdded = "messenger_chat.group_added",
        /// A group was removed from a chat.
        MessengerChatGroupRemoved = "messenger_chat.group_removed",
        /// A department was added to a chat.
        MessengerChatDepartmentAdded = "messenger_chat.department_added",
        /// A department was removed from a chat.
        MessengerChatDepartmentRemoved = "messenger_chat.department_removed",
        /// A file was sent.
        MessengerChatFileSent = "messenger_chat.file_sent",
        /// A message was deleted.
        MessengerChatMessageDeleted = "messenger_chat.message_deleted",
        /// A call began.
        MessengerChatCallStarted = "messenger_chat.call_started",
        /// Somebody asked for an archive of messages.
        MessengerUserTakeoutRequested = "messenger_user.takeout_requested",
        /// A folder was made.
        DiskFsMkdir = "disk_fs-mkdir",
        /// A file was uploaded.
        DiskFsStore = "disk_fs-store",
        /// A file was uploaded that was there already.
        DiskFsHardlinkCopy = "disk_fs-hardlink-copy",
        /// Something was copied.
        DiskFsCopy = "disk_fs-copy",
        /// Something was moved or renamed.
        DiskFsMove = "disk_fs-move",
        /// Something was viewed.
        DiskFsView = "disk_fs-view",
        /// Something was downloaded.
        DiskFsGetDownloadUrl = "disk_fs-get-download-url",
        /// Something public was viewed.
        DiskFsPublicView = "disk_fs-public-view",
        /// Something was published.
        DiskFsSetPublic = "disk_fs-set-public",
        /// Something is no longer public.
        DiskFsSetPrivate = "disk_fs-set-private",
        /// The settings of a link were changed.
        DiskFsSetPublicSettings = "disk_fs-set-public-settings",
        /// The settings of a link were removed.
        DiskFsRemovePublicSettings = "disk_fs-remove-public-settings",
        /// Something was moved to the trash.
        DiskFsTrashAppend = "disk_fs-trash-append",
        /// Something was restored from the trash.
        DiskFsTrashRestore = "disk_fs-trash-restore",
        /// Something was removed from the trash.
        DiskFsTrashDrop = "disk_fs-trash-drop",
        /// The trash was emptied.
        DiskFsTrashDropAll = "disk_fs-trash-drop-all",
        /// Something was removed past the trash.
        DiskFsRm = "disk_fs-rm",
        /// A folder was shared.
        DiskShareCreateGroup = "disk_share-create-group",
        /// Somebody was invited to a folder.
        DiskShareInviteUser = "disk_share-invite-user",
        /// An invitation to a folder was accepted.
        DiskShareActivateInvite = "disk_share-activate-invite",
        /// The rights on a shared folder were changed.
        DiskShareChangeRights = "disk_share-change-rights",
        /// An invitation to a folder was taken back.
        DiskShareRemoveInvite = "disk_share-remove-invite",
        /// Somebody asked for an archive of messages, in the spelling of another client.
        MessengerChatTakeoutRequested = "messenger_chat.takeout_requested",
    }
}
