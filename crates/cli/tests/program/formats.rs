//! Every command in every form.

use serde_json::Value;

use crate::support::{Service, orglib, records};

/// The values of one key, from every form of a list.
fn in_every_form(service: &Service, arguments: &[&str], key: &str) -> Vec<Vec<String>> {
    let ask = |format: &str| service.stdout(&[arguments, &["--format", format]].concat());
    let text = |value: &Value| value[key].as_str().map_or_else(|| value[key].to_string(), str::to_owned);

    let json: Vec<Value> = serde_json::from_str(&ask("json")).unwrap();
    let lines = ask("jsonl");
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let yaml: Vec<Value> = serde_norway::from_str(&ask("yaml")).unwrap();
    let sheet = service.stdout(&[arguments, &["--format", "csv", "--columns", key]].concat());
    let table = service.stdout(&[arguments, &["--format", "table", "--columns", key]].concat());
    vec![
        json.iter().map(text).collect(),
        lines.map(|line| text(&line)).collect(),
        yaml.iter().map(text).collect(),
        records(&sheet).into_iter().map(|record| record[0].clone()).collect(),
        table.lines().skip(2).map(|line| line.trim().to_owned()).collect(),
    ]
}

#[test]
fn every_list_is_the_same_in_every_form() {
    let service = Service::small();
    let email = service.email(0);
    let group = service.stdout(&["groups", "list", "--format", "csv", "--columns", "id"]);
    let group = group.lines().nth(1).unwrap();
    let lists: [(&[&str], &str); 8] = [
        (&["users", "list"], "id"),
        (&["groups", "list"], "id"),
        (&["groups", "members", "list", group], "id"),
        (&["departments", "list"], "id"),
        (&["organizations", "list"], "id"),
        (&["disk", "public", "list", "--user", &email], "public_hash"),
        (&["disk", "public", "list", "--own"], "resource_id"),
        (&["exposure"], "public_hash"),
    ];
    for (arguments, key) in lists {
        let forms = in_every_form(&service, arguments, key);
        assert!(!forms[0].is_empty(), "{arguments:?}");
        for form in &forms[1..] {
            assert_eq!(*form, forms[0], "{arguments:?}");
        }
    }
}

#[test]
fn every_object_is_the_same_in_every_form() {
    let service = Service::small();
    let email = service.email(0);
    let first = |arguments: &[&str], column: &str| {
        let rows = service.stdout(&[arguments, &["--format", "csv", "--columns", column]].concat());
        records(&rows)[0][0].clone()
    };
    let group = first(&["groups", "list"], "id");
    let org = service.sandbox.org_id().to_string();
    let path = first(&["disk", "public", "list", "--user", &email], "path");
    let key = first(&["disk", "public", "list", "--user", &email], "public_hash");
    let objects: [&[&str]; 7] = [
        &["users", "get", &email],
        &["groups", "get", &group],
        &["departments", "get", "1"],
        &["organizations", "get", &org],
        &["disk", "public", "settings", "--path", &path, "--user", &email],
        &["disk", "public", "settings", "--path", path.strip_prefix("/disk").unwrap(), "--user", &email],
        &["disk", "public", "settings", "--key", &key],
    ];
    for arguments in objects {
        let ask = |format: &str| service.stdout(&[arguments, &["--format", format]].concat());
        let json: Value = serde_json::from_str(&ask("json")).unwrap();
        let line = ask("jsonl");
        assert_eq!(line.lines().count(), 1, "{arguments:?}");
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), json, "{arguments:?}");
        assert_eq!(serde_norway::from_str::<Value>(&ask("yaml")).unwrap(), json, "{arguments:?}");
        assert_eq!(records(&ask("csv")).len(), 1, "{arguments:?}");
        assert!(ask("table").lines().count() > 1, "{arguments:?}");
        assert_eq!(service.stdout(arguments), ask("json"), "off a terminal an object is JSON");
    }
}

#[test]
fn an_address_and_an_id_name_the_same_person() {
    let service = Service::small();
    let email = service.email(1);
    let user: Value = serde_json::from_str(&service.stdout(&["users", "get", &email])).unwrap();
    let id = user["id"].as_str().unwrap();
    let by_id: Value = serde_json::from_str(&service.stdout(&["users", "get", id])).unwrap();
    assert_eq!((&by_id["id"], &by_id["email"]), (&user["id"], &user["email"]));
    let report = |who: &str| service.stdout(&["exposure", "--user", who, "--format", "csv"]);
    assert_eq!(report(id), report(&email));
}

#[test]
fn a_raw_call_prints_what_comes() {
    let service = Service::small();
    let org = service.sandbox.org_id();
    let path = format!("/v1/directory/organizations/{org}/users");
    let page = service.stdout(&["api", "GET", &path, "-f", "limit=2", "-f", "offset=0"]);
    let page: Value = serde_json::from_str(&page).unwrap();
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    let legacy = service.stdout(&["api", "get", "/directory/v1/org", "--format", "yaml"]);
    assert!(serde_norway::from_str::<Value>(&legacy).unwrap()["organizations"].is_array());
}

#[test]
fn every_operation_is_told_with_its_command() {
    let output = orglib(&["operations", "--format", "json"]).assert().success().get_output().stdout.clone();
    let operations: Vec<Value> = serde_json::from_slice(&output).unwrap();
    let users = operations.iter().find(|operation| operation["id"] == "get-users").unwrap();
    assert_eq!(users["command"], "users list");
    assert_eq!((users["host"].as_str(), users["method"].as_str()), (Some("cloud"), Some("GET")));
    assert!(users["scopes"].as_array().unwrap().iter().any(|scope| scope == "directory:read_users"));
    for operation in &operations {
        for key in ["id", "host", "method", "path", "command"] {
            assert!(operation[key].as_str().is_some_and(|text| !text.is_empty()), "{operation}");
        }
    }
}

#[test]
fn the_sandbox_needs_neither_a_token_nor_an_organisation() {
    for arguments in [["exposure", "--sandbox", "--quiet"], ["users", "list", "--sandbox"]] {
        let output = orglib(&arguments).assert().success().stderr("").get_output().stdout.clone();
        let first = output.split(|byte| *byte == b'\n').next().unwrap();
        assert!(serde_json::from_slice::<Value>(first).unwrap().is_object());
    }
}

#[test]
fn completions_and_pages_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = orglib(&["completions", shell]).assert().success().get_output().stdout.clone();
        assert!(String::from_utf8(output).unwrap().contains("exposure"), "{shell}");
    }
    let page = orglib(&["man", "disk", "public", "settings"]).assert().success().get_output().stdout.clone();
    assert!(String::from_utf8(page).unwrap().contains("resource"));
    orglib(&["man", "nonsense"]).assert().code(2);
}

/// The files of a workbook by name: what a zip archive's own directory says.
fn parts(book: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(found) = book[at..].windows(4).position(|window| window == b"PK\x01\x02") {
        let entry = &book[at + found..];
        let length = usize::from(u16::from_le_bytes([entry[28], entry[29]]));
        names.push(String::from_utf8_lossy(&entry[46..46 + length]).into_owned());
        at += found + 46;
    }
    names
}

#[test]
fn every_list_is_a_workbook_too() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    for (line, sheets) in [
        (&["users", "list", "--output", &path("users.xlsx")][..], 2),
        (&["exposure", "--output", &path("exposure.xlsx")][..], 2),
        (&["groups", "list", "--format", "xlsx", "--output", &path("groups.data")][..], 2),
    ] {
        service.orglib(line).assert().success();
        let book = std::fs::read(line.last().unwrap()).unwrap();
        let parts = parts(&book);
        let found = parts.iter().filter(|part| part.starts_with("xl/worksheets/sheet")).count();
        assert_eq!(found, sheets, "{line:?}: {parts:?}");
    }
    // Nobody reads a workbook from a pipe by mistake: what comes is the file itself.
    let piped =
        service.orglib(&["rooms", "list", "--format", "xlsx"]).assert().success().get_output().stdout.clone();
    assert!(piped.starts_with(b"PK"));
}

#[test]
fn every_list_is_a_page_that_asks_for_nothing() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    for (line, part) in [
        (&["users", "list", "--output", &path("users.html")][..], "\"overview\":null"),
        (&["exposure", "--output", &path("exposure.html")][..], "\"open_to_everybody\""),
        (&["exposure", "--reach", "public", "--output", &path("public.html")][..], "\"selection\":{"),
    ] {
        service.orglib(line).assert().success();
        let page = std::fs::read_to_string(line.last().unwrap()).unwrap();
        assert!(page.contains(part), "{line:?}");
        assert!(
            page.contains("default-src 'none'") && !page.contains("http://") && !page.contains("src="),
            "{line:?}"
        );
    }
    let few = path("few.html");
    service.orglib(&["exposure", "--html-rows", "3", "--output", &few]).assert().success();
    assert!(std::fs::read_to_string(&few).unwrap().contains("\"rows_in_page\":3,"));
    service.orglib(&["exposure", "--html-rows", "3"]).assert().code(2);
    // What could not be read is said first.
    let people = path("people.csv");
    std::fs::write(&people, "email\nnobody@example.ru\n").unwrap();
    let gaps = path("gaps.html");
    service.orglib(&["exposure", "--from-csv", &people, "--output", &gaps]).assert().code(7);
    assert!(std::fs::read_to_string(&gaps).unwrap().contains("NOT COMPLETE: 1 could not be read"));
}

#[test]
fn a_page_is_in_the_language_that_is_asked_for_or_that_of_the_environment() {
    let service = Service::small();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.html");
    let page = |more: &[&str], locale: Option<&str>| {
        let line = [&["exposure", "--quiet", "--output", file.to_str().unwrap()], more].concat();
        let mut command = service.orglib(&line);
        command.envs(locale.map(|locale| ("LANG", locale))).assert().success();
        std::fs::read_to_string(&file).unwrap()
    };
    for (more, locale, code, says) in [
        (&["--lang", "ru"][..], None, "\"ru\"", "Прочитано всё"),
        (&[], Some("ru_RU.UTF-8"), "\"ru\"", "Организация 7654321, прочитано"),
        (&["--lang", "en"], Some("ru_RU.UTF-8"), "\"en\"", "Organization 7654321, read on"),
        (&[], Some("C.UTF-8"), "null", "Everything was read"),
    ] {
        let page = page(more, locale);
        assert!(page.contains(&format!("\"language\":{code}")) && page.contains(says), "{more:?} {locale:?}");
    }
    // What speaks against a comparison is in both too.
    let earlier = folder.path().join("earlier.csv");
    service.orglib(&["exposure", "--quiet", "--output", earlier.to_str().unwrap()]).assert().success();
    let compared = page(&["--compare", earlier.to_str().unwrap()], None);
    assert!(
        compared.contains("does not say what could not be read then")
            && compared.contains("не говорит, что тогда")
    );
    let refused = service.orglib(&["exposure", "--lang", "ru", "--format", "csv"]).assert().code(2);
    let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(said.contains("--lang goes with a page or a workbook"), "{said}");
}
