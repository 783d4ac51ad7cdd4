//! What each operation makes of its answer: the document's shapes, and nasty ones.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use orglib_code42::{
    GetAgentStates, GetCurrentOrganization, GetOrganization, GetTSettings, ListOrganizations, OrgNumber,
    OrgReference, ReadDocument, Tenant,
};
use orglib_core::ErrorKind;
use orglib_testkit::{Answer, MockTransport, When, client, decode};
use serde_json::{Value, json};

const ORG: OrgNumber = OrgNumber::new(4200).unwrap();
const GUID: &str = "a9578c3d-736b-4d96-80e5-71edd8a11ea3";

fn org(id: u64) -> Value {
    json!({"orgId": id, "orgUid": format!("90000000000000{id:04}"), "orgGuid": GUID, "orgName": "x"})
}

#[tokio::test]
async fn an_organization_is_read_out_of_both_wrappers_and_without_one() {
    for body in [
        json!({"metadata": {"params": {"data": "x"}}, "data": org(1)}),
        json!({"data": org(1), "error": null, "warnings": null}),
        org(1),
    ] {
        let read_org =
            decode(GetOrganization::new(GUID.parse::<orglib_code42::OrgGuid>().unwrap()), &body).await;
        assert_eq!(read_org.unwrap().org_id.get(), 1, "{body}");
    }
}

#[tokio::test]
async fn an_answer_that_is_something_else_is_not_understood() {
    for body in ["", "<html></html>", "[]", "null", r#"{"data":null}"#, r#"{"data":[]}"#, r#"{"data":{}}"#] {
        assert_eq!(
            decode(GetCurrentOrganization::new(), body).await.unwrap_err().kind(),
            ErrorKind::Decode,
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_organization_that_cannot_be_read_does_not_take_the_others_with_it() {
    let body = json!({"data": {"totalCount": 3, "orgs": [org(1), {"orgId": null}, org(3)]}});
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::json(body.to_string()));
    let page = Tenant::new(client(&mock)).organizations().page(1, 500).await.unwrap();
    assert_eq!((page.items.len(), page.total()), (3, Some(3)));
    assert!(page.items[1].as_ref().unwrap_err().to_string().contains("orgs[1]"));
}

/// The public client reads one page of 500, and the rest of the organisations does not exist for it.
#[tokio::test]
async fn a_server_with_smaller_pages_is_read_to_the_end() {
    let mock = MockTransport::new();
    let page = |orgs: std::ops::Range<u64>| {
        json!({"data": {"totalCount": 250, "orgs": orgs.map(org).collect::<Vec<_>>()}}).to_string()
    };
    let when = |number: &str, size: &str| When::any().query("pgNum", number).query("pgSize", size);
    mock.expect(when("1", "500"), Answer::json(page(1..101)));
    mock.expect(when("2", "100"), Answer::json(page(101..201)));
    mock.expect(when("3", "100"), Answer::json(page(201..251)));
    let all = Tenant::new(client(&mock)).organizations().list().try_collect().await.unwrap();
    assert_eq!(all.len(), 250);
    mock.verify();
}

#[tokio::test]
async fn an_exact_multiple_of_the_page_costs_no_empty_page() {
    let mock = MockTransport::new();
    let orgs: Vec<_> = (1..501).map(org).collect();
    mock.expect(When::any(), Answer::json(json!({"data": {"totalCount": 500, "orgs": orgs}}).to_string()));
    assert_eq!(client(&mock).list(ListOrganizations::new()).try_collect().await.unwrap().len(), 500);
    mock.verify();
}

#[tokio::test]
async fn settings_and_agent_states_are_read_however_bare() {
    for body in [r#"{"data":{}}"#, "{}", r#"{"data":{"a":null,"b":{"value":7}}}"#] {
        decode(GetTSettings::new(ORG), body).await.unwrap();
    }
    for body in [r#"{"data":null}"#, "{}", r#"{"metadata":{},"data":[null,{"deviceGuid":1,"value":true}]}"#] {
        decode(GetAgentStates::new(ORG, "fullDiskAccess"), body).await.unwrap();
    }
    let document = decode(ReadDocument::new(ORG), json!({"data": {"orgId": 4200, "x": [1]}})).await.unwrap();
    assert_eq!(document, json!({"orgId": 4200, "x": [1]}));
}

#[tokio::test]
async fn both_shapes_of_a_refusal_tell_what_the_service_said() {
    for (body, said) in [
        (r#"[{"name":"SYSTEM","description":"No such org"}]"#, "No such org"),
        (r#"{"data":null,"error":[{"primaryErrorKey":"NOT_FOUND","otherErrors":["gone"]}]}"#, "gone"),
    ] {
        let mock = MockTransport::new();
        mock.always(When::any(), Answer::status(404).body(body));
        let organizations = Tenant::new(client(&mock)).organizations();
        let error = organizations.resolve(&OrgReference::Id(ORG)).await.unwrap_err();
        assert!(error.is_not_found() && error.message() == said, "{error}");
    }
}
