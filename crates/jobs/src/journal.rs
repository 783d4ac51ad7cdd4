//! What a long job has finished, on disk, so that an interrupted one is taken up again.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The version of the file's form.
const VERSION: u32 = 1;

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
}

/// The finished parts of a job, a JSON line each. A line that was cut off by the interruption is dropped, and its
/// part done again.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    file: File,
    end: u64,
    finished: HashMap<u64, (u64, usize)>,
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The file cannot be read or written.
    #[error("the journal {}: {source}; check the path and its rights", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// There is a journal already.
    #[error("the journal {} holds an interrupted job; resume it, or delete the file to begin anew", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file is no journal of this job.
    #[error("{} is no journal of this job; resume with the same organisation and options, or name another file", path.display())]
    Mismatch {
        /// The file.
        path: PathBuf,
    },
}

#[derive(Serialize, Deserialize)]
struct Header {
    orglib_journal: u32,
    #[serde(flatten)]
    key: JobKey,
}

impl Header {
    fn is_of(&self, key: &JobKey) -> bool {
        self.orglib_journal == VERSION && self.key == *key
    }
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

impl Journal {
    /// Begins a journal. One that was begun for the same job and holds nothing yet is taken for it.
    ///
    /// # Errors
    /// [`JournalError::Exists`] where the file holds anything else, so that no interrupted job is lost by mistake.
    pub fn create(path: &Path, key: &JobKey) -> Result<Self, JournalError> {
        let failed = |source| JournalError::Io { path: path.to_owned(), source };
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.len() > 0 {
            let (header, _, finished) = read(&mut file).map_err(failed)?;
            let is_unused = finished.is_empty() && header.is_some_and(|header| header.is_of(key));
            return if is_unused {
                Self::resume(path, key)
            } else {
                Err(JournalError::Exists { path: path.to_owned() })
            };
        }
        let header = Header { orglib_journal: VERSION, key: key.clone() };
        let line = line_of(&header).map_err(failed)?;
        file.write_all(&line).map_err(failed)?;
        Ok(Self::over(path, file, line.len() as u64, HashMap::new()))
    }

    /// Takes a journal up again; begins one where there is none.
    ///
    /// # Errors
    /// [`JournalError::Mismatch`] where the file belongs to another job, or is no journal.
    pub fn resume(path: &Path, key: &JobKey) -> Result<Self, JournalError> {
        let failed = |source| JournalError::Io { path: path.to_owned(), source };
        let mut file = match OpenOptions::new().read(true).append(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::create(path, key),
            Err(error) => return Err(failed(error)),
        };
        let (header, end, finished) = read(&mut file).map_err(failed)?;
        let Some(header) = header else {
            // Interrupted before the first line was whole; anything else is somebody's file.
            return if file.metadata().map_err(failed)?.len() == 0 {
                Self::create(path, key)
            } else {
                Err(JournalError::Mismatch { path: path.to_owned() })
            };
        };
        if !header.is_of(key) {
            return Err(JournalError::Mismatch { path: path.to_owned() });
        }
        file.set_len(end).map_err(failed)?;
        Ok(Self::over(path, file, end, finished))
    }

    fn over(path: &Path, file: File, end: u64, finished: HashMap<u64, (u64, usize)>) -> Self {
        Self { path: path.to_owned(), state: Mutex::new(State { file, end, finished }) }
    }

    /// How many parts are finished.
    pub fn finished(&self) -> usize {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).finished.len()
    }

    /// Reads a finished part back; nothing where it is not finished.
    pub(crate) fn get<T: DeserializeOwned>(&self, id: u64) -> Result<Option<T>, JournalError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((start, length)) = state.finished.get(&id).copied() else { return Ok(None) };
        let mut line = vec![0; length];
        let read = state.file.seek(SeekFrom::Start(start)).and_then(|_| state.file.read_exact(&mut line));
        read.map_err(|source| self.failed(source))?;
        let record: OwnedRecord<T> =
            serde_json::from_slice(&line).map_err(|error| self.failed(error.into()))?;
        Ok(Some(record.part))
    }

    /// Writes a finished part down. It is with the operating system when this returns.
    pub(crate) fn put<T: Serialize>(&self, id: u64, part: &T) -> Result<(), JournalError> {
        let line = line_of(&Record { id, part }).map_err(|source| self.failed(source))?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.file.write_all(&line).map_err(|source| self.failed(source))?;
        let start = state.end;
        state.end += line.len() as u64;
        state.finished.insert(id, (start, line.len()));
        Ok(())
    }

    fn failed(&self, source: io::Error) -> JournalError {
        JournalError::Io { path: self.path.clone(), source }
    }
}

fn line_of<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

type Contents = (Option<Header>, u64, HashMap<u64, (u64, usize)>);

/// The whole lines of a journal, and where they end.
fn read(file: &mut File) -> io::Result<Contents> {
    let mut finished = HashMap::new();
    let mut header = None;
    let mut end = 0;
    let mut lines = BufReader::new(file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = lines.read_until(b'\n', &mut line)?;
        if length == 0 || line.last() != Some(&b'\n') {
            return Ok((header, end, finished));
        }
        if end == 0 {
            header = serde_json::from_slice(&line).ok();
            if header.is_none() {
                return Ok((None, 0, finished));
            }
        } else {
            // A line that is whole and yet unreadable ends what can be trusted.
            let Ok(index) = serde_json::from_slice::<Index>(&line) else {
                return Ok((header, end, finished));
            };
            finished.insert(index.id, (end, length));
        }
        end += length as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> JobKey {
        JobKey::new("test", "a")
    }

    #[test]
    fn what_was_put_is_got_back_after_an_interruption() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let journal = Journal::create(&path, &key()).unwrap();
        journal.put(7, &"семь").unwrap();
        journal.put(8, &"eight").unwrap();
        drop(journal);

        let journal = Journal::resume(&path, &key()).unwrap();
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
        let journal = Journal::create(&path, &key()).unwrap();
        let mut ends = vec![std::fs::metadata(&path).unwrap().len()];
        for id in 1..=3 {
            journal.put(id, &format!("part {id}")).unwrap();
            ends.push(std::fs::metadata(&path).unwrap().len());
        }
        let whole = std::fs::read(&path).unwrap();
        for length in usize::try_from(ends[0]).unwrap()..=whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let journal = Journal::resume(&path, &key()).unwrap();
            let expected = ends[1..].iter().filter(|end| **end <= length as u64).count();
            assert_eq!(journal.finished(), expected, "cut at {length}");
            journal.put(9, &"after").unwrap();
            let journal = Journal::resume(&path, &key()).unwrap();
            assert_eq!(journal.get::<String>(9).unwrap().as_deref(), Some("after"), "cut at {length}");
            assert_eq!(journal.finished(), expected + 1, "cut at {length}");
        }
    }

    #[test]
    fn a_journal_is_neither_overwritten_nor_taken_for_another_jobs() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        drop(Journal::create(&path, &key()).unwrap());
        Journal::create(&path, &key()).unwrap().put(1, &"part").unwrap();
        assert!(matches!(Journal::create(&path, &key()), Err(JournalError::Exists { .. })));
        let other = JobKey::new("test", "b");
        assert!(matches!(Journal::resume(&path, &other), Err(JournalError::Mismatch { .. })));
        assert!(matches!(Journal::create(&path, &other), Err(JournalError::Exists { .. })));
        std::fs::write(&path, "a list of names\n").unwrap();
        assert!(matches!(Journal::resume(&path, &key()), Err(JournalError::Mismatch { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a list of names\n");
    }

    #[test]
    fn resuming_what_is_not_there_begins_it() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::resume(&directory.path().join("journal"), &key()).unwrap();
        assert_eq!(journal.finished(), 0);
        let nowhere = directory.path().join("missing").join("journal");
        assert!(matches!(Journal::resume(&nowhere, &key()), Err(JournalError::Io { .. })));
    }
}
