//! How dangerous an access is: how far it reaches, times what it allows.

use serde::{Deserialize, Serialize};

use super::{ExposureRow, Reach};

/// The strongest of what an access allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Right {
    /// Reading and changing.
    Write,
    /// Reading, however it is limited.
    Read,
    /// A word that is not known, or none.
    Other,
}

impl Right {
    /// Every right, the strongest first.
    pub const ALL: [Self; 3] = [Self::Write, Self::Read, Self::Other];

    /// The strongest that a row allows.
    pub fn of(row: &ExposureRow) -> Self {
        let right = |word: &String| match word.as_str() {
            "write" => Self::Write,
            word if word == "read" || word.starts_with("read_") => Self::Read,
            _ => Self::Other,
        };
        row.rights.iter().map(right).min().unwrap_or(Self::Other)
    }
}

/// How wide a reach is: 0 is the widest. What nobody knows stands behind what is known to be open, and before what is
/// known to stay inside.
pub(super) const fn width(reach: Reach) -> u8 {
    match reach {
        Reach::Public => 0,
        Reach::External => 1,
        Reach::Unknown => 2,
        Reach::Organization => 3,
        Reach::Internal => 4,
    }
}

impl ExposureRow {
    /// The place of the row among the risks, by reach and right: 0 is what everybody may change.
    pub fn risk(&self) -> u8 {
        width(self.reach) * 3 + Right::of(self) as u8
    }
}
