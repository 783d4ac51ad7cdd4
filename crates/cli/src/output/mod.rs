//! What commands write: rows and objects, in every form.

mod cells;
mod destination;
mod handed_over;
mod rows;
mod sheet;
mod table;

use std::path::Path;

use clap::ValueEnum;

use crate::failure::Failure;

pub(crate) use self::{
    cells::Shape,
    destination::{Destination, clear_away, same_file},
    rows::{Kind, Rows, escape, fit_for_terminal, yaml},
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
    /// A workbook, into a file
    Xlsx,
    /// One page that opens by itself in a browser, into a file
    Html,
}

impl Format {
    /// The form that the ending of a file's name chooses; nothing where it has none, or is a pipe or a device.
    fn of_ending(path: &Path) -> Result<Option<Self>, Failure> {
        if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            return Ok(None);
        }
        let Some(ending) = path.extension() else { return Ok(None) };
        match ending.to_str().map(str::to_lowercase).as_deref() {
            Some("csv") => Ok(Some(Self::Csv)),
            Some("json") => Ok(Some(Self::Json)),
            Some("jsonl" | "ndjson") => Ok(Some(Self::Jsonl)),
            Some("yaml" | "yml") => Ok(Some(Self::Yaml)),
            Some("txt") => Ok(Some(Self::Table)),
            Some("xlsx") => Ok(Some(Self::Xlsx)),
            Some("html" | "htm") => Ok(Some(Self::Html)),
            _ => Err(Failure::usage(format!(
                "{}: the ending says no form that is known (csv, json, jsonl, yaml, xlsx, html, txt); give --format",
                path.display()
            ))),
        }
    }
}
