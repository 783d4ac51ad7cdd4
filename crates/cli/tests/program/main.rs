//! The program, run as scripts run it, against a served sandbox.

#![allow(clippy::disallowed_methods, reason = "a test spawns what it watches")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod api;
mod audit;
mod auth;
mod changes;
mod code42;
mod config;
mod doctor;
mod documents;
mod exits;
mod exposure;
mod follow_up;
mod formats;
mod generated;
mod mail;
mod mailboxes;
mod people;
mod report;
mod secrets;
mod security;
mod sharing;
#[cfg(unix)]
mod signals;
mod support;
mod transfers;
mod truth;
