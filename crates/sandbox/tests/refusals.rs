//! Who is let in, and how each host says no.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use std::time::Duration;

use common::{Asker, checked, read, request, text};
use http::{HeaderValue, Method, header};
use orglib_sandbox::Grant;
use orglib_testkit::ManualClock;
use serde_json::json;

/// A path, its query, and a scope that the operation accepts.
type Example = (String, Vec<(&'static str, String)>, &'static str);

/// One reading operation of each host and prefix.
fn operations(org: u64, user: &str) -> [Example; 4] {
    let listing = vec![("user_id", user.to_owned()), ("org_id", org.to_string())];
    [
        (format!("/directory/v1/org/{org}/users"), vec![], "directory:read_users"),
        (format!("/v1/directory/organizations/{org}/users"), vec![], "directory:write_users"),
        (format!("/v1/api360/directory/org/{org}/groups/2/members"), vec![], "directory:read_groups"),
        ("/v1/disk/public/resources/admin/public-resources".to_owned(), listing, "cloud_api:disk.read"),
    ]
}

fn pairs<'a>(query: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    query.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test]
async fn a_token_needs_to_be_known_alive_and_of_the_right_scope() {
    let clock = ManualClock::new();
    let sandbox = checked().users(20).clock(clock.shared()).build();
    let users = Asker::new(&sandbox).users().await;
    let user = text(&users[0]["id"]);
    for (path, query, scope) in operations(sandbox.org_id(), user) {
        let query = pairs(&query);
        let brief = Grant::administrator().lifetime(Duration::from_secs(3600));
        let brief = sandbox.issue(brief);
        let own_scope = sandbox.issue(Grant::administrator().scopes([scope]));
        let other_scope = sandbox.issue(Grant::administrator().scopes(["login:info"]));
        let no_admin = sandbox.issue(Grant::employee(text(&users[9]["id"]).parse().unwrap()));
        let nobody = "y0_unknown".to_owned();
        for (token, status) in
            [(&own_scope, 200), (&brief, 200), (&other_scope, 403), (&no_admin, 403), (&nobody, 401)]
        {
            let answer = Asker::with_token(&sandbox, token).ask(&path, &query).await;
            assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.json);
            if token == &other_scope {
                assert!(answer.json.to_string().contains("No required scope"), "{}", answer.json);
            }
        }
        clock.advance(Duration::from_secs(3600));
        assert_eq!(Asker::with_token(&sandbox, &brief).status(&path, &query).await, 401);
    }
}

#[tokio::test]
async fn only_the_scheme_oauth_is_taken() {
    let sandbox = checked().users(5).build();
    let path = format!("/directory/v1/org/{}/users", sandbox.org_id());
    for (value, status) in [
        (Some(format!("OAuth {}", sandbox.token())), 200),
        (Some(format!("oauth {}", sandbox.token())), 200),
        (Some(format!("Bearer {}", sandbox.token())), 401),
        (Some(sandbox.token().to_owned()), 401),
        (Some("OAuth ".to_owned()), 401),
        (None, 401),
    ] {
        let mut request = request(Method::GET, &path, &[]);
        if let Some(value) = &value {
            request.headers.insert(header::AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        let answer = read(sandbox.handle(request).await.unwrap()).await;
        assert_eq!(answer.status.as_u16(), status);
    }
}

#[tokio::test]
async fn another_organisation_is_closed() {
    let sandbox = checked().users(5).build();
    let asker = Asker::new(&sandbox);
    let users = asker.users().await;
    for org in [sandbox.foreign_org_id(), 1] {
        for (path, query, _) in operations(org, text(&users[0]["id"])) {
            assert_eq!(asker.status(&path, &pairs(&query)).await, 403, "{path}");
        }
    }
}

#[tokio::test]
async fn each_host_refuses_in_its_own_shape() {
    let sandbox = checked().users(5).build();
    let asker = Asker::new(&sandbox);
    let org = sandbox.org_id();
    let old = asker.ask(&format!("/directory/v1/org/{org}/users/42"), &[]).await;
    assert_eq!(old.status, 404);
    assert_eq!(old.json["code"], 5);
    let request_id = old.headers["x-request-id"].to_str().unwrap();
    assert_eq!(old.json["details"][0]["requestId"], request_id);
    let new = asker.ask(&format!("/v1/directory/organizations/{org}/groups/4242"), &[]).await;
    assert_eq!(new.status, 404);
    assert_eq!((&new.json["error"], &new.json["details"]), (&json!("not_found"), &json!({})));
    let disk = asker.ask("/v1/disk/public/resources/admin/public-settings", &[("public_key", "x")]).await;
    assert_eq!(disk.status, 404);
    assert_eq!((&disk.json["error"], disk.json.get("details")), (&json!("DiskNotFoundError"), None));
}

#[tokio::test]
async fn ids_that_are_none_are_refused_and_unknown_ones_not_found() {
    let sandbox = checked().users(5).build();
    let asker = Asker::new(&sandbox);
    let org = sandbox.org_id();
    for (path, status) in [
        (format!("/directory/v1/org/{org}/users/anna"), 400),
        (format!("/directory/v1/org/{org}/users/99"), 404),
        (format!("/directory/v1/org/{org}/departments/x"), 400),
        (format!("/directory/v1/org/{org}/departments/99999"), 404),
        (format!("/directory/v1/org/{org}/groups/99999"), 404),
        (format!("/directory/v1/org/{org}/groups/99999/members"), 404),
        (format!("/directory/v2/org/{org}/groups/99999/members"), 404),
        (format!("/v1/directory/organizations/{org}/departments/99999"), 404),
        (format!("/v1/directory/organizations/{org}/groups/1.5"), 400),
        (format!("/v1/api360/directory/org/{org}/groups/99999/members"), 404),
        (format!("/v1/api360/directory/org/{org}/groups/x/members"), 400),
        ("/directory/v1/org/mine/users".to_owned(), 400),
    ] {
        assert_eq!(asker.status(&path, &[]).await, status, "{path}");
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused_in_the_shape_of_their_prefix() {
    let sandbox = checked().users(5).build();
    let asker = Asker::new(&sandbox);
    let org = sandbox.org_id();
    for (path, key) in [
        (format!("/admin/v1/org/{org}/mail/delegated"), "code"),
        ("/directory/v9/org".to_owned(), "code"),
        ("/v1/directory/organisations".to_owned(), "details"),
        ("/v1/disk/nothing".to_owned(), "message"),
        ("/nowhere".to_owned(), "error_description"),
        ("/api/v9/Org".to_owned(), "warnings"),
        ("/".to_owned(), "error"),
    ] {
        let answer = asker.ask(&path, &[]).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.json.get(key).is_some(), "{path}: {}", answer.json);
    }
    let path = format!("/v1/directory/organizations/{org}/users");
    let answer = read(asker.send(request(Method::DELETE, &path, &[])).await.unwrap()).await;
    assert_eq!(answer.status, 405);
    assert_eq!(sandbox.stats().requests_of("unknown"), 8);
}

#[tokio::test]
async fn an_operation_without_a_handler_names_itself() {
    let sandbox = checked().users(5).build();
    let answer = Asker::new(&sandbox).ask("/v1/auth", &[]).await;
    assert_eq!(answer.status, 501, "{}", answer.json);
}

#[tokio::test]
async fn habits_of_clients_in_use_are_taken() {
    let sandbox = checked().users(30).build();
    let asker = Asker::new(&sandbox);
    let org = sandbox.org_id();
    let users = asker.users().await;
    let user = text(&users[0]["id"]);
    for (path, query) in [
        (format!("/directory/v1/org/{org}/users/"), [("page", "1"), ("perPage", "5")]),
        (
            format!("/v1/directory/organizations/{org}/departments/"),
            [("is_2fa_enabled", "False"), ("x", "y")],
        ),
        (
            "/v1/disk/public/resources/admin/accessible-resources/".to_owned(),
            [("user_id", user), ("include_group_access", "True")],
        ),
    ] {
        let mut query = query.to_vec();
        let org = org.to_string();
        query.push(("org_id", &org));
        let mut request = request(Method::GET, &path, &query);
        request.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let answer = read(asker.send(request).await.unwrap()).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.json);
    }
}

#[tokio::test]
async fn every_answer_has_a_request_id_of_its_own() {
    let sandbox = checked().users(5).build();
    let asker = Asker::new(&sandbox);
    let mut seen = std::collections::BTreeSet::new();
    for path in ["/directory/v1/org", "/nowhere", "/v1/disk/virtual-disks", "/directory/v1/org"] {
        let answer = asker.ask(path, &[]).await;
        assert!(seen.insert(answer.headers["x-request-id"].clone()));
    }
}
