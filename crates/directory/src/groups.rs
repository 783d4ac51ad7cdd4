//! Groups of an organisation.

use orglib_core::{Error, Page, handle, operation};
use orglib_models::{
    GroupId, OrgId, UserId,
    directory::{Group, GroupRemoved, NewMember},
};

use crate::{members::Members, resolver::find};

handle! {
    /// Groups of one organisation. Made by [`Directory::groups`](crate::Directory::groups).
    Groups(org: OrgId) {
        /// Lists groups.
        fn list() -> List<ListGroups>;
        /// Reads one group; [`Call::find`] gives `None` where there is none.
        fn get(id: GroupId) -> Call<GetGroup>;
        /// Makes a group.
        fn create(name: impl Into<String>) -> Call<CreateGroup>;
        /// Changes a group; what is not given stays as it is.
        fn update(id: GroupId) -> Call<UpdateGroup>;
        /// Demands 2FA of a group's employees, or no longer.
        fn update_two_factor(id: GroupId, is_enabled: impl Into<bool>) -> Call<UpdateGroupTwoFactor>;
        /// Deletes a group. Its members stay, its mailing list goes.
        fn delete(id: GroupId) -> Call<DeleteGroup>;
        /// Replaces the managers of a group.
        fn replace_admins(id: GroupId, admins: impl IntoIterator<Item = impl Into<UserId>>) -> Call<ReplaceGroupAdmins>;
        /// Takes all managers away from a group.
        fn delete_admins(id: GroupId) -> Call<DeleteGroupAdmins>;
        /// Members of one group.
        fn members(id: GroupId) -> Members;
    }
}

impl Groups {
    /// Looks for one group by an address of its mailing list. The current host searches itself; the legacy one cannot,
    /// so all groups are read there. What comes is compared with what was asked for.
    ///
    /// # Errors
    /// `Build`, where the text is no address, `Ambiguous`, where several groups answer to it; else as a list of groups.
    pub async fn find_by_email(&self, email: &str) -> Result<Option<Group>, Error> {
        find::<ListGroups>(&self.client, self.org, email).await
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

/// Create a group.
#[operation(
    id = "GroupService_Create", post = "/directory/v1/org/{orgId}/groups", host = Api360,
    scopes = all("directory:write_groups"), output = Group
)]
pub struct CreateGroup {
    #[path]
    org_id: OrgId,
    /// The name.
    #[body]
    name: String,
    /// A free description.
    #[body]
    description: Option<String>,
    /// The name of the mailing list, the part of its address before `@`.
    #[body]
    label: Option<String>,
    /// The organisation's own id of the group.
    #[body]
    external_id: Option<String>,
    /// The members: employees, groups and departments.
    #[body]
    members: Option<Vec<NewMember>>,
}

/// Change a group. What is not given stays as it is.
#[operation(
    id = "GroupService_Update", patch = "/directory/v1/org/{orgId}/groups/{groupId}", host = Api360,
    scopes = all("directory:write_groups"), idempotent = true, output = Group
)]
pub struct UpdateGroup {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
    /// The name.
    #[body]
    name: Option<String>,
    /// A free description.
    #[body]
    description: Option<String>,
    /// The name of the mailing list, the part of its address before `@`.
    #[body]
    label: Option<String>,
    /// The organisation's own id of the group.
    #[body]
    external_id: Option<String>,
    /// The members, in place of all that there are.
    #[body]
    members: Option<Vec<NewMember>>,
}

/// Demand 2FA of a group's employees, or no longer. Only larger plans have it; it reaches neither nested groups nor the
/// personal setting of anybody.
#[operation(
    id = "patch-group-info", patch = "/v1/directory/organizations/{org_id}/groups/{group_id}", host = Cloud,
    scopes = any("directory:write_groups"), idempotent = true, output = Group
)]
pub struct UpdateGroupTwoFactor {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
    /// Whether 2FA is demanded.
    #[body(name = "is_2fa_enabled")]
    is_two_factor_enabled: bool,
}

/// Delete a group. Its members stay, its mailing list goes.
#[operation(
    id = "GroupService_Delete", delete = "/directory/v1/org/{orgId}/groups/{groupId}", host = Api360,
    scopes = all("directory:write_groups"), output = GroupRemoved
)]
pub struct DeleteGroup {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
}

/// Replace the managers of a group.
#[operation(
    id = "GroupService_UpdateAdmins", put = "/directory/v1/org/{orgId}/groups/{groupId}/admins", host = Api360,
    scopes = all("directory:write_groups"), output = Group
)]
pub struct ReplaceGroupAdmins {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
    /// The managers.
    #[body]
    admin_ids: Vec<UserId>,
}

/// Take all managers away from a group.
#[operation(
    id = "GroupService_DeleteAdmins", delete = "/directory/v1/org/{orgId}/groups/{groupId}/admins", host = Api360,
    scopes = all("directory:write_groups"), output = Group
)]
pub struct DeleteGroupAdmins {
    #[path]
    org_id: OrgId,
    #[path]
    group_id: GroupId,
}
