//! `orglib auth`.

use std::{fs, path::Path};

use assert_cmd::Command;
use orglib_sandbox::Grant;
use serde_json::{Value, json};

use crate::support::Service;

/// The program, knowing where the token service is and which application asks it.
fn orglib(service: &Service, arguments: &[&str]) -> Command {
    let application = &service.sandbox.info().service_app;
    let mut command = service.orglib(arguments);
    command
        .env("ORGLIB_OAUTH_URL", &service.url)
        .env("ORGLIB_LOGIN_URL", &service.url)
        .env("ORGLIB_CLIENT_ID", &application.client_id)
        .env("ORGLIB_CLIENT_SECRET", &application.client_secret);
    command
}

fn stdout(mut command: Command) -> String {
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

fn refusal(mut command: Command, code: i32) -> String {
    let said = String::from_utf8(command.assert().code(code).get_output().stderr.clone()).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[test]
fn a_token_of_an_employee_is_printed_alone_or_with_what_is_known_of_it() {
    let service = Service::small();
    let email = service.sandbox.administrator();
    let mut command = orglib(&service, &["auth", "token", "--user", &email]);
    command.env_remove("ORGLIB_TOKEN").env_remove("ORGLIB_ORG_ID");
    let token = stdout(command);
    assert!(token.ends_with('\n') && token.lines().count() == 1);

    let mut command = orglib(&service, &["disk", "public", "list", "--own"]);
    command.env("ORGLIB_TOKEN", token.trim());
    command.assert().success();

    let json = stdout(orglib(&service, &["auth", "token", "--user", &email, "--format", "json"]));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["expires_in"], &json["token_type"]), (&json!(3600), &json!("bearer")));
    assert!(json["access_token"].as_str().unwrap().len() > 20);
}

#[cfg(unix)]
#[test]
fn a_token_is_written_for_its_owner_only_even_over_a_wider_file() {
    use std::os::unix::fs::PermissionsExt;
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let email = service.sandbox.administrator();
    for (name, stood_before) in [("new", false), ("old", true)] {
        for form in [&[][..], &["--format", "json"]] {
            let path = directory.path().join(name);
            if stood_before {
                fs::write(&path, "old").unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            }
            let file = path.to_str().unwrap();
            let arguments = [&["auth", "token", "--user", &email, "--output", file][..], form].concat();
            orglib(&service, &arguments).assert().success();
            let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{name} {form:?}");
        }
    }
}

#[test]
fn who_cannot_be_acted_as_is_refused_and_the_way_out_is_told() {
    let service = Service::small();
    let secret = service.sandbox.info().service_app.client_secret.clone();
    let users = service.stdout(&["users", "list"]);
    let users: Vec<Value> = users.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let blocked = users.iter().find(|user| user["is_enabled"] == false).unwrap();
    let blocked = blocked["email"].as_str().unwrap();
    for (who, code, advice) in [
        (blocked, 3, "not blocked"),
        ("nobody@example.ru", 3, "whose token"),
        ("nobody", 2, "e-mail address"),
    ] {
        let said = refusal(orglib(&service, &["auth", "token", "--user", who]), code);
        assert!(said.contains(advice) && !said.contains(&secret), "{said}");
    }
    let email = service.sandbox.administrator();
    let mut wrong = orglib(&service, &["auth", "token", "--user", &email]);
    wrong.env("ORGLIB_CLIENT_SECRET", "wrong-secret");
    let said = refusal(wrong, 3);
    assert!(said.contains("id and secret") && !said.contains("wrong-secret"), "{said}");
    let mut half = orglib(&service, &["auth", "token", "--user", &email]);
    half.env_remove("ORGLIB_CLIENT_SECRET");
    assert!(refusal(half, 2).contains("ORGLIB_CLIENT_SECRET"));
    let mut none = orglib(&service, &["auth", "token", "--user", &email]);
    none.env_remove("ORGLIB_CLIENT_SECRET").env_remove("ORGLIB_CLIENT_ID");
    assert!(refusal(none, 2).contains("ORGLIB_CLIENT_ID"));
}

/// A kept token, as signing in leaves it.
fn keep(directory: &Path, service: &Service, token: &str) {
    let tokens = directory.join("tokens");
    fs::create_dir_all(&tokens).unwrap();
    let client_id = &service.sandbox.info().service_app.client_id;
    let kept =
        json!({"client_id": client_id, "access_token": token, "refresh_token": null, "expires_at": null});
    fs::write(tokens.join("default.json"), kept.to_string()).unwrap();
}

#[test]
fn a_kept_token_is_used_where_no_other_is_given_until_it_is_forgotten() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let token = service.sandbox.issue(Grant::administrator());
    keep(directory.path(), &service, &token);
    let kept = |arguments: &[&str]| {
        let mut command = orglib(&service, arguments);
        command.env("ORGLIB_CONFIG_DIR", directory.path()).env_remove("ORGLIB_TOKEN");
        // Without its application a kept token is used as it is.
        command.env_remove("ORGLIB_CLIENT_ID").env_remove("ORGLIB_CLIENT_SECRET");
        command
    };
    let status: Value = serde_json::from_str(&stdout(kept(&["auth", "status"]))).unwrap();
    assert_eq!(status["default_email"], service.sandbox.administrator().as_str());
    kept(&["users", "list"]).assert().success();
    kept(&["auth", "logout", "--dry-run"]).assert().success();
    assert!(directory.path().join("tokens/default.json").exists());
    kept(&["auth", "logout"]).assert().success();
    assert!(!directory.path().join("tokens/default.json").exists());
    assert!(refusal(kept(&["users", "list"]), 2).contains("auth login"));
    assert!(refusal(kept(&["auth", "logout"]), 2).contains("auth login"));
    assert!(refusal(kept(&["auth", "login"]), 2).contains("ORGLIB_CLIENT_ID"));
}

#[test]
fn the_status_of_a_wrong_token_says_so() {
    let service = Service::small();
    let mut command = orglib(&service, &["auth", "status"]);
    command.env("ORGLIB_TOKEN", "wrong");
    assert!(refusal(command, 3).contains("check the token"));
}

#[cfg(unix)]
#[test]
fn a_renewal_that_began_is_kept_though_a_signal_ends_the_command() {
    use std::io::{Read, Write};
    use std::process::Stdio;

    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir_all(directory.path().join("tokens")).unwrap();
    let file = directory.path().join("tokens/default.json");
    let kept = json!({"client_id": "app", "access_token": "a0", "refresh_token": "r0", "expires_at": 1});
    fs::write(&file, kept.to_string()).unwrap();
    let door = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = service.process(&["users", "list"]);
    command
        .env_remove("ORGLIB_TOKEN")
        .env("ORGLIB_CONFIG_DIR", directory.path())
        .env("ORGLIB_OAUTH_URL", format!("http://{}", door.local_addr().unwrap()))
        .envs([("ORGLIB_CLIENT_ID", "app"), ("ORGLIB_CLIENT_SECRET", "s")]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (mut caller, _) = door.accept().unwrap();
    assert!(caller.read(&mut [0; 4096]).unwrap() > 0);
    rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::INT)
        .unwrap();
    let body = r#"{"access_token":"a1","refresh_token":"r1","expires_in":3600,"token_type":"bearer"}"#;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length:";
    write!(caller, "{head} {}\r\n\r\n{body}", body.len()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let kept: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(kept["refresh_token"], "r1");
}

#[test]
fn who_signs_in_is_told_of_a_token_that_beats_this_one() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let login = |token: Option<&str>| {
        let mut command = orglib(&service, &["auth", "login", "--dry-run"]);
        command.env("ORGLIB_CONFIG_DIR", directory.path()).env_remove("ORGLIB_TOKEN");
        command.envs(token.map(|token| ("ORGLIB_TOKEN", token)));
        String::from_utf8(command.assert().success().get_output().stderr.clone()).unwrap()
    };
    assert!(login(Some("y0_other")).contains("another token, from ORGLIB_TOKEN"));
    let alone = login(None);
    assert!(alone.contains("would sign in") && !alone.contains("another token"), "{alone}");
}

/// Opens an address as a browser does, and follows where it leads to.
fn browse(address: &str) -> String {
    use std::io::{Read, Write};
    let mut address = address.to_owned();
    loop {
        let rest = address.strip_prefix("http://").unwrap();
        let (host, path) = rest.split_once('/').unwrap();
        let mut stream = std::net::TcpStream::connect(host).unwrap();
        write!(stream, "GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let location = answer.lines().find_map(|line| line.strip_prefix("location: ").map(str::to_owned));
        match location {
            Some(location) => address = location,
            None => return answer,
        }
    }
}

/// Begins a sign-in on a page, gives its address, and then what the program ends with.
fn signed_in_by(
    service: &Service,
    directory: &Path,
    options: &[&str],
    open: impl FnOnce(&str) -> String,
) -> (Option<i32>, String, String) {
    use std::io::{BufRead, BufReader, Read};
    let application = &service.sandbox.info().service_app;
    let mut command = service.process(&[&["auth", "login", "--web", "--port", "0"], options].concat());
    command.env_remove("ORGLIB_TOKEN").env("ORGLIB_CONFIG_DIR", directory);
    command.env("ORGLIB_OAUTH_URL", &service.url).env("ORGLIB_LOGIN_URL", &service.url);
    command.env("ORGLIB_CLIENT_ID", &application.client_id);
    command.env("ORGLIB_CLIENT_SECRET", &application.client_secret);
    let mut child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let page = open(line.trim().strip_prefix("open ").unwrap());
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    (child.wait().unwrap().code(), page, rest)
}

#[test]
fn somebody_signs_in_on_a_page_that_leads_back_here() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let (code, page, said) = signed_in_by(&service, directory.path(), &[], |address| {
        let redirect = address.split("redirect_uri=").nth(1).unwrap().split('&').next().unwrap();
        let here = redirect.replace("%3A", ":").replace("%2F", "/");
        // A browser's spare connection, and what it asks for besides.
        let spare = std::net::TcpStream::connect(here.trim_start_matches("http://").trim_end_matches('/'));
        assert!(browse(&format!("{here}favicon.ico")).contains("404"));
        let page = browse(address);
        drop(spare);
        page
    });
    assert_eq!(code, Some(0), "{said}");
    assert!(page.contains("You are signed in") && said.contains("signed in as"), "{page} {said}");
    let mut command = orglib(&service, &["auth", "status", "--format", "json"]);
    command.env_remove("ORGLIB_TOKEN").env("ORGLIB_CONFIG_DIR", directory.path());
    assert!(stdout(command).contains(&service.sandbox.administrator()));

    let (code, page, said) = signed_in_by(&service, directory.path(), &["--login-hint", "nobody"], browse);
    assert!(code == Some(3) && said.contains("the person refused"), "{code:?} {said}");
    assert!(page.contains("You are not signed in"), "{page}");
}

#[test]
fn a_code_that_a_page_shows_is_typed() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let mut command = orglib(&service, &["auth", "login", "--web", "--typed"]);
    command.env_remove("ORGLIB_TOKEN").env("ORGLIB_CONFIG_DIR", directory.path());
    command.write_stdin("code_that_nobody_gave\n");
    let output = command.assert().code(3).get_output().stderr.clone();
    let said = String::from_utf8(output).unwrap();
    assert!(said.contains("verification_code") && said.contains("Code has expired"), "{said}");
}
