//! `orglib audit`.

use clap::{Args, Subcommand};
use orglib::{
    audit::Audit,
    jobs::exposure::Who,
    models::{
        Timestamp, UserId,
        audit::{
            AuditEventType, AuditService, DiskEvent, DiskEventType, EnrichedEvent, MailEvent, MailEventType,
        },
        shape::{Kind as ShapeKind, Shaped},
    },
    prelude::*,
};

use super::list;
use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    session::Session,
    suggestion,
    when::{When, period},
};

const EVENTS: [&str; 6] =
    ["event_occurred_at", "event_type", "user_login", "event_status", "event_service", "event_ip"];
const MAIL: [&str; 6] = ["date", "event_type", "user_login", "from", "to", "subject"];
const DISK: [&str; 6] = ["date", "event_type", "user_login", "path", "owner_login", "rights"];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Events of the organisation: sign-ins, administration, Telemost, Messenger, Disk
    #[command(subcommand)]
    Events(Events),
    /// Events of mailboxes
    #[command(subcommand)]
    Mail(Mail),
    /// Events of Disk, from the older log; `events` has taken its place
    #[command(subcommand)]
    Disk(Disk),
    /// List the types of events and the services, and what they mean
    ///
    /// Example: orglib audit types password
    Types {
        /// Only those whose word or meaning holds this
        word: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Events {
    /// List events, the newest first; rows are written as they come
    List(EventOptions),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Mail {
    /// List events, the newest first; rows are written as they come
    List(LogOptions),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Disk {
    /// List events, the newest first; rows are written as they come
    List(LogOptions),
}

#[derive(Args, Debug)]
pub(crate) struct LogOptions {
    /// Begin here: a day (2026-11-20, today, yesterday; of UTC), so long ago (30d, 12h, 45m, 1w), or a time such as
    /// 2024-01-31T23:59:59+03:00 [default: where the log begins]
    #[arg(long, value_name = "TIME")]
    since: Option<When>,
    /// End here, in the same forms; a day is in the period [default: now]
    #[arg(long, value_name = "TIME")]
    until: Option<When>,
    /// Only these types of events
    #[arg(long = "type", value_name = "TYPE", num_args = 1.., value_delimiter = ',')]
    types: Vec<String>,
    /// Only what these people did: ids or e-mail addresses
    #[arg(long = "user", value_name = "WHO", num_args = 1.., value_delimiter = ',', conflicts_with = "excluded")]
    users: Vec<Who>,
    /// Leave out what these people did
    #[arg(long = "exclude-user", id = "excluded", value_name = "WHO", num_args = 1.., value_delimiter = ',')]
    excluded: Vec<Who>,
}

#[derive(Args, Debug)]
pub(crate) struct EventOptions {
    #[command(flatten)]
    log: LogOptions,
    /// Only what came from this address
    #[arg(long, value_name = "ADDRESS")]
    ip: Option<String>,
    /// Only what came through this: Web, Desktop, Mobile, Api, Synchronization, ID, Internal, Unknown
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    if let Command::Types { word } = command {
        return list_types(word.as_deref(), global);
    }
    let session = Session::open(global).await?;
    let audit = Audit::new(session.client().clone(), session.org()?);
    match command {
        Command::Types { .. } => Ok(()),
        Command::Events(Events::List(options)) => {
            let rows = rows(global, &EnrichedEvent::default(), &EVENTS)?;
            say_unknown("type of events", &options.log.types, AuditEventType::WORDS, global);
            say_unknown("service", options.service.as_slice(), AuditService::WORDS, global);
            let log = Log::of(&options.log, &session).await?;
            let mut list = audit.events().list().include_uids(log.users).exclude_uids(log.excluded);
            list = list.types(options.log.types.iter().map(|word| AuditEventType::from(word.as_str())));
            list = log.since.into_iter().fold(list, |list, time| list.started_at(time));
            list = log.until.into_iter().fold(list, |list, time| list.ended_at(time));
            list = options.ip.iter().fold(list, |list, ip| list.ip(ip.as_str()));
            list = options
                .service
                .iter()
                .fold(list, |list, name| list.service(AuditService::from(name.as_str())));
            list::write(list, rows).await
        }
        Command::Mail(Mail::List(options)) => {
            let rows = rows(global, &MailEvent::default(), &MAIL)?;
            say_unknown("type of events", &options.types, MailEventType::WORDS, global);
            let log = Log::of(options, &session).await?;
            let mut list = audit.mail().list().include_uids(log.users).exclude_uids(log.excluded);
            list = list.types(options.types.iter().map(|word| MailEventType::from(word.as_str())));
            list = log.since.into_iter().fold(list, |list, time| list.after_date(time));
            list = log.until.into_iter().fold(list, |list, time| list.before_date(time));
            list::write(list, rows).await
        }
        Command::Disk(Disk::List(options)) => {
            let rows = rows(global, &DiskEvent::default(), &DISK)?;
            say_unknown("type of events", &options.types, DiskEventType::WORDS, global);
            let log = Log::of(options, &session).await?;
            let mut list = audit.disk().list().include_uids(log.users).exclude_uids(log.excluded);
            list = log.since.into_iter().fold(list, |list, time| list.after_date(time));
            list = log.until.into_iter().fold(list, |list, time| list.before_date(time));
            // The service chooses no types in this log.
            let is_wanted = |word: &str| options.types.iter().any(|wanted| wanted == word);
            list::write_some(list, rows, |event| {
                options.types.is_empty() || is_wanted(event.event_type.as_str())
            })
            .await
        }
    }
}

fn rows(global: &GlobalOptions, sample: &impl serde::Serialize, table: &[&str]) -> Result<Rows, Failure> {
    Rows::open(global, Kind::List, &Shape::of(sample, table)?)
}

/// Says which words are not among those known. The service may have new ones, so they are asked for all the same; but
/// a slip would look like a log without such events.
fn say_unknown(what: &str, words: &[String], known: &[&str], global: &GlobalOptions) {
    let unknown = words.iter().filter(|word| !known.contains(&word.as_str()));
    for word in unknown.filter(|_| !global.quiet) {
        let meant = suggestion::alike(word, known.iter().copied());
        let meant = meant.map_or_else(
            || "; `orglib audit types` lists them".to_owned(),
            |word| format!("; did you mean {word}?"),
        );
        console::say(&format!("{word} is no known {what}{meant}"));
    }
}

/// A word of the logs, and what it means.
#[derive(Debug, serde::Serialize)]
struct Meaning {
    log: &'static str,
    #[serde(rename = "type")]
    word: &'static str,
    meaning: &'static str,
}

/// Lists the words of all logs, those that look like a given one only.
fn list_types(wanted: Option<&str>, global: &GlobalOptions) -> Result<(), Failure> {
    let columns = ["log", "type", "meaning"];
    let mut rows = Rows::open(global, Kind::List, &Shape::flat(&columns, &columns))?;
    let shapes = [
        ("events", AuditEventType::SHAPE),
        ("mail", MailEventType::SHAPE),
        ("disk", DiskEventType::SHAPE),
        ("events --service", AuditService::SHAPE),
    ];
    let mut all = Vec::new();
    for (log, shape) in shapes {
        let ShapeKind::Words(words) = shape.kind else { continue };
        all.extend(words.iter().map(|word| Meaning { log, word: word.word, meaning: word.docs }));
    }
    let wanted = wanted.map(str::to_lowercase);
    let is_wanted = |one: &&Meaning| {
        wanted.as_deref().is_none_or(|wanted| {
            one.word.to_lowercase().contains(wanted) || one.meaning.to_lowercase().contains(wanted)
        })
    };
    let mut found = all.iter().filter(is_wanted).peekable();
    if let (None, Some(wanted)) = (found.peek(), &wanted) {
        let meant = suggestion::alike(wanted, all.iter().map(|one| one.word));
        let meant = meant.map(|word| format!("; did you mean {word}?")).unwrap_or_default();
        return Err(Failure::not_found(format!("no type of events holds `{wanted}`{meant}")));
    }
    for one in found {
        rows.write(one)?;
    }
    rows.finish()
}

/// What all logs are asked by, as the service wants it.
struct Log {
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    users: Vec<UserId>,
    excluded: Vec<UserId>,
}

impl Log {
    async fn of(options: &LogOptions, session: &Session) -> Result<Self, Failure> {
        let now = session.client().clock().now();
        let (since, until) = period(options.since.as_ref(), options.until.as_ref(), now)?;
        Ok(Self {
            since,
            until,
            users: session.resolver()?.users(&options.users).await?,
            excluded: session.resolver()?.users(&options.excluded).await?,
        })
    }
}
