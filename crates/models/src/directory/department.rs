//! Departments.

use crate::{Addressed, DepartmentId, Email, MailboxId, Timestamp, UserId, reference::addresses};
use orglib_macros::model;

/// A department of an organisation.
#[model(from = Wire)]
pub struct Department {
    /// The id; 1 is the root.
    #[model(required)]
    pub id: DepartmentId,
    /// The name.
    pub name: String,
    /// The department that it is in; nothing for the root.
    pub parent_id: Option<DepartmentId>,
    /// A free description.
    pub description: Option<String>,
    /// How many employees it has, nested departments included.
    pub members_count: Option<u64>,
    /// The local part of the mailing list's address.
    pub label: Option<String>,
    /// The mailing list's address.
    pub email: Option<String>,
    /// The mailing list's id; only the legacy host tells it, and nothing where there is no list.
    pub email_id: Option<MailboxId>,
    /// The mailing list's aliases.
    pub aliases: Vec<String>,
    /// The organisation's own id of the department; only the legacy host tells it.
    pub external_id: Option<String>,
    /// The head, as older answers of the legacy host have it.
    pub head_id: Option<UserId>,
    /// Whether the department was deleted.
    pub removed: Option<bool>,
    /// Whether 2FA is demanded of the employees; only the current host tells it.
    #[model(name = "is_2fa_enabled")]
    pub is_two_factor_enabled: Option<bool>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}

/// By its mailing list.
impl Addressed for Department {
    type Id = DepartmentId;
    const WHAT: &'static str = "department";

    fn id(&self) -> DepartmentId {
        self.id
    }

    fn addresses(&self) -> Vec<Email> {
        addresses(self.email.as_deref(), &self.aliases).collect()
    }
}

impl crate::reference::sealed::Sealed for Department {}

/// A department as it comes: the current host's page names the parent in two ways, `parent_id` in its table and
/// `parent: {id}` in its example.
#[model]
struct Wire {
    #[model(required)]
    id: DepartmentId,
    name: String,
    parent_id: Option<DepartmentId>,
    parent: Parent,
    description: Option<String>,
    members_count: Option<u64>,
    label: Option<String>,
    email: Option<String>,
    email_id: Option<MailboxId>,
    aliases: Vec<String>,
    external_id: Option<String>,
    head_id: Option<UserId>,
    removed: Option<bool>,
    #[model(name = "is_2fa_enabled")]
    is_two_factor_enabled: Option<bool>,
    created_at: Option<Timestamp>,
}

#[model]
struct Parent {
    id: Option<DepartmentId>,
}

impl From<Wire> for Department {
    fn from(wire: Wire) -> Self {
        Self {
            id: wire.id,
            name: wire.name,
            parent_id: wire.parent_id.or(wire.parent.id),
            description: wire.description,
            members_count: wire.members_count,
            label: wire.label,
            email: wire.email,
            email_id: wire.email_id,
            aliases: wire.aliases,
            external_id: wire.external_id,
            head_id: wire.head_id,
            removed: wire.removed,
            is_two_factor_enabled: wire.is_two_factor_enabled,
            created_at: wire.created_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parent_is_read_in_all_its_spellings() {
        for json in [
            r#"{"id":2,"parent_id":1}"#,
            r#"{"id":2,"parentId":"1"}"#,
            r#"{"id":2,"parent":{"id":1}}"#,
            r#"{"id":2,"parent_id":null,"parent":{"id":"1"}}"#,
        ] {
            let department: Department = serde_json::from_str(json).unwrap();
            assert_eq!(department.parent_id, DepartmentId::new(1), "{json}");
        }
    }

    #[test]
    fn the_root_has_no_parent() {
        for json in [r#"{"id":1}"#, r#"{"id":1,"parentId":0}"#, r#"{"id":1,"parent":null}"#] {
            assert_eq!(serde_json::from_str::<Department>(json).unwrap().parent_id, None, "{json}");
        }
    }
}
