//! Where output goes.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, IsTerminal, Stdout, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// How much is gathered before it is written.
const BUFFER: usize = 64 * 1024;

/// Where output goes. A file appears under its name when it is whole; until then it is a temporary one beside it,
/// which goes with this value.
pub(crate) enum Destination {
    Stdout(BufWriter<Stdout>),
    File {
        temporary: BufWriter<NamedTempFile>,
        path: PathBuf,
    },
    /// A pipe or a device, which cannot be renamed over.
    Special(BufWriter<File>),
}

impl Destination {
    /// Opens the file, or standard output where none is named.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        match path {
            None => Ok(Self::stdout()),
            Some(path) if path.as_os_str() == "-" => Ok(Self::stdout()),
            Some(path) => Self::file(path).map_err(|error| {
                Failure::usage(format!(
                    "{} cannot be written: {error}; check the path and its rights",
                    path.display()
                ))
            }),
        }
    }

    fn stdout() -> Self {
        Self::Stdout(BufWriter::with_capacity(BUFFER, io::stdout()))
    }

    fn file(path: &Path) -> io::Result<Self> {
        let path = match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if !metadata.is_file() => {
                let file = OpenOptions::new().write(true).open(path)?;
                return Ok(Self::Special(BufWriter::with_capacity(BUFFER, file)));
            }
            Ok(_) => {
                // A file that may not be written is not replaced either; a link is followed, not replaced.
                OpenOptions::new().write(true).open(path)?;
                fs::canonicalize(path)?
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
            Err(error) => return Err(error),
        };
        let temporary = temporary_in(folder(&path))?;
        // Whoever may read a file that is replaced may read what takes its place, and nobody else.
        if let Ok(metadata) = fs::metadata(&path) {
            temporary.as_file().set_permissions(metadata.permissions())?;
        }
        temporary_files().insert(temporary.path().to_owned());
        Ok(Self::File { temporary: BufWriter::with_capacity(BUFFER, temporary), path })
    }

    /// Lets nobody else read the file, before anything is in it.
    pub(crate) fn for_owner_only(self) -> Result<Self, Failure> {
        #[cfg(unix)]
        if let Self::File { temporary, .. } = &self {
            use std::os::unix::fs::PermissionsExt;
            let rights = fs::Permissions::from_mode(0o600);
            let narrowed = temporary.get_ref().as_file().set_permissions(rights);
            narrowed.map_err(|error| Failure::output(&error))?;
        }
        Ok(self)
    }

    /// Whether people watch it.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self, Self::Stdout(_)) && io::stdout().is_terminal()
    }

    /// Writes what is left, and gives a file its name.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.flush().map_err(|error| Failure::output(&error))?;
        let Self::File { temporary, path } = self else { return Ok(()) };
        let temporary = temporary.into_inner().map_err(|error| Failure::output(error.error()))?;
        temporary.as_file().sync_all().map_err(|error| Failure::output(&error))?;
        forget(temporary.path());
        match temporary.persist(&path) {
            Ok(_) => {
                sync_folder(&path);
                Ok(())
            }
            Err(error) => Err(kept(error, &path)),
        }
    }

    fn inner(&mut self) -> &mut dyn Write {
        match self {
            Self::Stdout(stdout) => stdout,
            Self::File { temporary, .. } => temporary,
            Self::Special(file) => file,
        }
    }
}

/// What is written whole is not thrown away because it cannot be given its name.
fn kept(failed: tempfile::PersistError, path: &Path) -> Failure {
    let tempfile::PersistError { error, file } = failed;
    let path = path.display();
    match file.keep() {
        Ok((_, kept)) => Failure::other(format!(
            "{path} cannot be replaced: {error}; the output is whole, in {}",
            kept.display()
        )),
        Err(lost) => Failure::other(format!(
            "{path} cannot be replaced: {error}; and what was written is lost: {lost}"
        )),
    }
}

/// Makes sure that the file's name is on the disk, where the folder lets itself be opened and synced: one that does not
/// has taken the file all the same.
fn sync_folder(path: &Path) {
    #[cfg(unix)]
    let _ = File::open(folder(path)).and_then(|folder| folder.sync_all());
    let _ = path;
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The temporary files there are: a signal clears them away where the command itself cannot, for it is stuck.
static TEMPORARY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn temporary_files() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner)
}

fn forget(path: &Path) {
    temporary_files().remove(path);
}

/// Removes the temporary files of a command that is ended from outside.
pub(crate) fn clear_away() {
    for path in std::mem::take(&mut *temporary_files()) {
        // One that is gone already is no loss.
        let _ = fs::remove_file(path);
    }
}

/// A temporary file with the rights that a new file has here.
fn temporary_in(directory: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".orglib-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(directory)
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner().flush()
    }
}

/// Whether two paths name one file.
pub(crate) fn same_file(one: &Path, other: &Path) -> bool {
    let absolute = |path: &Path| fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok();
    absolute(one).is_some() && absolute(one) == absolute(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_when_it_is_whole() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("report.csv");
        fs::write(&path, "old").unwrap();
        let mut destination = Destination::open(Some(&path)).unwrap();
        destination.write_all(b"new").unwrap();
        destination.flush().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        destination.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");

        drop(Destination::open(Some(&path)).unwrap());
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn a_whole_output_is_kept_and_named_where_it_cannot_be_given_its_name() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("report.csv");
        let mut destination = Destination::open(Some(&path)).unwrap();
        destination.write_all(b"whole").unwrap();
        fs::create_dir(&path).unwrap();
        fs::write(path.join("in the way"), "").unwrap();
        let failure = destination.finish().unwrap_err();
        assert_eq!(failure.exit().code(), 1);
        let text = failure.to_string();
        let kept = text.rsplit("the output is whole, in ").next().unwrap();
        assert_eq!(fs::read_to_string(kept).unwrap(), "whole", "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn a_replaced_file_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("report.csv");
        for mode in [0o600, 0o640, 0o666] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            Destination::open(Some(&path)).unwrap().finish().unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
        }
    }

    #[test]
    fn what_cannot_be_written_is_refused_at_once() {
        let directory = tempfile::tempdir().unwrap();
        for path in [directory.path().to_owned(), directory.path().join("missing").join("report.csv")] {
            let failure = Destination::open(Some(&path)).err().unwrap();
            assert_eq!(failure.exit().code(), 2, "{failure}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed() {
        let directory = tempfile::tempdir().unwrap();
        let (target, link) = (directory.path().join("target"), directory.path().join("link"));
        fs::write(&target, "").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        let mut destination = Destination::open(Some(&link)).unwrap();
        destination.write_all(b"x").unwrap();
        destination.finish().unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "x");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(same_file(&target, &link));
    }
}
