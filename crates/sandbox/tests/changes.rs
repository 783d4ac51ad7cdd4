//! People, departments and groups are made, changed and deleted, on both hosts.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use common::{Answer, Asker, change, checked, list, text};
use http::Method;
use orglib_sandbox::Sandbox;
use serde_json::{Value, json};

fn legacy(sandbox: &Sandbox, rest: &str) -> String {
    format!("/directory/v1/org/{}/{rest}", sandbox.org_id())
}

fn moved(sandbox: &Sandbox, rest: &str) -> String {
    format!("/v1/api360/directory/org/{}/{rest}", sandbox.org_id())
}

fn current(sandbox: &Sandbox, rest: &str) -> String {
    format!("/v1/directory/organizations/{}/{rest}", sandbox.org_id())
}

async fn done(asker: &Asker<'_>, method: Method, path: &str, body: Value) -> Value {
    let answer = change(asker, method, path, &[], body).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.json);
    answer.json
}

fn refused(answer: &Answer, status: u16, says: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.json);
    assert!(text(&answer.json["message"]).contains(says), "{}", answer.json);
}

fn anna() -> Value {
    json!({
        "nickname": "anna", "departmentId": 2, "password": "correct horse", "position": "Логист",
        "name": {"first": "Анна", "last": "Лаптева", "middle": "Ильинична"},
        "contacts": [{"type": "phone", "value": "+7 1"}],
    })
}

#[tokio::test]
async fn an_employee_is_hired_changed_blocked_and_dismissed() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let users = legacy(&sandbox, "users");
    let hired = done(&asker, Method::POST, &users, anna()).await;
    assert_eq!((&hired["email"], &hired["isEnabled"]), (&json!("anna@severny-most.example"), &json!(true)));
    assert!(!hired.to_string().contains("correct horse"));
    assert_eq!(hired["contacts"][1]["value"], "+7 1");
    let one = format!("{users}/{}", text(&hired["id"]));
    assert_eq!(asker.get(&one, &[]).await, hired);
    let found = asker.get(&current(&sandbox, "users"), &[("email", "Anna@severny-most.example")]).await;
    assert_eq!(found["items"][0]["id"].to_string(), text(&hired["id"]));

    let changes = json!({"name": {"last": "Орлова"}, "isEnabled": false, "departmentId": 3});
    let changed = done(&asker, Method::PATCH, &one, changes).await;
    assert_eq!(changed["name"], json!({"first": "Анна", "last": "Орлова", "middle": "Ильинична"}));
    assert_eq!((&changed["isEnabled"], &changed["departmentId"]), (&json!(false), &json!(3)));
    assert!(changed["isEnabledUpdatedAt"].is_string() && changed["position"] == "Логист");

    let renamed = current(&sandbox, &format!("users/{}", text(&hired["id"])));
    let shown = done(&asker, Method::PATCH, &renamed, json!({"display_name": "Аня"})).await;
    assert_eq!(shown["display_name"], "Аня");
    let kept = done(&asker, Method::PATCH, &renamed, json!({"display_name": ""})).await;
    assert_eq!(kept["display_name"], "Аня", "a public name cannot be emptied");

    let member = json!({"type": "user", "id": hired["id"]});
    done(&asker, Method::POST, &legacy(&sandbox, "groups/5/members"), member).await;
    let gone = done(&asker, Method::DELETE, &one, json!({})).await;
    assert_eq!((&gone["userId"], &gone["deleted"]), (&hired["id"], &json!(true)));
    assert_eq!(asker.status(&one, &[]).await, 404);
    let members = asker.get(&legacy(&sandbox, "groups/5/members"), &[]).await;
    assert!(!list(&members["users"]).iter().any(|user| user["id"] == hired["id"]));
    let again = done(&asker, Method::POST, &users, anna()).await;
    assert_ne!(again["id"], hired["id"], "ids never come again");
}

#[tokio::test]
async fn an_address_belongs_to_one_and_an_alias_is_one_too() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let users = legacy(&sandbox, "users");
    let id = text(&done(&asker, Method::POST, &users, anna()).await["id"]).to_owned();
    refused(&change(&asker, Method::POST, &users, &[], anna()).await, 409, "nickname: taken");
    for taken in ["hr", "HELLO"] {
        let mut body = anna();
        body["nickname"] = taken.into();
        refused(&change(&asker, Method::POST, &users, &[], body).await, 409, "taken");
    }
    for prefix in [legacy(&sandbox, ""), moved(&sandbox, "")] {
        let aliases = format!("{prefix}users/{id}/aliases");
        let given = done(&asker, Method::POST, &aliases, json!({"alias": "anja"})).await;
        assert_eq!(given["aliases"], json!(["anja"]));
        assert_eq!(given["contacts"][1]["value"], "anja@severny-most.example");
        let twice = change(&asker, Method::POST, &aliases, &[], json!({"alias": "anja"})).await;
        assert_eq!(twice.status, 409);
        let found = asker.get(&current(&sandbox, "users"), &[("email", "anja@severny-most.example")]).await;
        assert_eq!(found["total"], 1);
        let gone = done(&asker, Method::DELETE, &format!("{aliases}/anja"), json!({})).await;
        assert_eq!(gone, json!({"alias": "anja", "removed": true}));
        let twice = change(&asker, Method::DELETE, &format!("{aliases}/anja"), &[], json!({})).await;
        assert_eq!(twice.status, 404);
    }
    let other = json!({"nickname": "maria"});
    let one = format!("{users}/{id}");
    assert_eq!(done(&asker, Method::PATCH, &one, other).await["email"], "maria@severny-most.example");
    assert_eq!(done(&asker, Method::PATCH, &one, json!({"nickname": "maria"})).await["nickname"], "maria");
    let nowhere = change(&asker, Method::PATCH, &one, &[], json!({"departmentId": 9999})).await;
    refused(&nowhere, 400, "department_id: no such thing in departments");
}

#[tokio::test]
async fn only_an_empty_department_is_deleted_and_none_stands_below_itself() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let departments = legacy(&sandbox, "departments");
    let add = async |name: &str, parent: &Value| {
        let body = json!({"name": name, "parentId": parent, "label": name.to_lowercase()});
        done(&asker, Method::POST, &departments, body).await
    };
    let upper = add("Upper", &json!(1)).await;
    let lower = add("Lower", &upper["id"]).await;
    assert_eq!((&lower["email"], &lower["parentId"]), (&json!("lower@severny-most.example"), &upper["id"]));
    let (above, below) = (format!("{departments}/{}", upper["id"]), format!("{departments}/{}", lower["id"]));
    refused(&change(&asker, Method::DELETE, &above, &[], json!({})).await, 409, "not empty");
    let turned = json!({"parentId": lower["id"]});
    refused(&change(&asker, Method::PATCH, &above, &[], turned).await, 400, "below itself");
    refused(
        &change(&asker, Method::DELETE, &format!("{departments}/1"), &[], json!({})).await,
        409,
        "not empty",
    );
    let orphan = change(&asker, Method::POST, &departments, &[], json!({"name": "X", "parentId": 0})).await;
    refused(&orphan, 400, "parent_id: no such thing");

    let alias = done(&asker, Method::POST, &format!("{below}/aliases"), json!({"alias": "deep"})).await;
    assert_eq!(alias["aliases"], json!(["deep"]));
    let moved = done(&asker, Method::PATCH, &below, json!({"parentId": 1, "description": "Внизу"})).await;
    assert_eq!((&moved["parentId"], &moved["description"]), (&json!(1), &json!("Внизу")));
    let two_factor = current(&sandbox, &format!("departments/{}", lower["id"]));
    let shown = done(&asker, Method::PATCH, &two_factor, json!({"is_2fa_enabled": true})).await;
    assert_eq!((&shown["is_2fa_enabled"], &shown["parent_id"]), (&json!(true), &json!(1)));
    let page = asker.get(&current(&sandbox, "departments"), &[("is_2fa_enabled", "true")]).await;
    assert_eq!(page["items"][0]["id"], lower["id"]);
    let gone = done(&asker, Method::DELETE, &above, json!({})).await;
    assert_eq!(gone, json!({"id": upper["id"], "removed": true}));
}

#[tokio::test]
async fn a_department_counts_whoever_moves() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let count = async || asker.get(&legacy(&sandbox, "departments/2"), &[]).await["membersCount"].clone();
    let before = count().await.as_u64().unwrap();
    let hired = done(&asker, Method::POST, &legacy(&sandbox, "users"), anna()).await;
    assert_eq!(count().await, before + 1);
    let one = legacy(&sandbox, &format!("users/{}", text(&hired["id"])));
    done(&asker, Method::PATCH, &one, json!({"departmentId": 3})).await;
    assert_eq!(count().await, before);
}

#[tokio::test]
async fn a_group_is_made_filled_emptied_and_deleted() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let users = asker.users().await;
    let (one, two) = (text(&users[1]["id"]), text(&users[2]["id"]));
    let groups = legacy(&sandbox, "groups");
    let body = json!({"name": "Сплав", "label": "splav", "members": [{"type": "user", "id": one}], "adminIds": [two]});
    let made = done(&asker, Method::POST, &groups, body.clone()).await;
    assert_eq!((&made["type"], &made["membersCount"]), (&json!("generic"), &json!(1)));
    assert_eq!((&made["members"][0]["id"], &made["adminIds"]), (&json!(one), &json!([two])));
    refused(&change(&asker, Method::POST, &groups, &[], body).await, 409, "label: taken");
    let unknown = json!({"name": "X", "members": [{"type": "user", "id": "7"}]});
    refused(&change(&asker, Method::POST, &groups, &[], unknown).await, 404, "Member user 7 not found");

    let id = &made["id"];
    let group = format!("{groups}/{id}");
    let cleared = done(&asker, Method::DELETE, &format!("{group}/admins"), json!({})).await;
    assert_eq!(cleared.get("adminIds"), None);
    for members in [format!("{group}/members"), moved(&sandbox, &format!("groups/{id}/members"))] {
        let both = json!({"members": [{"type": "user", "id": two}, {"type": "department", "id": "2"}]});
        let replaced = done(&asker, Method::PUT, &members, both).await;
        assert_eq!(
            (&replaced["users"][0]["id"], &replaced["departments"][0]["id"]),
            (&json!(two), &json!(2))
        );
        let emptied = done(&asker, Method::DELETE, &members, json!({})).await;
        assert_eq!(emptied["users"], json!([]));
    }
    let contacts = asker.get(&legacy(&sandbox, "external_contacts"), &[]).await;
    let contact = &contacts["contacts"][0];
    let all = format!("/directory/v2/org/{}/groups/{id}/members", sandbox.org_id());
    let several = json!({"userIds": [one, two], "groupIds": [5], "externalContactIds": [contact["id"]]});
    assert_eq!(done(&asker, Method::PATCH, &format!("{all}/add"), several.clone()).await, json!({}));
    let shown = asker.get(&all, &[]).await;
    assert_eq!((list(&shown["users"]).len(), &shown["groups"][0]["id"]), (2, &json!(5)));
    assert_eq!(shown["externalContacts"][0]["lastName"], contact["lastName"]);
    assert!(list(&asker.get(&legacy(&sandbox, "groups/5"), &[]).await["memberOf"]).contains(id));
    let member = format!("{group}/members/user/{one}");
    let gone = done(&asker, Method::DELETE, &member, json!({})).await;
    assert_eq!(gone, json!({"type": "user", "id": one, "deleted": true}));
    assert_eq!(done(&asker, Method::DELETE, &member, json!({})).await["deleted"], false);
    assert_eq!(done(&asker, Method::PATCH, &format!("{all}/delete"), several).await, json!({}));
    assert_eq!(asker.get(&group, &[]).await["membersCount"], 0);
    assert_eq!(done(&asker, Method::DELETE, &group, json!({})).await, json!({"id": id, "removed": true}));
    assert_eq!(asker.status(&group, &[]).await, 404);
}

#[tokio::test]
async fn an_id_and_what_no_document_names_do_not_come_from_a_body() {
    let sandbox = checked().users(5).build();
    let asker = Asker::new(&sandbox);
    let body = json!({"name": "X", "id": 5, "isAdmin": true, "createdAt": "2001-01-01T00:00:00Z"});
    let made = done(&asker, Method::POST, &legacy(&sandbox, "groups"), body.clone()).await;
    assert!(made["id"] != 5 && made["createdAt"] != body["createdAt"], "{made}");
    let offices = current(&sandbox, "offices");
    let id = "00000000-0000-4000-8000-000000000000";
    let office = change(&asker, Method::POST, &offices, &[], json!({"name": "Новый", "id": id})).await;
    assert_eq!(office.status, 201, "{}", office.json);
    assert_ne!(office.json["id"], id);
    let changed = json!({"id": id, "name": "Иной"});
    let one = format!("{offices}/{}", text(&office.json["id"]));
    assert_eq!(change(&asker, Method::PATCH, &one, &[], changed).await.status, 204);
    let shown = asker.get(&offices, &[("ids", text(&office.json["id"]))]).await;
    assert_eq!(shown["items"][0]["name"], "Иной");
}

#[tokio::test]
async fn the_parts_of_a_shared_contact_keep_their_names() {
    let sandbox = checked().users(5).build();
    let asker = Asker::new(&sandbox);
    let contacts = legacy(&sandbox, "external_contacts");
    let emails = json!([{"email": "a@b.example", "type": "work", "main": true}]);
    let body = json!({"firstName": "Ян", "lastName": "Бек", "emails": emails});
    let made = done(&asker, Method::POST, &contacts, body).await;
    let one = format!("{contacts}/{}", text(&made["id"]));
    let shown = asker.get(&one, &[]).await;
    assert_eq!((&shown["emails"], &shown["firstName"]), (&emails, &json!("Ян")));
    assert_eq!(done(&asker, Method::DELETE, &one, json!({})).await, json!({}));
}
