//! What is sent about mailboxes: the wire's own names.

use orglib_macros::request;
use serde::Serialize;

use super::Role;
use crate::{
    object,
    value::{FromValue, InvalidValue, Value, Values},
    words,
};

/// What a shared mailbox is to be called. Both are replaced; the address cannot be changed.
#[request]
pub struct SharedMailboxUpdate {
    /// The name.
    pub name: String,
    /// The description; may be empty.
    pub description: String,
}

/// All roles that a person is to have on a mailbox, in place of those that are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleList {
    roles: Vec<Role>,
    #[serde(skip)]
    takes_all_away: bool,
}

object! {
    /// All roles that a person is to have on a mailbox, in place of those that are there.
    RoleList {
        /// The roles; none take all access away.
        roles: Role::SHAPE.list(),
    }
}

impl FromValue for RoleList {
    fn from_value(value: &Value) -> Result<Self, InvalidValue> {
        let mut values = Values::of_object(value)?;
        let roles: Vec<Role> = values.required("roles")?;
        values.finish(&["roles"])?;
        Ok(if roles.is_empty() { Self::none() } else { Self::new(roles) })
    }
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

words! {
    /// Who gets a letter about a change of rights.
    Notify {
        /// The mailbox's owner and the person whose rights change.
        All = "all",
        /// The person whose rights change.
        Delegates = "delegates",
        /// Nobody.
        None = "none",
    }
}
