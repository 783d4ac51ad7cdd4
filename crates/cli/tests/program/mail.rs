//! Lists of mail that are only replaced whole.

use std::fs;

use serde_json::Value;

use crate::support::Service;

const RULE: &str = r#"{"actions":[{"action":"drop"}],"condition":{"from":{"$contains":"@spam.example"}},
    "scope":{"direction":"inbound"},"terminal":true}"#;

fn json(service: &Service, arguments: &[&str]) -> Value {
    serde_json::from_str(&service.stdout(&[arguments, &["--format", "json"]].concat())).unwrap()
}

fn refused(service: &Service, arguments: &[&str], code: i32) -> String {
    let output = service.orglib(arguments).assert().code(code).get_output().stderr.clone();
    String::from_utf8(output).unwrap()
}

#[test]
fn one_entry_comes_and_goes_and_the_others_stay() {
    let service = Service::small();
    let list = || json(&service, &["mail", "allow-list", "get"])["allow_list"].clone();
    service.stdout(&["mail", "allow-list", "replace", "77.88.54.0/23", "--yes"]);
    assert_eq!(refused(&service, &["mail", "allow-list", "add", "2a02:6b8::/32"], 2).lines().count(), 1);
    service.stdout(&["mail", "allow-list", "add", "2a02:6b8::/32", "77.88.54.0/23", "--yes"]);
    assert_eq!(list(), serde_json::json!(["77.88.54.0/23", "2a02:6b8::/32"]));
    assert!(
        refused(&service, &["mail", "allow-list", "remove", "10.0.0.1", "--yes"], 5)
            .contains("not on the list")
    );
    service.stdout(&["mail", "allow-list", "remove", "77.88.54.0/23", "--yes"]);
    assert_eq!(list(), serde_json::json!(["2a02:6b8::/32"]));

    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("rule.json");
    fs::write(&file, RULE).unwrap();
    let file = file.to_str().unwrap();
    let rules = || json(&service, &["mail", "rules", "get"])["rules"].as_array().unwrap().clone();
    let before = rules();
    service.stdout(&["mail", "rules", "add", "--body-file", file, "--at", "1", "--yes"]);
    let now = rules();
    assert_eq!((now.len(), &now[1..]), (before.len() + 1, &before[..]));
    assert_eq!(now[0]["actions"][0]["action"], "drop");
    assert!(
        refused(&service, &["mail", "rules", "add", "--body-file", file, "--at", "99"], 2)
            .contains("--at 99")
    );
    assert!(refused(&service, &["mail", "rules", "remove", "99"], 5).contains("there is no rule 99"));
    let said = refused(&service, &["mail", "rules", "remove", "1"], 2);
    assert!(said.contains("@spam.example"), "the question shows the rule: {said}");
    service.stdout(&["mail", "rules", "remove", "1", "--yes"]);
    assert_eq!(rules(), before);
}

#[test]
fn a_list_that_somebody_has_changed_meanwhile_is_not_written_over() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let (seen, edited, rule) = (path("seen.yaml"), path("edited.yaml"), path("rule.json"));
    service.stdout(&["mail", "rules", "get", "--output", &seen]);
    fs::copy(&seen, &edited).unwrap();
    let replace = ["mail", "rules", "replace", "--body-file", &edited, "--if-unchanged", &seen, "--yes"];
    service.orglib(&replace).assert().success();

    fs::write(&rule, RULE).unwrap();
    service.stdout(&["mail", "rules", "add", "--body-file", &rule, "--yes"]);
    let now = service.stdout(&["mail", "rules", "get", "--format", "json"]);
    let said = refused(&service, &replace, 1);
    assert!(said.contains("nothing was sent") && said.contains("read it again"), "{said}");
    assert_eq!(service.stdout(&["mail", "rules", "get", "--format", "json"]), now);

    fs::write(&rule, "no: [list").unwrap();
    let broken = ["mail", "rules", "replace", "--body-file", &edited, "--if-unchanged", &rule, "--yes"];
    assert!(refused(&service, &broken, 2).contains("--if-unchanged"));
    let tried = ["mail", "rules", "replace", "--body-file", &edited, "--dry-run"];
    let said =
        String::from_utf8(service.orglib(&tried).assert().success().get_output().stderr.clone()).unwrap();
    assert!(said.contains("entries take the place of"), "{said}");
}
