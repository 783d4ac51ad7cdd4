//! Events of an organisation.

use orglib_core::{Client, List, Page, operation};
use orglib_models::{
    OrgId, Timestamp, UserId,
    audit::{AuditEventType, AuditService, EnrichedEvent},
};

use crate::period;

/// Events of one organisation. Made by [`Audit::events`](crate::Audit::events).
#[derive(Clone, Debug)]
pub struct Events {
    client: Client,
    org: OrgId,
}

impl Events {
    pub(crate) fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// Lists events, those until now unless an end is set. Mail events are not among them: they have
    /// [a log of their own](crate::MailLog).
    pub fn list(&self) -> List<ListEvents> {
        let now = period::now(self.client.clock().as_ref());
        self.client.list(ListEvents::new(self.org).ended_at(now))
    }
}

/// List events of an organisation, a page of 100 at a time.
#[operation(
    id = "get-logs", get = "/v1/auditlog/organizations/{org_id}/events", host = Cloud,
    scopes = any("ya360_security:read_auditlog"), rate = "audit", check = ListEvents::check,
    list = "items", paging = key(100).with_size("count"), output = Page<EnrichedEvent>
)]
pub struct ListEvents {
    #[path]
    org_id: OrgId,
    /// Keeps events from this time on; by default as far back as the service keeps them.
    #[query]
    started_at: Option<Timestamp>,
    /// Keeps events until this time. The service wants one: [`Events::list`] sets the present.
    #[query]
    ended_at: Option<Timestamp>,
    /// Keeps events of these types; by default all.
    #[query]
    types: Vec<AuditEventType>,
    /// Keeps what these people did.
    #[query]
    include_uids: Vec<UserId>,
    /// Leaves out what these people did. Not together with `include_uids`, as clients of the service say.
    #[query]
    exclude_uids: Vec<UserId>,
    /// Keeps what was done from this address.
    #[query]
    ip: Option<String>,
    /// Keeps what was done through this.
    #[query]
    service: Option<AuditService>,
}

impl ListEvents {
    fn check(&self) -> Result<(), String> {
        if self.ended_at.is_none() {
            return Err("`ended_at` is missing; it is a time such as 2024-01-31T23:59:59Z".to_owned());
        }
        period::check(("started_at", self.started_at.as_ref()), ("ended_at", self.ended_at.as_ref()))
    }
}
