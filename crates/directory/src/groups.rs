//! Groups of an organisation and their members.

use orglib_core::{Error, Page, handle, operation};
use orglib_models::{
    GroupId, OrgId,
    directory::{Group, GroupMembers, MemberAdded, NewMember},
};

use crate::resolver::find;

handle! {
    /// Groups of one organisation. Made by [`Directory::groups`](crate::Directory::groups).
    Groups(org: OrgId) {
        /// Lists groups.
        fn list() -> List<ListGroups>;
        /// Reads one group; [`Call::find`] gives `None` where there is none.
        fn get(id: GroupId) -> Call<GetGroup>;
    }
}

impl Groups {
    /// Looks for one group by an address of its mailing list. The current host searches itself; the legacy one cannot,
    /// so all groups are read there. What comes is compared with what was asked for.
    ///
    /// # Errors
    /// `Build`, where the text is no address, or several groups answer to it; else as a list of groups.
    pub async fn find_by_email(&self, email: &str) -> Result<Option<Group>, Error> {
        find::<ListGroups>(&self.client, self.org, email).await
    }

    /// Members of one group.
    pub fn members(&self, id: GroupId) -> Members {
        Members { client: self.client.clone(), org: self.org, group: id }
    }
}

handle! {
    /// Members of one group. Made by [`Groups::members`].
    Members(org: OrgId, group: GroupId) {
        /// Lists members of every kind, shared contacts and shared mailboxes too. All come in one answer.
        fn list() -> Call<ListGroupMembers>;
        /// Adds one employee, department or group. One that is there already is not added again, and the answer says so.
        fn add(member: impl Into<NewMember>) -> Call<AddGroupMember>;
        /// Lists employees, departments and nested groups only; the current host tells their default addresses. All come
        /// in one answer.
        fn list_structure() -> Call<ListStructureMembers>;
    }
}

/// List groups.
#[operation(
    id = "get-groups", get = "/v1/directory/organizations/{org_id}/groups", host = Cloud,
    legacy(
        id = "GroupService_List", get = "/directory/v1/org/{orgId}/groups", list = "groups", paging = number(1000)
    ),
    scopes = any("directory:read_groups", "directory:write_groups"),
    list = "items", paging = offset(1000), output = Page<Group>
)]
pub struct ListGroups {
    #[path]
    org_id: OrgId,
    /// Keeps only the group with this list address. The legacy host cannot.
    #[query(only = Current)]
    email: Option<String>,
    /// Keeps only groups that demand 2FA, or only those that do not. Marked "in development" by the service; the
    /// legacy host cannot.
    #[query(name = "is_2fa_enabled", only = Current)]
    is_two_factor_enabled: Option<bool>,
}

/// Show one group.
#[operation(
    id = "get-group-info", get = "/v1/directory/organizations/{org_id}/groups/{group_id}", host = Cloud,
    legacy(id = "GroupService_Get", get = "/directory/v1/org/{orgId}/groups/{groupId}"),
    scopes = any("directory:read_groups", "directory:write_groups"),
    output = Group
)]
pub struct GetGroup {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
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
