//! Shared and delegated mailboxes, contacts and members: what is changed shows.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use std::time::Duration;

use common::{Asker, change, checked, list, text};
use http::Method;
use orglib_sandbox::Sandbox;
use orglib_testkit::ManualClock;
use serde_json::{Value, json};

fn mailboxes(sandbox: &Sandbox, rest: &str) -> String {
    format!("/admin/v1/org/{}/mailboxes/{rest}", sandbox.org_id())
}

async fn ids(asker: &Asker<'_>, kind: &str) -> Vec<String> {
    let page = asker.get(&mailboxes(asker.sandbox, kind), &[("perPage", "100")]).await;
    assert!(page.get("pages").is_none(), "these lists do not count their pages");
    list(&page["resources"]).iter().map(|mailbox| text(&mailbox["resourceId"]).to_owned()).collect()
}

#[tokio::test]
async fn a_shared_mailbox_is_made_changed_and_deleted() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let before = ids(&asker, "shared").await;
    let new = json!({"email": "sales@severny-most.example", "name": "Продажи", "description": ""});
    let shared = mailboxes(&sandbox, "shared");
    let made = change(&asker, Method::PUT, &shared, &[], new.clone()).await;
    assert_eq!(made.status, 200, "{}", made.json);
    let one = format!("{shared}/{}", text(&made.json["resourceId"]));
    assert_eq!(ids(&asker, "shared").await.len(), before.len() + 1);
    assert_eq!(asker.get(&one, &[]).await["name"], "Продажи");

    assert_eq!(
        change(&asker, Method::PUT, &one, &[], json!({"name": "Сбыт", "description": "Юг"})).await.status,
        200
    );
    let read = asker.get(&one, &[]).await;
    assert_eq!((&read["name"], &read["description"]), (&json!("Сбыт"), &json!("Юг")));

    for (wrong, says) in [
        (new, "taken"),
        (json!({"email": "a@elsewhere.example", "name": "Другой", "description": ""}), "connected domain"),
        (json!({"email": "b@severny-most.example", "name": "Я", "description": ""}), "2 characters"),
        (json!({"email": "c@severny-most.example", "name": "Сбыт", "description": ""}), "taken"),
        (json!({"email": "d@severny-most.example"}), "name"),
    ] {
        let refused = change(&asker, Method::PUT, &shared, &[], wrong).await;
        assert_eq!(refused.status, if says == "taken" { 409 } else { 400 });
        assert!(text(&refused.json["message"]).contains(says), "{}", refused.json);
    }
    assert_eq!(change(&asker, Method::DELETE, &one, &[], json!({})).await.status, 200);
    assert_eq!(asker.status(&one, &[]).await, 404);
    assert_eq!(change(&asker, Method::DELETE, &one, &[], json!({})).await.status, 404);
    assert_eq!(ids(&asker, "shared").await, before);
}

#[tokio::test]
async fn a_granted_right_shows_in_both_lists_once_its_task_is_complete() {
    let clock = ManualClock::new();
    let sandbox = checked().users(20).clock(clock.shared()).build();
    let asker = Asker::new(&sandbox);
    let mailbox = ids(&asker, "shared").await.pop().unwrap();
    let actor = text(&asker.users().await[9]["id"]).to_owned();
    let (set, actors) = (format!("set/{mailbox}"), format!("actors/{mailbox}"));
    let roles = json!({"roles": ["shared_mailbox_sender", "shared_mailbox_reader"]});
    let query = [("actorId", actor.as_str()), ("notify", "none")];
    let reaches = async || {
        list(&asker.get(&mailboxes(&sandbox, &format!("resources/{actor}")), &[]).await["resources"])
    };
    let holds = async || {
        let all = list(&asker.get(&mailboxes(&sandbox, &actors), &[]).await["actors"]);
        all.into_iter().find(|one| one["actorId"] == actor.as_str())
    };

    let started = change(&asker, Method::POST, &mailboxes(&sandbox, &set), &query, roles.clone()).await;
    let task = mailboxes(&sandbox, &format!("tasks/{}", text(&started.json["taskId"])));
    assert_eq!(asker.get(&task, &[]).await["status"], "running");
    assert!(holds().await.is_none() && reaches().await.is_empty());

    clock.advance(Duration::from_secs(1));
    assert_eq!(asker.get(&task, &[]).await["status"], "complete");
    assert_eq!(holds().await.unwrap()["roles"], roles["roles"]);
    assert_eq!(reaches().await, [json!({"resourceId": mailbox, "type": "shared", "roles": roles["roles"]})]);

    change(&asker, Method::POST, &mailboxes(&sandbox, &set), &query, json!({"roles": []})).await;
    clock.advance(Duration::from_secs(1));
    assert!(holds().await.is_none() && reaches().await.is_empty());
}

#[tokio::test]
async fn a_change_ends_in_an_error_where_the_mailbox_is_gone_by_then() {
    let clock = ManualClock::new();
    let sandbox = checked().users(20).clock(clock.shared()).build();
    let asker = Asker::new(&sandbox);
    let owner = text(&asker.users().await[11]["id"]).to_owned();
    let delegated = mailboxes(&sandbox, "delegated");
    let opened = change(&asker, Method::PUT, &delegated, &[], json!({"resourceId": owner})).await;
    assert_eq!(opened.json["resourceId"], owner.as_str());
    assert!(ids(&asker, "delegated").await.contains(&owner));
    let actor = text(&asker.users().await[12]["id"]).to_owned();
    let set = mailboxes(&sandbox, &format!("set/{owner}"));
    let roles = json!({"roles": ["shared_mailbox_owner"]});
    let started = change(&asker, Method::POST, &set, &[("actorId", &actor)], roles).await;
    let closed = change(&asker, Method::DELETE, &format!("{delegated}/{owner}"), &[], json!({})).await;
    assert_eq!(closed.status, 200);
    clock.advance(Duration::from_secs(1));
    let task = mailboxes(&sandbox, &format!("tasks/{}", text(&started.json["taskId"])));
    assert_eq!(asker.get(&task, &[]).await["status"], "error");
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_rights_without_reading_are_refused() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let mailbox = ids(&asker, "shared").await.pop().unwrap();
    let actor = text(&asker.users().await[0]["id"]).to_owned();
    let roles = |role: &str| json!({"roles": [role]});
    for (mailbox, actor, body, status) in [
        ("7", actor.as_str(), roles("shared_mailbox_owner"), 404),
        (&mailbox, "7", roles("shared_mailbox_owner"), 404),
        (&mailbox, &actor, roles("shared_mailbox_half_sender"), 400),
        (&mailbox, &actor, roles("king"), 400),
        (&mailbox, "x", roles("shared_mailbox_owner"), 400),
    ] {
        let path = mailboxes(&sandbox, &format!("set/{mailbox}"));
        let answer = change(&asker, Method::POST, &path, &[("actorId", actor)], body).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.json);
    }
    for path in ["shared/7", "actors/7", "resources/7", "tasks/nothing"] {
        assert_eq!(asker.status(&mailboxes(&sandbox, path), &[]).await, 404, "{path}");
    }
    let foreign = format!("/admin/v1/org/{}/mailboxes/shared", sandbox.foreign_org_id());
    assert_eq!(asker.status(&foreign, &[]).await, 403);
    assert_eq!(asker.status(&mailboxes(&sandbox, "shared"), &[("page", "0")]).await, 400);
}

#[tokio::test]
async fn the_old_paths_of_delegated_mailboxes_are_gone() {
    let sandbox = checked().users(5).build();
    let asker = Asker::new(&sandbox);
    let old = format!("/admin/v1/org/{}/mail/delegated", sandbox.org_id());
    for path in
        [old.clone(), format!("{old}/5/actors"), format!("{old}/5/resources"), format!("{old}/tasks/5")]
    {
        assert_eq!(asker.status(&path, &[]).await, 404, "{path}");
    }
}

#[tokio::test]
async fn contacts_are_replaced_on_both_hosts_and_generated_ones_stay() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let user = asker.users().await.swap_remove(3);
    let path = format!("org/{}/users/{}", sandbox.org_id(), text(&user["id"]));
    let manual = |user: &Value| -> Vec<Value> {
        list(&user["contacts"]).into_iter().filter(|contact| contact["synthetic"] == false).collect()
    };
    for prefix in ["/directory/v1", "/v1/api360/directory"] {
        let contacts = format!("{prefix}/{path}/contacts");
        let new = json!({"contacts": [{"type": "phone", "value": "+7 1"}, {"type": "phone", "value": "+7 2", "label": "дом"}]});
        let changed = change(&asker, Method::PUT, &contacts, &[], new).await;
        assert_eq!(changed.status, 200, "{}", changed.json);
        let read = asker.get(&format!("/directory/v1/{path}"), &[]).await;
        assert_eq!(manual(&read), manual(&changed.json));
        assert_eq!(manual(&read).iter().map(|contact| &contact["main"]).collect::<Vec<_>>(), [true, false]);
        for wrong in
            [json!({"type": "phone", "value": ""}), json!({"type": "email", "value": "x", "synthetic": true})]
        {
            let refused = change(&asker, Method::PUT, &contacts, &[], json!({"contacts": [wrong]})).await;
            assert_eq!(refused.status, 400);
        }
        let emptied = change(&asker, Method::DELETE, &contacts, &[], json!({})).await;
        assert_eq!(manual(&emptied.json), Vec::<Value>::new());
        assert!(!list(&emptied.json["contacts"]).is_empty(), "addresses stay");
    }
}

#[tokio::test]
async fn a_member_is_added_once_on_both_hosts() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let user = asker.users().await.swap_remove(4);
    for (prefix, group) in [("/directory/v1", 4), ("/v1/api360/directory", 8)] {
        let members = format!("{prefix}/org/{}/groups/{group}/members", sandbox.org_id());
        let add = async |body: Value| change(&asker, Method::POST, &members, &[], body).await;
        let body = json!({"type": "user", "id": user["id"]});
        // The seed may have put the person there already; then adding says so at once.
        let first = add(body.clone()).await;
        assert_eq!(first.status, 200, "{}", first.json);
        assert_eq!(add(body).await.json["added"], false);
        let shown = asker.get(&members, &[]).await;
        assert!(list(&shown["users"]).iter().any(|member| member["id"] == user["id"]));
        for (wrong, status) in [
            (json!({"type": "user", "id": "7"}), 404),
            (json!({"type": "group", "id": group.to_string()}), 400),
            (json!({"type": "robot", "id": "7"}), 400),
        ] {
            assert_eq!(add(wrong).await.status.as_u16(), status);
        }
    }
}

#[tokio::test]
async fn the_state_of_two_factor_sign_in_is_told() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let users = asker.users().await;
    let path = |id: &str| format!("/directory/v1/org/{}/users/{id}/2fa", sandbox.org_id());
    let administrator = asker.get(&path(text(&users[0]["id"])), &[]).await;
    assert_eq!(administrator, json!({"userId": users[0]["id"], "has2fa": true, "hasSecurityPhone": true}));
    assert_eq!(asker.status(&path("7"), &[]).await, 404);
}
