//! The kinds of failure.

/// The kind of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A request cannot be made of what was given; nothing was sent.
    Build,
    /// The client is set up wrongly; nothing was sent.
    Config,
    /// There are no credentials, or the service does not accept them.
    Auth,
    /// The host could not be reached.
    Connect,
    /// It took too long.
    Timeout,
    /// The connection broke.
    Io,
    /// The service asked to slow down, after all attempts.
    Throttled,
    /// The service refused or failed.
    Api,
    /// The organisation has nothing of the name that was given.
    NotFound,
    /// Several answer to the name that was given, and one is meant; nothing was changed.
    Ambiguous,
    /// What was to be changed is no more what was seen; nothing was written.
    Changed,
    /// A change was made, but what there is after it could not be read.
    Unconfirmed,
    /// The answer was not understood.
    Decode,
    /// A list cannot be followed to its end: fewer items came than it counts, or a page or its token came again.
    Paging,
    /// The answer is larger than the client reads.
    TooLarge,
    /// A task that the service had taken on ended in an error.
    Task,
    /// A transport of the caller's own failed in its own way.
    Transport,
}

impl ErrorKind {
    /// The name, in snake_case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Config => "config",
            Self::Auth => "auth",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Io => "io",
            Self::Throttled => "throttled",
            Self::Api => "api",
            Self::NotFound => "not_found",
            Self::Ambiguous => "ambiguous",
            Self::Changed => "changed",
            Self::Unconfirmed => "unconfirmed",
            Self::Decode => "decode",
            Self::Paging => "paging",
            Self::TooLarge => "too_large",
            Self::Task => "task",
            Self::Transport => "transport",
        }
    }
}
