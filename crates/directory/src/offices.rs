//! Offices of an organisation.

use orglib_core::{Page, handle, operation};
use orglib_models::{Created, OfficeId, OrgId, directory::Office};

handle! {
    /// Offices of one organisation. Made by [`Directory::offices`](crate::Directory::offices).
    Offices(org: OrgId) {
        /// Lists offices.
        fn list() -> List<ListOffices>;
        /// Creates an office; give it a name.
        fn create() -> Call<CreateOffice>;
        /// Changes an office; what is not given stays as it is.
        fn update(id: OfficeId) -> Call<UpdateOffice>;
        /// Deletes an office.
        fn delete(id: OfficeId) -> Call<DeleteOffice>;
    }
}

/// List offices.
#[operation(
    id = "get-offices", get = "/v1/directory/organizations/{org_id}/offices", host = Cloud,
    scopes = any("directory:read_offices", "directory:write_offices"),
    list = "items", paging = offset(1000), output = Page<Office>
)]
pub struct ListOffices {
    #[path]
    org_id: OrgId,
    /// Only these offices.
    #[query]
    ids: Vec<OfficeId>,
}

/// Create an office.
#[operation(
    id = "post-office", post = "/v1/directory/organizations/{org_id}/offices", host = Cloud,
    scopes = all("directory:write_offices"), output = Created<OfficeId>
)]
pub struct CreateOffice {
    #[path]
    org_id: OrgId,
    /// The name.
    #[body]
    name: Option<String>,
    /// The address.
    #[body]
    address: Option<String>,
    /// The city.
    #[body]
    city: Option<String>,
}

/// Change an office. What is not given stays as it is.
#[operation(
    id = "patch-office", patch = "/v1/directory/organizations/{org_id}/offices/{office_id}", host = Cloud,
    scopes = all("directory:write_offices"), idempotent = true, output = ()
)]
pub struct UpdateOffice {
    #[path]
    org_id: OrgId,
    /// The office.
    #[path]
    office_id: OfficeId,
    /// The new name.
    #[body]
    name: Option<String>,
    /// The new address.
    #[body]
    address: Option<String>,
    /// The new city.
    #[body]
    city: Option<String>,
}

/// Delete an office.
#[operation(
    id = "delete-office", delete = "/v1/directory/organizations/{org_id}/offices/{office_id}", host = Cloud,
    scopes = all("directory:write_offices"), output = ()
)]
pub struct DeleteOffice {
    #[path]
    org_id: OrgId,
    /// The office.
    #[path]
    office_id: OfficeId,
}
