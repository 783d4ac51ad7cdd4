//! Settings: of the organisation and of each employee; single ones, toggles and lists of values.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use common::{Answer, Asker, change, checked, text};
use http::Method;
use orglib_sandbox::{Grant, Sandbox};
use serde_json::{Value, json};

fn security(sandbox: &Sandbox, rest: &str) -> String {
    format!("/security/v1/org/{}/{rest}", sandbox.org_id())
}

fn mail(sandbox: &Sandbox, rest: &str) -> String {
    format!("/admin/v1/org/{}/mail/{rest}", sandbox.org_id())
}

async fn send(asker: &Asker<'_>, method: Method, path: &str, body: Value) -> Answer {
    change(asker, method, path, &[], body).await
}

async fn done(asker: &Asker<'_>, method: Method, path: &str, body: Value) -> Value {
    let answer = send(asker, method, path, body).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.json);
    answer.json
}

#[tokio::test]
async fn a_single_setting_changes_field_by_field() {
    let sandbox = checked().users(3).build();
    let asker = Asker::new(&sandbox);
    let policy = security(&sandbox, "domain_passwords");
    assert_eq!(asker.get(&policy, &[]).await, json!({"enabled": true, "changeFrequency": 0}));
    let changed = done(&asker, Method::PUT, &policy, json!({"changeFrequency": 90})).await;
    assert_eq!(changed, json!({"enabled": true, "changeFrequency": 90}));
    done(&asker, Method::PUT, &policy, json!({"enabled": false})).await;
    assert_eq!(asker.get(&policy, &[]).await, json!({"enabled": false, "changeFrequency": 90}));
    // One of the two is needed.
    assert_eq!(send(&asker, Method::PUT, &policy, json!({})).await.status, 400);

    let sessions = security(&sandbox, "domain_sessions");
    assert_eq!(asker.get(&sessions, &[]).await, json!({"authTTL": 0}));
    assert_eq!(
        done(&asker, Method::POST, &sessions, json!({"authTTL": 86_400})).await,
        json!({"authTTL": 86_400})
    );
    for wrong in [json!({}), json!({"authTTL": "a day"})] {
        assert_eq!(send(&asker, Method::POST, &sessions, wrong).await.status, 400);
    }
    assert_eq!(asker.get(&sessions, &[]).await, json!({"authTTL": 86_400}));
}

#[tokio::test]
async fn a_toggle_is_switched_on_and_off_as_often_as_one_likes() {
    let sandbox = checked().users(3).build();
    let asker = Asker::new(&sandbox);
    let path = security(&sandbox, "oauth_access_restriction");
    for (method, restricted) in
        [(Method::DELETE, false), (Method::POST, true), (Method::POST, true), (Method::DELETE, false)]
    {
        assert_eq!(done(&asker, method, &path, Value::Null).await, json!({}));
        assert_eq!(asker.get(&path, &[]).await, json!({"restricted": restricted}));
    }
}

#[tokio::test]
async fn a_list_of_values_is_replaced_and_emptied() {
    let sandbox = checked().users(3).build();
    let asker = Asker::new(&sandbox);
    let path = mail(&sandbox, "antispam/allowlist/ips");
    assert_eq!(asker.get(&path, &[]).await, json!({"allowList": []}));
    for values in [json!(["192.0.2.1", "2001:db8::/32"]), json!(["192.0.2.2"])] {
        done(&asker, Method::POST, &path, json!({"allowList": values})).await;
        assert_eq!(asker.get(&path, &[]).await, json!({"allowList": values}));
    }
    done(&asker, Method::DELETE, &path, Value::Null).await;
    assert_eq!(asker.get(&path, &[]).await, json!({"allowList": []}));
}

#[tokio::test]
async fn an_employee_has_settings_of_their_own() {
    let sandbox = checked().users(3).build();
    let asker = Asker::new(&sandbox);
    let users = asker.users().await;
    let path = |id: &str| mail(&sandbox, &format!("users/{id}/settings/address_book"));
    let [first, second] = [1, 2].map(|place: usize| path(text(&users[place]["id"])));
    done(&asker, Method::POST, &first, json!({"collectAddresses": false})).await;
    assert_eq!(asker.get(&first, &[]).await, json!({"collectAddresses": false}));
    assert_eq!(asker.get(&second, &[]).await, json!({"collectAddresses": true}));
    assert_eq!(asker.status(&path("1"), &[]).await, 404);

    // Who comes back under the same id finds nothing of that.
    let user = format!("/directory/v1/org/{}/users/{}", sandbox.org_id(), text(&users[1]["id"]));
    done(&asker, Method::DELETE, &user, Value::Null).await;
    assert_eq!(asker.status(&first, &[]).await, 404);
    sandbox.put(&json!({"users": [users[1]]})).unwrap();
    assert_eq!(asker.get(&first, &[]).await, json!({"collectAddresses": true}));
}

#[tokio::test]
async fn a_setting_is_refused_as_anything_else_is() {
    let sandbox = checked().users(3).build();
    let asker = Asker::new(&sandbox);
    let foreign = format!("/security/v1/org/{}/domain_sessions", sandbox.foreign_org_id());
    let path = security(&sandbox, "domain_sessions");
    let weak = sandbox.issue(Grant::administrator().scopes(["ya360_security:domain_passwords_read"]));
    for (token, path, status) in
        [(sandbox.token(), &foreign, 403), ("y0_unknown", &path, 401), (weak.as_str(), &path, 403)]
    {
        let answer = Asker::with_token(&sandbox, token).ask(path, &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert!(answer.json["message"].is_string() && answer.json["code"].is_number(), "{}", answer.json);
    }
    assert_eq!(send(&asker, Method::POST, &foreign, json!({"authTTL": 5})).await.status, 403);

    // The other host words it in its own way.
    let two_factor = |org| format!("/v1/directory/organizations/{org}/settings/2fa");
    let (own, foreign) = (two_factor(sandbox.org_id()), two_factor(sandbox.foreign_org_id()));
    for (token, path, status) in
        [(sandbox.token(), &foreign, 403), ("y0_unknown", &own, 401), (weak.as_str(), &own, 403)]
    {
        let answer = Asker::with_token(&sandbox, token).ask(path, &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert!(
            answer.json["error"].is_string() && answer.json["description"].is_string(),
            "{}",
            answer.json
        );
    }
    assert_eq!(send(&asker, Method::PUT, &own, json!({"enabled": "yes"})).await.status, 400);
}
