//! What is shared, changed and closed, and what others share by link.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use http::Method;
use orglib_core::{Client, Endpoints, Error, Host, Operation, transport::StaticToken};
use orglib_disk::{
    Disk, GetLinkedResource, OrgId, UpdateSettings, UserId,
    model::{AccessMacro, AccessRight, AccessType, NewPublicAccess, PublicResource, PublicSettings},
    prelude::*,
};
use orglib_models::Patch;
use orglib_sandbox::{Grant, Sandbox, Scenario};
use orglib_testkit::ManualClock;

#[derive(serde::Deserialize)]
struct Users {
    users: Vec<User>,
}

#[derive(serde::Deserialize)]
struct User {
    id: UserId,
}

/// An organisation, and its employees.
struct Company {
    sandbox: Sandbox,
    clock: ManualClock,
    people: Vec<UserId>,
}

impl Company {
    async fn new(scenario: Scenario) -> Self {
        let clock = ManualClock::auto();
        let sandbox =
            Sandbox::builder().scenario(scenario).users(20).check_answers(true).clock(clock.shared());
        let mut company = Self { sandbox: sandbox.build(), clock, people: Vec::new() };
        let path = format!("/directory/v1/org/{}/users?perPage=100", company.sandbox.org_id());
        let client = company.client(company.sandbox.token());
        let users = client.raw(Method::GET, Host::Api360, path).send().await.unwrap();
        company.people = users.json::<Users>().unwrap().users.into_iter().map(|user| user.id).collect();
        company
    }

    fn client(&self, token: &str) -> Client {
        let token = StaticToken::oauth(token.into()).unwrap();
        let client = Client::builder(self.sandbox.transport()).clock(self.clock.shared());
        client.credentials(Arc::new(token)).build()
    }

    /// As the administrator sees it, who is the first of the people.
    fn disk(&self) -> Disk {
        Disk::new(self.client(self.sandbox.token()), OrgId::try_from(self.sandbox.org_id()).unwrap())
    }

    fn disk_of(&self, person: UserId) -> Disk {
        let token = self.sandbox.issue(Grant::employee(person.get()));
        Disk::new(self.client(&token), OrgId::try_from(self.sandbox.org_id()).unwrap())
    }

    /// Everything that is shared, with its owner.
    async fn shared(&self) -> Vec<(UserId, PublicResource)> {
        let mut all = Vec::new();
        for person in &self.people {
            let owned = self.disk().public().owned_by(*person).try_collect().await.unwrap();
            all.extend(owned.into_iter().map(|resource| (*person, resource)));
        }
        all
    }
}

fn kinds(settings: &PublicSettings) -> Vec<&str> {
    settings.accesses.iter().map(|access| access.kind.as_str()).collect()
}

#[tokio::test]
async fn whom_it_is_shared_with_is_changed_and_the_rest_stays() {
    let company = Company::new(Scenario::Company).await;
    let public = company.disk().public();
    let mut changed = 0;
    for (_, resource) in company.shared().await {
        let key = resource.public_hash.clone().unwrap();
        let before = public.settings_by_key(&key).send().await.unwrap();
        let is_inner = |kind: &AccessType| !matches!(kind, AccessType::OuterUser | AccessType::Macro);
        let Ok(inner) = before.accesses_where(|access| is_inner(&access.kind)) else { continue };
        public.update_by_key(&key).accesses(inner).send().await.unwrap();
        let after = public.settings_by_key(&key).send().await.unwrap();
        let mut expected: Vec<_> = before.accesses.iter().filter(|one| is_inner(&one.kind)).collect();
        expected.sort_by_key(|access| (access.kind.clone(), access.id.clone()));
        let mut found: Vec<_> = after.accesses.iter().collect();
        found.sort_by_key(|access| (access.kind.clone(), access.id.clone()));
        let ids = |all: &[&orglib_disk::model::PublicAccess]| {
            all.iter().map(|one| (one.kind.clone(), one.id.clone())).collect::<Vec<_>>()
        };
        assert_eq!(ids(&found), ids(&expected), "{}", resource.path);
        assert_eq!(after.available_until, before.available_until, "what is not given stays");
        changed += usize::from(kinds(&before).len() != kinds(&after).len());
    }
    assert!(changed > 3, "{changed} were shared further");
}

#[tokio::test]
async fn a_resource_is_named_in_three_ways_and_in_one_of_them_only() {
    let company = Company::new(Scenario::Company).await;
    let public = company.disk().public();
    let (owner, resource) = company.shared().await.remove(0);
    let (key, path) = (resource.public_hash.clone().unwrap(), resource.settings_path().to_owned());
    public.update_by_path(owner, &path).available_until(1_900_000_000_u64).send().await.unwrap();
    let settings = public.settings_by_key(&key).send().await.unwrap();
    assert_eq!(settings.available_until.unwrap().number(), Some(1_900_000_000));
    public.update_by_key(&key).available_until(Patch::Clear).send().await.unwrap();
    assert!(public.settings_by_key(&key).send().await.unwrap().available_until.is_none());

    let read = || vec![NewPublicAccess::new([AccessRight::Read]).macros([AccessMacro::All])];
    let wrong = [
        (UpdateSettings::new().available_until(1_u64), "name the resource in one way"),
        (UpdateSettings::new().user_id(owner).available_until(1_u64), "go together"),
        (
            UpdateSettings::new().user_id(owner).path("/a").public_key("k").available_until(1_u64),
            "in one way",
        ),
        (UpdateSettings::new().public_key("k"), "say what is to change"),
        (UpdateSettings::new().public_key("k").accesses(read()), "`allow_address_access`"),
        (
            UpdateSettings::new()
                .public_key("k")
                .allow_address_access(true)
                .accesses([NewPublicAccess::new([AccessRight::Read])]),
            "`accesses.0`: an access needs a macro",
        ),
    ];
    for (operation, told) in wrong {
        let error = operation.request(&Endpoints::new()).unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
    }
}

#[tokio::test]
async fn what_is_closed_by_the_administrator_is_shared_no_longer_and_still_there() {
    let company = Company::new(Scenario::Company).await;
    let public = company.disk().public();
    let (owner, resource) = company.shared().await.remove(0);
    let key = resource.public_hash.clone().unwrap();
    public.unpublish(&key).send().await.unwrap();
    assert!(public.settings_by_key(&key).find().await.unwrap().is_none());
    assert!(company.shared().await.iter().all(|(_, other)| other.public_hash != Some(key.clone())));
    let again = public.unpublish(&key).send().await.unwrap_err();
    assert_eq!(again.status().unwrap(), 404, "{again}");
    let own = company.disk_of(owner);
    let path = format!("disk:{}", resource.settings_path());
    let kept = own.resources().get(path).send().await.unwrap();
    assert!(kept.public_key.is_none());
    // Nobody but an administrator may close what another shares.
    let (_, other) = company.shared().await.into_iter().find(|(uid, _)| *uid != owner).unwrap();
    let employee = company.disk_of(company.people[3]);
    let refused = employee.public().unpublish(other.public_hash.unwrap()).send().await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 403);
}

/// A folder of the administrator with a file in it, shared with everybody, and its link.
async fn linked(company: &Company) -> (Disk, String) {
    let disk = company.disk();
    disk.resources().create("/Box").send().await.unwrap();
    disk.resources().create("/Box/in").send().await.unwrap();
    disk.resources().upload_bytes("/Box/in/a+b.txt", &b"content"[..]).send().await.unwrap();
    disk.own_public().publish("/Box").send().await.unwrap();
    let url = disk.resources().get("/Box").send().await.unwrap().public_url.unwrap();
    (disk, url)
}

#[tokio::test]
async fn what_others_share_is_read_downloaded_and_saved() {
    let company = Company::new(Scenario::Quiet).await;
    let (_, url) = linked(&company).await;
    let other = company.disk_of(company.people[1]);
    let links = other.links();
    let folder = links.get(&url).send().await.unwrap();
    assert_eq!((folder.name.as_str(), folder.path.as_str()), ("Box", "/"));
    assert_eq!(folder.owner.unwrap().uid, Some(company.people[0].to_string()));
    let mut inside = links.list(&url, "/in");
    let file = inside.next().await.unwrap().unwrap();
    assert_eq!((file.path.as_str(), file.size), ("/in/a+b.txt", Some(7)));
    assert!(inside.next().await.is_none());
    let content = links.download(&url, Some("/in/a+b.txt"), 3).await.unwrap().collect(100).await.unwrap();
    assert_eq!(&content[..], b"tent");

    let at_once = links.save(&url).path("/in/a+b.txt").name("c.txt").send().await.unwrap();
    assert!(at_once.id().is_none());
    assert_eq!(other.resources().get("/Загрузки/c.txt").send().await.unwrap().size, Some(7));
    let again = links.save(&url).path("/in/a+b.txt").name("c.txt").send().await.unwrap_err();
    assert!(again.is_already_exists(), "{again}");
    let whole = links.save(&url).save_path("/").send().await.unwrap();
    assert!(whole.id().is_some(), "a folder is saved by a task");
    whole.until_done().await.unwrap();
    let saved = other.resources().get("/Box/in/a+b.txt").send().await.unwrap();
    assert_eq!((saved.size, saved.public_url), (Some(7), None));
}

#[tokio::test]
async fn a_link_that_is_not_for_everybody_is_not_found_and_one_with_a_password_is_refused() {
    let company = Company::new(Scenario::Quiet).await;
    let (disk, url) = linked(&company).await;
    let links = company.disk_of(company.people[1]).links();
    let own = disk.own_public();
    let org = OrgId::new(company.sandbox.org_id()).unwrap();
    let to_all = |right| vec![NewPublicAccess::new([right]).macros([AccessMacro::All])];
    let status = |error: Error| error.status().unwrap().as_u16();

    own.update("/Box").accesses(to_all(AccessRight::ReadWithPassword)).password("x").send().await.unwrap();
    let refused = links.get(&url).send().await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 403);
    assert!(refused.to_string().contains("password"), "{refused}");
    let secret = own.update("/Box").password("hidden");
    assert!(!format!("{secret:?}").contains("hidden"));

    let employees = NewPublicAccess::new([AccessRight::Read]).macros([AccessMacro::Employees]).org_id(org);
    own.update("/Box").accesses([employees]).send().await.unwrap();
    assert_eq!(status(links.get(&url).send().await.unwrap_err()), 404);

    let other = Company::new(Scenario::Quiet).await;
    let (disk, url) = linked(&other).await;
    let links = disk.links();
    disk.own_public().update("/Box").accesses(to_all(AccessRight::ReadWithoutDownload)).send().await.unwrap();
    assert!(links.get(&url).send().await.is_ok());
    assert_eq!(status(links.download_link(&url).send().await.unwrap_err()), 403);
    assert_eq!(status(links.save(&url).send().await.unwrap_err()), 403);
    disk.own_public().update("/Box").available_until(1_u64).send().await.unwrap();
    assert!(links.get(&url).find().await.unwrap().is_none(), "it has ended");
    assert_eq!(GetLinkedResource::META.scopes.names(), Vec::<&str>::new().as_slice());
}
