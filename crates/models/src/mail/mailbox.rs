//! Mailboxes that several people use, and who may do what with them.

use orglib_macros::model;

use crate::{MailboxId, NamesTask, TaskId, Timestamp, UserId, open_enum::open_enum};

/// A mailbox in brief, as the lists of shared and of delegated mailboxes show it.
#[model]
pub struct MailboxSummary {
    /// The mailbox's id; for a delegated mailbox that of its owner.
    #[model(required)]
    pub resource_id: MailboxId,
    /// How many people have access to it.
    pub count: Option<u64>,
}

/// A shared mailbox: one without an owner, for several people.
#[model]
pub struct SharedMailbox {
    /// The mailbox's id.
    #[model(required, alias = "resourceId")]
    pub id: MailboxId,
    /// The address.
    pub email: Option<String>,
    /// The name.
    pub name: String,
    /// A free description.
    pub description: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was last changed; seen half a second before `created_at`.
    pub updated_at: Option<Timestamp>,
}

/// The id of a mailbox that was made, changed, or opened for delegation.
#[model]
pub struct MailboxRef {
    /// The mailbox's id.
    #[model(required)]
    pub resource_id: MailboxId,
}

open_enum! {
    /// What a person may do with a shared or delegated mailbox.
    Role {
        /// Everything; it holds every other role.
        Owner = "shared_mailbox_owner",
        /// Reading in the web interface.
        Reader = "shared_mailbox_reader",
        /// Changing the content in the web interface.
        Editor = "shared_mailbox_editor",
        /// Managing the mailbox in the web interface.
        Admin = "shared_mailbox_admin",
        /// Reading and managing in a mail program (IMAP); no right to send.
        ImapAdmin = "shared_mailbox_imap_admin",
        /// Sending in a mail program (SMTP), as the mailbox and on its behalf.
        Sender = "shared_mailbox_sender",
        /// Sending in a mail program (SMTP) on the mailbox's behalf only.
        HalfSender = "shared_mailbox_half_sender",
    }
}

impl Role {
    /// Whether the role lets its holder read the mailbox, as far as is known: of the known roles only
    /// [`HalfSender`](Self::HalfSender) does not.
    pub fn may_read(&self) -> bool {
        !matches!(self, Self::HalfSender) && !self.as_str().is_empty()
    }
}

/// A person with access to a mailbox.
#[model]
pub struct Actor {
    /// The person's id.
    #[model(required)]
    pub actor_id: UserId,
    /// What the person may do.
    pub roles: Vec<Role>,
}

/// The people with access to a mailbox.
#[model]
pub struct Actors {
    /// One for each person.
    pub actors: Vec<Actor>,
}

/// A mailbox that a person reaches.
#[model]
pub struct MailboxAccess {
    /// The mailbox's id; for a delegated mailbox that of its owner.
    #[model(required)]
    pub resource_id: MailboxId,
    /// Whether it is shared or delegated.
    #[model(name = "type")]
    pub kind: MailboxKind,
    /// What the person may do.
    pub roles: Vec<Role>,
}

open_enum! {
    /// The kind of a mailbox that several people use.
    MailboxKind {
        /// A mailbox without an owner.
        Shared = "shared",
        /// A mailbox that its owner lets others use.
        Delegated = "delegated",
    }
}

/// The mailboxes that a person reaches.
#[model]
pub struct Reachable {
    /// One for each mailbox, the person's own not among them.
    pub resources: Vec<MailboxAccess>,
}

/// The id of the task that a change of rights became.
#[model]
pub struct TaskRef {
    /// The task's id.
    #[model(required)]
    pub task_id: TaskId,
}

impl NamesTask for TaskRef {
    fn names_task(&self) -> Option<TaskId> {
        Some(self.task_id.clone())
    }
}

/// How far a change of rights is.
#[model]
pub struct Task {
    /// How far it is.
    pub status: TaskStatus,
}

open_enum! {
    /// How far a change of rights is.
    TaskStatus {
        /// It goes on.
        Running = "running",
        /// The rights are changed.
        Complete = "complete",
        /// The rights could not be changed.
        Error = "error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_read_and_snake_case_is_written() {
        let access: MailboxAccess = serde_json::from_str(
            r#"{"resourceId":2260000054273165,"type":"delegated","roles":["shared_mailbox_owner","new_role",null]}"#,
        )
        .unwrap();
        assert_eq!(access.roles, [Role::Owner, Role::from("new_role")]);
        let json = serde_json::to_string(&access).unwrap();
        assert_eq!(
            json,
            r#"{"resource_id":"2260000054273165","type":"delegated","roles":["shared_mailbox_owner","new_role"]}"#
        );
        assert_eq!(serde_json::from_str::<MailboxAccess>(&json).unwrap(), access);
    }

    #[test]
    fn a_description_that_is_empty_is_none() {
        let mailbox: SharedMailbox =
            serde_json::from_str(r#"{"id":"5","description":"","createdAt":"","name":null}"#).unwrap();
        assert_eq!((mailbox.description, mailbox.created_at, mailbox.name.as_str()), (None, None, ""));
    }
}
