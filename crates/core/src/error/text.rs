//! The one line that an error is: what happened, and what to do next.

use std::{fmt, sync::Arc};

use super::{Error, Inner, SIGN_IN_FAILED};
use crate::{ErrorKind, Scopes, service_error::advice_on_token};

impl Error {
    fn task_advice(&self) -> Option<String> {
        let id = self.0.task.as_deref().filter(|_| !self.is_not_found())?;
        Some(match (self.0.kind, self.advice()) {
            (ErrorKind::Task, _) => format!("read what is there, then start it again (task {id})"),
            (ErrorKind::Timeout, _) | (_, None) => {
                format!("it may still go on: wait for the task {id} again")
            }
            (_, Some(advice)) => format!("{advice}; the task {id} may still go on"),
        })
    }

    fn advice(&self) -> Option<String> {
        if self.0.kind == ErrorKind::Auth
            && let Some(advice) = advice_on_token(self.0.code.as_deref())
        {
            return Some(advice.to_owned());
        }
        // What to do about it is in the message.
        if self.0.kind == ErrorKind::Auth && self.0.code.as_deref() == Some(SIGN_IN_FAILED) {
            return None;
        }
        if self.0.may_be_done {
            return Some("read what is there before you do it again".to_owned());
        }
        if self.is_unauthenticated() {
            return Some("check the token: it may be mistyped, expired or revoked".to_owned());
        }
        match (self.0.kind, self.0.status.map(|status| status.as_u16())) {
            (_, Some(403)) => Some(match self.0.scopes {
                Scopes::None => "check the organisation id and the token owner's role".to_owned(),
                Scopes::Any(names) => permission(&format!("any of {}", names.join(", "))),
                Scopes::All(names) => permission(&format!("all of {}", names.join(", "))),
            }),
            (_, Some(404)) => Some("check the id".to_owned()),
            (ErrorKind::Paging, _) => {
                Some("what came before is not the whole list: read it again, or report it".to_owned())
            }
            (ErrorKind::Connect, _) => Some("check the network, the proxy and the base URL".to_owned()),
            (ErrorKind::Timeout, _) => Some("try again, or allow more time".to_owned()),
            (ErrorKind::Decode, _) if !self.0.is_no_json => {
                Some("please report it, with the operation".to_owned())
            }
            _ if self.is_retryable() => Some(match self.0.retry_after {
                Some(delay) => format!("try again in {} s", delay.as_secs().max(1)),
                None => "try again later".to_owned(),
            }),
            _ => None,
        }
    }
}

fn permission(scopes: &str) -> String {
    format!(
        "the operation needs {scopes}; check the token's scopes, its owner's role and the organisation id"
    )
}

/// What happened, without what to do next.
pub(super) struct Headline<'a>(pub(super) &'a Error);

impl fmt::Display for Headline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, operation, status, code, host, message, attempts, was_sent, task, source, .. } =
            &*self.0.0;
        let is_wrapped = source.as_ref().is_some_and(|source| source.is::<Arc<Error>>());
        if let Some(operation) = operation {
            write!(f, "{operation}: ")?;
        }
        if let Some(status) = status {
            write!(f, "{status}")?;
            match (code, host) {
                // The gateway's numbers are its own: nobody takes a 5 for what is not found.
                (Some(code), Some(host)) if code.bytes().all(|byte| byte.is_ascii_digit()) => {
                    write!(f, ", code {code} of {host}")?;
                }
                (Some(code), _) => write!(f, ", {code}")?,
                (None, _) => {}
            }
            f.write_str(": ")?;
        }
        f.write_str(message)?;
        if *attempts > 1 && !is_wrapped {
            write!(f, " (after {attempts} attempts)")?;
        }
        if *kind == ErrorKind::Unconfirmed {
            Ok(())
        } else if self.0.0.may_be_done {
            f.write_str(" (it may have been done all the same)")
        } else if *was_sent && status.is_none() && *kind != ErrorKind::Paging && task.is_none() {
            f.write_str(" (the request may have reached the service)")
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Headline(self).fmt(f)?;
        match self.task_advice().or_else(|| self.advice()) {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}
