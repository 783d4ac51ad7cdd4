//! `orglib mailboxes delegated`.

use clap::Subcommand;
use orglib::jobs::exposure::Who;

use super::{list_named, owner, summaries};
use crate::{
    arguments::GlobalOptions,
    commands::list,
    console,
    failure::Failure,
    output::{Kind, Rows, Shape},
    session::Session,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List mailboxes that are open for delegation with their owners, and how many people use each
    List {
        /// Ids and counts only, without reading who each owner is
        #[arg(long)]
        brief: bool,
    },
    /// Open an employee's mailbox for delegation; nobody may use it until that is granted
    Enable {
        /// The owner's id or e-mail address
        who: Who,
    },
    /// Close an employee's mailbox for delegation; nobody else may use it then
    Disable {
        /// The owner's id or e-mail address
        who: Who,
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
        Command::Enable { who } => {
            let rows = Rows::open(global, Kind::Object, &Shape::flat(&["resource_id"], &[]))?;
            let owner = session.user_id(who).await?;
            if global.dry_run {
                console::say(&format!("would open the mailbox of {owner} for delegation"));
                return Ok(());
            }
            list::write_object(rows, &delegated.enable(owner).send().await?)
        }
        Command::Disable { who } => {
            let owner = session.user_id(who).await?;
            if global.dry_run {
                console::say(&format!("would close the mailbox of {owner} for delegation"));
                return Ok(());
            }
            Ok(delegated.disable(owner).send().await?)
        }
    }
}
