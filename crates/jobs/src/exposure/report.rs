//! The reports of people, and what they come to.

use orglib_models::UserId;

use super::{
    reach::Reach,
    row::{ExposureRow, Failure},
};

/// What one person shares.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonReport {
    /// The person's address, or what is known instead.
    pub email: String,
    /// The person's id; nothing where the person is not known.
    pub user_id: Option<UserId>,
    /// How many public resources the person owns.
    pub resources: u64,
    /// The accesses, in the order of resources and of accesses as listed.
    pub rows: Vec<ExposureRow>,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// Whether it comes from the journal.
    pub resumed: bool,
}

impl PersonReport {
    pub(super) fn new(email: String, user_id: Option<UserId>) -> Self {
        Self { email, user_id, resources: 0, rows: Vec::new(), failures: Vec::new(), resumed: false }
    }
}

/// Counts of the whole report: of the organisation, whichever rows are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// People.
    pub employees: u64,
    /// Those of them who come from the journal.
    pub resumed: u64,
    /// Public resources.
    pub resources: u64,
    /// Accesses: rows, before any selection.
    pub accesses: u64,
    /// Accesses by everybody who has the link.
    pub open_to_everybody: u64,
    /// Accesses by somebody outside.
    pub external: u64,
    /// Accesses of which nobody can say how far they reach.
    pub unknown_reach: u64,
    /// What could not be read.
    pub failures: u64,
}

impl Summary {
    /// Counts a report in.
    pub fn add(&mut self, report: &PersonReport) {
        let of = |reach: Reach| report.rows.iter().filter(|row| row.reach == reach).count() as u64;
        self.employees += u64::from(report.user_id.is_some());
        self.resumed += u64::from(report.resumed);
        self.resources += report.resources;
        self.accesses += report.rows.len() as u64;
        self.open_to_everybody += of(Reach::Public);
        self.external += of(Reach::External);
        self.unknown_reach += of(Reach::Unknown);
        self.failures += report.failures.len() as u64;
    }
}
