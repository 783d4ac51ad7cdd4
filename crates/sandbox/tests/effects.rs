//! What follows from a change, beyond what was changed.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use http::Method;
use orglib_sandbox::Grant;
use serde_json::{Value, json};

use common::{Asker, change, checked};

/// The newest events of the organisation: type, who, status.
async fn newest(asker: &Asker<'_>, org: u64, count: usize) -> Vec<(String, u64, String)> {
    let query = [("ended_at", "2100-01-01T00:00:00Z"), ("count", "100")];
    let answer = asker.ask(&format!("/v1/auditlog/organizations/{org}/events"), &query).await;
    let items = answer.json["items"].as_array().unwrap().clone();
    let event = |item: &Value| {
        let event = &item["event"];
        let text = |name: &str| event[name].as_str().unwrap().to_owned();
        (text("type"), event["uid"].as_u64().unwrap(), text("status"))
    };
    items.iter().take(count).map(event).collect()
}

#[tokio::test]
async fn changes_are_in_the_audit_log_under_whoever_made_them() {
    let sandbox = checked().users(5).build();
    let (asker, org) = (Asker::new(&sandbox), sandbox.org_id());
    let admin = asker.ask("/info", &[]).await.json["id"].as_str().unwrap().parse::<u64>().unwrap();
    let users = format!("/directory/v1/org/{org}/users");
    let person = json!({"nickname": "zoya", "departmentId": 1, "password": "Long-enough-1",
        "name": {"first": "Zoya", "last": "Kim"}});
    let made = change(&asker, Method::POST, &users, &[], person).await;
    let id = made.json["id"].as_str().unwrap().to_owned();
    change(&asker, Method::PATCH, &format!("{users}/{id}"), &[], json!({"isEnabled": false})).await;
    change(
        &asker,
        Method::PATCH,
        &format!("{users}/{id}"),
        &[],
        json!({"isEnabled": true, "password": "Other-one-22"}),
    )
    .await;
    change(&asker, Method::POST, &format!("{users}/{id}/aliases"), &[], json!({"alias": "zoyka"})).await;
    let groups = format!("/directory/v1/org/{org}/groups");
    change(&asker, Method::POST, &groups, &[], json!({"name": "Crew", "label": "crew"})).await;
    change(&asker, Method::PUT, "/v1/disk/resources?path=/Plans", &[], Value::Null).await;
    let types: Vec<_> = newest(&asker, org, 9).await;
    assert!(types.iter().all(|(_, uid, status)| *uid == admin && status == "Success"), "{types:?}");
    let mut types: Vec<_> =
        types.into_iter().map(|(kind, ..)| kind.replace("ya360_b2bplatform_", "")).collect();
    types.sort();
    let expected = [
        "disk_fs-mkdir",
        "group_created",
        "user_alias_created",
        "user_blocked",
        "user_created",
        "user_password_updated",
        "user_unblocked",
        "user_updated",
        "user_updated",
    ];
    assert_eq!(types, expected);
    let disk = asker.ask(&format!("/security/v1/org/{org}/audit_log/disk"), &[("pageSize", "1")]).await;
    assert_eq!(disk.json["events"][0]["eventType"], "fs-mkdir");
    // What was refused has not happened.
    let refused = change(&asker, Method::POST, &groups, &[], json!({"name": "Crew", "label": "crew"})).await;
    assert!(!refused.status.is_success());
    let made = newest(&asker, org, 9).await.into_iter().filter(|(kind, ..)| kind.ends_with("group_created"));
    assert_eq!(made.count(), 1);
}

#[tokio::test]
async fn the_tokens_of_who_is_blocked_or_gone_serve_no_more() {
    let sandbox = checked().users(5).build();
    let (asker, org) = (Asker::new(&sandbox), sandbox.org_id());
    let users = format!("/directory/v1/org/{org}/users");
    let person = json!({"nickname": "zoya", "departmentId": 1, "password": "Long-enough-1",
        "name": {"first": "Zoya", "last": "Kim"}});
    let id = change(&asker, Method::POST, &users, &[], person).await.json["id"].as_str().unwrap().to_owned();
    let token = sandbox.issue(Grant::employee(id.parse().unwrap()));
    let own = Asker::with_token(&sandbox, &token);
    assert_eq!(own.ask("/v1/disk", &[]).await.status, 200);
    for (is_enabled, status) in [(false, 401), (true, 200)] {
        change(&asker, Method::PATCH, &format!("{users}/{id}"), &[], json!({"isEnabled": is_enabled})).await;
        assert_eq!(own.ask("/v1/disk", &[]).await.status, status);
        assert_eq!(own.ask("/info", &[]).await.status, status);
    }
    change(&asker, Method::DELETE, &format!("{users}/{id}"), &[], Value::Null).await;
    assert_eq!(own.ask("/v1/disk", &[]).await.status, 401);
}
