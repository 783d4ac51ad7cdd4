//! Who has not used the services for long.

use std::{collections::HashMap, time::SystemTime};

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use orglib_core::Error;
use orglib_models::{Timestamp, UserId, directory::UserStatistics};

use super::{Named, NotRead, Note, Reports, Survey, survey::row, whole_as, without_robots};
use crate::{AccountStatus, staff::Person};

/// The operation that the report rests on.
const STATISTICS: &str = "get-user-statistics";

/// How many days back a day with statistics is looked for: those of a day appear on the next.
const BACK: i64 = 3;

/// How the service's fields for the last use are called: there may be more of them than are known.
const LAST_USE: &str = "_last_usage_date";

row! {
    /// One person who has not used the services for long.
    InactiveRow {
        /// The address, or what is known instead.
        email: String,
        /// The person's id.
        user_id: UserId,
        /// Whether the person still works here.
        status: AccountStatus,
        /// Whether the person administers the organisation; nothing where the service does not say.
        is_admin: Option<bool>,
        /// The last day on which any of the services was used; nothing where the service tells of none.
        last_used_date: Option<String>,
        /// How many days ago that was, on the day of the statistics.
        unused_days_count: Option<i64>,
        /// When Mail was last used.
        mail_last_usage_date: Option<String>,
        /// When Disk was last used.
        disk_last_usage_date: Option<String>,
        /// When Messenger was last used.
        messenger_last_usage_date: Option<String>,
        /// When Telemost was last used.
        telemost_last_usage_date: Option<String>,
        /// Whether the statistics have the person at all.
        is_in_statistics: bool,
        /// When the account was made.
        created_at: Option<Timestamp>,
    }
}

impl Reports {
    /// Who has used none of Mail, Disk, Messenger and Telemost for so many days, by the statistics of the last day that
    /// has any. Whose account is not that old is not in the report; of whom no use is told is.
    ///
    /// # Errors
    /// What the list of employees and the statistics fail with.
    pub async fn inactive(&self, days: u32) -> Result<Survey<InactiveRow>, Error> {
        let mut gaps = Vec::new();
        let staff = self.staff(&mut gaps).await?;
        let Some((day, rows)) = usage_of_a_day(self, &mut gaps).await? else {
            return Ok(Survey::known(Vec::new()).after(gaps));
        };
        let nameless = rows.iter().filter(|row| row.user_id.is_none()).count();
        if nameless > 0 {
            let message = format!("{nameless} rows do not say whose they are");
            gaps.push(NotRead::untold(format!("the statistics of {day}"), STATISTICS, message));
        }
        let told: HashMap<UserId, Usage> =
            rows.into_iter().filter_map(|row| Some((row.user_id?, row))).collect();
        let mut findings = Vec::new();
        for user in staff.persons() {
            let row = told.get(&user.id);
            match last_use(row) {
                Ok(last) if is_inactive(user, last, day, days) => {
                    let row = of_person(user, row, last, day);
                    findings.push((row.email.clone(), vec![row]));
                }
                Ok(_) => findings.push((Named::of(user).email, Vec::new())),
                Err(word) => {
                    let message = format!("the last day of use is `{word}`, which is no day");
                    gaps.push(NotRead::untold(Named::of(user).email, STATISTICS, message));
                }
            }
        }
        let notes = asked(day).map(|on| Note::UnusedFor { days, on });
        Ok(Survey::known(findings).notes(notes).notes(without_robots(&staff)).after(gaps))
    }
}

/// The statistics of the last day that has any; where none of the last days has, that is among the gaps.
pub(super) async fn usage_of_a_day(
    reports: &Reports,
    gaps: &mut Vec<NotRead>,
) -> Result<Option<(Date, Vec<Usage>)>, Error> {
    let today = today(reports.client.clock().now());
    for back in 1..=BACK {
        let Ok(day) = today.checked_sub(back.days()) else { break };
        let Some(asked) = asked(day) else { break };
        let list = reports.directory().statistics().list_users(asked, asked);
        let what = format!("a row of the statistics of {day}");
        let rows = whole_as(list, &what, gaps, Usage::from).await?;
        if !rows.is_empty() {
            return Ok(Some((day, rows)));
        }
    }
    let message = format!("there are no statistics of the last {BACK} days; they appear on the day after");
    gaps.push(NotRead::untold("everybody", STATISTICS, message));
    Ok(None)
}

/// The day as the service is asked for it.
pub(super) fn asked(day: Date) -> Option<orglib_models::Date> {
    orglib_models::Date::new(day.year(), day.month(), day.day()).ok()
}

/// The day, in UTC. In Russia days end earlier: the one before is over there too.
fn today(now: SystemTime) -> Date {
    let now = jiff::Timestamp::try_from(now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    now.to_zoned(TimeZone::UTC).date()
}

/// What the statistics tell of one person.
#[derive(Clone, Debug)]
pub(super) struct Usage {
    pub(super) user_id: Option<UserId>,
    pub(super) is_manager: Option<bool>,
    /// The last uses of Mail, Disk, Messenger and Telemost, as they came.
    known: [Option<Box<str>>; 4],
    /// Those of services that are not known.
    others: Vec<Box<str>>,
}

impl From<UserStatistics> for Usage {
    fn from(told: UserStatistics) -> Self {
        let known = [
            told.mail_last_usage_date,
            told.disk_last_usage_date,
            told.messenger_last_usage_date,
            told.telemost_last_usage_date,
        ];
        let others = told.other.iter().filter(|(name, _)| name.ends_with(LAST_USE));
        Self {
            user_id: told.user_id,
            is_manager: told.is_manager,
            known: known.map(|word| word.filter(|word| !word.is_empty()).map(Into::into)),
            others: others.filter_map(|(_, word)| word.as_str()).map(Into::into).collect(),
        }
    }
}

/// The last day on which any service was used; the word that is no day, where there is one.
fn last_use(usage: Option<&Usage>) -> Result<Option<Date>, String> {
    let Some(Usage { known, others, .. }) = usage else { return Ok(None) };
    let words = known.iter().flatten().chain(others);
    let mut last = None;
    for word in words.filter(|word| !word.is_empty()) {
        let day = word.get(..10).and_then(|day| day.parse().ok());
        last = last.max(Some(day.ok_or_else(|| word.to_string())?));
    }
    Ok(last)
}

fn is_inactive(person: &Person, last: Option<Date>, day: Date, days: u32) -> bool {
    let first = day.checked_sub(i64::from(days).days()).unwrap_or(Date::MIN);
    let created = person.created_at.as_ref().and_then(Timestamp::to_system_time).map(today);
    match last {
        Some(last) => last < first,
        None => created.is_none_or(|created| created < first),
    }
}

fn of_person(person: &Person, usage: Option<&Usage>, last: Option<Date>, day: Date) -> InactiveRow {
    let Named { email, user_id, status } = Named::of(person);
    let known = usage.map(|usage| usage.known.clone()).unwrap_or_default();
    let [mail, disk, messenger, telemost] = known.map(|word| word.map(String::from));
    InactiveRow {
        email,
        user_id,
        status,
        is_admin: person.is_admin,
        last_used_date: last.map(|last| last.to_string()),
        unused_days_count: last.and_then(|last| last.until(day).ok()).map(|span| span.get_days().into()),
        mail_last_usage_date: mail,
        disk_last_usage_date: disk,
        messenger_last_usage_date: messenger,
        telemost_last_usage_date: telemost,
        is_in_statistics: usage.is_some(),
        created_at: person.created_at.clone(),
    }
}

#[cfg(test)]
mod tests {
    use orglib_models::directory::User;

    use super::*;

    fn row(json: &str) -> Usage {
        serde_json::from_str::<UserStatistics>(json).unwrap().into()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_use_is_that_of_any_service_even_of_one_that_is_not_known() {
        for (json, expected) in [
            (
                r#"{"mail_last_usage_date":"2024-03-01","disk_last_usage_date":"2024-02-01"}"#,
                Ok(Some("2024-03-01")),
            ),
            (
                r#"{"mail_last_usage_date":"2024-03-01","wiki_last_usage_date":"2024-04-01"}"#,
                Ok(Some("2024-04-01")),
            ),
            (r#"{"mail_last_usage_date":"2024-03-01T10:00:00+03:00"}"#, Ok(Some("2024-03-01"))),
            (r#"{"mail_last_usage_date":null,"telemost_last_usage_date":""}"#, Ok(None)),
            (r#"{"mail_last_usage_date":"soon"}"#, Err("soon")),
        ] {
            let expected = expected.map(|text| text.map(day)).map_err(str::to_owned);
            assert_eq!(last_use(Some(&row(json))), expected, "{json}");
        }
    }

    #[test]
    fn whoever_is_new_is_not_inactive_and_of_whom_nothing_is_told_is() {
        let person = |created: &str| -> Person {
            let user: User =
                serde_json::from_str(&format!(r#"{{"id":1,"created_at":"{created}"}}"#)).unwrap();
            (&user).into()
        };
        let today = day("2024-06-30");
        for (created, last, expected) in [
            ("2020-01-01T00:00:00Z", Some("2024-06-01"), false),
            ("2020-01-01T00:00:00Z", Some("2024-05-31"), true),
            ("2020-01-01T00:00:00Z", None, true),
            ("", None, true),
            ("2024-06-10T00:00:00Z", None, false),
        ] {
            let is = is_inactive(&person(created), last.map(day), today, 29);
            assert_eq!(is, expected, "{created} {last:?}");
        }
    }
}
