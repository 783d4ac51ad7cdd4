//! The export of statistics.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use orglib_core::{Client, transport::StaticToken};
use orglib_directory::{Directory, OrgId, statistics_are_cut};
use orglib_models::Date;
use orglib_sandbox::Sandbox;
use orglib_testkit::{Answer, MockTransport, When};

#[tokio::test]
async fn a_file_that_was_cut_says_so_by_its_name_or_by_its_length() {
    for (name, lines, is_cut) in [
        ("; filename=\"users_statistics_7_2026-11-01_2026-11-02.csv\"", 408_666, false),
        ("; filename=\"users_statistics_7_2026-11-01_2026-11-02.csv\"", 408_667, true),
        ("; filename=\"users_statistics_7_2026-11-01_2026-11-02_truncated.csv\"", 2, true),
        ("; filename=\"users_statistics_7_2026-11-01_2026-11-02.part.csv\"", 2, true),
        ("; filename*=UTF-8''users_statistics_7_2026-11-01_2026-11-02%20%28cut%29.csv", 2, true),
        ("", 2, false),
        ("", 408_667, true),
    ] {
        let mock = MockTransport::new();
        let disposition = format!("attachment{name}");
        let when = When::operation("get-user-statistics-export").query("start_date", "2026-11-01");
        mock.expect(when, Answer::status(200).body("a,b\n").header("content-disposition", &disposition));
        let statistics =
            Directory::new(Client::builder(mock.shared()).build(), OrgId::new(7).unwrap()).statistics();
        let (start, end) = (Date::new(2026, 11, 1).unwrap(), Date::new(2026, 11, 2).unwrap());
        let export = statistics.export_users(start, end).send().await.unwrap();
        assert_eq!(statistics_are_cut(export.file_name().as_deref(), lines), is_cut, "{name}, {lines}");
        assert_eq!(export.collect(100).await.unwrap(), "a,b\n");
    }
}

#[tokio::test]
async fn what_people_used_comes_page_by_page_and_by_day() {
    let sandbox = Sandbox::builder().users(30).check_answers(true).build();
    let token = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client = Client::builder(sandbox.transport()).credentials(Arc::new(token)).build();
    let statistics = Directory::new(client, OrgId::try_from(sandbox.org_id()).unwrap()).statistics();
    let (start, end) = (Date::new(2026, 11, 1).unwrap(), Date::new(2026, 11, 3).unwrap());
    let rows = statistics.list_users(start, end).page_size(40).try_collect().await.unwrap();
    assert_eq!(rows.len(), 90);
    assert_eq!((rows[0].date.as_str(), rows[89].date.as_str()), ("2026-11-01", "2026-11-03"));
    assert_eq!(rows[0].telemost_last_usage_date, None, "an empty day is none");
    let days = statistics.list_organization(start, end).send().await.unwrap();
    assert_eq!((days.len(), days[0].users_count), (3, Some(30)));

    let before = sandbox.stats().requests;
    let error = statistics.list_organization(end, start).send().await.unwrap_err();
    assert!(error.to_string().contains("the period ends on 2026-11-01, before it begins"), "{error}");
    assert_eq!(sandbox.stats().requests, before);
}

#[tokio::test]
async fn an_export_is_cut_at_as_many_rows_as_can_come() {
    let (start, end) = (Date::new(2026, 11, 1).unwrap(), Date::new(2026, 11, 2).unwrap());
    for (most, is_cut) in [(19, true), (20, false)] {
        let sandbox = Sandbox::builder().users(10).most_statistics_rows(most).build();
        let token = StaticToken::oauth(sandbox.token().into()).unwrap();
        let client = Client::builder(sandbox.transport()).credentials(Arc::new(token)).build();
        let statistics = Directory::new(client, OrgId::try_from(sandbox.org_id()).unwrap()).statistics();
        let export = statistics.export_users(start, end).send().await.unwrap();
        assert_eq!(statistics_are_cut(export.file_name().as_deref(), 20), is_cut);
        let text = export.collect(10_000).await.unwrap();
        assert_eq!(text.iter().filter(|byte| **byte == b'\n').count(), most + 1, "with the columns");
    }
}
