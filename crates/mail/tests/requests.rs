//! What is asked where the documents do not say it all.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use orglib_core::{ErrorKind, Operation};
use orglib_mail::{
    CreateSharedMailbox, DeleteSharedMailbox, EnableDelegation, MailboxId, OrgId, SetAccess,
    UpdateSharedMailbox, UserId,
    model::{Role, RoleList, SharedMailboxUpdate},
};
use orglib_testkit::encode;

const ORG: OrgId = OrgId::new(7).unwrap();
const USER: UserId = UserId::new(1_130_000_000_000_001).unwrap();
const MAILBOX: MailboxId = MailboxId::new(2_260_000_054_273_165).unwrap();

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
    let new = |email: &str, name: &str| encode(&CreateSharedMailbox::new(ORG, email, name, ""));
    let addresses =
        ["", "info", "@example.org", "info@", "in fo@example.org"].map(|email| new(email, "Info"));
    for refused in addresses.into_iter().chain(["", "I"].map(|name| new("info@example.org", name))) {
        let error = refused.unwrap_err();
        assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Build, false), "{error}");
    }
    assert!(new("info@example.org", "Ы2").is_ok());
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
