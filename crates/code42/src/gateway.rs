//! The gateway: organisations as API clients see them.

use orglib_core::{Page, handle, operation};
use orglib_models::{
    Patch,
    code42::{GatewayOrganization, OAuthToken, OrgGuid, OrganizationRecord},
};

handle! {
    /// The gateway of a tenant, which API clients sign in to. Its organisations are those of the console, by their GUIDs.
    Gateway() {
        /// Lists organisations, the deactivated ones too.
        fn list() -> List<ListGatewayOrganizations>;
        /// Reads one organisation; [`Call::find`](orglib_core::Call::find) gives `None` where there is none.
        fn get(id: OrgGuid) -> Call<GetGatewayOrganization>;
        /// Makes an organisation below the one that the record names. It is sent once: where its answer is lost, the error
        /// says that it may have been made.
        fn create(record: OrganizationRecord) -> Call<CreateGatewayOrganization>;
        /// Changes an organisation. The name is always sent.
        fn update(id: OrgGuid, name: impl Into<String>) -> Call<UpdateGatewayOrganization>;
        /// Deactivates an organisation.
        fn deactivate(id: OrgGuid) -> Call<DeactivateGatewayOrganization>;
        /// Makes a deactivated organisation active again.
        fn activate(id: OrgGuid) -> Call<ActivateGatewayOrganization>;
    }
}

impl Gateway {
    /// The client beneath, for raw calls.
    pub fn client(&self) -> &orglib_core::Client {
        &self.client
    }
}

/// Trade an API client's id and secret, in a `Basic` header, for a token of the gateway, which lives for 15 minutes.
#[operation(
    id = "GatewayOAuth_Token", post = "/v1/oauth", host = Code42Gateway, spelling = snake, idempotent = true,
    output = OAuthToken
)]
pub struct SignInAtGateway {
    /// Always `client_credentials`.
    #[query]
    grant_type: String,
}

/// List organisations, the deactivated ones too. The list comes whole.
#[operation(
    id = "GatewayOrgs_List", get = "/v1/orgs", host = Code42Gateway, list = "orgs", paging = whole(),
    output = Page<GatewayOrganization>
)]
pub struct ListGatewayOrganizations {
    /// Keeps only active organisations, or only deactivated ones.
    #[query]
    active: Option<bool>,
}

/// Show one organisation.
#[operation(
    id = "GatewayOrgs_Get", get = "/v1/orgs/{orgGuid}", host = Code42Gateway, output = GatewayOrganization
)]
pub struct GetGatewayOrganization {
    #[path]
    org_guid: OrgGuid,
}

/// Create an organisation below another one.
#[operation(id = "GatewayOrgs_Create", post = "/v1/orgs", host = Code42Gateway, output = GatewayOrganization)]
pub struct CreateGatewayOrganization {
    #[body(whole)]
    organization: OrganizationRecord,
}

/// Change the name, the reference and the notes of an organisation. Whether what is left out stays, nobody has published.
#[operation(
    id = "GatewayOrgs_Update", put = "/v1/orgs/{orgGuid}", host = Code42Gateway, output = GatewayOrganization
)]
pub struct UpdateGatewayOrganization {
    #[path]
    org_guid: OrgGuid,
    /// The name; it is always sent.
    #[body]
    org_name: String,
    /// A reference of the customer's own: a serial number, an asset tag.
    #[body]
    org_ext_ref: Patch<String>,
    /// Free notes.
    #[body]
    notes: Patch<String>,
}

/// Make a deactivated organisation active again.
#[operation(
    id = "GatewayOrgs_Activate", post = "/v1/orgs/{orgGuid}/activate", host = Code42Gateway, idempotent = true,
    output = ()
)]
pub struct ActivateGatewayOrganization {
    #[path]
    org_guid: OrgGuid,
}

/// Deactivate an organisation.
#[operation(
    id = "GatewayOrgs_Deactivate", post = "/v1/orgs/{orgGuid}/deactivate", host = Code42Gateway, idempotent = true,
    output = ()
)]
pub struct DeactivateGatewayOrganization {
    #[path]
    org_guid: OrgGuid,
}
