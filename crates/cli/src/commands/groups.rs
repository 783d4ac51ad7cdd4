//! `orglib groups`.

use clap::Subcommand;
use orglib::{
    jobs::exposure::Who,
    models::{GroupId, Reference, directory::GroupMembers},
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
    /// Add an employee to a group
    Add {
        /// The group's id or e-mail address
        id: Reference<GroupId>,
        /// The employee's id or e-mail address
        who: Who,
    },
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    let groups = session.directory()?.groups();
    match command {
        Command::Members(Members::List { id }) => {
            let mut rows = Rows::open(global, Kind::List, &Shape::flat(&Member::COLUMNS, &Member::COLUMNS))?;
            let id = session.resolver()?.group(id).await?;
            let members = groups.members(id).list().send().await?;
            for member in Member::all(&members) {
                rows.write(&member)?;
            }
            rows.finish()
        }
        Command::Members(Members::Add { id, who }) => {
            let columns = ["type", "id", "added"];
            let rows = Rows::open(global, Kind::Object, &Shape::flat(&columns, &[]))?;
            let (id, user) = (session.resolver()?.group(id).await?, session.resolver()?.user(who).await?);
            if global.dry_run {
                console::say(&format!("would add the employee {user} to the group {id}"));
                return Ok(());
            }
            list::write_object(rows, &groups.members(id).add(user).send().await?)
        }
    }
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
