//! The export of statistics.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use orglib_core::Client;
use orglib_directory::{Directory, OrgId, statistics_are_cut};
use orglib_models::Date;
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
