//! Changing what is shared, reading what others share, and shared disks, as they stand on the wire.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use common::{Asker, change, checked, list, read, request, text};
use http::Method;
use orglib_sandbox::{Grant, Sandbox};
use serde_json::{Value, json};

const ADMIN: &str = "/v1/disk/public/resources/admin/public-settings";
const UNPUBLISH: &str = "/v1/disk/public/resources/admin/unpublish";
const OPEN: &str = "/v1/disk/public/resources";
const DISKS: &str = "/v1/disk/virtual-disks";
const DISK_FILES: &str = "/v1/disk/virtual-disks/resources";

fn company() -> Sandbox {
    checked().users(20).resources(40).build()
}

/// A key of what the administrator shares.
async fn key(asker: &Asker<'_>) -> String {
    let user = asker.users().await[0]["id"].clone();
    text(&asker.resources(text(&user)).await[0]["public_hash"]).to_owned()
}

async fn patch(asker: &Asker<'_>, query: &[(&str, &str)], body: Value) -> (u16, Value) {
    let answer = change(asker, Method::PATCH, ADMIN, query, body).await;
    (answer.status.as_u16(), answer.json)
}

#[tokio::test]
async fn a_change_of_settings_takes_both_forms_of_access_and_answers_nothing() {
    let sandbox = company();
    let asker = Asker::new(&sandbox);
    let key = key(&asker).await;
    let settings = async || asker.get(ADMIN, &[("public_key", &key)]).await;
    let org = sandbox.org_id();
    let (users, group) = (asker.users().await, 1);
    let uid: u64 = text(&users[4]["id"]).parse().unwrap();
    let bodies = [
        (json!({"macros": ["employees"], "org_id": org, "rights": ["read"]}), ["macro", "owner"]),
        (json!({"user_ids": [uid.to_string()], "rights": ["write"]}), ["user", "owner"]),
        (json!({"type": "user", "id": uid, "org_id": org, "rights": ["read"]}), ["user", "owner"]),
        (json!({"type": "outer_user", "id": 9, "rights": ["read"]}), ["outer_user", "owner"]),
        (json!({"group_ids": [group], "rights": ["read"]}), ["group", "owner"]),
    ];
    for (access, kinds) in bodies {
        let body = json!({ "accesses": [access] });
        assert_eq!(patch(&asker, &[("public_key", &key)], body).await, (200, Value::Null));
        let found: Vec<_> =
            list(&settings().await["accesses"]).iter().map(|access| access["type"].clone()).collect();
        assert_eq!(found, kinds, "{access}");
    }
    for (end, shown) in [
        (json!(1_900_000_000), json!(1_900_000_000)),
        (json!("1900000001"), json!("1900000001")),
        (json!(""), Value::Null),
        (json!(5), json!(5)),
        (Value::Null, Value::Null),
    ] {
        assert_eq!(patch(&asker, &[("public_key", &key)], json!({"available_until": end})).await.0, 200);
        assert_eq!(settings().await["available_until"], shown);
    }
}

#[tokio::test]
async fn a_change_that_is_refused_changes_nothing() {
    let sandbox = company();
    let asker = Asker::new(&sandbox);
    let key = key(&asker).await;
    let before = asker.get(ADMIN, &[("public_key", &key)]).await;
    let good = json!({"macros": ["all"], "rights": ["read"]});
    for wrong in [
        json!({"macros": ["all"], "rights": ["dance"]}),
        json!({"macros": ["all"], "rights": ["read", "write"]}),
        json!({"macros": ["all"], "rights": []}),
        json!({"macros": ["all", "employees"], "rights": ["read"]}),
        json!({"macros": ["employees"], "rights": ["read"]}),
        json!({"user_ids": ["anna"], "rights": ["read"]}),
        json!({"user_ids": [], "rights": ["read"]}),
        json!({"rights": ["read"]}),
        json!({"macros": ["all"]}),
    ] {
        let body = json!({"available_until": 7, "accesses": [good, wrong]});
        let (status, told) = patch(&asker, &[("public_key", &key)], body).await;
        assert_eq!((status, &told["error"]), (400, &json!("FieldValidationError")), "{wrong}: {told}");
    }
    for body in [json!({"available_until": "soon"}), json!({"password": true}), json!([])] {
        assert_eq!(patch(&asker, &[("public_key", &key)], body).await.0, 400);
    }
    for query in [
        &[][..],
        &[("public_key", &*key), ("resource_id", "1:00")],
        &[("path", "/a")],
        &[("user_id", "7")],
        &[("user_id", "7"), ("path", "/a"), ("public_key", &key)],
    ] {
        assert_eq!(patch(&asker, query, json!({"available_until": 7})).await.0, 400, "{query:?}");
    }
    assert_eq!(patch(&asker, &[("public_key", "nothing")], json!({"available_until": 7})).await.0, 404);
    let reader = sandbox.issue(Grant::administrator().scopes(["cloud_api:disk.read"]));
    let reader = Asker::with_token(&sandbox, &reader);
    assert_eq!(patch(&reader, &[("public_key", &key)], json!({"available_until": 7})).await.0, 403);
    let employee: u64 = text(&asker.users().await[3]["id"]).parse().unwrap();
    let employee = sandbox.issue(Grant::employee(employee));
    let employee = Asker::with_token(&sandbox, &employee);
    assert_eq!(patch(&employee, &[("public_key", &key)], json!({"available_until": 7})).await.0, 403);
    let closed = change(&employee, Method::PUT, UNPUBLISH, &[("public_key", &key)], Value::Null).await;
    assert_eq!(closed.status, 403);
    assert_eq!(asker.get(ADMIN, &[("public_key", &key)]).await, before);
}

#[tokio::test]
async fn a_password_is_told_nowhere_and_cleared_by_false() {
    let sandbox = company();
    let asker = Asker::new(&sandbox);
    let key = key(&asker).await;
    let query = [("public_key", &*key)];
    let to_all = json!({"available_until": "", "accesses": [{"macros": ["all"], "rights": ["read"]}]});
    assert_eq!(patch(&asker, &query, to_all).await.0, 200);
    assert_eq!(asker.status(OPEN, &query).await, 200);
    for (password, status) in [(json!("x"), 403), (json!(false), 200), (json!("x"), 403), (json!(0), 200)] {
        assert_eq!(patch(&asker, &query, json!({ "password": password })).await.0, 200);
        let answer = asker.ask(OPEN, &query).await;
        assert_eq!(answer.status, status, "{password}");
        if status == 403 {
            assert_eq!(answer.json["error"], "DiskSymlinkPasswordRequiredError");
        }
        assert!(asker.get(ADMIN, &query).await.get("password").is_none());
    }
}

#[tokio::test]
async fn a_link_for_everybody_needs_no_token_and_no_other_call_does_without() {
    let sandbox = company();
    let asker = Asker::new(&sandbox);
    let key = key(&asker).await;
    let to_all = json!({"available_until": "", "accesses": [{"macros": ["all"], "rights": ["read"]}]});
    patch(&asker, &[("public_key", &key)], to_all).await;
    let without = async |path: &str| {
        let request = request(Method::GET, path, &[("public_key", &key), ("path", "/")]);
        read(sandbox.transport().send(request).await.unwrap()).await.status.as_u16()
    };
    assert_eq!(without(OPEN).await, 200);
    assert_eq!(without("/v1/disk/public/resources/download").await, 200);
    for path in [ADMIN, "/v1/disk/resources", "/v1/disk/operations/1"] {
        assert_eq!(without(path).await, 401, "{path}");
    }
    let wrong = Asker::with_token(&sandbox, "y0_wrong");
    assert_eq!(wrong.status(OPEN, &[("public_key", &key)]).await, 401);
}

#[tokio::test]
async fn a_path_on_a_shared_disk_has_its_form_and_others_do_not() {
    let sandbox = company();
    let asker = Asker::new(&sandbox);
    let org = sandbox.org_id().to_string();
    let disks = asker.get(&format!("{DISKS}/manage/org-resources/list"), &[("org_id", &org)]).await;
    let label = text(&disks["items"][0]["vd_hash"]).to_owned();
    let status = async |path: &str| asker.status(DISK_FILES, &[("path", path)]).await;
    assert_eq!(status(&format!("vd:{label}:disk:/")).await, 200);
    assert_eq!(status(&format!("vd:{label}:disk:/nothing")).await, 404);
    assert_eq!(status("vd:nothing:disk:/").await, 404);
    for path in ["/", "disk:/", &format!("vd:/{label}/disk/"), &format!("vd:{label}:disk:a"), "vd:", ""] {
        assert_eq!(status(path).await, 400, "{path}");
    }
    let own = asker.status("/v1/disk/resources", &[("path", &format!("vd:{label}:disk:/"))]).await;
    assert_eq!(own, 400, "one's own Disk has no such paths");
    for limit in ["0", "101"] {
        let query = [("org_id", &*org), ("limit", limit)];
        assert_eq!(asker.status(&format!("{DISKS}/manage/org-resources/list"), &query).await, 400);
    }
    let foreign = sandbox.foreign_org_id().to_string();
    for path in ["manage/org-resources/list", "discovery"] {
        assert_eq!(asker.status(&format!("{DISKS}/{path}"), &[("org_id", &foreign)]).await, 403, "{path}");
    }
}
