//! Offices and meeting rooms of a sandbox organisation.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use orglib_core::{Client, transport::StaticToken};
use orglib_directory::{Directory, OrgId, prelude::*};
use orglib_sandbox::Sandbox;

fn directory() -> Directory {
    let sandbox = Sandbox::builder().users(5).build();
    let credentials = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client = Client::builder(sandbox.transport()).credentials(Arc::new(credentials)).build();
    Directory::new(client, OrgId::try_from(sandbox.org_id()).unwrap())
}

#[tokio::test]
async fn an_office_is_made_changed_and_deleted() {
    let offices = directory().offices();
    let id = offices.create().name("Main").city("Moscow").send().await.unwrap().id;
    offices.update(id.clone()).city("Kazan").send().await.unwrap();
    let read = offices.list().ids([id.clone()]).try_collect().await.unwrap();
    assert_eq!(read.len(), 1);
    assert_eq!((&*read[0].name, read[0].city.as_deref(), &read[0].address), ("Main", Some("Kazan"), &None));
    offices.delete(id.clone()).send().await.unwrap();
    assert!(offices.list().ids([id.clone()]).try_collect().await.unwrap().is_empty());
    assert!(offices.update(id.clone()).city("Omsk").send().await.unwrap_err().is_not_found());
    assert!(offices.delete(id).send().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn rooms_stand_in_offices() {
    let directory = directory();
    let offices = directory.offices().list().try_collect().await.unwrap();
    let rooms = directory.rooms();
    let room = rooms.create().name("Baikal").office_id(offices[1].id.clone()).floor(-1).can_book(false);
    let id = room.send().await.unwrap().id;
    let there = rooms.list().office_ids([offices[1].id.clone()]).try_collect().await.unwrap();
    let made = there.iter().find(|room| room.id == id).unwrap();
    assert_eq!((made.floor, made.can_book, made.capacity), (Some(-1), Some(false), None));
    assert!(there.iter().all(|room| room.office_id.as_ref() == Some(&offices[1].id)));

    let nowhere =
        rooms.update(id.clone()).office_id("nowhere".parse::<orglib_directory::OfficeId>().unwrap());
    assert_eq!(nowhere.send().await.unwrap_err().status().map(|status| status.as_u16()), Some(422));
    let taken = there[0].email.clone().unwrap();
    let twice = rooms.create().name("Twice").email(taken).send().await.unwrap_err();
    assert_eq!(twice.status().map(|status| status.as_u16()), Some(409));
    let all = rooms.list().try_collect().await.unwrap();
    assert!(!all.iter().any(|room| room.name == "Twice"), "a refusal leaves everything as it was");
}
