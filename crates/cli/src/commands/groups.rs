//! `orglib groups`.

use clap::{Args, Subcommand};
use orglib::{
    Error,
    directory::{self, Resolver, prelude::*},
    jobs::exposure::Who,
    models::{
        DepartmentId, ExternalContactId, GroupId, MailboxId, Reference, UserId,
        directory::{GroupMembers, MemberType},
    },
};
use serde::Serialize;

use super::list;
use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    session::Session,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Members of a group
    #[command(subcommand)]
    Members(Members),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Members {
    /// List members of every kind: employees, groups, departments, shared contacts, shared mailboxes
    List {
        /// The group's id or e-mail address
        id: Reference<GroupId>,
    },
    /// Add members to a group: employees, and others by options
    Add {
        /// The group's id or e-mail address
        id: Reference<GroupId>,
        #[command(flatten)]
        members: Chosen,
    },
    /// Remove members from a group: employees, and others by options
    Remove {
        /// The group's id or e-mail address
        id: Reference<GroupId>,
        #[command(flatten)]
        members: Chosen,
    },
}

/// Members that are named.
#[derive(Debug, Args)]
pub(crate) struct Chosen {
    /// Employees, by id or e-mail address
    #[arg(value_name = "WHO", required_unless_present_any = ["departments", "groups", "contacts", "mailboxes"])]
    who: Vec<Who>,
    /// Departments, by id or e-mail address
    #[arg(long = "department", value_name = "DEPARTMENT", value_delimiter = ',')]
    departments: Vec<Reference<DepartmentId>>,
    /// Groups, by id or e-mail address
    #[arg(long = "group", value_name = "GROUP", value_delimiter = ',')]
    groups: Vec<Reference<GroupId>>,
    /// Shared contacts, by id
    #[arg(long = "contact", value_name = "ID", value_delimiter = ',')]
    contacts: Vec<ExternalContactId>,
    /// Shared mailboxes, by id
    #[arg(long = "mailbox", value_name = "ID", value_delimiter = ',')]
    mailboxes: Vec<MailboxId>,
}

/// How many members go into one call; the service's own limit is not documented.
const PIECE: usize = 500;

/// Members by their ids, by kind.
#[derive(Default)]
struct Ids {
    users: Vec<UserId>,
    departments: Vec<DepartmentId>,
    groups: Vec<GroupId>,
    contacts: Vec<ExternalContactId>,
    mailboxes: Vec<MailboxId>,
}

impl Ids {
    async fn of(chosen: &Chosen, resolver: &Resolver) -> Result<Self, Failure> {
        Ok(Self {
            users: resolver.users(&chosen.who).await?,
            departments: resolver.departments(&chosen.departments).await?,
            groups: resolver.groups(&chosen.groups).await?,
            contacts: chosen.contacts.clone(),
            mailboxes: chosen.mailboxes.clone(),
        })
    }

    fn len(&self) -> usize {
        let Self { users, departments, groups, contacts, mailboxes } = self;
        users.len() + departments.len() + groups.len() + contacts.len() + mailboxes.len()
    }

    /// The only one, if it is an employee.
    fn only_user(&self) -> Option<UserId> {
        self.users.first().copied().filter(|_| self.len() == 1)
    }

    /// At most so many of them, taken away.
    fn piece(&mut self) -> Self {
        fn take<T>(all: &mut Vec<T>, room: &mut usize) -> Vec<T> {
            let count = all.len().min(*room);
            *room -= count;
            all.drain(..count).collect()
        }
        let mut room = PIECE;
        Self {
            users: take(&mut self.users, &mut room),
            departments: take(&mut self.departments, &mut room),
            groups: take(&mut self.groups, &mut room),
            contacts: take(&mut self.contacts, &mut room),
            mailboxes: take(&mut self.mailboxes, &mut room),
        }
    }
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let Command::Members(command) = command;
    let (group, chosen, adds) = match command {
        Members::List { id } => return list_members(id, global).await,
        Members::Add { id, members } => (id, members, true),
        Members::Remove { id, members } => (id, members, false),
    };
    let columns = [["type", "id", "added"], ["type", "id", "deleted"]][usize::from(!adds)];
    let rows = chosen
        .is_one_employee()
        .then(|| Rows::open(global, Kind::Object, &Shape::flat(&columns, &[])))
        .transpose()?;
    let session = Session::open(global).await?;
    let resolver = session.resolver()?;
    let group = resolver.group(group).await?;
    let mut ids = Ids::of(chosen, resolver).await?;
    let (all, members) = (ids.len(), session.directory()?.groups().members(group));
    let what = match (ids.only_user(), adds) {
        (Some(user), true) => format!("add the employee {user} to the group {group}"),
        (Some(user), false) => format!("remove the employee {user} from the group {group}"),
        (None, true) => format!("add {all} members to the group {group}"),
        (None, false) => format!("remove {all} members from the group {group}"),
    };
    if global.dry_run {
        console::say(&format!("would {what}"));
        return Ok(());
    }
    if !adds {
        let mut question = what.clone();
        question[..1].make_ascii_uppercase();
        console::confirm(&format!("{question}?"), global.yes).await?;
    }
    if let (Some(rows), Some(user)) = (rows, ids.only_user()) {
        return match adds {
            true => list::write_object(rows, &members.add(user).send().await?),
            false => {
                let gone = members.delete(MemberType::User, user.to_string()).send().await?;
                list::write_object(rows, &gone)?;
                match gone.deleted {
                    Some(false) => {
                        Err(Failure::other(format!("the service did not {what}; read what is there")))
                    }
                    _ => Ok(()),
                }
            }
        };
    }
    let mut done = 0;
    while ids.len() > 0 {
        let piece = ids.piece();
        let count = piece.len();
        send(&members, piece, adds).await.inspect_err(|_| {
            console::say(&format!("orglib: {done} of {all} members were done before this"));
        })?;
        done += count;
    }
    if !global.quiet {
        console::say(&format!("done: {what}"));
    }
    Ok(())
}

impl Chosen {
    fn is_one_employee(&self) -> bool {
        let Self { who, departments, groups, contacts, mailboxes } = self;
        who.len() == 1
            && departments.is_empty()
            && groups.is_empty()
            && contacts.is_empty()
            && mailboxes.is_empty()
    }
}

async fn send(members: &directory::Members, ids: Ids, adds: bool) -> Result<(), Error> {
    /// Both calls take the same.
    macro_rules! of {
        ($call:expr) => {{
            let mut call = $call;
            let Ids { users, departments, groups, contacts, mailboxes } = ids;
            if !users.is_empty() {
                call = call.user_ids(users);
            }
            if !departments.is_empty() {
                call = call.department_ids(departments);
            }
            if !groups.is_empty() {
                call = call.group_ids(groups);
            }
            if !contacts.is_empty() {
                call = call.external_contact_ids(contacts);
            }
            if !mailboxes.is_empty() {
                call = call.shared_mailbox_ids(mailboxes);
            }
            call.send().await
        }};
    }
    if adds { of!(members.add_all()) } else { of!(members.delete_all()) }
}

async fn list_members(id: &Reference<GroupId>, global: &GlobalOptions) -> Result<(), Failure> {
    let mut rows = Rows::open(global, Kind::List, &Shape::flat(&Member::COLUMNS, &Member::COLUMNS))?;
    let session = Session::open(global).await?;
    let id = session.resolver()?.group(id).await?;
    let members = session.directory()?.groups().members(id).list().send().await?;
    for member in Member::all(&members) {
        rows.write(&member)?;
    }
    rows.finish()
}

/// A member of any kind.
#[derive(Debug, Serialize)]
struct Member<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    name: String,
    email: Option<&'a str>,
}

impl<'a> Member<'a> {
    const COLUMNS: [&'static str; 4] = ["type", "id", "name", "email"];

    fn new(kind: &'static str, id: impl ToString, name: impl ToString, email: Option<&'a str>) -> Self {
        Self { kind, id: id.to_string(), name: name.to_string(), email }
    }

    fn all(members: &'a GroupMembers) -> Vec<Self> {
        let users = members.users.iter();
        let users = users.map(|user| Self::new("user", user.id, &user.name, user.email.as_deref()));
        let groups = members.groups.iter();
        let groups =
            groups.map(|group| Self::new("group", group.id, &group.name, group.default_email.as_deref()));
        let departments = members.departments.iter().map(|department| {
            Self::new("department", department.id, &department.name, department.default_email.as_deref())
        });
        let contacts = members.external_contacts.iter().map(|contact| {
            let names = [&contact.last_name, &contact.first_name, &contact.middle_name].map(String::as_str);
            let names = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>();
            Self::new("external_contact", &contact.id, names.join(" "), None)
        });
        let mailboxes = members.shared_mailboxes.iter();
        let mailboxes = mailboxes.map(|mailbox| Self::new("shared_mailbox", mailbox.id, &mailbox.name, None));
        users.chain(groups).chain(departments).chain(contacts).chain(mailboxes).collect()
    }
}
