//! Whether what is set up works.

use orglib_sandbox::Grant;
use serde_json::Value;

use crate::support::{Service, orglib};

fn rows(text: &[u8]) -> Vec<Value> {
    serde_json::from_slice::<Value>(text).unwrap().as_array().unwrap().clone()
}

#[test]
fn a_token_that_may_do_all_is_well_and_one_that_may_little_is_told_what_it_lacks() {
    let service = Service::small();
    let doctor = |token: Option<String>| {
        let mut command = service.orglib(&["doctor", "--format", "json"]);
        command.env("ORGLIB_LOGIN_URL", &service.url);
        if let Some(token) = token {
            command.env("ORGLIB_TOKEN", token);
        }
        command.assert().success().get_output().clone()
    };
    let all = rows(&doctor(None).stdout);
    assert!(all.len() > 35, "{}", all.len());
    assert!(all.iter().all(|row| row["state"] == "ok"), "{all:#?}");
    assert!(
        all.iter().any(|row| row["what"] == "users list"
            && row["detail"].as_str().unwrap().contains("directory:read_users"))
    );

    let before = service.sandbox.stats().requests;
    let little = service.sandbox.issue(Grant::administrator().scopes([
        "directory:read_users",
        "login:info",
        "directory:read_organization",
    ]));
    let output = doctor(Some(little));
    let told = rows(&output.stdout);
    let state = |what: &str| told.iter().find(|row| row["what"] == what).unwrap()["state"].clone();
    assert_eq!((state("users list"), state("groups list")), ("ok".into(), "not_permitted".into()));
    assert!(String::from_utf8(output.stderr).unwrap().contains("reads are not permitted"));
    assert!(service.sandbox.stats().requests > before);
}

#[test]
fn a_wrong_token_and_a_foreign_organisation_are_said_at_once() {
    let service = Service::small();
    let doctor = || {
        let mut command = service.orglib(&["doctor", "--format", "json"]);
        command.env("ORGLIB_LOGIN_URL", &service.url);
        command
    };
    doctor().env("ORGLIB_TOKEN", "wrong").assert().code(3);
    let foreign = doctor().env("ORGLIB_ORG_ID", "77").assert().code(7).get_output().clone();
    let told = rows(&foreign.stdout);
    let chosen = told.iter().find(|row| row["what"] == "chosen").unwrap();
    assert_eq!(chosen["detail"], "77 is none of these");
    orglib(&["doctor"]).assert().code(2);
}
