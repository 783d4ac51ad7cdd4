//! Files that hold secrets: for their owner only, whole or not at all.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// Writes a file that nobody else may read, whatever stood there before, and has it on the disk when it returns.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A temporary file is made for its owner only, and keeps that when it is renamed.
    let mut file = tempfile::NamedTempFile::new_in(directory)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_directory(directory)
}

/// Makes a directory that nobody else may look into, and narrows one that is there.
pub(crate) fn make_directory(directory: &Path) -> io::Result<()> {
    if let Some(parent) = directory.parent() {
        fs::create_dir_all(parent)?;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        let mut builder = fs::DirBuilder::new();
        match builder.mode(0o700).create(directory) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let rights = fs::metadata(directory)?.permissions();
                if rights.mode() & 0o077 != 0 {
                    fs::set_permissions(directory, fs::Permissions::from_mode(0o700))?;
                }
                Ok(())
            }
            outcome => outcome,
        }
    }
    #[cfg(not(unix))]
    fs::create_dir_all(directory)
}

/// Opens a file to be locked, for its owner only.
pub(crate) fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A rename is kept when its directory is on the disk; elsewhere than on Unix there is no such call.
fn sync_directory(directory: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(directory)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = directory;
    Ok(())
}
