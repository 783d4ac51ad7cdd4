//! What has changed since an earlier report.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    str::FromStr,
};

use orglib_models::{OrgId, UserId};
use serde::{Deserialize, Serialize};

use super::{
    ExposureRow, Former, FormerError, InvalidWord, PersonReport, Roster, Selection, Warning,
    risk::{Right, width},
    row::{Access, identity},
};

/// What has become of an access since an earlier report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// It was not there.
    New,
    /// It is there no longer. The row is the one of the earlier report.
    Gone,
    /// It allows something else than it did, or ends at another time.
    Changed,
}

impl Change {
    const ALL: [Self; 3] = [Self::New, Self::Gone, Self::Changed];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Gone => "gone",
            Self::Changed => "changed",
        }
    }
}

impl FromStr for Change {
    type Err = InvalidWord;

    fn from_str(text: &str) -> Result<Self, InvalidWord> {
        let found = Self::ALL.into_iter().find(|change| change.as_str() == text);
        found.ok_or_else(|| InvalidWord::of(&Self::ALL.map(Self::as_str)))
    }
}

/// What a comparison came to, among the rows that are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Compared {
    /// Accesses that were not there.
    pub new: u64,
    /// Accesses that are there no longer.
    pub gone: u64,
    /// Accesses that allow something else, or end at another time.
    pub changed: u64,
    /// Those of the changed ones that allow more than they did, or have no end any more.
    pub widened: u64,
    /// Accesses of which nobody can say: they, or their owner, could not be read now or then. None of them is called new
    /// or gone.
    pub not_comparable: u64,
    /// What speaks against taking the comparison as it is.
    pub warnings: Vec<Warning>,
}

/// Compares reports of people with an earlier report, one after another.
#[derive(Debug)]
pub struct Comparison {
    former: Former,
    selection: Selection,
    employees: HashSet<UserId>,
    /// Whether everybody is meant: then whoever is no employee any more has lost all accesses.
    is_of_all: bool,
    compared: Compared,
    people_unread_then: u64,
    /// How many owners the earlier report has rows of; nothing where it knows people besides. They are taken out of it one
    /// by one.
    owners_then: Option<usize>,
    owners_now: usize,
    new_words: BTreeSet<String>,
}

/// What tells one access of an owner from another: the path, and whose it is.
type Key = (String, Access);

impl Comparison {
    /// Compares a report about the people of this roster with an earlier one, among the rows that are wanted.
    ///
    /// # Errors
    /// Where the earlier one is of another organisation.
    pub fn new(
        former: Former,
        org: OrgId,
        roster: &Roster,
        selection: Selection,
    ) -> Result<Self, FormerError> {
        former.check(org, |id| roster.has_employee(id))?;
        Ok(Self {
            owners_then: former.owners(),
            former,
            selection,
            employees: roster.employee_ids().collect(),
            is_of_all: roster.is_of_all(),
            compared: Compared::default(),
            people_unread_then: 0,
            owners_now: 0,
            new_words: BTreeSet::new(),
        })
    }

    /// Says of each row of a person what has become of it, and gives those that are gone.
    ///
    /// # Errors
    /// Where the earlier report cannot be read any more.
    pub fn compare(&mut self, report: &mut PersonReport) -> Result<Vec<ExposureRow>, FormerError> {
        let Some(owner) = report.user_id else { return Ok(Vec::new()) };
        let wanted = report.rows.iter().filter(|row| self.selection.keeps(row)).count() as u64;
        self.owners_now += usize::from(wanted > 0);
        let Some(then) = self.former.take(owner)? else {
            self.people_unread_then += 1;
            self.compared.not_comparable += wanted;
            return Ok(Vec::new());
        };
        let mut then = by_key(then.into_iter().filter(|row| self.selection.keeps(row)));
        let mut differing = Vec::new();
        for (place, row) in report.rows.iter().enumerate().filter(|(_, row)| self.selection.keeps(row)) {
            let former = then.get_mut(&key(row));
            let same = former.and_then(|rows| {
                let place = rows.iter().position(|former| state(former) == state(row))?;
                Some(rows.remove(place))
            });
            if same.is_none() {
                differing.push(place);
            }
        }
        for place in differing {
            let row = &mut report.rows[place];
            let former = then.get_mut(&key(row)).filter(|rows| !rows.is_empty()).map(|rows| rows.remove(0));
            row.change = Some(self.differs(row, former.as_ref()));
        }
        let mut gone: Vec<_> = then.into_values().flatten().collect();
        gone.sort_by_key(key);
        let failures = report.failures.iter().filter(|failure| failure.email == report.email);
        Ok(self.gone(gone, &failures.map(|failure| failure.path.as_str()).collect::<Vec<_>>()))
    }

    fn differs(&mut self, row: &ExposureRow, former: Option<&ExposureRow>) -> Change {
        let Some(former) = former else {
            self.compared.new += 1;
            self.new_words.extend([row.reach.as_str().to_owned(), row.access_type.clone()]);
            return Change::New;
        };
        self.compared.changed += 1;
        self.compared.widened += u64::from(is_wider(row, former));
        Change::Changed
    }

    /// Of what is not there any more, that which is known to be gone: not what could not be read now. Where no list could
    /// be read, its path is empty.
    fn gone(&mut self, rows: Vec<ExposureRow>, unread: &[&str]) -> Vec<ExposureRow> {
        let is_unread = |row: &ExposureRow| unread.iter().any(|path| path.is_empty() || *path == row.path);
        let (not_read, gone): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_unread);
        self.compared.not_comparable += not_read.len() as u64;
        self.compared.gone += gone.len() as u64;
        gone.into_iter().map(|row| ExposureRow { change: Some(Change::Gone), ..row }).collect()
    }

    /// The rows of owners who are no employees any more, and what the comparison came to.
    ///
    /// # Errors
    /// Where the earlier report cannot be read any more.
    pub fn finish(mut self) -> Result<(Vec<ExposureRow>, Compared), FormerError> {
        let mut gone = Vec::new();
        let rest = if self.is_of_all { self.former.rest() } else { Vec::new() };
        for owner in rest {
            if self.employees.contains(&owner) {
                continue;
            }
            let rows = self.former.take(owner)?.unwrap_or_default();
            let rows = rows.into_iter().filter(|row| self.selection.keeps(row)).collect();
            gone.extend(self.gone(rows, &[]));
        }
        self.compared.warnings = self.warnings();
        Ok((gone, self.compared))
    }

    /// What speaks against taking the comparison as it is.
    fn warnings(&self) -> Vec<Warning> {
        let file = || self.former.path().to_owned();
        let mut warnings = Vec::new();
        if self.people_unread_then > 0 {
            warnings.push(Warning::PeopleUnreadThen { people: self.people_unread_then, file: file() });
        }
        if self.compared.not_comparable > 0 {
            warnings.push(Warning::NotComparable(self.compared.not_comparable));
        }
        let words = self.new_words.iter().filter(|word| !self.former.has_word(word));
        let words: Vec<_> = words.cloned().collect();
        if !words.is_empty() {
            warnings.push(Warning::NoRowOf { words, file: file() });
        }
        if let Some(then) = self.owners_then.filter(|owners| owners * 2 < self.owners_now) {
            warnings.push(Warning::FewOwnersThen { then, now: self.owners_now, file: file() });
        }
        if !self.former.knows_people() {
            warnings.push(Warning::GapsUnknown { file: file() });
        }
        warnings
    }
}

fn by_key(rows: impl Iterator<Item = ExposureRow>) -> HashMap<Key, Vec<ExposureRow>> {
    let mut keyed: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        keyed.entry(key(&row)).or_default().push(row);
    }
    keyed
}

fn key(row: &ExposureRow) -> Key {
    (row.path.clone(), identity(&row.access_type, row.user_id.as_deref(), row.org_id))
}

/// What an access allows, and until when.
fn state(row: &ExposureRow) -> (BTreeSet<&str>, Option<&str>) {
    let rights = row.rights.iter().map(String::as_str).collect();
    (rights, row.available_until.as_ref().map(super::LinkEnd::as_str))
}

fn is_wider(row: &ExposureRow, former: &ExposureRow) -> bool {
    let (now, then) = (Right::of(row), Right::of(former));
    let has_lost_its_end = row.available_until.is_none() && former.available_until.is_some();
    now < then || has_lost_its_end || width(row.reach) < width(former.reach)
}
