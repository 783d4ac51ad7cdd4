//! Comparing reports, and taking back what they show.

use std::{fs, path::Path};

use orglib_sandbox::Sandbox;

use crate::support::{Service, records};

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A report with a decision for each row of which this is true, by reach.
fn plan(report: &str, reach: &str, more: &[(&str, &str)]) -> String {
    let mut lines = report.lines();
    let names: String = more.iter().map(|(name, _)| format!(",{name}")).collect();
    let cells: String = more.iter().map(|(_, cell)| format!(",{cell}")).collect();
    let mut plan = format!("{},decision{names}\n", lines.next().unwrap());
    for (line, record) in lines.zip(records(report)) {
        let decision = if record[15] == reach { "revoke" } else { "" };
        plan += &format!("{line},{decision}{cells}\n");
    }
    plan
}

#[test]
fn a_plan_is_tried_stopped_by_its_rail_carried_out_and_seen_in_the_next_report() {
    let service = Service::small();
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    let (before, marked, out, journal) =
        (path("before.csv"), path("plan.csv"), path("out.csv"), path("journal"));
    service.orglib(&["exposure", "--output", text(&before)]).assert().success();
    let report = fs::read_to_string(&before).unwrap();
    let public = records(&report).iter().filter(|row| row[15] == "public").count();
    fs::write(&marked, plan(&report, "public", &[])).unwrap();
    let revoke = ["exposure", "revoke", "--from-csv", text(&marked)];

    let stopped = service.orglib(&[&revoke[..], &["--yes"]].concat()).assert().code(9);
    let said = String::from_utf8(stopped.get_output().stderr.clone()).unwrap();
    assert!(
        said.contains(&format!("takes back {public} accesses")) && said.contains("nothing was sent"),
        "{said}"
    );
    let max = public.to_string();
    let meant = [&revoke[..], &["--max", &max]].concat();
    service.orglib(&meant).assert().code(2);
    let tried = service.stdout(&[&meant[..], &["--dry-run", "--format", "csv"]].concat());
    assert!(records(&tried).iter().all(|row| row[6] == "would_close"));
    assert_eq!(service.stdout(&["exposure", "--format", "csv", "--quiet"]), report, "nothing was done");

    let journaled = ["--yes", "--output", text(&out), "--journal", text(&journal)];
    service.orglib(&[&meant[..], &journaled].concat()).assert().success();
    let done = records(&fs::read_to_string(&out).unwrap());
    assert!(done.len() == public && done.iter().all(|row| row[6] == "closed" && row[9].starts_with("[{")));

    let compare = ["exposure", "--compare", text(&before), "--format", "csv"];
    let after = service.orglib(&compare).assert().success();
    let said = String::from_utf8(after.get_output().stderr.clone()).unwrap();
    assert!(said.contains(&format!("new 0, gone {public}, changed 0")), "{said}");
    let rows = String::from_utf8(after.get_output().stdout.clone()).unwrap();
    assert!(rows.lines().next().unwrap().ends_with("department,change"), "{rows}");
    let gone = records(&rows).into_iter().filter(|row| row.last().unwrap() == "gone").count();
    assert_eq!(gone, public);
    assert!(said.contains("open to everybody 0"), "what is gone is not counted as there: {said}");
}

#[test]
fn a_plan_of_another_organisation_is_refused() {
    let service = Service::small();
    let other = Service::start(Sandbox::builder().users(20).resources(40).seed(99).org_id(42));
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("plan.csv");
    let report = other.stdout(&["exposure", "--format", "csv", "--quiet"]);
    let elsewhere = report.replace("11300", "99300");
    for (plan, said) in [
        (
            plan(&report, "public", &[("report_org", "42"), ("report_accesses", "1000")]),
            "plan of organization 42",
        ),
        (plan(&elsewhere, "public", &[]), "no employees of organization"),
        (plan(&report, "nowhere", &[]), "no row is marked"),
        (report.clone(), "no column decision"),
    ] {
        fs::write(&file, plan).unwrap();
        let arguments = ["exposure", "revoke", "--from-csv", text(&file), "--yes", "--max", "999"];
        let refused = service.orglib(&arguments).assert().code(2);
        let stderr = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
        assert!(stderr.contains(said), "{said}: {stderr}");
    }
}

#[test]
fn addresses_of_links_are_read_where_they_are_asked_for() {
    let service = Service::small();
    let rows = records(&service.stdout(&["exposure", "--public-urls", "--format", "csv", "--quiet"]));
    let has_url = |row: &Vec<String>| row[19].starts_with("https://");
    assert!(rows.iter().any(has_url) && rows.iter().all(|row| row[15] == "public" || row[19].is_empty()));
    let json = service.stdout(&["exposure", "--format", "jsonl", "--quiet"]);
    assert!(!json.contains("public_url") && !json.contains("\"change\""));
}
