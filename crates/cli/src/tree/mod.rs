//! The commands that are one operation each. A row names the operation; grammar, help, columns, what is sent and how
//! the answer is written follow from its declaration.

mod files;
mod given;
mod grammar;
mod leaves;
mod rows;
mod run;
mod tasks;

use self::files::IsCut;
use orglib::{NAMED_OPERATIONS, NamedOperation};

pub(crate) use self::{
    grammar::{asked_for, program, program_for},
    rows::ROWS,
    run::run,
};

/// What a command does to the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Risk {
    /// Nothing.
    Reads,
    /// It changes something.
    Changes,
    /// It takes something away: it deletes, blocks or disables, and asks first.
    TakesAway,
}

/// A command that is one operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// The words that are typed.
    pub(crate) path: &'static str,
    /// The id of the operation.
    pub(crate) operation: &'static str,
    /// The columns that a table shows, unless others are asked for.
    pub(crate) table: &'static [&'static str],
    pub(crate) risk: Risk,
    /// The names of what stands by its place, after the ids of the path.
    pub(crate) places: &'static [&'static str],
    /// Options that are called otherwise than what they set, by the name of that.
    pub(crate) words: &'static [(&'static str, &'static str)],
    /// Whether a file that comes says of itself that it is not whole.
    pub(crate) is_cut: Option<IsCut>,
    /// What follows the words in the example of the help.
    pub(crate) example: &'static str,
}

impl Row {
    /// A command that reads one thing.
    const fn show(path: &'static str, operation: &'static str) -> Self {
        Self {
            path,
            operation,
            table: &[],
            risk: Risk::Reads,
            places: &[],
            words: &[],
            is_cut: None,
            example: "",
        }
    }

    /// A command that reads a list.
    const fn list(path: &'static str, operation: &'static str, table: &'static [&'static str]) -> Self {
        Self { table, ..Self::show(path, operation) }
    }

    /// A command that changes something.
    const fn change(path: &'static str, operation: &'static str) -> Self {
        Self { risk: Risk::Changes, ..Self::show(path, operation) }
    }

    /// A command that takes something away.
    const fn take(path: &'static str, operation: &'static str) -> Self {
        Self { risk: Risk::TakesAway, ..Self::show(path, operation) }
    }

    const fn places(self, places: &'static [&'static str]) -> Self {
        Self { places, ..self }
    }

    const fn words_for(self, words: &'static [(&'static str, &'static str)]) -> Self {
        Self { words, ..self }
    }

    const fn is_cut(self, is_cut: IsCut) -> Self {
        Self { is_cut: Some(is_cut), ..self }
    }

    const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// The operation; a test types every row, so that none names what is not there.
    pub(crate) fn named(&self) -> Option<NamedOperation> {
        let mut all = NAMED_OPERATIONS.iter().copied().flatten();
        all.find(|operation| operation.homes().0.id == self.operation).copied()
    }

    /// The words that are typed, one by one.
    fn words(&self) -> impl Iterator<Item = &'static str> {
        self.path.split(' ')
    }

    /// The row of these words.
    fn of(words: &[&str]) -> Option<&'static Self> {
        ROWS.iter().find(|row| row.words().eq(words.iter().copied()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use clap::FromArgMatches;

    use super::*;
    use crate::{
        commands::{EXAMPLES, example},
        output::Shape,
    };

    #[test]
    fn every_row_is_an_operation_and_no_two_share_one() {
        for row in ROWS {
            let operation =
                row.named().unwrap_or_else(|| panic!("{}: no operation {}", row.path, row.operation));
            let output = operation.homes().0.output;
            let shape = Shape::of_output(&output, row.table);
            for column in row.table {
                assert!(shape.columns.iter().any(|known| known == column), "{}: {column}", row.path);
            }
            assert_eq!(
                row.table.is_empty(),
                !output.many,
                "{}: a list has columns, and only a list",
                row.path
            );
        }
        let paths: HashSet<_> = ROWS.iter().map(|row| row.path).collect();
        let operations: HashSet<_> = ROWS.iter().map(|row| row.operation).collect();
        assert_eq!((paths.len(), operations.len()), (ROWS.len(), ROWS.len()));
    }

    #[test]
    fn every_example_can_be_typed() {
        for row in ROWS {
            let line = format!("orglib {} {}", row.path, row.example);
            let words = line.split_whitespace().map(|word| word.trim_matches('\''));
            let matches =
                program().try_get_matches_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
            let (found, _) = asked_for(&matches).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(found.path, row.path);
        }
    }

    /// The commands that do something, by their words.
    fn leaves_of(command: &clap::Command, path: &str, leaves: &mut Vec<String>) {
        for child in command.get_subcommands() {
            let path = format!("{path} {}", child.get_name()).trim_start().to_owned();
            if child.has_subcommands() {
                leaves_of(child, &path, leaves);
            } else {
                leaves.push(path);
            }
        }
    }

    #[test]
    fn every_command_that_is_written_by_hand_has_an_example_that_can_be_typed() {
        let mut leaves = Vec::new();
        leaves_of(&program(), "", &mut leaves);
        let by_hand: Vec<_> = leaves.iter().filter(|path| ROWS.iter().all(|row| row.path != *path)).collect();
        assert_eq!(by_hand.len(), EXAMPLES.len(), "{by_hand:?}");
        for path in by_hand {
            let line = example(path).unwrap_or_else(|| panic!("{path} has no example"));
            let matches = program().try_get_matches_from(line.split_whitespace());
            let matches = matches.unwrap_or_else(|error| panic!("{line}: {error}"));
            crate::arguments::Arguments::from_arg_matches(&matches)
                .unwrap_or_else(|error| panic!("{line}: {error}"));
        }
    }

    #[test]
    fn what_is_not_asked_for_has_no_arguments_and_what_is_has_all() {
        let argument = |line: &[&str], words: &[&str]| {
            let arguments: Vec<_> = line.iter().map(Into::into).collect();
            let mut command = &program_for(&arguments);
            for word in words {
                command = command.find_subcommand(word).unwrap();
            }
            command.get_arguments().count()
        };
        let words = ["departments", "get"];
        assert_eq!(argument(&["orglib", "groups", "get", "1"], &words), 0);
        assert_eq!(argument(&["orglib", "--org", "7", "departments", "--quiet", "get", "1"], &words), 1);
    }
}
