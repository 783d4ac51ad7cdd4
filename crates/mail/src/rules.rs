//! Rules of a whole organisation: those that all letters pass, those of senders, and servers that send no spam.

use std::net::IpAddr;

use orglib_core::{Change, handle, operation};
use orglib_models::{
    OrgId,
    mail::{DomainPolicies, IpAllowList, NewDomainPolicy, NewRoutingRule, RoutingRules},
};

handle! {
    /// Rules that all letters of one organisation pass. Made by [`Mail::rules`](crate::Mail::rules).
    MailRules(org: OrgId) {
        /// Lists the rules, in the order in which they are asked.
        fn list() -> Call<ListRoutingRules>;
        /// Replaces all of them. See [`change`](Self::change).
        fn replace(rules: impl IntoIterator<Item = impl Into<NewRoutingRule>>) -> Call<ReplaceRoutingRules>;
    }
}

impl MailRules {
    /// Changes the list, which the service can only replace whole.
    pub fn change(&self) -> Change<ListRoutingRules, ReplaceRoutingRules, Vec<NewRoutingRule>> {
        let org = self.org;
        let view = |list: RoutingRules| list.rules.into_iter().map(Into::into).collect();
        Change::new(
            self.client.clone(),
            ListRoutingRules::new(org),
            view,
            move |rules: Vec<NewRoutingRule>| ReplaceRoutingRules::new(org, rules),
        )
    }
}

handle! {
    /// Rules of senders of one organisation. Made by [`Mail::policies`](crate::Mail::policies).
    MailPolicies(org: OrgId) {
        /// Lists the rules, with the revision of the list.
        fn list() -> Call<ListDomainPolicies>;
        /// Replaces all of them. See [`change`](Self::change).
        fn replace(rules: impl IntoIterator<Item = impl Into<NewDomainPolicy>>) -> Call<ReplaceDomainPolicies>;
    }
}

impl MailPolicies {
    /// Changes the list, which the service can only replace whole.
    pub fn change(&self) -> Change<ListDomainPolicies, ReplaceDomainPolicies, Vec<NewDomainPolicy>> {
        let org = self.org;
        let view = |list: DomainPolicies| list.rules.into_iter().map(Into::into).collect();
        Change::new(
            self.client.clone(),
            ListDomainPolicies::new(org),
            view,
            move |rules: Vec<NewDomainPolicy>| ReplaceDomainPolicies::new(org, rules),
        )
    }
}

handle! {
    /// Servers whose letters are no spam for one organisation. Made by [`Mail::allow_list`](crate::Mail::allow_list).
    AllowList(org: OrgId) {
        /// Reads the list.
        fn get() -> Call<GetAllowList>;
        /// Replaces all of it. See [`change`](Self::change).
        fn replace(allow_list: impl IntoIterator<Item = impl Into<String>>) -> Call<ReplaceAllowList>;
        /// Deletes all of it.
        fn delete() -> Call<DeleteAllowList>;
    }
}

impl AllowList {
    /// Changes the list, which the service can only replace whole.
    pub fn change(&self) -> Change<GetAllowList, ReplaceAllowList, Vec<String>> {
        let org = self.org;
        let view = |list: IpAllowList| list.allow_list;
        Change::new(self.client.clone(), GetAllowList::new(org), view, move |list: Vec<String>| {
            ReplaceAllowList::new(org, list)
        })
    }
}

/// List the rules that all letters pass, in the order in which they are asked.
#[operation(
    id = "RoutingService_GetRules", get = "/admin/v1/org/{orgId}/mail/routing/rules", host = Api360,
    scopes = any("ya360_admin:mail_read_routing_rules"), output = RoutingRules
)]
pub struct ListRoutingRules {
    #[path]
    org_id: OrgId,
}

/// Replace all rules that letters pass. What is left out is gone.
#[operation(
    id = "RoutingService_SetRules", put = "/admin/v1/org/{orgId}/mail/routing/rules", host = Api360,
    scopes = any("ya360_admin:mail_write_routing_rules"), check = Self::check, output = ()
)]
pub struct ReplaceRoutingRules {
    #[path]
    org_id: OrgId,
    /// The rules, in the order in which they are asked.
    #[body]
    rules: Vec<NewRoutingRule>,
}

impl ReplaceRoutingRules {
    fn check(&self) -> Result<(), String> {
        numbered(self.rules.iter().map(NewRoutingRule::check))
    }
}

/// List the rules of senders, with the revision of the list.
#[operation(
    id = "DomainPolicies_Get", get = "/admin/v1/org/{orgId}/mail/routing/policies", host = Api360,
    scopes = any("ya360_admin:mail_read_routing_rules"), output = DomainPolicies
)]
pub struct ListDomainPolicies {
    #[path]
    org_id: OrgId,
}

/// Replace all rules of senders. What is left out is gone.
#[operation(
    id = "DomainPolicies_Set", put = "/admin/v1/org/{orgId}/mail/routing/policies", host = Api360,
    scopes = any("ya360_admin:mail_write_routing_rules"), check = Self::check, output = ()
)]
pub struct ReplaceDomainPolicies {
    #[path]
    org_id: OrgId,
    /// The rules.
    #[body]
    rules: Vec<NewDomainPolicy>,
}

impl ReplaceDomainPolicies {
    fn check(&self) -> Result<(), String> {
        numbered(self.rules.iter().map(NewDomainPolicy::check))
    }
}

/// Names the first rule that is refused by its place.
fn numbered(checks: impl Iterator<Item = Result<(), String>>) -> Result<(), String> {
    for (place, check) in checks.enumerate() {
        check.map_err(|why| format!("rule {}: {why}", place + 1))?;
    }
    Ok(())
}

/// List the servers whose letters are no spam.
#[operation(
    id = "MailAntispamIpAllowlistService_Get", get = "/admin/v1/org/{orgId}/mail/antispam/allowlist/ips",
    host = Api360, scopes = any("ya360_admin:mail_read_antispam_settings"), output = IpAllowList
)]
pub struct GetAllowList {
    #[path]
    org_id: OrgId,
}

/// Replace all servers whose letters are no spam. What is left out is gone.
#[operation(
    id = "MailAntispamIpAllowlistService_Create", post = "/admin/v1/org/{orgId}/mail/antispam/allowlist/ips",
    host = Api360, scopes = any("ya360_admin:mail_write_antispam_settings"), idempotent = true, check = Self::check, output = ()
)]
pub struct ReplaceAllowList {
    #[path]
    org_id: OrgId,
    /// Addresses and networks, for instance `77.88.54.0/23` or `2a02:6b8::/32`.
    #[body]
    allow_list: Vec<String>,
}

impl ReplaceAllowList {
    fn check(&self) -> Result<(), String> {
        match self.allow_list.iter().find(|entry| !is_network(entry)) {
            Some(entry) => {
                Err(format!("`{entry}` is neither an IP address nor a network such as 77.88.54.0/23"))
            }
            None => Ok(()),
        }
    }
}

fn is_network(text: &str) -> bool {
    let (address, length) =
        text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    length.is_none_or(|length| length.parse::<u8>().is_ok_and(|length| length <= most))
}

/// Delete the whole list of servers whose letters are no spam.
#[operation(
    id = "MailAntispamIpAllowlistService_Delete", delete = "/admin/v1/org/{orgId}/mail/antispam/allowlist/ips",
    host = Api360, scopes = any("ya360_admin:mail_write_antispam_settings"), output = ()
)]
pub struct DeleteAllowList {
    #[path]
    org_id: OrgId,
}
