//! What is sent about mailboxes: the wire's own names.

use std::fmt;

use serde::Serialize;

use super::Role;
use crate::MailboxId;

/// A shared mailbox to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NewSharedMailbox {
    /// The whole address; its domain must be connected to the organisation.
    pub email: String,
    /// The name: at least two characters, and no other mailbox of the organisation may have it.
    pub name: String,
    /// A free description; may be empty.
    pub description: String,
}

impl NewSharedMailbox {
    /// A mailbox with an address and a name, without a description.
    #[must_use]
    pub fn new(email: impl Into<String>, name: impl Into<String>) -> Self {
        Self { email: email.into(), name: name.into(), description: String::new() }
    }

    /// Sets the description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }
}

/// What a shared mailbox is to be called. Both are replaced; the address cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SharedMailboxUpdate {
    /// The name.
    pub name: String,
    /// The description; may be empty.
    pub description: String,
}

impl SharedMailboxUpdate {
    /// A name and a description in place of those that are there.
    #[must_use]
    pub fn new(name: impl Into<String>, description: impl Into<String>) -> Self {
        Self { name: name.into(), description: description.into() }
    }
}

/// The mailbox that is to be opened for delegation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewDelegation {
    /// The mailbox's id, which is its owner's.
    pub resource_id: MailboxId,
}

impl NewDelegation {
    /// The mailbox of this owner.
    #[must_use]
    pub fn new(owner: impl Into<MailboxId>) -> Self {
        Self { resource_id: owner.into() }
    }
}

/// All roles that a person is to have on a mailbox, in place of those that are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleList {
    roles: Vec<Role>,
    #[serde(skip)]
    takes_all_away: bool,
}

impl RoleList {
    /// These roles, one of which must let its holder read.
    #[must_use]
    pub fn new(roles: impl IntoIterator<Item = Role>) -> Self {
        Self { roles: roles.into_iter().collect(), takes_all_away: false }
    }

    /// No roles: all access is taken away.
    #[must_use]
    pub fn none() -> Self {
        Self { roles: Vec::new(), takes_all_away: true }
    }

    /// Whether the list is one that may be sent: it takes all access away, or it has a role that lets its holder read.
    /// A role that this version does not know may do so.
    pub fn can_be_sent(&self) -> bool {
        self.takes_all_away || self.roles.iter().any(Role::may_read)
    }
}

/// Who gets a letter about a change of rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Notify {
    /// The mailbox's owner and the person whose rights change.
    #[default]
    All,
    /// The person whose rights change.
    Delegates,
    /// Nobody.
    None,
}

impl Notify {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::All, Self::Delegates, Self::None];

    /// The word, as the service spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Delegates => "delegates",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Notify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
