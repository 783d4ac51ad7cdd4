//! Who has signed in, how, and from where.

use std::collections::{HashMap, HashSet};

use orglib_audit::prelude::ListEventsOptions;
use orglib_core::Error;
use orglib_models::{
    Timestamp, UserId,
    audit::{AuditEvent, AuditEventStatus, AuditEventType, EnrichedEvent},
};

use super::{Named, NotRead, Note, Reports, Survey, aside, survey::row, without_robots};
use crate::AccountStatus;

/// The events of signing in and out.
const TYPES: [AuditEventType; 6] = [
    AuditEventType::IdCookieSet,
    AuditEventType::IdNondeviceTokenIssued,
    AuditEventType::IdDeviceTokenIssued,
    AuditEventType::IdAppPasswordLogin,
    AuditEventType::IdAccountGlogout,
    AuditEventType::IdAccountChangedPassword,
];

row! {
    /// How one person has signed in.
    SessionsRow {
        /// The address, or what is known instead.
        email: String,
        /// The person's id.
        user_id: UserId,
        /// Whether the person still works here; `unknown` too where it is none of the list of employees.
        status: AccountStatus,
        /// How often the person has signed in with a browser.
        sign_ins_count: u64,
        /// When that last was.
        last_sign_in_at: Option<Timestamp>,
        /// From which address that last was.
        last_sign_in_ip: Option<String>,
        /// From how many addresses the person has signed in, in any way.
        addresses_count: u64,
        /// How often the person has signed in with an app password, which no second factor guards.
        app_password_sign_ins_count: u64,
        /// When that last was.
        last_app_password_sign_in_at: Option<Timestamp>,
        /// How many tokens were issued to applications and devices.
        tokens_count: u64,
        /// When that last was.
        last_token_at: Option<Timestamp>,
        /// When the person last signed out everywhere.
        signed_out_everywhere_at: Option<Timestamp>,
        /// When the person last changed the password.
        password_changed_at: Option<Timestamp>,
        /// How many of these failed; they are not counted among the others.
        failed_count: u64,
    }
}

impl Reports {
    /// Who has signed in since then, how, and from where, by the log of events; and how long a session lives. Everybody
    /// has a row. Which sessions are open now the service does not tell.
    ///
    /// # Errors
    /// What the list of employees and the log fail with, and a token that is refused.
    pub async fn sessions(&self, since: Timestamp) -> Result<Survey<SessionsRow>, Error> {
        let (mut gaps, mut seen) = (Vec::new(), Seen::default());
        // The log first: a time that cannot be is refused before anything is sent.
        let list = self.audit().events().list().started_at(since).types(TYPES.to_vec());
        let mut events = list.patient().stream();
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => seen.add(event),
                Err(error) if error.is_of_item() => gaps.push(NotRead::new("an event of the log", &error)),
                Err(error) => return Err(error),
            }
        }
        let staff = self.staff(&mut gaps).await?;
        let settings = self.security().sessions().get().patient().send().await;
        let settings = aside(settings, "how long a session lives", &mut gaps)?;
        let notes = [
            without_robots(&staff),
            settings.map(|settings| Note::SessionLife(settings.auth_ttl)),
            seen.earliest.take().map(Note::EarliestEvent),
            Some(seen.nobodys).filter(|count| *count > 0).map(Note::EventsOfNobody),
        ];
        let mut findings = Vec::new();
        for user in staff.persons() {
            let Named { email, user_id, status } = Named::of(user);
            let row = seen.people.remove(&user_id).unwrap_or_else(|| SessionsRow::of(user_id));
            findings.push((email.clone(), vec![SessionsRow { email, status, ..row }]));
        }
        let mut strangers: Vec<_> = seen.people.into_values().collect();
        strangers.retain(|row| staff.get(row.user_id).is_none());
        strangers.sort_by_key(|row| row.user_id);
        findings.extend(strangers.into_iter().map(|row| (row.email.clone(), vec![row])));
        Ok(Survey::known(findings).notes(notes.into_iter().flatten()).after(gaps))
    }
}

/// What the log has told so far.
#[derive(Default)]
struct Seen {
    people: HashMap<UserId, SessionsRow>,
    addresses: HashMap<UserId, HashSet<String>>,
    ids: HashSet<String>,
    earliest: Option<Timestamp>,
    /// Events that do not say whose they are.
    nobodys: u64,
}

impl Seen {
    fn add(&mut self, event: EnrichedEvent) {
        let EnrichedEvent { user_login, event, .. } = event;
        // Pages may overlap.
        if !event.idempotency_id.is_empty() && !self.ids.insert(event.idempotency_id.clone()) {
            return;
        }
        let Some(uid) = event.uid else {
            self.nobodys += 1;
            return;
        };
        let is_earlier = |earliest: &Timestamp| {
            event.occurred_at.as_ref().and_then(Timestamp::to_system_time) < earliest.to_system_time()
        };
        if event.occurred_at.is_some() && self.earliest.as_ref().is_none_or(is_earlier) {
            self.earliest = event.occurred_at.clone();
        }
        let row = self.people.entry(uid).or_insert_with(|| SessionsRow::of(uid));
        if !user_login.is_empty() {
            row.email = user_login;
        }
        let addresses = self.addresses.entry(uid).or_default();
        row.count(&event, addresses);
    }
}

impl SessionsRow {
    /// Of whom nothing is known yet.
    fn of(user_id: UserId) -> Self {
        Self {
            email: user_id.to_string(),
            user_id,
            status: AccountStatus::Unknown,
            sign_ins_count: 0,
            last_sign_in_at: None,
            last_sign_in_ip: None,
            addresses_count: 0,
            app_password_sign_ins_count: 0,
            last_app_password_sign_in_at: None,
            tokens_count: 0,
            last_token_at: None,
            signed_out_everywhere_at: None,
            password_changed_at: None,
            failed_count: 0,
        }
    }

    fn count(&mut self, event: &AuditEvent, addresses: &mut HashSet<String>) {
        if event.status == AuditEventStatus::Error {
            self.failed_count += 1;
            return;
        }
        // A length of the prefix is not part of the address.
        let ip = event.ip.as_deref().map(|ip| ip.split('/').next().unwrap_or_default().to_owned());
        let at = event.occurred_at.as_ref();
        match event.kind {
            AuditEventType::IdCookieSet => {
                self.sign_ins_count += 1;
                if is_later(&mut self.last_sign_in_at, at) {
                    self.last_sign_in_ip = ip.clone();
                }
            }
            AuditEventType::IdAppPasswordLogin => {
                self.app_password_sign_ins_count += 1;
                is_later(&mut self.last_app_password_sign_in_at, at);
            }
            AuditEventType::IdNondeviceTokenIssued | AuditEventType::IdDeviceTokenIssued => {
                self.tokens_count += 1;
                is_later(&mut self.last_token_at, at);
            }
            AuditEventType::IdAccountGlogout => {
                is_later(&mut self.signed_out_everywhere_at, at);
                return;
            }
            AuditEventType::IdAccountChangedPassword => {
                is_later(&mut self.password_changed_at, at);
                return;
            }
            _ => return,
        }
        addresses.extend(ip.filter(|ip| !ip.is_empty()));
        self.addresses_count = addresses.len() as u64;
    }
}

/// Takes the later of two times; whether it was the new one.
fn is_later(known: &mut Option<Timestamp>, at: Option<&Timestamp>) -> bool {
    let moment = |time: Option<&Timestamp>| time.and_then(Timestamp::to_system_time);
    let is = at.is_some() && moment(at) >= moment(known.as_ref());
    if is {
        *known = at.cloned();
    }
    is
}
