//! Who has signed in, and to which tenant.

use orglib_macros::model;

use super::{OrgNumber, OrgUid};
use crate::Timestamp;

/// The user who has signed in.
#[model]
pub struct CurrentUser {
    /// The number.
    pub user_id: Option<u64>,
    /// The uid.
    pub user_uid: String,
    /// The name to sign in with.
    pub username: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The given name.
    pub first_name: Option<String>,
    /// The family name.
    pub last_name: Option<String>,
    /// The state, in a word.
    pub status: Option<String>,
    /// Whether the account is active.
    pub active: Option<bool>,
    /// Whether the account is blocked.
    pub blocked: Option<bool>,
    /// Whether the user was invited and has not come yet.
    pub invited: Option<bool>,
    /// The number of the user's organisation.
    pub org_id: Option<OrgNumber>,
    /// The uid of the user's organisation.
    pub org_uid: Option<OrgUid>,
    /// The name of the user's organisation.
    pub org_name: Option<String>,
    /// The kind of the user's organisation.
    pub org_type: Option<String>,
    /// Free notes.
    pub notes: Option<String>,
    /// The customer's own reference.
    pub user_ext_ref: Option<String>,
    /// How many bytes the user may keep; -1 is no limit.
    pub quota_in_bytes: Option<i64>,
    /// Whether the name to sign in with is an e-mail address.
    pub username_is_an_email: Option<bool>,
    /// Whether the password is known to this tenant alone.
    pub local_authentication_only: Option<bool>,
    /// Whether the password has to be changed.
    pub password_reset: Option<bool>,
    /// When the account was made.
    pub creation_date: Option<Timestamp>,
    /// When the account was last changed.
    pub modification_date: Option<Timestamp>,
}

/// The tenant.
#[model]
pub struct Customer {
    /// The name.
    pub name: String,
    /// The key by which devices register.
    pub registration_key: Option<String>,
    /// How it is run, for instance `PUBLIC`.
    pub deployment_model: Option<String>,
    /// Whether it is being worked on.
    pub maintenance_mode: Option<bool>,
    /// The id.
    pub tenant_uid: Option<String>,
    /// The agreement with the customer.
    pub master_services_agreement: Agreement,
}

/// An agreement.
#[model]
pub struct Agreement {
    /// Whether it was accepted.
    pub accepted: Option<bool>,
    /// Whether it has to be.
    pub acceptance_required: Option<bool>,
}
