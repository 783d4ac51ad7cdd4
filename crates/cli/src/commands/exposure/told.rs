//! What is said at the end of a report.

use std::time::Duration;

use orglib::jobs::{
    Past,
    exposure::{LeftOut, Selection},
};

use super::writer::Outcome;
use crate::{commands::kept::minute, session::Session};

/// What is said at the end.
pub(super) struct Told<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) left_out: LeftOut,
    pub(super) selection: &'a Selection,
    pub(super) past: Option<&'a Past>,
}

impl Told<'_> {
    /// Everything on one line: of the whole organisation, and what of it was written.
    pub(super) fn line(&self, session: &Session, elapsed: Duration) -> String {
        let Outcome { summary, overview, written, compared } = self.outcome;
        let stats = session.client().stats();
        let mut line = format!("employees {}{}", summary.employees, self.notes());
        let for_writing = match overview.open_to_everybody.for_writing {
            0 => String::new(),
            resources => format!(", resources open for writing {resources}"),
        };
        line += &format!(
            ", resources {}, accesses {}, open to everybody {}{for_writing}, outside {}",
            summary.resources, summary.accesses, summary.open_to_everybody, summary.external
        );
        if summary.unknown_reach > 0 {
            line += &format!(", of unknown reach {}", summary.unknown_reach);
        }
        if let Some(compared) = compared {
            line += &format!(
                ", new {}, gone {}, changed {} (wider {})",
                compared.new, compared.gone, compared.changed, compared.widened
            );
        }
        if !self.selection.is_all() {
            line += &format!(", rows written {written} of {}", summary.accesses);
        }
        line + &format!(
            ", failures {}, requests {}, retries {}, seconds {:.1}",
            summary.failures,
            stats.attempts,
            stats.retries,
            elapsed.as_secs_f64()
        )
    }

    /// Who is not among the employees, of whom it is not known, and who is as old as the journal.
    fn notes(&self) -> String {
        let Self { outcome, left_out, past, .. } = self;
        let mut notes = Vec::new();
        if left_out.robots > 0 {
            notes.push(format!("{} robots left out, --robots takes them in", left_out.robots));
        }
        if left_out.perhaps_robots > 0 {
            notes.push(format!("of {} it is not known whether they are robots", left_out.perhaps_robots));
        }
        if let Some(Past::Interrupted { began, .. }) = past {
            notes.push(format!("{} of them as of {}", outcome.summary.resumed, minute(began)));
        }
        if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) }
    }
}
