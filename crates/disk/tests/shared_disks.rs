//! Disks that a sandbox organisation shares, and what is on them.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use http::Method;
use orglib_core::{Client, Host, transport::StaticToken};
use orglib_disk::{
    Disk, OrgId, UserId,
    model::{NewSharedDiskAccess, SharedDiskRight, SharedDiskSubject, SharedPath},
};
use orglib_sandbox::{Grant, Sandbox};
use orglib_testkit::ManualClock;

#[derive(serde::Deserialize)]
struct Users {
    users: Vec<User>,
}

#[derive(serde::Deserialize)]
struct User {
    id: UserId,
}

struct Company {
    sandbox: Sandbox,
    clock: ManualClock,
}

impl Company {
    fn new() -> Self {
        let clock = ManualClock::auto();
        let sandbox = Sandbox::builder().users(10).check_answers(true).clock(clock.shared()).build();
        Self { sandbox, clock }
    }

    fn client(&self, token: &str) -> Client {
        let token = StaticToken::oauth(token.into()).unwrap();
        let client = Client::builder(self.sandbox.transport()).clock(self.clock.shared());
        client.credentials(Arc::new(token)).build()
    }

    fn disk(&self, token: &str) -> Disk {
        Disk::new(self.client(token), OrgId::try_from(self.sandbox.org_id()).unwrap())
    }

    /// As the administrator sees it.
    fn administered(&self) -> Disk {
        self.disk(self.sandbox.token())
    }

    /// Somebody who administers nothing, and the Disk as they see it.
    async fn employee(&self, place: usize) -> (UserId, Disk) {
        let path = format!("/directory/v1/org/{}/users?perPage=100", self.sandbox.org_id());
        let users = self.client(self.sandbox.token()).raw(Method::GET, Host::Api360, path).send().await;
        let id = users.unwrap().json::<Users>().unwrap().users[place].id;
        (id, self.disk(&self.sandbox.issue(Grant::employee(id.get()))))
    }
}

fn access(kind: SharedDiskSubject, id: u64, rights: &[SharedDiskRight]) -> NewSharedDiskAccess {
    NewSharedDiskAccess::new(kind, id, rights.to_vec())
}

#[tokio::test]
async fn a_shared_disk_is_made_given_and_taken_away() {
    let company = Company::new();
    let disks = company.administered().shared_disks();
    let before = disks.list().try_collect().await.unwrap();
    let begun = disks.create().send().await.unwrap();
    let id = begun.resource_id.unwrap();
    assert!(disks.creation(&id).send().await.unwrap().vd_hash.is_none(), "it takes a while");
    let label = loop {
        company.clock.advance(std::time::Duration::from_millis(100));
        if let Some(label) = disks.creation(&id).send().await.unwrap().vd_hash {
            break label;
        }
    };
    assert_eq!(disks.list().try_collect().await.unwrap().len(), before.len() + 1);
    let made = disks.get(&label).send().await.unwrap();
    assert_eq!((made.resource_id, made.used_space), (Some(id), Some(0)));

    let (uid, employee) = company.employee(2).await;
    let theirs = employee.shared_disks();
    let reached = async || theirs.reachable().try_collect().await.unwrap().len();
    let count = reached().await;
    assert!(theirs.get(&label).find().await.unwrap().is_none(), "it is not shared with everybody");
    assert_eq!(theirs.list().try_collect().await.unwrap_err().status().unwrap(), 403);
    let give = async |rights: &[SharedDiskRight]| {
        let item = access(SharedDiskSubject::User, uid.get(), rights);
        disks.update_accesses(&label, [item]).send().await.unwrap();
    };
    give(&[SharedDiskRight::Read]).await;
    assert_eq!(reached().await, count + 1);
    let rights = theirs.get(&label).send().await.unwrap().permissions;
    assert_eq!(rights, [SharedDiskRight::Read]);
    let refused = theirs.files(&label).create("/Plans").send().await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 403);
    give(&[SharedDiskRight::Read, SharedDiskRight::Write]).await;
    theirs.files(&label).create("/Plans").send().await.unwrap();
    let accesses = disks.accesses(&label).send().await.unwrap();
    assert_eq!((accesses.len(), accesses[0].id), (1, Some(uid.get())));
    give(&[]).await;
    assert_eq!(reached().await, count);

    let nobody = access(SharedDiskSubject::Group, 987_654, &[SharedDiskRight::Read]);
    assert_eq!(disks.update_accesses(&label, [nobody]).send().await.unwrap_err().status().unwrap(), 404);
    assert!(disks.update_accesses(&label, []).send().await.unwrap_err().to_string().contains("items"));
    assert_eq!(theirs.delete(&label).send().await.unwrap_err().status().unwrap(), 403);
    disks.delete(&label).send().await.unwrap();
    assert!(disks.get(&label).find().await.unwrap().is_none());
}

#[tokio::test]
async fn files_on_a_shared_disk_are_nobodys_own() {
    let company = Company::new();
    let disk = company.administered();
    let label = disk.shared_disks().reachable().try_collect().await.unwrap()[0].vd_hash.clone();
    let files = disk.shared_disks().files(&label);
    files.create("/Plans").send().await.unwrap();
    assert!(files.create("/Plans").send().await.unwrap_err().is_already_exists());
    let uploaded = files.upload_bytes("/Plans/a:b +.txt", &b"content"[..]).send().await.unwrap();
    let path: SharedPath = uploaded.path.parse().unwrap();
    assert_eq!((path.vd_hash(), path.path(), uploaded.size), (&*label, "/Plans/a:b +.txt", Some(7)));
    assert!(files.upload_bytes("/Plans/a:b +.txt", &b"else"[..]).send().await.is_err());
    files.upload_bytes("/Plans/a:b +.txt", &b"else"[..]).overwrite(true).send().await.unwrap();
    let content = files.download("/Plans/a:b +.txt", 1).await.unwrap().collect(100).await.unwrap();
    assert_eq!(&content[..], b"lse");
    assert!(disk.resources().get("/Plans").find().await.unwrap().is_none(), "it is on no Disk of one's own");

    files.copy("/Plans", "/Copy").send().await.unwrap().until_done().await.unwrap();
    files.r#move("/Copy/a:b +.txt", "/Copy/c.txt").send().await.unwrap().until_done().await.unwrap();
    let from_web = files.upload_from("https://example.org/d", "/Copy/d").send().await.unwrap();
    from_web.until_done().await.unwrap();
    let mut names = Vec::new();
    let mut children = files.list("/Copy");
    while let Some(child) = children.next().await {
        names.push(child.unwrap().name);
    }
    assert_eq!(names, ["c.txt", "d"]);

    files.delete("/Copy").send().await.unwrap().until_done().await.unwrap();
    assert!(files.get("/Copy").find().await.unwrap().is_none());
    assert!(disk.trash().list().next().await.is_none(), "it is in no trash of one's own");
    let thrown = files.trash().send().await.unwrap().embedded.unwrap().items.remove(0);
    assert_eq!(thrown.name, "Copy");
    let name: SharedPath = thrown.path.parse().unwrap();
    assert!(name.is_in_trash());
    files.delete_from_trash(name.path()).send().await.unwrap().until_done().await.unwrap();
    assert!(files.trash().send().await.unwrap().embedded.unwrap().items.is_empty());
}

#[tokio::test]
async fn who_may_only_read_changes_nothing_on_a_shared_disk() {
    let company = Company::new();
    let label = company.administered().shared_disks().list().try_collect().await.unwrap()[0].vd_hash.clone();
    company.administered().shared_disks().files(&label).create("/Plans").send().await.unwrap();
    let files = company.employee(3).await.1.shared_disks().files(&label);
    assert_eq!(files.get("/Plans").send().await.unwrap().name, "Plans");
    let refused = [
        files.create("/New").send().await.map(drop).unwrap_err(),
        files.upload_bytes("/a", &b"a"[..]).send().await.map(drop).unwrap_err(),
        files.delete("/Plans").send().await.map(drop).unwrap_err(),
        files.copy("/Plans", "/b").send().await.map(drop).unwrap_err(),
        files.r#move("/Plans", "/b").send().await.map(drop).unwrap_err(),
        files.upload_from("https://example.org/d", "/d").send().await.map(drop).unwrap_err(),
        files.delete_from_trash("x").send().await.map(drop).unwrap_err(),
    ];
    for error in refused {
        assert_eq!(error.status().unwrap(), 403, "{error}");
    }
    assert_eq!(files.trash().send().await.unwrap().path, format!("vd:/{label}/trash/"));
}
