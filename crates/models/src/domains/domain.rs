//! Domains: how they are connected.

use orglib_macros::model;

use crate::Timestamp;

/// A domain of an organisation.
#[model]
pub struct Domain {
    /// The name.
    #[model(required)]
    pub name: String,
    /// The country.
    pub country: Option<String>,
    /// Whether its MX record points to the service.
    pub mx: Option<bool>,
    /// Whether it is delegated to the service's name servers.
    pub delegated: Option<bool>,
    /// Whether it is the main domain; else it is an alias of that.
    pub master: Option<bool>,
    /// Whether it is confirmed that the organisation owns it.
    pub verified: Option<bool>,
    /// What came of the checks of its records.
    pub status: Option<DomainChecks>,
}

/// What came of the checks of a domain's records. A check that was not made is not there.
#[model]
pub struct DomainChecks {
    /// The domain's name.
    pub name: Option<String>,
    /// When the records were last checked.
    pub last_check: Option<Timestamp>,
    /// When the domain was connected.
    pub last_added: Option<Timestamp>,
    /// The check of SPF.
    pub spf: Option<DnsCheck>,
    /// The check of MX.
    pub mx: Option<DnsCheck>,
    /// The check of NS.
    pub ns: Option<DnsCheck>,
    /// The check of DKIM.
    pub dkim: Option<DnsCheck>,
}

/// What came of the check of one record.
#[model]
pub struct DnsCheck {
    /// Whether the record is as it should be.
    #[model(name = "match")]
    pub matches: Option<bool>,
    /// What was found.
    pub value: Option<String>,
}

/// How far a domain is connected.
#[model]
pub struct DomainStatus {
    /// The word for it. Which words there are is not documented.
    pub status: Option<String>,
    /// The ways to confirm that the organisation owns it.
    pub methods: Vec<ConfirmationMethod>,
}

/// A way to confirm who owns a domain.
#[model]
pub struct ConfirmationMethod {
    /// The name of the way. Which ways there are is not documented.
    pub method: String,
    /// The code that is to be found there.
    pub code: Option<String>,
}

/// DKIM of a domain: whether letters are signed, and by which key.
#[model]
pub struct Dkim {
    /// Whether letters are signed.
    pub enabled: Option<bool>,
    /// The public key, which belongs into a DNS record.
    pub public_key: Option<String>,
}
