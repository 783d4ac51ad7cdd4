//! `orglib report`: what people ask of an organisation, beside what is shared.

use clap::{Args, Subcommand};
use orglib::{
    jobs::forwarding::{Forwarding, ForwardingRow, PersonForwarding},
    mail::Mail,
};
use orglib_report::Facts;

use super::list;
use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    session::Session,
};

const TABLE: [&str; 5] = ["email", "address", "is_employee", "with_store", "rule_name"];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Whose letters are sent on, and where to: every rule of every employee that does so
    ///
    /// What a mail program does by itself the service does not tell, and it is not in the report. Who could not be read is
    /// named, and the exit code is then 7. Example: orglib report forwarding --outside -o forwarding.xlsx
    Forwarding(Options),
}

#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Only what is sent on to addresses of nobody in the organisation
    #[arg(long)]
    outside: bool,
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let Command::Forwarding(options) = command;
    let session = Session::open(global).await?;
    let shape = Shape::flat(&ForwardingRow::COLUMNS, &TABLE).named("Forwarding");
    let mut rows = Rows::open(global, Kind::List, &shape)?;
    let report = Forwarding::new(session.directory()?, Mail::new(session.client().clone(), session.org()?))
        .concurrency(session.pace.concurrency);
    let people = report.people().await?;
    global.standing.begin(people.len(), "people", "begin again");
    let (mut read, mut unread, mut found, mut written) = (0_u64, Vec::new(), 0_u64, 0_u64);
    let mut forwardings = report.run(people);
    while let Some(PersonForwarding { email, rows: of_person, .. }) =
        list::next(&mut forwardings, &mut rows).await?
    {
        global.standing.advance();
        match of_person {
            Ok(of_person) => {
                read += 1;
                found += of_person.len() as u64;
                for row in of_person.iter().filter(|row| !(options.outside && row.is_employee)) {
                    rows.write(row)?;
                    written += 1;
                }
            }
            Err(error) if error.is_unauthenticated() || error.is_paused() => return Err(error.into()),
            Err(error) => {
                console::say(&format!("orglib: {email}: {error}"));
                unread.push(vec![email, error.to_string()]);
            }
        }
    }
    let failed = unread.len();
    let facts = Facts::new("Whose letters are sent on, and where to");
    let facts = match failed {
        0 => facts.line("Everybody was read"),
        count => facts.line(format!("NOT COMPLETE: the rules of {count} people could not be read")),
    };
    let facts = if options.outside {
        facts.line("Only what goes to addresses of nobody in the organisation")
    } else {
        facts
    };
    let facts = facts.line("What a mail program does by itself the service does not tell");
    let facts = facts.total("people", read).total("rules", found);
    rows.set_facts(facts.not_read(&["email", "message"], unread), None);
    rows.finish()?;
    if !global.quiet {
        let of = if options.outside { format!(" (rows written {written})") } else { String::new() };
        console::say(&format!("people {read}, rules that send letters on {found}{of}, failures {failed}"));
    }
    match failed {
        0 => Ok(()),
        count => Err(Failure::partial(format!(
            "the rules of {count} people could not be read; each is named above"
        ))),
    }
}
