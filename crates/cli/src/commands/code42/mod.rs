//! `orglib code42`.

mod orgs;
mod settings;
mod tenant;

use clap::Subcommand;
use orglib::Client;

use crate::{failure::Failure, options::GlobalOptions, session::Session};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Organisations of a Code42 tenant and their settings
    #[command(subcommand)]
    Orgs(orgs::Command),
}

/// A client of the tenant, for raw calls.
pub(crate) fn client(global: &GlobalOptions) -> Result<Client, Failure> {
    Ok(tenant::open(global)?.client().clone())
}

/// The same as a session.
pub(crate) fn session(global: &GlobalOptions) -> Result<Session, Failure> {
    tenant::session(global)
}

/// A session of the gateway, which an API client signs in to.
pub(crate) fn gateway_session(global: &GlobalOptions) -> Result<Session, Failure> {
    tenant::gateway_session(global)
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    match command {
        Command::Orgs(command) => orgs::run(command, global).await,
    }
}
