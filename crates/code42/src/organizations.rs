//! Organisations of a tenant.

use orglib_core::{Change, Client, Error, Page, handle, operation};
use orglib_models::code42::{
    AgentStates, OrgGuid, OrgNumber, OrgReference, Organization, OrganizationRecord, OrganizationTexts,
};

use crate::lookup;

/// The property of agents that tells whether macOS lets them read the disk.
pub const FULL_DISK_ACCESS: &str = "fullDiskAccess";

handle! {
    /// Organisations of one tenant. Made by [`Tenant::organizations`](crate::Tenant::organizations).
    ///
    /// Each call wants one of an organisation's ids: [`resolve`](Self::resolve) finds all of them by any.
    Organizations() {
        /// Lists organisations. The service may leave deactivated ones out unless they are asked for.
        fn list() -> List<ListOrganizations>;
        /// Reads the organisation of the user who signed in. An API client has none: the service fails then.
        fn current() -> Call<GetCurrentOrganization>;
        /// Reads one organisation by its GUID; [`Call::find`](orglib_core::Call::find) gives `None` where there is none.
        fn get(id: OrgGuid) -> Call<GetOrganization>;
        /// Makes an organisation below the one that the record names: [`top`](Self::top) where no other is meant. It is
        /// sent once: where its answer is lost, the error says that it may have been made.
        fn create(record: OrganizationRecord) -> Call<CreateOrganization>;
        /// Blocks an organisation and those below it: nobody can sign in or join, while running backups go on.
        fn block(id: OrgGuid) -> Call<BlockOrganization>;
        /// Lifts the block of an organisation and those below it. Users who were blocked one by one stay so.
        fn unblock(id: OrgGuid) -> Call<UnblockOrganization>;
        /// Deactivates an organisation with its users, plans and devices. Backups stop, and archives go to cold storage.
        fn deactivate(id: OrgGuid) -> Call<DeactivateOrganization>;
        /// Makes a deactivated organisation active again. Backups do not begin by themselves.
        fn activate(id: OrgGuid) -> Call<ActivateOrganization>;
        /// Reads one property of the agent of every device in an organisation, for instance
        /// [`FULL_DISK_ACCESS`](crate::FULL_DISK_ACCESS).
        fn agent_states(id: OrgNumber, property: impl Into<String>) -> Call<GetAgentStates>;
    }
}

impl Organizations {
    /// The client beneath, for raw calls.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Reads one page of the list: its number from 1, and how many organisations it holds, at most 500. A page past
    /// the end is empty.
    ///
    /// # Errors
    /// As the list.
    pub async fn page(&self, number: u32, size: u32) -> Result<Page<Organization>, Error> {
        let refuse = |message: &str| Err(Error::build("OrgV1_List", message));
        if number == 0 || !(1..=PAGE).contains(&size) {
            return refuse("pages are counted from 1, and hold 1 to 500 organisations");
        }
        match self.list().starting_at_page(number, size).pages().next().await {
            Some(page) => page,
            None => refuse("the list gave no page"),
        }
    }

    /// Finds one organisation by any of its ids, with all of them in it. One request, or two where digits may be a
    /// number or a uid.
    ///
    /// # Errors
    /// As [`Client::execute`](orglib_core::Client::execute).
    pub async fn resolve(&self, org: &OrgReference) -> Result<Organization, Error> {
        lookup::organization(&self.client, org).await
    }

    /// The GUID of one organisation, by any of its ids; one that is given is taken as it is.
    ///
    /// # Errors
    /// As [`resolve`](Self::resolve).
    pub async fn guid(&self, org: &OrgReference) -> Result<OrgGuid, Error> {
        lookup::guid(&self.client, org).await
    }

    /// The number of one organisation, by any of its ids; one that is given for certain is taken as it is.
    ///
    /// # Errors
    /// As [`resolve`](Self::resolve).
    pub async fn id(&self, org: &OrgReference) -> Result<OrgNumber, Error> {
        lookup::id(&self.client, org).await
    }

    /// The organisation above all that the caller sees.
    ///
    /// # Errors
    /// As the list; `Build`, where there is not exactly one.
    pub async fn top(&self) -> Result<OrgGuid, Error> {
        lookup::top(&self.client).await
    }

    /// Changes the name, the reference or the notes of an organisation, and leaves what is not edited as it is.
    pub fn change(&self, id: OrgGuid) -> Change<GetOrganization, UpdateOrganization, OrganizationTexts> {
        let read = GetOrganization::new(id.clone());
        let write = move |texts: OrganizationTexts| UpdateOrganization::new(id.clone(), texts);
        Change::new(self.client.clone(), read, OrganizationTexts::from, write)
    }
}

/// The largest page that has been seen in use.
const PAGE: u32 = 500;

/// List organisations.
#[operation(
    id = "OrgV1_List", get = "/api/v1/Org", host = Code42, within = "data",
    list = "orgs", paging = number(500).with_size("pgSize").with_position("pgNum"), output = Page<Organization>
)]
pub struct ListOrganizations {
    /// Keeps only active organisations, or only deactivated ones.
    #[query]
    active: Option<bool>,
    /// Keeps only organisations whose name or registration key holds this text.
    #[query(name = "q")]
    search: Option<String>,
}

/// Show one organisation by its GUID.
#[operation(
    id = "OrgV3_Get", get = "/api/v3/orgs/{orgGuid}", host = Code42, within = "data", output = Organization
)]
pub struct GetOrganization {
    #[path]
    org_guid: OrgGuid,
}

/// Show one organisation by its number, or by its uid where [`id_type`](Self::id_type) is `orgUid`.
///
/// An older call: the current ones take GUIDs only, and this is the one that knows the other ids.
#[operation(
    id = "OrgV1_Get", get = "/api/v1/Org/{orgId}", host = Code42, within = "data", output = Organization
)]
pub struct ReadOrganization {
    /// The organisation, by its number or its uid.
    #[path]
    org_id: String,
    /// How the id is meant: `orgId` or `orgUid`.
    #[query(name = "idType")]
    id_type: Option<String>,
    /// Adds the whole settings.
    #[query(name = "incSettings")]
    settings: Option<bool>,
    /// Adds the device defaults.
    #[query(name = "incDeviceDefaults")]
    device_defaults: Option<bool>,
    /// Adds which organisation above supplies what.
    #[query(name = "incInheritedOrgInfo")]
    inherited_org_info: Option<bool>,
}

/// Show the organisation of the user who signed in.
#[operation(id = "OrgV1_GetMy", get = "/api/v1/Org/my", host = Code42, within = "data", output = Organization)]
pub struct GetCurrentOrganization {}

/// Create an organisation.
#[operation(id = "OrgV3_Create", post = "/api/v3/orgs", host = Code42, within = "data", output = Organization)]
pub struct CreateOrganization {
    #[body(whole)]
    organization: OrganizationRecord,
}

/// Change the name, the reference and the notes of an organisation.
#[operation(
    id = "OrgV3_Update", put = "/api/v3/orgs/{orgGuid}", host = Code42, within = "data", output = Organization
)]
pub struct UpdateOrganization {
    #[path]
    org_guid: OrgGuid,
    #[body(whole)]
    organization: OrganizationRecord,
}

/// Block an organisation and those below it.
#[operation(
    id = "OrgV3_Block", post = "/api/v3/orgs/{orgGuid}/block", host = Code42, idempotent = true, output = ()
)]
pub struct BlockOrganization {
    #[path]
    org_guid: OrgGuid,
}

/// Lift the block of an organisation and those below it.
#[operation(
    id = "OrgV3_Unblock", post = "/api/v3/orgs/{orgGuid}/unblock", host = Code42, idempotent = true, output = ()
)]
pub struct UnblockOrganization {
    #[path]
    org_guid: OrgGuid,
}

/// Deactivate an organisation.
#[operation(
    id = "OrgV3_Deactivate", post = "/api/v3/orgs/{orgGuid}/deactivate", host = Code42, idempotent = true, output = ()
)]
pub struct DeactivateOrganization {
    #[path]
    org_guid: OrgGuid,
}

/// Make a deactivated organisation active again.
#[operation(
    id = "OrgV3_Activate", post = "/api/v3/orgs/{orgGuid}/activate", host = Code42, idempotent = true, output = ()
)]
pub struct ActivateOrganization {
    #[path]
    org_guid: OrgGuid,
}

/// Show one property of the agent of every device in an organisation.
#[operation(
    id = "AgentStateV14_ViewByOrganizationId", get = "/api/v14/agent-state/view-by-organization-id", host = Code42,
    output = AgentStates
)]
pub struct GetAgentStates {
    /// The organisation, by its number or its uid.
    #[query(name = "orgId")]
    org_id: OrgNumber,
    /// The name of the property, for instance `fullDiskAccess`.
    #[query(name = "propertyName")]
    property: String,
}
