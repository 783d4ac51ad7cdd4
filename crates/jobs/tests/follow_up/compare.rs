//! A report compared with an earlier one.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use orglib_disk::prelude::UpdateSettingsOptions;
use orglib_jobs::{
    Journal,
    exposure::{
        Change, Compared, Comparison, ExposureRow, Failure, Former, FormerError, People, PersonReport, Reach,
        Selection,
    },
};
use orglib_models::{
    UserId,
    disk::{AccessMacro, AccessRight, NewPublicAccess, PublicResource},
};

use crate::organization::{Organization, write_sheet};

/// What a report comes to beside an earlier one: its rows that say something, and the counts.
async fn compare(
    now: &Organization,
    former: &Path,
    selection: Selection,
    mut reports: Vec<PersonReport>,
) -> (Vec<ExposureRow>, Compared) {
    let former = Former::read(former).unwrap();
    let mut comparison = Comparison::new(former, now.org, &now.roster().await, selection).unwrap();
    let mut rows = Vec::new();
    for report in &mut reports {
        rows.extend(comparison.compare(report).unwrap());
        rows.extend(report.rows.iter().filter(|row| row.change.is_some()).cloned());
    }
    let (gone, compared) = comparison.finish().unwrap();
    rows.extend(gone);
    (rows, compared)
}

fn counts(compared: &Compared) -> [u64; 5] {
    let Compared { new, gone, changed, widened, not_comparable, .. } = compared;
    [*new, *gone, *changed, *widened, *not_comparable]
}

/// Replaces all accesses of what a row is of.
async fn share(organization: &Organization, row: &ExposureRow, accesses: Vec<NewPublicAccess>) {
    let public = organization.disk().public();
    let path = PublicResource::settings_path_of(&row.path);
    public.update_by_path(row.owner_id, path).accesses(accesses).send().await.unwrap();
}

fn everybody(right: AccessRight) -> NewPublicAccess {
    NewPublicAccess::new(vec![right]).macros(vec![AccessMacro::All])
}

/// Rows that are the only one of what they are of, and have one right.
fn alone(rows: &[ExposureRow]) -> Vec<&ExposureRow> {
    let same =
        |one: &ExposureRow, other: &ExposureRow| one.owner_id == other.owner_id && one.path == other.path;
    let is_alone = |row: &&ExposureRow| rows.iter().filter(|other| same(row, other)).count() == 1;
    rows.iter().filter(is_alone).filter(|row| row.rights.len() == 1).collect()
}

/// The same report in every form that can be compared with.
async fn forms(organization: &Organization, directory: &tempfile::TempDir) -> Vec<PathBuf> {
    let path = |name: &str| directory.path().join(name);
    let key = organization.exposure().job_key(&People::All, false);
    let journal = Journal::create(&path("journal"), &key, SystemTime::UNIX_EPOCH).unwrap();
    let rows: Vec<_> =
        organization.reports(Some(journal)).await.into_iter().flat_map(|report| report.rows).collect();
    write_sheet(&path("report.csv"), &[], &rows, |_| Vec::new());
    let lines: Vec<_> = rows.iter().map(|row| serde_json::to_string(row).unwrap()).collect();
    fs::write(path("report.jsonl"), lines.join("\n")).unwrap();
    fs::write(path("report.json"), serde_json::to_string_pretty(&rows).unwrap()).unwrap();
    ["journal", "report.csv", "report.jsonl", "report.json"].map(path).to_vec()
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_new_gone_and_changed_is_told_and_nothing_else() {
    let organization = Organization::new(|sandbox| sandbox);
    let directory = tempfile::tempdir().unwrap();
    let formers = forms(&organization, &directory).await;
    for former in &formers {
        let (rows, compared) =
            compare(&organization, former, Selection::new(), organization.reports(None).await).await;
        assert_eq!((rows, counts(&compared)), (Vec::new(), [0; 5]), "{former:?}");
    }

    let before = organization.rows().await;
    let public: Vec<_> = alone(&before).into_iter().filter(|row| row.access_type == "all").collect();
    let read: Vec<_> = public.iter().copied().filter(|row| row.rights == ["read"]).collect();
    let [closed, widened, added, ..] = read.as_slice() else { panic!("there are too few links") };
    let write = public.iter().find(|row| row.rights == ["write"]);
    share(&organization, closed, Vec::new()).await;
    share(&organization, widened, vec![everybody(AccessRight::Write)]).await;
    let employees = NewPublicAccess::new(vec![AccessRight::Read])
        .macros(vec![AccessMacro::Employees])
        .org_id(organization.org);
    share(&organization, added, vec![everybody(AccessRight::Read), employees]).await;
    if let Some(row) = write {
        share(&organization, row, vec![everybody(AccessRight::Read)]).await;
    }
    let changed = 1 + u64::from(write.is_some());
    for former in &formers {
        let reports = organization.reports(None).await;
        let (rows, compared) = compare(&organization, former, Selection::new(), reports.clone()).await;
        assert_eq!(counts(&compared), [1, 1, changed, 1, 0], "{former:?}");
        let of = |change: Change| rows.iter().filter(|row| row.change == Some(change)).collect::<Vec<_>>();
        assert_eq!(&of(Change::Gone)[0].path, &closed.path);
        assert_eq!((&of(Change::New)[0].path, of(Change::New)[0].reach), (&added.path, Reach::Organization));
        assert!(of(Change::Changed).iter().any(|row| row.path == widened.path && row.rights == ["write"]));
        // Among other rows nothing has changed.
        let employees = Selection::new().reaches([Reach::Organization]);
        let (_, compared) = compare(&organization, former, employees, reports).await;
        assert_eq!(counts(&compared), [1, 0, 0, 0, 0], "{former:?}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn what_cannot_be_read_is_not_called_gone_and_what_was_not_read_is_not_called_new() {
    let organization = Organization::new(|sandbox| sandbox);
    let directory = tempfile::tempdir().unwrap();
    let formers = forms(&organization, &directory).await;
    let mut reports = organization.reports(None).await;
    let place = reports.iter().position(|report| report.rows.len() > 3).unwrap();
    let lost = std::mem::take(&mut reports[place].rows);
    let failed = organization.disk().public().settings_by_path(UserId::new(1).unwrap(), "/x").send().await;
    let failed = failed.unwrap_err();
    for path in ["", &lost[0].path] {
        let mut reports = reports.clone();
        let failure = Failure::new(&reports[place].email, path, &failed);
        reports[place].failures.push(failure);
        let of_path = lost.iter().filter(|row| path.is_empty() || row.path == path).count() as u64;
        let (_, compared) = compare(&organization, &formers[1], Selection::new(), reports).await;
        assert_eq!(counts(&compared), [0, lost.len() as u64 - of_path, 0, 0, of_path], "{path}");
        assert!(
            compared.warnings.iter().any(|warning| warning.to_string().contains("could not be compared"))
        );
    }

    // A journal that lacks a person.
    let text = fs::read_to_string(&formers[0]).unwrap();
    let id = format!(r#"{{"id":{},"#, reports[place].user_id.unwrap());
    let shorter: Vec<_> =
        text.lines().filter(|line| !line.starts_with(&id)).map(|line| format!("{line}\n")).collect();
    fs::write(&formers[0], shorter.concat()).unwrap();
    reports[place].rows = lost.clone();
    let (rows, compared) = compare(&organization, &formers[0], Selection::new(), reports).await;
    assert_eq!((rows, counts(&compared)), (Vec::new(), [0, 0, 0, 0, lost.len() as u64]));
    assert!(compared.warnings[0].to_string().contains("1 people are not in"), "{:?}", compared.warnings);
}

#[tokio::test(flavor = "current_thread")]
async fn a_filter_that_the_earlier_report_may_have_had_is_said() {
    let organization = Organization::new(|sandbox| sandbox);
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("public.csv");
    let public: Vec<_> =
        organization.rows().await.into_iter().filter(|row| row.reach == Reach::Public).collect();
    write_sheet(&path, &[], &public, |_| Vec::new());
    let (_, compared) =
        compare(&organization, &path, Selection::new(), organization.reports(None).await).await;
    let words =
        compared.warnings.iter().find(|warning| warning.to_string().contains("has no row of")).unwrap();
    let words = words.to_string();
    assert!(words.contains("external") && words.contains("group") && !words.contains("public,"), "{words}");
    let same = Selection::new().reaches([Reach::Public]);
    let (_, compared) = compare(&organization, &path, same, organization.reports(None).await).await;
    assert_eq!(counts(&compared), [0; 5]);
}

#[tokio::test(flavor = "current_thread")]
async fn that_the_earlier_report_was_perhaps_of_some_people_is_said_of_no_other() {
    let organization = Organization::new(|sandbox| sandbox);
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("some.csv");
    let all = organization.rows().await;
    let one: Vec<_> = all.iter().filter(|row| row.owner_id == all[0].owner_id).cloned().collect();
    for (rows, warned) in [(&all, false), (&one, true)] {
        write_sheet(&path, &[], rows, |_| Vec::new());
        let reports = organization.reports(None).await;
        let (_, compared) = compare(&organization, &path, Selection::new(), reports).await;
        let warning = compared.warnings.iter().find(|warning| warning.to_string().contains(" share now"));
        assert_eq!(warning.is_some(), warned, "{:?}", compared.warnings);
        assert!(
            warning.is_none_or(|warning| warning.to_string().contains("has rows of 1 people")),
            "{warning:?}"
        );
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_report_of_another_organisation_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let formers = forms(&Organization::new(|sandbox| sandbox.org_id(77).seed(3)), &directory).await;
    let organization = Organization::new(|sandbox| sandbox);
    let roster = organization.roster().await;
    let text = fs::read_to_string(&formers[1]).unwrap();
    fs::write(&formers[1], text.replace(",11300", ",99300")).unwrap();
    for former in &formers[..2] {
        let former = Former::read(former).unwrap();
        let error = Comparison::new(former, organization.org, &roster, Selection::new()).unwrap_err();
        assert!(matches!(error, FormerError::OtherOrganization { .. }), "{error}");
    }
}

#[test]
fn what_is_no_report_is_refused_with_what_is_wrong() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("file");
    for (text, said) in [
        ("", "no column email, path"),
        ("email,path\na,b\n", "no column access_type, rights, owner_id"),
        ("email,path,access_type,rights,owner_id\na,/x,all,read,none\n", "line 2: owner_id is `none`"),
        ("email,path,access_type,rights,owner_id,reach\na,/x,all,read,7,wide\n", "line 2: reach is `wide`"),
        ("[{\"email\":1}]", "row 1"),
        ("{\"email\":\n", "EOF"),
        (
            "{\"orglib_journal\":2,\"job\":\"x\",\"arguments\":\"y\",\"began\":\"2026-01-01T00:00:00Z\"}\n",
            "another job",
        ),
        ("{\"orglib_journal\":1,\"job\":\"x\",\"arguments\":\"y\"}\n", "another version"),
    ] {
        fs::write(&path, text).unwrap();
        let error = Former::read(&path).unwrap_err().to_string();
        assert!(error.contains(said), "{text:?}: {error}");
    }
    assert!(matches!(Former::read(&directory.path().join("none")), Err(FormerError::Io { .. })));
}
