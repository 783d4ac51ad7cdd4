//! Commands that are made from the declarations of operations.

use std::io::{Seek, Write};

use orglib_sandbox::{FaultKind, Faults};
use serde_json::Value;

use crate::support::{Answers, Service};

fn json(service: &Service, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&service.stdout(&arguments)).unwrap()
}

fn says(service: &Service, arguments: &[&str], code: i32) -> String {
    let output = service.orglib(arguments).assert().code(code).get_output().stderr.clone();
    String::from_utf8(output).unwrap()
}

#[test]
fn a_thing_is_made_changed_and_deleted() {
    let service = Service::small();
    let id = json(&service, &["offices", "create", "--name", "Main", "--city", "Moscow"])["id"].clone();
    let id = id.as_str().unwrap();
    let told = says(&service, &["offices", "update", id, "--city", "Kazan"], 0);
    assert_eq!(told, format!("done: Change an office: {id}\n"));
    let read = json(&service, &["offices", "list", "--ids", id]);
    assert_eq!((&read[0]["city"], &read[0]["address"]), (&"Kazan".into(), &Value::Null));
    let asked = says(&service, &["offices", "delete", id], 2);
    assert!(asked.contains(&format!("Delete an office: {id}?")) && asked.contains("--yes"), "{asked}");
    assert_eq!(service.stdout(&["offices", "delete", id, "--yes", "--quiet"]), "");
    let gone = says(&service, &["offices", "delete", id, "--yes"], 5);
    assert!(gone.contains("offices delete (delete-office): 404"), "{gone}");
}

#[test]
fn a_dry_run_names_every_value_and_sends_nothing() {
    let service = Service::small();
    let told =
        says(&service, &["rooms", "create", "--name", "R", "--floor", "-1", "--can-book", "--dry-run"], 0);
    let org = service.sandbox.org_id();
    let body = r#"{"name":"R","floor":-1,"can_book":true}"#;
    assert_eq!(told, format!("would send POST /v1/directory/organizations/{org}/rooms {body}\n"));
    let told = says(&service, &["rooms", "delete", "a", "--dry-run"], 0);
    assert_eq!(told, format!("would send DELETE /v1/directory/organizations/{org}/rooms/a\n"));
    assert_eq!(service.sandbox.stats().requests, 0);
}

#[test]
fn a_body_comes_from_a_file_and_options_override_it() {
    let service = Service::small();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "name: From the file\ncapacity: 4").unwrap();
    let path = &file.path().to_str().unwrap().to_owned();
    let told = says(&service, &["rooms", "create", "--capacity", "5", "--body-file", path, "--dry-run"], 0);
    assert!(told.ends_with("{\"name\":\"From the file\",\"capacity\":5}\n"), "{told}");
    writeln!(file, "nam: x").unwrap();
    let told = says(&service, &["rooms", "create", "--body-file", path], 2);
    assert!(told.contains("`nam`: there is no such name; there are") && told.contains("capacity"), "{told}");
    assert!(says(&service, &["rooms", "create", "--body-file", "nowhere.json"], 2).contains("nowhere.json"));
    assert_eq!(service.sandbox.stats().requests, 0);
}

#[test]
fn a_list_is_a_table_a_sheet_or_lines() {
    let service = Service::small();
    let sheet = service.stdout(&["rooms", "list", "--format", "csv", "--columns", "name,floor"]);
    assert_eq!(sheet, "name,floor\nЛадога,2\nОнега,3\nДон,1\n");
    assert_eq!(service.stdout(&["rooms", "list"]).lines().count(), 3);
    assert!(says(&service, &["rooms", "list", "--columns", "nam"], 2).contains("there are id, name"));
}

#[test]
fn help_says_what_is_sent_and_shows_an_example() {
    let service = Service::small();
    let help = service.stdout(&["rooms", "create", "--help"]);
    for text in [
        "Create a meeting room.",
        "Scopes: directory:write_rooms",
        "POST /v1/directory/organizations/{org_id}/rooms",
        "Example: orglib rooms create --name Baikal",
        "It cannot be changed later",
        "--can-book[=<true|false>]",
    ] {
        assert!(help.contains(text), "{text}: {help}");
    }
    assert!(service.stdout(&["rooms", "--help"]).contains("Delete a meeting room"));
}

#[test]
fn objects_are_written_in_short() {
    let service = Service::small();
    let line = "contacts create --first-name Anna --last-name Kim --emails anna@a.example,type=work,main \
                --emails {\"email\":\"kim@b.example\"} --phones phone=+7495,type=mobile";
    let id = json(&service, &line.split_whitespace().collect::<Vec<_>>())["id"].clone();
    let read = json(&service, &["contacts", "get", id.as_str().unwrap()]);
    let emails = [("anna@a.example", "work", Value::from(true)), ("kim@b.example", "", Value::Null)];
    for (place, (email, kind, main)) in emails.into_iter().enumerate() {
        let there = &read["emails"][place];
        assert_eq!((&there["email"], &there["type"], &there["main"]), (&email.into(), &kind.into(), &main));
    }
    assert_eq!(
        (&read["phones"][0]["phone"], &read["phones"][0]["type"]),
        (&"+7495".into(), &"mobile".into())
    );
    let replace = ["contacts", "emails", "replace", id.as_str().unwrap(), "--emails"];
    let wrong = says(&service, &[&replace[..], &["a@a.example,typ=work"]].concat(), 2);
    assert!(wrong.contains("`emails.0.typ`: there is no such name; there are email, type, main"), "{wrong}");
    let wrong = says(&service, &[&replace[..], &["a@a.example,type=home"]].concat(), 2);
    assert!(wrong.contains("give one of work"), "{wrong}");
}

#[test]
fn help_and_explanations_are_asked_for_by_the_words_of_a_command() {
    let service = Service::small();
    assert_eq!(service.stdout(&["help", "rooms", "delete"]), service.stdout(&["rooms", "delete", "--help"]));
    let options = service.stdout(&["help", "options"]);
    assert!(options.contains("--dry-run") && options.contains("ORGLIB_CA_FILE"), "{options}");
    let brief = service.stdout(&["rooms", "list", "--help"]);
    assert!(brief.contains("`orglib help options`") && !brief.contains("ORGLIB_CA_FILE"), "{brief}");
    assert!(says(&service, &["help", "room"], 2).contains("there is no command `room`"));

    let explained = service.stdout(&["explain", "groups", "get"]);
    for text in
        ["host cloud, operation get-group-info", "other host api360", "group_id (group, path, required)"]
    {
        assert!(explained.contains(text), "{text}: {explained}");
    }
    assert_eq!(explained, service.stdout(&["explain", "get-group-info"]));
    assert!(
        service.stdout(&["explain", "rooms", "create", "--template"]).contains("# floor: <whole number>")
    );
    assert!(says(&service, &["explain", "exposure"], 2).contains("`orglib operations`"));
}

#[test]
fn what_goes_on_is_waited_for_unless_nobody_wants_to() {
    let service = Service::small();
    let own = json(&service, &["disk", "public", "list", "--own"]);
    let path = |kind: &str| {
        let mut all = own.as_array().unwrap().iter();
        all.find(|resource| resource["type"] == kind).unwrap()["path"].as_str().unwrap().to_owned()
    };
    let copy = |from: &str, to: &str, more: &[&str]| {
        json(&service, &[&["disk", "resources", "copy", from, to], more].concat())
    };
    let file = copy(&path("file"), "/Copy", &[]);
    assert_eq!(file, serde_json::json!({"task_id": null, "status": "done"}));
    let folder = copy(&path("dir"), "/Folder 1", &["--quiet"]);
    assert_eq!((&folder["status"], folder["task_id"].is_string()), (&"done".into(), true));
    let begun = copy(&path("dir"), "/Folder 2", &["--no-wait"]);
    assert_eq!(begun["status"], "running");
    let id = begun["task_id"].as_str().unwrap();
    assert_eq!(json(&service, &["disk", "operations", "get", id, "--wait"])["status"], "success");
    let told = says(&service, &["disk", "resources", "copy", "/Copy", "/Folder 1"], 1);
    assert!(told.contains("DiskResourceAlreadyExistsError"), "{told}");
}

#[test]
fn a_file_is_written_as_the_service_sends_it() {
    let service = Service::small();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("users.csv");
    let period = ["statistics", "users", "export", "--start-date", "2026-11-01", "--end-date", "2026-11-02"];
    let sheet = service.stdout(&period);
    let people = service.stdout(&["users", "list", "--count", "--format", "csv"]);
    let people: usize = people.lines().nth(1).unwrap().parse().unwrap();
    assert_eq!(sheet.lines().count(), 1 + 2 * people);
    let told = says(&service, &[&period[..], &["--output", path.to_str().unwrap()]].concat(), 0);
    let name = format!("users_statistics_{}_2026-11-01_2026-11-02.csv", service.sandbox.org_id());
    assert_eq!(told, format!("{} bytes, which the service calls {name}\n", sheet.len()));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), sheet);

    let form = says(&service, &[&period[..], &["--format", "csv"]].concat(), 2);
    assert!(form.contains("kept as it is"), "{form}");
    let missing = says(&service, &period[..5], 2);
    assert!(missing.contains("`end_date`: it is missing"), "{missing}");
    let long = says(
        &service,
        &["statistics", "users", "export", "--start-date", "2026-01-01", "--end-date", "today"],
        1,
    );
    assert!(long.contains("from 1 day to 3 months"), "{long}");
}

#[test]
fn bytes_come_from_a_file_and_are_no_option() {
    let service = Service::small();
    let mut picture = tempfile::NamedTempFile::new().unwrap();
    picture.write_all(b"\x89PNG\r\n\x1a\n\xff").unwrap();
    let path = picture.path().to_str().unwrap().to_owned();
    let told = says(&service, &["users", "avatar", "replace", "1130000000000001", &path, "--dry-run"], 0);
    assert!(told.ends_with("/users/1130000000000001/avatar (9 bytes)\n"), "{told}");
    let who = service.sandbox.administrator();
    let avatar = json(&service, &["users", "avatar", "replace", &who, &path]);
    let id = json(&service, &["users", "get", &who])["avatar_id"].clone();
    assert!(avatar["url"].as_str().unwrap().contains(id.as_str().unwrap()), "{avatar} {id}");
    let asked = service.sandbox.stats().requests;
    picture.rewind().unwrap();
    picture.write_all(b"a text").unwrap();
    let text = says(&service, &["users", "avatar", "replace", "1130000000000001", &path], 2);
    assert!(text.contains("give PNG, JPEG, GIF or WebP"), "{text}");
    let nowhere = says(&service, &["users", "avatar", "replace", "1130000000000001", "nowhere.png"], 2);
    assert!(nowhere.contains("nowhere.png: No such file"), "{nowhere}");
    assert_eq!(service.sandbox.stats().requests, asked);
}

#[test]
fn a_file_that_the_service_cut_is_kept_and_told() {
    let cut = Answers::serve(&[(
        "/users/statistics/export",
        "connection: close\r\ncontent-type: text/csv\r\n\
         content-disposition: attachment; filename=\"users_statistics_1_2026-11-01_2026-11-02_part.csv\"\r\n\r\n\
         date;user_id\n2026-11-01;1\n",
    )]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("users.csv");
    let period = ["statistics", "users", "export", "--start-date", "2026-11-01", "--end-date", "2026-11-02"];
    let line = [&period[..], &["--output", path.to_str().unwrap()]].concat();
    let said = cut.orglib(&line).assert().code(7).get_output().stderr.clone();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("26 bytes") && said.contains("2026-11-02_part.csv"), "{said}");
    assert!(said.contains("the file is cut") && said.contains("ask for less at once"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "date;user_id\n2026-11-01;1\n");

    let quiet = [&period[..], &["--quiet"]].concat();
    let output = cut.orglib(&quiet).assert().code(7).get_output().clone();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "date;user_id\n2026-11-01;1\n");
    assert!(String::from_utf8(output.stderr).unwrap().contains("the file is cut"));
}

#[test]
fn a_file_whose_connection_breaks_is_not_there() {
    let service = Service::small();
    service.sandbox.set_faults(Faults::errors(1.0).with_kinds([FaultKind::CutOff]));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("users.csv");
    std::fs::write(&path, "of yesterday").unwrap();
    let line = ["statistics", "users", "export", "--start-date", "2026-11-01", "--end-date", "2026-11-02"];
    let told = says(&service, &[&line[..], &["--output", path.to_str().unwrap()]].concat(), 6);
    assert!(told.contains("statistics users export"), "{told}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "of yesterday");
    assert_eq!(folder.path().read_dir().unwrap().count(), 1, "nothing half is left");
}

#[test]
fn records_of_every_type_show_what_they_hold() {
    let service = Service::small();
    let domain = service.sandbox.administrator().split_once('@').unwrap().1.to_owned();
    let table = |with: &[&str]| {
        let list = [&["domains", "dns", "list", &domain, "--format", "table"], with].concat();
        service.stdout(&list)
    };
    let header = |table: &str| table.lines().next().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let all =
        service.stdout(&["domains", "dns", "list", &domain, "--format", "csv", "--columns", "record_id"]);
    for id in all.lines().skip(1) {
        service.stdout(&["domains", "dns", "delete", &domain, id, "--yes", "--quiet"]);
    }
    assert_eq!(header(&table(&[])), "record_id type name ttl");
    for record in [
        "TXT --name note --text token-1",
        "MX --name @ --exchange mx.example.org --preference 10",
        "CNAME --name www --target www.example.org",
        "CAA --name @ --flag 0 --tag issue --value letsencrypt.org",
    ] {
        let more: Vec<_> = record.split_whitespace().collect();
        let line = [&["domains", "dns", "create", &domain, "--ttl", "300", "--quiet", "--type"], &more[..]];
        service.stdout(&line.concat());
    }
    let shown = table(&[]);
    assert_eq!(header(&shown), "record_id type name ttl target exchange preference text value");
    for content in ["token-1", "mx.example.org", "www.example.org", "letsencrypt.org"] {
        assert!(shown.contains(content), "{content}: {shown}");
    }
    assert_eq!(header(&table(&["--columns", "name,address"])), "name address", "what is asked for is there");
}
