//! What speaks against taking a comparison as it is.

use std::{fmt, path::PathBuf};

use serde::{Serialize, Serializer};

/// What speaks against taking a comparison as it is. Shown as text, and in JSON, it is a sentence in English.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// So many people are not in the earlier report: nothing of them is called new.
    PeopleUnreadThen {
        /// How many.
        people: u64,
        /// The earlier report.
        file: PathBuf,
    },
    /// So many accesses could not be compared: they were not read, now or then.
    NotComparable(u64),
    /// The earlier report has no row of these words: if a filter kept them out then, they are not new.
    NoRowOf {
        /// The reaches and access types.
        words: Vec<String>,
        /// The earlier report.
        file: PathBuf,
    },
    /// The earlier report has rows of few people beside those that share now: it was perhaps of some people only.
    FewOwnersThen {
        /// How many people it has rows of.
        then: usize,
        /// How many share now.
        now: usize,
        /// The earlier report.
        file: PathBuf,
    },
    /// The earlier report does not say what could not be read then, as a journal does.
    GapsUnknown {
        /// The earlier report.
        file: PathBuf,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PeopleUnreadThen { people, file } => {
                write!(f, "{people} people are not in {}: nothing of them is called new", file.display())
            }
            Self::NotComparable(count) => {
                write!(f, "{count} accesses could not be compared: they were not read, now or then")
            }
            Self::NoRowOf { words, file } => {
                let (file, words) = (file.display(), words.join(", "));
                write!(f, "{file} has no row of {words}: if a filter kept them out then, they are not new")
            }
            Self::FewOwnersThen { then, now, file } => write!(
                f,
                "{} has rows of {then} people, and {now} share now: if it was of some people only, not all of this is new",
                file.display()
            ),
            Self::GapsUnknown { file } => write!(
                f,
                "{} does not say what could not be read then: a gap of that time looks new now (a journal says it)",
                file.display()
            ),
        }
    }
}

impl Serialize for Warning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
