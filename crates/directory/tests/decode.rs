//! What each operation makes of its answer: the documents' shapes, and nasty ones.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use orglib_core::{Error, ErrorKind, Operation, PagedOperation};
use orglib_directory::{
    AddGroupMember, DepartmentId, GetDepartment, GetGroup, GetTwoFactorState, GetUser, GroupId,
    ListDepartments, ListGroupMembers, ListGroups, ListOrganizations, ListStructureMembers, ListUsers, OrgId,
    UserId, model::NewMember,
};
use orglib_testkit::{decode, decode_list};
use serde_json::{Value, json};

const ORG: OrgId = OrgId::new(7).unwrap();
const USER: UserId = UserId::new(1).unwrap();
const GROUP: GroupId = GroupId::new(5).unwrap();
const DEPARTMENT: DepartmentId = DepartmentId::new(3).unwrap();

async fn read<O: Operation>(operation: O, body: impl ToString) -> Result<Value, Error>
where
    O::Output: serde::Serialize,
{
    Ok(json!(decode(operation, body).await?))
}

async fn items<O: PagedOperation>(operation: O, body: impl ToString) -> Result<Vec<Value>, Error>
where
    O::Item: serde::Serialize,
{
    let items = decode_list(operation, body).await?;
    Ok(items.into_iter().map(|item| json!(item)).collect())
}

/// The body with every value but ids null, and with every key but ids gone.
fn bare(body: &Value) -> [Value; 2] {
    let strip = |keep: fn(Value) -> Option<Value>| {
        let object = body.as_object().unwrap().iter();
        let object = object.filter_map(|(key, value)| match key.as_str() {
            "id" => Some((key.clone(), value.clone())),
            _ => Some((key.clone(), keep(value.clone())?)),
        });
        Value::Object(object.collect())
    };
    [strip(|_| Some(Value::Null)), strip(|_| None)]
}

#[tokio::test]
async fn one_object_is_read_in_both_spellings_and_however_bare() {
    let user = json!({"id": "1", "nickname": "anna", "departmentId": 3, "email": "a@b.ru", "isEnabled": true,
        "name": {"first": "Анна", "last": "Ким", "middle": ""}, "groups": [5], "contacts": [], "language": "tlh"});
    let group =
        json!({"id": 5, "name": "Все", "membersCount": 2, "memberOf": ["1"], "type": "club", "emailId": "0"});
    let department = json!({"id": 3, "name": "Отдел", "parentId": 1, "aliases": null, "createdAt": ""});
    for body in [user.clone()].iter().chain(&bare(&user)) {
        assert_eq!(read(GetUser::new(ORG, USER), body).await.unwrap()["id"], "1", "{body}");
    }
    for body in [group.clone()].iter().chain(&bare(&group)) {
        assert_eq!(read(GetGroup::new(ORG, GROUP), body).await.unwrap()["id"], 5, "{body}");
    }
    for body in [department.clone()].iter().chain(&bare(&department)) {
        assert_eq!(read(GetDepartment::new(ORG, DEPARTMENT), body).await.unwrap()["id"], 3, "{body}");
    }
    let read_user = read(GetUser::new(ORG, USER), &user).await.unwrap();
    assert_eq!((&read_user["department_id"], &read_user["language"]), (&json!(3), &json!("tlh")));
}

#[tokio::test]
async fn members_are_read_by_kind_and_however_bare() {
    let members = json!({
        "users": [{"id": 1, "email": "a@b.ru", "defaultEmail": "c@b.ru"}], "groups": [{"id": "6", "membersCount": "4"}],
        "departments": [{"id": 3}], "externalContacts": [{"id": "x-1", "firstName": "Лео"}], "sharedMailboxes": [{"id": "9"}],
    });
    let read_members = read(ListGroupMembers::new(ORG, GROUP), &members).await.unwrap();
    assert_eq!(read_members["users"][0]["default_email"], "c@b.ru");
    assert_eq!(read_members["groups"][0]["members_count"], 4);
    assert_eq!(read_members["external_contacts"][0]["first_name"], "Лео");
    assert_eq!(read_members["shared_mailboxes"][0]["id"], "9");
    for body in bare(&members) {
        let bare = read(ListStructureMembers::new(ORG, GROUP), &body).await.unwrap();
        assert_eq!(bare["users"], json!([]), "{body}");
    }
}

#[tokio::test]
async fn lists_are_read_with_their_key_and_fail_by_the_item() {
    let page = |item: Value| json!({"items": [{"id": 1}, item], "total": 2});
    for (name, got) in [
        ("users", items(ListUsers::new(ORG), page(json!({"id": "2"}))).await),
        ("groups", items(ListGroups::new(ORG), page(json!({"id": "2"}))).await),
        ("departments", items(ListDepartments::new(ORG), page(json!({"id": "2"}))).await),
        (
            "organizations",
            items(ListOrganizations::new(), r#"{"organizations":[{"id":1},{"id":"2"}],"nextPageToken":""}"#)
                .await,
        ),
    ] {
        assert_eq!(got.unwrap().len(), 2, "{name}");
    }
    for item in [json!(null), json!([]), json!({}), json!({"id": null}), json!({"id": "x"}), json!("2")] {
        let error = items(ListUsers::new(ORG), page(item.clone())).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{item}");
        assert!(error.to_string().contains("items[1]"), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_is_something_else_is_not_understood() {
    for body in ["", "<html></html>", "[]", "null", "7", "{\"id\":", "{\"users\":{}}"] {
        for error in [
            read(GetUser::new(ORG, USER), body).await.unwrap_err(),
            items(ListUsers::new(ORG), body).await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        }
    }
}

#[tokio::test]
async fn the_state_of_two_factor_sign_in_and_an_added_member_are_read_however_bare() {
    let state = json!({"userId": 1, "has2fa": "True", "hasSecurityPhone": null});
    let read_state = read(GetTwoFactorState::new(ORG, USER), &state).await.unwrap();
    assert_eq!(read_state, json!({"user_id": "1", "has_2fa": true, "has_security_phone": null}));
    assert!(read(GetTwoFactorState::new(ORG, USER), json!({})).await.is_err(), "whose state is it?");

    for (body, added) in [
        (json!({"type": "user", "id": 1, "added": true}), json!(true)),
        (json!({"type": "robot", "id": "1", "added": false}), json!(false)),
        (json!({}), Value::Null),
    ] {
        let read = read(AddGroupMember::new(ORG, GROUP, NewMember::from(USER)), &body).await.unwrap();
        assert_eq!(read["added"], added, "{body}");
    }
}
