//! Organisations that the token's owner administers.

use orglib_core::{Client, List, Page, operation};
use orglib_models::directory::Organization;

/// Organisations that the token's owner administers. Made by
/// [`Directory::organizations`](crate::Directory::organizations).
#[derive(Clone, Debug)]
pub struct Organizations {
    client: Client,
}

impl Organizations {
    /// The organisations of the client's token; no organisation need be known for this.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists organisations: at most 500, which is the service's limit for one person.
    pub fn list(&self) -> List<ListOrganizations> {
        self.client.list(ListOrganizations::new())
    }
}

/// List the organisations that the token's owner administers. It lives on the legacy host only.
#[operation(
    id = "OrganizationsService_List", get = "/directory/v1/org", host = Api360,
    scopes = any("directory:read_organization", "directory:write_organization"),
    list = "organizations", paging = token(100), output = Page<Organization>
)]
pub struct ListOrganizations {}
