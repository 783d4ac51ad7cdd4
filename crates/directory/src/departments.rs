//! Departments of an organisation.

use orglib_core::{Error, Page, handle, operation};
use orglib_models::{DepartmentId, OrgId, directory::Department, words};

use crate::resolver::find;

handle! {
    /// Departments of one organisation. Made by [`Directory::departments`](crate::Directory::departments).
    Departments(org: OrgId) {
        /// Lists departments, the root among them.
        fn list() -> List<ListDepartments>;
        /// Reads one department; [`Call::find`] gives `None` where there is none.
        fn get(id: DepartmentId) -> Call<GetDepartment>;
    }
}

impl Departments {
    /// Looks for one department by an address of its mailing list. The current host searches itself; the legacy one cannot,
    /// so all departments are read there. What comes is compared with what was asked for.
    ///
    /// # Errors
    /// `Build`, where the text is no address, or several departments answer to it; else as a list of departments.
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
