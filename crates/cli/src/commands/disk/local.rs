//! Files of this machine that go to Disk or come from there.

use std::{
    fs::{self, File, Metadata},
    io::{self, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::SystemTime,
};

use futures::stream;
use orglib::{
    disk::{Digester, Digests, Expected},
    transport::{Body, TransportError, TransportErrorKind, bytes::Bytes},
};

use crate::{console, failure::Failure};

/// How much is read at once.
const PIECE: usize = 256 * 1024;

/// A failure of a file of this machine.
pub(super) fn failed(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::other(format!("{}: {error}", path.display()))
}

/// The digests of a file.
pub(super) async fn digests(path: PathBuf) -> Result<Digests, Failure> {
    console::waiting(move || {
        let mut digester = Digester::default();
        let mut file = File::open(&path).map_err(|error| failed(&path, &error))?;
        let mut piece = vec![0; PIECE];
        loop {
            match file.read(&mut piece).map_err(|error| failed(&path, &error))? {
                0 => return Ok(digester.finish()),
                read => digester.update(&piece[..read]),
            }
        }
    })
    .await
}

/// A file as a body, and the digests of what was read of it last: it is read anew for each attempt, piece by piece. One
/// that has changed meanwhile ends with an error before its last piece has gone.
pub(super) fn body(path: PathBuf, size: u64) -> (Body, Expected) {
    let slot = Arc::new(Mutex::new(Digesting::default()));
    let digests = Arc::clone(&slot);
    let digests = move || std::mem::take(&mut *locked(&digests)).finish().ok();
    let body = Body::replay(move || {
        let (path, slot) = (path.clone(), Arc::clone(&slot));
        *locked(&slot) = Digesting::begin(Digester::default());
        let broken = |path: &Path, why: &dyn std::fmt::Display| {
            TransportError::new(TransportErrorKind::Other, true, format!("{}: {why}", path.display()))
        };
        let begin = (None::<(File, Option<SystemTime>)>, 0_u64, path, slot);
        Box::pin(stream::try_unfold(begin, move |(opened, sent, path, slot)| async move {
            let opened = match opened {
                Some(opened) => Ok(opened),
                None => open(&path),
            };
            let (mut file, changed) = opened.map_err(|error| broken(&path, &error))?;
            let mut piece = vec![0; PIECE];
            let read = file.read(&mut piece).map_err(|error| broken(&path, &error))?;
            let sent = sent + read as u64;
            let is_whole = sent == size;
            let is_other = || file.metadata().map_or(true, |now| is_changed(&now, size, changed));
            if sent > size || (read == 0 && !is_whole) || (is_whole && is_other()) {
                return Err(broken(&path, &"it has changed while it was read"));
            }
            piece.truncate(read);
            let piece = Bytes::from(piece);
            locked(&slot).take(piece.clone());
            Ok((read > 0).then_some((piece, (Some((file, changed)), sent, path, slot))))
        }))
    });
    (body, Expected::later(digests))
}

/// Opens a file, and tells when it was changed last, where the system knows that.
fn open(path: &Path) -> io::Result<(File, Option<SystemTime>)> {
    let file = File::open(path)?;
    let changed = file.metadata()?.modified().ok();
    Ok((file, changed))
}

fn is_changed(now: &Metadata, size: u64, changed: Option<SystemTime>) -> bool {
    now.len() != size || now.modified().ok() != changed
}

fn locked(digesting: &Mutex<Digesting>) -> MutexGuard<'_, Digesting> {
    digesting.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that comes: under a name of its own until it is whole.
pub(super) struct Coming {
    part: PathBuf,
    file: BufWriter<File>,
    digesting: Digesting,
    /// How many bytes are there.
    pub(super) position: u64,
}

impl Coming {
    /// Opens it, and goes on where an earlier one ended.
    pub(super) fn open(name: &Path) -> Result<Self, Failure> {
        let mut part = name.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let mut options = fs::OpenOptions::new();
        let file = options.create(true).truncate(false).read(true).write(true).open(&part);
        let mut file = file.map_err(|error| failed(&part, &error))?;
        let (mut digester, mut position, mut piece) = (Digester::default(), 0, vec![0; PIECE]);
        loop {
            match file.read(&mut piece).map_err(|error| failed(&part, &error))? {
                0 => {
                    let (file, digesting) =
                        (BufWriter::with_capacity(PIECE, file), Digesting::begin(digester));
                    return Ok(Self { part, file, digesting, position });
                }
                read => {
                    digester.update(&piece[..read]);
                    position += read as u64;
                }
            }
        }
    }

    /// Begins anew.
    pub(super) fn begin_anew(&mut self) -> Result<(), Failure> {
        (self.digesting, self.position) = (Digesting::begin(Digester::default()), 0);
        // What waits to be written goes where it is emptied.
        let emptied = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.get_ref().set_len(0));
        emptied.map_err(|error| failed(&self.part, &error))
    }

    /// Takes a piece in.
    pub(super) fn write(&mut self, piece: Bytes) -> Result<(), Failure> {
        self.file.write_all(&piece).map_err(|error| unwritten(&self.part, &error))?;
        self.position += piece.len() as u64;
        self.digesting.take(piece);
        Ok(())
    }

    /// The digests of what has come, all of which is written then.
    pub(super) fn digests(&mut self) -> Result<Digests, Failure> {
        self.file.flush().map_err(|error| unwritten(&self.part, &error))?;
        std::mem::take(&mut self.digesting).finish()
    }

    /// Gives it its name.
    pub(super) fn finish(self, name: &Path) -> Result<(), Failure> {
        self.file.get_ref().sync_all().map_err(|error| failed(&self.part, &error))?;
        fs::rename(&self.part, name).map_err(|error| failed(name, &error))
    }

    /// Takes it away.
    pub(super) fn discard(self) {
        drop(self.file);
        let _ = fs::remove_file(&self.part);
    }
}

fn unwritten(part: &Path, error: &std::io::Error) -> Failure {
    failed(part, &format!("{error}; what has come is kept, and the same command goes on with it"))
}

/// Digests that are worked out beside the coming and writing of what they are of.
#[derive(Default)]
struct Digesting {
    pieces: Option<mpsc::SyncSender<Bytes>>,
    worker: Option<thread::JoinHandle<Digester>>,
}

/// So many pieces wait for their digests at most.
const WAITING: usize = 64;

impl Digesting {
    #[allow(clippy::disallowed_methods, reason = "the program may spawn; the libraries below it do not")]
    fn begin(mut digester: Digester) -> Self {
        let (pieces, come) = mpsc::sync_channel::<Bytes>(WAITING);
        let worker = thread::spawn(move || {
            come.iter().for_each(|piece| digester.update(&piece));
            digester
        });
        Self { pieces: Some(pieces), worker: Some(worker) }
    }

    /// A worker that is gone is told at the end.
    fn take(&self, piece: Bytes) {
        if let Some(pieces) = &self.pieces {
            let _ = pieces.send(piece);
        }
    }

    fn finish(mut self) -> Result<Digests, Failure> {
        self.pieces = None;
        let worked = self.worker.take().and_then(|worker| worker.join().ok());
        worked.map(Digester::finish).ok_or_else(|| Failure::other("the digests could not be worked out"))
    }
}

/// A file or a folder to be sent, and the path that it gets.
pub(super) struct Found {
    pub(super) local: PathBuf,
    pub(super) path: String,
    pub(super) size: u64,
}

/// What a walk through folders found.
#[derive(Default)]
pub(super) struct Walk {
    /// Folders to be made, those above first.
    pub(super) folders: Vec<String>,
    pub(super) files: Vec<Found>,
    /// What cannot be sent, with the reason.
    pub(super) failures: Vec<Failure>,
}

impl Walk {
    /// Takes a file or a folder in, which gets this path.
    pub(super) fn take(&mut self, local: &Path, path: &str) {
        let about = match fs::metadata(local) {
            Ok(about) => about,
            Err(error) => return self.failures.push(failed(local, &error)),
        };
        if about.is_file() {
            self.files.push(Found { local: local.to_owned(), path: path.to_owned(), size: about.len() });
            return;
        }
        if !about.is_dir() {
            return self.failures.push(failed(local, &"neither a file nor a folder"));
        }
        self.folders.push(path.to_owned());
        match fs::read_dir(local).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(mut entries) => {
                entries.sort_by_key(fs::DirEntry::file_name);
                for entry in entries {
                    self.entry(&entry, path);
                }
            }
            Err(error) => self.failures.push(failed(local, &error)),
        }
    }

    fn entry(&mut self, entry: &fs::DirEntry, above: &str) {
        let local = entry.path();
        // A link to a folder may lead in a circle.
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        if is_link && local.is_dir() {
            return self
                .failures
                .push(failed(&local, &"a link to a folder is not followed; name the folder itself"));
        }
        match entry.file_name().to_str() {
            Some(name) => self.take(&local, &format!("{above}/{name}")),
            None => self.failures.push(failed(&local, &"its name is no text in UTF-8")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures::StreamExt;

    use super::*;

    /// What somebody else does to the file while it goes.
    type Change = fn(&Path) -> io::Result<()>;

    fn write_at(path: &Path, place: u64) -> io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).open(path)?;
        file.seek(SeekFrom::Start(place))?;
        file.write_all(b"x")
    }

    #[tokio::test]
    async fn a_file_that_changes_while_it_goes_is_never_sent_whole() {
        let size = 3 * PIECE as u64;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.bin");
        let changes: [(&str, Change); 4] = [
            ("grows", |path| write_at(path, 3 * PIECE as u64)),
            ("shrinks", |path| fs::OpenOptions::new().write(true).open(path)?.set_len(PIECE as u64)),
            ("is written over", |path| write_at(path, 0)),
            ("stays", |_| Ok(())),
        ];
        for (what, change) in changes {
            fs::write(&path, vec![0; size as usize]).unwrap();
            let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
            fs::OpenOptions::new().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
            let (Body::Replay(make), _) = body(path.clone(), size) else { unreachable!() };
            let mut pieces = make();
            let mut sent = pieces.next().await.unwrap().unwrap().len() as u64;
            change(&path).unwrap();
            let mut why = None;
            while let Some(piece) = pieces.next().await {
                match piece {
                    Ok(piece) => sent += piece.len() as u64,
                    Err(error) => why = Some(error.to_string()),
                }
            }
            if what == "stays" {
                assert_eq!((sent, why), (size, None));
            } else {
                let why = why.unwrap_or_default();
                assert!(why.contains("a.bin: it has changed") && sent < size, "{what}: {sent} bytes, {why}");
            }
        }
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_opened_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (Body::Replay(make), _) = body(folder.path().join("gone.bin"), 1) else { unreachable!() };
        let error = make().next().await.unwrap().unwrap_err();
        assert!(error.to_string().contains("gone.bin"), "{error}");
    }
}
