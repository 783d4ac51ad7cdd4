#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod dns;
mod domains;

use orglib_core::operations;
/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
pub use orglib_models::{DnsRecordId, DomainName, OrgId, domains as model};

pub use crate::{
    dns::{CreateDnsRecord, DeleteDnsRecord, Dns, Ensured, ListDnsRecords, UpdateDnsRecord},
    domains::{
        CreateDomain, DeleteDomain, DisableDkim, DomainKeys, Domains, EnableDkim, GetDkim, GetDomainStatus,
        ListDomains,
    },
};

operations! { pub:
    ListDomains,
    CreateDomain,
    GetDomainStatus,
    DeleteDomain,
    GetDkim,
    EnableDkim,
    DisableDkim,
    ListDnsRecords,
    CreateDnsRecord,
    UpdateDnsRecord,
    DeleteDnsRecord,
}
