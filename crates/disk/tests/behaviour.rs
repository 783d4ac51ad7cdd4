//! What is shared in a sandbox organisation, as the administrator and as an employee read it.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use http::Method;
use orglib_core::{Client, Host, transport::StaticToken};
use orglib_disk::{Disk, OrgId, UserId, model::PublicResource, prelude::*};
use orglib_sandbox::{Grant, Sandbox};

#[derive(serde::Deserialize)]
struct Users {
    users: Vec<User>,
}

#[derive(serde::Deserialize)]
struct User {
    id: UserId,
}

fn client(sandbox: &Sandbox, token: &str) -> Client {
    let token = StaticToken::oauth(token.into()).unwrap();
    Client::builder(sandbox.transport()).credentials(Arc::new(token)).build()
}

fn disk(sandbox: &Sandbox, token: &str) -> Disk {
    Disk::new(client(sandbox, token), OrgId::try_from(sandbox.org_id()).unwrap())
}

/// Somebody who shares more than a little, what that is, and the administrator's view.
async fn sharer(sandbox: &Sandbox) -> (UserId, Vec<PublicResource>, Disk) {
    let path = format!("/directory/v1/org/{}/users?perPage=100", sandbox.org_id());
    let answer = client(sandbox, sandbox.token()).raw(Method::GET, Host::Api360, path).send().await.unwrap();
    let administrator = disk(sandbox, sandbox.token());
    for User { id } in answer.json::<Users>().unwrap().users {
        let resources = administrator.public().owned_by(id).try_collect().await.unwrap();
        if resources.len() > 3 {
            return (id, resources, administrator);
        }
    }
    panic!("nobody shares anything");
}

#[tokio::test]
async fn the_settings_of_what_is_shared_are_the_same_by_path_and_by_key() {
    let sandbox = Sandbox::builder().users(5).resources(60).build();
    let (owner, resources, administrator) = sharer(&sandbox).await;
    let public = administrator.public();
    for resource in resources {
        let by_path = public.settings_by_path(owner, resource.settings_path()).send().await.unwrap();
        let by_key = public.settings_by_key(resource.public_hash.unwrap()).send().await.unwrap();
        assert_eq!(by_path, by_key);
        assert!(!by_path.accesses.is_empty());
    }
}

#[tokio::test]
async fn an_employee_lists_the_same_with_the_chosen_keys_only_and_reads_the_settings() {
    let sandbox = Sandbox::builder().users(5).resources(60).build();
    let (owner, resources, administrator) = sharer(&sandbox).await;
    let own = disk(&sandbox, &sandbox.issue(Grant::employee(owner.get()))).own_public();
    let listed =
        own.list().fields(["items.path", "items.public_key"]).page_size(2).try_collect().await.unwrap();
    assert_eq!(listed.len(), resources.len(), "the list goes on though its pages do not tell their size");
    for (own_one, resource) in listed.iter().zip(&resources) {
        assert_eq!(own_one.public_key, resource.public_hash);
        assert_eq!(
            (own_one.name.as_str(), own_one.created.as_ref()),
            ("", None),
            "what was not chosen does not come"
        );
        let own_settings = own.settings(own_one.path.as_str()).send().await.unwrap();
        let key = resource.public_hash.as_deref().unwrap();
        assert_eq!(own_settings, administrator.public().settings_by_key(key).send().await.unwrap());
    }
}
