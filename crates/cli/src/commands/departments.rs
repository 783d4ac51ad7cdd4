//! `orglib departments`.

use clap::Subcommand;
use orglib::models::{DepartmentId, Reference, directory::Department};

use super::list;
use crate::{arguments::GlobalOptions, failure::Failure, session::Session};

const TABLE: [&str; 5] = ["id", "name", "parent_id", "members_count", "email"];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List departments, the root among them
    List,
    /// Show one department
    Get {
        /// The department's id or e-mail address
        id: Reference<DepartmentId>,
    },
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    let departments = session.directory()?.departments();
    match command {
        Command::List => {
            list::write(departments.list(), list::list_rows::<Department>(global, &TABLE)?).await
        }
        Command::Get { id } => {
            let rows = list::object_rows::<Department>(global)?;
            let id = session.department_id(id).await?;
            list::write_object(rows, &departments.get(id).send().await?)
        }
    }
}
