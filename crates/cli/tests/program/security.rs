//! How people sign in, as an administrator reads and changes it.

use serde_json::Value;

use crate::support::Service;

fn json(service: &Service, arguments: &[&str]) -> Value {
    let text = service.stdout(&[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn says(service: &Service, arguments: &[&str], code: i32) -> String {
    let output = service.orglib(arguments).assert().code(code).get_output().stderr.clone();
    String::from_utf8(output).unwrap()
}

#[test]
fn what_takes_something_away_asks_and_what_gives_it_does_not() {
    let service = Service::small();
    let email = service.email(1);
    let before = service.sandbox.stats().requests;
    for command in [
        "users sign-out WHO",
        "users two-factor phone delete WHO",
        "users two-factor enforcement disable WHO",
        "users auth-type update WHO --auth-type idp --drop-otp",
        "security two-factor enable --duration 60 --logout-users",
        "security two-factor disable",
        "security two-factor settings update --enabled=false",
        "security sessions sign-out-all",
        "security oauth-restriction enable",
        "security oauth-restriction disable",
        "security service-applications delete",
        "security service-applications deactivate",
        "security service-applications replace --applications {\"id\":\"a\",\"scopes\":[]}",
    ] {
        let words: Vec<_> =
            command.split(' ').map(|word| if word == "WHO" { &*email } else { word }).collect();
        let said = says(&service, &words, 2);
        assert!(said.contains("? Give --yes"), "{command}: {said}");
    }
    assert_eq!(service.sandbox.stats().requests_of("DomainSessionsService_UserLogout"), 0);
    assert!(service.sandbox.stats().requests > before, "addresses are looked up before");

    assert!(
        says(&service, &["users", "sign-out", &email, "--yes"], 0).starts_with("done: Sign an employee out")
    );
    assert_eq!(service.sandbox.stats().requests_of("DomainSessionsService_UserLogout"), 1);
    says(&service, &["security", "sessions", "sign-out-all", "--yes"], 0);
    says(&service, &["security", "service-applications", "activate"], 0);
}

#[test]
fn both_hosts_tell_of_two_factor_sign_in() {
    let service = Service::small();
    let two_factor = |rest: &[&str]| json(&service, &[&["security", "two-factor"], rest].concat());
    let on = two_factor(&["enable", "--duration", "86400", "--scope", "per_user"]);
    assert_eq!((&on["enabled"], &on["scope"]), (&Value::from(false), &Value::from("per_user")));
    assert_eq!(two_factor(&["settings", "get"])["setup_grace_period_seconds"], 86_400);
    let email = service.email(1);
    let one = ["users", "two-factor", "enforcement"];
    let told = says(&service, &[&one[..], &["enable", &email]].concat(), 0);
    assert_eq!(told, format!("done: Force a second factor on an employee: {email}\n"));
    let dry = says(&service, &[&one[..], &["disable", &email, "--dry-run"]].concat(), 0);
    assert!(dry.contains("PATCH ") && dry.ends_with("/domain_2fa?is2faEnabled=false\n"), "{dry}");
    two_factor(&["settings", "update", "--enabled", "--yes"]);
    assert_eq!(two_factor(&["get"])["enabled"], true);
    let refused = says(&service, &[&one[..], &["enable", &email]].concat(), 1);
    assert!(refused.contains("per_user"), "{refused}");
    let long = ["security", "two-factor", "settings", "update", "--enabled"];
    let long =
        says(&service, &[&long[..], &["--setup-grace-period-seconds", "16070401", "--yes"]].concat(), 2);
    assert!(long.contains("six months"), "{long}");
}

#[test]
fn the_list_of_service_applications_is_read_edited_and_put_back() {
    let service = Service::small();
    let applications = ["security", "service-applications"];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("applications.yaml");
    let path = file.to_str().unwrap();
    service.stdout(&[&applications[..], &["get", "--output", path]].concat());
    let mut text = std::fs::read_to_string(&file).unwrap();
    let first = json(&service, &[&applications[..], &["get"]].concat())["applications"][0].clone();
    text = text.replace("applications:\n", "applications:\n- id: second\n  scopes: [\"calendar:all\"]\n");
    std::fs::write(&file, text).unwrap();
    let put = json(&service, &[&applications[..], &["replace", "--body-file", path, "--yes"]].concat());
    assert_eq!(put["applications"][0]["id"], "second");
    assert_eq!(put["applications"][1], first);
}

#[test]
fn a_service_application_is_added_and_removed_and_the_others_stay() {
    let service = Service::small();
    let applications = |rest: &[&'static str]| [&["security", "service-applications"], rest].concat();
    let first = json(&service, &applications(&["get"]))["applications"][0].clone();
    let add = applications(&["add", "second", "--scopes", "calendar:all,mail:smtp"]);
    let dry = says(&service, &[&add[..], &["--dry-run"]].concat(), 0);
    assert!(
        dry.contains("would change of the service applications") && dry.contains("calendar:all"),
        "{dry}"
    );
    assert_eq!(service.sandbox.stats().requests_of("ServiceApplicationsService_Create"), 0);
    let second = serde_json::json!({"id": "second", "scopes": ["calendar:all", "mail:smtp"]});
    assert_eq!(json(&service, &add), serde_json::json!([first, second]));
    assert!(says(&service, &applications(&["remove", "third", "--yes"]), 5).contains("third is none of"));
    assert!(says(&service, &applications(&["remove", "second"]), 2).contains("? Give --yes"));
    assert_eq!(json(&service, &applications(&["remove", "second", "--yes"])), serde_json::json!([first]));
    assert_eq!(service.sandbox.stats().requests_of("ServiceApplicationsService_Create"), 2);
}

#[test]
fn a_password_for_the_way_of_signing_in_is_never_shown() {
    let service = Service::small();
    let email = service.email(1);
    let update = ["users", "auth-type", "update", &email, "--auth-type"];
    says(&service, &[&update[..], &["idp"]].concat(), 0);
    let refused = says(&service, &[&update[..], &["portal"]].concat(), 1);
    assert!(refused.contains("password is required"), "{refused}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password.txt");
    std::fs::write(&file, "geheim-1\n").unwrap();
    let back = [&update[..], &["portal", "--password-file", file.to_str().unwrap()]].concat();
    let dry = says(&service, &[&back[..], &["--dry-run"]].concat(), 0);
    assert!(dry.contains("portal") && !dry.contains("geheim"), "{dry}");
    says(&service, &[&back[..], &["--yes"]].concat(), 0);
    assert_eq!(json(&service, &["users", "auth-type", "get", &email])["auth_type"], "portal");
}

#[test]
fn passwords_and_sessions_change_by_what_is_given() {
    let service = Service::small();
    let policy = json(&service, &["security", "passwords", "update", "--change-frequency", "90"]);
    assert_eq!((&policy["enabled"], &policy["change_frequency"]), (&Value::from(true), &Value::from(90)));
    let nothing = says(&service, &["security", "passwords", "update"], 2);
    assert!(nothing.contains("nothing to change"), "{nothing}");
    json(&service, &["security", "sessions", "update", "--auth-ttl", "3600"]);
    assert_eq!(json(&service, &["security", "sessions", "get"])["auth_ttl"], 3600);
}
