//! How a command fails: one line, and an exit code.

use std::{fmt, io, time::Duration};

use orglib::{Error, ErrorKind, jobs::JournalError};
use serde::Serialize;

use crate::commands;

/// The exit codes that scripts rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Done,
    Other,
    Usage,
    NotAuthenticated,
    NotPermitted,
    NotFound,
    Unavailable,
    Partial,
    NotUnderstood,
    Rail,
    Interrupted,
}

impl Exit {
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Other => 1,
            Self::Usage => 2,
            Self::NotAuthenticated => 3,
            Self::NotPermitted => 4,
            Self::NotFound => 5,
            Self::Unavailable => 6,
            Self::Partial => 7,
            Self::NotUnderstood => 8,
            Self::Rail => 9,
            Self::Interrupted => 130,
        }
    }
}

/// Why a command ends early, or not whole.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What a service, or the way to it, failed with.
    Api(Box<Error>),
    /// The reader of the output is gone: nothing is left to do, and nobody to tell.
    ClosedPipe,
    /// Anything that the program itself finds.
    Own { exit: Exit, kind: &'static str, message: String },
}

impl Failure {
    /// A wrong option, variable, profile or file: nothing was sent.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Own { exit: Exit::Usage, kind: "usage", message: message.into() }
    }

    /// A token that has ended: the service would refuse it.
    pub(crate) fn expired(message: impl Into<String>) -> Self {
        Self::Own { exit: Exit::NotAuthenticated, kind: "expired", message: message.into() }
    }

    /// Something that the organisation does not have.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::Own { exit: Exit::NotFound, kind: "not_found", message: message.into() }
    }

    /// Some rows failed; all of them have been named.
    pub(crate) fn partial(message: impl Into<String>) -> Self {
        Self::Own { exit: Exit::Partial, kind: "partial", message: message.into() }
    }

    /// More than may be done at once, unless it is said: nothing was sent.
    pub(crate) fn rail(message: impl Into<String>) -> Self {
        Self::Own { exit: Exit::Rail, kind: "rail", message: message.into() }
    }

    /// Something that is no more what it was; nothing was sent.
    pub(crate) fn changed(message: impl Into<String>) -> Self {
        Self::Own { exit: Exit::Other, kind: "changed", message: message.into() }
    }

    /// An answer that cannot be shown.
    pub(crate) fn not_understood(message: impl Into<String>) -> Self {
        Self::Own { exit: Exit::NotUnderstood, kind: "decode", message: message.into() }
    }

    /// A signal ended the command.
    pub(crate) fn interrupted(message: impl Into<String>) -> Self {
        Self::Own { exit: Exit::Interrupted, kind: "interrupted", message: message.into() }
    }

    /// Anything else.
    pub(crate) fn other(message: impl Into<String>) -> Self {
        Self::Own { exit: Exit::Other, kind: "other", message: message.into() }
    }

    /// Output that could not be written, after the command began.
    pub(crate) fn output(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::other(format!("the output cannot be written: {error}; check the disk and the rights")),
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::ClosedPipe => Exit::Done,
            Self::Own { exit, .. } => *exit,
            Self::Api(error) => exit_of(error),
        }
    }

    /// The error object of `--format json`.
    pub(crate) fn to_json(&self) -> String {
        let object = Envelope { error: self.object() };
        // Texts and numbers are always JSON.
        serde_json::to_string(&object).unwrap_or_default()
    }

    fn object(&self) -> ErrorObject<'_> {
        let message = one_line(&self.to_string());
        match self {
            Self::Api(error) => ErrorObject {
                kind: error.kind().name(),
                message,
                operation: error.operation(),
                status: error.status().map(|status| status.as_u16()),
                code: error.code(),
                request_id: error.request_id(),
                retry_after: error.retry_after().as_ref().map(Duration::as_secs_f64),
            },
            Self::Own { kind, .. } => ErrorObject { kind, message, ..ErrorObject::default() },
            Self::ClosedPipe => ErrorObject { kind: "closed_pipe", message, ..ErrorObject::default() },
        }
    }
}

#[derive(Serialize)]
struct Envelope<'a> {
    error: ErrorObject<'a>,
}

/// A failure as scripts read it.
#[derive(Default, Serialize)]
struct ErrorObject<'a> {
    kind: &'a str,
    message: String,
    operation: Option<&'a str>,
    status: Option<u16>,
    code: Option<&'a str>,
    request_id: Option<&'a str>,
    /// In seconds.
    retry_after: Option<f64>,
}

fn exit_of(error: &Error) -> Exit {
    match error.kind() {
        ErrorKind::Build | ErrorKind::Config => Exit::Usage,
        ErrorKind::Decode | ErrorKind::Paging | ErrorKind::TooLarge => Exit::NotUnderstood,
        _ if error.is_unauthenticated() => Exit::NotAuthenticated,
        _ if error.is_permission_denied() => Exit::NotPermitted,
        _ if error.is_not_found() => Exit::NotFound,
        _ if error.is_retryable() || error.may_be_done() => Exit::Unavailable,
        _ => Exit::Other,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => {
                // People know commands; the id is for those who read the documents.
                let command = error.operation().and_then(commands::command_of);
                let text = error.to_string();
                let rest = error.operation().and_then(|id| text.strip_prefix(id)?.strip_prefix(": "));
                match (command, error.operation(), rest) {
                    (Some(command), Some(id), Some(rest)) => write!(f, "{command} ({id}): {rest}"),
                    _ => f.write_str(&text),
                }
            }
            Self::ClosedPipe => f.write_str("the output was closed"),
            Self::Own { message, .. } => f.write_str(message),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Api(Box::new(error))
    }
}

/// A journal that cannot be used as it is named.
impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        Self::usage(error.to_string())
    }
}

/// The text on one line, without what could drive a terminal: names of files and answers come from outside.
pub(crate) fn one_line(text: &str) -> String {
    orglib::models::text::harmless(text, ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_one_json_object() {
        assert_eq!(
            Failure::usage("no\ttoken").to_json(),
            r#"{"error":{"kind":"usage","message":"no token","operation":null,"status":null,"code":null,"request_id":null,"retry_after":null}}"#
        );
    }

    #[test]
    fn a_client_that_is_set_up_wrongly_is_a_usage_error() {
        assert_eq!(Failure::from(Error::config("x")).exit().code(), 2);
        assert_eq!(Failure::from(Error::build("x", "y")).exit().code(), 2);
        assert_eq!(Failure::output(&io::ErrorKind::BrokenPipe.into()).exit().code(), 0);
    }
}
