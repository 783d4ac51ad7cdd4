//! How much the services are used.

use orglib_core::{Download, handle, operation};
use orglib_models::{Date, OrgId};

handle! {
    /// How much the people of one organisation use the services. Made by
    /// [`Directory::statistics`](crate::Directory::statistics).
    Statistics(org: OrgId) {
        /// Exports what each employee used on each day, both days included: from 1 day to 3 months. See
        /// [`statistics_are_cut`].
        fn export_users(start: Date, end: Date) -> Call<ExportUserStatistics>;
    }
}

/// Export what each employee used on each day, as CSV.
///
/// The period is from 1 day to 3 months, and the present day is not in it yet. At most 408,666 rows come; a file that
/// was cut says so by its name. Which columns there are is not documented.
#[operation(
    id = "get-user-statistics-export", get = "/v1/directory/organizations/{org_id}/users/statistics/export",
    host = Cloud, scopes = any("ya360_data:read_reports"), output = Download
)]
pub struct ExportUserStatistics {
    #[path]
    org_id: OrgId,
    /// The first day.
    #[query]
    start_date: Date,
    /// The last day.
    #[query]
    end_date: Date,
}

/// How many rows an export has at most.
const MOST_ROWS: u64 = 408_666;

/// Whether an export was cut, by the name that the service gives it and by how many lines it has, the one of the columns
/// among them: the name of a whole one ends with a day, and which words stand behind that in the name of another is not
/// documented; and one that has as many rows as can come may lack some.
pub fn statistics_are_cut(file_name: Option<&str>, lines: u64) -> bool {
    let is_day = |end: &str| end.parse::<Date>().is_ok();
    let ends_with_day = |name: &str| name.strip_suffix(".csv")?.rsplit_once('_').map(|(_, end)| is_day(end));
    lines > MOST_ROWS || file_name.is_some_and(|name| ends_with_day(name) != Some(true))
}
