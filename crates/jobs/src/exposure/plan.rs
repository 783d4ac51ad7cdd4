//! Which accesses are to be taken back: the rows of a report, with a decision each.

use std::{collections::BTreeMap, fs::File, io::BufReader, path::Path};

use csv::StringRecord;
use orglib_models::{OrgId, UserId};

use super::{ExposureRow, Selection, sheet::Header};

/// Which accesses are to be taken back.
///
/// A plan is a report as CSV, all columns of it, with one more: `decision`, which is `revoke` for what is to be taken
/// back, and `keep` or empty for what is not. Where `report_org` says of which organisation the report is, and
/// `report_accesses` how many accesses it had, a plan may hold the marked rows only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Plan {
    /// What is marked, in its order.
    pub marked: Vec<ExposureRow>,
    /// How many accesses the report has.
    pub accesses: u64,
    /// The organisation that the report is of, where the plan says it.
    pub org: Option<OrgId>,
}

/// Why a plan cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {why}")]
#[non_exhaustive]
pub struct PlanError {
    /// The file.
    pub path: String,
    /// What is wrong with it.
    pub why: String,
}

/// The words of `decision`.
const REVOKE: &str = "revoke";
const KEEP: &str = "keep";

impl Plan {
    /// Reads a plan. A decision that is no word of a plan is refused: it could be a slip that leaves something open.
    ///
    /// # Errors
    /// Where the file cannot be read or is no plan.
    pub fn read(path: &Path) -> Result<Self, PlanError> {
        let refused = |why: String| PlanError { path: path.display().to_string(), why };
        let file =
            File::open(path).map_err(|error| refused(format!("{error}; check the path and its rights")))?;
        let (header, mut reader) = Header::read(BufReader::new(file)).map_err(refused)?;
        if !header.has("decision") {
            let why = "it has no column decision; write `revoke` there in each row that is to be taken back";
            return Err(refused(why.to_owned()));
        }
        let mut plan = Self { marked: Vec::new(), accesses: 0, org: None };
        let (mut rows, mut told) = (0, 0);
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| refused(error.to_string()))? {
            let row = header.row(&record).map_err(refused)?;
            rows += 1;
            told = told.max(header.number(&record, "report_accesses").map_err(refused)?.unwrap_or_default());
            plan.add_org(&header, &record).map_err(refused)?;
            match header.cell(&record, "decision").trim() {
                "" | KEEP => {}
                REVOKE => plan.marked.push(row),
                word => {
                    let line = record.position().map_or(0, csv::Position::line);
                    let why =
                        format!("line {line}: decision is `{word}`; write `{REVOKE}`, `{KEEP}` or nothing");
                    return Err(refused(why));
                }
            }
        }
        plan.accesses = told.max(rows);
        Ok(plan)
    }

    fn add_org(&mut self, header: &Header, record: &StringRecord) -> Result<(), String> {
        let Some(org) = header.number(record, "report_org")?.and_then(OrgId::new) else { return Ok(()) };
        match self.org {
            Some(other) if other != org => Err(format!("it is of several organizations: {other}, {org}")),
            _ => {
                self.org = Some(org);
                Ok(())
            }
        }
    }

    /// The same, of the marked rows that are wanted only.
    #[must_use]
    pub fn only(mut self, selection: &Selection) -> Self {
        self.marked.retain(|row| selection.keeps(row));
        self
    }

    /// A fifth of what is shared: more than that at once is rather a mistake than a decision.
    pub fn most(&self) -> u64 {
        self.accesses / 5
    }

    /// The marked rows of each resource, in the order in which they come first.
    pub(super) fn resources(&self) -> Vec<Vec<ExposureRow>> {
        let mut places: BTreeMap<(UserId, &str), usize> = BTreeMap::new();
        let mut resources: Vec<Vec<ExposureRow>> = Vec::new();
        for row in &self.marked {
            let place = *places.entry((row.owner_id, &row.path)).or_insert(resources.len());
            match resources.get_mut(place) {
                Some(rows) => rows.push(row.clone()),
                None => resources.push(vec![row.clone()]),
            }
        }
        resources
    }
}
