//! `orglib mailboxes access`.

use clap::{Args, Subcommand, ValueEnum};
use futures::{StreamExt, stream};
use orglib::{
    Error, Poller, Start,
    directory::Users,
    jobs::exposure::Who,
    mail::{GetAccessTask, SetAccess},
    models::{
        MailboxId, Reference, TaskId, UserId,
        mail::{Actor, MailboxAccess, MailboxKind, Notify, Role, TaskStatus},
    },
    prelude::*,
};
use serde::Serialize;

use super::{mailbox_id, owner};
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
    /// List who may use a mailbox, or which mailboxes somebody may use
    List(ListOptions),
    /// Give somebody roles on a mailbox, in place of those that are there
    Grant(GrantOptions),
    /// Take all roles on a mailbox from somebody
    Revoke(RevokeOptions),
    /// Show how far a change of roles is
    Task(TaskOptions),
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(crate) struct ListOptions {
    /// The mailbox's id or e-mail address
    #[arg(long, value_name = "MAILBOX")]
    mailbox: Option<Reference<MailboxId>>,
    /// The person's id or e-mail address
    #[arg(long, value_name = "WHO")]
    user: Option<Who>,
}

#[derive(Args, Debug)]
pub(crate) struct GrantOptions {
    /// The mailbox's id or e-mail address
    mailbox: Reference<MailboxId>,
    /// The person's id or e-mail address
    who: Who,
    /// A role: owner, reader, editor, admin, imap_admin, sender, half_sender, or the service's whole word. One of them
    /// must let its holder read: half_sender does not
    #[arg(long, value_name = "ROLE", required = true, value_delimiter = ',', value_parser = role)]
    role: Vec<Role>,
    /// More roles: `--role sender reader` is how scripts write it, and `--role sender MAILBOX WHO` has to work, too
    #[arg(hide = true, value_parser = role)]
    more: Vec<Role>,
    #[command(flatten)]
    change: ChangeOptions,
}

#[derive(Args, Debug)]
pub(crate) struct RevokeOptions {
    /// The mailbox's id or e-mail address
    mailbox: Reference<MailboxId>,
    /// The person's id or e-mail address
    who: Who,
    #[command(flatten)]
    change: ChangeOptions,
}

#[derive(Args, Debug)]
pub(crate) struct ChangeOptions {
    /// Who gets a letter about it [default: all, the owner and the person]
    #[arg(long, value_enum)]
    notify: Option<Letters>,
    /// Do not wait for the end of the change; `mailboxes access task` tells how far it is
    #[arg(long)]
    no_wait: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Letters {
    /// The owner and the person
    All,
    /// The person
    Delegates,
    /// Nobody
    None,
}

#[derive(Args, Debug)]
pub(crate) struct TaskOptions {
    /// The task's id, as `grant` and `revoke` print it
    task_id: TaskId,
    /// Wait for its end
    #[arg(long)]
    wait: bool,
}

/// What all words for roles begin with; people leave it out.
const PREFIX: &str = "shared_mailbox_";

/// A role by its whole word or by what follows `shared_mailbox_`. A whole word that is not known goes through.
fn role(text: &str) -> Result<Role, String> {
    if text.starts_with(PREFIX) {
        return Ok(Role::from(text));
    }
    let word = format!("{PREFIX}{}", text.replace('-', "_"));
    if Role::WORDS.contains(&word.as_str()) {
        return Ok(Role::from(word.as_str()));
    }
    let known: Vec<_> = Role::WORDS.iter().filter_map(|word| word.strip_prefix(PREFIX)).collect();
    Err(format!("roles are {}", known.join(", ")))
}

/// A change of roles, and how far it is.
#[derive(Debug, Serialize)]
struct Change<'a> {
    task_id: &'a str,
    status: TaskStatus,
}

impl Change<'_> {
    const COLUMNS: [&'static str; 2] = ["task_id", "status"];

    fn rows(global: &GlobalOptions) -> Result<Rows, Failure> {
        Rows::open(global, Kind::Object, &Shape::flat(&Self::COLUMNS, &[]))
    }
}

pub(super) async fn run(command: &Command, session: &Session, global: &GlobalOptions) -> Result<(), Failure> {
    let mailboxes = session.mailboxes()?;
    match command {
        Command::List(options) => list_access(options, session, global).await,
        Command::Grant(GrantOptions { mailbox, who, role, more, change }) => {
            let role = [role.as_slice(), more].concat();
            // Said before the addresses are looked up: then nothing at all has been sent.
            if !role.iter().any(Role::may_read) {
                return Err(Failure::usage(
                    "none of these roles lets its holder read the mailbox; add --role sender, owner, reader or imap_admin",
                ));
            }
            let rows = Change::rows(global)?;
            let (mailbox, actor) =
                (mailbox_id(mailbox, session).await?, session.resolver()?.user(who).await?);
            if global.dry_run {
                let roles: Vec<_> = role.iter().map(Role::as_str).collect();
                let roles = roles.join(", ");
                console::say(&format!("would give {actor} on the mailbox {mailbox}: {roles}"));
                return Ok(());
            }
            start(mailboxes.grant(mailbox, actor, role.iter().cloned()), change, rows, global).await
        }
        Command::Revoke(RevokeOptions { mailbox, who, change }) => {
            let rows = Change::rows(global)?;
            let (mailbox, actor) =
                (mailbox_id(mailbox, session).await?, session.resolver()?.user(who).await?);
            if global.dry_run {
                console::say(&format!("would take all roles on the mailbox {mailbox} from {actor}"));
                return Ok(());
            }
            console::confirm(&format!("Take all roles on the mailbox {mailbox} from {actor}?"), global.yes)
                .await?;
            start(mailboxes.revoke(mailbox, actor), change, rows, global).await
        }
        Command::Task(TaskOptions { task_id, wait }) => {
            let rows = Change::rows(global)?;
            let task = mailboxes.task(task_id.clone());
            if *wait {
                return finish(task, rows, global).await;
            }
            let status = task.poll().await?.map_or(TaskStatus::Complete, |task| task.status);
            list::write_object(rows, &Change { task_id: task_id.as_str(), status })
        }
    }
}

async fn start(
    start: Start<SetAccess>,
    change: &ChangeOptions,
    rows: Rows,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let start = match change.notify {
        Some(Letters::All) => start.notify(Notify::All),
        Some(Letters::Delegates) => start.notify(Notify::Delegates),
        Some(Letters::None) => start.notify(Notify::None),
        None => start,
    };
    let task = start.send().await?;
    let id = task.id().unwrap_or_default();
    if change.no_wait {
        return list::write_object(rows, &Change { task_id: id, status: TaskStatus::Running });
    }
    if !global.quiet {
        console::say(&format!("task {id} has begun; waiting for its end"));
    }
    finish(task, rows, global).await
}

async fn finish(task: Poller<GetAccessTask>, rows: Rows, global: &GlobalOptions) -> Result<(), Failure> {
    let id = task.id().unwrap_or_default().to_owned();
    let task = match global.timeout {
        Some(timeout) => task.deadline(timeout),
        None => task,
    };
    let status = task.until_done().await?.map_or(TaskStatus::Complete, |task| task.status);
    list::write_object(rows, &Change { task_id: &id, status })
}

async fn list_access(
    options: &ListOptions,
    session: &Session,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let (mailboxes, users) = (session.mailboxes()?, session.directory()?.users());
    if let Some(who) = &options.user {
        let columns = ["resource_id", "email", "type", "roles"];
        let rows = Rows::open(global, Kind::List, &Shape::flat(&columns, &columns))?;
        let reached = mailboxes.reachable_by(session.resolver()?.user(who).await?).send().await?;
        let named = reached.resources.iter().map(|access| async {
            let email = match access.kind {
                MailboxKind::Delegated => owner_email(&users, access.resource_id).await,
                _ => mailboxes.shared().get(access.resource_id).send().await.map(|mailbox| mailbox.email),
            };
            (email, ReachedRow::of(access))
        });
        return write(rows, named, session, |row, email| row.email = email).await;
    }
    let Some(mailbox) = &options.mailbox else {
        return Err(Failure::usage("give --mailbox or --user"));
    };
    let columns = ["actor_id", "email", "roles"];
    let rows = Rows::open(global, Kind::List, &Shape::flat(&columns, &columns))?;
    let actors = mailboxes.actors(mailbox_id(mailbox, session).await?).send().await?.actors;
    let named = actors
        .iter()
        .map(|actor| async { (owner_email(&users, actor.actor_id.into()).await, ActorRow::of(actor)) });
    write(rows, named, session, |row, email| row.email = email).await
}

/// The address of whoever has this id: a delegated mailbox has its owner's.
async fn owner_email(users: &Users, id: MailboxId) -> Result<Option<String>, Error> {
    owner(users, id).await.map(|(email, _)| email)
}

/// A person with access to a mailbox, as the list shows it.
#[derive(Serialize)]
struct ActorRow {
    actor_id: UserId,
    email: Option<String>,
    roles: Vec<String>,
}

impl ActorRow {
    fn of(actor: &Actor) -> Self {
        Self { actor_id: actor.actor_id, email: None, roles: granted(&actor.roles) }
    }
}

/// A mailbox that a person reaches, as the list shows it.
#[derive(Serialize)]
struct ReachedRow {
    resource_id: MailboxId,
    email: Option<String>,
    #[serde(rename = "type")]
    kind: MailboxKind,
    roles: Vec<String>,
}

impl ReachedRow {
    fn of(access: &MailboxAccess) -> Self {
        let MailboxAccess { resource_id, kind, roles, .. } = access;
        Self { resource_id: *resource_id, email: None, kind: kind.clone(), roles: granted(roles) }
    }
}

/// Roles by the words by which they are granted.
fn granted(roles: &[Role]) -> Vec<String> {
    let short = |role: &Role| role.as_str().strip_prefix(PREFIX).unwrap_or(role.as_str()).to_owned();
    roles.iter().map(short).collect()
}

/// Writes rows with the addresses that belong to them, read several at a time. One that cannot be had is named.
async fn write<T: Serialize>(
    mut rows: Rows,
    named: impl Iterator<Item = impl Future<Output = (Result<Option<String>, Error>, T)>>,
    session: &Session,
    set: impl Fn(&mut T, Option<String>),
) -> Result<(), Failure> {
    let mut named = Box::pin(stream::iter(named).buffered(session.pace.concurrency.get()));
    let mut unknown = 0_u64;
    while let Some((email, mut row)) = named.next().await {
        match email {
            Ok(email) => set(&mut row, email),
            Err(error) => {
                console::say(&format!("orglib: {}", Failure::from(error)));
                unknown += 1;
            }
        }
        rows.write(&row)?;
    }
    rows.finish()?;
    match unknown {
        0 => Ok(()),
        count => Err(Failure::partial(format!("{count} addresses could not be read; each is named above"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_a_short_word_or_a_whole_one() {
        for (text, word) in [
            ("sender", "shared_mailbox_sender"),
            ("half-sender", "shared_mailbox_half_sender"),
            ("shared_mailbox_imap_admin", "shared_mailbox_imap_admin"),
            ("shared_mailbox_archivist", "shared_mailbox_archivist"),
        ] {
            assert_eq!(role(text).unwrap().as_str(), word);
        }
        assert!(role("king").unwrap_err().contains("imap_admin"));
    }
}
