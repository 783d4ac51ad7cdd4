//! The command line: a command, and the options that every command takes.

use clap::Parser;

use crate::{commands::Command, options::GlobalOptions};

/// Administer an organisation of Yandex 360 for Business from a shell.
///
/// A token and an organisation are needed: set ORGLIB_TOKEN and ORGLIB_ORG_ID, or write a profile into
/// config.toml: `orglib config init` begins one, `config path` says where it is, `config show` what a command goes by.
/// With --sandbox nothing is needed: a demo organisation answers, and nothing leaves the machine.
///
/// Exit codes: 0 done, 1 other failure, 2 usage or configuration (nothing was sent), 3 not authenticated,
/// 4 not permitted, 5 not found, 6 throttled or unavailable after all attempts, 7 done in part, 8 answer not
/// understood, 9 more than may be done at once (nothing was changed), 130 interrupted.
#[derive(Debug, Parser)]
#[command(
    name = "orglib",
    version,
    propagate_version = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: GlobalOptions,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[cfg(test)]
mod tests {
    use crate::tree;

    #[test]
    fn the_grammar_is_sound() {
        tree::program().debug_assert();
    }

    /// A command with its own arguments, and those beneath it.
    fn lines_of(command: &clap::Command, path: &str, lines: &mut Vec<String>) {
        let own = command.get_arguments().filter(|argument| {
            !argument.is_global_set() && argument.get_id() != "help" && argument.get_id() != "version"
        });
        let own = own.map(|argument| argument.to_string()).collect::<Vec<_>>().join(" ");
        lines.push(format!("{path} {own}").trim_end().to_owned());
        for child in command.get_subcommands() {
            lines_of(child, &format!("{path} {}", child.get_name()), lines);
        }
    }

    #[test]
    fn no_command_or_option_is_renamed_in_silence() {
        let mut program = tree::program();
        program.build();
        let mut lines = Vec::new();
        lines_of(&program, "orglib", &mut lines);
        lines.push(String::new());
        let global = program.get_arguments().filter(|argument| argument.is_global_set());
        lines.extend(global.map(ToString::to_string));
        insta::assert_snapshot!(lines.join("\n"));
    }
}
