//! Domains and their DNS records.

use orglib_macros::{model, request};

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
}
