//! `orglib domains dns`: records by what they are, since people know that and not their ids.

use clap::{Args, Subcommand};
use orglib::{
    domains::{Domains, Ensured},
    models::{
        DomainName,
        domains::{DnsRecord, DnsRecordType, NewDnsRecord},
        shape::Shaped,
    },
};

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
    /// Their DNS records
    #[command(subcommand)]
    Dns(Dns),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Dns {
    /// Add a record, unless there is one of its name and type that holds the same
    Ensure {
        #[command(flatten)]
        record: Record,
        /// How long it may be kept elsewhere, in seconds
        #[arg(long, value_name = "N", default_value_t = 3600)]
        ttl: u32,
    },
    /// Delete the records of this name and type that hold this; others of the name stay
    Remove {
        #[command(flatten)]
        record: Record,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Record {
    /// The domain
    #[arg(value_name = "DOMAIN")]
    domain: DomainName,
    /// The name, relative to the domain: `@` for the domain itself, `www`, `_acme-challenge`
    #[arg(value_name = "NAME")]
    name: String,
    /// The type: A, AAAA, CNAME, MX, NS or TXT; for SRV and CAA there are `create` and `delete`
    #[arg(value_name = "TYPE")]
    kind: String,
    /// What it holds: an address, a target, a text, or of MX the preference and the host, as in `10 mx.example.org`
    #[arg(value_name = "VALUE")]
    value: String,
}

impl Record {
    fn record(&self, ttl: u32) -> Result<NewDnsRecord, Failure> {
        let value = self.value.trim();
        let kind = DnsRecordType::from(self.kind.to_uppercase().as_str());
        let record = NewDnsRecord::new(kind.clone(), self.name.as_str(), ttl);
        Ok(match kind {
            DnsRecordType::A | DnsRecordType::Aaaa => record.address(value.to_owned()),
            DnsRecordType::Cname | DnsRecordType::Ns => record.target(value.to_owned()),
            DnsRecordType::Txt => record.text(self.value.clone()),
            DnsRecordType::Mx => {
                let parts = value
                    .split_once(' ')
                    .and_then(|(number, host)| Some((number.parse::<u32>().ok()?, host)));
                let (preference, host) = parts.ok_or_else(|| {
                    Failure::usage(format!(
                        "`{value}`: of MX give the preference and the host, as in `10 mx.example.org`"
                    ))
                })?;
                record.preference(preference).exchange(host.trim().to_owned())
            }
            _ => {
                let kinds = "A, AAAA, CNAME, MX, NS or TXT; for others there are `create` and `delete`";
                return Err(Failure::usage(format!(
                    "`{}` is no type that one value makes: {kinds}",
                    self.kind
                )));
            }
        })
    }
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let Command::Dns(command) = command;
    let session = Session::open(global).await?;
    let domains = Domains::new(session.client().clone(), session.org()?);
    match command {
        Dns::Ensure { record, ttl } => {
            let dns = domains.dns(record.domain.clone());
            let wanted = record.record(*ttl)?;
            let rows = Rows::open(global, Kind::Object, &Shape::of_output(&DnsRecord::SHAPE, &[]))?;
            if global.dry_run {
                let is_there = !dns.like(&wanted).await?.is_empty();
                console::say(if is_there { "it is there already" } else { "would add the record" });
                return Ok(());
            }
            let (said, record) = match dns.ensure(wanted).await? {
                Ensured::There(record) => ("it is there already", record),
                Ensured::Added(record) => ("added", record),
                _ => {
                    return Err(Failure::other("what became of the record is not known; read what is there"));
                }
            };
            if !global.quiet {
                console::say(said);
            }
            list::write_object(rows, &record)
        }
        Dns::Remove { record } => {
            let dns = domains.dns(record.domain.clone());
            let found = dns.like(&record.record(0)?).await?;
            let what = format!("{} {} {}", record.name, record.kind, record.value);
            if found.is_empty() {
                return Err(Failure::not_found(format!("{} has no record {what}", record.domain)));
            }
            if global.dry_run {
                console::say(&format!("would delete {} of {}", found.len(), record.domain));
                return Ok(());
            }
            console::confirm(&format!("Delete {what} of {}?", record.domain), global.yes).await?;
            for one in &found {
                dns.delete(one.record_id).send().await?;
            }
            if !global.quiet {
                console::say(&format!("done: {} deleted", found.len()));
            }
            Ok(())
        }
    }
}
