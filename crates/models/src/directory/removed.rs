//! What comes of taking something away.

use orglib_macros::model;

use super::MemberType;
use crate::{DepartmentId, GroupId, UserId};

/// What came of deleting an employee. Nobody has published it, and clients read different things, all of which are here.
#[model]
pub struct UserDeleted {
    /// The employee's id.
    pub user_id: Option<UserId>,
    /// Whether the employee was deleted.
    pub deleted: Option<bool>,
    /// The employee's id, as older clients read it.
    pub id: Option<UserId>,
    /// Whether the employee was deleted, as older clients read it.
    pub removed: Option<bool>,
}

/// What came of deleting a department.
#[model]
pub struct DepartmentRemoved {
    /// The department's id.
    pub id: Option<DepartmentId>,
    /// Whether it was deleted; nothing where the service does not say.
    pub removed: Option<bool>,
}

/// What came of deleting a group.
#[model]
pub struct GroupRemoved {
    /// The group's id.
    pub id: Option<GroupId>,
    /// Whether it was deleted; nothing where the service does not say.
    pub removed: Option<bool>,
}

/// What came of removing an alias.
#[model]
pub struct AliasRemoved {
    /// The alias.
    pub alias: String,
    /// Whether it was removed; nothing where the service does not say.
    pub removed: Option<bool>,
}

/// What came of removing a member of a group.
#[model]
pub struct MemberDeleted {
    /// The kind of member.
    #[model(name = "type")]
    pub kind: MemberType,
    /// The member's id, as text for every kind.
    pub id: String,
    /// Whether it was removed; nothing where the service does not say.
    pub deleted: Option<bool>,
}
