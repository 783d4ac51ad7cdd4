//! `orglib code42 orgs`: what does more than one operation.

use clap::{Args, Subcommand};
use orglib::code42::{
    OrgReference, Organizations,
    model::{AgentState, Organization, OrganizationRecord},
};
use orglib::models::shape::Shaped;

use super::{settings, tenant};
use crate::{
    commands::list,
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show one organisation
    Get {
        /// The organisation's number, uid or guid
        #[arg(id = "organization", value_name = "ORG")]
        org: OrgReference,
    },
    /// Create an organisation, below the top one unless another one is given
    Create(CreateOptions),
    /// Change what is given of an organisation
    Update(UpdateOptions),
    /// Settings of an organisation
    #[command(subcommand)]
    Settings(settings::Command),
    /// Show a property of the agent of every device in an organisation
    AgentState(AgentStateOptions),
}

#[derive(Args, Debug)]
pub(crate) struct CreateOptions {
    /// The name
    name: String,
    /// The organisation above, by its number, uid or guid
    #[arg(long, value_name = "ORG")]
    parent: Option<OrgReference>,
    /// A reference of your own: a serial number, an asset tag
    #[arg(long, value_name = "TEXT")]
    external_reference: Option<String>,
    /// Free notes
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct UpdateOptions {
    /// The organisation's number, uid or guid
    #[arg(id = "organization", value_name = "ORG")]
    org: OrgReference,
    #[command(flatten)]
    change: Change,
}

#[derive(Args, Clone, Debug)]
#[group(required = true, multiple = true)]
pub(crate) struct Change {
    /// The new name
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// The new reference of your own; an empty one clears it
    #[arg(long, value_name = "TEXT")]
    external_reference: Option<String>,
    /// The new notes; empty ones clear them
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct AgentStateOptions {
    /// The organisation's number, uid or guid
    #[arg(id = "organization", value_name = "ORG")]
    org: OrgReference,
    /// The property to show
    #[arg(long, value_name = "NAME", default_value = "fullDiskAccess")]
    property: String,
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let organizations = tenant::open(global)?.organizations();
    match command {
        // The older call knows every id, and organisations that have no guid.
        Command::Get { org } => {
            let rows = rows(global)?;
            list::write_object(rows, &organizations.resolve(org).await?)
        }
        Command::Create(options) => create(options, &organizations, global).await,
        Command::Update(options) => update(options, &organizations, global).await,
        Command::Settings(command) => settings::run(command, &organizations, global).await,
        Command::AgentState(AgentStateOptions { org, property }) => {
            let columns = ["device_guid", "name", "value"];
            let shape = Shape::of(&AgentState::default(), &columns)?;
            let mut rows = Rows::open(global, Kind::List, &shape)?;
            let id = organizations.id(org).await?;
            for state in organizations.agent_states(id, property).send().await?.states {
                rows.write(&state)?;
            }
            rows.finish()
        }
    }
}

fn rows(global: &GlobalOptions) -> Result<Rows, Failure> {
    Rows::open(global, Kind::Object, &Shape::of_output(&Organization::SHAPE, &[]))
}

async fn create(
    options: &CreateOptions,
    organizations: &Organizations,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    if global.dry_run {
        console::say(&format!("would make the organisation {}", options.name));
        return Ok(());
    }
    let rows = rows(global)?;
    let parent = match &options.parent {
        Some(parent) => organizations.guid(parent).await?,
        None => organizations.top().await?,
    };
    let mut record = OrganizationRecord::new(options.name.as_str()).parent_org_guid(parent);
    if let Some(reference) = &options.external_reference {
        record = record.org_ext_ref(reference.clone());
    }
    if let Some(notes) = &options.notes {
        record = record.notes(notes.clone());
    }
    list::write_object(rows, &organizations.create(record).send().await?)
}

async fn update(
    options: &UpdateOptions,
    organizations: &Organizations,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let guid = organizations.guid(&options.org).await?;
    let Change { name, external_reference, notes } = options.change.clone();
    let change = organizations.change(guid.clone()).edit(move |texts| {
        texts.name = name.unwrap_or_else(|| std::mem::take(&mut texts.name));
        texts.external_reference = external_reference.or_else(|| texts.external_reference.take());
        texts.notes = notes.or_else(|| texts.notes.take());
    });
    if global.dry_run {
        let (before, wanted) = change.preview().await?;
        let what = format!("the organisation {} ({})", before.name, options.org);
        return list::say_change(&what, &before, &wanted);
    }
    let rows = rows(global)?;
    let changed = change.send().await?;
    let is_kept = changed.is_kept();
    let shown = match changed.answer {
        Some(answer) => answer,
        None => organizations.get(guid).send().await?,
    };
    list::write_object(rows, &shown)?;
    list::kept(is_kept)
}
