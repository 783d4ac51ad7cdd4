//! `orglib report`: what people ask of an organisation, beside what is shared.

mod about;
mod hand_over;
mod sayings;

use clap::{Args, Subcommand};
use orglib::jobs::{
    AccountStatus,
    reports::{ForwardingRow, InactiveRow, MailboxAccessRow, Reports, TwoFactorRow},
};

use self::{
    about::{
        ADMINISTRATORS, EXTERNAL_MEMBERS, FORWARDING, INACTIVE, MAILBOX_ACCESS, ONLY_ACTIVE, ONLY_WITHOUT,
        SERVICE_APPLICATIONS, SESSIONS, TWO_FACTOR, may_sign_in,
    },
    hand_over::{Chosen, Errors, hand_over},
};
use super::kept::JournalOptions;
use crate::{failure::Failure, language::Both, options::GlobalOptions, when::When};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Whose letters are sent on, and where to: every rule of every employee that does so
    ///
    /// What a mail program does by itself the service does not tell, and it is not in the report. Who could not be read is
    /// named, and the exit code is then 7. Example: orglib report forwarding --outside -o forwarding.xlsx
    Forwarding(Forwarding),
    /// Who signs in with a second factor, and whether the organisation demands it
    ///
    /// One request for each employee. Who could not be read is named, and the exit code is then 7. Example: orglib report
    /// two-factor --without -o without.xlsx
    TwoFactor(TwoFactor),
    /// Who administers the organisation: administrators, deputies, and with --managers who has a manager's role
    ///
    /// Of each it tells whether there is a second factor. Example: orglib report administrators -o administrators.html
    Administrators(Administrators),
    /// Who has used none of Mail, Disk, Messenger and Telemost for so many days
    ///
    /// By the statistics of the last day that has any. Accounts that are younger are not in it; people of whom no use is
    /// told are. Example: orglib report inactive --days 90 --active -o inactive.csv
    Inactive(Inactive),
    /// Who reaches which shared or delegated mailbox, and what they may do there
    ///
    /// A row for each person and mailbox. Example: orglib report mailbox-access --not-active
    MailboxAccess(MailboxAccess),
    /// Who from outside is a member of a group, and so gets its letters
    ///
    /// Shared contacts, and people who are not in the list of employees; members of a nested group stand under that one.
    /// Example: orglib report external-members -o outside.csv
    ExternalMembers(Plain),
    /// Which applications act as any employee, and what they may do: a row for each right
    ///
    /// Only the owner of the organisation may ask. Example: orglib report service-applications
    ServiceApplications(Unkept),
    /// Who has signed in, how, and from where, by the log of events; and how long a session lives
    ///
    /// Everybody has a row. Example: orglib report sessions --since 30d -o sessions.csv
    Sessions(Sessions),
}

/// The options of a report over many.
#[derive(Args, Debug)]
pub(crate) struct Plain {
    #[command(flatten)]
    errors: Errors,
    #[command(flatten)]
    kept: JournalOptions,
}

/// The options of a report of a few requests.
#[derive(Args, Debug)]
pub(crate) struct Unkept {
    #[command(flatten)]
    errors: Errors,
}

#[derive(Args, Debug)]
pub(crate) struct Forwarding {
    /// Only what is sent on to addresses of nobody in the organisation
    #[arg(long)]
    outside: bool,
    #[command(flatten)]
    plain: Plain,
}

#[derive(Args, Debug)]
pub(crate) struct TwoFactor {
    /// Only who has set none up, and of whom it is not told
    #[arg(long)]
    without: bool,
    /// Only accounts that are not blocked or dismissed
    #[arg(long)]
    active: bool,
    #[command(flatten)]
    plain: Plain,
}

#[derive(Args, Debug)]
pub(crate) struct Administrators {
    /// Also who has a manager's role, by the statistics of the last day that has any
    #[arg(long)]
    managers: bool,
    #[command(flatten)]
    unkept: Unkept,
}

#[derive(Args, Debug)]
pub(crate) struct Inactive {
    /// For how many days nothing was used
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=36_500))]
    days: u32,
    /// Only accounts that are not blocked or dismissed
    #[arg(long)]
    active: bool,
    #[command(flatten)]
    unkept: Unkept,
}

#[derive(Args, Debug)]
pub(crate) struct MailboxAccess {
    /// Only access of people who are blocked, dismissed, or not known to be employees
    #[arg(long)]
    not_active: bool,
    #[command(flatten)]
    plain: Plain,
}

#[derive(Args, Debug)]
pub(crate) struct Sessions {
    /// Sign-ins from this time on: 30d, 12h, 2026-11-20, yesterday, or a whole time
    #[arg(long, value_name = "TIME", default_value = "30d")]
    since: When,
    #[command(flatten)]
    unkept: Unkept,
}

impl Plain {
    fn parts(&self) -> (&Errors, &JournalOptions) {
        (&self.errors, &self.kept)
    }
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let none = JournalOptions::default();
    match command {
        Command::Forwarding(Forwarding { outside, plain }) => {
            let said = Both {
                en: "Only what goes to addresses of nobody in the organisation",
                ru: "Только то, что уходит на адреса вне организации",
            };
            let chosen = Chosen::all().only(*outside, said, |row: &ForwardingRow| !row.is_employee);
            hand_over(&FORWARDING, plain.parts(), global, chosen, async |reports: Reports, _| {
                reports.forwarding().await
            })
            .await
        }
        Command::TwoFactor(TwoFactor { without, active, plain }) => {
            let chosen = Chosen::all()
                .only(*without, ONLY_WITHOUT, |row: &TwoFactorRow| row.has_2fa != Some(true))
                .only(*active, ONLY_ACTIVE, |row| may_sign_in(row.status));
            hand_over(&TWO_FACTOR, plain.parts(), global, chosen, async |reports: Reports, _| {
                reports.two_factor().await
            })
            .await
        }
        Command::Administrators(Administrators { managers, unkept }) => {
            let read = async |reports: Reports, _| reports.administrators(*managers).await;
            hand_over(&ADMINISTRATORS, (&unkept.errors, &none), global, Chosen::all(), read).await
        }
        Command::Inactive(Inactive { days, active, unkept }) => {
            let chosen =
                Chosen::all().only(*active, ONLY_ACTIVE, |row: &InactiveRow| may_sign_in(row.status));
            let read = async |reports: Reports, _| reports.inactive(*days).await;
            hand_over(&INACTIVE, (&unkept.errors, &none), global, chosen, read).await
        }
        Command::MailboxAccess(MailboxAccess { not_active, plain }) => {
            let said = Both {
                en: "Only access of people who are blocked, dismissed, or not known to be employees",
                ru: "Только доступ заблокированных, уволенных или неизвестных людей",
            };
            let chosen = Chosen::all()
                .only(*not_active, said, |row: &MailboxAccessRow| row.actor_status != AccountStatus::Active);
            hand_over(&MAILBOX_ACCESS, plain.parts(), global, chosen, async |reports: Reports, _| {
                reports.mailbox_access().await
            })
            .await
        }
        Command::ExternalMembers(plain) => {
            let read = async |reports: Reports, _| reports.external_members().await;
            hand_over(&EXTERNAL_MEMBERS, plain.parts(), global, Chosen::all(), read).await
        }
        Command::ServiceApplications(unkept) => {
            let read = async |reports: Reports, _| reports.service_applications().await;
            hand_over(&SERVICE_APPLICATIONS, (&unkept.errors, &none), global, Chosen::all(), read).await
        }
        Command::Sessions(Sessions { since, unkept }) => {
            let read = async |reports: Reports, now| reports.sessions(since.begins(now)).await;
            hand_over(&SESSIONS, (&unkept.errors, &none), global, Chosen::all(), read).await
        }
    }
}
