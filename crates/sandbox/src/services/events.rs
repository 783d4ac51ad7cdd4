//! What the audit logs say of a change that was made.

use crate::{
    spec::{Checked, spec},
    store::Store,
};

/// What the log of the organisation's events says of an operation. What is not here has no type that the documents know.
const EVENTS: &[(&str, &str)] = &[
    ("UserService_Create", "ya360_b2bplatform_user_created"),
    ("UserService_Update", "ya360_b2bplatform_user_updated"),
    ("UserService_CreateUserAlias", "ya360_b2bplatform_user_alias_created"),
    ("UserService_DeleteUserAlias", "ya360_b2bplatform_user_alias_deleted"),
    ("post-user-alias", "ya360_b2bplatform_user_alias_created"),
    ("delete-user-alias", "ya360_b2bplatform_user_alias_deleted"),
    ("OrganizationsService_ChangeIdentity", "ya360_b2bplatform_organization_sso_settings_updated"),
    ("DomainService_Create", "ya360_b2bplatform_domain_created"),
    ("DomainService_Delete", "ya360_b2bplatform_domain_deleted"),
    ("GroupService_Create", "ya360_b2bplatform_group_created"),
    ("GroupService_Update", "ya360_b2bplatform_group_updated"),
    ("GroupService_UpdateAdmins", "ya360_b2bplatform_group_updated"),
    ("GroupService_DeleteAdmins", "ya360_b2bplatform_group_updated"),
    ("GroupService_Delete", "ya360_b2bplatform_group_deleted"),
    ("GroupService_AddMember", "ya360_b2bplatform_group_member_created"),
    ("GroupV2Service_AddMembers", "ya360_b2bplatform_group_member_created"),
    ("post-group-members", "ya360_b2bplatform_group_member_created"),
    ("GroupService_DeleteMember", "ya360_b2bplatform_group_member_deleted"),
    ("GroupService_DeleteMembers", "ya360_b2bplatform_group_member_deleted"),
    ("GroupV2Service_DeleteMembers", "ya360_b2bplatform_group_member_deleted"),
    ("delete-group-members", "ya360_b2bplatform_group_member_deleted"),
    ("DepartmentService_Create", "ya360_b2bplatform_department_created"),
    ("DepartmentService_Update", "ya360_b2bplatform_department_updated"),
    ("DepartmentService_Delete", "ya360_b2bplatform_department_deleted"),
    ("MailboxService_CreateShared", "ya360_b2bplatform_resource_shared_mailbox_created"),
    ("MailboxService_UpdateShared", "ya360_b2bplatform_resource_shared_mailbox_updated"),
    ("MailboxService_DeleteShared", "ya360_b2bplatform_resource_shared_mailbox_deleted"),
    ("MailboxService_CreateDelegated", "ya360_b2bplatform_resource_delegated_mailbox_created"),
    ("MailboxService_DeleteDelegated", "ya360_b2bplatform_resource_delegated_mailbox_deleted"),
    ("shd-create", "ya360_b2bplatform_resource_shared_disk_created"),
    ("shd-del", "ya360_b2bplatform_resource_shared_disk_deleted"),
    ("post-office", "ya360_b2bplatform_resource_office_created"),
    ("patch-office", "ya360_b2bplatform_resource_office_updated"),
    ("delete-office", "ya360_b2bplatform_resource_office_deleted"),
    ("post-room", "ya360_b2bplatform_resource_room_created"),
    ("patch-room", "ya360_b2bplatform_resource_room_updated"),
    ("delete-room", "ya360_b2bplatform_resource_room_deleted"),
    ("ExternalContactService_Create", "ya360_b2bplatform_resource_shared_contact_created"),
    ("ExternalContactService_Update", "ya360_b2bplatform_resource_shared_contact_updated"),
    ("ExternalContactService_UpdateEmails", "ya360_b2bplatform_resource_shared_contact_updated"),
    ("ExternalContactService_UpdatePhones", "ya360_b2bplatform_resource_shared_contact_updated"),
    ("ExternalContactService_Delete", "ya360_b2bplatform_resource_shared_contact_deleted"),
    ("CreateResource", "disk_fs-mkdir"),
    ("CopyResource", "disk_fs-copy"),
    ("MoveResource", "disk_fs-move"),
    ("PublishResource", "disk_fs-set-public"),
    ("UnpublishResource", "disk_fs-set-private"),
    ("unpublish-admin-phash", "disk_fs-set-private"),
    ("UpdatePublicSettings", "disk_fs-set-public-settings"),
    ("public-settings-change-admin", "disk_fs-set-public-settings"),
    ("DeleteResource", "disk_fs-trash-append"),
    ("RestoreFromTrash", "disk_fs-trash-restore"),
    ("UploadExternalResource", "disk_fs-store"),
    ("SaveToDiskPublicResource", "disk_fs-copy"),
];

/// Writes down what was done, where the logs have a word for it.
pub(crate) fn note(store: &mut Store, operation: &str, call: &Checked) {
    let uid = call.caller.uid;
    let named = ["orgId", "org_id"].into_iter().find_map(|name| call.id(name).ok());
    let org = named.or_else(|| store.organization_of(uid).map(|org| org.id));
    let Some(org) = org else { return };
    let other = ["userId", "user_id"].into_iter().find_map(|name| call.id(name).ok()).unwrap_or(uid);
    let logs = store.audit.logs_mut(org);
    let at = call.now.milliseconds();
    for kind in kinds(operation, call) {
        logs.events.add_of(at, kind, uid, other);
        // The older log of Disk has most of the words, without the name of the service.
        let words = spec().words("yandex360-api360", "DiskEventType");
        if let Some(kind) = kind.strip_prefix("disk_").filter(|kind| words.contains(kind)) {
            logs.disk.add_of(at, kind, uid, other);
        }
    }
}

fn kinds(operation: &str, call: &Checked) -> Vec<&'static str> {
    let listed = EVENTS.iter().find(|(id, _)| *id == operation).map(|(_, kind)| *kind);
    match operation {
        "UserService_Update" => {
            let of = |name: &str| call.body.get(name);
            let blocked =
                of("isEnabled").and_then(serde_json::Value::as_bool).map(|is_enabled| match is_enabled {
                    true => "ya360_b2bplatform_user_unblocked",
                    false => "ya360_b2bplatform_user_blocked",
                });
            let password = of("password").map(|_| "ya360_b2bplatform_user_password_updated");
            listed.into_iter().chain(blocked).chain(password).collect()
        }
        "DeleteResource" if call.flag("permanently") => vec!["disk_fs-rm"],
        "ClearTrash" if call.has("path") => vec!["disk_fs-trash-drop"],
        "ClearTrash" => vec!["disk_fs-trash-drop-all"],
        _ => listed.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_and_every_operation_is_one_of_the_documents() {
        let words = spec().words("yandex360-cloud", "AuditEventType");
        for (id, kind) in EVENTS {
            assert!(spec().operations().any(|operation| operation.id == *id), "{id}");
            assert!(words.contains(kind), "{kind}");
        }
    }
}
