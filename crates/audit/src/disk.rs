//! The Disk log, which organisation events have taken the place of.

use orglib_core::{Page, handle, operation};
use orglib_models::{OrgId, Timestamp, UserId, audit::DiskEvent};

use crate::period;

handle! {
    /// The Disk log of one organisation. Made by [`Audit::disk`](crate::Audit::disk).
    DiskLog(org: OrgId) {
        /// Lists events of Disk.
        fn list() -> List<ListDiskEvents>;
    }
}

/// List events of Disk, a page of 100 at a time. The service
/// marks it as obsolete; it lives on the legacy host only.
#[operation(
    id = "AuditLogService_Disk", get = "/security/v1/org/{orgId}/audit_log/disk", host = Api360,
    scopes = any("ya360_security:audit_log_disk"), rate = "audit", check = ListDiskEvents::check,
    list = "events", paging = token(100), output = Page<DiskEvent>
)]
pub struct ListDiskEvents {
    #[path]
    org_id: OrgId,
    /// Keeps events from this time on; by default as far back as the service keeps them.
    #[query(name = "afterDate")]
    after_date: Option<Timestamp>,
    /// Keeps events until this time; by default until now.
    #[query(name = "beforeDate")]
    before_date: Option<Timestamp>,
    /// Keeps what these people did.
    #[query(name = "includeUids", repeat)]
    include_uids: Vec<UserId>,
    /// Leaves out what these people did.
    #[query(name = "excludeUids", repeat)]
    exclude_uids: Vec<UserId>,
}

impl ListDiskEvents {
    fn check(&self) -> Result<(), String> {
        period::check(("afterDate", self.after_date.as_ref()), ("beforeDate", self.before_date.as_ref()))
    }
}
