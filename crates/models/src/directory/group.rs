//! Groups and their members.

use orglib_macros::model;

use super::ShortUser;
use crate::{
    Addressed, DepartmentId, Email, GroupId, MailboxId, Timestamp, UserId, open_enum::open_enum,
    reference::addresses,
};

/// A group of employees, departments and other groups.
#[model]
pub struct Group {
    /// The id.
    #[model(required)]
    pub id: GroupId,
    /// The name.
    pub name: String,
    /// The kind of group; only the legacy host tells it.
    #[model(name = "type")]
    pub kind: GroupType,
    /// A free description.
    pub description: Option<String>,
    /// How many members it has.
    pub members_count: Option<u64>,
    /// The local part of the mailing list's address.
    pub label: Option<String>,
    /// The mailing list's address.
    pub email: Option<String>,
    /// The mailing list's id; only the legacy host tells it, and nothing where there is no list.
    pub email_id: Option<MailboxId>,
    /// The mailing list's aliases.
    pub aliases: Vec<String>,
    /// The organisation's own id of the group; only the legacy host tells it.
    pub external_id: Option<String>,
    /// Whether the group was deleted.
    pub removed: Option<bool>,
    /// The members; only the legacy host tells them here.
    pub members: Vec<GroupMember>,
    /// The groups that it is in.
    pub member_of: Vec<GroupId>,
    /// Managers, as older answers of the legacy host have them.
    pub admin_ids: Vec<UserId>,
    /// Whether 2FA is demanded of the members; only the current host tells it.
    #[model(name = "is_2fa_enabled")]
    pub is_two_factor_enabled: Option<bool>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}

/// By its mailing list.
impl Addressed for Group {
    type Id = GroupId;
    const WHAT: &'static str = "group";

    fn id(&self) -> GroupId {
        self.id
    }

    fn addresses(&self) -> Vec<Email> {
        addresses(self.email.as_deref(), &self.aliases).collect()
    }
}

impl crate::reference::sealed::Sealed for Group {}

open_enum! {
    /// The kind of a group.
    GroupType {
        /// A group that people made.
        Generic = "generic",
        /// The administrators of the organisation.
        OrganizationAdmin = "organization_admin",
        /// The service accounts.
        Robots = "robots",
        /// The deputy administrators.
        OrganizationDeputyAdmin = "organization_deputy_admin",
    }
}

/// A reference to a member of a group.
#[model]
pub struct GroupMember {
    /// The kind of member.
    #[model(name = "type")]
    pub kind: MemberType,
    /// The member's id, as text for every kind.
    pub id: String,
}

open_enum! {
    /// The kind of a group's member.
    MemberType {
        /// An employee.
        User = "user",
        /// A group.
        Group = "group",
        /// A department.
        Department = "department",
    }
}

/// What came of adding a member.
#[model]
pub struct MemberAdded {
    /// The kind of member.
    #[model(name = "type")]
    pub kind: MemberType,
    /// The member's id, as text for every kind.
    pub id: String,
    /// Whether it was added; nothing where the service does not say. `false`: it was there already.
    pub added: Option<bool>,
}

/// The members of a group, by kind.
#[model]
pub struct GroupMembers {
    /// Employees.
    pub users: Vec<ShortUser>,
    /// Nested groups.
    pub groups: Vec<ShortGroup>,
    /// Departments.
    pub departments: Vec<ShortDepartment>,
    /// Shared contacts; only the second version of the method tells them.
    pub external_contacts: Vec<ShortExternalContact>,
    /// Shared mailboxes; only the second version of the method tells them.
    pub shared_mailboxes: Vec<ShortSharedMailbox>,
}

/// A group in brief.
#[model]
pub struct ShortGroup {
    /// The id.
    #[model(required)]
    pub id: GroupId,
    /// The name.
    pub name: String,
    /// The mailing list's address; only the current host tells it.
    pub default_email: Option<String>,
    /// How many members it has.
    pub members_count: Option<u64>,
}

/// A department in brief.
#[model]
pub struct ShortDepartment {
    /// The id.
    #[model(required)]
    pub id: DepartmentId,
    /// The name.
    pub name: String,
    /// The mailing list's address; only the current host tells it.
    pub default_email: Option<String>,
    /// How many employees it has, nested departments included; only the legacy host tells it.
    pub members_count: Option<u64>,
}

/// A shared contact in brief.
#[model]
pub struct ShortExternalContact {
    /// The id, an opaque text.
    pub id: String,
    /// The given name.
    pub first_name: String,
    /// The family name.
    pub last_name: String,
    /// The patronymic or middle name.
    pub middle_name: String,
}

/// A shared mailbox in brief.
#[model]
pub struct ShortSharedMailbox {
    /// The id.
    #[model(required)]
    pub id: MailboxId,
    /// The name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_without_a_mailing_list_has_no_list_id() {
        let group: Group = serde_json::from_str(
            r#"{"id":"7","name":"Все","emailId":"0","type":"club","members":[{"type":"user","id":1}]}"#,
        )
        .unwrap();
        assert_eq!(group.email_id, None);
        assert_eq!(group.kind.as_str(), "club");
        assert_eq!(group.members[0].id, "1");
    }

    #[test]
    fn members_may_be_null_or_missing() {
        let members: GroupMembers =
            serde_json::from_str(r#"{"users":null,"sharedMailboxes":[{"id":"5"}]}"#).unwrap();
        assert!(members.users.is_empty());
        assert_eq!(members.shared_mailboxes[0].id.get(), 5);
    }
}
