//! Offices of an organisation.

use orglib_core::{Call, Client, List, Page, operation};
use orglib_models::{Created, OfficeId, OrgId, directory::Office};

/// Offices of one organisation. Made by [`Directory::offices`](crate::Directory::offices).
#[derive(Clone, Debug)]
pub struct Offices {
    client: Client,
    org: OrgId,
}

impl Offices {
    pub(crate) fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// Lists offices.
    pub fn list(&self) -> List<ListOffices> {
        self.client.list(ListOffices::new(self.org))
    }

    /// Creates an office; give it a name.
    pub fn create(&self) -> Call<CreateOffice> {
        self.client.call(CreateOffice::new(self.org))
    }

    /// Changes an office; what is not given stays as it is.
    pub fn update(&self, id: OfficeId) -> Call<UpdateOffice> {
        self.client.call(UpdateOffice::new(self.org, id))
    }

    /// Deletes an office.
    pub fn delete(&self, id: OfficeId) -> Call<DeleteOffice> {
        self.client.call(DeleteOffice::new(self.org, id))
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
