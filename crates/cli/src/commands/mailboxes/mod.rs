//! `orglib mailboxes`.

mod access;
mod delegated;
mod shared;

use clap::Subcommand;
use futures::StreamExt;
use orglib::{
    Error, List, PagedOperation,
    directory::Users,
    models::{MailboxId, Reference, UserId, mail::MailboxSummary},
};
use serde::Serialize;

use super::list::next;
use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
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

/// A mailbox as lists show it; the service's own lists have neither address nor name.
#[derive(Serialize)]
struct Named {
    resource_id: MailboxId,
    email: Option<String>,
    name: Option<String>,
    count: Option<u64>,
}

impl Named {
    fn of(mailbox: &MailboxSummary, email: Option<String>, name: Option<String>) -> Self {
        Self { resource_id: mailbox.resource_id, email, name, count: mailbox.count }
    }
}

/// A list with what is read for each mailbox, its address and its name; several are read at a time, in the order of the
/// list. One that cannot be read stays in the list, and is named.
async fn list_named<O, R>(
    list: List<O>,
    read: impl Fn(MailboxId) -> R,
    session: &Session,
    global: &GlobalOptions,
) -> Result<(), Failure>
where
    O: PagedOperation<Item = MailboxSummary>,
    R: Future<Output = Result<(Option<String>, String), Error>>,
{
    let columns = ["resource_id", "email", "name", "count"];
    let mut rows = Rows::open(global, Kind::List, &Shape::flat(&columns, &columns))?;
    let read = &read;
    let read = list.stream().map(|item| async move {
        let item = item?;
        let read = read(item.resource_id).await;
        Ok::<_, Error>((item, read))
    });
    let mut read = Box::pin(read.buffered(session.pace.concurrency.get()));
    let mut unread = 0_u64;
    while let Some(item) = next(&mut read, &mut rows).await? {
        let (row, error) = match item {
            Ok((mailbox, Ok((email, name)))) => (Some(Named::of(&mailbox, email, Some(name))), None),
            Ok((mailbox, Err(error))) => (Some(Named::of(&mailbox, None, None)), Some(error)),
            Err(error) if error.is_of_item() => (None, Some(error)),
            Err(error) => return Err(error.into()),
        };
        if let Some(row) = row {
            rows.write(&row)?;
        }
        if let Some(error) = error {
            console::say(&format!("orglib: {}", Failure::from(error)));
            unread += 1;
        }
    }
    rows.finish()?;
    match unread {
        0 => Ok(()),
        count => Err(Failure::partial(format!("{count} mailboxes could not be read; each is named above"))),
    }
}

/// The address and the name of whoever has this id: a delegated mailbox has its owner's.
async fn owner(users: &Users, id: MailboxId) -> Result<(Option<String>, String), Error> {
    let Some(user) = UserId::new(id.get()) else { return Ok((None, String::new())) };
    users.get(user).send().await.map(|user| (user.email, user.name.to_string()))
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

/// The id of a shared mailbox.
pub(crate) async fn shared_id(
    mailbox: &Reference<MailboxId>,
    session: &Session,
) -> Result<MailboxId, Failure> {
    let email = match mailbox {
        Reference::Id(id) => return Ok(*id),
        Reference::Email(email) => email,
    };
    let found = session.mailboxes()?.shared().find_by_email(email, session.pace.concurrency).await?;
    found.map(|found| found.id).ok_or_else(|| unknown("mailbox", email))
}
