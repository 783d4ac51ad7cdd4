//! Why a journal cannot be used.

use std::{io, path::PathBuf};

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
    /// Another process writes it.
    #[error("the journal {} is held by a job that runs; wait for it, or name another file", path.display())]
    Held {
        /// The file.
        path: PathBuf,
    },
    /// The file is no journal of this job.
    #[error("{} is no journal of this job; resume with the same organisation and options, or name another file", path.display())]
    Mismatch {
        /// The file.
        path: PathBuf,
    },
    /// The file is a journal of another version.
    #[error("the journal {} was written by another version; delete the file to begin anew", path.display())]
    Version {
        /// The file.
        path: PathBuf,
    },
}
