//! How much the services are used.

use orglib_macros::model;

use crate::{OtherFields, UserId};

/// What one employee used on one day.
///
/// The service has more counters than these, `mail_…`, `disk_…`, `messenger_…` and `telemost_…`, whose list is not
/// published: they stand among the other fields, as they come.
#[model]
pub struct UserStatistics {
    /// The day, as `YYYY-MM-DD`.
    pub date: String,
    /// The employee.
    pub user_id: Option<UserId>,
    /// The login.
    pub nickname: String,
    /// The kind of account.
    pub account_type: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// Whether the employee administers the organisation.
    pub is_admin: Option<bool>,
    /// Whether the employee has a manager's role.
    pub is_manager: Option<bool>,
    /// Whether the account is active.
    pub is_enabled: Option<bool>,
    /// How many letters came that day.
    pub mail_received_letters_count: Option<u64>,
    /// The day on which Mail was last used.
    pub mail_last_usage_date: Option<String>,
    /// The day on which Disk was last used.
    pub disk_last_usage_date: Option<String>,
    /// The day on which Messenger was last used.
    pub messenger_last_usage_date: Option<String>,
    /// The day on which Telemost was last used.
    pub telemost_last_usage_date: Option<String>,
    /// Fields that this version does not know, as they came.
    #[serde(flatten)]
    pub other: OtherFields,
}

/// What an organisation used on one day.
#[model]
pub struct OrganizationStatistics {
    /// The day, as `YYYY-MM-DD`.
    pub date: String,
    /// How many employees there are.
    pub users_count: Option<u64>,
    /// Fields that this version does not know, as they came.
    #[serde(flatten)]
    pub other: OtherFields,
}
