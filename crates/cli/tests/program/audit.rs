//! `orglib audit`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Service, records};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn events_of_a_period_are_listed_by_type_and_by_person() {
    let service = Service::small();
    let all = lines(&service.stdout(&["audit", "events", "list"]));
    assert_eq!(all.len(), 280);
    let recent = lines(&service.stdout(&["audit", "events", "list", "--since", "30d"]));
    assert!(!recent.is_empty() && recent.len() < all.len());
    assert_eq!(recent, all[..recent.len()], "the newest come first");

    let types = ["id_cookie.set", "disk_fs-rm"];
    let of_types =
        service.stdout(&["audit", "events", "list", "--type", types[0], types[1], "--until", "1s"]);
    let seen: BTreeSet<_> =
        lines(&of_types).iter().map(|item| item["event"]["type"].as_str().unwrap().to_owned()).collect();
    assert_eq!(seen, types.map(str::to_owned).into());

    let email = service.email(0);
    let of_one = lines(&service.stdout(&["audit", "events", "list", "--user", &email]));
    let login = email.split('@').next().unwrap();
    assert!(!of_one.is_empty() && of_one.iter().all(|item| item["user_login"] == login));
    let rest = lines(&service.stdout(&["audit", "events", "list", "--exclude-user", &email]));
    assert_eq!(of_one.len() + rest.len(), all.len());
}

#[test]
fn the_older_logs_are_listed_by_type_too() {
    let service = Service::small();
    for (log, kind) in [("mail", "message_copy"), ("disk", "fs-trash-drop-all")] {
        let all = lines(&service.stdout(&["audit", log, "list"]));
        let chosen = lines(&service.stdout(&["audit", log, "list", "--type", kind]));
        let expected: Vec<_> = all.iter().filter(|item| item["event_type"] == kind).cloned().collect();
        assert!(!chosen.is_empty() && chosen == expected, "{log}");
    }
}

#[test]
fn a_period_that_ends_before_it_begins_is_no_empty_log() {
    let service = Service::small();
    let requests = service.sandbox.stats().requests;
    for log in ["events", "mail", "disk"] {
        let arguments = ["audit", log, "list", "--since", "today", "--until", "yesterday"];
        let output = service.orglib(&arguments).assert().code(2).stdout("");
        let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert!(said.contains("is not before --until"), "{said}");
    }
    assert_eq!(service.sandbox.stats().requests, requests, "nothing was sent");
}

#[test]
fn a_service_that_nobody_knows_is_said_with_the_one_that_looks_alike() {
    let service = Service::small();
    let output = service.orglib(&["audit", "events", "list", "--service", "Deskop"]).assert().code(1);
    let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(said.contains("Deskop is no known service; did you mean Desktop?"), "{said}");
}

#[test]
fn a_type_that_nobody_knows_is_asked_for_and_said() {
    let service = Service::small();
    for (log, kind, nearest) in [
        ("events", "disk_fs-set-publc", "disk_fs-set-public"),
        ("disk", "fs-trash-drop-al", "fs-trash-drop-all"),
    ] {
        let output = service.orglib(&["audit", log, "list", "--type", kind]).assert().success();
        let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert!(said.contains(kind) && said.contains(nearest) && said.lines().count() == 1, "{log}: {said}");
        let output = service.orglib(&["audit", log, "list", "--type", nearest, kind, "--quiet"]).assert();
        assert!(output.success().get_output().stderr.is_empty(), "{log}");
    }
}

#[test]
fn what_an_event_tells_beside_its_fields_is_one_cell() {
    let service = Service::small();
    let columns = "event_type,event_meta,user_name";
    let csv = service.stdout(&["audit", "events", "list", "--format", "csv", "--columns", columns]);
    let rows = records(&csv);
    let meta = |kind: &str| -> Value {
        let row = rows.iter().find(|row| row[0] == kind).unwrap();
        serde_json::from_str(&row[1]).unwrap()
    };
    assert_eq!(meta("disk_fs-set-public")["public_rights"]["macros"], "employees");
    assert_eq!(meta("telemost_conference.peer.joined")["role"], "participant");
}

#[test]
fn what_cannot_be_asked_for_is_refused_with_the_accepted_form() {
    let service = Service::small();
    let cases: [(&[&str], &str); 6] = [
        (&["events", "list", "--since", "tomorrow"], "2024-01-31T23:59:59Z"),
        (&["mail", "list", "--until", "31.01.2024"], "30d"),
        (&["events", "list", "--since", "1d", "--until", "2d"], "2024-01-31T23:59:59Z"),
        (&["disk", "list", "--since", "2024-02-01T00:00:00Z", "--until", "2024-01-01T00:00:00Z"], "--until"),
        (&["events", "list", "--user", "nobody"], "e-mail"),
        (&["events", "list", "--user", "1", "--exclude-user", "2"], "--exclude-user"),
    ];
    for (arguments, complaint) in cases {
        let output = service.orglib(&[&["audit"], arguments].concat()).assert().code(2).get_output().clone();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(complaint) && said.lines().count() == 1, "{arguments:?}: {said}");
    }
    assert_eq!(service.sandbox.stats().requests, 0);
}

#[test]
fn many_people_cost_one_reading_of_their_list() {
    let service = Service::small();
    let people = [1, 2, 3].map(|place| service.email(place)).join(",");
    let before = service.sandbox.stats().requests;
    for log in ["events", "mail", "disk"] {
        let before = service.sandbox.stats().requests;
        service.stdout(&["audit", log, "list", "--since", "1d", "--user", &people]);
        let events = service.sandbox.stats().requests;
        service.stdout(&["audit", log, "list", "--since", "1d", "--user", "1130000000000001"]);
        let with_ids = service.sandbox.stats().requests - events;
        assert!(events - before <= with_ids + 1, "{log}: {} for {with_ids}", events - before);
    }
    assert!(service.sandbox.stats().requests > before);
}
