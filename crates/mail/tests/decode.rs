//! What each operation makes of its answer: the documents' shapes, and nasty ones.
#![allow(missing_docs, reason = "tests")]

use orglib_core::{Error, ErrorKind, Operation};
use orglib_mail::{
    CreateSharedMailbox, DeleteSharedMailbox, GetAccessTask, GetSharedMailbox, ListActors, ListReachable,
    ListSharedMailboxes, MailboxId, OrgId, SetAccess, TaskId, UserId,
    model::{Role, RoleList},
};
use orglib_testkit::{Answer, MockTransport, When, client, decode};
use serde_json::{Value, json};

const ORG: OrgId = OrgId::new(7).unwrap();
const USER: UserId = UserId::new(1).unwrap();
const MAILBOX: MailboxId = MailboxId::new(5).unwrap();

async fn read<O: Operation>(operation: O, body: impl ToString) -> Result<Value, Error>
where
    O::Output: serde::Serialize,
{
    Ok(json!(decode(operation, body).await?))
}

#[tokio::test]
async fn a_mailbox_is_read_however_bare() {
    let whole = json!({"id": 5, "email": "a@b.ru", "name": "Почта", "description": "", "createdAt": "2025-01-02T03:04:05.678Z"});
    for body in [whole, json!({"id": "5"}), json!({"resourceId": "5", "name": null, "updatedAt": ""})] {
        assert_eq!(read(GetSharedMailbox::new(ORG, MAILBOX), &body).await.unwrap()["id"], "5", "{body}");
    }
    assert!(read(GetSharedMailbox::new(ORG, MAILBOX), json!({"name": "x"})).await.is_err());
}

#[tokio::test]
async fn ids_come_as_number_or_text() {
    let new = CreateSharedMailbox::new(ORG, "a@b.ru", "Почта", "");
    for id in [json!(5), json!("5")] {
        let made = read(new.clone(), json!({"resourceId": id})).await.unwrap();
        assert_eq!(made, json!({"resource_id": "5"}));
    }
    let set = SetAccess::new(ORG, MAILBOX, USER, RoleList::new([Role::Owner]));
    for (id, text) in [(json!(17), "17"), (json!("t-17"), "t-17")] {
        assert_eq!(read(set.clone(), json!({"taskId": id})).await.unwrap(), json!({"task_id": text}));
    }
    assert_eq!(read(set, json!({"resourceId": "5"})).await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn rights_are_read_with_roles_that_nobody_knows() {
    let actors = json!({"actors": [
        {"actorId": "1", "roles": ["shared_mailbox_sender", "shared_mailbox_king"]}, {"actorId": 2, "roles": null}, null,
    ]});
    let read_actors = read(ListActors::new(ORG, MAILBOX), actors).await.unwrap();
    assert_eq!(read_actors["actors"][0]["roles"], json!(["shared_mailbox_sender", "shared_mailbox_king"]));
    assert_eq!(read_actors["actors"][1], json!({"actor_id": "2", "roles": []}));
    let resources = json!({"resources": [{"resourceId": "5", "type": "archived"}]});
    let read_resources = read(ListReachable::new(ORG, USER), resources).await.unwrap();
    assert_eq!(read_resources["resources"][0], json!({"resource_id": "5", "type": "archived", "roles": []}));
    for body in ["{}", r#"{"actors":null,"resources":null}"#] {
        assert_eq!(read(ListActors::new(ORG, MAILBOX), body).await.unwrap()["actors"], json!([]));
        assert_eq!(read(ListReachable::new(ORG, USER), body).await.unwrap()["resources"], json!([]));
    }
}

#[tokio::test]
async fn a_list_goes_on_by_its_total_for_it_does_not_count_its_pages() {
    let mock = MockTransport::new();
    for (page, size, body) in [
        (
            "1",
            "100",
            r#"{"resources":[{"resourceId":"1","count":2},{"resourceId":"2"}],"page":1,"perPage":2,"total":3}"#,
        ),
        ("2", "2", r#"{"resources":[{"resourceId":3,"count":"0"}],"page":2,"perPage":2,"total":3}"#),
    ] {
        mock.expect(When::any().query("page", page).query("perPage", size), Answer::json(body));
    }
    let all = client(&mock).list(ListSharedMailboxes::new(ORG)).try_collect().await.unwrap();
    assert_eq!(all.iter().map(|mailbox| mailbox.count).collect::<Vec<_>>(), [Some(2), None, Some(0)]);
    mock.verify();
}

#[tokio::test]
async fn an_answer_that_is_something_else_is_not_understood_but_a_deletion_takes_any() {
    for body in ["", "<html></html>", "[]", "null", "7", "{\"status\":"] {
        let task = GetAccessTask::new(ORG, TaskId::new("t").unwrap());
        assert_eq!(read(task, body).await.unwrap_err().kind(), ErrorKind::Decode, "{body}");
    }
    for body in ["", "{}", "null"] {
        assert!(decode(DeleteSharedMailbox::new(ORG, MAILBOX), body).await.is_ok(), "{body}");
    }
}
