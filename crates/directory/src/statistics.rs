//! How much the services are used.

use orglib_core::{Download, Page, handle, operation};
use orglib_models::{
    Date, OrgId,
    directory::{OrganizationStatistics, UserStatistics},
};

handle! {
    /// How much the people of one organisation use the services. Made by
    /// [`Directory::statistics`](crate::Directory::statistics).
    Statistics(org: OrgId) {
        /// Lists what each employee used on each day, both days included: from 1 day to 3 months. The present day is not
        /// in it yet.
        fn list_users(start: Date, end: Date) -> List<ListUserStatistics>;
        /// Lists what the organisation used on each day, both days included: from 1 day to 3 months.
        fn list_organization(start: Date, end: Date) -> Call<ListOrganizationStatistics>;
        /// Exports what each employee used on each day, both days included: from 1 day to 3 months. See
        /// [`statistics_are_cut`].
        fn export_users(start: Date, end: Date) -> Call<ExportUserStatistics>;
    }
}

/// List what each employee used on each day.
///
/// The period is from 1 day to 3 months, and the present day is not in it yet. The most rows of a page are not
/// documented; a thousand are asked for, as of the directory's lists.
#[operation(
    id = "get-user-statistics", get = "/v1/directory/organizations/{org_id}/users/statistics", host = Cloud,
    scopes = any("ya360_data:read_reports"), list = "items", paging = key(1000), check = Self::check,
    output = Page<UserStatistics>
)]
pub struct ListUserStatistics {
    #[path]
    org_id: OrgId,
    /// The first day.
    #[query]
    start_date: Date,
    /// The last day.
    #[query]
    end_date: Date,
}

/// List what the organisation used on each day.
///
/// The period is from 1 day to 3 months, and the present day is not in it yet.
#[operation(
    id = "get-org-statistics", get = "/v1/directory/organizations/{org_id}/statistics", host = Cloud,
    scopes = any("ya360_data:read_reports"), within = "data", check = Self::check,
    output = Vec<OrganizationStatistics>
)]
pub struct ListOrganizationStatistics {
    #[path]
    org_id: OrgId,
    /// The first day.
    #[query]
    start_date: Date,
    /// The last day.
    #[query]
    end_date: Date,
}

/// Export what each employee used on each day, as CSV.
///
/// The period is from 1 day to 3 months, and the present day is not in it yet. At most 408,666 rows come; a file that
/// was cut says so by its name. Which columns there are is not documented.
#[operation(
    id = "get-user-statistics-export", get = "/v1/directory/organizations/{org_id}/users/statistics/export",
    host = Cloud, scopes = any("ya360_data:read_reports"), check = Self::check, output = Download
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

macro_rules! check_period {
    ($($operation:ty),+) => {
        $(impl $operation {
            fn check(&self) -> Result<(), String> {
                if self.end_date < self.start_date {
                    return Err(format!("the period ends on {}, before it begins", self.end_date));
                }
                Ok(())
            }
        })+
    };
}

check_period!(ListUserStatistics, ListOrganizationStatistics, ExportUserStatistics);

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
