//! What each operation asks: method, encoded path, query, body.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use orglib_core::{ErrorKind, Operation};
use orglib_mail::{
    CreateSharedMailbox, DeleteSharedMailbox, DisableDelegation, EnableDelegation, GetAccessTask,
    GetSharedMailbox, ListActors, ListDelegatedMailboxes, ListReachable, ListSharedMailboxes, MailboxId,
    OrgId, SetAccess, TaskId, UpdateSharedMailbox, UserId,
    model::{NewDelegation, NewSharedMailbox, Notify, Role, RoleList, SharedMailboxUpdate},
};
use orglib_testkit::encode;

const ORG: OrgId = OrgId::new(7).unwrap();
const USER: UserId = UserId::new(1_130_000_000_000_001).unwrap();
const MAILBOX: MailboxId = MailboxId::new(2_260_000_054_273_165).unwrap();

#[test]
fn each_operation_asks_what_the_documents_say() {
    let new = NewSharedMailbox::new("sales@example.ru", "Продажи", "");
    let roles = RoleList::new([Role::ImapAdmin, Role::HalfSender]);
    for (asked, line, body) in [
        (encode(&ListSharedMailboxes::new(ORG)), "GET shared?perPage=100&page=1", ""),
        (encode(&GetSharedMailbox::new(ORG, MAILBOX)), "GET shared/2260000054273165", ""),
        (
            encode(&CreateSharedMailbox::new(ORG, new.clone())),
            "PUT shared",
            r#"{"email":"sales@example.ru","name":"Продажи","description":""}"#,
        ),
        (
            encode(&CreateSharedMailbox::new(
                ORG,
                NewSharedMailbox::new("sales@example.ru", "Продажи", "Юг"),
            )),
            "PUT shared",
            r#"{"email":"sales@example.ru","name":"Продажи","description":"Юг"}"#,
        ),
        (
            encode(&UpdateSharedMailbox::new(ORG, MAILBOX, SharedMailboxUpdate::new("Сбыт", ""))),
            "PUT shared/2260000054273165",
            r#"{"name":"Сбыт","description":""}"#,
        ),
        (encode(&DeleteSharedMailbox::new(ORG, MAILBOX)), "DELETE shared/2260000054273165", ""),
        (encode(&ListDelegatedMailboxes::new(ORG)), "GET delegated?perPage=100&page=1", ""),
        (
            encode(&EnableDelegation::new(ORG, NewDelegation::new(USER))),
            "PUT delegated",
            r#"{"resourceId":"1130000000000001"}"#,
        ),
        (encode(&DisableDelegation::new(ORG, USER)), "DELETE delegated/1130000000000001", ""),
        (encode(&ListActors::new(ORG, MAILBOX)), "GET actors/2260000054273165", ""),
        (encode(&ListReachable::new(ORG, USER)), "GET resources/1130000000000001", ""),
        (
            encode(&SetAccess::new(ORG, MAILBOX, USER, roles.clone())),
            "POST set/2260000054273165?actorId=1130000000000001",
            r#"{"roles":["shared_mailbox_imap_admin","shared_mailbox_half_sender"]}"#,
        ),
        (
            encode(&SetAccess::new(ORG, MAILBOX, USER, roles).notify(Notify::Delegates)),
            "POST set/2260000054273165?actorId=1130000000000001&notify=delegates",
            r#"{"roles":["shared_mailbox_imap_admin","shared_mailbox_half_sender"]}"#,
        ),
        (
            encode(&SetAccess::new(ORG, MAILBOX, USER, RoleList::none()).notify(Notify::None)),
            "POST set/2260000054273165?actorId=1130000000000001&notify=none",
            r#"{"roles":[]}"#,
        ),
        (encode(&GetAccessTask::new(ORG, TaskId::new("a/b ж").unwrap())), "GET tasks/a%2Fb%20%D0%B6", ""),
    ] {
        let (method, rest) = line.split_once(' ').unwrap();
        let line = format!("{method} https://api360.yandex.net/admin/v1/org/7/mailboxes/{rest}");
        assert_eq!(asked.unwrap(), (line, body.to_owned()));
    }
}

#[test]
fn making_a_mailbox_is_the_one_put_that_is_not_repeated() {
    for (meta, repeats) in [
        (CreateSharedMailbox::META, false),
        (SetAccess::META, false),
        (UpdateSharedMailbox::META, true),
        (EnableDelegation::META, true),
        (DeleteSharedMailbox::META, true),
    ] {
        assert_eq!(meta.idempotent, repeats, "{}", meta.id);
    }
}

#[test]
fn an_address_and_a_name_that_cannot_be_are_refused_before_sending() {
    let named = |name: &str| NewSharedMailbox::new("info@example.org", name, "");
    for mailbox in ["", "info", "@example.org", "info@", "in fo@example.org"]
        .map(|email| NewSharedMailbox::new(email, "Info", ""))
        .into_iter()
        .chain(["", "I"].map(named))
    {
        let error = encode(&CreateSharedMailbox::new(ORG, mailbox.clone())).unwrap_err();
        assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Build, false), "{mailbox:?}");
    }
    assert!(encode(&CreateSharedMailbox::new(ORG, named("Ы2"))).is_ok());
    let error =
        encode(&UpdateSharedMailbox::new(ORG, MAILBOX, SharedMailboxUpdate::new("Ы", ""))).unwrap_err();
    assert!(error.to_string().contains("at least two characters"), "{error}");
}

#[test]
fn a_list_of_roles_that_gives_no_reading_is_refused_before_sending() {
    let set =
        |roles: &[Role]| encode(&SetAccess::new(ORG, MAILBOX, USER, RoleList::new(roles.iter().cloned())));
    for refused in [&[][..], &[Role::HalfSender], &[Role::HalfSender, Role::HalfSender], &[Role::default()]] {
        let error = set(refused).unwrap_err();
        assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Build, false));
        assert!(error.to_string().contains("add shared_mailbox_sender, shared_mailbox_owner"), "{error}");
    }
    for word in Role::WORDS.iter().filter(|word| **word != "shared_mailbox_half_sender") {
        assert!(set(&[Role::HalfSender, Role::from(*word)]).is_ok(), "{word}");
    }
    assert!(set(&[Role::from("shared_mailbox_archivist")]).is_ok(), "a new role may give reading");
}
