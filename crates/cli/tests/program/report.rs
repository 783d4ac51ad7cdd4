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

    let narrow = service.sandbox.issue(Grant::administrator().scopes(["directory:read_users"]));
    let mut command = service.orglib(&["report", "forwarding", "--format", "csv"]);
    let said = command.env("ORGLIB_TOKEN", narrow).assert().code(7).get_output().stderr.clone();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains(&one) && said.contains("ya360_admin:mail_read_user_settings"), "{said}");
}
