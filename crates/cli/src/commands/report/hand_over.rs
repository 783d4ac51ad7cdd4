//! Any report, as it is handed over: the rows, what is known beside them, and what could not be read.

use std::{io::IsTerminal, path::PathBuf, sync::Arc, time::SystemTime};

use clap::Args;
use orglib::{
    Error,
    jobs::{
        Past,
        reports::{Finding, NotRead, Note, Reports, Row, Survey},
    },
    models::OrgId,
};
use orglib_report::Facts;

use super::sayings;
use crate::{
    commands::{
        kept::{self, JournalOptions, check_files, close_errors, ended, minute, open_errors},
        list,
        said::{first_lines, read_on},
    },
    console,
    failure::Failure,
    language::{Both, Language},
    options::GlobalOptions,
    output::{Destination, Kind, Rows, Shape, Sheet},
    progress::Progress,
    session::Session,
};

/// What a report is, and what it cannot be.
pub(super) struct About<R> {
    /// The command, and the name of its journal.
    pub(super) name: &'static str,
    /// The name of its sheet: Excel takes 31 letters.
    pub(super) sheet: &'static str,
    /// What it answers.
    pub(super) title: Both,
    /// What is asked about one by one.
    pub(super) of: Both,
    /// The columns of a table.
    pub(super) table: &'static [&'static str],
    /// What the service does not tell, so that it is not in the report.
    pub(super) untold: Both,
    /// Which rows a reader looks for.
    pub(super) counts: fn(&R) -> bool,
    /// What it comes to: so many of these rows, of so many in all, whichever are written.
    pub(super) verdict: fn(Language, u64, u64) -> String,
}

/// What every report takes.
#[derive(Args, Debug, Default)]
pub(super) struct Errors {
    /// Write what could not be read into this CSV file: of, operation, status, message
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

/// Which rows are written.
pub(super) struct Chosen<R> {
    keeps: Box<dyn Fn(&R) -> bool>,
    /// What is said of them, where some are left out.
    said: Vec<Both>,
}

impl<R> Chosen<R> {
    /// All of them.
    pub(super) fn all() -> Self {
        Self { keeps: Box::new(|_| true), said: Vec::new() }
    }

    /// Where that is wanted, only those of which this is true.
    pub(super) fn only(self, is_wanted: bool, said: Both, keeps: impl Fn(&R) -> bool + 'static) -> Self
    where
        R: 'static,
    {
        if !is_wanted {
            return self;
        }
        let Self { keeps: before, said: mut all } = self;
        all.push(said);
        Self { keeps: Box::new(move |row| before(row) && keeps(row)), said: all }
    }
}

/// Reads a report, writes it, and says what it came to.
pub(super) async fn hand_over<R: Row, F>(
    about: &About<R>,
    (errors, kept): (&Errors, &JournalOptions),
    global: &GlobalOptions,
    chosen: Chosen<R>,
    survey: impl FnOnce(Reports, SystemTime) -> F,
) -> Result<(), Failure>
where
    F: Future<Output = Result<Survey<R>, Error>>,
{
    check_files(global, &[("--errors", &errors.errors), ("--journal", &kept.journal)])?;
    let session = Session::open(global).await?;
    let clock = Arc::clone(session.client().clock());
    let shape = Shape::flat(R::COLUMNS, about.table).named(about.sheet);
    let rows = Rows::open(global, Kind::List, &shape)?;
    let to_file = open_errors(errors.errors.as_ref(), &NotRead::COLUMNS, global)?;
    kept.try_open()?;
    let reports =
        Reports::new(session.client().clone(), session.org()?).concurrency(session.pace.concurrency);
    let journal = kept.open(&reports.job_key(about.name), clock.now())?;
    let reports = journal.iter().fold(reports, |reports, journal| reports.journal(Arc::clone(journal)));
    let survey = survey(reports, clock.now()).await?;
    global.standing.begin(survey.len, about.of.en, kept.advice());
    let resumed = match journal.as_ref().map(|journal| journal.past()) {
        Some(Past::Interrupted { began, parts }) => Some((*parts, minute(began))),
        _ => None,
    };
    let begins = Begins {
        org: session.org()?,
        read_at: minute(&clock.now().into()),
        resumed,
        notes: survey.notes.clone(),
    };
    let progress = Progress::new(survey.len, about.of.en, global.quiet, rows.on_terminal(), session.client());
    let says_each = to_file.is_none() || !std::io::stderr().is_terminal();
    let mut writer = Writer {
        about,
        rows,
        to_file,
        progress,
        says_each,
        chosen,
        counts: Counts::default(),
        unread: Vec::new(),
        begins: &begins,
        language: Language::chosen(global.lang).unwrap_or(Language::En),
    };
    writer.take_all(survey, global).await?;
    let counts = writer.finish()?;
    if let Some(journal) = journal.filter(|_| counts.failures == 0) {
        journal.complete(clock.now())?;
    }
    if !global.quiet {
        begins.lines(Language::En).iter().skip(1).for_each(|line| console::say(line));
        console::say(about.untold.en);
        console::say(&counts.line(about));
    }
    kept::with_gaps(counts.failures, errors.errors.as_ref())
}

/// Of what, of when and of whom a report is.
struct Begins {
    org: OrgId,
    read_at: String,
    /// How many come from a journal, and from when on.
    resumed: Option<(usize, String)>,
    notes: Vec<Note>,
}

impl Begins {
    fn lines(&self, language: Language) -> Vec<String> {
        let first = read_on(language, self.org, &self.read_at);
        let resumed = self.resumed.as_ref().map(|(parts, from)| sayings::resumed(language, *parts, from));
        let notes = self.notes.iter().map(|note| sayings::note(language, note));
        std::iter::once(first).chain(resumed).chain(notes).collect()
    }
}

/// What has been counted.
#[derive(Default)]
struct Counts {
    /// What was read of that which is asked about.
    read: u64,
    found: u64,
    /// Rows that a reader looks for.
    counted: u64,
    written: u64,
    failures: u64,
    is_chosen: bool,
}

impl Counts {
    fn line<R>(&self, about: &About<R>) -> String {
        let of = if self.is_chosen { format!(" of {}", self.found) } else { String::new() };
        let verdict = (about.verdict)(Language::En, self.counted, self.found);
        format!(
            "{verdict}: {} {}, rows {}{of}, failures {}",
            about.of.en, self.read, self.written, self.failures
        )
    }
}

/// Writes findings as they come.
struct Writer<'a, R> {
    about: &'a About<R>,
    rows: Rows,
    to_file: Option<Sheet<Destination>>,
    progress: Progress,
    /// Whether each failure is said, too; not on a terminal beside a file that holds them.
    says_each: bool,
    chosen: Chosen<R>,
    counts: Counts,
    /// What could not be read, where the form of the output has a place for it.
    unread: Vec<Vec<String>>,
    begins: &'a Begins,
    /// The language of a workbook; a page has both.
    language: Language,
}

impl<R: Row> Writer<'_, R> {
    async fn take_all(&mut self, mut survey: Survey<R>, global: &GlobalOptions) -> Result<(), Failure> {
        while let Some(finding) = list::next(&mut survey, &mut self.rows).await? {
            self.take(finding.map_err(ended)?)?;
            global.standing.advance();
            self.progress.advance();
        }
        Ok(())
    }

    fn take(&mut self, finding: Finding<R>) -> Result<(), Failure> {
        self.counts.found += finding.rows.len() as u64;
        self.counts.counted += finding.rows.iter().filter(|row| (self.about.counts)(row)).count() as u64;
        for row in finding.rows.iter().filter(|row| (self.chosen.keeps)(row)) {
            self.rows.write(row)?;
            self.counts.written += 1;
        }
        let Some(not_read) = finding.not_read else {
            self.counts.read += 1;
            return Ok(());
        };
        self.counts.failures += 1;
        if self.says_each {
            self.progress.say(&format!("orglib: {}: {}", not_read.of, not_read.message));
        }
        let NotRead { of, operation, status, message, .. } = not_read;
        let cells = [of, operation, status.map(|status| status.to_string()).unwrap_or_default(), message];
        if let Some(to_file) = &mut self.to_file {
            to_file.row(&cells).map_err(|error| Failure::output(&error))?;
        }
        if self.rows.has_facts() {
            self.unread.push(cells.to_vec());
        }
        Ok(())
    }

    /// Writes what is left, and gives files their names.
    fn finish(mut self) -> Result<Counts, Failure> {
        self.counts.is_chosen = !self.chosen.said.is_empty();
        let is_page = self.rows.is_page();
        let language = if is_page { Language::En } else { self.language };
        let facts = self.facts(language).not_read(&NotRead::COLUMNS, std::mem::take(&mut self.unread));
        let facts = if is_page { facts.translated("ru", self.facts(Language::Ru)) } else { facts };
        let Self { mut rows, to_file, progress, counts, .. } = self;
        drop(progress);
        rows.set_facts(facts, None);
        rows.finish()?;
        close_errors(to_file)?;
        Ok(counts)
    }

    /// What a manager reads first.
    fn facts(&self, language: Language) -> Facts {
        let Self { about, counts, chosen, begins, .. } = self;
        let verdict = (about.verdict)(language, counts.counted, counts.found);
        let completeness = sayings::completeness(language, counts.failures);
        let [first, second] = first_lines(verdict, completeness, counts.failures);
        let facts = Facts::new(about.title.in_language(language)).line(first).line(second);
        let facts = chosen.said.iter().fold(facts, |facts, said| {
            let said = said.in_language(language);
            facts.line(sayings::chosen(language, said, counts.written, counts.found))
        });
        let facts = begins.lines(language).into_iter().fold(facts, Facts::line);
        let [rows, not_read] = sayings::totals(language);
        facts
            .line(about.untold.in_language(language))
            .total(about.of.in_language(language), counts.read)
            .total(rows, counts.found)
            .total(not_read, counts.failures)
    }
}
