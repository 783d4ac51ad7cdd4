//! From any id of an organisation to the one that a call wants.

use std::fmt::Display;

use orglib_core::{Client, Error};
use orglib_models::code42::{OrgGuid, OrgNumber, OrgReference, OrgUid, Organization};

use crate::organizations::{GetOrganization, ListOrganizations, ReadOrganization};

/// The organisation behind a reference. One request, or two where digits may be a number or a uid: the service finds it
/// itself, so that it is of no account how many there are, or whether it is deactivated. What comes is compared with
/// what was asked for: a service that takes a uid for a number finds another one.
pub(crate) async fn organization(client: &Client, org: &OrgReference) -> Result<Organization, Error> {
    match org {
        OrgReference::Id(id) => {
            let found = client.execute(&by_id(*id)).await?;
            the_same(found.org_id == *id, found, id)
        }
        OrgReference::Uid(uid) => {
            let found = client.execute(&by_uid(uid)).await?;
            the_same(is_uid(&found, uid), found, uid)
        }
        OrgReference::Guid(guid) => {
            let found = client.execute(&GetOrganization::new(guid.clone())).await?;
            the_same(found.org_guid.as_ref().is_none_or(|found| found == guid), found, guid)
        }
        OrgReference::Digits(id, uid) => match client.execute(&by_id(*id)).await {
            Err(error) if error.is_not_found() => {
                let found = client.execute(&by_uid(uid)).await?;
                the_same(is_uid(&found, uid), found, uid)
            }
            found => found.and_then(|found| the_same(found.org_id == *id, found, id)),
        },
        _ => Err(Error::build("OrgV1_Get", "this kind of reference is not known")),
    }
}

fn is_uid(found: &Organization, uid: &OrgUid) -> bool {
    found.org_uid.as_str().eq_ignore_ascii_case(uid.as_str())
}

/// What came, where it is what was asked for.
fn the_same(is_it: bool, found: Organization, asked: &impl Display) -> Result<Organization, Error> {
    if is_it {
        return Ok(found);
    }
    let Organization { org_id, org_uid, .. } = found;
    let message =
        format!("asked for the organisation {asked}, the service answered with {org_id} (uid {org_uid})");
    Err(Error::wrong_answer("OrgV1_Get", message))
}

/// The GUID of an organisation; one that is given is taken as it is.
pub(crate) async fn guid(client: &Client, org: &OrgReference) -> Result<OrgGuid, Error> {
    match org {
        OrgReference::Guid(guid) => Ok(guid.clone()),
        other => guid_of(&organization(client, other).await?),
    }
}

/// The number of an organisation; one that is given for certain is taken as it is.
pub(crate) async fn id(client: &Client, org: &OrgReference) -> Result<OrgNumber, Error> {
    match org {
        OrgReference::Id(id) => Ok(*id),
        other => Ok(organization(client, other).await?.org_id),
    }
}

pub(crate) fn guid_of(org: &Organization) -> Result<OrgGuid, Error> {
    let missing = || {
        let message = format!("the service did not tell the guid of organisation {}", org.org_id);
        Error::wrong_answer("OrgV1_Get", message)
    };
    org.org_guid.clone().ok_or_else(missing)
}

pub(crate) fn by_id(id: OrgNumber) -> ReadOrganization {
    ReadOrganization::new(id.to_string())
}

pub(crate) fn by_uid(uid: &OrgUid) -> ReadOrganization {
    ReadOrganization::new(uid.as_str()).id_type("orgUid")
}

/// The organisation above all that the caller sees: the one without an organisation above it, or else the one whose
/// organisation above is not among those that are listed.
pub(crate) async fn top(client: &Client) -> Result<OrgGuid, Error> {
    let mut organizations = client.list(ListOrganizations::new()).stream();
    let mut listed = Vec::new();
    while let Some(organization) = organizations.next().await {
        let organization = organization?;
        if organization.parent_org_id.is_none() && organization.parent_org_guid.is_none() {
            return guid_of(&organization);
        }
        listed.push(organization);
    }
    let mut tops =
        listed.iter().filter(|one| !listed.iter().any(|other| Some(other.org_id) == one.parent_org_id));
    match (tops.next(), tops.next()) {
        (Some(top), None) => guid_of(top),
        (None, _) => Err(Error::not_found("OrgV3_Create", "there is no top organisation; give the parent")),
        (Some(_), Some(_)) => {
            Err(Error::ambiguous("OrgV3_Create", "there are several top organisations; give the parent"))
        }
    }
}
