#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod dns;

/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
use orglib_core::{handle, operations};
pub use orglib_models::{DnsRecordId, DomainName, OrgId, domains as model};

pub use crate::dns::{CreateDnsRecord, DeleteDnsRecord, Dns, ListDnsRecords, UpdateDnsRecord};

operations! { pub:
    ListDnsRecords,
    CreateDnsRecord,
    UpdateDnsRecord,
    DeleteDnsRecord,
}

handle! {
    /// The domains of one organisation.
    Domains(org: OrgId) {
        /// The DNS records of a domain.
        fn dns(domain: DomainName) -> Dns;
    }
}
