//! `orglib users contacts`.

use clap::{Args, Subcommand};
use orglib::{
    jobs::exposure::Who,
    models::directory::{Contact, ContactType, NewContact},
};

use super::list;
use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    session::Session,
};

const COLUMNS: [&str; 6] = ["type", "value", "label", "main", "alias", "synthetic"];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the contacts of an employee, those that the service made too
    List {
        /// The employee's id or e-mail address
        who: Who,
    },
    /// Add contacts to those that an employee has
    Add(AddOptions),
}

#[derive(Args, Debug)]
pub(crate) struct AddOptions {
    /// The employee's id or e-mail address
    who: Who,
    /// A contact, for instance phone=+74950000000; types: email, phone, phone_extension, site, icq, twitter, skype
    #[arg(value_name = "TYPE=VALUE", required = true, value_parser = contact)]
    contacts: Vec<NewContact>,
    /// Put them in place of those that are there
    #[arg(long)]
    replace: bool,
}

/// What somebody may enter; pages of the staff directory are seen in answers only.
fn contact(text: &str) -> Result<NewContact, String> {
    let known = || ContactType::WORDS.iter().filter(|word| **word != ContactType::Staff.as_str());
    match text.split_once('=') {
        Some((kind, value)) if known().any(|word| *word == kind) && !value.is_empty() => {
            Ok(NewContact::new(ContactType::from(kind), value))
        }
        _ => {
            let known: Vec<_> = known().copied().collect();
            Err(format!("give TYPE=VALUE, where TYPE is one of {}", known.join(", ")))
        }
    }
}

pub(super) async fn run(command: &Command, session: &Session, global: &GlobalOptions) -> Result<(), Failure> {
    let users = session.directory()?.users();
    let rows = || Rows::open(global, Kind::List, &Shape::flat(&COLUMNS, &COLUMNS));
    match command {
        Command::List { who } => {
            let rows = rows()?;
            let user = session.resolver()?.user(who).await?;
            write(rows, &users.get(user).send().await?.contacts)
        }
        Command::Add(options) => {
            let rows = rows()?;
            let user = session.resolver()?.user(&options.who).await?;
            if global.dry_run {
                let verb = if options.replace { "replace" } else { "add to" };
                console::say(&format!("would {verb} the contacts of the employee {user}"));
                return Ok(());
            }
            let contacts = users.contacts(user);
            let new = options.contacts.clone();
            if options.replace {
                return write(rows, &contacts.replace(new).send().await?.contacts);
            }
            let changed = contacts.add(new).send().await?;
            let is_kept = changed.is_kept();
            let user = match changed.answer {
                Some(user) => user,
                None => users.get(user).send().await?,
            };
            write(rows, &user.contacts)?;
            list::kept(is_kept)
        }
    }
}

fn write(mut rows: Rows, contacts: &[Contact]) -> Result<(), Failure> {
    for contact in contacts {
        rows.write(contact)?;
    }
    rows.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_a_known_type_and_a_value() {
        let read = contact("site=https://a.example/?b=c").unwrap();
        assert_eq!((read.kind, read.value.as_str()), (ContactType::Site, "https://a.example/?b=c"));
        for text in ["", "phone", "phone=", "=1", "staff=x", "fax=1"] {
            assert!(contact(text).unwrap_err().contains("phone_extension"), "{text}");
        }
    }
}
