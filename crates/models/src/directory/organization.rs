//! Organisations.

use orglib_macros::model;

use crate::OrgId;

/// An organisation that the caller administers.
#[model]
pub struct Organization {
    /// The id.
    #[model(required)]
    pub id: OrgId,
    /// The name.
    pub name: String,
    /// The address of the organisation's mailing list.
    pub email: Option<String>,
    /// The phone number.
    pub phone: Option<String>,
    /// The fax number.
    pub fax: Option<String>,
    /// The language, for instance `ru`.
    pub language: Option<String>,
    /// The name of the tariff; no list of names is published.
    pub subscription_plan: Option<String>,
}
