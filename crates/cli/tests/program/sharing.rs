//! What is shared from Disk is changed and closed, and what others share is read.

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
fn what_an_employee_shares_is_changed_and_closed_by_the_administrator() {
    let service = Service::small();
    let owner = service.email(0);
    let shared = json(&service, &["disk", "public", "list", "--user", &owner]);
    let key = shared[0]["public_hash"].as_str().unwrap().to_owned();
    let path = shared[0]["path"].as_str().unwrap().strip_prefix("/disk").unwrap();
    let settings = || json(&service, &["disk", "public", "settings", "--key", &key]);

    let until = ["--available-until", "1900000000"];
    let by_path = [&["disk", "public", "update", "--user", &owner, "--path", path][..], &until].concat();
    says(&service, &by_path, 0);
    assert_eq!(settings()["available_until"], 1_900_000_000_u64);
    let employees = r#"{"rights": ["read"], "macros": ["employees"], "org_id": ORG}"#;
    let employees = employees.replace("ORG", &service.sandbox.org_id().to_string());
    let to_employees = ["disk", "public", "update", "--key", &key, "--accesses", &employees];
    let told = says(&service, &[&to_employees[..], &["--yes"]].concat(), 2);
    assert!(told.contains("allow_address_access"), "{told}");
    let to_employees = [&to_employees[..], &["--allow-address-access"]].concat();
    says(&service, &to_employees, 2);
    says(&service, &[&to_employees[..], &["--yes"]].concat(), 0);
    let kinds: Vec<_> = settings()["accesses"].as_array().unwrap().clone();
    let kinds: Vec<_> = kinds.iter().map(|access| access["type"].clone()).collect();
    assert_eq!(kinds, ["macro", "owner"]);
    assert_eq!(settings()["available_until"], 1_900_000_000_u64);

    says(&service, &["disk", "public", "revoke", &key], 2);
    says(&service, &["disk", "public", "revoke", &key, "--yes"], 0);
    says(&service, &["disk", "public", "settings", "--key", &key], 5);
    says(&service, &["disk", "public", "revoke", &key, "--yes"], 5);
    assert!(json(&service, &["disk", "resources", "get", path])["public_key"].is_null(), "it is kept");
}

#[test]
fn what_a_link_leads_to_is_read_listed_saved_and_downloaded() {
    let service = Service::small();
    for path in ["/Box", "/Box/in"] {
        says(&service, &["disk", "resources", "create", path], 0);
    }
    says(&service, &["disk", "public", "enable", "/Box"], 0);
    let url =
        json(&service, &["disk", "resources", "get", "/Box"])["public_url"].as_str().unwrap().to_owned();
    let folder = json(&service, &["disk", "links", "get", &url]);
    assert_eq!((&folder["name"], &folder["path"]), (&"Box".into(), &"/".into()));
    assert_eq!(json(&service, &["disk", "links", "list", &url])[0]["path"], "/in");
    let saved = json(&service, &["disk", "links", "copy", &url, "--name", "Copy", "--quiet"]);
    assert_eq!(saved["status"], "done");
    assert_eq!(json(&service, &["disk", "resources", "list", "/Загрузки/Copy"])[0]["name"], "in");

    let here = tempfile::tempdir().unwrap();
    let (sent, come) = (here.path().join("a+b.txt"), here.path().join("come"));
    std::fs::write(&sent, "content").unwrap();
    says(&service, &["disk", "resources", "upload", sent.to_str().unwrap(), "/Box/in/"], 0);
    let download = ["disk", "links", "download", &url, come.to_str().unwrap()];
    says(&service, &download, 0);
    assert_eq!(std::fs::read_to_string(come.join("Box/in/a+b.txt")).unwrap(), "content");
    let one = here.path().join("one.txt");
    let download = ["disk", "links", "download", &url, one.to_str().unwrap(), "--path", "/in/a+b.txt"];
    says(&service, &download, 0);
    assert_eq!(std::fs::read_to_string(one).unwrap(), "content");

    let until = ["disk", "public", "own", "update", "/Box", "--available-until", "1"];
    says(&service, &until, 0);
    says(&service, &["disk", "links", "get", &url], 5);
    assert!(json(&service, &["disk", "public", "own", "get", "/Box"])["permissions"].is_array());
}

#[test]
fn a_shared_disk_is_used_like_ones_own() {
    let service = Service::small();
    let disks = json(&service, &["disk", "shared-disks", "list"]);
    assert_eq!(disks, json(&service, &["disk", "shared-disks", "reachable", "list"]));
    let label = disks[0]["vd_hash"].as_str().unwrap();
    let at = |path: &str| format!("vd:{label}:disk:{path}");
    says(&service, &["disk", "shared-disks", "resources", "create", &at("/Plans")], 0);

    let here = tempfile::tempdir().unwrap();
    let (sent, come) = (here.path().join("a b.txt"), here.path().join("come"));
    std::fs::write(&sent, "content").unwrap();
    let upload = ["disk", "resources", "upload", sent.to_str().unwrap(), &at("/Plans/")];
    says(&service, &upload, 0);
    let listed = json(&service, &["disk", "shared-disks", "resources", "list", &at("/Plans")]);
    let path = listed[0]["path"].as_str().unwrap();
    assert_eq!(path, format!("vd:/{label}/disk/Plans/a b.txt"));
    // The form of an answer is taken too.
    assert_eq!(json(&service, &["disk", "shared-disks", "resources", "get", path])["size"], 7);
    let download = ["disk", "resources", "download", &at("/Plans"), come.to_str().unwrap()];
    says(&service, &download, 0);
    assert_eq!(std::fs::read_to_string(come.join("Plans/a b.txt")).unwrap(), "content");
    says(&service, &["disk", "resources", "get", "/Plans"], 5);

    says(&service, &["disk", "shared-disks", "resources", "delete", path], 2);
    says(&service, &["disk", "shared-disks", "resources", "delete", path, "--yes"], 0);
    let trash = format!("vd:{label}:trash:/");
    let trash = json(&service, &["disk", "shared-disks", "trash", "get", &trash]);
    assert_eq!(trash["_embedded"]["items"][0]["name"], "a b.txt");

    let item = r#"{"type": "department", "id": 1, "rights": ["read", "write"]}"#;
    let give = ["disk", "shared-disks", "access", "update", label, "--items", item, "--yes"];
    says(&service, &give, 0);
    let accesses = json(&service, &["disk", "shared-disks", "access", "list", label]);
    let all: Vec<_> = accesses.as_array().unwrap().iter().map(|access| access["rights"].clone()).collect();
    assert_eq!(all, [serde_json::json!(["read", "write"]), serde_json::json!(["read", "write"])]);
    says(&service, &["disk", "shared-disks", "delete", label], 2);
    says(&service, &["disk", "shared-disks", "delete", label, "--yes"], 0);
    assert_eq!(json(&service, &["disk", "shared-disks", "list"]), serde_json::json!([]));
}
