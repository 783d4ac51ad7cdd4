//! What stays and what goes with a group and with a person.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{Asker, change, checked, list, text};
use http::Method;
use serde_json::{Value, json};

const SETTINGS: &str = "/v1/disk/public/resources/admin/public-settings";

/// The ids of those who hold something of this kind.
fn ids(items: &Value, kind: &str) -> Vec<Value> {
    list(items).iter().filter(|item| item["type"] == kind).map(|item| item["id"].clone()).collect()
}

#[tokio::test]
async fn a_group_that_is_deleted_leaves_groups_mailing_lists_shared_disks_and_shares() {
    let sandbox = checked().users(60).build();
    let asker = Asker::new(&sandbox);
    let org = sandbox.org_id();
    let groups = format!("/directory/v1/org/{org}/groups");
    let done = async |method, path: &str, query: &[(&str, &str)], body| {
        let answer = change(&asker, method, path, query, body).await;
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.json);
        answer.json
    };
    let made = done(Method::POST, &groups, &[], json!({"name": "Passing", "label": "passing"})).await;
    let group = made["id"].clone();

    // It is a member of another group, may send to its list, works on the shared disk, and has a share.
    done(
        Method::POST,
        &format!("{groups}/5/members"),
        &[],
        json!({"type": "group", "id": group.to_string()}),
    )
    .await;
    let lists = asker.get(&groups, &[("perPage", "1000")]).await;
    let holder = list(&lists["groups"]).iter().find(|group| group["id"] == 5).unwrap().clone();
    let permissions = format!("/v1/admin/org/{org}/mail-lists/{}/permissions", text(&holder["emailId"]));
    let update = format!("/v1/admin/org/{org}/mail-lists/{}/update-permissions", text(&holder["emailId"]));
    let subject = json!({"type": "group", "id": group, "org_id": org});
    let actions =
        json!({"role_actions": [{"type": "grant", "roles": ["mail_list_sender"], "subjects": [subject]}]});
    done(Method::POST, &update, &[], actions).await;
    let org_text = org.to_string();
    let disks = asker.get("/v1/disk/virtual-disks/manage/org-resources/list", &[("org_id", &org_text)]).await;
    let hash = text(&disks["items"][0]["vd_hash"]).to_owned();
    let on_disk = json!({"items": [{"org_id": org, "type": "group", "id": group, "rights": ["read"]}]});
    let manage = "/v1/disk/virtual-disks/permissions";
    done(Method::PATCH, manage, &[("vd_hash", &hash)], on_disk).await;
    let key = shared_with(&asker, org, &group).await;

    // Some ids come as text.
    let text_of = |id: &Value| id.to_string().trim_matches('"').to_owned();
    let is_it = |id: &Value| text_of(id) == text_of(&group);
    let held = async || {
        let members = asker.get(&format!("/directory/v2/org/{org}/groups/5/members"), &[]).await;
        let grants = asker.get(&permissions, &[]).await;
        let senders =
            list(&grants["grants"]["items"]).iter().filter(|grant| grant["subject"]["id"] == group).count();
        let disk = asker.get(manage, &[("vd_hash", &hash)]).await;
        let settings = asker.get(SETTINGS, &[("public_key", &key)]).await;
        [
            list(&members["groups"]).iter().filter(|member| member["id"] == group).count(),
            senders,
            ids(&disk["items"], "group").iter().filter(|id| is_it(id)).count(),
            ids(&settings["accesses"], "group").iter().filter(|id| is_it(id)).count(),
        ]
    };
    assert_eq!(held().await, [1, 1, 1, 1]);
    done(Method::DELETE, &format!("{groups}/{group}"), &[], json!({})).await;
    assert_eq!(held().await, [0, 0, 0, 0]);
}

/// Lets a group open what some employee shares, and gives its key.
async fn shared_with(asker: &Asker<'_>, org: u64, group: &Value) -> String {
    for user in asker.users().await {
        let Some(resource) = asker.resources(text(&user["id"])).await.into_iter().next() else { continue };
        let key = text(&resource["public_hash"]).to_owned();
        let body = json!({"accesses": [{"type": "group", "id": group, "org_id": org, "rights": ["read"]}]});
        let answer = change(asker, Method::PATCH, SETTINGS, &[("public_key", &key)], body).await;
        assert!(answer.status.is_success(), "{}", answer.json);
        return key;
    }
    panic!("nobody shares anything")
}

/// Links open for whoever has them: that their owner is dismissed, or that the account is deleted, closes none. What the
/// administrator sees of a deleted account the documents do not say; the sandbox knows it no more.
#[tokio::test]
async fn what_a_dismissed_person_shares_stays_open() {
    let sandbox = checked().users(400).build();
    let asker = Asker::new(&sandbox);
    let nobody = "/v1/disk/public/resources";
    let (mut dismissed, mut deleted) = (0, None);
    for user in asker.users().await {
        let resources = asker.resources(text(&user["id"])).await;
        let mut open = Vec::new();
        for resource in resources {
            let key = text(&resource["public_hash"]).to_owned();
            let settings = asker.get(SETTINGS, &[("public_key", &key)]).await;
            let to_all =
                |access: &Value| access["macros"].as_array().is_some_and(|all| all.contains(&json!("all")));
            if settings["accesses"].as_array().unwrap().iter().any(to_all) {
                open.push(key);
            }
        }
        let reached = async |key: &String| asker.status(nobody, &[("public_key", key.as_str())]).await;
        for key in &open {
            // One whose time has come opens for nobody.
            let is_open = reached(key).await == 200;
            dismissed += usize::from(is_open && user["isDismissed"] == true);
            if is_open && deleted.is_none() && user["isAdmin"] != true {
                let one = format!("/directory/v1/org/{}/users/{}", sandbox.org_id(), text(&user["id"]));
                assert_eq!(change(&asker, Method::DELETE, &one, &[], json!({})).await.status, 200);
                assert_eq!(reached(key).await, 200, "the link of a deleted account");
                deleted = Some(key.clone());
            }
        }
    }
    assert!(dismissed > 0 && deleted.is_some(), "{dismissed} {deleted:?}");
}
