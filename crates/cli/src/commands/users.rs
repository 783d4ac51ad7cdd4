//! `orglib users`: what is more than one operation.

use clap::Subcommand;

use super::user_contacts;
use crate::{failure::Failure, options::GlobalOptions, session::Session};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Contacts of an employee: phones, addresses, sites
    #[command(subcommand)]
    Contacts(user_contacts::Command),
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    match command {
        Command::Contacts(command) => user_contacts::run(command, &session, global).await,
    }
}
