//! Reports, written as they come.

use std::time::SystemTime;

use orglib::jobs::exposure::{
    Compared, Comparison, ExposureRow, Failure as Unread, FormerError, Overview, OverviewBuilder,
    PersonReport, Reports, Selection, Summary,
};

use orglib_report::Facts;

use super::sayings::{self, Begins};
use crate::{
    commands::{
        kept::{close_errors, ended},
        list,
        said::first_lines,
    },
    failure::Failure,
    language::Language,
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
    /// What could not be read, where the form of the output has a place for it.
    pub(super) unread: Vec<Vec<String>>,
    /// How the report begins, where the form has a place for that.
    pub(super) begins: Begins,
    /// In which language that is said.
    pub(super) language: Language,
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
            if self.rows.has_facts() {
                self.unread.push(cells(failure).to_vec());
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
        self.rows.write_with(row, ExposureRow::texts, row.risk())
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
        let Counts { summary, overview, written } = self.counts;
        let outcome = Outcome { summary, overview: overview.finish(), written, compared };
        let facts = facts(&outcome, &self.begins, &self.selection, self.language)
            .not_read(&Unread::COLUMNS, self.unread);
        let overview =
            self.rows.has_facts().then(|| told(&outcome, &self.begins, &self.selection)).transpose()?;
        self.rows.set_facts(facts, overview);
        self.rows.finish()?;
        close_errors(self.errors)?;
        Ok(outcome)
    }
}

/// What a page shows above the table.
fn told(outcome: &Outcome, begins: &Begins, selection: &Selection) -> Result<serde_json::Value, Failure> {
    let Outcome { summary, overview, written, compared } = outcome;
    let told = || {
        let mut told = serde_json::to_value(overview)?;
        told["org"] = serde_json::json!({ "id": begins.org });
        told["begins"] = serde_json::to_value(begins)?;
        told["accesses"] = summary.accesses.into();
        told["change"] = serde_json::to_value(compared)?;
        if let Some(compared) = compared {
            let russian = compared.warnings.iter().map(|warning| sayings::warning(Language::Ru, warning));
            told["change"]["translations"] = serde_json::json!({ "ru": russian.collect::<Vec<_>>() });
        }
        if !selection.is_all() {
            told["selection"] = serde_json::json!({"rows": written, "of": summary.accesses});
        }
        Ok(told)
    };
    told().map_err(|error: serde_json::Error| Failure::other(error.to_string()))
}

/// What a manager reads first: what it comes to, and whether anything is missing.
fn facts(outcome: &Outcome, begins: &Begins, selection: &Selection, language: Language) -> Facts {
    let Outcome { summary, overview, written, compared } = outcome;
    let verdict = sayings::verdict(language, overview.open_to_everybody);
    let completeness = sayings::completeness(language, summary.failures);
    let [first, second] = first_lines(verdict, completeness, summary.failures);
    let mut facts = Facts::new(sayings::title(language)).line(first).line(second);
    if !selection.is_all() {
        facts = facts.line(sayings::filtered(language, *written, summary.accesses));
    }
    if let Some(compared) = compared {
        facts = facts.line(sayings::change(language, compared));
        facts = compared
            .warnings
            .iter()
            .fold(facts, |facts, warning| facts.line(sayings::warning(language, warning)));
    }
    let counts = [
        summary.employees,
        summary.resources,
        summary.accesses,
        summary.open_to_everybody,
        summary.external,
        summary.unknown_reach,
        summary.failures,
    ];
    let facts = begins.lines(language).into_iter().fold(facts, Facts::begins);
    sayings::totals(language)
        .into_iter()
        .zip(counts)
        .fold(facts, |facts, (name, count)| facts.total(name, count))
}

fn cells(failure: &Unread) -> [String; 5] {
    let status = failure.status.map(|status| status.to_string()).unwrap_or_default();
    [failure.email.clone(), failure.path.clone(), failure.operation.clone(), status, failure.message.clone()]
}

/// An earlier report that cannot be compared with.
pub(super) fn unread(error: &FormerError) -> Failure {
    Failure::usage(format!("--compare: {error}"))
}
