//! Who may do what with a mailbox.

use orglib_core::{TaskProgress, operation};
use orglib_models::{
    MailboxId, OrgId, TaskId, UserId,
    mail::{Actors, Notify, Reachable, RoleList, Task, TaskRef, TaskStatus},
};

/// List the people with access to a mailbox.
#[operation(
    id = "MailboxService_ListActors", get = "/admin/v1/org/{orgId}/mailboxes/actors/{resourceId}", host = Api360,
    scopes = any("ya360_admin:mail_read_shared_mailbox_inventory"),
    output = Actors
)]
pub struct ListActors {
    #[path]
    org_id: OrgId,
    #[path]
    resource_id: MailboxId,
}

/// List the shared and delegated mailboxes that a person reaches.
#[operation(
    id = "MailboxService_ListResources", get = "/admin/v1/org/{orgId}/mailboxes/resources/{actorId}", host = Api360,
    scopes = any("ya360_admin:mail_read_shared_mailbox_inventory"),
    output = Reachable
)]
pub struct ListReachable {
    #[path]
    org_id: OrgId,
    #[path]
    actor_id: UserId,
}

/// Replace a person's roles on a mailbox; no roles take all access away. The change is a task, which goes on after
/// the answer.
///
/// A list of roles, none of which lets its holder read, is refused before sending. A role that this version does not
/// know may do so, and goes through.
#[operation(
    id = "MailboxService_Set", post = "/admin/v1/org/{orgId}/mailboxes/set/{resourceId}", host = Api360,
    scopes = any("ya360_admin:mail_write_shared_mailbox_inventory"),
    check = Self::check, output = TaskRef, starts = GetAccessTask(org_id)
)]
pub struct SetAccess {
    #[path]
    org_id: OrgId,
    #[path]
    resource_id: MailboxId,
    #[query(name = "actorId")]
    actor_id: UserId,
    #[body(whole)]
    roles: RoleList,
    /// Who gets a letter about it; by default the owner and the person whose rights change.
    #[query]
    notify: Option<Notify>,
}

impl SetAccess {
    fn check(&self) -> Result<(), String> {
        if self.roles.can_be_sent() {
            return Ok(());
        }
        Err("none of these roles lets its holder read the mailbox; add shared_mailbox_sender, \
             shared_mailbox_owner, shared_mailbox_reader or shared_mailbox_imap_admin"
            .to_owned())
    }
}

/// Tell how far a change of rights is.
#[operation(
    id = "MailboxService_TaskStatus", get = "/admin/v1/org/{orgId}/mailboxes/tasks/{taskId}", host = Api360,
    scopes = any("ya360_admin:mail_read_shared_mailbox_inventory"),
    output = Task, progress = progress
)]
pub struct GetAccessTask {
    #[path]
    org_id: OrgId,
    #[path]
    task_id: TaskId,
}

fn progress(task: &Task) -> TaskProgress {
    match task.status {
        TaskStatus::Complete => TaskProgress::Done,
        TaskStatus::Error => TaskProgress::Failed,
        _ => TaskProgress::Running,
    }
}
