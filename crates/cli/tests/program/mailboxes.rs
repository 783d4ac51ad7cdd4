//! Shared and delegated mailboxes from the shell.

use std::time::Duration;

use orglib_sandbox::Sandbox;
use orglib_testkit::ManualClock;
use serde_json::{Value, json};

use crate::support::{Answers, Service};

/// A sandbox whose tasks end when the test moves its clock.
fn service() -> (Service, ManualClock) {
    let clock = ManualClock::new();
    (Service::start(Sandbox::builder().users(20).clock(clock.shared())), clock)
}

fn json(service: &Service, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&service.stdout(&arguments)).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The exit code and what was said.
fn refused(service: &Service, arguments: &[&str]) -> (i32, String) {
    let output = service.orglib(arguments).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

const ADDRESS: &str = "sales@severny-most.example";

fn create(service: &Service) -> String {
    let made = json(service, &["mailboxes", "shared", "create", "--email", ADDRESS, "--name", "Продажи"]);
    text(&made["resource_id"])
}

#[test]
fn a_shared_mailbox_is_created_shown_updated_and_deleted_by_id_or_address() {
    let (service, _) = service();
    let id = create(&service);
    let shown = json(&service, &["mailboxes", "shared", "get", ADDRESS]);
    assert_eq!((&shown["id"], &shown["email"]), (&json!(id), &json!(ADDRESS)));
    let listed = json(&service, &["mailboxes", "shared", "list"]);
    assert!(
        listed
            .as_array()
            .unwrap()
            .contains(&json!({"resource_id": id, "email": ADDRESS, "name": shown["name"], "count": 0}))
    );
    let brief = json(&service, &["mailboxes", "shared", "list", "--brief"]);
    assert!(brief.as_array().unwrap().contains(&json!({"resource_id": id, "count": 0})));

    service.stdout(&["mailboxes", "shared", "update", &id, "--description", "Юг"]);
    service.stdout(&["mailboxes", "shared", "update", ADDRESS, "--name", "Сбыт"]);
    let shown = json(&service, &["mailboxes", "shared", "get", &id]);
    assert_eq!(
        (&shown["name"], &shown["description"]),
        (&json!("Сбыт"), &json!("Юг")),
        "what is not given stays"
    );

    let (code, said) = refused(&service, &["mailboxes", "shared", "delete", &id]);
    assert!(code == 2 && said.contains("--yes"), "{said}");
    let (code, said) = refused(&service, &["mailboxes", "shared", "delete", &id, "--dry-run"]);
    assert!(code == 0 && said.contains("would send DELETE"), "{said}");
    assert_eq!(service.stdout(&["mailboxes", "shared", "delete", &id, "--yes"]), "");
    assert_eq!(refused(&service, &["mailboxes", "shared", "get", &id]).0, 5);
    assert_eq!(refused(&service, &["mailboxes", "shared", "get", ADDRESS]).0, 5);
}

#[test]
fn a_mailbox_that_cannot_be_read_stays_in_the_list_and_is_named() {
    let list = r#"{"resources":[{"resourceId":"11","count":1},{"resourceId":"12"}],"total":2,"page":1,"perPage":100}"#;
    for (kind, read) in [
        ("shared", r#"{"id":"12","email":"info@example.org","name":"Info"}"#),
        ("delegated", r#"{"id":"12","email":"info@example.org","name":{"first":"Info"}}"#),
    ] {
        // 11 is asked for by its id, too: there is no answer to that.
        let lists = [("/12", read), ("?", list)];
        let server = Answers::serve(Box::leak(Box::new(lists)));
        let output = server.orglib(&["mailboxes", kind, "list", "--format", "json"]).assert().code(7);
        let output = output.get_output();
        let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
        let expected = json!([
            {"resource_id": "11", "email": null, "name": null, "count": 1},
            {"resource_id": "12", "email": "info@example.org", "name": "Info", "count": null},
        ]);
        assert_eq!(rows, expected);
        let said = String::from_utf8(output.stderr.clone()).unwrap();
        assert!(said.contains("404") && said.contains("1 mailboxes could not be read"), "{said}");
    }
}

#[test]
fn a_right_is_granted_and_revoked_and_both_lists_show_it() {
    let (service, clock) = service();
    let (mailbox, who) = (create(&service), service.email(9));
    let change = |arguments: &[&str]| {
        let started = json(
            &service,
            &[&["mailboxes", "access"], arguments, &["--notify", "none", "--no-wait"]].concat(),
        );
        assert_eq!(started["status"], "running");
        let task = text(&started["task_id"]);
        assert_eq!(json(&service, &["mailboxes", "access", "task", &task])["status"], "running");
        clock.advance(Duration::from_secs(1));
        // Over by now: the first poll ends the wait.
        assert_eq!(json(&service, &["mailboxes", "access", "task", &task, "--wait"])["status"], "complete");
    };
    let roles = json!(["sender", "imap_admin"]);
    for grant in [
        &["grant", "--role", "sender", "--role", "imap_admin", ADDRESS, &who][..],
        &["grant", ADDRESS, &who, "--role", "sender", "imap_admin"],
        &["grant", "--role", "sender,imap_admin", &mailbox, &who],
    ] {
        change(grant);
        let actors = json(&service, &["mailboxes", "access", "list", "--mailbox", &mailbox]);
        assert_eq!((&actors[0]["roles"], &actors[0]["email"]), (&roles, &json!(who)), "{grant:?}");
        change(&["revoke", &mailbox, &who, "--yes"]);
    }
    change(&["grant", ADDRESS, &who, "--role", "sender", "imap_admin"]);
    let reached = json(&service, &["mailboxes", "access", "list", "--user", &who]);
    assert_eq!(
        reached,
        json!([{"resource_id": mailbox, "email": ADDRESS, "type": "shared", "roles": roles}])
    );

    change(&["revoke", &mailbox, &who, "--yes"]);
    assert_eq!(json(&service, &["mailboxes", "access", "list", "--mailbox", ADDRESS]), json!([]));
    assert_eq!(json(&service, &["mailboxes", "access", "list", "--user", &who]), json!([]));
}

#[test]
fn delegation_is_switched_on_and_off() {
    let (service, clock) = service();
    let (owner, actor) = (service.email(9), service.email(11));
    let id = text(&json(&service, &["mailboxes", "delegated", "enable", &owner])["resource_id"]);
    let listed = |more: &[&str]| {
        let list = json(&service, &[&["mailboxes", "delegated", "list"][..], more].concat());
        list.as_array().unwrap().iter().find(|mailbox| mailbox["resource_id"] == id.as_str()).cloned()
    };
    let is_listed = || listed(&["--brief"]).is_some();
    assert_eq!(listed(&["--brief"]).unwrap(), json!({"resource_id": id, "count": 0}));
    assert_eq!(listed(&[]).unwrap()["email"], owner);
    service.stdout(&["mailboxes", "access", "grant", &owner, &actor, "--role", "owner", "--no-wait"]);
    clock.advance(Duration::from_secs(1));
    let reached = json(&service, &["mailboxes", "access", "list", "--user", &actor]);
    assert_eq!(reached[0]["type"], "delegated");
    service.stdout(&["mailboxes", "delegated", "disable", &owner, "--yes"]);
    assert!(!is_listed());
}

#[test]
fn what_cannot_be_done_has_its_code_and_says_what_to_do() {
    let (service, clock) = service();
    let (mailbox, who) = (create(&service), service.email(9));
    let requests = service.sandbox.stats().requests;
    let before_sending: [(&[&str], &str); 8] = [
        (&["mailboxes", "access", "grant", ADDRESS, &who, "--role", "half_sender"], "lets its holder read"),
        (&["mailboxes", "access", "grant", ADDRESS, &who, "--role", "king"], "imap_admin"),
        (&["mailboxes", "shared", "create", "--email", "info", "--name", "Info"], "info@example.org"),
        (&["mailboxes", "access", "grant", ADDRESS, &who], "--role"),
        (&["mailboxes", "access", "grant", ADDRESS, "anna", "--role", "owner"], "e-mail address"),
        (&["mailboxes", "access", "list"], "--mailbox"),
        (&["mailboxes", "shared", "update", &mailbox], "--name"),
        (&["mailboxes", "shared", "create", "--email", ADDRESS], "--name"),
    ];
    for (arguments, says) in before_sending {
        let (code, said) = refused(&service, arguments);
        assert!(code == 2 && said.contains(says), "{arguments:?}: {code} {said}");
    }
    assert_eq!(service.sandbox.stats().requests, requests, "nothing was sent");

    let refusals: [(&[&str], i32, &str); 6] = [
        (&["mailboxes", "access", "grant", ADDRESS, "7", "--role", "owner"], 5, "User 7 not found"),
        (&["mailboxes", "access", "grant", "7", &who, "--role", "owner"], 5, "Mailbox 7 not found"),
        (
            &["mailboxes", "access", "grant", "no@severny-most.example", &who, "--role", "owner"],
            5,
            "no mailbox",
        ),
        (&["mailboxes", "access", "task", "nothing"], 5, "Task not found"),
        (
            &["mailboxes", "shared", "create", "--email", "a@elsewhere.example", "--name", "Юг"],
            1,
            "connected domain",
        ),
        (&["mailboxes", "shared", "list", "--org", "5"], 4, "organisation id"),
    ];
    for (arguments, code, says) in refusals {
        let (exit, said) = refused(&service, arguments);
        assert!(exit == code && said.contains(says), "{arguments:?}: {exit} {said}");
    }

    let dry = ["mailboxes", "access", "grant", &mailbox, &who, "--role", "owner", "--dry-run"];
    assert_eq!(service.stdout(&dry), "");
    assert_eq!(service.sandbox.stats().requests_of("MailboxService_Set"), 2, "those that were refused");

    let grant = ["mailboxes", "access", "grant", &mailbox, &who, "--role", "owner", "--no-wait"];
    let task = text(&json(&service, &grant)["task_id"]);
    service.stdout(&["mailboxes", "shared", "delete", &mailbox, "--yes"]);
    clock.advance(Duration::from_secs(1));
    let (exit, said) = refused(&service, &["mailboxes", "access", "task", &task, "--wait"]);
    assert!(exit == 1 && said.contains("ended in an error") && said.contains(&task), "{said}");
}
