//! `orglib security`: what is more than one operation.

use clap::Subcommand;
use orglib::{
    core::Change,
    models::{ServiceApplicationId, security::NewServiceApplication},
    security::{GetServiceApplications, ReplaceServiceApplications, Security},
};

use super::list;
use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    session::Session,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Applications that act as any employee; only the owner of the organisation may ask
    #[command(subcommand)]
    ServiceApplications(Applications),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Applications {
    /// Add an application to the list, or change what one of the list may do; the others stay
    Add {
        /// The id of the application (ClientID), as it was registered
        id: ServiceApplicationId,
        /// What it may do, instead of what it could before
        #[arg(long, required = true, value_delimiter = ',', value_name = "SCOPE")]
        scopes: Vec<String>,
    },
    /// Take an application off the list; the others stay
    Remove {
        /// The id of the application (ClientID)
        id: ServiceApplicationId,
    },
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    let applications = Security::new(session.client().clone(), session.org()?).service_applications();
    let Command::ServiceApplications(command) = command;
    match command {
        Applications::Add { id, scopes } => {
            let change = applications.add(NewServiceApplication::new(id.clone(), scopes.clone()));
            send(change, global).await
        }
        Applications::Remove { id } => {
            let listed = applications.get().send().await?.applications;
            if !listed.iter().any(|known| known.id == *id) {
                return Err(Failure::not_found(format!("{id} is none of the service applications")));
            }
            if !global.dry_run {
                console::confirm(&format!("Take {id} off the list of service applications?"), global.yes)
                    .await?;
            }
            send(applications.remove(id.clone()), global).await
        }
    }
}

async fn send(
    change: Change<GetServiceApplications, ReplaceServiceApplications, Vec<NewServiceApplication>>,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    if global.dry_run {
        let (before, wanted) = change.preview().await?;
        let of = |applications| serde_json::json!({"applications": applications});
        return list::say_change("the service applications", &of(before), &of(wanted));
    }
    let mut rows = Rows::open(global, Kind::List, &Shape::flat(&["id", "scopes"], &["id", "scopes"]))?;
    let changed = change.send().await?;
    let is_kept = changed.is_kept();
    changed.now.iter().try_for_each(|application| rows.write(application))?;
    rows.finish()?;
    list::kept(is_kept)
}
