//! What a table consists of, and what is said of it.

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Text, ids too: they have more digits than a number in a sheet keeps.
    Text,
    /// A number; what is none, or has more than 15 digits, stays a text.
    Number,
    /// True or false.
    Flag,
    /// A time (RFC 3339), a day, or seconds of the Unix era; shown in UTC. What is none stays a text.
    Time,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// The name, as the header shows it.
    pub name: String,
    /// What stands in it.
    pub kind: Kind,
}

impl Column {
    /// A column of this name.
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self { name: name.into(), kind }
    }
}

/// What is said of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Facts {
    /// What it is.
    pub title: String,
    /// What a reader must know first: what it comes to, what is missing.
    pub lines: Vec<String>,
    /// What it is of: when it was read, of whom.
    pub begins: Vec<String>,
    /// Counts, each with its name.
    pub totals: Vec<(String, String)>,
    /// What could not be read: the columns, and the rows.
    pub not_read: Option<(Vec<String>, Vec<Vec<String>>)>,
    /// Title, lines and totals in other languages, each with its code (ISO 639-1), for the reader of a page to change to.
    pub translations: Vec<(String, Self)>,
}

impl Facts {
    /// Of a table that is this.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a line that a reader must know first.
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// Adds a line on what it is of: when it was read, of whom.
    pub fn begins(mut self, line: impl Into<String>) -> Self {
        self.begins.push(line.into());
        self
    }

    /// Adds a count.
    pub fn total(mut self, name: impl Into<String>, count: impl ToString) -> Self {
        self.totals.push((name.into(), count.to_string()));
        self
    }

    /// Says what could not be read.
    pub fn not_read(mut self, columns: &[&str], rows: Vec<Vec<String>>) -> Self {
        self.not_read = Some((columns.iter().map(|name| (*name).to_owned()).collect(), rows));
        self
    }

    /// Says the same in another language.
    pub fn translated(mut self, language: impl Into<String>, facts: Self) -> Self {
        self.translations.push((language.into(), facts));
        self
    }
}
