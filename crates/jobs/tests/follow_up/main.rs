//! What follows a report: comparing it with an earlier one, taking back what it shows.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod compare;
mod organization;
mod overview;
mod revoke;
