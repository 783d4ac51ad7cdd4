//! Whose letters are sent on, and where to.

use std::{collections::HashSet, num::NonZeroUsize, pin::Pin};

use futures::{Stream, StreamExt, stream};
use orglib_core::Error;
use orglib_directory::Directory;
use orglib_mail::Mail;
use orglib_models::{Addressed, Email, UserId, directory::User};
use serde::Serialize;

/// The report of letters that are sent on. The service tells of rules that it knows as such; what a mail program does by
/// itself it does not tell.
#[derive(Clone, Debug)]
pub struct Forwarding {
    directory: Directory,
    mail: Mail,
    concurrency: NonZeroUsize,
}

/// One rule that sends letters on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ForwardingRow {
    /// Whose letters: the address, or what is known instead.
    pub email: String,
    /// The person's id.
    pub user_id: UserId,
    /// Whether the account is active; nothing where the service does not say.
    pub is_enabled: Option<bool>,
    /// Where they are sent on to.
    pub address: String,
    /// Whether that is an address of somebody in the organisation. What is none may be a group's.
    pub is_employee: bool,
    /// The rule's id.
    pub rule_id: Option<u64>,
    /// The rule's name.
    pub rule_name: String,
    /// Whether the mailbox keeps the letters too; nothing where the service does not say.
    pub with_store: Option<bool>,
}

impl ForwardingRow {
    /// The names of the columns, in their order.
    pub const COLUMNS: [&'static str; 8] =
        ["email", "user_id", "is_enabled", "address", "is_employee", "rule_id", "rule_name", "with_store"];
}

/// One person's rules, or why they could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub struct PersonForwarding {
    /// Whose.
    pub email: String,
    /// The rules that send letters on.
    pub rows: Result<Vec<ForwardingRow>, Error>,
}

/// The rules of people, in the order of the list of employees.
pub type Forwardings = Pin<Box<dyn Stream<Item = PersonForwarding> + Send>>;

impl Forwarding {
    /// The report of an organisation.
    pub fn new(directory: Directory, mail: Mail) -> Self {
        Self { directory, mail, concurrency: NonZeroUsize::MIN.saturating_add(15) }
    }

    /// Sets how many requests may be in flight; 16 by default.
    #[must_use]
    pub fn concurrency(mut self, requests: NonZeroUsize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Reads the list of employees, robots left out.
    ///
    /// # Errors
    /// As that list; none of it is left out in silence.
    pub async fn people(&self) -> Result<Vec<User>, Error> {
        let mut people = Vec::new();
        let mut list = self.directory.users().list().patient().stream();
        while let Some(user) = list.next().await {
            people.push(user?);
        }
        Ok(people)
    }

    /// Reads the rules of these people: one request each. What cannot be read of one is said in that one's place.
    pub fn run(&self, people: Vec<User>) -> Forwardings {
        let own: HashSet<Email> = people.iter().flat_map(Addressed::addresses).collect();
        let people: Vec<User> = people.into_iter().filter(|user| user.is_robot != Some(true)).collect();
        let mail = self.mail.clone();
        let own = std::sync::Arc::new(own);
        let read = stream::iter(people).map(move |user| {
            let (mail, own) = (mail.clone(), std::sync::Arc::clone(&own));
            async move { of_person(&mail, user, &own).await }
        });
        read.buffered(self.concurrency.get()).boxed()
    }
}

async fn of_person(mail: &Mail, user: User, own: &HashSet<Email>) -> PersonForwarding {
    let email = user.email.clone().filter(|email| !email.is_empty()).unwrap_or_else(|| user.id.to_string());
    let rules = mail.user(user.id).rules().patient().send().await;
    let rows = rules.map(|rules| {
        let rows = rules.forwards.into_iter().map(|forward| ForwardingRow {
            email: email.clone(),
            user_id: user.id,
            is_enabled: user.is_enabled,
            is_employee: forward.address.parse().is_ok_and(|address| own.contains(&address)),
            address: forward.address,
            rule_id: forward.rule_id,
            rule_name: forward.rule_name,
            with_store: forward.with_store,
        });
        rows.collect()
    });
    PersonForwarding { email, rows }
}
