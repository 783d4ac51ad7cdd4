//! Departments of an organisation.

use orglib_core::{Error, Page, handle, operation};
use orglib_models::{
    DepartmentId, OrgId, UserId,
    directory::{AliasRemoved, Department, DepartmentRemoved},
    words,
};

use crate::{resolver::find, users::local_part};

handle! {
    /// Departments of one organisation. Made by [`Directory::departments`](crate::Directory::departments).
    Departments(org: OrgId) {
        /// Lists departments, the root among them.
        fn list() -> List<ListDepartments>;
        /// Reads one department; [`Call::find`] gives `None` where there is none.
        fn get(id: DepartmentId) -> Call<GetDepartment>;
        /// Makes a department below another; 1 is the one above all.
        fn create(name: impl Into<String>, parent: DepartmentId) -> Call<CreateDepartment>;
        /// Changes a department, or moves it; what is not given stays as it is.
        fn update(id: DepartmentId) -> Call<UpdateDepartment>;
        /// Demands 2FA of a department's people, or no longer.
        fn update_two_factor(id: DepartmentId, is_enabled: impl Into<bool>) -> Call<UpdateDepartmentTwoFactor>;
        /// Deletes a department that has neither people nor departments in it.
        fn delete(id: DepartmentId) -> Call<DeleteDepartment>;
        /// Adds an alias to the mailing list, which must have a name already.
        fn create_alias(id: DepartmentId, alias: impl Into<String>) -> Call<CreateDepartmentAlias>;
        /// Removes an alias of the mailing list.
        fn delete_alias(id: DepartmentId, alias: impl Into<String>) -> Call<DeleteDepartmentAlias>;
    }
}

impl Departments {
    /// Looks for one department by an address of its mailing list. The current host searches itself; the legacy one cannot,
    /// so all departments are read there. What comes is compared with what was asked for.
    ///
    /// # Errors
    /// `Build`, where the text is no address, `Ambiguous`, where several departments answer to it; else as a list of
    /// departments.
    pub async fn find_by_email(&self, email: &str) -> Result<Option<Department>, Error> {
        find::<ListDepartments>(&self.client, self.org, email).await
    }
}

/// List departments.
#[operation(
    id = "get-departments", get = "/v1/directory/organizations/{org_id}/departments", host = Cloud,
    legacy(
        id = "DepartmentService_List", get = "/directory/v1/org/{orgId}/departments",
        list = "departments", paging = number(1000)
    ),
    scopes = any("directory:read_departments", "directory:write_departments"),
    list = "items", paging = offset(1000), output = Page<Department>
)]
pub struct ListDepartments {
    #[path]
    org_id: OrgId,
    /// Keeps only the department with this list address. The legacy host cannot.
    #[query(only = Current)]
    email: Option<String>,
    /// Keeps only departments that demand 2FA, or only those that do not. Marked "in development" by the service;
    /// the legacy host cannot.
    #[query(name = "is_2fa_enabled", only = Current)]
    is_two_factor_enabled: Option<bool>,
    /// Keeps only the children of this department. Only the legacy host can.
    #[query(name = "parentId", only = Legacy)]
    parent_id: Option<DepartmentId>,
    /// Sets the order. Only the legacy host can.
    #[query(name = "orderBy", only = Legacy)]
    order_by: Option<DepartmentOrder>,
}

words! {
    /// The order of a list of departments.
    DepartmentOrder {
        /// By id.
        Id = "id",
        /// By name.
        Name = "name",
    }
}

/// Show one department.
#[operation(
    id = "get-department-info", get = "/v1/directory/organizations/{org_id}/departments/{department_id}", host = Cloud,
    legacy(id = "DepartmentService_Get", get = "/directory/v1/org/{orgId}/departments/{departmentId}"),
    scopes = any("directory:read_departments", "directory:write_departments"),
    output = Department
)]
pub struct GetDepartment {
    #[path]
    org_id: OrgId,
    #[path]
    department_id: DepartmentId,
}

/// Create a department.
#[operation(
    id = "DepartmentService_Create", post = "/directory/v1/org/{orgId}/departments", host = Api360,
    scopes = all("directory:write_departments"), output = Department
)]
pub struct CreateDepartment {
    #[path]
    org_id: OrgId,
    /// The name.
    #[body]
    name: String,
    /// The department above; 1 is the one above all.
    #[body]
    parent_id: DepartmentId,
    /// A free description.
    #[body]
    description: Option<String>,
    /// The name of the mailing list, the part of its address before `@`.
    #[body]
    label: Option<String>,
    /// The head. The present documents do not name it any more.
    #[body]
    head_id: Option<UserId>,
    /// The organisation's own id of the department.
    #[body]
    external_id: Option<String>,
}

/// Change a department, or move it. What is not given stays as it is.
#[operation(
    id = "DepartmentService_Update", patch = "/directory/v1/org/{orgId}/departments/{departmentId}", host = Api360,
    scopes = all("directory:write_departments"), idempotent = true, output = Department
)]
pub struct UpdateDepartment {
    #[path]
    org_id: OrgId,
    #[path]
    department_id: DepartmentId,
    /// The name.
    #[body]
    name: Option<String>,
    /// The department that it moves into.
    #[body]
    parent_id: Option<DepartmentId>,
    /// A free description.
    #[body]
    description: Option<String>,
    /// The name of the mailing list, the part of its address before `@`.
    #[body]
    label: Option<String>,
    /// The head. The present documents do not name it any more.
    #[body]
    head_id: Option<UserId>,
    /// The organisation's own id of the department.
    #[body]
    external_id: Option<String>,
}

/// Demand 2FA of a department's people, or no longer. Only larger plans have it, and the service documents its title
/// alone: the rest follows from the call for groups.
#[operation(
    id = "patch-department-info", patch = "/v1/directory/organizations/{org_id}/departments/{department_id}",
    host = Cloud, scopes = any("directory:write_departments"), idempotent = true, output = Department
)]
pub struct UpdateDepartmentTwoFactor {
    #[path]
    org_id: OrgId,
    #[path]
    department_id: DepartmentId,
    /// Whether 2FA is demanded.
    #[body(name = "is_2fa_enabled")]
    is_two_factor_enabled: bool,
}

/// Delete a department. Only one without people and without departments in it can be deleted.
#[operation(
    id = "DepartmentService_Delete", delete = "/directory/v1/org/{orgId}/departments/{departmentId}", host = Api360,
    scopes = all("directory:write_departments"), output = DepartmentRemoved
)]
pub struct DeleteDepartment {
    #[path]
    org_id: OrgId,
    #[path]
    department_id: DepartmentId,
}

/// Add an alias to a department's mailing list, which must have a name already.
#[operation(
    id = "DepartmentService_CreateAlias", post = "/directory/v1/org/{orgId}/departments/{departmentId}/aliases",
    host = Api360, scopes = all("directory:write_departments"), check = Self::check, output = Department
)]
pub struct CreateDepartmentAlias {
    #[path]
    org_id: OrgId,
    #[path]
    department_id: DepartmentId,
    /// The alias, without `@` and domain.
    #[body]
    alias: String,
}

impl CreateDepartmentAlias {
    fn check(&self) -> Result<(), String> {
        local_part("alias", &self.alias)
    }
}

/// Remove an alias of a department's mailing list.
#[operation(
    id = "DepartmentService_DeleteAlias",
    delete = "/directory/v1/org/{orgId}/departments/{departmentId}/aliases/{alias}", host = Api360,
    scopes = all("directory:write_departments"), output = AliasRemoved
)]
pub struct DeleteDepartmentAlias {
    #[path]
    org_id: OrgId,
    #[path]
    department_id: DepartmentId,
    /// The alias, without `@` and domain.
    #[path]
    alias: String,
}
