//! Exit codes, and what is said with them.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use crate::support::{Service, orglib};

/// Names and values.
type Variables<'a> = &'a [(&'a str, &'a str)];

/// The exit code, what was printed, and the one line that was said.
fn outcome(command: &mut assert_cmd::Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap(), said)
}

#[test]
fn every_failure_has_its_code_and_one_line_that_says_what_to_do() {
    let service = Service::small();
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let cases: [(&[&str], Variables<'_>, i32, &str); 10] = [
        (&["users", "list"], &[("ORGLIB_TOKEN", "wrong")], 3, "check the token"),
        (&["exposure"], &[("ORGLIB_TOKEN", "wrong")], 3, "check the token"),
        (&["users", "list", "--org", "5"], &[], 4, "organisation id"),
        (&["exposure", "--org", "5"], &[], 4, "organisation id"),
        (&["users", "get", "nobody@example.ru"], &[], 5, "check the address"),
        (&["users", "get", "999"], &[], 5, "check the id"),
        (&["organizations", "get", "999"], &[], 5, "organizations list"),
        (&["exposure", "--user", "nobody@example.ru"], &[], 5, "check the id or the address"),
        (&["exposure", "--timeout", "1"], &[("ORGLIB_CLOUD_URL", &closed)], 6, "check the network"),
        (&["api", "GET", "/directory/v1/nothing"], &[], 5, "check the id"),
    ];
    for (arguments, variables, code, advice) in cases {
        let (exit, printed, said) = outcome(service.orglib(arguments).envs(variables.iter().copied()));
        assert_eq!((exit, printed.as_str()), (code, ""), "{arguments:?}: {said}");
        assert!(said.starts_with("orglib: ") && said.contains(advice), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn what_cannot_be_used_is_refused_before_anything_is_sent() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let (missing, folder) = (path("missing/file"), path(""));
    fs::write(path("people.csv"), "email\nnobody\n").unwrap();
    fs::write(path("other.txt"), "not a journal\n").unwrap();
    let (people, other) = (path("people.csv"), path("other.txt"));
    let cases: [(&[&str], &str); 22] = [
        (&["exposure", "--rate", "0"], "--rate"),
        (&["exposure", "--concurrency", "0"], "--concurrency"),
        (&["exposure", "--timeout", "0"], "--timeout"),
        (&["exposure", "--org", "acme"], "--org"),
        (&["exposure", "--from-csv", &missing], "cannot be read"),
        (&["exposure", "--from-csv", &people], "line 2"),
        (&["exposure", "--output", &missing], "cannot be written"),
        (&["exposure", "--output", &folder], "cannot be written"),
        (&["exposure", "--errors", &missing], "cannot be written"),
        (&["exposure", "--journal", &missing], "journal"),
        (&["exposure", "--journal", &other], "journal"),
        (&["exposure", "--journal", &other, "--resume"], "no journal of this job"),
        (&["exposure", "--resume"], "--journal"),
        (&["exposure", "--output", &other, "--errors", &other], "same file"),
        (&["exposure", "--columns", "email,colour"], "no column `colour`"),
        (&["exposure", "--excel"], "--excel"),
        (&["exposure", "--user", "anna"], "e-mail address"),
        (&["exposure", "--user", "a@b.ru", "--department", "1"], "cannot be used with"),
        (&["exposure", "--token-file", &missing], "cannot be read"),
        (&["disk", "public", "settings", "--path", "/x"], "--user"),
        (&["api", "DELETE", "/v1/x"], "--yes"),
        (&["api", "GET", "v1/x"], "begins with"),
    ];
    service.sandbox.reset();
    for (arguments, complaint) in cases {
        let (exit, printed, said) = outcome(&mut service.orglib(arguments));
        assert_eq!((exit, printed.as_str()), (2, ""), "{arguments:?}: {said}");
        assert!(said.contains(complaint), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    for (variable, value) in [
        ("ORGLIB_CLOUD_URL", "not a url"),
        ("ORGLIB_API360_URL", "http://example.com"),
        ("ORGLIB_ORG_ID", "acme"),
        ("ORGLIB_TOKEN", ""),
        ("ORGLIB_TOKEN", "two words"),
        ("ORGLIB_PROFILE", "missing"),
    ] {
        let (exit, _, said) = outcome(service.orglib(&["exposure"]).env(variable, value));
        assert_eq!(exit, 2, "{variable}={value}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert_eq!(service.sandbox.stats().requests, 0);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 2, "nothing is left behind");
}

#[test]
fn a_line_that_cannot_be_understood_names_the_help_of_its_command() {
    for (line, said) in [
        ("nothing", "orglib: unrecognized subcommand 'nothing'; see `orglib --help`\n"),
        ("domains peek", "orglib: unrecognized subcommand 'peek'; see `orglib domains --help`\n"),
        (
            "users lst",
            "orglib: unrecognized subcommand 'lst'; a similar subcommand exists: 'list'; see `orglib users --help`\n",
        ),
        (
            "mailboxes delegated enable",
            "orglib: the following required arguments were not provided: <WHO>; see `orglib mailboxes delegated enable \
             --help`\n",
        ),
    ] {
        let words: Vec<_> = line.split(' ').collect();
        assert_eq!(outcome(&mut orglib(&words)), (2, String::new(), said.to_owned()), "{line}");
    }
}

#[test]
fn an_error_is_an_object_where_json_is_asked_for() {
    let service = Service::small();
    let (exit, _, said) = outcome(&mut service.orglib(&["users", "list", "--org", "5", "--format", "json"]));
    let error = &serde_json::from_str::<serde_json::Value>(&said).unwrap()["error"];
    assert_eq!(exit, 4);
    assert_eq!((error["kind"].as_str(), error["status"].as_u64()), (Some("api"), Some(403)), "{said}");
    assert_eq!(error["operation"], "get-users");
    assert!(error["request_id"].is_string() && error["message"].is_string(), "{said}");

    let (exit, _, said) = outcome(&mut orglib(&["users", "list", "--format=json", "--rate=0"]));
    let error = &serde_json::from_str::<serde_json::Value>(&said).unwrap()["error"];
    assert_eq!((exit, error["kind"].as_str()), (2, Some("usage")), "{said}");
}

#[test]
fn an_answer_of_another_shape_is_told_as_such() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).unwrap();
        let body = r#"{"items":5}"#;
        let length = body.len();
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
            .unwrap();
    });
    let mut command = orglib(&["users", "list"]);
    command.env("ORGLIB_CLOUD_URL", url).env("ORGLIB_TOKEN", "t").env("ORGLIB_ORG_ID", "1");
    let (exit, printed, said) = outcome(&mut command);
    server.join().unwrap();
    assert_eq!((exit, printed.as_str()), (8, ""), "{said}");
}

#[test]
fn without_settings_the_program_says_which_it_needs() {
    for (arguments, complaint) in
        [(vec!["users", "list"], "ORGLIB_TOKEN"), (vec!["users"], "Usage"), (vec!["nonsense"], "--help")]
    {
        let (exit, printed, said) = outcome(&mut orglib(&arguments));
        assert_eq!((exit, printed.as_str()), (2, ""));
        assert!(said.contains(complaint), "{said}");
    }
    let (exit, _, said) = outcome(orglib(&["users", "list"]).env("ORGLIB_TOKEN", "t"));
    assert!(exit == 2 && said.contains("ORGLIB_ORG_ID"), "{said}");
    for arguments in [["--help"], ["--version"]] {
        let (exit, printed, said) = outcome(&mut orglib(&arguments));
        assert!(exit == 0 && printed.contains("orglib") && said.is_empty(), "{said}");
    }
}

#[test]
fn a_token_may_come_from_a_file_and_from_standard_input() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("token");
    fs::write(&file, format!("{}\n", service.sandbox.token())).unwrap();
    let mut command = service.orglib(&["organizations", "list", "--token-file", file.to_str().unwrap()]);
    command.env("ORGLIB_TOKEN", "wrong").env_remove("ORGLIB_ORG_ID").assert().success();
    let mut command = service.orglib(&["organizations", "list", "--token-file", "-"]);
    command.env_remove("ORGLIB_TOKEN").write_stdin(service.sandbox.token()).assert().success();
}

#[test]
fn a_profile_gives_what_nothing_else_says() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let (url, org) = (&service.url, service.sandbox.org_id());
    let config = format!(
        "[profiles.demo]\norg_id = {org}\ntoken_file = 'token'\ncloud_url = '{url}'\napi360_url = '{url}'\n"
    );
    fs::write(directory.path().join("config.toml"), config).unwrap();
    fs::write(directory.path().join("token"), service.sandbox.token()).unwrap();
    let mut command = orglib(&["users", "list", "--profile", "demo"]);
    command.env("ORGLIB_CONFIG_DIR", directory.path()).assert().success();
}

#[test]
fn a_dry_run_sends_no_change() {
    let service = Service::small();
    service.sandbox.reset();
    let (exit, printed, said) = outcome(&mut service.orglib(&["api", "POST", "/v1/x", "--dry-run"]));
    assert_eq!((exit, printed.as_str()), (0, ""));
    assert!(said.contains("would send POST /v1/x to cloud"), "{said}");
    assert_eq!(service.sandbox.stats().requests, 0);
}

#[test]
fn each_call_is_shown_with_v_and_each_attempt_with_two() {
    let service = Service::small();
    let said = |options: &[&str]| {
        let output = service.orglib(&[options, &["users", "list"]].concat()).assert().success();
        String::from_utf8(output.get_output().stderr.clone()).unwrap()
    };
    assert_eq!(said(&[]), "");
    let (calls, attempts) = (said(&["-v"]), said(&["-vv"]));
    assert!(calls.contains("get-users") && calls.contains("answered status=200"), "{calls}");
    for part in ["method=GET", "path=/v1/directory/organizations/{org_id}/users", "limit=1000"] {
        assert!(calls.contains(part), "{part}: {calls}");
    }
    let searched =
        service.orglib(&["-v", "users", "get", "nobody@example.ru"]).assert().code(5).get_output().clone();
    let searched = String::from_utf8(searched.stderr).unwrap();
    assert!(searched.contains("email=…") && !searched.contains("email=nobody"), "{searched}");
    assert!(!calls.contains("bytes=") && attempts.contains("bytes="), "{attempts}");
    assert!(!attempts.contains(service.sandbox.token()), "a token is shown");
}
