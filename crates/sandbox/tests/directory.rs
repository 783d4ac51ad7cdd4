//! Organisations, employees, departments and groups, on both hosts.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use std::collections::BTreeSet;

use common::{Asker, checked, list, text};
use orglib_sandbox::Sandbox;
use serde_json::{Value, json};

fn ids(items: &Value) -> Vec<String> {
    list(items).iter().map(|item| item["id"].to_string().trim_matches('"').to_owned()).collect()
}

fn legacy(sandbox: &Sandbox, rest: &str) -> String {
    format!("/directory/v1/org/{}/{rest}", sandbox.org_id())
}

fn current(sandbox: &Sandbox, rest: &str) -> String {
    format!("/v1/directory/organizations/{}/{rest}", sandbox.org_id())
}

#[tokio::test]
async fn numbered_pages_hold_every_employee_once() {
    let sandbox = checked().users(45).build();
    let asker = Asker::new(&sandbox);
    let mut seen = Vec::new();
    for page in 1..=5 {
        let answer = asker.get(&legacy(&sandbox, "users"), &[("page", &page.to_string())]).await;
        assert_eq!((&answer["pages"], &answer["total"]), (&json!(5), &json!(45)));
        assert_eq!((&answer["page"], &answer["perPage"]), (&json!(page), &json!(10)));
        seen.extend(ids(&answer["users"]));
    }
    assert_eq!(seen.len(), 45);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 45);
    let past = asker.get(&legacy(&sandbox, "users"), &[("page", "6")]).await;
    assert_eq!(past["users"], json!([]));
}

#[tokio::test]
async fn offset_pages_hold_every_employee_once() {
    let sandbox = checked().users(45).build();
    let asker = Asker::new(&sandbox);
    let mut seen = Vec::new();
    for offset in ["0", "20", "40"] {
        let answer = asker.get(&current(&sandbox, "users"), &[("offset", offset)]).await;
        assert_eq!((&answer["limit"], &answer["total"]), (&json!(20), &json!(45)));
        seen.extend(ids(&answer["items"]));
    }
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 45);
}

#[tokio::test]
async fn pages_keep_to_what_the_documents_say() {
    let sandbox = checked().users(30).build();
    let asker = Asker::new(&sandbox);
    for (path, query, status) in [
        (current(&sandbox, "users"), [("limit", "10"), ("offset", "15")], 400),
        (current(&sandbox, "users"), [("limit", "0"), ("offset", "0")], 400),
        (current(&sandbox, "users"), [("limit", "1001"), ("offset", "0")], 400),
        (current(&sandbox, "users"), [("limit", "1000"), ("offset", "0")], 200),
        (current(&sandbox, "groups"), [("limit", "10"), ("offset", "-10")], 400),
        (current(&sandbox, "departments"), [("limit", "ten"), ("offset", "0")], 400),
        (legacy(&sandbox, "users"), [("perPage", "1001"), ("page", "1")], 400),
        (legacy(&sandbox, "users"), [("perPage", "1000"), ("page", "0")], 400),
        (legacy(&sandbox, "users"), [("perPage", "1000"), ("page", "1")], 200),
        (legacy(&sandbox, "users"), [("pageSize", "1"), ("unknown", "1")], 200),
        (legacy(&sandbox, "departments"), [("orderBy", "size"), ("page", "1")], 400),
        (legacy(&sandbox, "departments"), [("orderBy", "name"), ("page", "1")], 200),
    ] {
        assert_eq!(asker.status(&path, &query).await, status, "{path} {query:?}");
    }
}

#[tokio::test]
async fn both_hosts_tell_of_the_same_employees_in_their_own_spelling() {
    let sandbox = checked().users(120).build();
    let asker = Asker::new(&sandbox);
    let old = asker.users().await;
    let new = list(&asker.get(&current(&sandbox, "users"), &[("limit", "1000")]).await["items"]);
    assert_eq!(old.len(), new.len());
    for (old, new) in old.iter().zip(&new) {
        assert!(old["id"].is_string() && new["id"].is_u64());
        assert_eq!(text(&old["id"]), new["id"].to_string());
        for (camel, snake) in [
            ("nickname", "nickname"),
            ("departmentId", "department_id"),
            ("email", "email"),
            ("name", "name"),
            ("contacts", "contacts"),
            ("aliases", "aliases"),
            ("groups", "groups"),
            ("isAdmin", "is_admin"),
            ("isRobot", "is_robot"),
            ("isDismissed", "is_dismissed"),
            ("isEnabled", "is_enabled"),
            ("isEnabledUpdatedAt", "is_enabled_updated_at"),
            ("displayName", "display_name"),
            ("createdAt", "created_at"),
        ] {
            assert_eq!(old.get(camel), new.get(snake), "{camel}");
        }
    }
}

#[tokio::test]
async fn both_hosts_tell_of_the_same_departments_and_groups() {
    let sandbox = checked().users(200).build();
    let asker = Asker::new(&sandbox);
    for (path, key) in [("departments", "departments"), ("groups", "groups")] {
        let old = list(&asker.get(&legacy(&sandbox, path), &[("perPage", "1000")]).await[key]);
        let new = list(&asker.get(&current(&sandbox, path), &[("limit", "1000")]).await["items"]);
        assert_eq!(old.len(), new.len());
        for (old, new) in old.iter().zip(&new) {
            assert_eq!(old["membersCount"], new["members_count"]);
            assert_eq!(old.get("memberOf"), new.get("member_of"));
            for same in ["id", "name", "description", "label", "email", "aliases"] {
                assert_eq!(old[same], new[same], "{same}");
            }
            let id = &old["id"];
            let old_one = asker.get(&legacy(&sandbox, &format!("{path}/{id}")), &[]).await;
            assert_eq!(&old_one, old);
            let new_one = asker.get(&current(&sandbox, &format!("{path}/{id}")), &[]).await;
            assert_eq!(new_one["name"], new["name"]);
            if path == "departments" {
                assert_eq!(old["parentId"], new_one["parent_id"]);
                assert_eq!(old["parentId"], new["parent"]["id"]);
            }
        }
    }
}

#[tokio::test]
async fn an_employee_is_found_by_address_and_by_alias() {
    let sandbox = checked().users(60).build();
    let asker = Asker::new(&sandbox);
    let users = asker.users().await;
    let user = users.iter().find(|user| !list(&user["aliases"]).is_empty()).unwrap();
    let alias = format!("{}@severny-most.example", text(&user["aliases"][0]));
    for email in [text(&user["email"]), &text(&user["email"]).to_uppercase(), &alias] {
        let found = asker.get(&current(&sandbox, "users"), &[("email", email)]).await;
        assert_eq!(ids(&found["items"]), [text(&user["id"])], "{email}");
        assert_eq!(found["total"], 1);
    }
    let nobody = asker.get(&current(&sandbox, "users"), &[("email", "nobody@example.org")]).await;
    assert_eq!(nobody["items"], json!([]));
}

#[tokio::test]
async fn members_are_the_same_on_both_hosts_but_for_outsiders() {
    let sandbox = checked().users(100).build();
    let asker = Asker::new(&sandbox);
    let groups = list(&asker.get(&legacy(&sandbox, "groups"), &[("perPage", "100")]).await["groups"]);
    let mut outsiders = 0;
    for group in &groups {
        let id = &group["id"];
        let old = asker.get(&legacy(&sandbox, &format!("groups/{id}/members")), &[]).await;
        let org = sandbox.org_id();
        let all = asker.get(&format!("/directory/v2/org/{org}/groups/{id}/members"), &[]).await;
        let new = asker.get(&format!("/v1/api360/directory/org/{org}/groups/{id}/members"), &[]).await;
        for kind in ["users", "groups", "departments"] {
            assert_eq!(ids(&old[kind]), ids(&new[kind]), "{kind} of {id}");
            assert_eq!(old[kind], all[kind], "{kind} of {id}");
        }
        outsiders += list(&all["externalContacts"]).len() + list(&all["sharedMailboxes"]).len();
    }
    assert_eq!(outsiders, 2);
    for kind in ["generic", "organization_admin", "robots", "organization_deputy_admin"] {
        assert!(groups.iter().any(|group| group["type"] == kind), "{kind}");
    }
    assert!(groups.iter().any(|group| !list(&group["memberOf"]).is_empty()));
}

#[tokio::test]
async fn a_company_has_all_sorts_of_people_and_an_administrator_first() {
    let sandbox = checked().users(300).build();
    let users = Asker::new(&sandbox).users().await;
    assert_eq!(users[0]["isAdmin"], true);
    let some = |what: &dyn Fn(&Value) -> bool| assert!(users.iter().any(what));
    some(&|user| user["isRobot"] == true);
    some(&|user| user["isDismissed"] == true);
    some(&|user| user["isEnabled"] == false && user["isDismissed"] == false);
    some(&|user| user["isRobot"] == false && user["name"]["middle"] == "");
    some(&|user| text(&user["name"]["last"]).is_ascii());
    some(&|user| !text(&user["name"]["last"]).is_ascii());
    some(&|user| user["externalId"] == "" && user["birthday"] == "" && user["avatarId"] == "");
    some(&|user| user.get("isEnabledUpdatedAt").is_none());
    let emails: BTreeSet<_> = users.iter().map(|user| text(&user["email"])).collect();
    assert_eq!(emails.len(), 300);
    assert!(emails.iter().all(|email| email.is_ascii()));
}

#[tokio::test]
async fn organizations_are_listed_by_token() {
    let sandbox = checked().users(5).organizations(23).build();
    let asker = Asker::new(&sandbox);
    let (mut seen, mut token) = (Vec::new(), String::new());
    loop {
        let query = [("pageSize", "10"), ("pageToken", token.as_str())];
        let page = asker.get("/directory/v1/org/", &query).await;
        seen.extend(ids(&page["organizations"]));
        token = text(&page["nextPageToken"]).to_owned();
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(seen.len(), 23);
    assert_eq!(seen[0], sandbox.org_id().to_string());
    assert!(!seen.contains(&sandbox.foreign_org_id().to_string()));
    assert_eq!(asker.status("/directory/v1/org", &[("pageSize", "101")]).await, 400);
    assert_eq!(asker.status("/directory/v1/org", &[("pageToken", "zzz")]).await, 400);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_organisation() {
    let users = async |seed| {
        let sandbox = checked().users(80).seed(seed).build();
        Asker::new(&sandbox).users().await
    };
    assert_eq!(users(7).await, users(7).await);
    assert_ne!(users(7).await, users(8).await);
}

#[tokio::test]
async fn even_the_smallest_organisation_works() {
    let sandbox = checked().users(0).resources(4).build();
    let asker = Asker::new(&sandbox);
    let users = asker.users().await;
    assert_eq!(users.len(), 1);
    assert_eq!(asker.resources(text(&users[0]["id"])).await.len(), 4);
}
