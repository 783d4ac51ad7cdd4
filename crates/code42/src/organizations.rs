//! Organisations of a tenant.

use std::{collections::BTreeMap, pin::Pin};

use futures_core::Stream;
use orglib_core::{Call, Client, Error, List, Page, Pager, operation};
use orglib_models::code42::{
    AgentStates, NewOrganization, OrgGuid, OrgId, OrgReference, OrgUid, Organization, OrganizationChange,
    OrganizationRecord,
};

use crate::lookup;

/// The property of agents that tells whether macOS lets them read the disk.
const FULL_DISK_ACCESS: &str = "fullDiskAccess";

/// Organisations of one tenant. Made by [`Tenant::organizations`](crate::Tenant::organizations).
#[derive(Clone, Debug)]
pub struct Organizations {
    pub(crate) client: Client,
}

impl Organizations {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists organisations. The service may leave deactivated ones out unless they are asked for.
    pub fn list(&self) -> List<ListOrganizations> {
        self.client.list(ListOrganizations::new())
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
        let mut pages = self.list().starting_at_page(number, size).pages();
        match std::future::poll_fn(|cx| Pin::new(&mut pages).poll_next(cx)).await {
            Some(page) => page,
            None => refuse("the list gave no page"),
        }
    }

    /// The GUID of every listed organisation, by its number.
    ///
    /// # Errors
    /// As the list, and for one that cannot be read.
    pub async fn id_map(&self) -> Result<BTreeMap<OrgId, OrgGuid>, Error> {
        let mut organizations = self.list().stream();
        let mut map = BTreeMap::new();
        while let Some(organization) = next(&mut organizations).await {
            let organization = organization?;
            if let Some(guid) = organization.org_guid {
                map.insert(organization.org_id, guid);
            }
        }
        Ok(map)
    }

    /// Reads one organisation by any of its ids; [`find`](Self::find) gives `None` where this fails with "not found".
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn get(&self, org: &OrgReference) -> Result<Organization, Error> {
        lookup::organization(&self.client, org).await
    }

    /// Looks for one organisation by any of its ids.
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub async fn find(&self, org: &OrgReference) -> Result<Option<Organization>, Error> {
        match self.get(org).await {
            Ok(organization) => Ok(Some(organization)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads one organisation by its number.
    pub fn by_id(&self, id: OrgId) -> Call<ReadOrganization> {
        self.client.call(lookup::by_id(id))
    }

    /// Reads one organisation by its uid.
    pub fn by_uid(&self, uid: &OrgUid) -> Call<ReadOrganization> {
        self.client.call(lookup::by_uid(uid))
    }

    /// Reads one organisation by its GUID.
    pub fn by_guid(&self, guid: OrgGuid) -> Call<GetOrganization> {
        self.client.call(GetOrganization::new(guid))
    }

    /// Reads the organisation of the user who signed in. An API client has none: the service fails then.
    pub fn current(&self) -> Call<GetCurrentOrganization> {
        self.client.call(GetCurrentOrganization::new())
    }

    /// Makes an organisation, below the top one where no parent is given. It is sent once: where its answer is lost,
    /// the error says that it may have been made.
    ///
    /// # Errors
    /// As [`Client::execute`]; `Build`, where no parent is given and there is not one top organisation.
    pub async fn create(&self, new: &NewOrganization) -> Result<Organization, Error> {
        let parent = match new.parent_reference() {
            Some(parent) => lookup::guid(&self.client, parent).await?,
            None => lookup::top(&self.client).await?,
        };
        self.client.execute(&CreateOrganization::new(new.record(parent))).await
    }

    /// Changes what is given of an organisation: it is read first, and the rest goes back as it was.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn update(
        &self,
        org: &OrgReference,
        change: &OrganizationChange,
    ) -> Result<Organization, Error> {
        let current = self.get(org).await?;
        let guid = lookup::guid_of(&current)?;
        self.client.execute(&UpdateOrganization::new(guid, change.record(&current))).await
    }

    /// Blocks an organisation and those below it: nobody can sign in or join, while running backups go on.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn block(&self, org: &OrgReference) -> Result<(), Error> {
        let guid = lookup::guid(&self.client, org).await?;
        self.client.execute(&BlockOrganization::new(guid)).await
    }

    /// Lifts the block of an organisation and those below it. Users who were blocked one by one stay so.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn unblock(&self, org: &OrgReference) -> Result<(), Error> {
        let guid = lookup::guid(&self.client, org).await?;
        self.client.execute(&UnblockOrganization::new(guid)).await
    }

    /// Deactivates an organisation with its users, plans and devices. Backups stop, and archives go to cold storage.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn deactivate(&self, org: &OrgReference) -> Result<(), Error> {
        let guid = lookup::guid(&self.client, org).await?;
        self.client.execute(&DeactivateOrganization::new(guid)).await
    }

    /// Makes a deactivated organisation active again. Backups do not begin by themselves.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn activate(&self, org: &OrgReference) -> Result<(), Error> {
        let guid = lookup::guid(&self.client, org).await?;
        self.client.execute(&ActivateOrganization::new(guid)).await
    }

    /// Reads one property of the agent of every device in an organisation.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn agent_states(&self, org: &OrgReference, property: &str) -> Result<AgentStates, Error> {
        let id = lookup::id(&self.client, org).await?;
        self.client.execute(&GetAgentStates::new(id, property)).await
    }

    /// Reads for every device in an organisation whether its agent may read the disk.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn full_disk_access(&self, org: &OrgReference) -> Result<AgentStates, Error> {
        self.agent_states(org, FULL_DISK_ACCESS).await
    }
}

pub(crate) async fn next(
    organizations: &mut Pager<ListOrganizations>,
) -> Option<Result<Organization, Error>> {
    std::future::poll_fn(|cx| Pin::new(&mut *organizations).poll_next(cx)).await
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
    org_id: OrgId,
    /// The name of the property, for instance `fullDiskAccess`.
    #[query(name = "propertyName")]
    property: String,
}
