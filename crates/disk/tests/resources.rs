//! Files and folders of the token's owner.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::Arc;

use http::Method;
use orglib_core::{
    Client, Host,
    transport::{SharedClock, StaticToken},
};
use orglib_disk::{Disk, OrgId, Resources, model::Resource, prelude::*};
use orglib_models::TaskId;
use orglib_sandbox::{Grant, Sandbox};
use orglib_testkit::ManualClock;

fn client(sandbox: &Sandbox, token: &str, clock: SharedClock) -> Client {
    let token = StaticToken::oauth(token.into()).unwrap();
    Client::builder(sandbox.transport()).clock(clock).credentials(Arc::new(token)).build()
}

/// The Disk of somebody who shares a file and a folder, and these two.
async fn owner() -> (Resources, Resource, Resource) {
    let (disk, file, folder) = disk_of_owner().await;
    (disk.resources(), file, folder)
}

async fn disk_of_owner() -> (Disk, Resource, Resource) {
    let clock = ManualClock::auto();
    let sandbox = Sandbox::builder().users(5).resources(60).clock(clock.shared()).build();
    let users = format!("/directory/v1/org/{}/users", sandbox.org_id());
    let administrator = client(&sandbox, sandbox.token(), clock.shared());
    let users = administrator.raw(Method::GET, Host::Api360, users).send().await.unwrap();
    let users: serde_json::Value = users.json().unwrap();
    for user in users["users"].as_array().unwrap() {
        let uid = user["id"].as_str().unwrap().parse().unwrap();
        let client = client(&sandbox, &sandbox.issue(Grant::employee(uid)), clock.shared());
        let disk = Disk::new(client, OrgId::try_from(sandbox.org_id()).unwrap());
        let shared = disk.own_public().list().try_collect().await.unwrap();
        let find = |kind: &str| shared.iter().find(|resource| resource.kind.as_str() == kind).cloned();
        if let (Some(file), Some(folder)) = (find("file"), find("dir")) {
            return (disk, file, folder);
        }
    }
    panic!("nobody shares both");
}

#[tokio::test]
async fn a_file_is_copied_at_once_and_not_over_another() {
    let (resources, file, _) = owner().await;
    let copy = resources.copy(&file.path, "/Copy: 1").send().await.unwrap();
    assert_eq!((copy.id(), copy.poll().await.unwrap()), (None, None));
    assert_eq!(copy.until_done().await.unwrap(), None);
    let again = resources.copy("disk:/Copy: 1", "/Copy 2").send().await.unwrap();
    assert!(again.poll().await.unwrap().is_none());
    let over = resources.copy(&file.path, "/Copy 2").send().await.unwrap_err();
    assert!(over.is_already_exists(), "{over:?}");
    resources.copy(&file.path, "/Copy 2").overwrite(true).send().await.unwrap().until_done().await.unwrap();
}

#[tokio::test]
async fn a_folder_is_copied_by_a_task_that_is_found_again_by_its_id() {
    let (resources, file, folder) = owner().await;
    let copy = resources.copy(&folder.path, "/Backup").send().await.unwrap();
    let id = TaskId::new(copy.id().unwrap()).unwrap();
    assert_eq!(copy.poll().await.unwrap().unwrap().status.as_str(), "in-progress");
    let early = resources.copy("/Backup", "/Backup 2").send().await.unwrap_err();
    assert!(early.is_not_found(), "it is not there yet: {early}");
    let status = resources.operation(id).until_done().await.unwrap().unwrap();
    assert_eq!(status.status.as_str(), "success");
    resources.copy("/Backup", "/Backup 2").send().await.unwrap().until_done().await.unwrap();
    let wanted = resources.copy(&file.path, "/File").force_async(true).send().await.unwrap();
    assert!(wanted.id().is_some());
}

#[tokio::test]
async fn what_cannot_be_copied_says_why() {
    let (resources, file, folder) = owner().await;
    let nothing = resources.copy("/Nothing", "/Copy").send().await.unwrap_err();
    assert_eq!((nothing.is_not_found(), nothing.code()), (true, Some("DiskNotFoundError")));
    let nowhere = resources.copy(&file.path, "/No folder/Copy").send().await.unwrap_err();
    assert_eq!(nowhere.code(), Some("DiskPathDoesntExistsError"));
    let into_itself = resources.copy(&folder.path, format!("{}/in", folder.path)).send().await.unwrap_err();
    assert_eq!(into_itself.status().unwrap(), 400);
    let unknown = resources.operation(TaskId::new("0000").unwrap()).until_done().await.unwrap_err();
    assert_eq!(unknown.code(), Some("DiskOperationNotFoundError"));
}

#[tokio::test]
async fn what_is_copied_is_not_replaced_by_its_copy_and_what_is_replaced_is_shared_no_longer() {
    let (disk, file, folder) = disk_of_owner().await;
    let resources = disk.resources();
    resources.copy(&folder.path, "/Box").send().await.unwrap().until_done().await.unwrap();
    _ = resources.copy(&file.path, "/Box/inner").send().await.unwrap();
    for path in ["/Box", "/Box/inner"] {
        let refused = resources.copy("/Box/inner", path).overwrite(true).send().await.unwrap_err();
        assert_eq!(refused.status().unwrap(), 400, "{refused}");
    }
    _ = resources.copy("/Box/inner", "/Outside").send().await.unwrap();

    _ = resources.copy("/Outside", &file.path).overwrite(true).send().await.unwrap();
    let shared = disk.own_public().list().try_collect().await.unwrap();
    assert!(shared.iter().all(|resource| resource.path != file.path), "what was there is no more");
}
