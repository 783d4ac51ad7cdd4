//! `orglib code42 orgs`.

use clap::{Args, Subcommand};
use futures::StreamExt;
use orglib::{
    code42::{
        OrgReference, Organizations,
        model::{AgentState, NewOrganization, Organization, OrganizationChange},
        prelude::*,
    },
    models::Patch,
};

use super::{settings, tenant};
use crate::{
    arguments::GlobalOptions,
    commands::list,
    console,
    failure::Failure,
    output::{Kind, Rows, Shape},
};

/// The least that an organisation consists of.
const SAMPLE: &str = r#"{"orgId":1,"orgUid":"1"}"#;

const TABLE: [&str; 7] =
    ["org_id", "org_uid", "org_name", "status", "blocked", "parent_org_id", "creation_date"];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List organisations
    List(ListOptions),
    /// Show one organisation
    Get(Target),
    /// Show the organisation of the user who signed in; an API client has none
    Current,
    /// Make an organisation, below the top one unless another one is given
    Create(CreateOptions),
    /// Change what is given of an organisation
    Update(UpdateOptions),
    /// Keep everybody in an organisation, and in those below it, from signing in; backups go on
    Block(Target),
    /// Lift the block of an organisation and those below it
    Unblock(Target),
    /// Deactivate an organisation with its users and devices; backups stop
    Deactivate(Target),
    /// Make a deactivated organisation active again; backups do not begin by themselves
    Activate(Target),
    /// Settings of an organisation
    #[command(subcommand)]
    Settings(settings::Command),
    /// Show a property of the agent of every device in an organisation
    AgentState(AgentStateOptions),
}

#[derive(Args, Debug)]
pub(crate) struct Target {
    /// The organisation's number, uid or guid
    #[arg(id = "organization", value_name = "ORG")]
    org: OrgReference,
}

#[derive(Args, Debug)]
pub(crate) struct ListOptions {
    /// Only active organisations
    #[arg(long, conflicts_with = "inactive")]
    active: bool,
    /// Only deactivated organisations
    #[arg(long)]
    inactive: bool,
    /// Only organisations whose name or registration key holds this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only this page, counted from 1
    #[arg(long, value_name = "N", conflicts_with_all = ["active", "inactive", "search"])]
    page: Option<u32>,
    /// How many organisations a page holds, at most 500
    #[arg(long, value_name = "N", default_value_t = 500, requires = "page")]
    page_size: u32,
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

#[derive(Args, Debug)]
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
        Command::List(options) => write_list(options, &organizations, global).await,
        Command::Get(Target { org }) => {
            let rows = rows(global, Kind::Object)?;
            list::write_object(rows, &organizations.get(org).await?)
        }
        Command::Current => {
            let rows = rows(global, Kind::Object)?;
            list::write_object(rows, &organizations.current().send().await?)
        }
        Command::Create(options) => create(options, &organizations, global).await,
        Command::Update(options) => update(options, &organizations, global).await,
        Command::Block(target) => switch(Switch::Block, &target.org, &organizations, global).await,
        Command::Unblock(target) => switch(Switch::Unblock, &target.org, &organizations, global).await,
        Command::Deactivate(target) => switch(Switch::Deactivate, &target.org, &organizations, global).await,
        Command::Activate(target) => switch(Switch::Activate, &target.org, &organizations, global).await,
        Command::Settings(command) => settings::run(command, &organizations, global).await,
        Command::AgentState(options) => {
            let columns = ["device_guid", "name", "value"];
            let shape = Shape::of(&AgentState::default(), &columns)?;
            let mut rows = Rows::open(global, Kind::List, &shape)?;
            for state in organizations.agent_states(&options.org, &options.property).await?.states {
                rows.write(&state)?;
            }
            rows.finish()
        }
    }
}

fn rows(global: &GlobalOptions, kind: Kind) -> Result<Rows, Failure> {
    let sample: Organization = serde_json::from_str(SAMPLE)
        .map_err(|error| Failure::other(format!("the columns are not known: {error}")))?;
    Rows::open(global, kind, &Shape::of(&sample, &TABLE)?)
}

async fn write_list(
    options: &ListOptions,
    organizations: &Organizations,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let mut rows = rows(global, Kind::List)?;
    if let Some(page) = options.page {
        let page = organizations.page(page, options.page_size).await?;
        let mut items = futures::stream::iter(page.items);
        while let Some(item) = items.next().await {
            rows.write(&item?)?;
        }
        return rows.finish();
    }
    let list = organizations.list();
    let list = match (options.active, options.inactive) {
        (true, _) => list.active(true),
        (_, true) => list.active(false),
        _ => list,
    };
    let list = match &options.search {
        Some(text) => list.search(text.as_str()),
        None => list,
    };
    list::write(list, rows).await
}

async fn create(
    options: &CreateOptions,
    organizations: &Organizations,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let mut new = NewOrganization::new(options.name.as_str());
    if let Some(parent) = &options.parent {
        new = new.parent(parent.clone());
    }
    if let Some(reference) = &options.external_reference {
        new = new.external_reference(reference.as_str());
    }
    if let Some(notes) = &options.notes {
        new = new.notes(notes.as_str());
    }
    if global.dry_run {
        console::say(&format!("would make the organisation {}", options.name));
        return Ok(());
    }
    let rows = rows(global, Kind::Object)?;
    list::write_object(rows, &organizations.create(&new).await?)
}

async fn update(
    options: &UpdateOptions,
    organizations: &Organizations,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let patch = |text: &Option<String>| match text.as_deref() {
        None => Patch::Keep,
        Some("") => Patch::Clear,
        Some(text) => Patch::Set(text.to_owned()),
    };
    let mut change = OrganizationChange::new()
        .external_reference(patch(&options.change.external_reference))
        .notes(patch(&options.change.notes));
    if let Some(name) = &options.change.name {
        change = change.name(name.as_str());
    }
    if global.dry_run {
        let current = organizations.get(&options.org).await?;
        console::say(&format!("would change the organisation {}", current.org_name));
        return Ok(());
    }
    let rows = rows(global, Kind::Object)?;
    list::write_object(rows, &organizations.update(&options.org, &change).await?)
}

#[derive(Clone, Copy)]
enum Switch {
    Block,
    Unblock,
    Deactivate,
    Activate,
}

impl Switch {
    fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Unblock => "unblock",
            Self::Deactivate => "deactivate",
            Self::Activate => "activate",
        }
    }

    /// What people are asked before everybody below an organisation loses something.
    fn question(self, org: &OrgReference) -> Option<String> {
        match self {
            Self::Block => Some(format!("Block organisation {org} and all below it?")),
            Self::Deactivate => Some(format!("Deactivate organisation {org} with its users and devices?")),
            Self::Unblock | Self::Activate => None,
        }
    }
}

/// Switches an organisation, and shows it as it is then.
async fn switch(
    switch: Switch,
    org: &OrgReference,
    organizations: &Organizations,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    if global.dry_run {
        let current = organizations.get(org).await?;
        console::say(&format!("would {} the organisation {}", switch.word(), current.org_name));
        return Ok(());
    }
    let rows = rows(global, Kind::Object)?;
    if let Some(question) = switch.question(org) {
        console::confirm(&question, global.yes).await?;
    }
    match switch {
        Switch::Block => organizations.block(org).await?,
        Switch::Unblock => organizations.unblock(org).await?,
        Switch::Deactivate => organizations.deactivate(org).await?,
        Switch::Activate => organizations.activate(org).await?,
    }
    list::write_object(rows, &organizations.get(org).await?)
}
