//! Members of a group.

use orglib_core::{handle, operation};
use orglib_models::{
    DepartmentId, ExternalContactId, GroupId, MailboxId, OrgId, UserId,
    directory::{GroupMembers, MemberAdded, MemberDeleted, MemberType, NewMember},
};

handle! {
    /// Members of one group. Made by [`Groups::members`](crate::Groups::members).
    Members(org: OrgId, group: GroupId) {
        /// Lists members of every kind, shared contacts and shared mailboxes too. All come in one answer.
        fn list() -> Call<ListGroupMembers>;
        /// Adds many of every kind.
        fn add_all() -> Call<AddGroupMembers>;
        /// Removes many of every kind.
        fn delete_all() -> Call<DeleteGroupMembers>;
        /// Removes one employee, department or group.
        fn delete(kind: MemberType, id: impl Into<String>) -> Call<DeleteGroupMember>;
        /// Replaces all members. Shared contacts and mailboxes cannot be said.
        fn replace(members: impl IntoIterator<Item = impl Into<NewMember>>) -> Call<ReplaceGroupMembers>;
        /// Removes every member.
        fn clear() -> Call<ClearGroupMembers>;
        /// Adds one employee, department or group. One that is there already is not added again, and the answer says so.
        fn add(member: impl Into<NewMember>) -> Call<AddGroupMember>;
        /// Lists employees, departments and nested groups only; the current host tells their default addresses. All come
        /// in one answer.
        fn list_structure() -> Call<ListStructureMembers>;
    }
}

/// List members of every kind, shared contacts and mailboxes included. It lives on the legacy host only.
#[operation(
    id = "GroupV2Service_ListMembers", get = "/directory/v2/org/{orgId}/groups/{groupId}/members", host = Api360,
    scopes = any("directory:read_groups", "directory:write_groups"),
    output = GroupMembers
)]
pub struct ListGroupMembers {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
}

/// List employees, departments and nested groups of a group. It does not see shared contacts and mailboxes.
#[operation(
    id = "get-group-members", get = "/v1/api360/directory/org/{org_id}/groups/{group_id}/members", host = Cloud,
    legacy(id = "GroupService_ListMembers", get = "/directory/v1/org/{orgId}/groups/{groupId}/members"),
    scopes = any("directory:read_groups", "directory:write_groups"),
    output = GroupMembers
)]
pub struct ListStructureMembers {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
}

/// Add one employee, department or group to a group.
#[operation(
    id = "post-group-members", post = "/v1/api360/directory/org/{org_id}/groups/{group_id}/members", host = Cloud,
    legacy(id = "GroupService_AddMember", post = "/directory/v1/org/{orgId}/groups/{groupId}/members"),
    scopes = all("directory:write_groups"),
    output = MemberAdded
)]
pub struct AddGroupMember {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
    #[body(whole)]
    member: NewMember,
}

/// Remove one employee, department or group from a group. It lives on the legacy host only.
#[operation(
    id = "GroupService_DeleteMember", delete = "/directory/v1/org/{orgId}/groups/{groupId}/members/{type}/{id}",
    host = Api360, scopes = all("directory:write_groups"), output = MemberDeleted
)]
pub struct DeleteGroupMember {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
    /// The kind of member.
    #[path(name = "type")]
    kind: MemberType,
    /// The member's id.
    #[path]
    id: String,
}

/// Replace all members of a group. Shared contacts and mailboxes among them cannot be said.
#[operation(
    id = "put-group-members", put = "/v1/api360/directory/org/{org_id}/groups/{group_id}/members", host = Cloud,
    legacy(id = "GroupService_UpdateMembers", put = "/directory/v1/org/{orgId}/groups/{groupId}/members"),
    scopes = all("directory:write_groups"), output = GroupMembers
)]
pub struct ReplaceGroupMembers {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
    /// The members.
    #[body]
    members: Vec<NewMember>,
}

/// Remove every member of a group.
#[operation(
    id = "delete-group-members", delete = "/v1/api360/directory/org/{org_id}/groups/{group_id}/members",
    host = Cloud,
    legacy(id = "GroupService_DeleteMembers", delete = "/directory/v1/org/{orgId}/groups/{groupId}/members"),
    scopes = all("directory:write_groups"), output = GroupMembers
)]
pub struct ClearGroupMembers {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
}

/// Add members of every kind to a group. It lives on the legacy host only. How many go into one call is
/// not documented: send a thousand in pieces.
#[operation(
    id = "GroupV2Service_AddMembers", patch = "/directory/v2/org/{orgId}/groups/{groupId}/members/add",
    host = Api360, scopes = all("directory:write_groups"), idempotent = true, check = Self::check, output = ()
)]
pub struct AddGroupMembers {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
    /// Employees.
    #[body]
    user_ids: Option<Vec<UserId>>,
    /// Departments.
    #[body]
    department_ids: Option<Vec<DepartmentId>>,
    /// Groups.
    #[body]
    group_ids: Option<Vec<GroupId>>,
    /// Shared contacts.
    #[body]
    external_contact_ids: Option<Vec<ExternalContactId>>,
    /// Shared mailboxes.
    #[body]
    shared_mailbox_ids: Option<Vec<MailboxId>>,
}

/// Remove members of every kind from a group. It lives on the legacy host only. How many go into one call is
/// not documented: send a thousand in pieces.
#[operation(
    id = "GroupV2Service_DeleteMembers", patch = "/directory/v2/org/{orgId}/groups/{groupId}/members/delete",
    host = Api360, scopes = all("directory:write_groups"), idempotent = true, check = Self::check, output = ()
)]
pub struct DeleteGroupMembers {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
    /// Employees.
    #[body]
    user_ids: Option<Vec<UserId>>,
    /// Departments.
    #[body]
    department_ids: Option<Vec<DepartmentId>>,
    /// Groups.
    #[body]
    group_ids: Option<Vec<GroupId>>,
    /// Shared contacts.
    #[body]
    external_contact_ids: Option<Vec<ExternalContactId>>,
    /// Shared mailboxes.
    #[body]
    shared_mailbox_ids: Option<Vec<MailboxId>>,
}

macro_rules! check_members {
    ($($operation:ty),+) => {
        $(impl $operation {
            fn check(&self) -> Result<(), String> {
                let are_named = [
                    self.user_ids.is_some(),
                    self.department_ids.is_some(),
                    self.group_ids.is_some(),
                    self.external_contact_ids.is_some(),
                    self.shared_mailbox_ids.is_some(),
                ];
                if are_named.contains(&true) { Ok(()) } else { Err("name at least one member".to_owned()) }
            }
        })+
    };
}

check_members!(AddGroupMembers, DeleteGroupMembers);
