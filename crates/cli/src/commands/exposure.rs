//! `orglib exposure`.

use std::{fs::OpenOptions, path::PathBuf, time::Duration};

use clap::{ArgGroup, Args};
use orglib::{
    jobs::{
        Journal,
        exposure::{Exposure, ExposureError, ExposureRow, PersonReport, Reports, Roster, Summary, Who},
        exposure::{Failure as Unread, People},
    },
    models::{DepartmentId, GroupId},
};

use super::list;
use crate::{
    arguments::GlobalOptions,
    console,
    failure::Failure,
    output::{Destination, Kind, Rows, Shape, Sheet, same_file},
    people_file,
    progress::Progress,
    reference::Reference,
    session::Session,
};

const TABLE: [&str; 6] = ["email", "path", "access_type", "rights", "shared_email", "external_user"];

/// For each employee every public resource, and for each resource every access but the owner's.
///
/// What cannot be read is named on stderr and in --errors; the exit code is then 7.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("named").args(["user", "from_csv"]).multiple(true).conflicts_with_all(["department", "group"]))]
pub(crate) struct Options {
    /// Only this employee, by id or e-mail address; may be repeated
    #[arg(long, value_name = "WHO")]
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
    /// Only accesses of these types: all, employees, user, group, department, or any other word
    #[arg(long, value_name = "TYPES", value_delimiter = ',')]
    access: Vec<String>,
    /// Only accesses of people without an organisation, or of another one
    #[arg(long)]
    external_only: bool,
    /// Robots too
    #[arg(long)]
    robots: bool,
    /// Write down in this file who is finished, so that an interrupted report can be taken up again
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Take the report of the journal up again: ask only for those who are not finished
    #[arg(long, requires = "journal")]
    resume: bool,
    /// Write what could not be read into this CSV file: email, path, operation, status, message
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

pub(super) async fn run(options: &Options, global: &GlobalOptions) -> Result<(), Failure> {
    options.check_files(global)?;
    let session = Session::open(global).await?;
    let start = session.client().clock().monotonic();
    let listed = options.listed()?;
    let rows = Rows::open(global, Kind::List, &Shape::flat(&ExposureRow::COLUMNS, &TABLE))?;
    let errors = options.open_errors()?;
    let exposure = Exposure::new(session.directory()?, session.disk()?, session.org()?)
        .concurrency(session.pace.concurrency)
        .accesses(options.access.iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()))
        .external_only(options.external_only);
    options.try_journal()?;
    let people = options.people(listed, &session).await?;
    let journal = options.open_journal(&exposure, &people)?;
    let roster = exposure.roster(people, options.robots).await?;
    options.refuse_unknown(&roster)?;

    let progress = Progress::new(roster.len(), global.quiet, rows.on_terminal());
    let mut writer = Writer { rows, errors, progress, summary: Summary::default() };
    writer.take_all(exposure.run(roster, journal)).await?;
    let elapsed = session.client().clock().monotonic().saturating_sub(start);
    let summary = writer.finish()?;
    if !global.quiet {
        console::say(&told(&summary, &session, elapsed));
    }
    match summary.failures {
        0 => Ok(()),
        count => Err(Failure::partial(format!("{count} could not be read; each is named above"))),
    }
}

impl Options {
    /// Refuses files that would be written over each other.
    fn check_files(&self, global: &GlobalOptions) -> Result<(), Failure> {
        let files = [
            ("--output", &global.output),
            ("--errors", &self.errors),
            ("--journal", &self.journal),
            ("--from-csv", &self.from_csv),
        ];
        let files: Vec<_> =
            files.iter().filter_map(|(name, file)| file.as_ref().map(|file| (name, file))).collect();
        for (index, (name, file)) in files.iter().enumerate() {
            if let Some((other, _)) = files[..index].iter().find(|(_, earlier)| same_file(earlier, file)) {
                return Err(Failure::usage(format!(
                    "{other} and {name} name the same file, {}",
                    file.display()
                )));
            }
        }
        Ok(())
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
            (Some(department), _) => Ok(People::Department(session.department_id(department).await?)),
            (_, Some(group)) => Ok(People::Group(session.group_id(group).await?)),
            _ if listed.is_empty() => Ok(People::All),
            _ => Ok(People::Listed(listed)),
        }
    }

    fn open_errors(&self) -> Result<Option<Sheet<Destination>>, Failure> {
        let Some(path) = &self.errors else { return Ok(None) };
        let sheet = Sheet::begin(Destination::open(Some(path))?, &Unread::COLUMNS, false);
        sheet.map(Some).map_err(|error| Failure::output(&error))
    }

    /// Refuses a journal that cannot be written. Its content is checked once it is known whom the report is about,
    /// which takes an answer where a group is given by its address.
    fn try_journal(&self) -> Result<(), Failure> {
        let Some(path) = &self.journal else { return Ok(()) };
        let opened = OpenOptions::new().append(true).create(true).open(path);
        opened.map(drop).map_err(|error| {
            let shown = path.display();
            Failure::usage(format!(
                "the journal {shown} cannot be written: {error}; check the path and its rights"
            ))
        })
    }

    fn open_journal(&self, exposure: &Exposure, people: &People) -> Result<Option<Journal>, Failure> {
        let Some(path) = &self.journal else { return Ok(None) };
        let key = exposure.job_key(people, self.robots);
        let journal = if self.resume { Journal::resume(path, &key) } else { Journal::create(path, &key) };
        Ok(Some(journal?))
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

/// Writes reports as they come.
struct Writer {
    rows: Rows,
    errors: Option<Sheet<Destination>>,
    progress: Progress,
    summary: Summary,
}

impl Writer {
    async fn take_all(&mut self, mut reports: Reports) -> Result<(), Failure> {
        while let Some(report) = list::next(&mut reports, &mut self.rows).await? {
            self.take(&report.map_err(ended)?)?;
        }
        Ok(())
    }

    fn take(&mut self, report: &PersonReport) -> Result<(), Failure> {
        self.summary.add(report);
        for row in &report.rows {
            self.rows.write(row)?;
        }
        for failure in &report.failures {
            self.progress.say(&format!("orglib: {} {}: {}", failure.email, failure.path, failure.message));
            if let Some(errors) = &mut self.errors {
                errors.row(cells(failure)).map_err(|error| Failure::output(&error))?;
            }
        }
        self.progress.advance();
        Ok(())
    }

    fn finish(self) -> Result<Summary, Failure> {
        drop(self.progress);
        self.rows.finish()?;
        if let Some(errors) = self.errors {
            errors.into_inner().map_err(|error| Failure::output(&error))?.finish()?;
        }
        Ok(self.summary)
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

fn told(summary: &Summary, session: &Session, elapsed: Duration) -> String {
    let stats = session.client().stats();
    format!(
        "employees {}, resources {}, accesses {}, open to everybody {}, failures {}, requests {}, retries {}, \
         seconds {:.1}",
        summary.employees,
        summary.resources,
        summary.accesses,
        summary.open_to_everybody,
        summary.failures,
        stats.attempts,
        stats.retries,
        elapsed.as_secs_f64(),
    )
}
