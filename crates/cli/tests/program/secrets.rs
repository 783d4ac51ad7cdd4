//! What the log does not show.

use crate::support::{Service, records};

#[test]
fn the_log_shows_no_token_no_address_and_no_query_value() {
    let service = Service::small();
    let email = service.email(0);
    let listed = service.stdout(&["disk", "public", "list", "--user", &email, "--format", "csv"]);
    let path = records(&listed)[0][1].clone();
    let (name, domain) = email.split_once('@').unwrap();
    let commands: [&[&str]; 4] = [
        &["exposure", "-vv"],
        &["users", "get", &email, "-vv"],
        &["disk", "public", "settings", "--user", &email, "--path", &path, "-vv"],
        &["api", "GET", "/v1/disk/resources/public", "-f", "preview_size=SECRET", "-vv"],
    ];
    for arguments in commands {
        let output = service.orglib(arguments).assert().success().get_output().clone();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("status=200"), "the log is on: {said}");
        for secret in [service.sandbox.token(), name, domain, "SECRET", "Authorization", &path[6..]] {
            assert!(!said.contains(secret), "{arguments:?} shows {secret}: {said}");
        }
    }
}

#[test]
fn a_refused_token_is_not_shown() {
    let service = Service::small();
    for token in ["wrong-token-of-somebody", "wrong token of somebody"] {
        let mut command = service.orglib(&["users", "list", "-vv", "--format", "json"]);
        let output = command.env("ORGLIB_TOKEN", token).output().unwrap();
        assert!(!output.status.success());
        assert!(!String::from_utf8(output.stderr).unwrap().contains("somebody"));
    }
}
