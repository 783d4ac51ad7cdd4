//! Reports, written as they come.

use std::time::SystemTime;

use orglib::{
    jobs::exposure::{
        Compared, Comparison, ExposureError, ExposureRow, Failure as Unread, FormerError, Overview,
        OverviewBuilder, PersonReport, Reports, Selection, Summary,
    },
    models::Timestamp,
};

use crate::{
    commands::list,
    failure::Failure,
    options::GlobalOptions,
    output::{Destination, Rows, Sheet},
    progress::Progress,
};

/// Writes reports as they come.
pub(super) struct Writer {
    pub(super) rows: Rows,
    pub(super) errors: Option<Sheet<Destination>>,
    pub(super) progress: Progress,
    pub(super) selection: Selection,
    pub(super) comparison: Option<Comparison>,
    /// Whether each failure is said, too; not on a terminal beside a file that holds them.
    pub(super) says_each: bool,
    pub(super) counts: Counts,
}

/// What has been counted.
pub(super) struct Counts {
    pub(super) summary: Summary,
    pub(super) overview: OverviewBuilder,
    /// Rows that were written.
    pub(super) written: u64,
}

/// What a report came to.
pub(super) struct Outcome {
    pub(super) summary: Summary,
    pub(super) overview: Overview,
    pub(super) written: u64,
    pub(super) compared: Option<Compared>,
}

impl Counts {
    pub(super) fn new(now: SystemTime) -> Self {
        Self { summary: Summary::default(), overview: OverviewBuilder::new(now), written: 0 }
    }
}

impl Writer {
    pub(super) async fn take_all(
        &mut self,
        mut reports: Reports,
        global: &GlobalOptions,
    ) -> Result<(), Failure> {
        while let Some(report) = list::next(&mut reports, &mut self.rows).await? {
            self.take(report.map_err(ended)?)?;
            global.standing.advance();
        }
        Ok(())
    }

    fn take(&mut self, mut report: PersonReport) -> Result<(), Failure> {
        self.counts.summary.add(&report);
        self.counts.overview.add(&report);
        let gone = match &mut self.comparison {
            Some(comparison) => comparison.compare(&mut report).map_err(|error| unread(&error))?,
            None => Vec::new(),
        };
        for row in &report.rows {
            if self.selection.keeps(row) {
                self.write(row)?;
            }
        }
        gone.iter().try_for_each(|row| self.write(row))?;
        for failure in &report.failures {
            if self.says_each {
                let whose = format!("{} {}", failure.email, failure.path);
                let whose = Some(whose.trim()).filter(|whose| !whose.is_empty());
                let whose = whose.map(|whose| format!("{whose}: ")).unwrap_or_default();
                self.progress.say(&format!("orglib: {whose}{}", failure.message));
            }
            if let Some(errors) = &mut self.errors {
                errors.row(cells(failure)).map_err(|error| Failure::output(&error))?;
            }
        }
        self.progress.advance();
        Ok(())
    }

    fn write(&mut self, row: &ExposureRow) -> Result<(), Failure> {
        self.counts.written += 1;
        self.rows.write_with(row, ExposureRow::texts)
    }

    /// Writes what is left, and gives files their names.
    pub(super) fn finish(mut self) -> Result<Outcome, Failure> {
        let mut compared = None;
        if let Some(comparison) = self.comparison.take() {
            let (gone, told) = comparison.finish().map_err(|error| unread(&error))?;
            gone.iter().try_for_each(|row| self.write(row))?;
            compared = Some(told);
        }
        drop(self.progress);
        self.rows.finish()?;
        if let Some(errors) = self.errors {
            errors.into_inner().map_err(|error| Failure::output(&error))?.finish()?;
        }
        let Counts { summary, overview, written } = self.counts;
        Ok(Outcome { summary, overview: overview.finish(), written, compared })
    }
}

fn cells(failure: &Unread) -> [String; 5] {
    let status = failure.status.map(|status| status.to_string()).unwrap_or_default();
    [failure.email.clone(), failure.path.clone(), failure.operation.clone(), status, failure.message.clone()]
}

fn ended(error: ExposureError) -> Failure {
    match error {
        ExposureError::Api(error) => error.into(),
        other => Failure::other(other.to_string()),
    }
}

/// An earlier report that cannot be compared with.
pub(super) fn unread(error: &FormerError) -> Failure {
    Failure::usage(format!("--compare: {error}"))
}

/// A time to the minute, as people read it.
pub(super) fn minute(time: &Timestamp) -> String {
    time.as_str().get(..16).unwrap_or(time.as_str()).replace('T', " ") + " UTC"
}
