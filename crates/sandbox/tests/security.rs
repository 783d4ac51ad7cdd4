//! Two-factor sign-in on three generations of calls, the security of one employee, sign-outs.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use common::{Answer, Asker, change, checked, list, text};
use http::Method;
use orglib_sandbox::Sandbox;
use serde_json::{Value, json};

async fn send(asker: &Asker<'_>, method: Method, path: &str, body: Value) -> Answer {
    change(asker, method, path, &[], body).await
}

async fn done(asker: &Asker<'_>, method: Method, path: &str, body: Value) -> Value {
    let answer = send(asker, method, path, body).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.json);
    answer.json
}

/// Where two-factor sign-in is: the first version, the second, and the other host's.
fn two_factor(sandbox: &Sandbox) -> [String; 3] {
    let org = sandbox.org_id();
    [
        format!("/security/v1/org/{org}/domain_2fa"),
        format!("/security/v2/org/{org}/domain_2fa"),
        format!("/v1/directory/organizations/{org}/settings/2fa"),
    ]
}

#[tokio::test]
async fn two_factor_sign_in_is_one_thing_on_both_hosts() {
    let sandbox = checked().users(3).build();
    let asker = Asker::new(&sandbox);
    let [first, second, current] = two_factor(&sandbox);
    for path in [&first, &second, &current] {
        assert_eq!(asker.get(path, &[]).await["enabled"], false, "{path}");
    }
    let on = json!({"duration": 3600, "validationMethod": "phone", "logoutUsers": true});
    let told = done(&asker, Method::POST, &second, on).await;
    assert_eq!((&told["enabled"], &told["scope"]), (&json!(true), &json!("per_domain")));
    assert!(told.get("logoutUsers").is_none());
    let shown = asker.get(&current, &[]).await;
    assert_eq!(shown["enabled_at"], told["enabledAt"]);
    assert_eq!(
        (&shown["setup_grace_period_seconds"], &shown["enforcement_mode"]),
        (&json!(3600), &json!("per_domain"))
    );
    assert_eq!(shown["preferred_phone_validation_method"], "phone");
    assert_eq!(asker.get(&first, &[]).await["duration"], 3600);

    // For chosen employees it does not count as on.
    let chosen = json!({"enabled": true, "enforcement_mode": "per_user", "second_factor_type": "totp"});
    let shown = done(&asker, Method::PUT, &current, chosen).await;
    assert_eq!((&shown["enabled"], &shown["second_factor_type"]), (&json!(false), &json!("totp")));
    assert!(shown.get("enabled_at").is_none(), "{shown}");
    assert_eq!(
        asker.get(&second, &[]).await,
        json!({"enabled": false, "duration": 3600, "scope": "per_user"})
    );

    done(&asker, Method::POST, &first, json!({"duration": 60})).await;
    assert_eq!(asker.get(&second, &[]).await["scope"], "per_domain");
    let off = done(&asker, Method::DELETE, &second, Value::Null).await;
    assert_eq!(off, json!({"enabled": false, "duration": 60}));
    for (path, method, wrong) in [
        (&second, Method::POST, json!({})),
        (&second, Method::POST, json!({"duration": 60, "scope": "per_planet"})),
        (&current, Method::PUT, json!({"enforcement_mode": "per_user"})),
        (&current, Method::PUT, json!({"enabled": true, "setup_grace_period_seconds": 16_070_401})),
    ] {
        assert_eq!(send(&asker, method, path, wrong).await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn it_is_forced_on_one_employee_where_that_is_the_mode() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let [_, second, _] = two_factor(&sandbox);
    let users = format!("/directory/v1/org/{}/users", sandbox.org_id());
    let mut plain = String::new();
    for user in asker.users().await {
        let id = text(&user["id"]).to_owned();
        if asker.get(&format!("{users}/{id}/2fa"), &[]).await["has2fa"] == false {
            plain = id;
        }
    }
    let path = format!("{users}/{plain}/domain_2fa");
    let force = |value| change(&asker, Method::PATCH, &path, value, Value::Null);
    let on = [("is2faEnabled", "true")];
    assert_eq!(force(&on).await.status, 400, "no mode yet");
    done(&asker, Method::POST, &second, json!({"duration": 0, "scope": "per_user"})).await;
    assert_eq!(asker.get(&path, &[]).await, json!({"id": plain, "is2faEnabled": false}));
    assert_eq!(force(&on).await.json, json!({}));
    assert_eq!(asker.get(&path, &[]).await["is2faEnabled"], true);
    assert_eq!(force(&[("is2faEnabled", "false")]).await.status, 200);
    assert_eq!(asker.get(&path, &[]).await["is2faEnabled"], false);
    assert_eq!(asker.status(&format!("{users}/1/domain_2fa"), &[]).await, 404);
}

#[tokio::test]
async fn a_security_phone_is_dropped_once() {
    let sandbox = checked().users(3).build();
    let asker = Asker::new(&sandbox);
    let users = asker.users().await;
    let with_phone = |user: &&Value| list(&user["contacts"]).iter().any(|contact| contact["type"] == "phone");
    let id = text(&users.iter().find(with_phone).unwrap()["id"]);
    let path = format!("/directory/v1/org/{}/users/{id}/2fa", sandbox.org_id());
    assert_eq!(asker.get(&path, &[]).await["hasSecurityPhone"], true);
    assert_eq!(done(&asker, Method::DELETE, &path, Value::Null).await, json!({}));
    assert_eq!(asker.get(&path, &[]).await["hasSecurityPhone"], false);
    assert_eq!(send(&asker, Method::DELETE, &path, Value::Null).await.status, 400);
}

#[tokio::test]
async fn who_comes_back_from_an_identity_provider_needs_a_password() {
    let sandbox = checked().users(3).build();
    let asker = Asker::new(&sandbox);
    let user = asker.users().await.remove(1);
    let path = format!("/directory/v1/org/{}/users/{}/auth_type", sandbox.org_id(), text(&user["id"]));
    assert_eq!(asker.get(&path, &[]).await, json!({"authType": "portal"}));
    done(&asker, Method::PATCH, &path, json!({"authType": "idp", "dropOtp": true})).await;
    assert_eq!(asker.get(&path, &[]).await["authType"], "idp");
    let back = json!({"authType": "portal"});
    assert_eq!(send(&asker, Method::PATCH, &path, back).await.status, 400);
    let back = json!({"authType": "portal", "password": "correct horse", "passwordChangeRequired": true});
    done(&asker, Method::PATCH, &path, back).await;
    assert_eq!(asker.get(&path, &[]).await["authType"], "portal");
    assert_eq!(send(&asker, Method::PATCH, &path, json!({"authType": "door"})).await.status, 400);
}

#[tokio::test]
async fn sign_outs_stand_in_the_audit_log() {
    let sandbox = checked().users(3).build();
    let asker = Asker::new(&sandbox);
    let org = sandbox.org_id();
    let user = asker.users().await.remove(1);
    let uid = text(&user["id"]);
    let log = format!("/v1/auditlog/organizations/{org}/events");
    let count = async || {
        let query = [("count", "100"), ("types", "id_account.glogout"), ("ended_at", "2100-01-01T00:00:00Z")];
        list(&asker.get(&log, &query).await["items"]).len()
    };
    let before = count().await;
    let one = |uid: &str| format!("/security/v1/org/{org}/domain_sessions/users/{uid}/logout");
    assert_eq!(done(&asker, Method::PUT, &one(uid), Value::Null).await, json!({}));
    assert_eq!(count().await, before + 1);
    assert_eq!(send(&asker, Method::PUT, &one("1"), json!({})).await.status, 404);
    let all = format!("/v1/directory/organizations/{org}/sessions/revoke-all");
    assert_eq!(send(&asker, Method::POST, &all, Value::Null).await.status, 204);
    assert_eq!(count().await, before + 4);
}
