//! What commands write: rows and objects, in every form.

mod cells;
mod destination;
mod rows;
mod sheet;
mod table;

use clap::ValueEnum;

pub(crate) use self::{
    cells::Shape,
    destination::{Destination, same_file},
    rows::{Kind, Rows},
    sheet::Sheet,
};

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns for people
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// YAML
    Yaml,
    /// One self-contained page
    Html,
}
