//! `orglib users`.

use clap::Subcommand;
use orglib::{jobs::exposure::Who, models::directory::User};

use super::list;
use crate::{arguments::GlobalOptions, failure::Failure, session::Session};

const TABLE: [&str; 7] =
    ["id", "email", "name_last", "name_first", "department_id", "is_enabled", "is_admin"];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List employees: people, robots, blocked and dismissed ones
    List,
    /// Show one employee
    Get {
        /// The employee's id or e-mail address
        who: Who,
    },
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    let users = session.directory()?.users();
    match command {
        Command::List => list::write(users.list(), list::list_rows::<User>(global, &TABLE)?).await,
        Command::Get { who } => {
            let rows = list::object_rows::<User>(global)?;
            list::write_object(rows, &session.user(who).await?)
        }
    }
}
