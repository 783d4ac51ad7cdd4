//! Organisations that the token's owner administers.

use orglib_core::{Page, handle, operation};
use orglib_models::directory::Organization;

handle! {
    /// Organisations that the token's owner administers. Made by
    /// [`Directory::organizations`](crate::Directory::organizations).
    Organizations() {
        /// Lists organisations: at most 500, which is the service's limit for one person.
        fn list() -> List<ListOrganizations>;
    }
}

/// List the organisations that the token's owner administers. It lives on the legacy host only.
#[operation(
    id = "OrganizationsService_List", get = "/directory/v1/org", host = Api360,
    scopes = any("directory:read_organization", "directory:write_organization"),
    list = "organizations", paging = token(100), output = Page<Organization>
)]
pub struct ListOrganizations {}
