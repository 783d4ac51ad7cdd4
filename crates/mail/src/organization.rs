//! Mail of a whole organisation: settings, the way out, and who may write to mailing lists.

use std::collections::HashSet;

use orglib_core::{handle, operation};
use orglib_models::{
    MailListId, OrgId,
    mail::{
        MailListAction, MailListPermissions, MailRoute, MailSettings, NewMailRoute, Outcome, RouteDomain,
    },
};

handle! {
    /// The way out for letters of one organisation. Made by [`Mail::routes`](crate::Mail::routes).
    MailRoutes(org: OrgId) {
        /// Finds the ways out to these domains, or all.
        fn search() -> Call<SearchRoutes>;
        /// Makes or changes ways out; others stay as they are.
        fn set(items: impl IntoIterator<Item = impl Into<NewMailRoute>>) -> Call<SetRoutes>;
        /// Deletes the ways out to these domains; the empty one is that for all letters.
        fn remove(items: impl IntoIterator<Item = impl Into<RouteDomain>>) -> Call<RemoveRoutes>;
    }
}

handle! {
    /// Who may write to one mailing list. Made by [`Mail::list`](crate::Mail::list).
    MailList(org: OrgId, list: MailListId) {
        /// Lists who may write.
        fn permissions() -> Call<GetMailListPermissions>;
        /// Gives or takes leave to write.
        fn update(actions: impl IntoIterator<Item = impl Into<MailListAction>>) -> Call<UpdateMailListPermissions>;
    }
}

/// Show the mail settings of the organisation.
#[operation(
    id = "get-settings", get = "/v1/admin/org/{org_id}/mail-settings", host = Cloud,
    scopes = any("ya360_admin:mail_read_organization_settings"), output = MailSettings
)]
pub struct GetMailSettings {
    #[path]
    org_id: OrgId,
}

/// Change the mail settings of the organisation. What is not given stays as it is.
#[operation(
    id = "patch-settings", patch = "/v1/admin/org/{org_id}/mail-settings", host = Cloud,
    scopes = all("ya360_admin:mail_read_organization_settings", "ya360_admin:mail_write_organization_settings"),
    idempotent = true, output = MailSettings
)]
pub struct UpdateMailSettings {
    #[path]
    org_id: OrgId,
    /// Whether new accounts have IMAP, and may change that.
    #[body]
    enable_imap: Option<bool>,
    /// Whether new accounts have POP3, and may change that.
    #[body]
    enable_pop: Option<bool>,
    /// Whether files of Disk can neither be attached nor saved there.
    #[body]
    disable_disk_attachments: Option<bool>,
    /// Whether people of federated organisations are held for others.
    #[body]
    friendly_org_users_is_external: Option<bool>,
    /// Whether nobody chooses the domain of the own address.
    #[body]
    lock_employees_default_mail_domain: Option<bool>,
    /// Whether somebody who writes to others is warned.
    #[body]
    show_external_contact_notification_on_compose: Option<bool>,
    /// Whether somebody who reads what others wrote is warned.
    #[body]
    show_external_contact_notification_on_read: Option<bool>,
    /// Whether nobody chooses the name that is shown.
    #[body]
    force_default_display_name: Option<bool>,
}

/// The most domains of one call.
const MOST: usize = 1000;

/// Whether a call names 1 to 1000 domains, each once.
fn distinct<'a>(domains: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = HashSet::new();
    for domain in domains {
        if !seen.insert(domain.to_ascii_lowercase()) {
            return Err(format!("the domain `{domain}` is named twice"));
        }
    }
    if !(1..=MOST).contains(&seen.len()) {
        return Err(format!("a call names 1 to {MOST} domains, not {}", seen.len()));
    }
    Ok(())
}

/// List the ways out for letters to these domains, or all.
#[operation(
    id = "search-routes", post = "/v1/mail/organizations/{org_id}/routes/search", host = Cloud,
    scopes = any("ya360_admin:mail_read_domain_routes"), idempotent = true, within = "items", check = Self::check,
    output = Vec<MailRoute>
)]
pub struct SearchRoutes {
    #[path]
    org_id: OrgId,
    /// The domains of the recipients, 1 to 1000; the empty one is the rule for all letters.
    #[body]
    items: Option<Vec<RouteDomain>>,
}

impl SearchRoutes {
    fn check(&self) -> Result<(), String> {
        self.items.as_ref().map_or(Ok(()), |items| distinct(items.iter().map(|item| &*item.recipient_domain)))
    }
}

/// Make or change ways out for letters. Others stay as they are.
#[operation(
    id = "set-routes", post = "/v1/mail/organizations/{org_id}/routes/set", host = Cloud,
    scopes = any("ya360_admin:mail_write_domain_routes"), idempotent = true, check = Self::check, output = Outcome
)]
pub struct SetRoutes {
    #[path]
    org_id: OrgId,
    /// The ways out, 1 to 1000, each to another domain.
    #[body]
    items: Vec<NewMailRoute>,
}

impl SetRoutes {
    fn check(&self) -> Result<(), String> {
        distinct(self.items.iter().map(|item| &*item.recipient_domain))
    }
}

/// Delete ways out for letters.
#[operation(
    id = "remove-routes", post = "/v1/mail/organizations/{org_id}/routes/remove", host = Cloud,
    scopes = any("ya360_admin:mail_write_domain_routes"), idempotent = true, check = Self::check, output = Outcome
)]
pub struct RemoveRoutes {
    #[path]
    org_id: OrgId,
    /// The domains of the recipients, 1 to 1000; the empty one is the rule for all letters.
    #[body]
    items: Vec<RouteDomain>,
}

impl RemoveRoutes {
    fn check(&self) -> Result<(), String> {
        distinct(self.items.iter().map(|item| &*item.recipient_domain))
    }
}

/// List who may write to a mailing list.
#[operation(
    id = "get-mailing-list", get = "/v1/admin/org/{org_id}/mail-lists/{mail_list_id}/permissions", host = Cloud,
    scopes = any("ya360_admin:mail_read_mail_list_permissions"), output = MailListPermissions
)]
pub struct GetMailListPermissions {
    #[path]
    org_id: OrgId,
    /// The mailing list: the `email_id` of a group or department, and not its id.
    #[path]
    mail_list_id: MailListId,
}

/// Give or take leave to write to a mailing list.
#[operation(
    id = "post-mailing-list", post = "/v1/admin/org/{org_id}/mail-lists/{email_id}/update-permissions", host = Cloud,
    scopes = all("ya360_admin:mail_read_mail_list_permissions", "ya360_admin:mail_write_mail_list_permissions"),
    idempotent = true, check = Self::check, output = ()
)]
pub struct UpdateMailListPermissions {
    #[path]
    org_id: OrgId,
    /// The mailing list: the `email_id` of a group or department, and not its id.
    #[path]
    email_id: MailListId,
    /// What is done, one after another.
    #[body]
    role_actions: Vec<MailListAction>,
}

impl UpdateMailListPermissions {
    fn check(&self) -> Result<(), String> {
        let is_empty = |action: &MailListAction| action.roles.is_empty() || action.subjects.is_empty();
        if self.role_actions.is_empty() || self.role_actions.iter().any(is_empty) {
            return Err("name one action at least, each with roles and subjects".to_owned());
        }
        Ok(())
    }
}
