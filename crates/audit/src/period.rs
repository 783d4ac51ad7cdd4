//! The period that a log is asked for.

use std::time::{Duration, SystemTime};

use orglib_core::transport::Clock;
use orglib_models::Timestamp;

/// The form that the service takes.
const FORM: &str =
    "an ISO 8601 time with an offset, such as 2024-01-31T23:59:59Z or 2024-01-31T23:59:59+03:00";

/// What is wrong with a period, if anything is: an end that is no time, or a start after the end.
pub(crate) fn check(
    start: (&str, Option<&Timestamp>),
    end: (&str, Option<&Timestamp>),
) -> Result<(), String> {
    let (from, to) = (moment(start)?, moment(end)?);
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(format!(
            "`{}` is after `{}`: the period ends before it begins; each is {FORM}",
            start.0, end.0
        )),
        _ => Ok(()),
    }
}

/// A time that was read from elsewhere may be any text; Unix seconds are a time, but none that the service takes.
fn moment((name, time): (&str, Option<&Timestamp>)) -> Result<Option<SystemTime>, String> {
    let Some(time) = time else { return Ok(None) };
    match time.as_str().parse::<Timestamp>() {
        Ok(time) => Ok(time.to_system_time()),
        Err(_) => Err(format!("`{name}` is no time; it is {FORM}")),
    }
}

/// This second. Fractions are left out: no document shows one in a request.
pub(crate) fn now(clock: &dyn Clock) -> Timestamp {
    let since = clock.now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from(SystemTime::UNIX_EPOCH + Duration::from_secs(since.as_secs()))
}
