//! An earlier report, as it was written.

use std::{
    collections::{BTreeSet, HashMap},
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

use csv::StringRecord;
use orglib_models::{OrgId, UserId};

use super::{ExposureRow, sheet::Header};
use crate::{Journal, JournalError};

/// An earlier report: its rows as they were written (CSV, JSON, or a JSON object a line), or the journal that was kept
/// of it. A journal says of which organisation and of whom it is, and who was read whole; rows say nothing of that.
#[derive(Debug)]
pub struct Former {
    source: Source,
    path: PathBuf,
}

#[derive(Debug)]
enum Source {
    Rows(FormerRows),
    Journal { journal: Journal, org: Option<OrgId> },
}

/// The rows of a file, by owner.
#[derive(Debug, Default)]
struct FormerRows {
    header: Option<Header>,
    by_owner: HashMap<UserId, Vec<Kept>>,
    /// Every reach and access type that occurs.
    words: BTreeSet<String>,
}

/// A row as it was read: it is understood when its owner's turn comes, so that many take little room.
#[derive(Debug)]
enum Kept {
    Record(StringRecord),
    Json(Box<str>),
}

/// Why an earlier report cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormerError {
    /// The file cannot be read.
    #[error("{}: {source}; check the path and its rights", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The file is no report.
    #[error("{} is no exposure report that can be compared: {why}", path.display())]
    NoReport {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The file is a report of another organisation.
    #[error("{} is a report of another organisation: {why}", path.display())]
    OtherOrganization {
        /// The file.
        path: PathBuf,
        /// What tells.
        why: String,
    },
    /// The file is a journal that cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Former {
    /// Reads an earlier report. The form is told by the content, whatever the file is called.
    ///
    /// # Errors
    /// Where the file cannot be read, or is no such report.
    pub fn read(path: &Path) -> Result<Self, FormerError> {
        let failed = |source| FormerError::Io { path: path.to_owned(), source };
        let refused = |why: String| FormerError::NoReport { path: path.to_owned(), why };
        let mut reader = BufReader::new(File::open(path).map_err(failed)?);
        let first = reader.fill_buf().map_err(failed)?;
        let begins = first.trim_ascii_start();
        let source = if begins.starts_with(br#"{"orglib_journal""#) {
            drop(reader);
            let (journal, key) = Journal::read_only(path)?;
            let arguments =
                key.of_job("exposure").ok_or_else(|| refused("it is the journal of another job".into()))?;
            let org = arguments.strip_prefix("org ").and_then(|rest| rest.split(',').next()?.parse().ok());
            Source::Journal { journal, org }
        } else if begins.starts_with(b"[") || begins.starts_with(b"{") {
            Source::Rows(FormerRows::of_json(reader).map_err(refused)?)
        } else {
            Source::Rows(FormerRows::of_sheet(reader).map_err(refused)?)
        };
        Ok(Self { source, path: path.to_owned() })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Refuses a report of another organisation than this, whose employees these are.
    pub(super) fn check(&self, org: OrgId, is_employee: impl Fn(UserId) -> bool) -> Result<(), FormerError> {
        let why = match &self.source {
            Source::Journal { org: of, .. } if *of != Some(org) => {
                let of = of.map_or_else(|| "another".to_owned(), |of| of.to_string());
                format!("it is of organization {of}, and this is {org}")
            }
            Source::Rows(rows)
                if !rows.by_owner.is_empty() && !rows.by_owner.keys().any(|id| is_employee(*id)) =>
            {
                let count = rows.by_owner.len();
                format!("none of its {count} owners is an employee of organization {org}")
            }
            _ => return Ok(()),
        };
        Err(FormerError::OtherOrganization { path: self.path.clone(), why })
    }

    /// Whether it says who was read whole, and does not hold rows only.
    pub(super) fn knows_people(&self) -> bool {
        matches!(self.source, Source::Journal { .. })
    }

    /// How many owners it has rows of; nothing where it knows people besides.
    pub(super) fn owners(&self) -> Option<usize> {
        match &self.source {
            Source::Rows(rows) => Some(rows.by_owner.len()),
            Source::Journal { .. } => None,
        }
    }

    /// Whether any of its rows has this reach or access type; nothing where that says nothing of a filter.
    pub(super) fn has_word(&self, word: &str) -> bool {
        match &self.source {
            Source::Rows(rows) => rows.words.contains(word),
            Source::Journal { .. } => true,
        }
    }

    /// The rows of an owner; nothing where it is known that the owner was not read.
    pub(super) fn take(&mut self, owner: UserId) -> Result<Option<Vec<ExposureRow>>, FormerError> {
        match &mut self.source {
            Source::Journal { journal, .. } => {
                Ok(journal.take::<Finished>(owner.get())?.map(|part| part.rows))
            }
            Source::Rows(rows) => {
                let kept = rows.by_owner.remove(&owner).unwrap_or_default();
                rows.understood(kept)
                    .map(Some)
                    .map_err(|why| FormerError::NoReport { path: self.path.clone(), why })
            }
        }
    }

    /// The owners whose rows were not taken.
    pub(super) fn rest(&self) -> Vec<UserId> {
        let mut owners: Vec<_> = match &self.source {
            Source::Journal { journal, .. } => journal.ids().into_iter().filter_map(UserId::new).collect(),
            Source::Rows(rows) => rows.by_owner.keys().copied().collect(),
        };
        owners.sort_unstable();
        owners
    }
}

#[derive(serde::Deserialize)]
struct Finished {
    rows: Vec<ExposureRow>,
}

impl FormerRows {
    fn of_sheet(reader: impl BufRead) -> Result<Self, String> {
        let (header, mut reader) = Header::read(reader)?;
        let mut rows = Self::default();
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| error.to_string())? {
            rows.add(&header.row(&record)?, Kept::Record(record.clone()));
        }
        rows.header = Some(header);
        Ok(rows)
    }

    /// A list, or an object a line.
    fn of_json(mut reader: impl BufRead) -> Result<Self, String> {
        let mut text = String::new();
        reader.read_to_string(&mut text).map_err(|error| error.to_string())?;
        let mut rows = Self::default();
        let is_list = text.trim_start().starts_with('[');
        let texts: Vec<&serde_json::value::RawValue> = if is_list {
            serde_json::from_str(&text).map_err(|error| error.to_string())?
        } else {
            let lines = serde_json::Deserializer::from_str(&text).into_iter();
            lines.collect::<Result<_, _>>().map_err(|error| error.to_string())?
        };
        for (index, text) in texts.into_iter().enumerate() {
            let row = serde_json::from_str(text.get());
            let row = row.map_err(|error| format!("row {}: {error}", index + 1))?;
            rows.add(&row, Kept::Json(text.get().into()));
        }
        Ok(rows)
    }

    fn add(&mut self, row: &ExposureRow, kept: Kept) {
        // What was gone then is not there to go once more.
        if row.change == Some(super::Change::Gone) {
            return;
        }
        for word in [row.reach.as_str(), &row.access_type] {
            if !self.words.contains(word) {
                self.words.insert(word.to_owned());
            }
        }
        self.by_owner.entry(row.owner_id).or_default().push(kept);
    }

    fn understood(&self, kept: Vec<Kept>) -> Result<Vec<ExposureRow>, String> {
        let row = |kept: Kept| match (kept, &self.header) {
            (Kept::Json(text), _) => serde_json::from_str(&text).map_err(|error| error.to_string()),
            (Kept::Record(record), Some(header)) => header.row(&record),
            (Kept::Record(_), None) => Err("it has no header".to_owned()),
        };
        kept.into_iter().map(row).collect()
    }
}
