//! `orglib users`.

use clap::Subcommand;
use orglib::{jobs::exposure::Who, models::directory::User};
use serde::Serialize;

use super::{list, user_contacts};
use crate::{
    arguments::GlobalOptions,
    failure::Failure,
    output::{Kind, Rows, Shape},
    session::Session,
};

const TABLE: [&str; 7] =
    ["id", "email", "name_last", "name_first", "department_id", "is_enabled", "is_admin"];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List employees: people, robots, blocked and dismissed ones
    List {
        /// Tell how many there are, and list nobody
        #[arg(long)]
        count: bool,
    },
    /// Show one employee
    Get {
        /// The employee's id or e-mail address
        who: Who,
    },
    /// Contacts of an employee: phones, addresses, sites
    #[command(subcommand)]
    Contacts(user_contacts::Command),
    /// Two-factor sign-in of an employee
    #[command(subcommand)]
    TwoFactor(TwoFactor),
}

#[derive(Debug, Subcommand)]
pub(crate) enum TwoFactor {
    /// Show whether an employee has set up two-factor sign-in and a security phone
    Get {
        /// The employee's id or e-mail address
        who: Who,
    },
}

/// How many there are.
#[derive(Debug, Serialize)]
struct Count {
    total: u64,
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    let users = session.directory()?.users();
    match command {
        Command::List { count: false } => {
            list::write(users.list(), list::list_rows::<User>(global, &TABLE)?).await
        }
        Command::List { count: true } => {
            let rows = Rows::open(global, Kind::Object, &Shape::flat(&["total"], &[]))?;
            list::write_object(rows, &Count { total: users.count().await? })
        }
        Command::Get { who } => {
            let rows = list::object_rows::<User>(global)?;
            list::write_object(rows, &session.user(who).await?)
        }
        Command::Contacts(command) => user_contacts::run(command, &session, global).await,
        Command::TwoFactor(TwoFactor::Get { who }) => {
            let columns = ["user_id", "has_2fa", "has_security_phone"];
            let rows = Rows::open(global, Kind::Object, &Shape::flat(&columns, &[]))?;
            list::write_object(rows, &users.two_factor(session.user_id(who).await?).send().await?)
        }
    }
}
