//! The audit logs of a sandbox organisation.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use futures::TryStreamExt;
use orglib_audit::{
    Audit, OrgId,
    model::{AuditEventType, AuditService, DiskEventType, MailEventType, MailFolderType},
    prelude::*,
};
use orglib_core::{Client, ErrorKind, transport::StaticToken};
use orglib_models::Timestamp;
use orglib_sandbox::{Faults, Grant, Sandbox};
use orglib_testkit::ManualClock;

fn sandbox(faults: Faults) -> (Sandbox, Audit) {
    let clock = ManualClock::auto();
    let sandbox = Sandbox::builder().users(60).faults(faults).clock(clock.shared()).build();
    let token = sandbox.token().to_owned();
    let audit = audit(&sandbox, &token, &clock);
    (sandbox, audit)
}

fn audit(sandbox: &Sandbox, token: &str, clock: &ManualClock) -> Audit {
    let client = Client::builder(sandbox.transport())
        .credentials(StaticToken::oauth(token.into()).unwrap().shared())
        .clock(clock.shared())
        .build();
    Audit::new(client, OrgId::try_from(sandbox.org_id()).unwrap())
}

#[tokio::test]
async fn every_known_type_is_read_in_all_logs() {
    let (_, audit) = sandbox(Faults::none());
    let events = audit.events().list().try_collect().await.unwrap();
    assert_eq!(events.len(), 440);
    let types: BTreeSet<_> = events.iter().map(|event| event.event.kind.clone()).collect();
    assert_eq!(types.len(), 100);
    assert!(types.iter().all(|kind| AuditEventType::WORDS.contains(&kind.as_str())));
    assert!(!types.iter().any(|kind| matches!(kind, AuditEventType::Unknown(_))));
    let services: BTreeSet<_> = events.iter().map(|event| event.event.service.clone()).collect();
    assert_eq!(services.len(), AuditService::WORDS.len());
    assert!(events.iter().all(|event| event.other.is_empty() && event.event.other.is_empty()));

    let mail = audit.mail().list().try_collect().await.unwrap();
    let types: BTreeSet<_> = mail.iter().map(|event| event.event_type.as_str()).collect();
    assert_eq!(types, MailEventType::WORDS.iter().copied().collect());
    let folders: BTreeSet<_> = mail.iter().map(|event| event.folder_type.as_str()).collect();
    assert_eq!(folders, MailFolderType::WORDS.iter().copied().collect());
    assert!(mail.iter().all(|event| event.other.is_empty()));

    let disk = audit.disk().list().try_collect().await.unwrap();
    let types: BTreeSet<_> = disk.iter().map(|event| event.event_type.as_str()).collect();
    assert_eq!(types, DiskEventType::WORDS.iter().copied().collect());
    assert!(disk.iter().all(|event| event.other.is_empty()));
}

#[tokio::test]
async fn a_period_a_type_and_a_person_are_chosen() {
    let (_, audit) = sandbox(Faults::none());
    let start: Timestamp = "2025-12-01T03:00:00+03:00".parse().unwrap();
    let all = audit.mail().list().try_collect().await.unwrap();
    let person = all[0].user_uid.unwrap();
    let chosen = audit
        .mail()
        .list()
        .after_date(start.clone())
        .types([MailEventType::MailboxSend, MailEventType::MessageSeen])
        .include_uids([person])
        .try_collect()
        .await
        .unwrap();
    let expected: Vec<_> = all
        .into_iter()
        .filter(|event| event.user_uid == Some(person))
        .filter(|event| ["mailbox_send", "message_seen"].contains(&event.event_type.as_str()))
        .filter(|event| event.date.as_ref().unwrap().to_system_time() >= start.to_system_time())
        .collect();
    assert_eq!(chosen, expected);
}

#[tokio::test]
async fn nothing_is_lost_or_repeated_however_much_goes_wrong() {
    let (sandbox, audit) = sandbox(Faults::none());
    let ids = |events: &[orglib_audit::model::EnrichedEvent]| {
        events.iter().map(|event| event.event.idempotency_id.clone()).collect::<Vec<_>>()
    };
    let calm = ids(&audit.events().list().page_size(7).try_collect().await.unwrap());
    sandbox.set_faults("errors=0.4,unknown".parse().unwrap());
    let stormy = ids(&audit.events().list().page_size(7).try_collect().await.unwrap());
    assert!(sandbox.stats().faults > 10);
    assert_eq!(stormy, calm);
}

#[tokio::test]
async fn a_log_that_is_left_goes_on_where_it_was() {
    let (_, audit) = sandbox(Faults::none());
    let all = audit.events().list().try_collect().await.unwrap();
    let end: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let mut first = audit.events().list().ended_at(end.clone()).page_size(50).stream();
    for event in &all[..133] {
        assert_eq!(first.try_next().await.unwrap().as_ref(), Some(event));
    }
    let rest = audit.events().list().ended_at(end).resume_from(first.continuation().unwrap());
    assert_eq!(rest.try_collect().await.unwrap(), all[133..]);
}

#[tokio::test]
async fn a_token_without_the_scope_is_told_which_one_it_needs() {
    let (sandbox, _) = sandbox(Faults::none());
    let token = sandbox.issue(Grant::administrator().scopes(["ya360_security:audit_log_mail"]));
    let audit = audit(&sandbox, &token, &ManualClock::auto());
    assert!(audit.mail().list().try_collect().await.is_ok());
    let error = audit.events().list().try_collect().await.unwrap_err();
    assert!(error.is_permission_denied() && error.kind() == ErrorKind::Api);
    assert!(error.to_string().contains("ya360_security:read_auditlog"), "{error}");
}
