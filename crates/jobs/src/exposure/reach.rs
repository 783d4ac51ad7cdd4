//! How far an access reaches, and which accesses are wanted.

use std::{collections::BTreeSet, str::FromStr};

use orglib_models::{
    OrgId,
    disk::{AccessMacro, AccessType, PublicAccess},
};
use serde::{Deserialize, Serialize};

use super::row::{ExposureRow, is_macro};

/// How far an access reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reach {
    /// Anybody who has the link.
    Public,
    /// A person without an organisation, or anybody of another one, whatever the kind is called.
    External,
    /// All employees of the organisation.
    Organization,
    /// People, groups and departments of the organisation, by name.
    Internal,
    /// Nobody can say.
    Unknown,
}

impl Reach {
    /// Every reach, the widest first.
    pub const ALL: [Self; 5] =
        [Self::Public, Self::External, Self::Organization, Self::Internal, Self::Unknown];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::External => "external",
            Self::Organization => "organization",
            Self::Internal => "internal",
            Self::Unknown => "unknown",
        }
    }
}

impl FromStr for Reach {
    type Err = InvalidWord;

    fn from_str(text: &str) -> Result<Self, InvalidWord> {
        let found = Self::ALL.into_iter().find(|reach| reach.as_str() == text.trim());
        found.ok_or_else(|| InvalidWord::of(&Self::ALL.map(Self::as_str)))
    }
}

/// How far an access reaches, by its kind or macro, and by whose it is.
pub(super) fn reach_of(access: &PublicAccess, word: &str, is_employee: bool, org: OrgId) -> Reach {
    let is_elsewhere = access.org_id.is_some_and(|other| other != org);
    if is_macro(access) {
        return match AccessMacro::from(word) {
            AccessMacro::All => Reach::Public,
            AccessMacro::Employees if is_elsewhere => Reach::External,
            AccessMacro::Employees => Reach::Organization,
            _ => Reach::Unknown,
        };
    }
    match access.kind {
        AccessType::OuterUser => Reach::External,
        _ if is_elsewhere => Reach::External,
        AccessType::Group | AccessType::Department => Reach::Internal,
        _ if is_employee || access.org_id == Some(org) => Reach::Internal,
        // Nothing at all is known of it.
        _ if access.kind.as_str().is_empty() && access.id.is_none() => Reach::Unknown,
        // A person of no organisation, whatever the kind is called.
        _ => Reach::External,
    }
}

/// A word that no access has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such word; there are {known}")]
pub struct InvalidWord {
    known: String,
}

impl InvalidWord {
    pub(super) fn of(known: &[&str]) -> Self {
        Self { known: known.join(", ") }
    }
}

/// The type of an access, as people choose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccessWord(&'static str);

impl AccessWord {
    /// Words that this version does not know.
    const OTHER: &'static str = "other";

    /// The words there are: the macros and the kinds of access, and `other` for those that this version does not know.
    pub fn all() -> impl Iterator<Item = &'static str> {
        let kinds = AccessType::WORDS.iter().copied().filter(|word| !matches!(*word, "macro" | "owner"));
        AccessMacro::WORDS.iter().copied().chain(kinds).chain([Self::OTHER])
    }

    fn is(self, access_type: &str) -> bool {
        match self.0 {
            Self::OTHER => !Self::all().any(|word| word == access_type),
            word => word == access_type,
        }
    }
}

impl FromStr for AccessWord {
    type Err = InvalidWord;

    fn from_str(text: &str) -> Result<Self, InvalidWord> {
        let found = Self::all().find(|word| *word == text.trim());
        found.map(Self).ok_or_else(|| InvalidWord::of(&Self::all().collect::<Vec<_>>()))
    }
}

/// Which rows are wanted. Totals are those of the organisation all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    accesses: BTreeSet<AccessWord>,
    reaches: BTreeSet<Reach>,
}

impl Selection {
    /// All rows.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps accesses of these types only; all where none is given.
    #[must_use]
    pub fn accesses(mut self, words: impl IntoIterator<Item = AccessWord>) -> Self {
        self.accesses.extend(words);
        self
    }

    /// Keeps accesses of these reaches only; all where none is given.
    #[must_use]
    pub fn reaches(mut self, reaches: impl IntoIterator<Item = Reach>) -> Self {
        self.reaches.extend(reaches);
        self
    }

    /// Whether it keeps everything.
    pub fn is_all(&self) -> bool {
        self.accesses.is_empty() && self.reaches.is_empty()
    }

    /// Whether a row is wanted.
    pub fn keeps(&self, row: &ExposureRow) -> bool {
        (self.accesses.is_empty() || self.accesses.iter().any(|word| word.is(&row.access_type)))
            && (self.reaches.is_empty() || self.reaches.contains(&row.reach))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_no_access_has_is_refused_with_the_words_there_are() {
        for word in ["users", "employes", "owner", "macro", "", "ALL"] {
            let error = word.parse::<AccessWord>().unwrap_err().to_string();
            assert!(error.contains("all, employees, user, group, department, outer_user, other"), "{error}");
        }
        assert!("outsiders".parse::<Reach>().unwrap_err().to_string().contains("public, external"));
    }

    #[test]
    fn other_means_words_that_nobody_knows() {
        let other: AccessWord = "other".parse().unwrap();
        assert!(other.is("dance") && other.is("macro") && !other.is("user") && !other.is("outer_user"));
    }
}
