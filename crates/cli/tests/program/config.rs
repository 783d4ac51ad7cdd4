//! `orglib config`.

use serde_json::Value;

use crate::support::orglib;

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
    let (again, _, said) = told(&there, &["config", "init"], &[]);
    assert!(again == 2 && said.contains("is not written"), "{said}");

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
    assert_eq!(shown["cloud_url"], "https://cloud.example.org/");
    assert!(!format!("{shown}{said}").contains("secret"), "{shown}");
    let (code, shown, _) = told(directory.path(), &["config", "show", "--org", "3"], &[]);
    assert_eq!((code, &shown["org_id_from"], &shown["token_from"]), (0, &"--org".into(), &Value::Null));
    assert_eq!(told(directory.path(), &["config", "show", "--profile", "home"], &[]).0, 2);
}
