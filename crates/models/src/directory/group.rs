//! Groups and their members.

use serde::{Deserialize, Serialize};

use super::ShortUser;
use crate::{DepartmentId, GroupId, MailboxId, Timestamp, UserId, lenient, open_enum::open_enum, timestamp};

/// A group of employees, departments and other groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Group {
    /// The id.
    pub id: GroupId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The kind of group; only the legacy host tells it.
    #[serde(default, rename = "type")]
    pub kind: GroupType,
    /// A free description.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub description: Option<String>,
    /// How many members it has.
    #[serde(default, alias = "membersCount", deserialize_with = "lenient::optional_count")]
    pub members_count: Option<u64>,
    /// The local part of the mailing list's address.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub label: Option<String>,
    /// The mailing list's address.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub email: Option<String>,
    /// The mailing list's id; only the legacy host tells it, and nothing where there is no list.
    #[serde(default, alias = "emailId", deserialize_with = "lenient::optional_id")]
    pub email_id: Option<MailboxId>,
    /// The mailing list's aliases.
    #[serde(default, deserialize_with = "lenient::list")]
    pub aliases: Vec<String>,
    /// The organisation's own id of the group; only the legacy host tells it.
    #[serde(default, alias = "externalId", deserialize_with = "lenient::optional_text")]
    pub external_id: Option<String>,
    /// Whether the group was deleted.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub removed: bool,
    /// The members; only the legacy host tells them here.
    #[serde(default, deserialize_with = "lenient::list")]
    pub members: Vec<GroupMember>,
    /// The groups that it is in.
    #[serde(default, alias = "memberOf", deserialize_with = "lenient::list")]
    pub member_of: Vec<GroupId>,
    /// Managers, as older answers of the legacy host have them.
    #[serde(default, alias = "adminIds", deserialize_with = "lenient::list")]
    pub admin_ids: Vec<UserId>,
    /// Whether 2FA is demanded of the members; only the current host tells it.
    #[serde(
        default,
        rename = "is_2fa_enabled",
        alias = "is2faEnabled",
        deserialize_with = "lenient::optional_flag"
    )]
    pub is_two_factor_enabled: Option<bool>,
    /// When it was made.
    #[serde(default, alias = "createdAt", deserialize_with = "timestamp::optional")]
    pub created_at: Option<Timestamp>,
}

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupMember {
    /// The kind of member.
    #[serde(default, rename = "type")]
    pub kind: MemberType,
    /// The member's id, as text for every kind.
    #[serde(default, deserialize_with = "lenient::text")]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MemberAdded {
    /// The kind of member.
    #[serde(default, rename = "type")]
    pub kind: MemberType,
    /// The member's id, as text for every kind.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// Whether it was added; nothing where the service does not say. `false`: it was there already.
    #[serde(default, deserialize_with = "lenient::optional_flag")]
    pub added: Option<bool>,
}

/// The members of a group, by kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupMembers {
    /// Employees.
    #[serde(default, deserialize_with = "lenient::list")]
    pub users: Vec<ShortUser>,
    /// Nested groups.
    #[serde(default, deserialize_with = "lenient::list")]
    pub groups: Vec<ShortGroup>,
    /// Departments.
    #[serde(default, deserialize_with = "lenient::list")]
    pub departments: Vec<ShortDepartment>,
    /// Shared contacts; only the second version of the method tells them.
    #[serde(default, alias = "externalContacts", deserialize_with = "lenient::list")]
    pub external_contacts: Vec<ShortExternalContact>,
    /// Shared mailboxes; only the second version of the method tells them.
    #[serde(default, alias = "sharedMailboxes", deserialize_with = "lenient::list")]
    pub shared_mailboxes: Vec<ShortSharedMailbox>,
}

/// A group in brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShortGroup {
    /// The id.
    pub id: GroupId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The mailing list's address; only the current host tells it.
    #[serde(default, alias = "defaultEmail", deserialize_with = "lenient::optional_text")]
    pub default_email: Option<String>,
    /// How many members it has.
    #[serde(default, alias = "membersCount", deserialize_with = "lenient::optional_count")]
    pub members_count: Option<u64>,
}

/// A department in brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShortDepartment {
    /// The id.
    pub id: DepartmentId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The mailing list's address; only the current host tells it.
    #[serde(default, alias = "defaultEmail", deserialize_with = "lenient::optional_text")]
    pub default_email: Option<String>,
    /// How many employees it has, nested departments included; only the legacy host tells it.
    #[serde(default, alias = "membersCount", deserialize_with = "lenient::optional_count")]
    pub members_count: Option<u64>,
}

/// A shared contact in brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShortExternalContact {
    /// The id, an opaque text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// The given name.
    #[serde(default, alias = "firstName", deserialize_with = "lenient::text")]
    pub first_name: String,
    /// The family name.
    #[serde(default, alias = "lastName", deserialize_with = "lenient::text")]
    pub last_name: String,
    /// The patronymic or middle name.
    #[serde(default, alias = "middleName", deserialize_with = "lenient::text")]
    pub middle_name: String,
}

/// A shared mailbox in brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShortSharedMailbox {
    /// The id.
    pub id: MailboxId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::text")]
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
