//! `orglib report`: what people ask of an organisation, beside what is shared.

mod hand_over;

use clap::{Args, Subcommand};
use orglib::jobs::{
    AccountStatus,
    reports::{
        AdministratorRow, ExternalMemberRow, ForwardingRow, InactiveRow, MailboxAccessRow, Reports,
        ServiceApplicationRow, SessionsRow, TwoFactorRow,
    },
};

use self::hand_over::{About, Chosen, Errors, hand_over};
use super::kept::JournalOptions;
use crate::{failure::Failure, options::GlobalOptions, when::When};

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

const FORWARDING: About<ForwardingRow> = About {
    name: "forwarding",
    sheet: "Forwarding",
    title: "Whose letters are sent on, and where to",
    of: "people",
    table: &["email", "address", "is_employee", "with_store", "rule_name"],
    untold: "What a mail program does by itself the service does not tell",
    counts: |row| !row.is_employee,
    verdict: |outside, all| {
        format!("{outside} of {all} rules send letters to addresses of nobody in the organisation")
    },
};

const TWO_FACTOR: About<TwoFactorRow> = About {
    name: "two-factor",
    sheet: "Two-factor",
    title: "Who signs in with a second factor",
    of: "people",
    table: &["email", "status", "is_admin", "has_2fa", "has_security_phone", "is_2fa_enabled"],
    untold: "What the second factor is, and how an identity provider checks it, the service does not tell",
    counts: |row| row.has_2fa != Some(true),
    verdict: |without, all| {
        format!("{without} of {all} people have set no second factor up, or it is not told")
    },
};

const ADMINISTRATORS: About<AdministratorRow> = About {
    name: "administrators",
    sheet: "Administrators",
    title: "Who administers the organisation",
    of: "people",
    table: &["email", "status", "roles", "has_2fa", "has_security_phone", "created_at"],
    untold: "Which roles a manager has, and who of a partner or of the service may act, the service does not tell",
    counts: |row| row.has_2fa != Some(true),
    verdict: |without, all| {
        format!("{without} of {all} who administer have set no second factor up, or it is not told")
    },
};

const INACTIVE: About<InactiveRow> = About {
    name: "inactive",
    sheet: "Inactive",
    title: "Who has not used the services for long",
    of: "people",
    table: &["email", "status", "last_used_date", "unused_days_count", "created_at"],
    untold: "The statistics count Mail, Disk, Messenger and Telemost; the use of anything else they do not tell",
    counts: |row| may_sign_in(row.status),
    verdict: |active, all| {
        format!("{all} people have used nothing for long; the accounts of {active} are not blocked")
    },
};

const MAILBOX_ACCESS: About<MailboxAccessRow> = About {
    name: "mailbox-access",
    sheet: "Mailbox access",
    title: "Who reaches which mailbox that is not their own",
    of: "mailboxes",
    table: &["mailbox_email", "mailbox_type", "actor_email", "actor_status", "roles"],
    untold: "Who knows the password of a mailbox, or set up a mail program with it, the service does not tell",
    counts: |row| row.actor_status != AccountStatus::Active,
    verdict: |others, all| {
        format!(
            "{others} of {all} accesses are of people who are blocked, dismissed, or not known to be employees"
        )
    },
};

const EXTERNAL_MEMBERS: About<ExternalMemberRow> = About {
    name: "external-members",
    sheet: "External members",
    title: "Who from outside is a member of a group",
    of: "groups",
    table: &["group_name", "group_email", "member_type", "member_name", "member_emails"],
    untold: "Who from outside is in chats, calendars and meetings the service does not tell; what is shared from Disk \
             is in `orglib exposure`",
    counts: |_| true,
    verdict: |members, _| format!("{members} members of groups are from outside"),
};

const SERVICE_APPLICATIONS: About<ServiceApplicationRow> = About {
    name: "service-applications",
    sheet: "Service applications",
    title: "Which applications act as any employee",
    of: "applications",
    table: &["id", "scope"],
    untold: "Who made an application, when it last acted, and whether the list is in force the service does not tell",
    counts: |row| row.scope.is_some(),
    verdict: |rights, _| format!("Applications have {rights} rights to act as any employee"),
};

const SESSIONS: About<SessionsRow> = About {
    name: "sessions",
    sheet: "Sessions",
    title: "Who has signed in, how, and from where",
    of: "people",
    table: &[
        "email",
        "status",
        "sign_ins_count",
        "last_sign_in_at",
        "addresses_count",
        "app_password_sign_ins_count",
    ],
    untold: "Which sessions are open now the service does not tell",
    counts: |row| row.app_password_sign_ins_count > 0,
    verdict: |with, all| {
        format!("{with} of {all} people have signed in with an app password, which no second factor guards")
    },
};

const ONLY_ACTIVE: &str = "Only accounts that are not blocked or dismissed";

/// Whether somebody may still sign in, as far as is known.
fn may_sign_in(status: AccountStatus) -> bool {
    !matches!(status, AccountStatus::Blocked | AccountStatus::Dismissed)
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
            let said = "Only what goes to addresses of nobody in the organisation";
            let chosen = Chosen::all().only(*outside, said, |row: &ForwardingRow| !row.is_employee);
            hand_over(&FORWARDING, plain.parts(), global, chosen, async |reports: Reports, _| {
                reports.forwarding().await
            })
            .await
        }
        Command::TwoFactor(TwoFactor { without, active, plain }) => {
            let chosen = Chosen::all()
                .only(*without, "Only who has set no second factor up", |row: &TwoFactorRow| {
                    row.has_2fa != Some(true)
                })
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
            let said = "Only access of people who are blocked, dismissed, or not known to be employees";
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
