#![doc = include_str!("../README.md")]

mod arguments;
mod commands;
mod console;
mod environment;
mod failure;
mod interrupt;
mod language;
mod logging;
mod options;
mod output;
mod people_file;
mod profile;
mod progress;
mod redacted;
mod renewals;
mod secret_file;
mod session;
mod settings;
mod standing;
mod start;
mod suggestion;
mod token_store;
mod tree;
mod when;

fn main() -> std::process::ExitCode {
    start::start()
}
