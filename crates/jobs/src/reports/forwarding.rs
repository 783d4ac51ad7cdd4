//! Whose letters are sent on, and where to.

use std::sync::Arc;

use orglib_core::Error;
use orglib_models::{
    UserId,
    mail::{RoutingActionType, RoutingRules},
};

use super::{Named, Note, Reports, Survey, aside, each, survey::row, without_robots};
use crate::AccountStatus;

row! {
    /// One rule that sends letters on.
    ForwardingRow {
        /// Whose letters: the address, or what is known instead.
        email: String,
        /// The person's id.
        user_id: UserId,
        /// Whether the person still works here.
        status: AccountStatus,
        /// Where they are sent on to.
        address: String,
        /// Whether that is an address of somebody in the organisation. What is none may be a group's.
        is_employee: bool,
        /// The rule's id.
        rule_id: Option<u64>,
        /// The rule's name.
        rule_name: String,
        /// Whether the mailbox keeps the letters too; nothing where the service does not say.
        with_store: Option<bool>,
    }
}

impl Reports {
    /// Whose letters are sent on, and where to: every rule of every employee that does so, by one request each, and beside
    /// them the rules of the organisation that do. What a mail program does by itself the service does not tell.
    ///
    /// # Errors
    /// What the list of employees fails with.
    pub async fn forwarding(&self) -> Result<Survey<ForwardingRow>, Error> {
        let mut gaps = Vec::new();
        let mut staff = self.staff_with(true, &mut gaps).await?;
        let (mail, own) = (self.mail(), Arc::new(std::mem::take(&mut staff.addresses)));
        let rules = mail.rules().list().patient().send().await;
        let rules = aside(rules, "the mail rules of the organisation", &mut gaps)?;
        let survey = Survey::over(self, each(staff.persons()), move |user| {
            let (mail, own) = (mail.clone(), Arc::clone(&own));
            async move {
                let rules = mail.user(user.id).rules().patient().send().await?;
                let rows = rules.forwards.into_iter().map(|forward| {
                    let Named { email, user_id, status } = Named::of(&user);
                    ForwardingRow {
                        email,
                        user_id,
                        status,
                        is_employee: forward.address.parse().is_ok_and(|address| own.contains(&address)),
                        address: forward.address,
                        rule_id: forward.rule_id,
                        rule_name: forward.rule_name,
                        with_store: forward.with_store,
                    }
                });
                Ok(rows.collect())
            }
        });
        Ok(survey.notes(rules.and_then(|rules| of_all(&rules))).notes(without_robots(&staff)).after(gaps))
    }
}

/// Where the organisation's own rules send letters to, which all letters pass.
fn of_all(rules: &RoutingRules) -> Option<Note> {
    let actions = rules.rules.iter().flat_map(|rule| &rule.actions);
    let forwards = actions.filter(|action| action.action == RoutingActionType::Forward);
    let addresses: Vec<_> = forwards.map(|forward| forward.data.email.clone()).collect();
    Some(addresses).filter(|addresses| !addresses.is_empty()).map(Note::OrganizationForwards)
}
