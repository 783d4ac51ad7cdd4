//! Calls by path, and the way to the services.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Answers, Service, orglib};

fn said(output: &std::process::Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn fields_are_a_body_and_of_a_get_a_query() {
    let service = Service::small();
    let path = "/admin/v1/org/{org_id}/mailboxes/shared";
    let fields = ["-f", "email=api@severny-most.example", "-f", "name=Api", "-F", "description=\"\""];
    let made = service.stdout(&[&["api", "PUT", path][..], &fields].concat());
    assert!(serde_json::from_str::<Value>(&made).unwrap()["resourceId"].is_string(), "{made}");

    let dry = [
        "api",
        "POST",
        "/v1/x",
        "-q",
        "a=1",
        "-f",
        "name.first=Anna",
        "-F",
        "ids[]=1",
        "-F",
        "ids[]=2",
        "-f",
        "password=geheim",
        "--dry-run",
    ];
    let output = service.orglib(&dry).assert().success().get_output().clone();
    let expected =
        r#"would send POST /v1/x?a=1 to cloud with {"ids":[1,2],"name":{"first":"Anna"},"password":"…"}"#;
    assert!(said(&output).contains(expected), "{}", said(&output));

    let one = service.stdout(&[
        "api",
        "GET",
        "/directory/v1/org/{org_id}/users",
        "-f",
        "perPage=1",
        "-q",
        "page=2",
    ]);
    assert_eq!(serde_json::from_str::<Value>(&one).unwrap()["users"].as_array().unwrap().len(), 1, "{one}");
    for arguments in [
        &["api", "POST", "/v1/x", "-F", "a=plain"][..],
        &["api", "GET", "/v1/{user_id}"],
        &["api", "GET", "/v1/x", "--host", "example"],
        &["api", "POST", "/v1/x", "-f", "a=1", "-f", "a.b=2"],
        &["api", "GET", "/v1/x", "--paginate"],
    ] {
        service.orglib(arguments).assert().code(2).stdout("");
    }
}

#[test]
fn a_list_is_read_to_its_end_by_its_path() {
    let service = Service::small();
    let path = "/directory/v1/org/{org_id}/groups";
    let lines = service.stdout(&["api", "GET", path, "--paginate"]);
    let whole: Vec<Value> =
        serde_json::from_str(&service.stdout(&["api", "GET", path, "--paginate", "--format", "json"]))
            .unwrap();
    let listed = service.stdout(&["groups", "list"]);
    assert_eq!(lines.lines().count(), listed.lines().count());
    assert_eq!(whole.len(), listed.lines().count());
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first, whole[0]);
}

#[test]
fn a_create_whose_answer_is_lost_is_sent_once_by_its_path() {
    let server = Answers::serve(&[]);
    let path = "/admin/v1/org/{org_id}/mailboxes/shared";
    let put = ["api", "PUT", path, "-f", "email=a@b.ru", "-f", "name=Info", "-f", "description="];
    server.orglib(&put).env("ORGLIB_API360_URL", "http://127.0.0.1:1").assert().code(6);
    let output = server.orglib(&put).assert().code(5).get_output().clone();
    assert!(
        said(&output).contains("mailboxes shared create (MailboxService_CreateShared): 404"),
        "{}",
        said(&output)
    );
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn every_host_is_asked_with_credentials_that_fit() {
    let service = Service::small();
    let output = service.orglib(&["api", "GET", "/api/v1/Org/my", "--sandbox"]);
    let mut output = output;
    output.env_remove("ORGLIB_TOKEN").env_remove("ORGLIB_ORG_ID");
    let answer = output.assert().success().get_output().stdout.clone();
    assert!(String::from_utf8(answer).unwrap().contains("orgName"));
    service.stdout(&["api", "GET", "/info", "--sandbox"]);
}

#[test]
fn the_way_to_the_services_is_checked_before_anything_is_sent() {
    let directory = tempfile::tempdir().unwrap();
    let empty = directory.path().join("empty.pem");
    fs::write(&empty, "").unwrap();
    let (empty, missing) = (empty.to_str().unwrap(), directory.path().join("missing.pem"));
    let service = Service::small();
    service.sandbox.reset();
    for (arguments, variable, complaint) in [
        (&["--ca-file", empty][..], None, "no certificate"),
        (&["--ca-file", missing.to_str().unwrap()], None, "cannot be read"),
        (&[], Some(("ORGLIB_CA_FILE", missing.to_str().unwrap())), "cannot be read"),
        (&["--proxy", "not a proxy"], None, "http://proxy.example.org:3128"),
        (&[], Some(("ORGLIB_PROXY", "ftp://anna:geheim@proxy.example")), "http://proxy.example.org:3128"),
    ] {
        let mut command = service.orglib(&[&["users", "list"][..], arguments].concat());
        let output = command.envs(variable).assert().code(2).stdout("").get_output().clone();
        let said = said(&output);
        assert!(said.contains(complaint) && !said.contains("geheim"), "{arguments:?}: {said}");
    }
    assert_eq!(service.sandbox.stats().requests, 0);
    // A sandbox behind a proxy that is the sandbox: it is asked for whole addresses, and it is asked.
    let mut command = service.orglib(&["users", "list", "--proxy", &service.url]);
    command.env("ORGLIB_CLOUD_URL", "http://127.0.0.1:1").output().unwrap();
    assert!(service.sandbox.stats().requests > 0, "the proxy is asked");
}

#[test]
fn types_of_events_are_listed_with_what_they_mean() {
    let found =
        orglib(&["audit", "types", "PASSWORD", "--format", "jsonl"]).assert().success().get_output().clone();
    let found = String::from_utf8(found.stdout).unwrap();
    let rows: Vec<Value> = found.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let changed =
        json!({"log": "events", "type": "id_account.changed_password", "meaning": "Changed the password."});
    assert!(rows.contains(&changed), "{found}");
    let output = orglib(&["audit", "types", "user_creatd"]).assert().code(5).get_output().clone();
    assert!(said(&output).contains("did you mean ya360_b2bplatform_user_created?"), "{}", said(&output));

    let service = Service::small();
    let slip =
        ["audit", "events", "list", "--type", "qqqqqq", "--since", "yesterday", "--until", "2099-01-01"];
    let output = service.orglib(&slip).assert().success().get_output().clone();
    let told = said(&output);
    assert!(told.contains("`orglib audit types` lists them") && !told.contains("did you mean"), "{told}");
}
