//! The commands, one file for each object.

mod api;
mod audit;
mod auth;
pub(crate) mod code42;
mod completions;
mod config;
mod disk;
mod doctor;
mod domains;
mod examples;
mod explain;
mod exposure;
mod groups;
mod help;
mod kept;
mod list;
mod mail;
pub(crate) mod mailboxes;
mod man;
mod operations;
mod organizations;
mod report;
mod said;
mod sandbox;
mod security;
mod user_contacts;
mod users;

use clap::Subcommand;

#[cfg(test)]
pub(crate) use self::examples::EXAMPLES;
pub(crate) use self::{examples::example, operations::command_of};

use crate::{arguments::Arguments, failure::Failure};

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report who has shared what from Disk, with whom, and with which rights
    Exposure(Box<exposure::Options>),
    /// Answer what people ask besides: second factors, administrators, mail that others read or get, sign-ins
    #[command(subcommand)]
    Report(report::Command),
    /// Employees
    #[command(subcommand)]
    Users(users::Command),
    /// Groups and their members
    #[command(subcommand)]
    Groups(groups::Command),
    /// Shared and delegated mailboxes, and who may use them
    #[command(subcommand)]
    Mailboxes(mailboxes::Command),
    /// Mail: rules, settings, the way out
    #[command(subcommand)]
    Mail(mail::Command),
    /// Domains and their DNS records
    #[command(subcommand)]
    Domains(domains::Command),
    /// How people sign in
    #[command(subcommand)]
    Security(security::Command),
    /// Organisations that the token's owner administers
    #[command(subcommand)]
    Organizations(organizations::Command),
    /// Yandex Disk
    #[command(subcommand)]
    Disk(disk::Command),
    /// Audit logs: what the people of the organisation did
    #[command(subcommand)]
    Audit(audit::Command),
    /// Sign in and out, and tokens of employees
    #[command(subcommand)]
    Auth(auth::Command),
    /// Code42: organisations of a tenant
    #[command(subcommand)]
    Code42(code42::Command),
    /// Where the program's settings are, and what stands in them
    #[command(subcommand)]
    Config(config::Command),
    /// Check what is set up: whose token, which organisation, what it may read, the clocks
    Doctor,
    /// Call a method by its path, and print what comes
    Api(api::Options),
    /// List every operation that the program knows
    Operations,
    /// Explain what a command sends and gives
    Explain(explain::Options),
    /// Print the help of a command, or of the options that every command takes: `orglib help options`
    Help(help::Options),
    /// The emulator of the services
    #[command(subcommand)]
    Sandbox(sandbox::Command),
    /// Print a script that completes commands in a shell
    Completions(completions::Options),
    /// Print a manual page
    Man(man::Options),
}

impl Command {
    /// Whether the command ends cleanly on a signal by itself.
    pub(crate) fn handles_signals(&self) -> bool {
        matches!(self, Self::Sandbox(_))
    }
}

/// Runs the command.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Exposure(options) => exposure::run(options, global).await,
        Command::Report(command) => report::run(command, global).await,
        Command::Users(command) => users::run(command, global).await,
        Command::Groups(command) => groups::run(command, global).await,
        Command::Mailboxes(command) => mailboxes::run(command, global).await,
        Command::Domains(command) => domains::run(command, global).await,
        Command::Mail(command) => mail::run(command, global).await,
        Command::Security(command) => security::run(command, global).await,
        Command::Organizations(command) => organizations::run(command, global).await,
        Command::Disk(command) => disk::run(command, global).await,
        Command::Audit(command) => audit::run(command, global).await,
        Command::Auth(command) => auth::run(command, global).await,
        Command::Code42(command) => code42::run(command, global).await,
        Command::Config(command) => config::run(command, global),
        Command::Doctor => doctor::run(global).await,
        Command::Api(options) => api::run(options, global).await,
        Command::Operations => operations::run(global),
        Command::Explain(options) => explain::run(options, global),
        Command::Help(options) => help::run(options, global),
        Command::Sandbox(command) => sandbox::run(command).await,
        Command::Completions(options) => completions::run(options, global),
        Command::Man(options) => man::run(options, global),
    }
}
