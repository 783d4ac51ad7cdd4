//! Domains and DKIM.

use orglib_core::{Page, handle, operation};
use orglib_models::{
    DomainName, OrgId,
    domains::{Dkim, Domain, DomainStatus},
};

use crate::dns::Dns;

handle! {
    /// The domains of one organisation.
    Domains(org: OrgId) {
        /// Lists domains.
        fn list() -> List<ListDomains>;
        /// Connects a domain. It works once the organisation has confirmed that it owns it: see [`status`](Self::status).
        fn create(domain: DomainName) -> Call<CreateDomain>;
        /// Tells how far a domain is connected, and how to confirm who owns it.
        fn status(domain: DomainName) -> Call<GetDomainStatus>;
        /// Removes a domain; not the technical one.
        fn delete(domain: DomainName) -> Call<DeleteDomain>;
        /// DKIM of a domain.
        fn dkim(domain: DomainName) -> DomainKeys;
        /// The DNS records of a domain.
        fn dns(domain: DomainName) -> Dns;
    }
}

handle! {
    /// DKIM of one domain: signatures of its letters. Made by [`Domains::dkim`].
    DomainKeys(org: OrgId, domain: DomainName) {
        /// Tells whether letters are signed, and by which key.
        fn get() -> Call<GetDkim>;
        /// Switches signatures on.
        fn enable() -> Call<EnableDkim>;
        /// Switches signatures off. Others may take the letters for forged ones then.
        fn disable() -> Call<DisableDkim>;
    }
}

/// List domains.
#[operation(
    id = "DomainService_List", get = "/directory/v1/org/{orgId}/domains", host = Api360,
    scopes = any("directory:read_domains"), list = "domains", paging = number(10), output = Page<Domain>
)]
pub struct ListDomains {
    #[path]
    org_id: OrgId,
}

/// Connect a domain. It works once the organisation has confirmed that it owns it.
#[operation(
    id = "DomainService_Create", post = "/directory/v1/org/{orgId}/domains", host = Api360,
    scopes = any("directory:write_domains"), output = Domain
)]
pub struct CreateDomain {
    #[path]
    org_id: OrgId,
    /// The domain.
    #[body]
    domain: DomainName,
}

/// Tell how far a domain is connected, and how to confirm who owns it.
#[operation(
    id = "DomainService_Status", get = "/directory/v1/org/{orgId}/domains/{domain}/status", host = Api360,
    scopes = any("directory:read_domains"), output = DomainStatus
)]
pub struct GetDomainStatus {
    #[path]
    org_id: OrgId,
    #[path]
    domain: DomainName,
}

/// Remove a domain. The technical one stays.
#[operation(
    id = "DomainService_Delete", delete = "/directory/v1/org/{orgId}/domains/{domain}", host = Api360,
    scopes = any("directory:write_domains"), output = ()
)]
pub struct DeleteDomain {
    #[path]
    org_id: OrgId,
    #[path]
    domain: DomainName,
}

/// Tell whether letters from a domain are signed by DKIM, and by which key.
#[operation(
    id = "DomainService_DKIMStatus", get = "/directory/v1/org/{orgId}/domains/{domain}/dkim", host = Api360,
    scopes = any("directory:read_domains"), output = Dkim
)]
pub struct GetDkim {
    #[path]
    org_id: OrgId,
    #[path]
    domain: DomainName,
}

/// Sign letters from a domain by DKIM. The key belongs into a DNS record.
#[operation(
    id = "DomainService_DKIMEnable", post = "/directory/v1/org/{orgId}/domains/{domain}/dkim/enable", host = Api360,
    scopes = any("directory:write_domains"), idempotent = true, output = ()
)]
pub struct EnableDkim {
    #[path]
    org_id: OrgId,
    #[path]
    domain: DomainName,
}

/// Sign letters from a domain no longer. Others may take them for forged ones then.
#[operation(
    id = "DomainService_DKIMDisable", post = "/directory/v1/org/{orgId}/domains/{domain}/dkim/disable", host = Api360,
    scopes = any("directory:write_domains"), idempotent = true, output = ()
)]
pub struct DisableDkim {
    #[path]
    org_id: OrgId,
    #[path]
    domain: DomainName,
}
