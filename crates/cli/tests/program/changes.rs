//! People, departments and groups, as an administrator makes and changes them.

use serde_json::Value;

use crate::support::Service;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

const ZOYA: [&str; 11] = [
    "users",
    "create",
    "zoya",
    "--department-id",
    "1",
    "--name.first",
    "Zoya",
    "--name.last",
    "Kim",
    "--format",
    "json",
];

fn made(service: &Service, more: &[&str]) -> (String, String) {
    let output = service.orglib(&[&ZOYA[..], more].concat()).assert().success().get_output().clone();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn an_employee_is_made_blocked_and_deleted() {
    let service = Service::small();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password.txt");
    let (shown, said) = made(&service, &["--generate-password", file.to_str().unwrap()]);
    assert_eq!(json(&shown)["nickname"], "zoya");
    let password = std::fs::read_to_string(&file).unwrap();
    assert_eq!(password.trim_end().len(), 20);
    assert!(!shown.contains(password.trim_end()) && !said.contains(password.trim_end()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let address = json(&shown)["email"].as_str().unwrap().to_owned();

    let again = service.orglib(&[&ZOYA[..], &["--generate-password", "-"]].concat()).assert().code(1);
    let said = String::from_utf8(again.get_output().stderr.clone()).unwrap();
    assert!(said.contains("users create (UserService_Create)"), "{said}");

    for (line, why) in [
        (&["users", "disable", &address][..], "Block an employee"),
        (&["users", "delete", &address], "Delete an employee"),
        (&["users", "update", &address, "--password-file", file.to_str().unwrap()], "Change an employee"),
        (&["users", "update", &address, "--is-admin"], "Change an employee"),
    ] {
        let refused = service.orglib(line).assert().code(2).get_output().stderr.clone();
        let said = String::from_utf8(refused).unwrap();
        assert!(said.contains(why) && said.contains("--yes"), "{said}");
    }
    service.orglib(&["users", "disable", &address, "--yes"]).assert().success();
    assert_eq!(json(&service.stdout(&["users", "get", &address, "--format", "json"]))["is_enabled"], false);
    service.orglib(&["users", "enable", &address]).assert().success();
    service.orglib(&["users", "update", &address, "--position", "Clerk"]).assert().success();
    let shown = json(&service.stdout(&["users", "get", &address, "--format", "json"]));
    assert_eq!((&shown["is_enabled"], &shown["position"]), (&true.into(), &"Clerk".into()));
    service.orglib(&["users", "delete", &address, "--yes"]).assert().success();
    service.orglib(&["users", "get", &address]).assert().code(5);
}

#[test]
fn a_password_is_hidden_in_a_dry_run_and_nothing_is_written_then() {
    let service = Service::small();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password.txt");
    let path = file.to_str().unwrap();
    let dry = service.orglib(&[&ZOYA[..], &["--generate-password", path, "--dry-run"]].concat());
    let said = String::from_utf8({ dry }.assert().success().get_output().stderr.clone()).unwrap();
    assert!(said.contains("\"password\":\"…\""), "{said}");
    assert!(!file.exists());
    std::fs::write(&file, "there").unwrap();
    let there = service.orglib(&[&ZOYA[..], &["--generate-password", path]].concat()).assert().code(2);
    assert!(String::from_utf8(there.get_output().stderr.clone()).unwrap().contains("it is there already"));
    service.orglib(&ZOYA).assert().code(2);
}

#[test]
fn members_of_many_kinds_come_and_go() {
    let service = Service::small();
    let group = json(&service.stdout(&["groups", "create", "Crew", "--label", "crew", "--format", "json"]));
    let id = group["id"].to_string();
    let id = id.trim_matches('"');
    let (anna, igor) = (service.email(1), service.email(2));
    let count = || {
        let shown = json(&service.stdout(&["groups", "members", "list", id, "--format", "json"]));
        shown.as_array().unwrap().len()
    };
    let added = service.stdout(&["groups", "members", "add", id, &anna, "--format", "json"]);
    assert_eq!(json(&added)["added"], true);
    service.orglib(&["groups", "members", "add", id, &igor, &anna, "--department", "1"]).assert().success();
    assert_eq!(count(), 3);
    service.orglib(&["groups", "members", "add", id]).assert().code(2);
    service.orglib(&["groups", "members", "remove", id, &anna]).assert().code(2);
    let gone = service.stdout(&["groups", "members", "remove", id, &anna, "--yes", "--format", "json"]);
    assert_eq!(json(&gone)["deleted"], true);
    service.orglib(&["groups", "members", "remove", id, "--department", "1", "--yes"]).assert().success();
    assert_eq!(count(), 1);
    service.orglib(&["groups", "delete", "crew@severny-most.example", "--yes"]).assert().success();
}
