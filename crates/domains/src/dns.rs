//! DNS records of a domain.

use orglib_core::{Error, Page, handle, operation};
use orglib_models::{
    DnsRecordId, DomainName, OrgId,
    domains::{DnsRecord, NewDnsRecord},
};

handle! {
    /// DNS records of one domain. Made by [`Domains::dns`](crate::Domains::dns).
    Dns(org: OrgId, domain: DomainName) {
        /// Lists DNS records.
        fn list() -> List<ListDnsRecords>;
        /// Adds a DNS record.
        fn create(record: NewDnsRecord) -> Call<CreateDnsRecord>;
        /// Replaces a DNS record.
        fn update(id: DnsRecordId, record: NewDnsRecord) -> Call<UpdateDnsRecord>;
        /// Deletes a DNS record. It cannot be had back.
        fn delete(id: DnsRecordId) -> Call<DeleteDnsRecord>;
    }
}

/// What came of ensuring that a record is there.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Ensured {
    /// It was there already.
    There(DnsRecord),
    /// It was added.
    Added(DnsRecord),
}

impl Dns {
    /// The records that are of the name and type of this one and hold the same; see [`NewDnsRecord::is_same`]. What it
    /// does not say may be anything.
    ///
    /// # Errors
    /// As a list of records.
    pub async fn like(&self, record: &NewDnsRecord) -> Result<Vec<DnsRecord>, Error> {
        let mut records = self.list().stream();
        let mut found = Vec::new();
        while let Some(known) = records.next().await {
            found.extend(Some(known?).filter(|known| record.is_same(known)));
        }
        Ok(found)
    }

    /// Adds a record, unless there is one of its name and type that holds the same.
    ///
    /// # Errors
    /// As a list of records, and as [`create`](Self::create).
    pub async fn ensure(&self, record: NewDnsRecord) -> Result<Ensured, Error> {
        match self.like(&record).await?.pop() {
            Some(there) => Ok(Ensured::There(there)),
            None => Ok(Ensured::Added(self.create(record).send().await?)),
        }
    }
}

/// List DNS records of a domain.
#[operation(
    id = "DomainDNSService_List", get = "/directory/v1/org/{orgId}/domains/{domain}/dns", host = Api360,
    scopes = any("directory:manage_dns"), list = "records", paging = number(50), output = Page<DnsRecord>
)]
pub struct ListDnsRecords {
    #[path]
    org_id: OrgId,
    #[path]
    domain: DomainName,
}

/// Add a DNS record to a domain. Each type wants fields of its own (A and AAAA an address, CNAME a target, MX an
/// exchange and a preference, TXT a text, SRV a target, a port, a priority and a weight, CAA a flag, a tag and a
/// value); a record without them is refused unsent.
#[operation(
    id = "DomainDNSService_Create", post = "/directory/v1/org/{orgId}/domains/{domain}/dns", host = Api360,
    scopes = any("directory:manage_dns"), check = Self::check, output = DnsRecord
)]
pub struct CreateDnsRecord {
    #[path]
    org_id: OrgId,
    #[path]
    domain: DomainName,
    #[body(whole)]
    record: NewDnsRecord,
}

impl CreateDnsRecord {
    fn check(&self) -> Result<(), String> {
        self.record.check()
    }
}

/// Replace a DNS record. All of it is given, as for a new one.
#[operation(
    id = "DomainDNSService_Edit", post = "/directory/v1/org/{orgId}/domains/{domain}/dns/{recordId}", host = Api360,
    scopes = any("directory:manage_dns"), idempotent = true, check = Self::check, output = DnsRecord
)]
pub struct UpdateDnsRecord {
    #[path]
    org_id: OrgId,
    #[path]
    domain: DomainName,
    /// The record.
    #[path]
    record_id: DnsRecordId,
    #[body(whole)]
    record: NewDnsRecord,
}

impl UpdateDnsRecord {
    fn check(&self) -> Result<(), String> {
        self.record.check()
    }
}

/// Delete a DNS record. It cannot be had back.
#[operation(
    id = "DomainDNSService_Delete", delete = "/directory/v1/org/{orgId}/domains/{domain}/dns/{recordId}",
    host = Api360, scopes = any("directory:manage_dns"), output = ()
)]
pub struct DeleteDnsRecord {
    #[path]
    org_id: OrgId,
    #[path]
    domain: DomainName,
    /// The record.
    #[path]
    record_id: DnsRecordId,
}
