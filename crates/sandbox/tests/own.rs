//! People, departments and groups of one's own.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use common::{Asker, checked, list, text};
use orglib_sandbox::{Sandbox, Scenario};
use serde_json::{Value, json};

fn bare() -> Sandbox {
    checked().scenario(Scenario::Bare).domain("port.example").build()
}

fn crew() -> Value {
    json!({
        "departments": [{"id": 20, "name": "Лоцманы", "parentId": 1, "label": "pilots"}],
        "users": [
            {"id": "500", "nickname": "anna", "departmentId": 20, "name": {"first": "Анна", "last": "Лаптева"},
             "aliases": ["lapteva"], "isAdmin": true},
            {"id": 7, "email": "jan@port.example", "nickname": "jan", "department_id": 1, "name": {"first": "Ян"},
             "is_2fa_enabled": true, "is_enabled": false},
            {"nickname": "vera", "departmentId": 1, "name": {"first": "Вера"}},
        ],
        "groups": [{"id": 77, "name": "Вахта", "label": "watch", "members": [
            {"type": "user", "id": "500"}, {"type": "department", "id": "20"}]}],
        "rooms": [{"name": "Рубка", "email": "bridge@port.example"}],
    })
}

#[tokio::test]
async fn a_bare_organisation_holds_its_administrator_and_whom_one_puts_there() {
    let sandbox = bare();
    let asker = Asker::new(&sandbox);
    assert_eq!((sandbox.summary().users, sandbox.summary().departments), (1, 1));
    let administrator = sandbox.administrator();
    sandbox.put(&crew()).unwrap();
    assert_eq!(sandbox.administrator(), administrator, "whoever has a lower id is not it");
    let path = |rest: &str| format!("/directory/v1/org/{}/{rest}", sandbox.org_id());
    let anna = asker.get(&path("users/500"), &[]).await;
    assert_eq!((&anna["email"], &anna["groups"]), (&json!("anna@port.example"), &json!([77])));
    assert_eq!(
        (&anna["isEnabled"], &anna["contacts"][1]["value"]),
        (&json!(true), &json!("lapteva@port.example"))
    );
    assert_eq!(asker.get(&path("users/7"), &[]).await["isEnabled"], false);
    assert_eq!(asker.get(&path("departments/20"), &[]).await["membersCount"], 1);
    let rooms = asker.get(&format!("/v1/directory/organizations/{}/rooms", sandbox.org_id()), &[]).await;
    assert_eq!(rooms["items"][0]["name"], "Рубка");
    let members = asker.get(&path("groups/77/members"), &[]).await;
    assert_eq!((&members["users"][0]["id"], &members["departments"][0]["id"]), (&json!("500"), &json!(20)));
}

#[tokio::test]
async fn what_a_service_answered_can_be_put_in_as_it_is() {
    let company = checked().users(60).build();
    let copy = checked().scenario(Scenario::Bare).build();
    let pages = async |sandbox: &Sandbox| {
        let asker = Asker::new(sandbox);
        let mut pages = Vec::new();
        for name in ["departments", "users", "groups"] {
            let path = format!("/directory/v1/org/{}/{name}", sandbox.org_id());
            pages.push(asker.get(&path, &[("perPage", "1000")]).await);
        }
        pages
    };
    let mut answered = pages(&company).await;
    // There is one administrator.
    let (one, other) = (Asker::new(&company).users().await, Asker::new(&copy).users().await);
    for page in &mut answered {
        *page = serde_json::from_str(&page.to_string().replace(text(&one[0]["id"]), text(&other[0]["id"])))
            .unwrap();
    }
    let mut whole = json!({"page": 1, "total": 60});
    for (page, name) in answered.iter().zip(["departments", "users", "groups"]) {
        whole[name] = page[name].clone();
    }
    copy.put(&whole).unwrap();
    let shown = pages(&copy).await;
    assert_eq!(list(&shown[0]["departments"]), list(&answered[0]["departments"]));
    assert_eq!(list(&shown[1]["users"]), list(&answered[1]["users"]));
    let same = |groups: &Value| -> Vec<Value> {
        list(groups).iter().map(|group| group["members"].clone()).collect()
    };
    assert_eq!(same(&shown[2]["groups"]), same(&answered[2]["groups"]));
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_leaves_all_as_it_was() {
    let sandbox = bare();
    let name = json!({"first": "A"});
    let user = |change: Value| {
        let mut user = json!({"nickname": "anna", "departmentId": 1, "name": name});
        user.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({"users": [{"nickname": "first", "departmentId": 1, "name": name}, user]})
    };
    for (things, says) in [
        (json!([]), "not an object"),
        (json!({"people": []}), "people: no such list; known are users, departments"),
        (json!({"users": {}}), "users: not a list"),
        (user(json!({"nick": "x"})), "users[1]: nick: not a known field (UserService_List)"),
        (user(json!({"isAdmin": "yes"})), "users[1]: isAdmin: not a boolean"),
        (user(json!({"nickname": null})), "users[1]: nickname: not a text"),
        (user(json!({"nickname": "first"})), "nickname: taken"),
        (user(json!({"email": "anna@elsewhere.example"})), "users[1]: email: not an address of port.example"),
        (user(json!({"departmentId": 9})), "users[1]: department_id: no such thing in departments"),
        (json!({"users": [{"nickname": "a", "departmentId": 1}]}), "users[0]: name: is missing"),
        (
            json!({"groups": [{"name": "G", "members": [{"type": "user", "id": "9"}]}]}),
            "groups[0]: Member user 9 not found",
        ),
        (
            json!({"departments": [{"id": 5, "name": "A", "parentId": 6}, {"id": 6, "name": "B", "parentId": 5}]}),
            "departments[0]: parentId: a department cannot stand below itself",
        ),
    ] {
        let before = sandbox.summary();
        let unfit = sandbox.put(&things).unwrap_err().to_string();
        assert!(unfit.contains(says), "{unfit}");
        assert_eq!(sandbox.summary(), before);
    }
}

#[tokio::test]
async fn a_thing_with_the_id_of_another_takes_its_place() {
    let sandbox = checked().users(20).build();
    let before = sandbox.summary();
    sandbox.put(&json!({"departments": [{"id": 1, "name": "Все", "parentId": 0}]})).unwrap();
    assert_eq!(sandbox.summary(), before);
    let root = format!("/directory/v1/org/{}/departments/1", sandbox.org_id());
    let root = Asker::new(&sandbox).get(&root, &[]).await;
    assert_eq!((text(&root["name"]), root["parentId"].as_u64()), ("Все", Some(0)));
}

#[tokio::test]
async fn two_things_of_one_id_are_refused_and_nothing_is_put() {
    let sandbox = bare();
    for (things, said) in [
        (
            json!({"departments": [{"id": 20, "name": "A", "parentId": 1}, {"id": 20, "name": "B", "parentId": 1}]}),
            "departments[1]: has the id of departments[0], 20",
        ),
        (
            json!({"rooms": [{"id": "a", "name": "A"}, {"name": "B"}, {"id": "a", "name": "C"}]}),
            "rooms[2]: has the id of rooms[0], a",
        ),
    ] {
        assert_eq!(sandbox.put(&things).unwrap_err().to_string(), said);
    }
    assert_eq!(sandbox.summary().departments, 1);
}
