//! `orglib organizations`.

use clap::Subcommand;
use futures::TryStreamExt;
use orglib::{
    directory::Organizations,
    models::{OrgId, directory::Organization},
};

use super::list;
use crate::{failure::Failure, options::GlobalOptions, session::Session};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show one organisation
    Get {
        /// The organisation's id
        id: OrgId,
    },
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    let organizations = Organizations::new(session.client().clone());
    match command {
        Command::Get { id } => {
            let rows = list::object_rows::<Organization>(global)?;
            list::write_object(rows, &find(&organizations, *id).await?)
        }
    }
}

/// No method reads one organisation, so the list is looked through.
async fn find(organizations: &Organizations, id: OrgId) -> Result<Organization, Failure> {
    let mut list = organizations.list().stream();
    while let Some(organization) = list.try_next().await? {
        if organization.id == id {
            return Ok(organization);
        }
    }
    Err(Failure::not_found(format!(
        "the token's owner administers no organisation {id}; `orglib organizations list` shows which"
    )))
}
