//! `orglib mailboxes shared`.

use clap::{ArgGroup, Args, Subcommand};
use orglib::models::{MailboxId, Reference};

use super::{list_named, shared_id, summaries};
use crate::{
    commands::list,
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    session::Session,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List shared mailboxes with address and name, and how many people use each
    List {
        /// Ids and counts only, without reading each mailbox for its address
        #[arg(long)]
        brief: bool,
    },
    /// Create a shared mailbox and print its id
    Create(CreateOptions),
    /// Change the name or the description of a shared mailbox; what is not given stays
    Update(UpdateOptions),
}

#[derive(Args, Debug)]
pub(crate) struct CreateOptions {
    /// The whole address, in a domain that is connected to the organisation
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// The name: at least two characters, and no other shared mailbox has it
    #[arg(long)]
    name: String,
    /// A free description
    #[arg(long, default_value = "", hide_default_value = true)]
    description: String,
}

#[derive(Args, Clone, Debug)]
#[command(group = ArgGroup::new("new").args(["name", "description"]).required(true).multiple(true))]
pub(crate) struct UpdateOptions {
    /// The mailbox's id or e-mail address
    #[arg(value_name = "MAILBOX")]
    id: Reference<MailboxId>,
    /// The new name
    #[arg(long)]
    name: Option<String>,
    /// The new description; empty removes it
    #[arg(long)]
    description: Option<String>,
}

pub(super) async fn run(command: &Command, session: &Session, global: &GlobalOptions) -> Result<(), Failure> {
    let shared = session.mailboxes()?.shared();
    match command {
        Command::List { brief: true } => list::write(shared.list(), summaries(global)?).await,
        Command::List { brief: false } => {
            let read = |id| {
                let call = shared.get(id);
                async { call.send().await.map(|found| (found.email, found.name)) }
            };
            list_named(shared.list(), read, session, global).await
        }
        Command::Create(options) => create(options, session, global).await,
        Command::Update(options) => update(options, session, global).await,
    }
}

async fn create(options: &CreateOptions, session: &Session, global: &GlobalOptions) -> Result<(), Failure> {
    let rows = reference_rows(global)?;
    if global.dry_run {
        console::say(&format!("would create the shared mailbox {}", options.email));
        return Ok(());
    }
    let CreateOptions { email, name, description } = options;
    list::write_object(rows, &session.mailboxes()?.shared().create(email, name, description).send().await?)
}

async fn update(options: &UpdateOptions, session: &Session, global: &GlobalOptions) -> Result<(), Failure> {
    let id = shared_id(&options.id, session).await?;
    let UpdateOptions { name, description, .. } = options.clone();
    let change = session.mailboxes()?.shared().change(id).edit(move |texts| {
        texts.name = name.unwrap_or_else(|| std::mem::take(&mut texts.name));
        texts.description = description.unwrap_or_else(|| std::mem::take(&mut texts.description));
    });
    if global.dry_run {
        let (before, wanted) = change.preview().await?;
        return list::say_change(&format!("the shared mailbox {id}"), &before, &wanted);
    }
    let rows = reference_rows(global)?;
    let changed = change.send().await?;
    list::write_object(rows, &serde_json::json!({"resource_id": id}))?;
    list::kept(changed.is_kept())
}

fn reference_rows(global: &GlobalOptions) -> Result<Rows, Failure> {
    Rows::open(global, Kind::Object, &Shape::flat(&["resource_id"], &[]))
}
