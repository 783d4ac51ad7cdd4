//! Organisations.

use serde::{Deserialize, Serialize};

use crate::{OrgId, lenient};

/// An organisation that the caller administers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Organization {
    /// The id.
    pub id: OrgId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The address of the organisation's mailing list.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub email: Option<String>,
    /// The phone number.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub phone: Option<String>,
    /// The fax number.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub fax: Option<String>,
    /// The language, for instance `ru`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub language: Option<String>,
    /// The name of the tariff; no list of names is published.
    #[serde(default, alias = "subscriptionPlan", deserialize_with = "lenient::optional_text")]
    pub subscription_plan: Option<String>,
}
