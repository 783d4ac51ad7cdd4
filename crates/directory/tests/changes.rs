//! Making, changing and deleting people, departments and groups of a sandbox organisation.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use orglib_core::{Client, ErrorKind, Generation, transport::StaticToken};
use orglib_directory::{
    DepartmentId, Directory, OrgId, UserId,
    model::{MemberType, NewUserName, UserNameChange},
    prelude::*,
};
use orglib_sandbox::Sandbox;
use orglib_testkit::{Answer, MockTransport, When};

fn directory() -> (Directory, Sandbox) {
    let sandbox = Sandbox::builder().users(20).build();
    let client = Client::builder(sandbox.transport())
        .credentials(Arc::new(StaticToken::oauth(sandbox.token().into()).unwrap()))
        .build();
    (Directory::new(client, OrgId::try_from(sandbox.org_id()).unwrap()), sandbox)
}

fn root() -> DepartmentId {
    DepartmentId::new(1).unwrap()
}

async fn zoya(directory: &Directory) -> UserId {
    let users = directory.users();
    let name = NewUserName::new("Zoya", "Kim");
    users.create("zoya", root(), name, "Correct-Horse-7").position("Clerk").send().await.unwrap().id
}

#[tokio::test]
async fn an_employee_is_made_changed_and_deleted() {
    let (directory, _sandbox) = directory();
    let users = directory.users();
    let id = zoya(&directory).await;
    let made = users.get(id).send().await.unwrap();
    assert_eq!((made.nickname.as_str(), made.name.first.as_str()), ("zoya", "Zoya"));
    assert_eq!((made.position.as_deref(), made.is_enabled), (Some("Clerk"), Some(true)));

    let twice = users.create("zoya", root(), NewUserName::new("Zoya", "Kim"), "Correct-Horse-7");
    let refused = twice.send().await.unwrap_err();
    assert!(refused.is_already_exists() || refused.is_conflict(), "{refused}");

    let name = UserNameChange::new().last("Petrova");
    users.update(id).name(name).is_enabled(false).send().await.unwrap();
    let changed = users.get(id).send().await.unwrap();
    assert_eq!((changed.name.first.as_str(), changed.name.last.as_str()), ("Zoya", "Petrova"));
    assert_eq!((changed.is_enabled, changed.position.as_deref()), (Some(false), Some("Clerk")));

    let shown = users.update_default(id).display_name("Z. Petrova").send().await.unwrap();
    assert_eq!(shown.display_name.as_deref(), Some("Z. Petrova"));

    let gone = users.delete(id).send().await.unwrap();
    assert_ne!(gone.deleted.or(gone.removed), Some(false));
    assert!(users.get(id).find().await.unwrap().is_none());
    assert!(users.delete(id).send().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn an_alias_is_another_name_before_the_at() {
    let (directory, sandbox) = directory();
    let (users, id) = (directory.users(), zoya(&directory).await);
    users.create_alias(id, "zoya.kim").send().await.unwrap();
    let found = users.find_by_email("zoya.kim@severny-most.example").await.unwrap();
    assert_eq!(found.map(|user| user.id), Some(id));
    assert_ne!(users.delete_alias(id, "zoya.kim").send().await.unwrap().removed, Some(false));
    assert!(users.get(id).send().await.unwrap().aliases.is_empty());

    let before = sandbox.stats().requests;
    let whole = users.create_alias(id, "zoya@severny-most.example").send().await.unwrap_err();
    assert_eq!((whole.kind(), sandbox.stats().requests), (ErrorKind::Build, before));
    assert!(whole.to_string().contains("`alias` is the part of the address before the @"), "{whole}");
}

#[tokio::test]
async fn a_department_is_made_moved_and_deleted_when_it_is_empty() {
    let (directory, _sandbox) = directory();
    let departments = directory.departments();
    let sales = departments.create("Sales", root()).label("sales-x").send().await.unwrap().id;
    let north = departments.create("North", root()).send().await.unwrap().id;
    departments.update(north).parent_id(sales).description("Above the river").send().await.unwrap();
    let moved = departments.get(north).send().await.unwrap();
    assert_eq!((moved.parent_id, moved.description.as_deref()), (Some(sales), Some("Above the river")));

    departments.create_alias(sales, "sales-orders").send().await.unwrap();
    assert_eq!(departments.get(sales).send().await.unwrap().aliases, ["sales-orders"]);
    departments.delete_alias(sales, "sales-orders").send().await.unwrap();

    assert!(departments.delete(sales).send().await.is_err(), "a department is in it");
    departments.delete(north).send().await.unwrap();
    let zoya = zoya(&directory).await;
    directory.users().update(zoya).department_id(sales).send().await.unwrap();
    assert!(departments.delete(sales).send().await.is_err(), "somebody is in it");
    directory.users().update(zoya).department_id(root()).send().await.unwrap();
    departments.delete(sales).send().await.unwrap();
    assert!(departments.get(sales).find().await.unwrap().is_none());

    let demanded = departments.update_two_factor(root(), true).send().await.unwrap();
    assert_eq!(demanded.is_two_factor_enabled, Some(true));
}

#[tokio::test]
async fn a_group_is_made_and_its_members_and_managers_change() {
    let (directory, _sandbox) = directory();
    let groups = directory.groups();
    let people: Vec<_> = directory.users().list().limit(4).try_collect().await.unwrap();
    let ids: Vec<_> = people.iter().map(|user| user.id).collect();
    let group = groups.create("Managers").label("managers-x").members([ids[0]]).send().await.unwrap().id;
    let members = groups.members(group);
    let there = async || {
        let mut ids: Vec<_> = members.list().send().await.unwrap().users.iter().map(|user| user.id).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(there().await, [ids[0]]);
    members.add_all().user_ids([ids[1], ids[2]]).department_ids([root()]).send().await.unwrap();
    assert_eq!(there().await.len(), 3);
    assert_eq!(members.list().send().await.unwrap().departments[0].id, root());
    members.delete_all().user_ids([ids[0], ids[2]]).send().await.unwrap();
    assert_eq!(there().await, [ids[1]]);
    let gone = members.delete(MemberType::User, ids[1].to_string()).send().await.unwrap();
    assert_eq!((gone.deleted, there().await.len()), (Some(true), 0));
    members.replace([ids[3], ids[0]]).send().await.unwrap();
    assert_eq!(there().await.len(), 2);
    members.clear().send().await.unwrap();
    assert!(there().await.is_empty());
    let nobody = members.add_all().send().await.unwrap_err();
    assert!(nobody.to_string().contains("name at least one member"), "{nobody}");

    assert_eq!(groups.replace_admins(group, [ids[0]]).send().await.unwrap().admin_ids, [ids[0]]);
    assert!(groups.delete_admins(group).send().await.unwrap().admin_ids.is_empty());
    groups.update(group).name("Leaders").send().await.unwrap();
    assert_eq!(groups.get(group).send().await.unwrap().name, "Leaders");
    assert_eq!(groups.update_two_factor(group, true).send().await.unwrap().is_two_factor_enabled, Some(true));
    groups.delete(group).send().await.unwrap();
    assert!(groups.get(group).find().await.unwrap().is_none());
}

/// A create that may have happened is never sent again by itself, and the error says so.
#[tokio::test]
async fn an_employee_who_may_have_been_made_is_not_made_again() {
    for answer in [Answer::status(500), Answer::status(504), Answer::status(200).body("<html>")] {
        let mock = MockTransport::new();
        mock.always(When::any(), answer);
        let directory = Directory::new(Client::builder(mock.shared()).build(), OrgId::new(7).unwrap());
        let name = NewUserName::new("Zoya", "Kim");
        let call = directory.users().create("zoya", root(), name, "Correct-Horse-7");
        assert!(!format!("{:?}", call.operation()).contains("Correct"), "a password is in no log");
        let error = call.send().await.unwrap_err();
        assert!(error.may_be_done() && error.to_string().contains("read what is there before"), "{error}");
        assert!(!format!("{error:?}").contains("Correct"));
        assert_eq!(mock.requests().len(), 1);
    }
}

/// Nothing refers to what is not there any more.
#[tokio::test]
async fn whoever_is_deleted_heads_and_manages_nothing_and_rooms_lose_their_office() {
    let (directory, _sandbox) = directory();
    let (users, groups, departments) = (directory.users(), directory.groups(), directory.departments());
    let zoya = zoya(&directory).await;
    let group = groups.create("Managers").members([zoya]).send().await.unwrap().id;
    groups.replace_admins(group, [zoya]).send().await.unwrap();
    let sales = departments.create("Sales", root()).head_id(zoya).send().await.unwrap().id;
    // The current host does not tell who heads a department.
    let head = async || {
        let department = departments.get(sales).generation(Generation::Legacy);
        department.send().await.unwrap().head_id
    };
    assert_eq!(head().await, Some(zoya));
    users.delete(zoya).send().await.unwrap();
    let left = groups.get(group).send().await.unwrap();
    assert!(left.admin_ids.is_empty() && left.members.is_empty(), "{left:?}");
    assert_eq!(head().await, None);
    assert!(groups.replace_admins(group, [zoya]).send().await.is_err(), "who is gone manages nothing");

    let contact = directory.external_contacts().list().try_collect().await.unwrap().remove(0).id;
    groups.members(group).add_all().external_contact_ids([contact.clone()]).send().await.unwrap();
    directory.external_contacts().delete(contact).send().await.unwrap();
    let left = groups.members(group).list().send().await.unwrap();
    assert!(left.external_contacts.is_empty(), "{left:?}");
    groups.members(group).add(root()).send().await.unwrap();

    let office = directory.offices().create().name("Pier").send().await.unwrap().id;
    let room = directory.rooms().create().name("Mast").office_id(office.clone()).send().await.unwrap().id;
    directory.offices().delete(office).send().await.unwrap();
    let rooms = directory.rooms().list().try_collect().await.unwrap();
    assert_eq!(rooms.iter().find(|one| one.id == room).unwrap().office_id, None);
}
