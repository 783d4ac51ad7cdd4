//! Days, as the services write them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day of the calendar, written `2024-01-31`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// What is no day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDate(());

impl fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day is written as 2024-01-31")
    }
}

impl std::error::Error for InvalidDate {}

impl Date {
    /// The day, by the numbers of its year, its month and itself.
    ///
    /// # Errors
    /// Where the calendar has no such day, or it is before the year 0.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, InvalidDate> {
        let day = jiff::civil::Date::new(year, month, day).ok().filter(|_| year >= 0);
        day.map(Self).ok_or(InvalidDate(()))
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let text = text.trim();
        let day = text.parse().ok().filter(|_| text.len() == "2024-01-31".len());
        day.map(Self).ok_or(InvalidDate(()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert_eq!("2024-02-29".parse(), Date::new(2024, 2, 29));
        assert_eq!(Date::new(2024, 2, 29).unwrap().to_string(), "2024-02-29");
        for text in ["", "2023-02-29", "29.02.2024", "2024-2-29", "2024-02-29T00:00:00Z", "20240229"] {
            assert_eq!(text.parse::<Date>(), Err(InvalidDate(())), "{text}");
        }
        assert!(Date::new(-1, 1, 1).is_err());
    }
}
