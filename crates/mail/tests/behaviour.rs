//! The mailboxes of a sandbox organisation.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::{sync::Arc, time::Duration};

use orglib_core::{
    Client, Error, ErrorKind,
    transport::{SharedTransport, StaticToken, TransportErrorKind},
};
use orglib_mail::{
    Mail, MailboxId, Mailboxes, OrgId, TaskId, UserId,
    model::{MailboxKind, Notify, Role, TaskStatus},
    prelude::*,
};
use orglib_sandbox::Sandbox;
use orglib_testkit::{Answer, ManualClock, MockTransport, When};

fn mailboxes_over(transport: SharedTransport, org: u64, token: &str, clock: &ManualClock) -> Mailboxes {
    let client = Client::builder(transport)
        .clock(clock.shared())
        .credentials(Arc::new(StaticToken::oauth(token.into()).unwrap()))
        .build();
    Mail::new(client, OrgId::try_from(org).unwrap()).mailboxes()
}

fn mailboxes() -> (Mailboxes, Sandbox) {
    let clock = ManualClock::auto();
    let sandbox = Sandbox::builder().users(30).check_answers(true).clock(clock.shared()).build();
    (mailboxes_over(sandbox.transport(), sandbox.org_id(), sandbox.token(), &clock), sandbox)
}

/// An employee: the owner of a mailbox that is open for delegation.
async fn employee(mailboxes: &Mailboxes) -> Result<UserId, Error> {
    let delegated = mailboxes.delegated().list().try_collect().await?;
    Ok(UserId::try_from(delegated[0].resource_id.get()).unwrap())
}

async fn made(mailboxes: &Mailboxes, name: &str) -> Result<MailboxId, Error> {
    let email = format!("{name}@severny-most.example");
    Ok(mailboxes.shared().create(email, name, "").send().await?.resource_id)
}

#[tokio::test]
async fn a_shared_mailbox_is_made_read_changed_listed_and_deleted() {
    let (mailboxes, _) = mailboxes();
    let before = mailboxes.shared().list().try_collect().await.unwrap().len();
    let id = made(&mailboxes, "sales").await.unwrap();
    let shared = mailboxes.shared();
    shared.change(id).edit(|texts| texts.description = "Юг".to_owned()).send().await.unwrap();
    let changed = shared.change(id).edit(|texts| texts.name = "Сбыт".to_owned()).send().await.unwrap();
    assert!(changed.is_kept() && changed.wanted.description == "Юг");
    let email = "Sales@severny-most.example".parse().unwrap();
    let found = shared.find_by_email(&email, 4.try_into().unwrap()).await.unwrap();
    assert_eq!(found.map(|found| found.id), Some(id));
    let read = shared.get(id).send().await.unwrap();
    assert_eq!(
        (read.id, read.email.as_deref(), read.name.as_str()),
        (id, Some("sales@severny-most.example"), "Сбыт")
    );
    assert_eq!(read.description.as_deref(), Some("Юг"));
    let listed = shared.list().page_size(1).try_collect().await.unwrap();
    assert_eq!(listed.len(), before + 1);
    assert!(listed.iter().any(|mailbox| mailbox.resource_id == id && mailbox.count == Some(0)));
    shared.delete(id).send().await.unwrap();
    assert_eq!(shared.get(id).find().await.unwrap(), None);
    assert!(made(&mailboxes, "s").await.unwrap_err().to_string().contains("two characters"));
}

#[tokio::test]
async fn a_granted_right_shows_in_both_lists_after_its_task_and_a_revoked_one_in_none() {
    let (mailboxes, _) = mailboxes();
    let actor = employee(&mailboxes).await.unwrap();
    let mailbox = made(&mailboxes, "sales").await.unwrap();
    let task = mailboxes.grant(mailbox, actor, [Role::Sender]).notify(Notify::None).send().await.unwrap();
    assert_eq!(task.poll().await.unwrap().unwrap().status, TaskStatus::Running);
    assert!(mailboxes.actors(mailbox).send().await.unwrap().actors.is_empty());
    assert_eq!(task.until_done().await.unwrap().unwrap().status, TaskStatus::Complete);

    let actors = mailboxes.actors(mailbox).send().await.unwrap().actors;
    assert_eq!((actors[0].actor_id, actors[0].roles.as_slice()), (actor, &[Role::Sender][..]));
    let reached = mailboxes.reachable_by(actor).send().await.unwrap().resources;
    let here = reached.iter().find(|access| access.resource_id == mailbox).unwrap();
    assert_eq!((&here.kind, here.roles.as_slice()), (&MailboxKind::Shared, &[Role::Sender][..]));

    mailboxes.revoke(mailbox, actor).send().await.unwrap().until_done().await.unwrap();
    assert!(mailboxes.actors(mailbox).send().await.unwrap().actors.is_empty());
    let reached = mailboxes.reachable_by(actor).send().await.unwrap().resources;
    assert!(reached.iter().all(|access| access.resource_id != mailbox));
}

#[tokio::test]
async fn a_task_is_waited_for_by_its_id_later() {
    let (mailboxes, _) = mailboxes();
    let actor = employee(&mailboxes).await.unwrap();
    let mailbox = made(&mailboxes, "sales").await.unwrap();
    let id = mailboxes.grant(mailbox, actor, [Role::Owner]).send().await.unwrap().id().unwrap().to_owned();
    let again = mailboxes.task(TaskId::new(&id).unwrap());
    assert_eq!(again.until_done().await.unwrap().unwrap().status, TaskStatus::Complete);
}

#[tokio::test]
async fn delegation_is_switched_on_before_a_grant_and_off_again() {
    let (mailboxes, _) = mailboxes();
    let owner = employee(&mailboxes).await.unwrap();
    let delegated = mailboxes.delegated();
    let actor = UserId::try_from(delegated.list().try_collect().await.unwrap()[1].resource_id.get()).unwrap();
    delegated.disable(owner).send().await.unwrap();
    let refused = mailboxes.grant(owner, actor, [Role::ImapAdmin]).send().await.unwrap_err();
    assert!(refused.is_not_found(), "{refused}");
    assert_eq!(delegated.enable(owner).send().await.unwrap().resource_id, MailboxId::from(owner));
    mailboxes.grant(owner, actor, [Role::ImapAdmin]).send().await.unwrap().until_done().await.unwrap();
    let reached = mailboxes.reachable_by(actor).send().await.unwrap().resources;
    assert!(reached.iter().any(|access| access.kind == MailboxKind::Delegated));
}

#[tokio::test]
async fn what_cannot_be_granted_is_a_clear_error_each() {
    let (mailboxes, sandbox) = mailboxes();
    let actor = employee(&mailboxes).await.unwrap();
    let mailbox = made(&mailboxes, "sales").await.unwrap();
    let unknown_person =
        mailboxes.grant(mailbox, UserId::new(7).unwrap(), [Role::Owner]).send().await.unwrap_err();
    assert!(unknown_person.is_not_found());
    assert!(unknown_person.to_string().contains("User 7 not found"), "{unknown_person}");

    let requests = sandbox.stats().requests;
    let no_reading = mailboxes.grant(mailbox, actor, [Role::HalfSender]).send().await.unwrap_err();
    assert_eq!((no_reading.kind(), sandbox.stats().requests), (ErrorKind::Build, requests), "{no_reading}");
    let nothing = mailboxes.grant(mailbox, actor, []).send().await.unwrap_err();
    assert_eq!(nothing.kind(), ErrorKind::Build);

    let theirs = MailboxId::new(1_130_000_091_123_001).unwrap();
    let elsewhere = mailboxes.grant(theirs, actor, [Role::Owner]).send().await.unwrap_err();
    assert!(
        elsewhere.is_not_found() && elsewhere.to_string().contains("Mailbox 1130000091123001"),
        "{elsewhere}"
    );
}

#[tokio::test]
async fn a_change_whose_mailbox_is_deleted_meanwhile_ends_in_an_error() {
    let (mailboxes, _) = mailboxes();
    let actor = employee(&mailboxes).await.unwrap();
    let mailbox = made(&mailboxes, "sales").await.unwrap();
    let task = mailboxes.grant(mailbox, actor, [Role::Owner]).send().await.unwrap();
    let id = task.id().unwrap().to_owned();
    mailboxes.shared().delete(mailbox).send().await.unwrap();
    let error = task.until_done().await.unwrap_err();
    assert_eq!((error.kind(), error.task_id()), (ErrorKind::Task, Some(id.as_str())));
}

#[tokio::test]
async fn a_change_that_never_ends_tells_the_id_to_wait_for_again() {
    let (mock, clock) = (MockTransport::new(), ManualClock::auto());
    mock.always(When::operation("MailboxService_TaskStatus"), Answer::json(r#"{"status":"running"}"#));
    let mailboxes = mailboxes_over(mock.shared(), 7, "secret", &clock);
    let task = mailboxes.task(TaskId::new("t-17").unwrap()).deadline(Duration::from_secs(120));
    let error = task.until_done().await.unwrap_err();
    assert_eq!((error.kind(), error.task_id()), (ErrorKind::Timeout, Some("t-17")));
}

#[tokio::test]
async fn making_a_mailbox_is_not_repeated_when_its_reply_is_lost() {
    let (mock, clock) = (MockTransport::new(), ManualClock::auto());
    mock.always(When::any(), Answer::failure(TransportErrorKind::Broken, true));
    let mailboxes = mailboxes_over(mock.shared(), 7, "secret", &clock);
    let error = made(&mailboxes, "sales").await.unwrap_err();
    assert!(error.was_sent());
    assert_eq!(mock.requests().len(), 1);
}
