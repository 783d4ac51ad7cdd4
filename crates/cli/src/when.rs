//! Times, as people give them.

use std::{
    str::FromStr,
    time::{Duration, SystemTime},
};

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use orglib::models::Timestamp;

use crate::failure::Failure;

/// A moment, a day, or so long ago. Days are those of UTC, unless a whole time says its offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum When {
    At(Timestamp),
    Ago(Duration),
    Day(Date),
    /// So many days before today.
    DaysAgo(i64),
}

/// What is accepted, for messages and help.
const FORMS: &str = "a time is a day (2026-11-20, today, yesterday; UTC), so long ago (30d, 12h, 45m, 1w), \
                     or 2024-01-31T23:59:59Z with any offset";

impl When {
    /// The moment that a period begins with: of a day its beginning.
    pub(crate) fn begins(&self, now: SystemTime) -> Timestamp {
        self.moment(now, 0)
    }

    /// The moment that a period ends with: of a day its end, so that the day is in the period.
    pub(crate) fn ends(&self, now: SystemTime) -> Timestamp {
        self.moment(now, 1)
    }

    /// The moment, to the second; of a day, so many days after its beginning.
    fn moment(&self, now: SystemTime, days: i64) -> Timestamp {
        match self {
            Self::At(time) => time.clone(),
            Self::Ago(ago) => {
                let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
                let seconds = now.saturating_sub(*ago).as_secs();
                Timestamp::from(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
            }
            Self::Day(day) => midnight(*day, days),
            Self::DaysAgo(ago) => {
                let now = jiff::Timestamp::try_from(now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
                midnight(now.to_zoned(TimeZone::UTC).date(), days - ago)
            }
        }
    }
}

/// A period, as the service takes it: it begins before it ends.
pub(crate) fn period(
    since: Option<&When>,
    until: Option<&When>,
    now: SystemTime,
) -> Result<(Option<Timestamp>, Option<Timestamp>), Failure> {
    let (begins, ends) = (since.map(|when| when.begins(now)), until.map(|when| when.ends(now)));
    // A day ends with the first moment of the next one, which is not in it.
    let is_of_days = matches!(until, Some(When::Day(_) | When::DaysAgo(_)));
    if let (Some(begins), Some(ends)) = (&begins, &ends)
        && let (from, to) = (begins.to_system_time(), ends.to_system_time())
        && (from > to || from == to && is_of_days)
    {
        return Err(Failure::usage(format!("--since {begins} is not before --until {ends}; {FORMS}")));
    }
    Ok((begins, ends))
}

/// The beginning of a day, so many days later.
fn midnight(day: Date, later: i64) -> Timestamp {
    let day = day.checked_add(later.days()).unwrap_or(day);
    let moment = day.to_zoned(TimeZone::UTC).map(|moment| SystemTime::from(moment.timestamp()));
    Timestamp::from(moment.unwrap_or(SystemTime::UNIX_EPOCH))
}

impl FromStr for When {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const UNITS: [(char, u64); 5] =
            [('s', 1), ('m', 60), ('h', 3600), ('d', 24 * 3600), ('w', 7 * 24 * 3600)];
        let text = text.trim();
        match text {
            "today" => return Ok(Self::DaysAgo(0)),
            "yesterday" => return Ok(Self::DaysAgo(1)),
            _ => {}
        }
        let ago = UNITS.into_iter().find_map(|(unit, seconds)| {
            let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
            number.checked_mul(seconds).map(Duration::from_secs)
        });
        let day = || text.parse::<Date>().ok().filter(|_| text.len() == "2026-11-20".len()).map(Self::Day);
        let at = || text.parse().ok().map(Self::At);
        ago.map(Self::Ago).or_else(day).or_else(at).ok_or(FORMS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-26, at noon.
    fn now() -> SystemTime {
        SystemTime::from("2026-11-26T12:00:00Z".parse::<jiff::Timestamp>().unwrap())
    }

    #[test]
    fn a_time_is_a_day_or_so_long_ago_or_a_moment() {
        for (text, begins, ends) in [
            ("2026-11-20", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"),
            ("today", "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z"),
            ("yesterday", "2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z"),
            ("1w", "2026-11-19T12:00:00Z", "2026-11-19T12:00:00Z"),
            ("30d", "2026-10-27T12:00:00Z", "2026-10-27T12:00:00Z"),
            ("12h", "2026-11-26T00:00:00Z", "2026-11-26T00:00:00Z"),
            (" 45m ", "2026-11-26T11:15:00Z", "2026-11-26T11:15:00Z"),
            ("2024-01-31T23:59:59+03:00", "2024-01-31T23:59:59+03:00", "2024-01-31T23:59:59+03:00"),
        ] {
            let when: When = text.parse().unwrap();
            assert_eq!((when.begins(now()).as_str(), when.ends(now()).as_str()), (begins, ends), "{text}");
        }
        let long: When = "999999999d".parse().unwrap();
        assert_eq!(long.begins(now()).as_str(), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        let period = |since: &str, until: &str| {
            let (since, until): (When, When) = (since.parse().unwrap(), until.parse().unwrap());
            period(Some(&since), Some(&until), now())
        };
        for (since, until) in [("today", "yesterday"), ("1h", "1d"), ("2026-11-26", "2026-11-25")] {
            let failure = period(since, until).unwrap_err();
            assert!(failure.exit().code() == 2 && failure.to_string().contains("--until"), "{failure}");
        }
        for (since, until) in
            [("yesterday", "yesterday"), ("1d", "1h"), ("12h", "12h"), ("2026-11-26T02:00:00+03:00", "today")]
        {
            assert!(period(since, until).is_ok(), "{since} {until}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused_with_what_is() {
        for text in
            ["", "d", "-1d", "1.5h", "tomorrow", "31.01.2024", "2024-13-01", "30", "99999999999999999999d"]
        {
            let complaint = text.parse::<When>().unwrap_err();
            assert!(
                complaint.contains("2026-11-20")
                    && complaint.contains("yesterday")
                    && complaint.contains("1w")
            );
        }
    }
}
