//! Reports beside that of what is shared.

use orglib_sandbox::Grant;

use crate::support::{Service, records};

#[test]
fn every_letter_that_is_sent_on_is_found_and_who_cannot_be_read_is_named() {
    let service = Service::small();
    let (one, other) = (service.email(1), service.email(2));
    for (whose, to) in [(&one, other.as_str()), (&other, "thief@elsewhere.example")] {
        let line = [
            "mail",
            "forwards",
            "create",
            whose,
            "--forward.address",
            to,
            "--forward.rule-name",
            "r",
            "--forward.with-store",
            "--yes",
        ];
        service.orglib(&line).assert().success();
    }
    let report = |more: &[&str]| {
        let rows = records(
            &service.stdout(&[&["report", "forwarding", "--format", "csv", "--quiet"], more].concat()),
        );
        rows.into_iter().map(|row| (row[0].clone(), row[3].clone(), row[4].clone())).collect::<Vec<_>>()
    };
    let inside = (one.clone(), other.clone(), "true".to_owned());
    let outside = (other.clone(), "thief@elsewhere.example".to_owned(), "false".to_owned());
    assert_eq!(report(&["--outside"]), std::slice::from_ref(&outside));
    let all = report(&[]);
    assert!(all.contains(&inside) && all.contains(&outside) && all.len() == 2, "{all:?}");
}

const ALL: [&str; 8] = [
    "forwarding",
    "two-factor",
    "administrators",
    "inactive",
    "mailbox-access",
    "external-members",
    "service-applications",
    "sessions",
];

#[test]
fn every_report_says_what_the_service_does_not_tell_and_is_handed_over_in_every_form() {
    let service = Service::small();
    let folder = tempfile::tempdir().unwrap();
    for name in ALL {
        let csv =
            service.orglib(&["report", name, "--format", "csv"]).assert().success().get_output().clone();
        let (rows, said) =
            (records(&String::from_utf8(csv.stdout).unwrap()), String::from_utf8(csv.stderr).unwrap());
        assert!(said.contains("not tell") && said.contains("failures 0"), "{name}: {said}");
        assert!(said.contains(&format!("rows {}", rows.len())), "{name}: {said}");
        let quiet = service.orglib(&["report", name, "--quiet"]).assert().success().get_output().clone();
        assert!(quiet.stderr.is_empty(), "{name}");
        let lines = String::from_utf8(quiet.stdout).unwrap().lines().count();
        assert_eq!(lines, rows.len(), "{name}");
        for ending in ["html", "xlsx"] {
            let file = folder.path().join(format!("{name}.{ending}"));
            let line = ["report", name, "--output", file.to_str().unwrap()];
            service.orglib(&line).assert().success();
            let bytes = std::fs::read(&file).unwrap();
            assert!(
                bytes.starts_with(if ending == "html" { b"<!doctype" } else { b"PK\x03\x04\x14" }),
                "{name}"
            );
            if ending == "html" {
                let page = String::from_utf8(bytes).unwrap();
                assert!(page.contains("not tell") && page.contains("Everything was read"), "{name}");
            }
        }
    }
}

/// What each report reads besides lists of employees is forbidden to this token: none of them ends well, and each says
/// which scope it lacks.
#[test]
fn no_report_ends_well_where_the_token_may_not_read_what_it_is_of() {
    let service = Service::small();
    let narrow = service.sandbox.issue(Grant::administrator().scopes(["directory:read_users"]));
    for (name, code, scope) in [
        ("forwarding", 4, "ya360_admin:mail_read_user_settings"),
        ("two-factor", 7, "ya360_security:domain_2fa_write"),
        ("administrators", 7, "directory:read_groups"),
        ("inactive", 4, "ya360_data:read_reports"),
        ("mailbox-access", 4, "ya360_admin:mail_read_shared_mailbox_inventory"),
        ("external-members", 4, "directory:read_groups"),
        ("service-applications", 4, "ya360_security:service_applications_read"),
        ("sessions", 4, "ya360_security:read_auditlog"),
    ] {
        let mut command = service.orglib(&["report", name, "--format", "csv"]);
        let output = command.env("ORGLIB_TOKEN", &narrow).assert().code(code).get_output().clone();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(scope), "{name}: {said}");
    }
}

#[test]
fn gaps_come_first_in_a_page_and_stand_in_the_file_of_errors() {
    let service = Service::small();
    let narrow = service.sandbox.issue(Grant::administrator().scopes(["directory:read_users"]));
    let folder = tempfile::tempdir().unwrap();
    let (page, errors) = (folder.path().join("x.html"), folder.path().join("errors.csv"));
    let line =
        ["report", "two-factor", "--output", page.to_str().unwrap(), "--errors", errors.to_str().unwrap()];
    service.orglib(&line).env("ORGLIB_TOKEN", &narrow).assert().code(7);
    let page = std::fs::read_to_string(&page).unwrap();
    let first = page.split_once("\"lines\":[").unwrap().1;
    assert!(first.starts_with("\"NOT COMPLETE: 1 could not be read"), "{first:.200}");
    let errors = records(&std::fs::read_to_string(&errors).unwrap());
    assert_eq!(
        (errors.len(), errors[0][1].as_str(), errors[0][2].as_str()),
        (1, "Domain2FAV2Service_Get", "403")
    );
}

#[test]
fn what_is_left_out_by_an_option_is_said() {
    let service = Service::small();
    let all = records(&service.stdout(&["report", "two-factor", "--format", "csv", "--quiet"]));
    let output = service.orglib(&["report", "two-factor", "--without", "--active", "--format", "csv"]);
    let output = { output }.assert().success().get_output().clone();
    let rows = records(&String::from_utf8(output.stdout).unwrap());
    let expected = all.iter().filter(|row| row[4] != "true" && row[2] != "blocked" && row[2] != "dismissed");
    assert_eq!(rows, expected.cloned().collect::<Vec<_>>());
    assert!(!rows.is_empty() && rows.len() < all.len());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("rows {} of {}", rows.len(), all.len())), "{said}");
}

#[test]
fn a_report_is_taken_up_again_and_not_for_another() {
    let service = Service::small();
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("journal");
    let journal = journal.to_str().unwrap();
    let line = |name: &'static str| ["report", name, "--format", "csv", "--journal", journal, "--resume"];
    let first = service.stdout(&line("two-factor"));
    let kept = std::fs::read_to_string(journal).unwrap();
    // The plug is pulled before the last ten lines.
    let lines: Vec<_> = kept.lines().collect();
    std::fs::write(journal, lines[..lines.len() - 10].join("\n") + "\n").unwrap();
    let other = service.orglib(&line("mailbox-access")).assert().failure().get_output().stderr.clone();
    assert!(String::from_utf8(other).unwrap().contains("journal"), "of another report");
    let output = service.orglib(&line("two-factor")).assert().success().get_output().clone();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), first);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("were read earlier"), "{said}");
    service.orglib(&["report", "two-factor", "--output", journal, "--journal", journal]).assert().code(2);
}

#[test]
fn a_page_of_a_report_has_both_languages_and_a_workbook_the_one_that_is_asked_for() {
    let service = Service::small();
    let folder = tempfile::tempdir().unwrap();
    for name in ALL {
        let file = folder.path().join("x.html");
        service
            .orglib(&["report", name, "--lang", "ru", "--output", file.to_str().unwrap()])
            .assert()
            .success();
        let page = std::fs::read_to_string(&file).unwrap();
        assert!(page.contains("\"language\":\"ru\"") && page.contains("Everything was read"), "{name}");
        let (_, russian) = page.split_once("\"translations\":{\"ru\":{\"title\":").unwrap();
        let (russian, _) = russian.split_once("\"overview\"").unwrap();
        assert!(russian.contains("Прочитано всё") && russian.contains("не сообщает"), "{name}: {russian}");
        // What is said in Russian has no English in it but names.
        for word in [" the ", " not ", " of ", " are "] {
            assert!(!russian.contains(word), "{name}: {russian}");
        }
    }
}

/// The guide says what a token needs: with that each report is whole, and without any of it, it is not.
#[test]
fn the_scopes_that_the_guide_names_are_enough_and_none_is_too_many() {
    let service = Service::small();
    let guide =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../guide/src/reports.md")).unwrap();
    let rows = guide.lines().filter(|line| line.starts_with("| `"));
    let mut tried = 0;
    for row in rows {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let words: Vec<_> = cells[1].trim_matches('`').split(' ').collect();
        let scopes: Vec<_> = cells[2].split(", ").map(|scope| scope.trim_matches('`')).collect();
        let report = |scopes: Vec<&str>| {
            let token = service.sandbox.issue(Grant::administrator().scopes(scopes));
            let line = [&["report"], &words[..], &["--format", "csv", "--quiet"]].concat();
            service.orglib(&line).env("ORGLIB_TOKEN", token).output().unwrap()
        };
        let whole = report(scopes.clone());
        assert!(whole.status.success(), "{row}: {}", String::from_utf8_lossy(&whole.stderr));
        for left_out in &scopes {
            let fewer = report(scopes.iter().copied().filter(|scope| scope != left_out).collect());
            assert!(!fewer.status.success(), "{row}: {left_out} is not needed");
        }
        tried += 1;
    }
    assert_eq!(tried, ALL.len() + 1);
}

#[test]
fn a_time_that_is_yet_to_come_is_refused_before_anything_is_sent() {
    let service = Service::small();
    let before = service.sandbox.stats().requests;
    let output = service.orglib(&["report", "sessions", "--since", "2999-01-01"]).assert().code(2);
    let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(said.contains("the period ends before it begins"), "{said}");
    assert_eq!(service.sandbox.stats().requests, before);
}
