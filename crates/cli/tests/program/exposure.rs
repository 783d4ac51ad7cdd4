//! The report.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::Stdio,
    time::Duration,
};

use orglib_sandbox::{FaultKind, Faults, Sandbox};

use crate::support::{Service, records};

const REPORT: [&str; 4] = ["exposure", "--format", "csv", "--quiet"];

fn report(service: &Service, more: &[&str]) -> String {
    service.stdout(&[&REPORT, more].concat())
}

#[test]
fn a_report_has_the_columns_that_sheets_know() {
    let service = Service::small();
    let report = report(&service, &["--robots"]);
    assert_eq!(
        report.lines().next(),
        Some(
            "email,path,access_type,rights,user_id,shared_email,external_user,owner_id,org_id,resource_type,name,\
             public_hash,created_at,modified_at,available_until,reach,recipient,owner_status,department"
        )
    );
    // An access may have several macros, each a row.
    assert!(records(&report).len() as u64 >= service.sandbox.summary().accesses);
}

#[test]
fn the_first_seven_columns_are_those_that_existing_sheets_have() {
    let rows = records(&report(&Service::small(), &[]));
    let sheet: Vec<_> = rows.iter().map(|row| row[..7].join(",")).collect();
    insta::assert_snapshot!(sheet.join("\n"));
}

#[test]
fn formulas_are_harmless_in_the_sheet_of_what_could_not_be_read_too() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("people.csv"), "email\n=cmd|x@example.ru\n").unwrap();
    let (people, errors, out) = (path("people.csv"), path("errors.csv"), path("report.csv"));
    let arguments = ["exposure", "--from-csv", &people, "--errors", &errors, "--output", &out, "--excel"];
    service.orglib(&arguments).assert().code(7);
    let errors = fs::read_to_string(&errors).unwrap();
    assert!(
        errors.starts_with("\u{feff}email;path;") && errors.contains("\n'=cmd|x@example.ru;"),
        "{errors}"
    );
}

#[test]
fn with_faults_on_the_rows_are_the_same() {
    let service = Service::start(Sandbox::builder().users(12).resources(24));
    let whole = report(&service, &[]);
    service.sandbox.set_faults(Faults::errors(0.25).with_kinds([
        FaultKind::Internal,
        FaultKind::BadGateway,
        FaultKind::UnavailableRetry,
        FaultKind::ThrottledRetry,
        FaultKind::ThrottledDate,
        FaultKind::Drop,
        FaultKind::Lost,
        FaultKind::CutOff,
        FaultKind::Html,
        FaultKind::HtmlBadGateway,
    ]));
    service.sandbox.reset();
    assert_eq!(report(&service, &[]), whole);
    assert!(service.sandbox.stats().faults > 3);
}

#[test]
fn words_that_nobody_knows_lose_no_row() {
    let service = Service::small();
    let resources = |report: &str| {
        let records = records(report).into_iter();
        records
            .map(|record| (record[0].clone(), record[1].clone()))
            .collect::<std::collections::BTreeSet<_>>()
    };
    let whole = resources(&report(&service, &["--robots"]));
    service.sandbox.set_faults("unknown,ids".parse().unwrap());
    assert_eq!(resources(&report(&service, &["--robots"])), whole);
    service.sandbox.set_faults("unknown,nulls,ids".parse().unwrap());
    report(&service, &["--robots"]);
}

#[test]
fn people_are_chosen_by_name_file_department_and_group() {
    let service = Service::small();
    let whole = records(&report(&service, &["--robots"]));
    let emails: Vec<_> = whole.iter().map(|record| record[0].clone()).collect();
    let (one, other) = (&emails[0], emails.last().unwrap());
    let of = |wanted: &[&String]| {
        let rows = whole.iter().filter(|record| wanted.contains(&&record[0]));
        rows.cloned().collect::<Vec<_>>()
    };
    assert_eq!(records(&report(&service, &["--user", one])), of(&[one]));

    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("people.csv");
    fs::write(&file, format!("\u{feff}name;email\nx;{one}\ny;{other}\n")).unwrap();
    assert_eq!(records(&report(&service, &["--from-csv", file.to_str().unwrap()])), of(&[one, other]));

    assert_eq!(report(&service, &["--department", "1"]), report(&service, &[]));
    let groups = service.stdout(&["groups", "list", "--format", "csv", "--columns", "id"]);
    let group = groups.lines().nth(1).unwrap();
    let members =
        service.stdout(&["groups", "members", "list", group, "--format", "csv", "--columns", "email"]);
    let members: Vec<_> = members.lines().skip(1).map(str::to_owned).collect();
    for record in records(&report(&service, &["--group", group])) {
        assert!(members.contains(&record[0]), "{record:?}");
    }
}

#[test]
fn accesses_are_chosen_by_type_and_reach() {
    let service = Service::small();
    let whole = records(&report(&service, &[]));
    let of = |keep: &dyn Fn(&Vec<String>) -> bool| {
        whole.iter().filter(|record| keep(record)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(
        records(&report(&service, &["--access", "all,employees"])),
        of(&|record| ["all", "employees"].contains(&record[2].as_str()))
    );
    assert_eq!(records(&report(&service, &["--access", "other"])), of(&|_| false));
    let outside = of(&|record| ["public", "external"].contains(&record[15].as_str()));
    assert_eq!(records(&report(&service, &["--external-only"])), outside);
    assert_eq!(records(&report(&service, &["--reach", "public,external"])), outside);
    assert_eq!(
        records(&report(&service, &["--reach", "external"])),
        of(&|record| record[6] == "True" && record[15] == "external")
    );
    for (option, slip, meant) in [
        ("--access", "users", "user"),
        ("--access", "all,employes", "employees"),
        ("--reach", "extern", "external"),
    ] {
        let output =
            service.orglib(&["exposure", option, slip]).assert().code(2).stdout("").get_output().clone();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(&format!("did you mean `{meant}`?")), "{said}");
    }
}

#[test]
fn what_could_not_be_read_is_named_and_the_rest_is_there() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let email = service.email(0);
    fs::write(path("people.csv"), format!("nobody@example.ru\n{email}\n")).unwrap();
    let (people, errors, out) = (path("people.csv"), path("errors.csv"), path("report.csv"));
    let arguments =
        ["exposure", "--from-csv", &people, "--errors", &errors, "--output", &out, "--format", "csv"];
    let output = service.orglib(&arguments).assert().code(7).stdout("").get_output().clone();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("nobody@example.ru") && said.contains("employees 1,"), "{said}");
    assert!(said.contains(&format!("each is named in {}", path("errors.csv"))), "{said}");
    assert_eq!(fs::read_to_string(&out).unwrap(), report(&service, &["--user", &email]));
    let errors = fs::read_to_string(&errors).unwrap();
    assert!(
        errors.starts_with("email,path,operation,status,message\nnobody@example.ru,,get-users,,"),
        "{errors}"
    );
}

#[test]
fn the_summary_counts_what_was_asked() {
    let service = Service::small();
    service.sandbox.reset();
    let output = service.orglib(&["exposure", "--format", "csv"]).assert().success().get_output().clone();
    let said = String::from_utf8(output.stderr).unwrap();
    let rows = records(std::str::from_utf8(&output.stdout).unwrap());
    let requests = service.sandbox.stats().requests;
    let open = rows.iter().filter(|record| record[2] == "all").count();
    let outside = rows.iter().filter(|record| record[15] == "external").count();
    for part in [
        format!("accesses {},", rows.len()),
        format!("open to everybody {open},"),
        format!("outside {outside},"),
        "robots left out, --robots takes them in".to_owned(),
        format!("requests {requests},"),
        "retries 0,".to_owned(),
    ] {
        assert!(said.contains(&part), "{part}: {said}");
    }
    assert_eq!(said.lines().count(), 1);

    let filtered =
        service.orglib(&["exposure", "--reach", "external"]).assert().success().get_output().clone();
    let said = String::from_utf8(filtered.stderr).unwrap();
    for part in [
        format!("accesses {},", rows.len()),
        format!("open to everybody {open},"),
        format!("rows written {outside} of {},", rows.len()),
    ] {
        assert!(said.contains(&part), "totals are those of the organisation; {part}: {said}");
    }
}

#[test]
fn json_rows_have_real_flags_lists_and_nulls() {
    let service = Service::small();
    let rows = service.stdout(&["exposure", "--format", "jsonl", "--quiet"]);
    let rows: Vec<serde_json::Value> = rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    assert!(rows.iter().all(|row| row["external_user"].is_boolean() && row["rights"].is_array()));
    let open = rows.iter().find(|row| row["access_type"] == "all").unwrap();
    assert!(open["user_id"].is_null() && open["shared_email"].is_null(), "{open}");
    assert_eq!(open["recipient"], "everybody with the link");
    let csv = records(&report(&service, &[]));
    assert_eq!(csv.len(), rows.len());
    assert!(csv.iter().all(|row| ["True", "False"].contains(&row[6].as_str())));
}

#[test]
fn a_closed_pipe_ends_quietly_while_rows_stream() {
    let service =
        Service::start(Sandbox::builder().users(60).resources(600).latency(Duration::from_millis(5)));
    for arguments in [&["exposure", "--format", "csv"][..], &["exposure"]] {
        let mut process = service.process(arguments);
        let mut process = process.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::with_capacity(64, process.stdout.take().unwrap());
        let mut first = String::new();
        stdout.read_line(&mut first).unwrap();
        drop(stdout);
        let mut said = String::new();
        process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((process.wait().unwrap().code(), said.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(!first.is_empty());
    }
}
