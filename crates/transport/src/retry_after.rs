//! The delay that a server asks for.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, header};

/// The delay in `Retry-After`, which is a number of seconds or an HTTP date. A date is measured against the answer's own
/// `Date`, else against `now`, for clocks differ; one in the past is no delay. Nothing where the header is missing or is
/// neither.
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than there are seconds is a long time too.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let moment = httpdate::parse_http_date(value).ok()?;
    let date = headers.get(header::DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    Some(moment.duration_since(date.unwrap_or(now)).unwrap_or_default())
}

/// The delay that is waited for: none where the server asks for no time at all, so that the ordinary back-off stands.
pub(crate) fn asked_delay(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    retry_after(headers, now).filter(|delay| !delay.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_the_rest_is_nothing() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for (value, delay) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("Sun, 09 Sep 2001 01:46:50 GMT", Some(10)),
            ("Sun, 09 Sep 2001 01:46:30 GMT", Some(0)),
            ("soon", None),
            ("18446744073709551615", Some(u64::MAX)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("+7", None),
            ("-1", None),
            ("1.5", None),
            ("", None),
        ] {
            let headers = HeaderMap::from_iter([(header::RETRY_AFTER, value.parse().unwrap())]);
            assert_eq!(retry_after(&headers, now), delay.map(Duration::from_secs), "{value:?}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }

    #[test]
    fn a_date_is_measured_against_the_clock_of_the_server() {
        let headers = HeaderMap::from_iter([
            (header::RETRY_AFTER, "Sun, 09 Sep 2001 01:46:50 GMT".parse().unwrap()),
            (header::DATE, "Sun, 09 Sep 2001 01:46:45 GMT".parse().unwrap()),
        ]);
        let an_hour_ahead = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_003_600);
        assert_eq!(retry_after(&headers, an_hour_ahead), Some(Duration::from_secs(5)));
    }
}
