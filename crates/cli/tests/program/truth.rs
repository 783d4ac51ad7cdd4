//! Servers that misbehave: what came is never taken for what there is.

use std::fs;

use crate::support::Answers;

#[test]
fn an_answer_that_loses_everybody_is_no_empty_organisation() {
    for answers in [
        &[("users", r#"{"total":3,"limit":1000,"offset":0,"users":[{"id":1}]}"#)][..],
        &[("users", r#"{"items":null,"total":3}"#)],
        &[("users", r#"{"items":[{"id":1}],"total":3,"limit":1000,"offset":0}"#)],
        &[("offset=1", r#"{"items":[],"total":3}"#), ("users", r#"{"items":[{"id":1}],"total":3}"#)],
    ] {
        let server = Answers::serve(answers);
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("out.csv");
        for command in [["exposure"].as_slice(), &["users", "list"]] {
            let output = ["--output", file.to_str().unwrap()];
            let said =
                server.orglib(&[command, &output].concat()).assert().code(8).stdout("").get_output().clone();
            let said = String::from_utf8(said.stderr).unwrap();
            assert!(said.starts_with("orglib: users list (get-users): "), "{said}");
            assert_eq!(
                fs::read_dir(directory.path()).unwrap().count(),
                0,
                "no file under the final name: {said}"
            );
        }
    }
}

#[test]
fn a_page_that_comes_again_leaves_no_file() {
    let page = r#"{"items":[{"event":{"type":"id_cookie.set"}}],"iteration_key":"again"}"#;
    let server = Answers::serve(Box::leak(Box::new([("events", page)])));
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("events.jsonl");
    let arguments = ["audit", "events", "list", "--output", file.to_str().unwrap()];
    let said = server.orglib(&arguments).assert().code(8).get_output().clone();
    let said = String::from_utf8(said.stderr).unwrap();
    assert!(said.contains("same page twice") && said.contains("not the whole list"), "{said}");
    assert!(!file.exists());
}

#[test]
fn a_group_by_address_is_the_one_that_answers_to_it_and_no_other() {
    let administrators = r#"{"items":[{"id":3,"name":"Administrators","email":"admins@example.org"},
        {"id":4,"name":"All","email":"all@example.org"}],"total":2,"limit":1000,"offset":0}"#;
    let server = Answers::serve(Box::leak(Box::new([("groups", administrators)])));
    let add = |group: &str| server.orglib(&["groups", "members", "add", group, "7"]);
    add("sales@example.org").assert().code(5);
    assert!(
        server.asked().iter().all(|line| line.starts_with("GET ")),
        "nobody was added: {:?}",
        server.asked()
    );

    let twins = r#"{"items":[{"id":3,"email":"all@example.org"},{"id":4,"aliases":["ALL@example.org"]}],
        "total":2,"limit":1000,"offset":0}"#;
    let server = Answers::serve(Box::leak(Box::new([("groups", twins)])));
    let output = server
        .orglib(&["groups", "members", "add", "all@example.org", "7"])
        .assert()
        .code(1)
        .get_output()
        .clone();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("several groups answer to all@example.org: 3 and 4; give the id"), "{said}");
    assert!(server.asked().iter().all(|line| line.starts_with("GET ")));
}

#[test]
fn what_the_service_does_not_say_is_empty_and_never_false() {
    let user = r#"{"items":[{"id":1,"email":"a@example.org"}],"total":1,"limit":1000,"offset":0}"#;
    let server = Answers::serve(Box::leak(Box::new([("users", user)])));
    let columns = ["--columns", "id,is_admin,is_robot,is_dismissed", "--format", "csv"];
    let output =
        server.orglib(&[&["users", "list"][..], &columns].concat()).assert().success().get_output().clone();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().nth(1), Some("1,,,"));
}
