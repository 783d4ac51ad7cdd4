//! The commands that are one operation each. A row names the operation; grammar, help, columns, what is sent and how
//! the answer is written follow from its declaration.

mod files;
mod given;
mod grammar;
mod leaves;
mod passwords;
mod rows;
mod run;
mod tasks;
#[cfg(test)]
mod tests;
mod whole;

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
    /// The columns that it shows after them where any row has something in them.
    pub(crate) where_any: &'static [&'static str],
    pub(crate) risk: Risk,
    /// The names of what stands by its place, after the ids of the path.
    pub(crate) places: &'static [&'static str],
    /// Options that are called otherwise than what they set, by the name of that.
    pub(crate) words: &'static [(&'static str, &'static str)],
    /// What the command always says, by name; it takes nothing besides but what it is about.
    pub(crate) fixed: &'static [(&'static str, &'static str)],
    /// What it does, where its operation does more than that.
    pub(crate) says: &'static str,
    /// The parts of a body that it takes, where its operation takes others too that rule them out.
    pub(crate) only: &'static [&'static str],
    /// What makes it ask first, where it is given.
    pub(crate) asks: &'static [&'static str],
    /// The operation that reads the list which this one replaces whole.
    pub(crate) whole_of: Option<&'static str>,
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
            where_any: &[],
            risk: Risk::Reads,
            places: &[],
            words: &[],
            fixed: &[],
            says: "",
            only: &[],
            asks: &[],
            whole_of: None,
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

    const fn where_any(self, where_any: &'static [&'static str]) -> Self {
        Self { where_any, ..self }
    }

    const fn words_for(self, words: &'static [(&'static str, &'static str)]) -> Self {
        Self { words, ..self }
    }

    /// Makes it say this always, and nothing besides.
    const fn fixed(self, says: &'static str, fixed: &'static [(&'static str, &'static str)]) -> Self {
        Self { says, fixed, ..self }
    }

    /// Makes it take these parts of a body alone.
    const fn only(self, says: &'static str, only: &'static [&'static str]) -> Self {
        Self { says, only, ..self }
    }

    /// Makes it ask first where one of these is given.
    const fn asks(self, asks: &'static [&'static str]) -> Self {
        Self { asks, ..self }
    }

    /// Holds it to what this operation reads: what somebody else has changed meanwhile is not written over.
    const fn whole_of(self, read: &'static str) -> Self {
        Self { whole_of: Some(read), ..self }
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

    /// What it does, in one sentence and without its full stop.
    pub(crate) fn summary(&self, operation: &NamedOperation) -> &'static str {
        match self.says {
            "" => operation.homes().0.summary().trim_end_matches('.'),
            says => says,
        }
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
