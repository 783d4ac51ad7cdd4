//! What a long job has finished, on disk, so that an interrupted one is taken up again.

mod error;

use std::{
    collections::HashMap,
    fs::{File, OpenOptions, TryLockError},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use orglib_models::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use self::error::JournalError;

/// The version of the file's form.
const VERSION: u32 = 2;

/// What a job was asked to do. A journal belongs to one job: taking it up for another would mix two reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobKey {
    job: String,
    arguments: String,
}

impl JobKey {
    /// The job of this name with these arguments, in any form that is the same for the same job.
    pub fn new(job: impl Into<String>, arguments: impl Into<String>) -> Self {
        Self { job: job.into(), arguments: arguments.into() }
    }

    /// The arguments, where it is the job of this name.
    pub(crate) fn of_job(&self, job: &str) -> Option<&str> {
        Some(&*self.arguments).filter(|_| self.job == job)
    }
}

/// The finished parts of a job, a JSON line each. A line that was cut off by the interruption is dropped, and its
/// part done again.
///
/// It says when it began and whether it is complete, is locked for as long as it lives, and belongs to its owner alone:
/// it holds people's addresses.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    state: Mutex<State>,
    past: Past,
}

#[derive(Debug)]
struct State {
    file: File,
    end: u64,
    finished: HashMap<u64, (u64, usize)>,
}

/// What a journal held when it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Past {
    /// Nothing: it was begun.
    Nothing,
    /// An interrupted job of the same kind that began then, with so many finished parts. They are not done again.
    Interrupted {
        /// When it began.
        began: Timestamp,
        /// How many parts were finished.
        parts: usize,
    },
    /// A complete one of that time. It is not replayed: the journal was begun anew.
    Complete {
        /// When it was complete.
        ended: Timestamp,
    },
}

#[derive(Serialize, Deserialize)]
struct Header {
    orglib_journal: u32,
    #[serde(flatten)]
    key: JobKey,
    began: Timestamp,
}

/// What the first line of any version has.
#[derive(Deserialize)]
struct AnyHeader {
    orglib_journal: u32,
}

/// The last line of a complete journal.
#[derive(Serialize, Deserialize)]
struct End {
    complete: Timestamp,
}

/// A line without its content: enough to find it again.
#[derive(Deserialize)]
struct Index {
    id: u64,
}

#[derive(Serialize)]
struct Record<'a, T> {
    id: u64,
    part: &'a T,
}

#[derive(Deserialize)]
struct OwnedRecord<T> {
    part: T,
}

/// Whether an interrupted job is taken up again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Create,
    Resume,
}

impl Journal {
    /// Begins a journal at this time. One that was begun for the same job and holds nothing yet is taken for it, and a
    /// complete one is begun anew.
    ///
    /// # Errors
    /// [`JournalError::Exists`] where the file holds an interrupted job, [`JournalError::Mismatch`] where it is something
    /// else, so that neither is lost by mistake; [`JournalError::Held`] where another process writes it.
    pub fn create(path: &Path, key: &JobKey, now: SystemTime) -> Result<Self, JournalError> {
        Self::open(path, key, now, Mode::Create)
    }

    /// Takes a journal up again; begins one where there is none, or where it is complete.
    ///
    /// # Errors
    /// [`JournalError::Mismatch`] where the file belongs to another job, or is no journal; [`JournalError::Held`] where
    /// another process writes it.
    pub fn resume(path: &Path, key: &JobKey, now: SystemTime) -> Result<Self, JournalError> {
        Self::open(path, key, now, Mode::Resume)
    }

    /// Checks that a journal can be written, without changing what is there.
    ///
    /// # Errors
    /// Where it cannot, or another process writes it.
    pub fn check(path: &Path) -> Result<(), JournalError> {
        open_locked(path).map(drop)
    }

    /// Opens a journal to be read only, with what the job was asked to do.
    pub(crate) fn read_only(path: &Path) -> Result<(Self, JobKey), JournalError> {
        let failed = |source| JournalError::Io { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(failed)?;
        if matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)) {
            return Err(JournalError::Held { path: path.to_owned() });
        }
        let contents = read(&mut file).map_err(failed)?;
        let header = contents.header.ok_or_else(|| JournalError::Version { path: path.to_owned() })?;
        let past = match contents.complete {
            Some(ended) => Past::Complete { ended },
            None => Past::Interrupted { began: header.began, parts: contents.finished.len() },
        };
        let state = State { file, end: contents.end, finished: contents.finished };
        Ok((Self { path: path.to_owned(), state: Mutex::new(state), past }, header.key))
    }

    fn open(path: &Path, key: &JobKey, now: SystemTime, mode: Mode) -> Result<Self, JournalError> {
        let failed = |source| JournalError::Io { path: path.to_owned(), source };
        let mut file = open_locked(path)?;
        let contents = read(&mut file).map_err(failed)?;
        let is_empty = file.metadata().map_err(failed)?.len() == 0;
        let past = match contents.header {
            None if is_empty => Past::Nothing,
            None if contents.version.is_some() => {
                return Err(JournalError::Version { path: path.to_owned() });
            }
            None => return Err(JournalError::Mismatch { path: path.to_owned() }),
            Some(header) if header.key != *key => {
                return Err(JournalError::Mismatch { path: path.to_owned() });
            }
            Some(header) => match contents.complete {
                Some(ended) => Past::Complete { ended },
                None if contents.finished.is_empty() => Past::Nothing,
                None if mode == Mode::Create => return Err(JournalError::Exists { path: path.to_owned() }),
                None => Past::Interrupted { began: header.began, parts: contents.finished.len() },
            },
        };
        let state = match past {
            Past::Interrupted { .. } => {
                file.set_len(contents.end).map_err(failed)?;
                State { file, end: contents.end, finished: contents.finished }
            }
            _ => begin(file, path, key, now).map_err(failed)?,
        };
        Ok(Self { path: path.to_owned(), state: Mutex::new(state), past })
    }

    /// What it held when it was opened.
    pub fn past(&self) -> &Past {
        &self.past
    }

    /// How many parts are finished.
    pub fn finished(&self) -> usize {
        self.state().finished.len()
    }

    /// Says that the job is complete: what it holds is never replayed as if it were new. It is on the disk when this
    /// returns.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn complete(&self, now: SystemTime) -> Result<(), JournalError> {
        let written = line_of(&End { complete: now.into() }).and_then(|line| {
            let mut state = self.state();
            state.file.write_all(&line)?;
            state.end += line.len() as u64;
            state.file.sync_all()
        });
        written.map_err(|source| self.failed(source))
    }

    /// Reads a finished part back; nothing where it is not finished.
    pub(crate) fn get<T: DeserializeOwned>(&self, id: u64) -> Result<Option<T>, JournalError> {
        let mut state = self.state();
        let Some((start, length)) = state.finished.get(&id).copied() else { return Ok(None) };
        let mut line = vec![0; length];
        let read = state.file.seek(SeekFrom::Start(start)).and_then(|_| state.file.read_exact(&mut line));
        read.map_err(|source| self.failed(source))?;
        let record: OwnedRecord<T> =
            serde_json::from_slice(&line).map_err(|error| self.failed(error.into()))?;
        Ok(Some(record.part))
    }

    /// Reads a finished part back, once.
    pub(crate) fn take<T: DeserializeOwned>(&self, id: u64) -> Result<Option<T>, JournalError> {
        let part = self.get(id)?;
        self.state().finished.remove(&id);
        Ok(part)
    }

    /// The finished parts.
    pub(crate) fn ids(&self) -> Vec<u64> {
        self.state().finished.keys().copied().collect()
    }

    /// Writes a finished part down. It is with the operating system when this returns, and outlives the process; a part
    /// that a machine loses with its power is done again.
    pub(crate) fn put<T: Serialize>(&self, id: u64, part: &T) -> Result<(), JournalError> {
        let line = line_of(&Record { id, part }).map_err(|source| self.failed(source))?;
        let mut state = self.state();
        state.file.write_all(&line).map_err(|source| self.failed(source))?;
        let start = state.end;
        state.end += line.len() as u64;
        state.finished.insert(id, (start, line.len()));
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, source: io::Error) -> JournalError {
        JournalError::Io { path: self.path.clone(), source }
    }
}

/// Opens the file for its owner alone, and locks it for as long as it is open.
fn open_locked(path: &Path) -> Result<File, JournalError> {
    let failed = |source| JournalError::Io { path: path.to_owned(), source };
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(JournalError::Held { path: path.to_owned() }),
        // Some file systems have no locks; a journal is of use there too.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    Ok(file)
}

/// Empties the file and writes the first line; file and folder are on the disk when this returns.
fn begin(mut file: File, path: &Path, key: &JobKey, now: SystemTime) -> io::Result<State> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.set_len(0)?;
    let line = line_of(&Header { orglib_journal: VERSION, key: key.clone(), began: now.into() })?;
    file.write_all(&line)?;
    file.sync_all()?;
    sync_folder(path);
    Ok(State { file, end: line.len() as u64, finished: HashMap::new() })
}

/// Makes sure that the file's name is on the disk, where the folder lets itself be opened and synced: one that does not
/// has taken the file all the same.
fn sync_folder(path: &Path) {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
    }
    let _ = path;
}

fn line_of<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// What a file holds.
#[derive(Default)]
struct Contents {
    /// The version that the first line names.
    version: Option<u32>,
    header: Option<Header>,
    /// Where the whole lines end.
    end: u64,
    finished: HashMap<u64, (u64, usize)>,
    complete: Option<Timestamp>,
}

/// The whole lines of a journal.
fn read(file: &mut File) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let mut lines = BufReader::new(file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = lines.read_until(b'\n', &mut line)?;
        if length == 0 || line.last() != Some(&b'\n') {
            return Ok(contents);
        }
        if contents.end == 0 {
            contents.version =
                serde_json::from_slice(&line).ok().map(|header: AnyHeader| header.orglib_journal);
            contents.header =
                serde_json::from_slice(&line).ok().filter(|_| contents.version == Some(VERSION));
            if contents.header.is_none() {
                return Ok(contents);
            }
        } else if let Ok(end) = serde_json::from_slice::<End>(&line) {
            contents.complete = Some(end.complete);
        } else if let Ok(index) = serde_json::from_slice::<Index>(&line) {
            contents.finished.insert(index.id, (contents.end, length));
        } else {
            // A line that is whole and yet unreadable ends what can be trusted.
            return Ok(contents);
        }
        contents.end += length as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> JobKey {
        JobKey::new("test", "a")
    }

    fn day(number: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(number * 24 * 3600)
    }

    #[test]
    fn what_was_put_is_got_back_after_an_interruption() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let journal = Journal::create(&path, &key(), day(1)).unwrap();
        journal.put(7, &"семь").unwrap();
        journal.put(8, &"eight").unwrap();
        drop(journal);

        let journal = Journal::resume(&path, &key(), day(2)).unwrap();
        assert_eq!(*journal.past(), Past::Interrupted { began: day(1).into(), parts: 2 });
        assert_eq!(journal.finished(), 2);
        assert_eq!(journal.get::<String>(7).unwrap().as_deref(), Some("семь"));
        assert_eq!(journal.get::<String>(9).unwrap(), None);
        journal.put(9, &"nine").unwrap();
        assert_eq!(journal.get::<String>(9).unwrap().as_deref(), Some("nine"));
    }

    #[test]
    fn cut_off_at_any_byte_it_loses_the_last_part_at_most() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let journal = Journal::create(&path, &key(), day(1)).unwrap();
        let mut ends = vec![std::fs::metadata(&path).unwrap().len()];
        for id in 1..=3 {
            journal.put(id, &format!("part {id}")).unwrap();
            ends.push(std::fs::metadata(&path).unwrap().len());
        }
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        for length in usize::try_from(ends[0]).unwrap()..=whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let journal = Journal::resume(&path, &key(), day(1)).unwrap();
            let expected = ends[1..].iter().filter(|end| **end <= length as u64).count();
            assert_eq!(journal.finished(), expected, "cut at {length}");
            journal.put(9, &"after").unwrap();
            drop(journal);
            let journal = Journal::resume(&path, &key(), day(1)).unwrap();
            assert_eq!(journal.get::<String>(9).unwrap().as_deref(), Some("after"), "cut at {length}");
            assert_eq!(journal.finished(), expected + 1, "cut at {length}");
        }
    }

    #[test]
    fn a_journal_is_neither_overwritten_nor_taken_for_another_jobs() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        drop(Journal::create(&path, &key(), day(1)).unwrap());
        Journal::create(&path, &key(), day(1)).unwrap().put(1, &"part").unwrap();
        assert!(matches!(Journal::create(&path, &key(), day(1)), Err(JournalError::Exists { .. })));
        let other = JobKey::new("test", "b");
        assert!(matches!(Journal::resume(&path, &other, day(1)), Err(JournalError::Mismatch { .. })));
        assert!(matches!(Journal::create(&path, &other, day(1)), Err(JournalError::Mismatch { .. })));
        assert!(matches!(Journal::check(&path), Ok(())));
        std::fs::write(&path, "a list of names\n").unwrap();
        assert!(matches!(Journal::resume(&path, &key(), day(1)), Err(JournalError::Mismatch { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a list of names\n");
    }

    #[test]
    fn resuming_what_is_not_there_begins_it() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::resume(&directory.path().join("journal"), &key(), day(1)).unwrap();
        assert_eq!(journal.finished(), 0);
        let nowhere = directory.path().join("missing").join("journal");
        assert!(matches!(Journal::resume(&nowhere, &key(), day(1)), Err(JournalError::Io { .. })));
    }

    #[test]
    fn a_complete_journal_is_begun_anew_and_never_replayed() {
        let directory = tempfile::tempdir().unwrap();
        for open in [Journal::create, Journal::resume] {
            let path = directory.path().join("journal");
            let journal = Journal::resume(&path, &key(), day(1)).unwrap();
            journal.put(7, &"yesterday's truth").unwrap();
            journal.complete(day(2)).unwrap();
            drop(journal);
            let journal = open(&path, &key(), day(3)).unwrap();
            assert_eq!(*journal.past(), Past::Complete { ended: day(2).into() });
            assert_eq!((journal.finished(), journal.get::<String>(7).unwrap()), (0, None));
            journal.put(8, &"today's").unwrap();
            drop(journal);
            let journal = Journal::resume(&path, &key(), day(4)).unwrap();
            assert_eq!(*journal.past(), Past::Interrupted { began: day(3).into(), parts: 1 });
            drop(journal);
            std::fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn a_journal_that_a_job_holds_is_refused_to_another() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let journal = Journal::create(&path, &key(), day(1)).unwrap();
        for again in [Journal::create(&path, &key(), day(1)), Journal::resume(&path, &key(), day(1))] {
            assert!(matches!(again, Err(JournalError::Held { .. })));
        }
        assert!(matches!(Journal::check(&path), Err(JournalError::Held { .. })));
        drop(journal);
        Journal::resume(&path, &key(), day(1)).unwrap();
    }

    #[test]
    fn a_journal_of_another_version_is_refused_as_one() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        std::fs::write(&path, r#"{"orglib_journal":1,"job":"test","arguments":"a"}"#.to_owned() + "\n")
            .unwrap();
        let error = Journal::resume(&path, &key(), day(1)).unwrap_err().to_string();
        assert!(error.contains("written by another version"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_journal_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let (fresh, wide) = (directory.path().join("fresh"), directory.path().join("wide"));
        std::fs::write(&wide, "").unwrap();
        std::fs::set_permissions(&wide, std::fs::Permissions::from_mode(0o644)).unwrap();
        for path in [fresh, wide] {
            Journal::create(&path, &key(), day(1)).unwrap().put(1, &"anna@example.org").unwrap();
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
        }
    }
}
