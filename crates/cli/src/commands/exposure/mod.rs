//! `orglib exposure`.

mod revoke;
mod sayings;
mod told;
mod writer;

use std::{io::IsTerminal, path::PathBuf, sync::Arc};

use clap::{ArgGroup, Args, Subcommand};
use orglib::{
    jobs::{
        Journal, Past,
        exposure::{
            AccessWord, Comparison, Exposure, ExposureRow, Failure as Unread, Former, LeftOut, People, Reach,
            Roster, Selection, Who,
        },
    },
    models::{DepartmentId, GroupId, Reference},
};

use self::{
    sayings::{Begins, Resumed},
    told::Told,
    writer::{Counts, Writer, unread},
};
use super::kept::{JournalOptions, check_files, minute, open_errors, with_gaps};
use crate::{
    console,
    failure::Failure,
    language::Language,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    people_file,
    progress::Progress,
    session::Session,
};

const TABLE: [&str; 6] = ["email", "path", "access_type", "rights", "recipient", "reach"];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take back what is marked in a plan: a report with a column `decision`
    Revoke(revoke::Options),
}

/// For each employee every public resource, and for each resource every access but the owner's.
///
/// Totals are those of the organisation, whichever rows are chosen. What cannot be read is named on stderr and in
/// --errors; the exit code is then 7. Example: orglib exposure --reach public,external -o exposure.csv
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
#[command(group = ArgGroup::new("named").args(["user", "from_csv"]).multiple(true).conflicts_with_all(["department", "group"]))]
pub(crate) struct Options {
    #[command(subcommand)]
    command: Option<Command>,
    /// Only these employees, by id or e-mail address
    #[arg(long, value_name = "WHO", value_delimiter = ',')]
    user: Vec<Who>,
    /// Only the employees of this department, by id or e-mail address, and of the departments in it
    #[arg(long, value_name = "ID", conflicts_with = "group")]
    department: Option<Reference<DepartmentId>>,
    /// Only the members of this group, by id or e-mail address, and of the groups and departments in it
    #[arg(long, value_name = "ID")]
    group: Option<Reference<GroupId>>,
    /// Only the employees in this CSV file: its column `email`, `user_id` or `id`, else the first
    #[arg(long, value_name = "FILE")]
    from_csv: Option<PathBuf>,
    /// Only accesses of these types: all, employees, user, group, department, outer_user, or other for unknown words
    #[arg(long, value_name = "TYPES", value_delimiter = ',', value_parser = access)]
    access: Vec<AccessWord>,
    /// Only accesses that reach so far: public (anybody with the link), external (people outside), organization (all
    /// employees), internal (named people, groups, departments), unknown
    #[arg(long, value_name = "REACHES", value_delimiter = ',', value_parser = reach)]
    reach: Vec<Reach>,
    /// Only what is open to people outside: --reach public,external
    #[arg(long, conflicts_with = "reach")]
    external_only: bool,
    /// Robots too
    #[arg(long)]
    robots: bool,
    #[command(flatten)]
    kept: JournalOptions,
    /// Write what could not be read into this CSV file: email, path, operation, status, message
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Say in a column `change` what is new, gone or changed since this report: a CSV or JSON file of an earlier one,
    /// or its journal, which also knows what could not be read then
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,
    /// Read the address of each link that everybody can open into a column `public_url`: one more request each
    #[arg(long)]
    public_urls: bool,
}

fn access(text: &str) -> Result<AccessWord, String> {
    text.parse().map_err(|error| with_suggestion(text, AccessWord::all(), &error))
}

fn reach(text: &str) -> Result<Reach, String> {
    text.parse().map_err(|error| with_suggestion(text, Reach::ALL.into_iter().map(Reach::as_str), &error))
}

/// What is wrong with a word, and the one that was perhaps meant.
fn with_suggestion(
    text: &str,
    known: impl Iterator<Item = &'static str>,
    error: &impl std::fmt::Display,
) -> String {
    match crate::suggestion::alike(text, known) {
        Some(word) => format!("{error}; did you mean `{word}`?"),
        None => error.to_string(),
    }
}

pub(super) async fn run(options: &Options, global: &GlobalOptions) -> Result<(), Failure> {
    match &options.command {
        Some(Command::Revoke(revoke)) => revoke::run(revoke, global).await,
        None => report(options, global).await,
    }
}

async fn report(options: &Options, global: &GlobalOptions) -> Result<(), Failure> {
    options.check_files(global)?;
    let session = Session::open(global).await?;
    let clock = Arc::clone(session.client().clock());
    let start = clock.monotonic();
    let listed = options.listed()?;
    let former = options.compare.as_deref().map(Former::read).transpose().map_err(|error| unread(&error))?;
    let rows = Rows::open(global, Kind::List, &options.shape())?;
    let errors = open_errors(options.errors.as_ref(), &Unread::COLUMNS, global)?;
    let exposure = Exposure::new(session.directory()?, session.disk()?, session.org()?)
        .concurrency(session.pace.concurrency)
        .public_urls(options.public_urls);
    options.kept.try_open()?;
    let people = options.people(listed, &session).await?;
    // Its content is checked once it is known whom the report is about, which takes an answer where a group is given by
    // its address.
    let journal = options.kept.open(&exposure.job_key(&people, options.robots), clock.now())?;
    let roster = exposure.roster(people, options.robots).await?;
    options.refuse_unknown(&roster)?;

    let selection = options.selection();
    let comparison = former.map(|former| {
        Comparison::new(former, session.org()?, &roster, selection.clone()).map_err(|error| unread(&error))
    });
    let left_out = roster.left_out();
    global.standing.begin(roster.len(), "people", options.kept.advice());
    let progress = Progress::new(roster.len(), "people", global.quiet, rows.on_terminal(), session.client());
    let mut writer = Writer {
        rows,
        errors,
        progress,
        selection: selection.clone(),
        comparison: comparison.transpose()?,
        says_each: options.errors.is_none() || !std::io::stderr().is_terminal(),
        counts: Counts::new(clock.now()),
        unread: Vec::new(),
        begins: begins(&session, clock.now(), left_out, journal.as_deref())?,
        language: Language::chosen(global.lang).unwrap_or(Language::En),
    };
    writer.take_all(exposure.run(roster, journal.clone()), global).await?;
    let elapsed = clock.monotonic().saturating_sub(start);
    let outcome = writer.finish()?;
    let summary = outcome.summary;
    if let Some(journal) = journal.as_ref().filter(|_| summary.failures == 0) {
        journal.complete(clock.now())?;
    }
    for warning in outcome.compared.iter().flat_map(|compared| &compared.warnings) {
        console::say(&format!("orglib: --compare: {warning}"));
    }
    if !global.quiet {
        let past = journal.as_ref().map(|journal| journal.past());
        let told = Told { outcome: &outcome, left_out, selection: &selection, past };
        console::say(&told.line(&session, elapsed));
    }
    with_gaps(summary.failures, options.errors.as_ref())
}

/// Of what, of when and of whom the report is.
fn begins(
    session: &Session,
    now: std::time::SystemTime,
    left_out: LeftOut,
    journal: Option<&Journal>,
) -> Result<Begins, Failure> {
    let resumed = match journal.map(Journal::past) {
        Some(Past::Interrupted { began, parts }) => Some(Resumed { people: *parts, from: minute(began) }),
        _ => None,
    };
    Ok(Begins { org: session.org()?, read_at: minute(&now.into()), robots: left_out.robots, resumed })
}

impl Options {
    /// Refuses files that would be written over each other.
    fn check_files(&self, global: &GlobalOptions) -> Result<(), Failure> {
        let files = [
            ("--errors", &self.errors),
            ("--journal", &self.kept.journal),
            ("--from-csv", &self.from_csv),
            ("--compare", &self.compare),
        ];
        check_files(global, &files)
    }

    /// The columns; those that nothing was asked for are left out, so that no empty cell looks like a fact.
    fn shape(&self) -> Shape {
        let is_asked = |column: &str| match column {
            "public_url" => self.public_urls,
            "change" => self.compare.is_some(),
            _ => true,
        };
        let table: Vec<_> = TABLE.into_iter().chain(["change"]).filter(|column| is_asked(column)).collect();
        Shape::flat(&ExposureRow::COLUMNS, &table).named("Exposure").without(|column| !is_asked(column))
    }

    /// People named one by one; nobody where the report is about more.
    fn listed(&self) -> Result<Vec<Who>, Failure> {
        let mut listed = self.user.clone();
        if let Some(file) = &self.from_csv {
            listed.extend(people_file::read(file)?);
        }
        Ok(listed)
    }

    async fn people(&self, listed: Vec<Who>, session: &Session) -> Result<People, Failure> {
        match (&self.department, &self.group) {
            (Some(department), _) => {
                Ok(People::Department(session.resolver()?.department(department).await?))
            }
            (_, Some(group)) => Ok(People::Group(session.resolver()?.group(group).await?)),
            _ if listed.is_empty() => Ok(People::All),
            _ => Ok(People::Listed(listed)),
        }
    }

    /// Which rows are written.
    fn selection(&self) -> Selection {
        let outside = self.external_only.then_some([Reach::Public, Reach::External]);
        Selection::new()
            .accesses(self.access.iter().copied())
            .reaches(self.reach.iter().copied().chain(outside.into_iter().flatten()))
    }

    /// Somebody named on the command line who does not exist is a slip of the pen; somebody in a file is a failure
    /// among others.
    fn refuse_unknown(&self, roster: &Roster) -> Result<(), Failure> {
        let unknown = roster.unknown().iter().filter(|who| self.user.contains(who));
        let unknown: Vec<_> = unknown.map(ToString::to_string).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let unknown = unknown.join(", ");
        Err(Failure::not_found(format!(
            "the organisation has no employee {unknown}; check the id or the address"
        )))
    }
}
