//! Shared and delegated mailboxes, who may do what with them, and the changes of rights under way.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use crate::exchange::mix;

/// How long a change of rights takes, on the sandbox's clock.
const TASK_TIME: Duration = Duration::from_millis(300);

/// How many people reach one mailbox at most, and how many mailboxes one person.
const MOST: usize = 40;

/// The mailboxes of one organisation that several people use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mail {
    last_id: u64,
    shared: BTreeMap<u64, SharedMailbox>,
    /// The ids of those who let others use their mailboxes.
    delegated: BTreeSet<u64>,
    /// Roles by mailbox and person; never an empty list.
    roles: BTreeMap<(u64, u64), Vec<String>>,
    tasks: BTreeMap<String, Task>,
}

/// A mailbox without an owner. Times are in milliseconds of the Unix era.
#[derive(Clone, Debug)]
pub(crate) struct SharedMailbox {
    pub(crate) id: u64,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// A change of rights.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) state: TaskState,
    number: usize,
    ends: Duration,
    mailbox: u64,
    actor: u64,
    roles: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskState {
    Running,
    Complete,
    Error,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MailboxKind {
    Shared,
    Delegated,
}

impl Mail {
    /// No mailboxes yet; the ids of new ones follow this one.
    pub(crate) fn with_ids_after(last_id: u64) -> Self {
        Self { last_id, ..Self::default() }
    }

    pub(crate) fn shared(&self) -> impl Iterator<Item = &SharedMailbox> {
        self.shared.values()
    }

    pub(crate) fn shared_by_id(&self, id: u64) -> Option<&SharedMailbox> {
        self.shared.get(&id)
    }

    pub(crate) fn shared_mut(&mut self, id: u64) -> Option<&mut SharedMailbox> {
        self.shared.get_mut(&id)
    }

    /// Takes a shared mailbox in and gives its new id.
    pub(crate) fn add_shared(&mut self, mailbox: SharedMailbox) -> u64 {
        self.last_id += 1;
        self.keep_shared(SharedMailbox { id: self.last_id, ..mailbox });
        self.last_id
    }

    /// Takes a shared mailbox in under the id that it has.
    pub(crate) fn keep_shared(&mut self, mailbox: SharedMailbox) {
        self.shared.insert(mailbox.id, mailbox);
    }

    pub(crate) fn delegated(&self) -> impl Iterator<Item = u64> {
        self.delegated.iter().copied()
    }

    pub(crate) fn delegate(&mut self, owner: u64) {
        self.delegated.insert(owner);
    }

    /// Deletes a shared mailbox, or closes a delegated one. All access to it ends. False where there is none.
    pub(crate) fn remove(&mut self, kind: MailboxKind, id: u64) -> bool {
        let was_there = match kind {
            MailboxKind::Shared => self.shared.remove(&id).is_some(),
            MailboxKind::Delegated => self.delegated.remove(&id),
        };
        if was_there {
            self.roles.retain(|(mailbox, _), _| *mailbox != id);
        }
        was_there
    }

    /// Ends what a person had: their own mailbox, and access to others.
    pub(crate) fn forget(&mut self, uid: u64) {
        self.remove(MailboxKind::Delegated, uid);
        self.roles.retain(|(_, actor), _| *actor != uid);
    }

    pub(crate) fn kind(&self, id: u64) -> Option<MailboxKind> {
        match (self.shared.contains_key(&id), self.delegated.contains(&id)) {
            (true, _) => Some(MailboxKind::Shared),
            (false, true) => Some(MailboxKind::Delegated),
            (false, false) => None,
        }
    }

    /// The people with access to a mailbox, and their roles.
    pub(crate) fn actors(&self, mailbox: u64) -> impl Iterator<Item = (u64, &[String])> {
        let range = (mailbox, 0)..=(mailbox, u64::MAX);
        self.roles.range(range).map(|((_, actor), roles)| (*actor, roles.as_slice()))
    }

    /// The mailboxes that a person reaches, and the roles there.
    pub(crate) fn reachable(&self, actor: u64) -> impl Iterator<Item = (u64, MailboxKind, &[String])> {
        self.roles
            .iter()
            .filter(move |((_, holder), _)| *holder == actor)
            .filter_map(|((mailbox, _), roles)| Some((*mailbox, self.kind(*mailbox)?, roles.as_slice())))
    }

    /// Begins a change of rights and gives its id.
    pub(crate) fn change(&mut self, mailbox: u64, actor: u64, roles: Vec<String>, now: Duration) -> String {
        let number = self.tasks.len();
        let id = format!("{:016x}-{number:04x}", mix(mailbox ^ mix(actor ^ number as u64)));
        let ends = now + TASK_TIME;
        let task = Task { state: TaskState::Running, number, ends, mailbox, actor, roles };
        self.tasks.insert(id.clone(), task);
        id
    }

    pub(crate) fn task(&self, id: &str) -> Option<&Task> {
        self.tasks.get(id)
    }

    /// Carries out the changes whose time has come, in the order in which they were asked for.
    pub(crate) fn settle(&mut self, now: Duration) {
        let is_due = |task: &&mut Task| task.state == TaskState::Running && task.ends <= now;
        let mut due: Vec<Task> = Vec::new();
        for task in self.tasks.values_mut().filter(is_due) {
            task.state = TaskState::Complete;
            due.push(task.clone());
        }
        due.sort_by_key(|task| task.number);
        for task in due {
            if !self.carry_out(&task)
                && let Some(task) = self.tasks.values_mut().find(|other| other.number == task.number)
            {
                task.state = TaskState::Error;
            }
        }
    }

    /// False where the mailbox is gone by now, or where a limit of the service is reached.
    fn carry_out(&mut self, task: &Task) -> bool {
        if self.kind(task.mailbox).is_none() {
            return false;
        }
        let key = (task.mailbox, task.actor);
        if task.roles.is_empty() {
            self.roles.remove(&key);
            return true;
        }
        let is_new = !self.roles.contains_key(&key);
        let is_full = self.actors(task.mailbox).count() >= MOST || self.reachable(task.actor).count() >= MOST;
        if is_new && is_full {
            return false;
        }
        self.roles.insert(key, task.roles.clone());
        true
    }

    /// Gives a person roles at once.
    pub(crate) fn give(&mut self, mailbox: u64, actor: u64, roles: &[&str]) {
        self.roles.insert((mailbox, actor), roles.iter().map(|role| (*role).to_owned()).collect());
    }
}
