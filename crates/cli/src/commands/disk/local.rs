//! Files of this machine that go to Disk or come from there.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use futures::stream;
use orglib::{
    disk::{Digester, Digests},
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

/// A file as a body: read anew for each attempt, piece by piece. One that has become shorter or longer than it was ends
/// with an error; one that has become another one is found by its digests.
pub(super) fn body(path: PathBuf, size: u64) -> Body {
    Body::replay(move || {
        let path = path.clone();
        let broken = |path: &Path, why: &dyn std::fmt::Display| {
            TransportError::new(TransportErrorKind::Other, true, format!("{}: {why}", path.display()))
        };
        let begin = (None::<File>, 0_u64, path);
        Box::pin(stream::try_unfold(begin, move |(file, sent, path)| async move {
            let mut file = match file {
                Some(file) => file,
                None => File::open(&path).map_err(|error| broken(&path, &error))?,
            };
            let mut piece = vec![0; PIECE];
            let read = file.read(&mut piece).map_err(|error| broken(&path, &error))?;
            let sent = sent + read as u64;
            if sent > size || (read == 0 && sent < size) {
                return Err(broken(&path, &"it has changed while it was read"));
            }
            piece.truncate(read);
            Ok((read > 0).then(|| (Bytes::from(piece), (Some(file), sent, path))))
        }))
    })
}

/// A file that comes: under a name of its own until it is whole.
pub(super) struct Coming {
    part: PathBuf,
    file: File,
    digester: Digester,
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
                0 => return Ok(Self { part, file, digester, position }),
                read => {
                    digester.update(&piece[..read]);
                    position += read as u64;
                }
            }
        }
    }

    /// Begins anew.
    pub(super) fn begin_anew(&mut self) -> Result<(), Failure> {
        (self.digester, self.position) = (Digester::default(), 0);
        let emptied = self.file.set_len(0).and_then(|()| self.file.seek(SeekFrom::Start(0)));
        emptied.map(drop).map_err(|error| failed(&self.part, &error))
    }

    /// Takes a piece in.
    pub(super) fn write(&mut self, piece: &[u8]) -> Result<(), Failure> {
        self.file.write_all(piece).map_err(|error| {
            failed(
                &self.part,
                &format!("{error}; what has come is kept, and the same command goes on with it"),
            )
        })?;
        self.digester.update(piece);
        self.position += piece.len() as u64;
        Ok(())
    }

    /// The digests of what has come.
    pub(super) fn digests(&self) -> Digests {
        self.digester.clone().finish()
    }

    /// Gives it its name.
    pub(super) fn finish(self, name: &Path) -> Result<(), Failure> {
        self.file.sync_all().map_err(|error| failed(&self.part, &error))?;
        fs::rename(&self.part, name).map_err(|error| failed(name, &error))
    }

    /// Takes it away.
    pub(super) fn discard(self) {
        drop(self.file);
        let _ = fs::remove_file(&self.part);
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
