//! `orglib mailboxes delegated`.

use super::{list_named, owner, summaries};
use crate::{commands::list, failure::Failure, options::GlobalOptions, session::Session};
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List mailboxes that are open for delegation with their owners, and how many people use each
    List {
        /// Ids and counts only, without reading who each owner is
        #[arg(long)]
        brief: bool,
    },
}

pub(super) async fn run(command: &Command, session: &Session, global: &GlobalOptions) -> Result<(), Failure> {
    let delegated = session.mailboxes()?.delegated();
    match command {
        Command::List { brief: true } => list::write(delegated.list(), summaries(global)?).await,
        Command::List { brief: false } => {
            let users = session.directory()?.users();
            let read = |id| owner(&users, id);
            list_named(delegated.list(), read, session, global).await
        }
    }
}
