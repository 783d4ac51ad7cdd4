//! The mail log.

use orglib_core::{Page, handle, operation};
use orglib_models::{
    OrgId, Timestamp, UserId,
    audit::{MailEvent, MailEventType},
};

use crate::period;

handle! {
    /// The mail log of one organisation. Made by [`Audit::mail`](crate::Audit::mail).
    MailLog(org: OrgId) {
        /// Lists events of mailboxes.
        fn list() -> List<ListMailEvents>;
    }
}

/// List events of mailboxes, a page of 100 at a time. It lives on the legacy host only.
#[operation(
    id = "AuditLogService_Mail", get = "/security/v1/org/{orgId}/audit_log/mail", host = Api360,
    scopes = any("ya360_security:audit_log_mail"), rate = "audit", check = ListMailEvents::check,
    list = "events", paging = token(100), output = Page<MailEvent>
)]
pub struct ListMailEvents {
    #[path]
    org_id: OrgId,
    /// Keeps events from this time on; by default as far back as the service keeps them.
    #[query(name = "afterDate")]
    after_date: Option<Timestamp>,
    /// Keeps events until this time; by default until now.
    #[query(name = "beforeDate")]
    before_date: Option<Timestamp>,
    /// Keeps events of these types; by default all.
    #[query(repeat)]
    types: Vec<MailEventType>,
    /// Keeps events of these people's mailboxes.
    #[query(name = "includeUids", repeat)]
    include_uids: Vec<UserId>,
    /// Leaves out events of these people's mailboxes.
    #[query(name = "excludeUids", repeat)]
    exclude_uids: Vec<UserId>,
}

impl ListMailEvents {
    fn check(&self) -> Result<(), String> {
        period::check(("afterDate", self.after_date.as_ref()), ("beforeDate", self.before_date.as_ref()))
    }
}
