//! What is known beside the rows of a report.

use std::fmt;

use orglib_models::{Date, Timestamp};

/// What is known beside the rows of a report: how the organisation is set, and who is left out. Shown as text it is a
/// sentence in English.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// So many robots are left out.
    RobotsLeftOut(usize),
    /// Whom the organisation demands a second factor of.
    TwoFactorDemanded {
        /// Of whom.
        of: Demand,
        /// Since when, where it is of everybody and the service says so.
        since: Option<Timestamp>,
    },
    /// Of so many people the service does not say whether they are administrators.
    AdministratorsUntold(usize),
    /// Who has a manager's role is as of this day.
    ManagersAsOf(Date),
    /// The list of groups has none that stands for this role.
    NoGroupOf(&'static str),
    /// Nothing was used for more than so many days, on this day: the last that the statistics have.
    UnusedFor {
        /// How many days.
        days: u32,
        /// On which day.
        on: Date,
    },
    /// Mail rules of the organisation, which all letters pass, send them on to these addresses; nothing where one is not
    /// told.
    OrganizationForwards(Vec<Option<String>>),
    /// How long a session lives, in seconds; 0 is without an end, and nothing what the service does not say.
    SessionLife(Option<i64>),
    /// The earliest event that the log gave. How far back it reaches is not documented.
    EarliestEvent(Timestamp),
    /// So many events do not say whose they are, and are not counted.
    EventsOfNobody(u64),
}

/// Whom a second factor is demanded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Demand {
    /// Everybody.
    Everybody,
    /// Chosen people.
    Chosen,
    /// Nobody.
    Nobody,
    /// The service does not say.
    Untold,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RobotsLeftOut(robots) => write!(f, "{robots} robots are left out"),
            Self::TwoFactorDemanded { of: Demand::Everybody, since } => {
                f.write_str("The organisation demands a second factor of everybody")?;
                since.iter().try_for_each(|since| write!(f, ", since {since}"))
            }
            Self::TwoFactorDemanded { of: Demand::Chosen, .. } => {
                f.write_str("The organisation demands a second factor of chosen people")
            }
            Self::TwoFactorDemanded { of: Demand::Nobody, .. } => {
                f.write_str("The organisation demands a second factor of nobody")
            }
            Self::TwoFactorDemanded { of: Demand::Untold, .. } => {
                f.write_str("Whether the organisation demands a second factor the service does not say")
            }
            Self::AdministratorsUntold(people) => {
                write!(f, "Of {people} people the service does not say whether they are administrators")
            }
            Self::ManagersAsOf(day) => write!(f, "Managers are as of {day}"),
            Self::NoGroupOf(role) => {
                let role = role.replace('_', " ");
                write!(f, "The list of groups has none of {role}s: whether there are any is not told")
            }
            Self::UnusedFor { days, on } => {
                write!(f, "Unused for more than {days} days on {on}, the last day that the statistics have")
            }
            Self::OrganizationForwards(addresses) => {
                let addresses =
                    addresses.iter().map(|to| to.as_deref().unwrap_or("an address that is not told"));
                let addresses: Vec<_> = addresses.collect();
                write!(f, "Mail rules of the organisation send letters on, to {}", addresses.join(", "))
            }
            Self::SessionLife(Some(0)) => f.write_str("A session lives without an end"),
            Self::SessionLife(Some(seconds)) => write!(f, "A session lives for {seconds} seconds"),
            Self::SessionLife(None) => f.write_str("How long a session lives the service does not say"),
            Self::EarliestEvent(earliest) => write!(
                f,
                "The earliest event that the log gave is of {earliest}; how far back it reaches is not documented"
            ),
            Self::EventsOfNobody(1) => f.write_str("1 event does not say whose it is, and is not counted"),
            Self::EventsOfNobody(count) => {
                write!(f, "{count} events do not say whose they are, and are not counted")
            }
        }
    }
}
