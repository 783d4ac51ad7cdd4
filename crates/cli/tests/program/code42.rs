//! `orglib code42`.

use serde_json::Value;

use crate::support::{Service, orglib};

/// Environment variables.
type Variables = Vec<(&'static str, String)>;

/// The variables of a way into the tenant.
fn user(service: &Service) -> Variables {
    let access = &service.sandbox.info().code42;
    vec![
        ("ORGLIB_CODE42_URL", service.url.clone()),
        ("ORGLIB_CODE42_USER", access.user.clone()),
        ("ORGLIB_CODE42_PASSWORD", access.password.clone()),
    ]
}

fn api_client(service: &Service) -> Variables {
    let access = &service.sandbox.info().code42;
    vec![
        ("ORGLIB_CODE42_URL", service.url.clone()),
        ("ORGLIB_CODE42_CLIENT_ID", access.client_id.clone()),
        ("ORGLIB_CODE42_CLIENT_SECRET", access.client_secret.clone()),
    ]
}

/// The exit code, what was printed as JSON, and what was said.
fn outcome(variables: Variables, arguments: &[&str]) -> (i32, Value, String) {
    let line = [&["code42", "orgs"], arguments, &["--format", "json"]].concat();
    let output = orglib(&line).envs(variables).output().unwrap();
    let printed = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (output.status.code().unwrap(), printed, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn every_command_does_its_work_with_any_id() {
    let service = Service::small();
    let ask = |arguments: &[&str]| {
        let (code, printed, said) = outcome(user(&service), arguments);
        assert_eq!(code, 0, "{arguments:?}: {said}");
        printed
    };
    let all = ask(&["list"]);
    assert_eq!(all.as_array().unwrap().len(), 620);
    assert_eq!(ask(&["list", "--page", "2"]).as_array().unwrap().len(), 120);
    assert_eq!(ask(&["list", "--page", "3", "--page-size", "10"])[0], all[20]);
    for wrong in [
        &["list", "--page", "0"][..],
        &["list", "--page", "1", "--page-size", "501"],
        &["list", "--page-size", "5"],
    ] {
        assert_eq!(outcome(user(&service), wrong).0, 2, "{wrong:?}");
    }
    assert_eq!(ask(&["list", "--search", "Customer 094"]).as_array().unwrap().len(), 1);
    let last = &all[619];
    for key in ["org_id", "org_uid", "org_guid"] {
        let id = last[key].as_str().map_or_else(|| last[key].to_string(), str::to_owned);
        assert_eq!(ask(&["get", &id])["org_name"], last["org_name"], "{key}");
    }
    assert_eq!(ask(&["current"])["org_id"], all[0]["org_id"]);
    let made = ask(&["create", "New", "--parent", "4201", "--notes", "n"]);
    assert_eq!(made["parent_org_id"], 4201);
    let org = made["org_uid"].as_str().unwrap();
    assert_eq!(ask(&["update", org, "--name", "Newer"])["notes"], "n");
    assert_eq!(ask(&["update", org, "--notes", ""])["notes"], Value::Null);
    for (verb, key, value) in
        [("block", "blocked", true), ("unblock", "blocked", false), ("deactivate", "active", false)]
    {
        ask(&[verb, org, "--yes"]);
        assert_eq!(ask(&["get", org])[key], value, "{verb}");
    }
    assert_eq!(ask(&["list", "--active=false"]).as_array().unwrap().len(), 1);
    ask(&["activate", org]);
    assert_eq!(ask(&["get", org])["active"], true);
    assert_eq!(ask(&["agent-state", "4203"]).as_array().unwrap().len(), 3);
}

#[test]
fn settings_are_changed_by_name_and_each_part_is_told() {
    let service = Service::small();
    let ask = |arguments: &[&str]| outcome(api_client(&service), arguments);
    let sent =
        ask(&["settings", "set", "4300", "web_restore_enabled=false", "t_settings.device_upgrade_delay=30"]);
    assert_eq!(
        (sent.0, &sent.1["t_settings"], &sent.1["organization"]),
        (0, &"sent".into(), &"not_needed".into())
    );
    let sent = ask(&[
        "settings",
        "set",
        "4300",
        "org_backup_quota=1.5",
        "device_defaults.backup_sets.1.destinations=43!,632540230984925185",
    ]);
    assert_eq!(
        (sent.0, &sent.1["t_settings"], &sent.1["organization"]),
        (0, &"not_needed".into(), &"sent".into())
    );
    let (code, settings, _) = ask(&["settings", "get", "4300"]);
    assert_eq!(
        (code, &settings["web_restore_enabled"], &settings["org_backup_quota"]),
        (0, &false.into(), &1.5.into())
    );
    assert_eq!(settings["device_defaults"]["backup_sets"][0]["destinations"][0]["locked"], true);
    let dry = ask(&["settings", "set", "4300", "web_restore_enabled=true", "--dry-run"]);
    assert!(dry.0 == 0 && dry.2.contains("device_webRestore_enabled"), "{}", dry.2);
}

#[test]
fn what_goes_wrong_has_its_code_and_says_what_to_do() {
    let service = Service::small();
    let variables = |name: &'static str, value: &str| {
        let mut variables = user(&service);
        variables.push((name, value.to_owned()));
        variables
    };
    let plain = || user(&service);
    let cases: [(Variables, &[&str], i32, &str); 12] = [
        (plain(), &["get", "99999"], 5, "check the id"),
        (plain(), &["get", "944755074379520217"], 5, "check the id"),
        (plain(), &["settings", "get", "ADMIN"], 5, "check the id"),
        (plain(), &["get", "two words"], 2, "its number, its uid"),
        (plain(), &["block", "4300"], 2, "--yes"),
        (plain(), &["update", "4300"], 2, "--name"),
        (plain(), &["settings", "set", "4300", "name=x"], 2, "no setting `name`"),
        (plain(), &["settings", "set", "4300", "web_restore_enabled=yes"], 2, "true or false"),
        (variables("ORGLIB_CODE42_PASSWORD", "wrong"), &["list"], 3, "check the name and the password"),
        (variables("ORGLIB_CODE42_TOTP", "12"), &["list"], 2, "six digits"),
        (Vec::new(), &["list"], 2, "ORGLIB_CODE42_CLIENT_SECRET"),
        (vec![("ORGLIB_CODE42_USER", "u".to_owned())], &["list"], 2, "without ORGLIB_CODE42_PASSWORD"),
    ];
    for (variables, arguments, code, advice) in cases {
        let (exit, printed, said) = outcome(variables, arguments);
        assert_eq!((exit, &printed), (code, &Value::Null), "{arguments:?}: {said}");
        assert!(said.contains(advice), "{arguments:?}: {said}");
        assert!(!said.contains("check the token"), "nobody gave one: {said}");
        assert!(!said.contains(&service.sandbox.info().code42.password), "{said}");
    }
}

#[test]
fn what_is_blocked_is_named_before_it_is() {
    let service = Service::small();
    let all = outcome(user(&service), &["list"]).1;
    let (name, number) = (all[100]["org_name"].as_str().unwrap(), all[100]["org_id"].to_string());
    let guid = all[100]["org_guid"].as_str().unwrap();
    for id in [&*number, guid] {
        for (verb, code) in [("block", 2), ("deactivate", 2)] {
            let (exit, _, said) = outcome(user(&service), &[verb, id]);
            assert_eq!(exit, code, "{said}");
            assert!(said.contains(&format!(": {name} ({id})?")) && said.contains("--yes"), "{said}");
        }
        for verb in ["block", "unblock", "deactivate", "activate"] {
            let (exit, printed, said) = outcome(user(&service), &[verb, id, "--dry-run"]);
            assert_eq!((exit, printed), (0, Value::Null), "{said}");
            assert!(said.contains(guid) && said.ends_with(&format!(" for {name} ({id})\n")), "{said}");
        }
    }
    assert_eq!(outcome(user(&service), &["get", &number]).1["blocked"], false);
    let said = outcome(user(&service), &["update", &number, "--notes", "n", "--dry-run"]).2;
    assert!(
        said.starts_with(&format!("would change of the organisation {name} ({number}): notes")),
        "{said}"
    );
    let (exit, printed, said) = outcome(user(&service), &["block", &number, "--yes"]);
    assert_eq!((exit, printed), (0, Value::Null));
    assert_eq!(said, format!("done: Block an organisation and those below it: {number}\n"));
}

#[test]
fn a_dry_run_prints_and_changes_nothing() {
    for arguments in [
        &["block", "4300"][..],
        &["create", "x"],
        &["update", "4300", "--name", "x"],
        &["settings", "set", "4300", "notes=x"],
    ] {
        let line = [&["code42", "orgs"], arguments, &["--dry-run", "--sandbox", "--format", "csv"]].concat();
        let output = orglib(&line).output().unwrap();
        assert!(output.status.success() && output.stdout.is_empty(), "{arguments:?}");
        assert!(String::from_utf8(output.stderr).unwrap().starts_with("would "), "{arguments:?}");
    }
}

#[test]
fn an_organization_in_the_program_needs_no_settings() {
    let output = orglib(&["code42", "orgs", "current", "--sandbox", "--format", "json"]).output().unwrap();
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed["org_id"], 4200);
}

#[test]
fn an_api_client_sees_the_gateway_and_nobody_else_does() {
    let service = Service::small();
    let gateway = ("ORGLIB_CODE42_GATEWAY_URL", service.url.clone());
    let ask = |variables: &Variables, arguments: &[&str]| {
        let line = [&["code42", "gateway", "orgs"], arguments].concat();
        let output = orglib(&line).envs(variables.clone()).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    };
    let mut client = api_client(&service);
    let (code, _, said) = ask(&client, &["list"]);
    assert!(code == 2 && said.contains("ORGLIB_CODE42_GATEWAY_URL"), "{code}: {said}");
    client.push(gateway.clone());
    let (code, listed, said) = ask(&client, &["list", "--active", "--format", "csv"]);
    assert!(code == 0 && listed.lines().count() == 621, "{code}: {said}");
    let guid = listed.lines().nth(2).unwrap().split(',').next().unwrap();
    let (code, changed, said) = ask(&client, &["update", guid, "--org-name", "Moved", "--clear", "notes"]);
    assert!(code == 0 && changed.contains("Moved"), "{code}: {said}");
    let (code, _, said) = ask(&client, &["deactivate", guid]);
    assert!(code == 2 && said.contains("Moved"), "it asks first, by the name: {code}: {said}");
    assert_eq!(ask(&client, &["deactivate", guid, "--yes"]).0, 0);
    assert!(ask(&client, &["get", guid]).1.contains("\"active\": false"));

    let mut user = user(&service);
    user.push(gateway);
    let (code, _, said) = ask(&user, &["list"]);
    assert!(code == 2 && said.contains("no API client signs in"), "{code}: {said}");
}
