//! `orglib mailboxes`.

mod access;
mod delegated;
mod shared;

use clap::Subcommand;
use futures::{StreamExt, TryStreamExt, stream};
use orglib::models::{MailboxId, Reference, mail::MailboxSummary};

use crate::{
    arguments::GlobalOptions,
    failure::Failure,
    output::{Kind, Rows, Shape},
    session::{Session, unknown},
};

/// The columns of a list of mailboxes.
const LIST: [&str; 2] = ["resource_id", "count"];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Mailboxes without an owner, for several people
    #[command(subcommand)]
    Shared(shared::Command),
    /// Mailboxes that their owners let others use
    #[command(subcommand)]
    Delegated(delegated::Command),
    /// Who may use which mailbox
    #[command(subcommand)]
    Access(access::Command),
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    match command {
        Command::Shared(command) => shared::run(command, &session, global).await,
        Command::Delegated(command) => delegated::run(command, &session, global).await,
        Command::Access(command) => access::run(command, &session, global).await,
    }
}

fn summaries(global: &GlobalOptions) -> Result<Rows, Failure> {
    Rows::open(global, Kind::List, &Shape::flat(&LIST, &LIST))
}

/// The id of a mailbox: an employee's own, or a shared one.
async fn mailbox_id(mailbox: &Reference<MailboxId>, session: &Session) -> Result<MailboxId, Failure> {
    match mailbox {
        Reference::Id(id) => Ok(*id),
        Reference::Email(email) => match session.directory()?.users().find_by_email(email.as_str()).await? {
            Some(owner) => Ok(MailboxId::from(owner.id)),
            None => shared_id(mailbox, session).await,
        },
    }
}

/// The id of a shared mailbox. The list tells no addresses: for one, the mailboxes are read, several at a time.
async fn shared_id(mailbox: &Reference<MailboxId>, session: &Session) -> Result<MailboxId, Failure> {
    let email = match mailbox {
        Reference::Id(id) => return Ok(*id),
        Reference::Email(email) => email,
    };
    let shared = session.mailboxes()?.shared();
    let listed: Vec<MailboxSummary> = shared.list().try_collect().await?;
    let reads = listed.into_iter().map(|mailbox| shared.find(mailbox.resource_id).send());
    let mut read = stream::iter(reads).buffer_unordered(session.pace.concurrency.get());
    while let Some(found) = read.try_next().await? {
        if let Some(found) = found.filter(|found| found.email.as_deref().is_some_and(|found| email.is(found)))
        {
            return Ok(found.id);
        }
    }
    Err(unknown("mailbox", email))
}
