//! `orglib operations`.

use orglib::OperationMeta;
use serde::Serialize;

use crate::{
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    tree::ROWS,
};

/// The commands that are written by hand, by the id of the operation that they send. What has no command of its own is
/// sent by `orglib api`.
const COMMANDS: &[(&str, &str)] = &[
    ("GroupV2Service_ListMembers", "groups members list"),
    ("put-user-contacts", "users contacts add"),
    ("post-group-members", "groups members add"),
    ("GroupV2Service_AddMembers", "groups members add"),
    ("GroupV2Service_DeleteMembers", "groups members remove"),
    ("GroupService_DeleteMember", "groups members remove"),
    ("MailboxService_ListShared", "mailboxes shared list"),
    ("MailboxService_CreateShared", "mailboxes shared create"),
    ("MailboxService_UpdateShared", "mailboxes shared update"),
    ("MailboxService_ListDelegated", "mailboxes delegated list"),
    ("MailboxService_ListActors", "mailboxes access list --mailbox"),
    ("MailboxService_ListResources", "mailboxes access list --user"),
    ("MailboxService_Set", "mailboxes access grant"),
    ("MailboxService_TaskStatus", "mailboxes access task"),
    ("GetResourceUploadLink", "disk resources upload"),
    ("GetResourceDownloadLink", "disk resources download"),
    ("GetPublicResourceDownloadLink", "disk links download"),
    ("upload_shd", "disk resources upload"),
    ("content_shd", "disk resources download"),
    ("public-owned-by-user", "disk public list"),
    ("public-settings-get-admin-path", "disk public settings --path"),
    ("public-settings-get-admin-pkey", "disk public settings --key"),
    ("public-settings-get-admin-resid", "disk public settings --resource-id"),
    ("public-settings-get", "disk public settings --own"),
    ("ListPublicResources", "disk public list --own"),
    ("get-logs", "audit events list"),
    ("AuditLogService_Mail", "audit mail list"),
    ("AuditLogService_Disk", "audit disk list"),
    ("screen-code-oauth", "auth login"),
    ("user-information", "auth status"),
    ("token-invalidate", "auth logout"),
    ("token", "auth token"),
    ("OrgV1_Get", "code42 orgs get"),
    ("OrgV3_Get", "code42 orgs get"),
    ("OrgV3_Create", "code42 orgs create"),
    ("OrgV3_Update", "code42 orgs update"),
    ("AgentStateV14_ViewByOrganizationId", "code42 orgs agent-state"),
    ("OrgSettingV1_Get", "code42 orgs settings get"),
    ("OrgSettingV1_Update", "code42 orgs settings set"),
    ("OrgV1_Update", "code42 orgs settings set"),
];

/// The command that sends an operation, where it has one of its own.
pub(crate) fn command_of(id: &str) -> Option<&'static str> {
    typed(id)?.split(" --").next()
}

/// What is typed to send an operation.
fn typed(id: &str) -> Option<&'static str> {
    let rows = || ROWS.iter().filter(|row| row.operation == id);
    // Of those that always say the same the first, where no other sends it.
    let row = rows().find(|row| row.fixed.is_empty()).or_else(|| rows().next());
    row.map(|row| row.path)
        .or_else(|| COMMANDS.iter().find(|(known, _)| *known == id).map(|(_, command)| *command))
}

/// The operations that a command sends, by its words; or the one with this id.
pub(super) fn operations_of(words: &str) -> Vec<&'static OperationMeta> {
    let row = ROWS.iter().find(|row| row.path == words).map(|row| row.operation);
    let is_meant = |id| id == words || row == Some(id) || command_of(id) == Some(words);
    all().filter(|meta| is_meant(meta.id)).collect()
}

#[derive(Debug, Serialize)]
struct Row {
    id: &'static str,
    host: &'static str,
    method: String,
    path: &'static str,
    scopes: Vec<&'static str>,
    command: String,
}

impl Row {
    const COLUMNS: [&'static str; 6] = ["id", "host", "method", "path", "scopes", "command"];

    fn of(meta: &'static OperationMeta) -> Self {
        let twin = || {
            let row = ROWS.iter().find(|row| {
                row.named()
                    .and_then(|operation| operation.homes().1)
                    .is_some_and(|legacy| legacy.id == meta.id)
            })?;
            Some(format!("{} --generation legacy", row.path))
        };
        let command = typed(meta.id).map(str::to_owned).or_else(twin);
        let command = command.unwrap_or_else(|| format!("api {} {}", meta.method, meta.path));
        Self {
            id: meta.id,
            host: meta.host.name(),
            method: meta.method.to_string(),
            path: meta.path,
            scopes: meta.scopes.names().to_vec(),
            command,
        }
    }
}

/// Every operation on each of its hosts.
pub(super) fn all() -> impl Iterator<Item = &'static OperationMeta> {
    let operations = orglib::OPERATIONS.iter().copied().flatten();
    operations.flat_map(|(meta, legacy)| std::iter::once(*meta).chain(*legacy))
}

pub(super) fn run(global: &GlobalOptions) -> Result<(), Failure> {
    let shape = Shape::flat(&Row::COLUMNS, &["id", "host", "method", "path", "command"]);
    let mut rows = Rows::open(global, Kind::List, &shape)?;
    for meta in all() {
        rows.write(&Row::of(meta))?;
    }
    rows.finish()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::tree;

    #[test]
    fn every_command_is_one_and_sends_an_operation() {
        let ids: HashSet<_> = all().map(|meta| meta.id).collect();
        for (id, line) in COMMANDS {
            assert!(ids.contains(id), "{id}");
            let mut command = tree::program();
            for word in line.split(' ').take_while(|word| !word.starts_with("--")) {
                command = command.find_subcommand(word).unwrap_or_else(|| panic!("{line}")).clone();
            }
        }
    }

    /// The operations that have no command of their own, with the reason.
    const BY_PATH: &[(&str, &str)] = &[
        ("get-group-members", "`groups members list` shows members of every kind"),
        ("public-accessed-by-user", "the shape of its answer is not known"),
        ("LoginConfigurationV3_Get", "signing in asks it"),
        ("AuthV3_Jwt", "signing in asks it"),
        ("OAuthV3_Token", "signing in asks it"),
        ("GatewayOAuth_Token", "signing in asks it"),
    ];

    #[test]
    fn an_operation_has_a_command_or_a_reason() {
        let homes = orglib::OPERATIONS.iter().copied().flatten();
        let without: Vec<_> = homes.map(|(meta, _)| meta.id).filter(|id| command_of(id).is_none()).collect();
        assert_eq!(without, BY_PATH.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_printed_as_a_command_can_be_typed() {
        for row in all().map(Row::of) {
            let mut command = tree::program();
            command.build();
            let words = row.command.split(' ').take_while(|word| !word.starts_with("--"));
            let mut typed = Vec::new();
            for word in words {
                match command.find_subcommand(word) {
                    Some(found) => command = found.clone(),
                    None => typed.push(word.to_owned()),
                }
            }
            let is_raw = row.command.starts_with("api ");
            assert_eq!(typed.len(), if is_raw { 2 } else { 0 }, "{}", row.command);
            assert!(!command.has_subcommands(), "{}: it is no command yet", row.command);
        }
    }

    #[test]
    fn no_operation_is_told_twice() {
        let ids: Vec<_> = all().map(|meta| (meta.id, meta.host.name())).collect();
        assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len());
    }
}
