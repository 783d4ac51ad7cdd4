//! `orglib config`.

use serde_json::Value;

use crate::support::{Service, orglib};

fn told(directory: &std::path::Path, arguments: &[&str], variables: &[(&str, &str)]) -> (i32, Value, String) {
    let output = orglib(&[arguments, &["--format", "json"]].concat())
        .env("ORGLIB_CONFIG_DIR", directory)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let printed = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (output.status.code().unwrap(), printed, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_configuration_is_begun_once_and_says_what_it_comes_to() {
    let directory = tempfile::tempdir().unwrap();
    let there = directory.path().join("orglib");
    let file = there.join("config.toml");
    let (code, path, _) = told(&there, &["config", "path"], &[]);
    assert_eq!((code, &path["exists"]), (0, &Value::Bool(false)));
    assert_eq!(path["config_file"].as_str().unwrap(), file.to_str().unwrap());

    assert_eq!(told(&there, &["config", "init", "--dry-run"], &[]).0, 0);
    assert!(!file.exists());
    assert_eq!(told(&there, &["config", "init"], &[]).0, 0);
    for again in [&["config", "init"][..], &["config", "init", "--dry-run"]] {
        let (code, _, said) = told(&there, again, &[]);
        assert!(code == 2 && said.contains("is there already; edit it"), "{said}");
    }

    // Whatever stands there commented out can be taken as it is.
    let text = std::fs::read_to_string(&file).unwrap();
    let uncommented = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(setting) if setting.contains(" = ") => setting,
        _ => line,
    });
    std::fs::write(&file, uncommented.collect::<Vec<_>>().join("\n")).unwrap();
    std::fs::write(there.join("ca.pem"), "").unwrap();
    let (code, shown, said) = told(&there, &["config", "show"], &[]);
    assert_eq!(code, 0, "{said}");
    assert_eq!((&shown["org_id"], &shown["org_id_from"]), (&1_234_567.into(), &"the profile".into()));
    assert_eq!((&shown["profile"], &shown["profiles"][0]), (&"default".into(), &"default".into()));
    assert!(shown["token_from"].as_str().unwrap().ends_with("orglib/token"), "{shown}");
}

#[test]
fn what_beats_what_is_seen_and_no_secret_is() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("config.toml"), "[profiles.work]\norg_id = 1\n").unwrap();
    let variables = [
        ("ORGLIB_TOKEN", "y0_very_secret"),
        ("ORGLIB_ORG_ID", "2"),
        ("ORGLIB_CLIENT_ID", "app"),
        ("ORGLIB_CLIENT_SECRET", "more_secret"),
        ("ORGLIB_CLOUD_URL", "https://cloud.example.org/"),
    ];
    let (code, shown, said) = told(directory.path(), &["config", "show", "--profile", "work"], &variables);
    assert_eq!(code, 0, "{said}");
    assert_eq!((&shown["org_id"], &shown["org_id_from"]), (&2.into(), &"ORGLIB_ORG_ID".into()));
    assert_eq!((&shown["token_from"], &shown["application"]), (&"ORGLIB_TOKEN".into(), &"app".into()));
    assert_eq!(
        (&shown["application_from"], &shown["profile_from"]),
        (&"ORGLIB_CLIENT_ID".into(), &"--profile".into())
    );
    assert_eq!(shown["cloud_url"], "https://cloud.example.org/");
    assert_eq!(shown["cloud_url_from"], "ORGLIB_CLOUD_URL");
    assert_eq!(shown["api360_url_from"], "the default");
    assert!(!format!("{shown}{said}").contains("secret"), "{shown}");
    let (code, shown, _) = told(directory.path(), &["config", "show", "--org", "3"], &[]);
    assert_eq!((code, &shown["org_id_from"], &shown["token_from"]), (0, &"--org".into(), &Value::Null));
    assert_eq!(told(directory.path(), &["config", "show", "--profile", "home"], &[]).0, 2);
}

/// Keeps a token as if somebody had signed in.
fn sign_in(directory: &std::path::Path, token: &Value) {
    std::fs::create_dir_all(directory.join("tokens")).unwrap();
    std::fs::write(directory.join("tokens/default.json"), token.to_string()).unwrap();
}

#[test]
fn the_way_and_who_signs_in_to_code42_are_shown_without_passwords() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("ca.pem"), "").unwrap();
    let config = "[profiles.default]\nca_file = 'ca.pem'\ncode42_url = 'https://code42.example.org'\n";
    std::fs::write(directory.path().join("config.toml"), config).unwrap();
    let variables = [
        ("ORGLIB_PROXY", "http://anna:geheim@proxy.example.org:3128"),
        ("ORGLIB_CODE42_USER", "admin@example.org"),
        ("ORGLIB_CODE42_PASSWORD", "geheim"),
        ("ORGLIB_CODE42_TOTP", "123456"),
        ("ORGLIB_CODE42_CLIENT_ID", "key-1"),
        ("ORGLIB_CODE42_CLIENT_SECRET", "geheim"),
    ];
    let (code, shown, said) = told(directory.path(), &["config", "show"], &variables);
    assert_eq!(code, 0, "{said}");
    assert_eq!(shown["ca_file"], directory.path().join("ca.pem").to_str().unwrap());
    for (name, value) in [
        ("ca_file_from", "the profile"),
        ("proxy", "http://…@proxy.example.org:3128"),
        ("proxy_from", "ORGLIB_PROXY"),
        ("code42_url", "https://code42.example.org/"),
        ("code42_url_from", "the profile"),
        ("code42_user", "admin@example.org"),
        ("code42_from", "ORGLIB_CODE42_USER"),
    ] {
        assert_eq!(shown[name], value, "{name}");
    }
    assert_eq!(shown["code42_client_id"], Value::Null, "the user signs in");
    assert!(!format!("{shown}{said}").contains("geheim") && !shown.to_string().contains("123456"), "{shown}");

    let (code, shown, _) = told(directory.path(), &["config", "show"], &variables[4..]);
    assert_eq!((code, &shown["code42_client_id"]), (0, &"key-1".into()));
    let (code, shown, _) = told(directory.path(), &["config", "show", "--proxy", "http://p:1"], &variables);
    assert_eq!((code, &shown["proxy_from"]), (0, &"--proxy".into()));
    let (code, _, said) = told(directory.path(), &["config", "show"], &variables[5..]);
    assert!(code == 2 && said.contains("without ORGLIB_CODE42_CLIENT_ID"), "{said}");
}

#[test]
fn the_sandbox_is_shown_as_what_is_asked() {
    let directory = tempfile::tempdir().unwrap();
    let variables = [("ORGLIB_TOKEN", "y0_x"), ("ORGLIB_ORG_ID", "5"), ("ORGLIB_CLOUD_URL", "https://x")];
    let (code, shown, said) = told(directory.path(), &["config", "show", "--sandbox"], &variables);
    assert_eq!(code, 0, "{said}");
    assert_eq!((&shown["sandbox"], &shown["org_id"]), (&true.into(), &7_654_321.into()));
    for name in ["org_id_from", "token_from", "application_from", "cloud_url_from", "code42_from"] {
        assert_eq!(shown[name], "--sandbox", "{name}");
    }
    assert_eq!((&shown["cloud_url"], &shown["profile"]), (&Value::Null, &Value::Null));
    for wrong in [["--token-file", "x"], ["--profile", "x"], ["--org", "1"]] {
        let (code, _, said) =
            told(directory.path(), &[&["config", "show", "--sandbox"], &wrong[..]].concat(), &[]);
        assert!(code == 2 && said.contains("disagree"), "{wrong:?}: {said}");
    }
}

#[test]
fn a_login_is_shown_where_it_is_used_and_as_what_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let show = |arguments: &[&str], variables: &[(&str, &str)]| {
        told(directory.path(), &[&["config", "show"], arguments].concat(), variables)
    };
    let application = [("ORGLIB_CLIENT_ID", "app"), ("ORGLIB_CLIENT_SECRET", "s")];
    let stored = |expires_at: Value| {
        serde_json::json!({
            "client_id": "app", "access_token": "y0_geheim", "refresh_token": "1:geheim",
            "expires_at": expires_at,
        })
    };
    for (expires_at, variables, state) in [
        (Value::Null, &[][..], "valid"),
        (4_000_000_000_u64.into(), &[], "valid"),
        (1.into(), &[], "expired"),
        (1.into(), &application[..], "renewable"),
        (1.into(), &[("ORGLIB_CLIENT_ID", "other"), ("ORGLIB_CLIENT_SECRET", "s")], "expired"),
    ] {
        sign_in(directory.path(), &stored(expires_at));
        let (code, shown, said) = show(&[], variables);
        assert_eq!(code, 0, "{said}");
        assert_eq!(
            (&shown["token_from"], &shown["token_state"]),
            (&"orglib auth login".into(), &state.into())
        );
        assert!(!format!("{shown}{said}").contains("geheim"), "{shown}");
    }

    // What is beaten is not read.
    std::fs::write(directory.path().join("tokens/default.json"), "no token").unwrap();
    let (code, _, said) = show(&[], &[]);
    assert!(code == 2 && said.contains("sign in again"), "{said}");
    for (arguments, variables, from) in [
        (&["--token-file", "t"][..], &[][..], "--token-file: t"),
        (&["--token-file", "-"], &[("ORGLIB_TOKEN", "y0_x")], "--token-file: standard input"),
        (&[], &[("ORGLIB_TOKEN", "y0_x")], "ORGLIB_TOKEN"),
    ] {
        let (code, shown, said) = show(arguments, variables);
        assert_eq!((code, &shown["token_from"]), (0, &from.into()), "{said}");
        assert_eq!(shown["token_state"], Value::Null);
    }
}

#[test]
fn a_login_that_has_expired_is_told_before_anything_is_sent() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let stored = serde_json::json!({"client_id": "app", "access_token": "y0_geheim", "expires_at": 1});
    sign_in(directory.path(), &stored);
    let mut command = service.orglib(&["users", "list"]);
    command.env_remove("ORGLIB_TOKEN").env("ORGLIB_CONFIG_DIR", directory.path());
    let said = String::from_utf8(command.assert().code(3).get_output().stderr.clone()).unwrap();
    assert!(said.contains("has expired") && said.contains("orglib auth login"), "{said}");
    assert_eq!(service.sandbox.stats().requests, 0);
}
