//! What each operation asks: method, encoded path, query, body.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use orglib_code42::{
    ActivateOrganization, BlockOrganization, CreateOrganization, DeactivateOrganization, GetAgentStates,
    GetCurrentOrganization, GetLoginConfiguration, GetOrganization, GetTSettings, ListOrganizations,
    OPERATIONS, OrgGuid, OrgId, PutOrganization, PutTSettings, ReadDocument, ReadOrganization,
    SignInAsApiClient, SignInAsUser, UnblockOrganization, UpdateOrganization,
    model::{NewOrganization, Organization, OrganizationChange},
};
use orglib_core::{Endpoints, Operation};
use orglib_testkit::request_line;
use serde_json::{Value, json};

const ORG: OrgId = OrgId::new(4200).unwrap();
const GUID: &str = "a9578c3d-736b-4d96-80e5-71edd8a11ea3";

fn guid() -> OrgGuid {
    GUID.parse().unwrap()
}

fn line(operation: &impl Operation) -> String {
    let request = operation.request(&Endpoints::new()).unwrap();
    request_line(&request).replace("https://console.us.code42.com", "")
}

fn body(operation: &impl Operation) -> Value {
    let request = operation.request(&Endpoints::new()).unwrap();
    serde_json::from_slice(request.body.as_bytes().unwrap()).unwrap()
}

#[test]
fn each_operation_asks_what_the_document_says() {
    let org = format!("/api/v3/orgs/{GUID}");
    let record = NewOrganization::new("x").record(guid());
    for (asked, expected) in [
        (line(&SignInAsUser::new(true)), "GET /api/v3/auth/jwt?useBody=true".to_owned()),
        (
            line(&SignInAsApiClient::new("client_credentials")),
            "POST /api/v3/oauth/token?grant_type=client_credentials".to_owned(),
        ),
        (
            line(&GetLoginConfiguration::new("a+b@c")),
            "GET /api/v3/LoginConfiguration?username=a%2Bb%40c".to_owned(),
        ),
        (line(&ListOrganizations::new()), "GET /api/v1/Org?pgSize=500&pgNum=1".to_owned()),
        (
            line(&ListOrganizations::new().active(false).search("a b")),
            "GET /api/v1/Org?active=false&q=a%20b&pgSize=500&pgNum=1".to_owned(),
        ),
        (line(&GetOrganization::new(guid())), format!("GET {org}")),
        (line(&ReadOrganization::new("4200")), "GET /api/v1/Org/4200".to_owned()),
        (
            line(&ReadOrganization::new("944755074379520217").id_type("orgUid")),
            "GET /api/v1/Org/944755074379520217?idType=orgUid".to_owned(),
        ),
        (
            line(&ReadDocument::new(ORG)),
            "GET /api/v1/Org/4200?incSettings=true&incDeviceDefaults=true&incInheritedOrgInfo=true"
                .to_owned(),
        ),
        (line(&GetCurrentOrganization::new()), "GET /api/v1/Org/my".to_owned()),
        (line(&CreateOrganization::new(record.clone())), "POST /api/v3/orgs".to_owned()),
        (line(&UpdateOrganization::new(guid(), record)), format!("PUT {org}")),
        (line(&BlockOrganization::new(guid())), format!("POST {org}/block")),
        (line(&UnblockOrganization::new(guid())), format!("POST {org}/unblock")),
        (line(&DeactivateOrganization::new(guid())), format!("POST {org}/deactivate")),
        (line(&ActivateOrganization::new(guid())), format!("POST {org}/activate")),
        (
            line(&GetAgentStates::new(ORG, "fullDiskAccess")),
            "GET /api/v14/agent-state/view-by-organization-id?orgId=4200&propertyName=fullDiskAccess"
                .to_owned(),
        ),
        (line(&GetTSettings::new(ORG)), "GET /api/v1/OrgSetting/4200".to_owned()),
        (line(&PutTSettings::new(ORG, json!({}))), "PUT /api/v1/OrgSetting/4200".to_owned()),
        (line(&PutOrganization::new("4200", json!({}))), "PUT /api/v1/Org/4200".to_owned()),
    ] {
        assert_eq!(asked, expected);
    }
}

#[test]
fn bodies_hold_the_keys_of_the_document() {
    let new = NewOrganization::new("New").external_reference("REF").notes("n");
    assert_eq!(
        body(&CreateOrganization::new(new.record(guid()))),
        json!({"orgName": "New", "orgExtRef": "REF", "notes": "n", "parentOrgGuid": GUID})
    );
    let current: Organization =
        serde_json::from_value(json!({"orgId": 1, "orgUid": "1", "orgName": "Old", "notes": "kept"}))
            .unwrap();
    let change = OrganizationChange::new().name("New").record(&current);
    assert_eq!(
        body(&UpdateOrganization::new(guid(), change)),
        json!({"orgName": "New", "orgExtRef": null, "notes": "kept"})
    );
}

#[test]
fn only_what_makes_something_new_is_not_repeated() {
    let once: Vec<_> =
        OPERATIONS.iter().filter(|(meta, _)| !meta.idempotent).map(|(meta, _)| meta.id).collect();
    assert_eq!(once, ["OrgV3_Create"]);
    assert!(OPERATIONS.iter().all(|(_, legacy)| legacy.is_none()));
}
