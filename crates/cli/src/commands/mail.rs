//! `orglib mail`: one entry of a list that the service only replaces whole. The others stay.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use orglib::{
    Operation,
    core::Change,
    mail::Mail,
    models::{
        mail::{NewDomainPolicy, NewRoutingRule},
        value::FromValue,
    },
};
use serde::Serialize;

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
    /// Servers whose letters are no spam
    #[command(subcommand)]
    AllowList(AllowList),
    /// Rules that all letters pass
    #[command(subcommand)]
    Rules(Entries),
    /// Rules of senders: whose letters are taken, and whose refused
    #[command(subcommand)]
    Policies(Entries),
}

#[derive(Debug, Subcommand)]
pub(crate) enum AllowList {
    /// Add servers to the list; the others stay
    Add(Servers),
    /// Take servers off the list; the others stay
    Remove(Servers),
}

#[derive(Args, Debug)]
pub(crate) struct Servers {
    /// Addresses and networks, such as 77.88.54.0/23
    #[arg(required = true, value_name = "ADDRESS")]
    addresses: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Entries {
    /// Add a rule behind the others, or at a place among them; they stay
    Add {
        /// The rule, JSON or YAML, in the form of those that `get` shows; `-` is standard input
        #[arg(long, value_name = "FILE", required = true)]
        body_file: PathBuf,
        /// The place of the new rule, counted from 1 [default: behind all others]
        #[arg(long, value_name = "N")]
        at: Option<usize>,
    },
    /// Take one rule off the list; the others stay
    Remove {
        /// The place of the rule in the list that `get` shows, counted from 1
        #[arg(value_name = "N")]
        place: usize,
    },
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    let mail = Mail::new(session.client().clone(), session.org()?);
    match command {
        Command::AllowList(command) => allow_list(command, &mail, global).await,
        Command::Rules(Entries::Add { body_file, at }) => {
            let rule: NewRoutingRule = entry(body_file).await?;
            rule.check().map_err(Failure::usage)?;
            edit(|| mail.rules().change(), "Rules", added(rule, *at), global).await
        }
        Command::Rules(Entries::Remove { place }) => {
            edit(|| mail.rules().change(), "Rules", removed(*place), global).await
        }
        Command::Policies(Entries::Add { body_file, at }) => {
            let policy: NewDomainPolicy = entry(body_file).await?;
            policy.check().map_err(Failure::usage)?;
            edit(|| mail.policies().change(), "Policies", added(policy, *at), global).await
        }
        Command::Policies(Entries::Remove { place }) => {
            edit(|| mail.policies().change(), "Policies", removed(*place), global).await
        }
    }
}

async fn allow_list(command: &AllowList, mail: &Mail, global: &GlobalOptions) -> Result<(), Failure> {
    let is = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    match command {
        AllowList::Add(Servers { addresses }) => {
            let add = |list: &mut Vec<String>| {
                for address in addresses {
                    if !list.iter().any(|known| is(known, address)) {
                        list.push(address.clone());
                    }
                }
                Ok(format!("add {} to the list?", addresses.join(", ")))
            };
            edit(|| mail.allow_list().change(), "The list", add, global).await
        }
        AllowList::Remove(Servers { addresses }) => {
            let remove = |list: &mut Vec<String>| {
                let unknown = addresses.iter().find(|address| !list.iter().any(|known| is(known, address)));
                if let Some(unknown) = unknown {
                    return Err(Failure::not_found(format!("{unknown} is not on the list")));
                }
                list.retain(|known| !addresses.iter().any(|address| is(known, address)));
                Ok(format!("take {} off the list?", addresses.join(", ")))
            };
            edit(|| mail.allow_list().change(), "The list", remove, global).await
        }
    }
}

/// A rule of a file.
async fn entry<T: FromValue>(file: &Path) -> Result<T, Failure> {
    let owned = file.to_owned();
    let text = console::waiting(move || {
        let read = if owned.as_os_str() == "-" {
            std::io::read_to_string(std::io::stdin())
        } else {
            std::fs::read_to_string(&owned)
        };
        read.map_err(|error| Failure::usage(format!("{}: {error}", owned.display())))
    });
    let wrong = |why: String| Failure::usage(format!("{}: {why}", file.display()));
    let value: serde_json::Value =
        serde_norway::from_str(&text.await?).map_err(|error| wrong(error.to_string()))?;
    T::from_value(&value).map_err(|error| wrong(error.to_string()))
}

/// What an edit does, in a question.
type Edited = Result<String, Failure>;

fn added<T: Clone>(entry: T, at: Option<usize>) -> impl Fn(&mut Vec<T>) -> Edited {
    move |list| {
        let place = at.unwrap_or(list.len() + 1);
        if !(1..=list.len() + 1).contains(&place) {
            return Err(Failure::usage(format!("--at {place}: the list has {} rules", list.len())));
        }
        list.insert(place - 1, entry.clone());
        Ok(format!("add a rule at place {place} of {}?", list.len()))
    }
}

fn removed<T: Serialize>(place: usize) -> impl Fn(&mut Vec<T>) -> Edited {
    move |list| {
        if !(1..=list.len()).contains(&place) {
            return Err(Failure::not_found(format!("there is no rule {place}: the list has {}", list.len())));
        }
        let rule = list.remove(place - 1);
        let rule = serde_json::to_string(&rule).unwrap_or_default();
        Ok(format!("take rule {place} of {} off the list: {rule}?", list.len() + 1))
    }
}

/// Reads the list, asks, and replaces it unless somebody has changed it meanwhile.
async fn edit<R, W, T>(
    change: impl Fn() -> Change<R, W, Vec<T>>,
    what: &str,
    edit: impl Fn(&mut Vec<T>) -> Edited,
    global: &GlobalOptions,
) -> Result<(), Failure>
where
    R: Operation + Clone,
    W: Operation,
    T: Clone + PartialEq + Serialize + Send + 'static,
{
    let (before, _) = change().preview().await?;
    let mut wanted = before.clone();
    let question = edit(&mut wanted)?;
    if global.dry_run {
        let of = |entries| serde_json::json!({"entries": entries});
        return list::say_change(what, &of(&before), &of(&wanted));
    }
    let mut rows = Rows::open(global, Kind::List, &Shape::flat(&["place", "entry"], &["place", "entry"]))?;
    if wanted != before {
        console::confirm(&format!("{what}: {question}"), global.yes).await?;
    }
    let changed = change().unless_changed(before).edit(move |list| *list = wanted).send().await?;
    let is_kept = changed.is_kept();
    for (index, entry) in changed.now.iter().enumerate() {
        rows.write(&serde_json::json!({"place": index + 1, "entry": entry}))?;
    }
    rows.finish()?;
    list::kept(is_kept)
}
