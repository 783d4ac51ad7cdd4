//! `orglib mailboxes access`.

use clap::{Args, Subcommand, ValueEnum};
use orglib::{
    Poller, Start,
    jobs::exposure::Who,
    mail::{GetAccessTask, SetAccess},
    models::{
        MailboxId, Reference, TaskId,
        mail::{Notify, Role, TaskStatus},
    },
    prelude::*,
};
use serde::Serialize;

use super::mailbox_id;
use crate::{
    arguments::GlobalOptions,
    commands::list,
    console,
    failure::Failure,
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

/// A role by its whole word or by what follows `shared_mailbox_`. A whole word that is not known goes through.
fn role(text: &str) -> Result<Role, String> {
    const PREFIX: &str = "shared_mailbox_";
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
            let (mailbox, actor) = (mailbox_id(mailbox, session).await?, session.user_id(who).await?);
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
            let (mailbox, actor) = (mailbox_id(mailbox, session).await?, session.user_id(who).await?);
            if global.dry_run {
                console::say(&format!("would take all roles on the mailbox {mailbox} from {actor}"));
                return Ok(());
            }
            start(mailboxes.revoke(mailbox, actor), change, rows, global).await
        }
        Command::Task(TaskOptions { task_id, wait }) => {
            let rows = Change::rows(global)?;
            let task = mailboxes.task(task_id.clone());
            if *wait {
                return finish(task, rows, global).await;
            }
            let status = task.poll().await?.status;
            list::write_object(rows, &Change { task_id: task.id(), status })
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
    if change.no_wait {
        return list::write_object(rows, &Change { task_id: task.id(), status: TaskStatus::Running });
    }
    if !global.quiet {
        console::say(&format!("task {} has begun; waiting for its end", task.id()));
    }
    finish(task, rows, global).await
}

async fn finish(task: Poller<GetAccessTask>, rows: Rows, global: &GlobalOptions) -> Result<(), Failure> {
    let id = task.id().to_owned();
    let task = match global.timeout {
        Some(timeout) => task.deadline(timeout),
        None => task,
    };
    let status = task.until_done().await?.status;
    list::write_object(rows, &Change { task_id: &id, status })
}

async fn list_access(
    options: &ListOptions,
    session: &Session,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let mailboxes = session.mailboxes()?;
    if let Some(who) = &options.user {
        let columns = ["resource_id", "type", "roles"];
        let rows = Rows::open(global, Kind::List, &Shape::flat(&columns, &columns))?;
        let reached = mailboxes.reachable_by(session.user_id(who).await?).send().await?;
        return write(rows, &reached.resources);
    }
    let Some(mailbox) = &options.mailbox else {
        return Err(Failure::usage("give --mailbox or --user"));
    };
    let columns = ["actor_id", "roles"];
    let rows = Rows::open(global, Kind::List, &Shape::flat(&columns, &columns))?;
    write(rows, &mailboxes.actors(mailbox_id(mailbox, session).await?).send().await?.actors)
}

fn write<T: Serialize>(mut rows: Rows, items: &[T]) -> Result<(), Failure> {
    for item in items {
        rows.write(item)?;
    }
    rows.finish()
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
