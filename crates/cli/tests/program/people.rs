//! Contacts, members and two-factor sign-in from the shell.

use serde_json::{Value, json};

use crate::support::Service;

fn json(service: &Service, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&service.stdout(&arguments)).unwrap()
}

fn entered(contacts: &Value) -> Vec<(&str, &str)> {
    let contacts = contacts.as_array().unwrap().iter().filter(|contact| contact["synthetic"] == false);
    contacts.map(|contact| (contact["type"].as_str().unwrap(), contact["value"].as_str().unwrap())).collect()
}

#[test]
fn contacts_are_added_replaced_and_deleted() {
    let service = Service::small();
    let who = service.email(3);
    let replaced = json(&service, &["users", "contacts", "add", &who, "phone=+7 1", "--replace"]);
    assert_eq!(entered(&replaced), [("phone", "+7 1")]);
    let added = json(&service, &["users", "contacts", "add", &who, "site=https://a.example", "phone=+7 1"]);
    assert_eq!(entered(&added), [("phone", "+7 1"), ("site", "https://a.example")]);
    assert_eq!(json(&service, &["users", "contacts", "list", &who]), added);
    service.orglib(&["users", "contacts", "delete", &who]).assert().code(2);
    assert_eq!(service.stdout(&["users", "contacts", "delete", &who, "--yes"]), "");
    assert!(entered(&json(&service, &["users", "contacts", "list", &who])).is_empty());
    service.orglib(&["users", "contacts", "add", &who, "fax=1"]).assert().code(2);
    service.orglib(&["users", "contacts", "add", "7", "phone=1"]).assert().code(5);
}

#[test]
fn a_member_is_added_to_a_group() {
    let service = Service::small();
    let who = service.email(3);
    let added = json(&service, &["groups", "members", "add", "4", &who]);
    assert_eq!((&added["type"], &added["added"]), (&json!("user"), &json!(true)));
    let members = json(&service, &["groups", "members", "list", "4"]);
    assert_eq!(members[0]["email"], who.as_str());
    service.orglib(&["groups", "members", "add", "4", "7"]).assert().code(5);
    service.orglib(&["groups", "members", "add", "4", "anna"]).assert().code(2);
}

#[test]
fn the_state_of_two_factor_sign_in_and_the_number_of_employees_are_shown() {
    let service = Service::small();
    let state = json(&service, &["users", "two-factor", "get", &service.email(0)]);
    assert_eq!((&state["has_2fa"], &state["has_security_phone"]), (&json!(true), &json!(true)));
    service.orglib(&["users", "two-factor", "get", "7"]).assert().code(5);
    assert_eq!(json(&service, &["users", "list", "--count"]), json!({"total": 20}));
}

#[test]
fn a_method_with_two_homes_is_asked_at_either() {
    let service = Service::small();
    let ids = |more: &[&str]| {
        let line = [&["users", "list", "--format", "csv", "--columns", "id"], more].concat();
        let mut ids: Vec<_> = service.stdout(&line).lines().map(str::to_owned).collect();
        ids.sort();
        ids
    };
    service.sandbox.reset();
    let legacy = ids(&["--generation", "legacy"]);
    assert_eq!(service.sandbox.stats().requests_of("UserService_List"), 1);
    assert_eq!(legacy, ids(&["--generation", "current"]));
    let operations = service.stdout(&["operations", "--format", "csv"]);
    assert!(operations.contains("users list --generation legacy"), "{operations}");
    service.orglib(&["users", "create", "zoya", "--generation", "legacy"]).assert().code(2);
}

#[test]
fn a_record_is_ensured_and_removed_by_what_it_is() {
    let service = Service::small();
    let domains = service.stdout(&["domains", "list", "--format", "csv", "--columns", "name"]);
    let domain = domains.lines().nth(1).unwrap();
    let texts = || {
        let records = service.stdout(&[
            "domains",
            "dns",
            "list",
            domain,
            "--format",
            "csv",
            "--columns",
            "type,name,text",
        ]);
        records.lines().filter(|line| line.starts_with("TXT,_acme-challenge")).count()
    };
    let record = |verb| ["domains", "dns", verb, domain, "_acme-challenge", "txt", "token"];
    for said in ["added", "it is there already"] {
        let output = service.orglib(&record("ensure")).assert().success().get_output().stderr.clone();
        assert!(String::from_utf8(output).unwrap().contains(said));
        assert_eq!(texts(), 1);
    }
    service.stdout(&["domains", "dns", "ensure", domain, "_acme-challenge", "TXT", "other"]);
    service.orglib(&record("remove")).assert().code(2);
    service.orglib(&[&record("remove")[..], &["--yes"]].concat()).assert().success();
    assert_eq!(texts(), 1, "the other one stays");
    service.orglib(&[&record("remove")[..], &["--yes"]].concat()).assert().code(5);
    service.stdout(&["domains", "dns", "ensure", domain, "mail", "MX", "10 mx.example.org"]);
    service.orglib(&["domains", "dns", "ensure", domain, "mail", "MX", "mx.example.org"]).assert().code(2);
    service.orglib(&["domains", "dns", "ensure", domain, "x", "CAA", "x"]).assert().code(2);
}
