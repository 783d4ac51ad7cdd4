//! Times as each host writes them.

use jiff::{Timestamp, tz::Offset};

const MOSCOW: Offset = Offset::constant(3);

/// `2020-01-31T09:15:00Z`.
pub(crate) fn utc(seconds: i64) -> String {
    timestamp(seconds.saturating_mul(1000)).to_string()
}

/// `2020-01-31T09:15:00.372Z`, from milliseconds.
pub(super) fn utc_exact(milliseconds: i64) -> String {
    format!("{:.3}", timestamp(milliseconds))
}

/// `2020-01-31T12:15:00+03:00`, from a time in any offset; what is no time stays as it is.
pub(crate) fn to_moscow(time: &str) -> String {
    let moscow = time.parse::<Timestamp>().map(|time| time.display_with_offset(MOSCOW).to_string());
    moscow.unwrap_or_else(|_| time.to_owned())
}

/// `2020-01-31T12:15:00.372+03:00`, from milliseconds.
pub(super) fn moscow_exact(milliseconds: i64) -> String {
    format!("{:.3}", timestamp(milliseconds).display_with_offset(MOSCOW))
}

/// `2020-01-31T09:15:00+00:00`, from milliseconds, which it drops.
pub(super) fn greenwich(milliseconds: i64) -> String {
    format!("{:.0}", timestamp(milliseconds).display_with_offset(Offset::UTC))
}

fn timestamp(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_has_its_own_form() {
        let seconds = 1_580_462_100;
        assert_eq!(utc(seconds), "2020-01-31T09:15:00Z");
        assert_eq!(utc_exact(seconds * 1000 + 372), "2020-01-31T09:15:00.372Z");
        assert_eq!(to_moscow(&utc(seconds)), "2020-01-31T12:15:00+03:00");
        assert_eq!(moscow_exact(seconds * 1000 + 372), "2020-01-31T12:15:00.372+03:00");
        assert_eq!(moscow_exact(seconds * 1000), "2020-01-31T12:15:00.000+03:00");
        assert_eq!(greenwich(seconds * 1000 + 372), "2020-01-31T09:15:00+00:00");
    }
}
