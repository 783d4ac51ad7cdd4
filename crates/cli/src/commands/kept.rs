//! What a long job keeps: what it has finished, so that it is taken up again, and what it could not read.

use std::{path::PathBuf, sync::Arc, time::SystemTime};

use clap::Args;
use orglib::{
    jobs::{JobError, JobKey, Journal, Past},
    models::Timestamp,
};

use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Destination, Sheet, same_file},
};

/// A journal, and whether it is taken up again.
#[derive(Args, Debug, Default)]
pub(super) struct JournalOptions {
    /// Write down in this file what is finished, so that an interrupted run can be taken up again
    #[arg(long, value_name = "FILE")]
    pub(super) journal: Option<PathBuf>,
    /// Take the run of the journal up again: what is finished is not done once more. A complete one is begun anew
    #[arg(long, requires = "journal")]
    pub(super) resume: bool,
}

impl JournalOptions {
    /// Refuses a journal that cannot be written.
    pub(super) fn try_open(&self) -> Result<(), Failure> {
        self.journal.as_deref().map_or(Ok(()), |path| Ok(Journal::check(path)?))
    }

    /// The journal of this job, where one is kept.
    pub(super) fn open(&self, key: &JobKey, now: SystemTime) -> Result<Option<Arc<Journal>>, Failure> {
        let Some(path) = &self.journal else { return Ok(None) };
        let journal =
            if self.resume { Journal::resume(path, key, now)? } else { Journal::create(path, key, now)? };
        if let Past::Complete { ended } = journal.past() {
            console::say(&format!(
                "the run of {} in {} is complete; starting anew",
                minute(ended),
                path.display()
            ));
        }
        Ok(Some(Arc::new(journal)))
    }

    /// How a job that is interrupted goes on.
    pub(super) fn advice(&self) -> &'static str {
        match self.journal {
            Some(_) => "continue with --resume",
            None => "with --journal FILE it can be taken up again",
        }
    }
}

/// Refuses files that would be written over each other.
pub(super) fn check_files(
    global: &GlobalOptions,
    others: &[(&str, &Option<PathBuf>)],
) -> Result<(), Failure> {
    let files = [("--output", &global.output)].into_iter().chain(others.iter().copied());
    let files: Vec<_> = files.filter_map(|(name, file)| Some((name, file.as_ref()?))).collect();
    for (index, (name, file)) in files.iter().enumerate() {
        if let Some((other, _)) = files[..index].iter().find(|(_, earlier)| same_file(earlier, file)) {
            return Err(Failure::usage(format!("{other} and {name} name the same file, {}", file.display())));
        }
    }
    Ok(())
}

/// The file of what could not be read.
pub(super) fn open_errors(
    path: Option<&PathBuf>,
    columns: &[&str],
    global: &GlobalOptions,
) -> Result<Option<Sheet<Destination>>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let sheet = Sheet::begin(Destination::open(Some(path))?, columns, global.excel);
    sheet.map(Some).map_err(|error| Failure::output(&error))
}

/// Gives the file of what could not be read its name.
pub(super) fn close_errors(errors: Option<Sheet<Destination>>) -> Result<(), Failure> {
    match errors {
        Some(errors) => errors.into_inner().map_err(|error| Failure::output(&error))?.finish(),
        None => Ok(()),
    }
}

/// What is wrong where a job has so many gaps, each of which is named.
pub(super) fn with_gaps(count: u64, errors: Option<&PathBuf>) -> Result<(), Failure> {
    match (count, errors) {
        (0, _) => Ok(()),
        (count, Some(file)) => {
            Err(Failure::partial(format!("{count} could not be read; each is named in {}", file.display())))
        }
        (count, None) => Err(Failure::partial(format!("{count} could not be read; each is named above"))),
    }
}

/// Why a whole job ended early.
pub(super) fn ended(error: JobError) -> Failure {
    match error {
        JobError::Api(error) => error.into(),
        other => Failure::other(other.to_string()),
    }
}

/// A time to the minute, as people read it.
pub(super) fn minute(time: &Timestamp) -> String {
    time.as_str().get(..16).unwrap_or(time.as_str()).replace('T', " ") + " UTC"
}
