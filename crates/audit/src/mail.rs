//! The mail log.

use orglib_core::{Client, List, Page, operation};
use orglib_models::{
    OrgId, Timestamp, UserId,
    audit::{MailEvent, MailEventType},
};

use crate::period;

/// The mail log of one organisation. Made by [`Audit::mail`](crate::Audit::mail).
#[derive(Clone, Debug)]
pub struct MailLog {
    client: Client,
    org: OrgId,
}

impl MailLog {
    pub(crate) fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// Lists events of mailboxes.
    pub fn list(&self) -> List<ListMailEvents> {
        self.client.list(ListMailEvents::new(self.org))
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
