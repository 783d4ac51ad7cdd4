//! Times, as the services write them.

use std::{fmt, str::FromStr, time::SystemTime};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient::{Unset, by_text};

/// A time as a service wrote it. The text is kept, so that nothing is lost where it cannot be understood and
/// files show what the service gave.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Timestamp(Box<str>);

/// A text that is no time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidTimestamp(());

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time is written as 2024-01-31T23:59:59Z or 2024-01-31T23:59:59+03:00")
    }
}

impl std::error::Error for InvalidTimestamp {}

impl Timestamp {
    /// The text, as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment; nothing where the text is no time. Both ISO 8601 with an offset and Unix seconds are
    /// understood.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        self.parse().map(SystemTime::from)
    }

    fn parse(&self) -> Option<jiff::Timestamp> {
        self.0.parse().ok().or_else(|| jiff::Timestamp::from_second(self.0.parse().ok()?).ok())
    }
}

/// Takes only what is a time: this is the way in for what people type.
impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        text.parse::<jiff::Timestamp>().map_err(|_| InvalidTimestamp(()))?;
        Ok(Self(text.into()))
    }
}

/// A time before or after what can be written (years -9999 to 9999) becomes the nearest that can.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let nearest = if time < SystemTime::UNIX_EPOCH { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        let moment = jiff::Timestamp::try_from(time).unwrap_or(nearest);
        Self(moment.to_string().into())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        by_text(deserializer, |text| Self(text.into()))
    }
}

/// Unset is null, `""` or 0.
impl Unset for Timestamp {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        by_text(deserializer, |text| {
            Some(text).filter(|text| !matches!(*text, "" | "0")).map(|text| Self(text.into()))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_form_that_a_service_uses_gives_the_moment_and_keeps_its_text() {
        let moment = SystemTime::UNIX_EPOCH + Duration::from_millis(1_517_130_528_372);
        for (json, expected) in [
            ("\"2018-01-28T12:08:48.372+03:00\"", moment),
            ("\"2018-01-28T09:08:48.372Z\"", moment),
            ("1517130528", moment - Duration::from_millis(372)),
        ] {
            let time: Timestamp = serde_json::from_str(json).unwrap();
            assert_eq!(time.to_system_time(), Some(expected), "{json}");
            assert_eq!(time.as_str(), json.trim_matches('"'));
        }
    }

    #[test]
    fn what_is_no_time_is_kept_but_gives_no_moment() {
        let time: Timestamp = serde_json::from_str("\"yesterday\"").unwrap();
        assert_eq!((time.as_str(), time.to_system_time()), ("yesterday", None));
    }

    #[test]
    fn what_a_person_types_must_be_a_time() {
        assert!("2024-01-31T23:59:59+00:00".parse::<Timestamp>().is_ok());
        for text in ["", "2024-01-31", "31.01.2024", "2024-01-31T23:59:59"] {
            assert!(
                text.parse::<Timestamp>().unwrap_err().to_string().contains("2024-01-31T23:59:59Z"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_system_time_goes_round() {
        let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        assert_eq!(Timestamp::from(moment).to_system_time(), Some(moment));
    }
}
