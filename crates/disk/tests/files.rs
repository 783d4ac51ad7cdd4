//! Files, folders and the trash of a sandbox organisation's employee.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use orglib_core::{Client, ErrorKind, transport::StaticToken};
use orglib_disk::{Disk, OrgId, ResourceSort, prelude::*};
use orglib_sandbox::{Sandbox, Scenario};
use orglib_testkit::{Answer, ManualClock, MockTransport, When};
use serde_json::json;

fn disk() -> Disk {
    let clock = ManualClock::auto();
    let sandbox = Sandbox::builder()
        .scenario(Scenario::Quiet)
        .users(2)
        .check_answers(true)
        .clock(clock.shared())
        .build();
    let token = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client =
        Client::builder(sandbox.transport()).clock(clock.shared()).credentials(Arc::new(token)).build();
    Disk::new(client, OrgId::try_from(sandbox.org_id()).unwrap())
}

/// `/Box`, with two folders in it.
async fn boxed() -> Disk {
    let disk = disk();
    for path in ["/Box", "/Box/b", "disk:/Box/a", "/Box/a/deep"] {
        disk.resources().create(path).send().await.unwrap();
    }
    disk
}

async fn names(disk: &Disk, path: &str) -> Vec<String> {
    let mut children = disk.resources().list(path).sort(ResourceSort::Name);
    let mut names = Vec::new();
    while let Some(child) = children.next().await {
        names.push(child.unwrap().name);
    }
    names
}

#[tokio::test]
async fn a_folder_is_made_listed_moved_and_has_properties() {
    let disk = boxed().await;
    let resources = disk.resources();
    assert_eq!(names(&disk, "/").await, ["Box"]);
    assert_eq!(names(&disk, "/Box").await, ["a", "b"]);
    let again = resources.create("/Box").send().await.unwrap_err();
    assert!(again.is_already_exists(), "{again}");
    assert!(resources.create("/No/such").send().await.unwrap_err().is_conflict());

    let moved = resources.r#move("/Box/a", "/Out").send().await.unwrap();
    assert!(moved.id().is_some(), "a folder is moved by a task");
    moved.until_done().await.unwrap();
    assert_eq!(
        (names(&disk, "/Box").await, names(&disk, "/Out").await),
        (vec!["b".into()], vec!["deep".into()])
    );
    let into_itself = resources.r#move("/Out", "/Out/deep/in").send().await.unwrap_err();
    assert_eq!(into_itself.status().unwrap(), 400);

    let set = |json: serde_json::Value| json.as_object().unwrap().clone();
    resources.update("/Out", set(json!({"a": 1, "b": "x"}))).send().await.unwrap();
    let changed = resources.update("/Out", set(json!({"a": null, "c": true}))).send().await.unwrap();
    assert_eq!(json!(changed.custom_properties), json!({"b": "x", "c": true}));
    let page = resources.get("/").limit(1_u32).offset(1_u64).send().await.unwrap().embedded.unwrap();
    assert_eq!((page.items.len(), page.total), (1, Some(2)));
    assert!(resources.get("/Nothing").find().await.unwrap().is_none());
}

#[tokio::test]
async fn what_is_deleted_is_in_the_trash_until_it_is_restored_or_gone() {
    let disk = boxed().await;
    let (resources, trash) = (disk.resources(), disk.trash());
    resources.delete("/Box").send().await.unwrap().until_done().await.unwrap();
    assert!(resources.get("/Box/a").find().await.unwrap().is_none());
    let thrown = trash.get("/").send().await.unwrap().embedded.unwrap().items.remove(0);
    assert_eq!((thrown.name.as_str(), thrown.origin_path.as_deref()), ("Box", Some("disk:/Box")));
    assert!(thrown.path.starts_with("trash:/Box_"));

    trash.restore(&thrown.path).send().await.unwrap().until_done().await.unwrap();
    assert_eq!(names(&disk, "/Box").await, ["a", "b"]);
    assert!(trash.get(&thrown.path).find().await.unwrap().is_none());

    let empty = resources.delete("/Box/b").send().await.unwrap();
    assert_eq!(empty.id(), None, "an empty folder goes at once");
    let thrown = trash.get("/").send().await.unwrap().embedded.unwrap().items.remove(0);
    _ = trash.restore(&thrown.path).name("c").send().await.unwrap();
    assert_eq!(names(&disk, "/Box").await, ["a", "c"]);

    resources.delete("/Box").permanently(true).send().await.unwrap().until_done().await.unwrap();
    assert_eq!(trash.get("/").send().await.unwrap().embedded.unwrap().total, Some(0));
    resources.create("/Last").send().await.unwrap();
    _ = resources.delete("/Last").send().await.unwrap();
    trash.delete().send().await.unwrap().until_done().await.unwrap();
    assert_eq!(trash.get("/").send().await.unwrap().embedded.unwrap().total, Some(0));
    assert!(trash.restore("trash:/Last_0").send().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn what_is_published_has_a_link_until_it_is_closed_and_keeps_it_when_it_moves() {
    let disk = boxed().await;
    let (resources, own) = (disk.resources(), disk.own_public());
    own.publish("/Box/a").send().await.unwrap();
    let link = resources.get("/Box/a").send().await.unwrap().public_url;
    assert!(link.is_some());
    resources.r#move("/Box", "/Crate").send().await.unwrap().until_done().await.unwrap();
    assert_eq!(resources.get("/Crate/a").send().await.unwrap().public_url, link);
    assert_eq!(own.list().try_collect().await.unwrap()[0].path, "disk:/Crate/a");
    own.unpublish("/Crate/a").send().await.unwrap();
    assert!(own.list().try_collect().await.unwrap().is_empty());
    assert_eq!(resources.get("/Crate/a").send().await.unwrap().public_url, None);
    own.publish("/Crate").send().await.unwrap();
    resources.delete("/Crate").send().await.unwrap().until_done().await.unwrap();
    assert!(own.list().try_collect().await.unwrap().is_empty(), "what is in the trash is not shared");
    assert!(disk.capacity().await.unwrap().total_space.is_some());
}

#[tokio::test]
async fn a_folder_that_gives_less_than_it_holds_is_no_short_folder_and_a_file_is_none() {
    for (body, kind, said) in [
        (
            r#"{"type":"dir","_embedded":{"items":[],"total":3}}"#,
            ErrorKind::Paging,
            "holds 3, and only 0 came",
        ),
        (r#"{"type":"file","name":"a.txt"}"#, ErrorKind::Decode, "it is no folder"),
    ] {
        let mock = MockTransport::new();
        mock.always(When::any(), Answer::json(body));
        let disk = Disk::new(Client::builder(mock.shared()).build(), OrgId::new(7).unwrap());
        let mut children = disk.resources().list("/x");
        let error = children.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().contains(said), "{error}");
        assert!(children.next().await.is_none(), "nothing comes after an error");
    }
}
