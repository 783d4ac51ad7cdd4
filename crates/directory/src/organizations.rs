//! Organisations that the token's owner administers.

use orglib_core::{Page, handle, operation};
use orglib_models::{
    OrgId,
    directory::{Organization, OrganizationIdentity},
};

handle! {
    /// Organisations that the token's owner administers. Made by
    /// [`Directory::organizations`](crate::Directory::organizations).
    Organizations() {
        /// Lists organisations: at most 500, which is the service's limit for one person.
        fn list() -> List<ListOrganizations>;
        /// Tells how people of an organisation sign in at an identity provider of its own.
        fn identity(org: OrgId) -> Call<GetIdentity>;
    }
}

/// List the organisations that the token's owner administers. It lives on the legacy host only.
#[operation(
    id = "OrganizationsService_List", get = "/directory/v1/org", host = Api360,
    scopes = any("directory:read_organization", "directory:write_organization"),
    list = "organizations", paging = token(100), output = Page<Organization>
)]
pub struct ListOrganizations {}

/// Tell how people of the organisation sign in at an identity provider of its own. The service calls it a preview, and may
/// not have it for every organisation. How it is changed is not documented.
#[operation(
    id = "OrganizationsService_GetIdentity", get = "/directory/v1/org/{orgId}/identity", host = Api360,
    scopes = any("directory:read_organization", "directory:write_organization"), output = OrganizationIdentity
)]
pub struct GetIdentity {
    #[path]
    org_id: OrgId,
}
