//! Who reaches which mailbox that is not their own.

use std::sync::Arc;

use orglib_core::Error;
use orglib_models::{
    MailboxId, UserId,
    mail::{MailboxKind, Role},
};

use super::{
    Reports, Survey,
    survey::{Subject, row},
    whole,
};
use crate::AccountStatus;

row! {
    /// One person with access to one mailbox.
    MailboxAccessRow {
        /// The mailbox's address; nothing where it is not told.
        mailbox_email: Option<String>,
        /// The mailbox's name; of a delegated one nothing.
        mailbox_name: Option<String>,
        /// The mailbox's id; for a delegated one that of its owner.
        mailbox_id: MailboxId,
        /// Whether it is shared or delegated.
        mailbox_type: MailboxKind,
        /// Who has access: the address; nothing where it is no employee of the list.
        actor_email: Option<String>,
        /// Whose id that is.
        actor_id: UserId,
        /// Whether that person still works here.
        actor_status: AccountStatus,
        /// What that person may do.
        roles: Vec<Role>,
    }
}

impl Reports {
    /// Who reaches which shared or delegated mailbox, and what they may do there: one request for each mailbox, and one
    /// more for the address of each shared one. A mailbox that nobody reaches has no rows.
    ///
    /// # Errors
    /// What the lists of employees and mailboxes fail with.
    pub async fn mailbox_access(&self) -> Result<Survey<MailboxAccessRow>, Error> {
        let mut gaps = Vec::new();
        let staff = Arc::new(self.staff(&mut gaps).await?);
        let mailboxes = self.mail().mailboxes();
        let mut subjects = Vec::new();
        for mailbox in whole(mailboxes.shared().list(), "a shared mailbox of the list", &mut gaps).await? {
            let id = mailbox.resource_id;
            subjects.push(Subject {
                id: id.get(),
                name: format!("shared mailbox {id}"),
                what: (id, MailboxKind::Shared),
            });
        }
        for mailbox in
            whole(mailboxes.delegated().list(), "a delegated mailbox of the list", &mut gaps).await?
        {
            let id = mailbox.resource_id;
            let owner = UserId::new(id.get())
                .and_then(|owner| staff.get(owner))
                .map(|person| person.email.to_string());
            let name = owner.unwrap_or_else(|| format!("delegated mailbox {id}"));
            subjects.push(Subject { id: id.get(), name, what: (id, MailboxKind::Delegated) });
        }
        let survey = Survey::over(self, subjects, move |(id, kind)| {
            let (mailboxes, staff) = (mailboxes.clone(), Arc::clone(&staff));
            async move {
                let (email, name) = if kind == MailboxKind::Shared {
                    let mailbox = mailboxes.shared().get(id).patient().send().await?;
                    (mailbox.email, Some(mailbox.name))
                } else {
                    (
                        UserId::new(id.get())
                            .and_then(|owner| staff.get(owner))
                            .map(|person| person.email.to_string()),
                        None,
                    )
                };
                let actors = mailboxes.actors(id).patient().send().await?.actors;
                let rows = actors.into_iter().map(|actor| {
                    let person = staff.get(actor.actor_id);
                    MailboxAccessRow {
                        mailbox_email: email.clone(),
                        mailbox_name: name.clone(),
                        mailbox_id: id,
                        mailbox_type: kind.clone(),
                        actor_email: person.map(|person| person.email.to_string()),
                        actor_id: actor.actor_id,
                        actor_status: person.map_or(AccountStatus::Unknown, |person| person.status),
                        roles: actor.roles,
                    }
                });
                Ok(rows.collect())
            }
        });
        Ok(survey.after(gaps))
    }
}
