//! The directory of a sandbox organisation.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::{collections::BTreeSet, sync::Arc};

use futures::TryStreamExt;
use orglib_core::{Client, Endpoints, ErrorKind, Generation, transport::StaticToken};
use orglib_directory::{
    DepartmentId, Directory, GroupId, OrgId, UserId,
    model::{Contact, ContactType, NewContact},
    prelude::*,
};
use orglib_models::Reference;
use orglib_sandbox::Sandbox;

fn directory(generation: Generation, users: u32) -> (Directory, Sandbox) {
    let sandbox = Sandbox::builder().users(users).build();
    let client = Client::builder(sandbox.transport())
        .credentials(Arc::new(StaticToken::oauth(sandbox.token().into()).unwrap()))
        .endpoints(Endpoints::new().with_generation(generation))
        .build();
    (Directory::new(client, OrgId::try_from(sandbox.org_id()).unwrap()), sandbox)
}

#[tokio::test]
async fn both_hosts_tell_of_the_same_people_groups_and_departments() {
    let (current, _) = directory(Generation::Current, 2_300);
    let (legacy, _) = directory(Generation::Legacy, 2_300);
    let people = |directory: Directory| async move {
        let users = directory.users().list().try_collect().await.unwrap();
        users
            .into_iter()
            .map(|user| (user.id, user.email, user.department_id, user.is_robot))
            .collect::<Vec<_>>()
    };
    let (current_people, legacy_people) = (people(current.clone()).await, people(legacy.clone()).await);
    assert_eq!(current_people.len(), 2_300);
    assert!(current_people == legacy_people);

    let groups = |directory: Directory| async move {
        let groups = directory.groups().list().try_collect().await.unwrap();
        groups.into_iter().map(|group| (group.id, group.name, group.members_count)).collect::<BTreeSet<_>>()
    };
    assert_eq!(groups(current.clone()).await, groups(legacy.clone()).await);

    let departments = |directory: Directory| async move {
        let departments = directory.departments().list().try_collect().await.unwrap();
        departments.into_iter().map(|one| (one.id, one.name, one.parent_id)).collect::<BTreeSet<_>>()
    };
    assert_eq!(departments(current).await, departments(legacy).await);
}

#[tokio::test]
async fn everything_listed_can_be_read_one_by_one() {
    for generation in [Generation::Current, Generation::Legacy] {
        let (directory, _) = directory(generation, 30);
        for user in directory.users().list().try_collect().await.unwrap() {
            assert_eq!(directory.users().get(user.id).send().await.unwrap().email, user.email);
        }
        for group in directory.groups().list().try_collect().await.unwrap() {
            assert_eq!(directory.groups().get(group.id).send().await.unwrap().name, group.name);
            let members = directory.groups().members(group.id).list().send().await.unwrap();
            let structure = directory.groups().members(group.id).list_structure().send().await.unwrap();
            let ids = |users: &[orglib_directory::model::ShortUser]| {
                users.iter().map(|user| user.id).collect::<Vec<_>>()
            };
            assert_eq!(ids(&members.users), ids(&structure.users));
        }
        for department in directory.departments().list().try_collect().await.unwrap() {
            assert_eq!(
                directory.departments().get(department.id).send().await.unwrap().name,
                department.name
            );
        }
    }
}

#[tokio::test]
async fn a_person_is_found_by_address_on_both_hosts() {
    for generation in [Generation::Current, Generation::Legacy] {
        let (directory, _) = directory(generation, 40);
        let users = directory.users().list().try_collect().await.unwrap();
        let wanted = &users[17];
        let found =
            directory.users().find_by_email(&wanted.email.as_deref().unwrap().to_uppercase()).await.unwrap();
        assert_eq!(found.map(|user| user.id), Some(wanted.id), "{generation:?}");
        assert_eq!(directory.users().find_by_email("nobody@example.org").await.unwrap(), None);
        let error = directory.users().find_by_email("nobody").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let (directory, _) = directory(Generation::Current, 10);
    assert_eq!(directory.users().get(UserId::new(5).unwrap()).find().await.unwrap(), None);
    assert_eq!(directory.groups().get(GroupId::new(9_999).unwrap()).find().await.unwrap(), None);
    assert_eq!(directory.departments().get(DepartmentId::new(9_999).unwrap()).find().await.unwrap(), None);
    assert!(directory.users().get(UserId::new(5).unwrap()).send().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn lists_take_their_options_and_go_on_where_they_were_left() {
    let (directory, sandbox) = directory(Generation::Current, 25);
    let by_name = directory
        .departments()
        .list()
        .generation(Generation::Legacy)
        .parent_id(DepartmentId::new(1).unwrap());
    assert!(by_name.try_collect().await.unwrap().iter().all(|one| one.parent_id == DepartmentId::new(1)));

    let mut first = directory.users().list().page_size(10).stream();
    for _ in 0..13 {
        first.try_next().await.unwrap().unwrap();
    }
    let rest =
        directory.users().list().resume_from(first.continuation().unwrap()).try_collect().await.unwrap();
    assert_eq!(rest.len(), 12);

    let organizations = directory.organizations().list().try_collect().await.unwrap();
    assert_eq!(organizations[0].id.get(), sandbox.org_id());
}

#[tokio::test]
async fn employees_are_counted_with_one_request_for_one_employee() {
    for generation in [Generation::Current, Generation::Legacy] {
        let (directory, sandbox) = directory(generation, 37);
        assert_eq!(directory.users().count().await.unwrap(), 37);
        assert_eq!(sandbox.stats().requests, 1, "{generation:?}");
    }
}

fn manual(contacts: &[Contact]) -> Vec<(&str, &str)> {
    let manual = contacts.iter().filter(|contact| contact.synthetic == Some(false));
    manual.map(|contact| (contact.kind.as_str(), contact.value.as_str())).collect()
}

#[tokio::test]
async fn added_contacts_join_those_that_are_there_and_generated_ones_are_not_sent_back() {
    for generation in [Generation::Current, Generation::Legacy] {
        let (directory, _) = directory(generation, 20);
        let user = directory.users().list().try_collect().await.unwrap().swap_remove(0);
        let contacts = directory.users().contacts(user.id);
        let listed = || async { directory.users().get(user.id).send().await.unwrap().contacts };
        let phone = |number: &str| NewContact::new(ContactType::Phone, number);
        // The sandbox refuses a contact that is marked as generated, as the service does.
        contacts.replace([phone("+7 1")]).send().await.unwrap();
        let own = NewContact::new(ContactType::Email, user.email.as_deref().unwrap());
        let added = contacts.add([phone("+7 2"), phone("+7 1"), phone("+7 2"), own]).send().await.unwrap();
        assert!(added.is_kept(), "{added:?}");
        let changed = added.answer.unwrap();
        assert_eq!(manual(&changed.contacts), [("phone", "+7 1"), ("phone", "+7 2")], "{generation:?}");
        assert_eq!(listed().await, changed.contacts);
        assert!(changed.contacts.iter().any(|contact| contact.synthetic == Some(true)), "addresses stay");
        contacts.delete().send().await.unwrap();
        assert!(manual(&listed().await).is_empty());
    }
}

#[tokio::test]
async fn an_added_member_is_listed_by_both_versions() {
    for generation in [Generation::Current, Generation::Legacy] {
        let (directory, _) = directory(generation, 20);
        let members = directory.groups().members(GroupId::new(4).unwrap());
        let user = directory.users().list().try_collect().await.unwrap()[5].id;
        assert_eq!(members.add(user).send().await.unwrap().added, Some(true));
        assert_eq!(members.add(user).send().await.unwrap().added, Some(false));
        assert_eq!(members.list().send().await.unwrap().users[0].id, user);
        assert_eq!(members.list_structure().send().await.unwrap().users[0].id, user);
        assert!(members.add(UserId::new(7).unwrap()).send().await.unwrap_err().is_not_found());
    }
}

#[tokio::test]
async fn the_state_of_two_factor_sign_in_is_told_of_each_employee() {
    let (directory, _) = directory(Generation::Current, 20);
    let users = directory.users().list().try_collect().await.unwrap();
    assert!(directory.users().two_factor(users[0].id).send().await.unwrap().has_two_factor.unwrap());
    let unknown = directory.users().two_factor(UserId::new(7).unwrap()).send().await;
    assert!(unknown.unwrap_err().is_not_found());
}

#[tokio::test]
async fn names_are_resolved_one_by_one_or_in_one_reading_and_only_once() {
    for generation in [Generation::Current, Generation::Legacy] {
        let (directory, sandbox) = directory(generation, 1500);
        let people = directory.users().list().try_collect().await.unwrap();
        let address = |at: usize| people[at].email.clone().unwrap().parse::<Reference<UserId>>().unwrap();
        let resolver = directory.resolver();
        let asked = || sandbox.stats().requests;
        let before = asked();
        assert_eq!(resolver.user(&Reference::Id(people[3].id)).await.unwrap(), people[3].id);
        assert_eq!(asked(), before, "an id is one already");
        let wanted = [address(1400), address(7), Reference::Id(people[9].id), address(1400)];
        let ids = resolver.users(&wanted).await.unwrap();
        assert_eq!(ids, [people[1400].id, people[7].id, people[9].id, people[1400].id]);
        assert_eq!(asked() - before, 2, "{generation:?}: both pages, once");
        assert_eq!(resolver.user(&address(7)).await.unwrap(), people[7].id);
        assert_eq!(asked() - before, 2, "what was found is kept");
        assert_eq!(resolver.user(&address(8)).await.unwrap(), people[8].id);
        let looked_up = if generation == Generation::Current { 1 } else { 2 };
        assert_eq!(asked() - before, 2 + looked_up);
        let nobody = "nobody@severny-most.example".parse().unwrap();
        for error in [
            resolver.user(&nobody).await.unwrap_err(),
            resolver.users(&[nobody.clone(), address(11)]).await.unwrap_err(),
        ] {
            assert!(error.is_not_found() && error.to_string().contains("no employee nobody@"), "{error}");
        }
        let before = asked();
        let first: Reference<UserId> = "first@severny-most.example".parse().unwrap();
        let error = resolver.users(&[address(12), first, nobody, address(13)]).await.unwrap_err();
        assert!(error.to_string().contains("no employee first@"), "the first that is missing: {error}");
        assert_eq!(asked() - before, 2, "nobody is looked up whom the whole list has not");
        assert_eq!(resolver.user(&address(13)).await.unwrap(), people[13].id);
        assert_eq!(asked() - before, 2, "who was found is kept, though others were not");
    }
}
