//! Domains and their DNS records.

use orglib_macros::{model, request};

mod domain;

pub use self::domain::{ConfirmationMethod, Dkim, DnsCheck, Domain, DomainChecks, DomainStatus};
use crate::{DnsRecordId, open_enum::open_enum};

/// A DNS record. Which fields it has follows from its type; the others may hold anything that says nothing.
#[model]
pub struct DnsRecord {
    /// The id.
    #[model(required)]
    pub record_id: DnsRecordId,
    /// The type.
    #[model(name = "type")]
    pub kind: DnsRecordType,
    /// The name, relative to the domain.
    pub name: String,
    /// How long it may be kept elsewhere, in seconds.
    pub ttl: Option<i64>,
    /// The address of A and AAAA.
    pub address: Option<String>,
    /// The target of CNAME, SRV and NS.
    pub target: Option<String>,
    /// The mail host of MX.
    pub exchange: Option<String>,
    /// The preference of MX; the lowest is asked first.
    pub preference: Option<i64>,
    /// The content of TXT.
    pub text: Option<String>,
    /// The port of SRV.
    pub port: Option<i64>,
    /// The priority of SRV; the lowest is asked first.
    pub priority: Option<i64>,
    /// The weight of SRV among those of one priority.
    pub weight: Option<i64>,
    /// The flag of CAA.
    pub flag: Option<i64>,
    /// The tag of CAA.
    pub tag: Option<String>,
    /// The value of CAA, in double quotes of its own.
    pub value: Option<String>,
}

open_enum! {
    /// The type of a DNS record.
    DnsRecordType {
        /// An IPv4 address.
        A = "A",
        /// An IPv6 address.
        Aaaa = "AAAA",
        /// Another name of the same.
        Cname = "CNAME",
        /// A mail host.
        Mx = "MX",
        /// A text.
        Txt = "TXT",
        /// A service.
        Srv = "SRV",
        /// A name server.
        Ns = "NS",
        /// Who may issue certificates.
        Caa = "CAA",
    }
}

/// A DNS record that is to be. Which fields it needs follows from its type.
#[request]
pub struct NewDnsRecord {
    /// The type.
    #[request(name = "type")]
    pub kind: DnsRecordType,
    /// The name, relative to the domain: `@` for the domain itself, `www`, `_acme-challenge`.
    pub name: String,
    /// How long it may be kept elsewhere, in seconds.
    pub ttl: u32,
    /// The address of A and AAAA.
    pub address: Option<String>,
    /// The target of CNAME, SRV and NS.
    pub target: Option<String>,
    /// The mail host of MX.
    pub exchange: Option<String>,
    /// The preference of MX; the lowest is asked first.
    pub preference: Option<u32>,
    /// The content of TXT.
    pub text: Option<String>,
    /// The port of SRV.
    pub port: Option<u32>,
    /// The priority of SRV; the lowest is asked first.
    pub priority: Option<u32>,
    /// The weight of SRV among those of one priority.
    pub weight: Option<u32>,
    /// The flag of CAA.
    pub flag: Option<u32>,
    /// The tag of CAA.
    pub tag: Option<String>,
    /// The value of CAA, in double quotes of its own.
    pub value: Option<String>,
}

impl NewDnsRecord {
    /// Whether it has what its type needs. What NS, and a type that nobody has seen, need is not documented.
    ///
    /// # Errors
    /// Which fields it lacks.
    pub fn check(&self) -> Result<(), String> {
        let needed: &[(&str, bool)] = match self.kind {
            DnsRecordType::A | DnsRecordType::Aaaa => &[("address", self.address.is_some())],
            DnsRecordType::Cname => &[("target", self.target.is_some())],
            DnsRecordType::Mx => {
                &[("exchange", self.exchange.is_some()), ("preference", self.preference.is_some())]
            }
            DnsRecordType::Txt => &[("text", self.text.is_some())],
            DnsRecordType::Srv => &[
                ("target", self.target.is_some()),
                ("port", self.port.is_some()),
                ("priority", self.priority.is_some()),
                ("weight", self.weight.is_some()),
            ],
            DnsRecordType::Caa => {
                &[("flag", self.flag.is_some()), ("tag", self.tag.is_some()), ("value", self.value.is_some())]
            }
            _ => &[],
        };
        let lacking: Vec<_> = needed.iter().filter(|(_, given)| !given).map(|(name, _)| *name).collect();
        if lacking.is_empty() {
            return Ok(());
        }
        Err(format!("a record of type {} needs {} too", self.kind, lacking.join(", ")))
    }

    /// Whether a record is of the same name and type and holds the same; how long it may be kept elsewhere, and what its
    /// type has no use for, does not count. Names of hosts are equal in any letters and with or without a full stop.
    pub fn is_same(&self, record: &DnsRecord) -> bool {
        let host = |text: &str| text.trim_end_matches('.').to_ascii_lowercase();
        let same_host = |mine: &Option<String>, its: &Option<String>| {
            mine.as_deref().is_none_or(|mine| its.as_deref().is_some_and(|its| host(mine) == host(its)))
        };
        let same_text = |mine: &Option<String>, its: &Option<String>| {
            mine.as_ref().is_none_or(|mine| its.as_ref() == Some(mine))
        };
        let same_number =
            |mine: Option<u32>, its: Option<i64>| mine.is_none_or(|mine| its == Some(i64::from(mine)));
        self.kind == record.kind
            && host(&self.name) == host(&record.name)
            && same_host(&self.address, &record.address)
            && same_host(&self.target, &record.target)
            && same_host(&self.exchange, &record.exchange)
            && same_text(&self.text, &record.text)
            && same_text(&self.tag, &record.tag)
            && same_text(&self.value, &record.value)
            && same_number(self.preference, record.preference)
            && same_number(self.port, record.port)
            && same_number(self.priority, record.priority)
            && same_number(self.weight, record.weight)
            && same_number(self.flag, record.flag)
    }
}
