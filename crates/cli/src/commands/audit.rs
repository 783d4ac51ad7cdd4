//! `orglib audit`.

use std::{str::FromStr, time::Duration};

use clap::{Args, Subcommand};
use orglib::{
    Client,
    audit::Audit,
    jobs::exposure::Who,
    models::{
        Timestamp, UserId,
        audit::{
            AuditEventType, AuditService, DiskEvent, DiskEventType, EnrichedEvent, MailEvent, MailEventType,
        },
    },
    prelude::*,
};

use super::list;
use crate::{
    arguments::GlobalOptions,
    console,
    failure::Failure,
    output::{Kind, Rows, Shape},
    session::Session,
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
    /// Begin here: a time such as 2024-01-31T23:59:59+03:00, or so long ago: 30d, 12h, 45m [default: where the log begins]
    #[arg(long, value_name = "TIME")]
    since: Option<When>,
    /// End here, in the same forms [default: now]
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
    let session = Session::open(global).await?;
    let audit = Audit::new(session.client().clone(), session.org()?);
    match command {
        Command::Events(Events::List(options)) => {
            let rows = rows(global, &EnrichedEvent::default(), &EVENTS)?;
            say_unknown(&options.log.types, AuditEventType::WORDS, global);
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
            say_unknown(&options.types, MailEventType::WORDS, global);
            let log = Log::of(options, &session).await?;
            let mut list = audit.mail().list().include_uids(log.users).exclude_uids(log.excluded);
            list = list.types(options.types.iter().map(|word| MailEventType::from(word.as_str())));
            list = log.since.into_iter().fold(list, |list, time| list.after_date(time));
            list = log.until.into_iter().fold(list, |list, time| list.before_date(time));
            list::write(list, rows).await
        }
        Command::Disk(Disk::List(options)) => {
            let rows = rows(global, &DiskEvent::default(), &DISK)?;
            say_unknown(&options.types, DiskEventType::WORDS, global);
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

/// Says which types are not among those known. The service may have new ones, so they are asked for all the same; but
/// a slip would look like a log without such events.
fn say_unknown(types: &[String], known: &[&str], global: &GlobalOptions) {
    let unknown = types.iter().filter(|kind| !known.contains(&kind.as_str()));
    for kind in unknown.filter(|_| !global.quiet) {
        let near = known.iter().map(|word| (strsim::jaro_winkler(kind, word), word));
        let nearest = near.max_by(|one, other| one.0.total_cmp(&other.0));
        let nearest = nearest.map(|(_, word)| format!("; the nearest that is known is {word}"));
        console::say(&format!("{kind} is no known type of events{}", nearest.unwrap_or_default()));
    }
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
        let time = |when: &Option<When>| when.as_ref().map(|when| when.time(session.client()));
        Ok(Self {
            since: time(&options.since),
            until: time(&options.until),
            users: ids(&options.users, session).await?,
            excluded: ids(&options.excluded, session).await?,
        })
    }
}

async fn ids(people: &[Who], session: &Session) -> Result<Vec<UserId>, Failure> {
    let mut ids = Vec::with_capacity(people.len());
    for who in people {
        ids.push(session.user_id(who).await?);
    }
    Ok(ids)
}

/// A time, or so long ago.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum When {
    At(Timestamp),
    Ago(Duration),
}

impl When {
    /// The time, to the second.
    fn time(&self, client: &Client) -> Timestamp {
        match self {
            Self::At(time) => time.clone(),
            Self::Ago(ago) => {
                let start = std::time::SystemTime::UNIX_EPOCH;
                let now = client.clock().now().duration_since(start).unwrap_or_default();
                Timestamp::from(start + Duration::from_secs(now.saturating_sub(*ago).as_secs()))
            }
        }
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const UNITS: [(char, u64); 5] =
            [('s', 1), ('m', 60), ('h', 3600), ('d', 24 * 3600), ('w', 7 * 24 * 3600)];
        let text = text.trim();
        let ago = UNITS.into_iter().find_map(|(unit, seconds)| {
            let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
            number.checked_mul(seconds).map(Duration::from_secs)
        });
        match ago {
            Some(ago) => Ok(Self::Ago(ago)),
            None => text
                .parse()
                .map(Self::At)
                .map_err(|error| format!("{error}, or as so long ago: 30d, 12h, 45m")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_or_so_long_ago() {
        for (text, seconds) in
            [("30d", 2_592_000), ("12h", 43_200), ("45m", 2_700), ("10s", 10), ("2w", 1_209_600)]
        {
            assert_eq!(text.parse(), Ok(When::Ago(Duration::from_secs(seconds))), "{text}");
        }
        for text in ["2024-01-31T23:59:59Z", " 2024-01-31T23:59:59+03:00 "] {
            assert!(matches!(text.parse(), Ok(When::At(time)) if time.as_str() == text.trim()), "{text}");
        }
        for text in
            ["", "d", "-1d", "1.5h", "yesterday", "2024-01-31", "31.01.2024", "30", "99999999999999999999d"]
        {
            let complaint = text.parse::<When>().unwrap_err();
            assert!(
                complaint.contains("2024-01-31T23:59:59Z") && complaint.contains("30d"),
                "{text}: {complaint}"
            );
        }
    }
}
